"use strict";
// The page: paper, buttons, keys, bars and the answer in words. What reads is in reader.js.

const UNITS = 256; // of the paper's side, as in the files of drawings
const INK_WIDTH = 18; // units
const MOST_SHOWN = 0.999; // never "100.0%": no network is that sure

const network = loadNetwork(JSON.parse(document.getElementById("network").textContent));
const allTexts = JSON.parse(document.getElementById("texts").textContent);
const language = navigator.languages.map((name) => name.slice(0, 2)).find((name) => name in allTexts) ?? "en";

const paper = document.getElementById("paper");
const seen = document.getElementById("seen");
const strokes = []; // each a list of [x, y] in units
const pens = new Map(); // pointer id -> the stroke that it draws
let planned = false; // whether the page is to be brought up to date with the next frame
let asked = false; // whether the ink as it is was read on request

function text(key, values = {}) {
  return Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), allTexts[language][key]);
}

function share(probability) {
  const value = (100 * Math.min(probability, MOST_SHOWN)).toFixed(1).replace(".", text("number.decimal"));
  return text("number.percent", { value });
}

// Ink

function placeOn(event) {
  const box = paper.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * UNITS, ((event.clientY - box.top) / box.height) * UNITS];
}

paper.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  event.preventDefault();
  paper.setPointerCapture(event.pointerId);
  const stroke = [placeOn(event)];
  strokes.push(stroke);
  pens.set(event.pointerId, stroke);
  change();
});

paper.addEventListener("pointermove", (event) => {
  const stroke = pens.get(event.pointerId);
  if (!stroke) return;
  const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
  for (const move of moves.length ? moves : [event]) stroke.push(placeOn(move));
  change();
});

for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
  paper.addEventListener(end, (event) => {
    if (pens.delete(event.pointerId)) change();
  });

function clear() {
  strokes.length = 0;
  pens.clear();
  change();
}

function undo() {
  strokes.pop();
  pens.clear();
  change();
}

function read() {
  asked = strokes.length > 0;
  plan();
}

function change() {
  asked = false;
  plan();
}

function plan() {
  if (!planned) requestAnimationFrame(show);
  planned = true;
}

// What is seen

function show() {
  planned = false;
  drawInk();
  const reading = readStrokes(network, strokes, UNITS, { glance: pens.size > 0 });
  drawSeen(reading);
  showBars(reading);
  showAnswer(reading);
}

function drawInk() {
  const side = Math.round(paper.clientWidth * devicePixelRatio);
  if (paper.width !== side) paper.width = paper.height = side;
  const brush = paper.getContext("2d");
  brush.clearRect(0, 0, side, side);
  brush.lineWidth = (INK_WIDTH * side) / UNITS;
  brush.lineCap = brush.lineJoin = "round";
  brush.strokeStyle = getComputedStyle(paper).color;
  for (const stroke of strokes) {
    brush.beginPath();
    for (const [x, y] of [stroke[0], ...stroke]) brush.lineTo((x * side) / UNITS, (y * side) / UNITS);
    brush.stroke();
  }
}

function drawSeen(reading) {
  const brush = seen.getContext("2d");
  const pixels = brush.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const value = reading ? Math.round(255 * reading.image[i]) : 0;
    pixels.data.set([value, value, value, 255], 4 * i);
  }
  brush.putImageData(pixels, 0, 0);
}

function showBars(reading) {
  document.querySelectorAll("#bars li").forEach((row, digit) => {
    const probability = reading ? reading.probabilities[digit] : 0;
    row.classList.toggle("best", reading?.digit === digit);
    row.querySelector(".full").style.width = `${100 * probability}%`;
    row.querySelector(".share").textContent = reading ? share(probability) : "";
  });
}

function showAnswer(reading) {
  const [glyph, headline, detail] = answerOf(reading);
  document.getElementById("glyph").textContent = glyph;
  document.getElementById("headline").textContent = headline;
  document.getElementById("detail").textContent = detail;
  document.getElementById("answer").classList.toggle("asked", asked);
}

/** The large sign, the headline and the line below it, as the program says them: app/session/answer.py. */
function answerOf(reading) {
  if (!reading) return ["", text("answer.empty"), text("answer.empty.detail")];
  const stem = asked ? "answer" : "guess";
  const { digit, runnerUp: other, probabilities } = reading;
  if (!reading.isDigit) return ["?", text(`${stem}.none`), text(`${stem}.none.detail`)];
  if (reading.sure) return [`${digit}`, text(`${stem}.digit`, { digit }), text("answer.sure", { share: share(reading.confidence) })];
  const shares = { digit, share: share(probabilities[digit]), other, other_share: share(probabilities[other]) };
  return [`${digit}?`, text(`${stem}.doubt`, { digit, other }), text("answer.doubt.detail", shares)];
}

// Keys and buttons

const ACTIONS = { s: read, enter: read, c: clear, u: undo };

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[event.key.toLowerCase()];
  const onButton = event.target instanceof HTMLButtonElement && event.key === "Enter";
  if (!action || onButton || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
});

for (const action of [read, clear, undo]) document.getElementById(action.name).addEventListener("click", action);

function start() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = text(place.dataset.text);
  paper.setAttribute("aria-label", text("answer.empty.detail"));
  const { name, accuracy } = network;
  document.getElementById("line").textContent = accuracy ? text("network.line", { name, share: share(accuracy) }) : name;
  for (let digit = 0; digit < 10; digit++) {
    const row = document.getElementById("bar").content.cloneNode(true);
    row.querySelector(".digit").textContent = digit;
    document.getElementById("bars").append(row);
  }
  addEventListener("resize", plan);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", plan);
  plan();
}

start();
