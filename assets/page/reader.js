"use strict";
// Reads a drawn digit: strokes -> picture of 28 x 28 -> network -> probabilities. It knows no page, so that a test can
// run it anywhere. Each part follows the Python module that it names, to the rounding: both give the same answer.

const SIDE = 28; // pixels of the picture that a network takes

const f32 = Math.fround;

/** Rounds as Python does: halves to the even number. */
function rounded(value) {
  const down = Math.floor(value);
  const rest = value - down;
  return rest === 0.5 ? down + Math.abs(down % 2) : Math.floor(value + 0.5);
}

// From strokes to a picture: model/pictures/pen.py

const PEN_WIDTH = 0.14; // of the longer side of the strokes' box
const INK_SIDE = 160;
const MARGIN = 4;
const DOT = 0.04; // of the canvas
const SPECK_SIZE = 0.1;
const SPECK_GAP = 0.12;

/** The picture of strokes [[[x, y], ...], ...] on a canvas of that side: {width, height, data}, ink 1; null for none. */
function pictureOf(strokes, side) {
  const drawn = strokesOf(strokes, side);
  if (!drawn.length) return null;
  const place = placing(drawn);
  const picture = { width: place.across, height: place.down, data: new Float32Array(place.across * place.down) };
  for (const stroke of drawn) paintStroke(picture, corners(stroke, place), place.width / 2);
  return picture;
}

function strokesOf(strokes, side) {
  const inked = strokes.filter((stroke) => stroke.length).map((stroke) => stroke.map(([x, y]) => [f32(x), f32(y)]));
  if (!inked.length) return [];
  const kept = withoutSpecks(inked);
  return extentOf(kept.flat()) < DOT * side ? [[kept[0][0]]] : kept;
}

/** The box of points: left, top, width, height. */
function boxOf(points) {
  let [left, top] = points[0];
  let [right, bottom] = points[0];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return [left, top, f32(right - left), f32(bottom - top)];
}

function extentOf(points) {
  const [, , width, height] = boxOf(points);
  return Math.max(width, height);
}

/** The strokes without tiny ones that lie far from all others. */
function withoutSpecks(strokes) {
  const sizes = strokes.map(extentOf);
  const largest = Math.max(...sizes);
  const kept = sizes.map((size) => size >= SPECK_SIZE * largest);
  const centres = strokes.map((stroke) => [0, 1].map((axis) => stroke.reduce((sum, p) => sum + p[axis], 0) / stroke.length));
  let fresh = thinned(strokes.filter((_, i) => kept[i]).flatMap((stroke) => thinned(stroke, 200)), 2000);
  while (kept.includes(false)) {
    const gap = (i) => Math.min(...fresh.map(([x, y]) => Math.hypot(x - centres[i][0], y - centres[i][1])));
    const near = strokes.map((_, i) => i).filter((i) => !kept[i] && gap(i) <= SPECK_GAP * largest);
    if (!near.length) break;
    for (const i of near) kept[i] = true;
    fresh = near.map((i) => centres[i]);
  }
  return strokes.filter((_, i) => kept[i]);
}

function thinned(points, count) {
  const step = 1 + Math.floor(points.length / count);
  return points.filter((_, i) => i % step === 0);
}

function placing(strokes) {
  const [left, top, wide, high] = boxOf(strokes.flat());
  const side = Math.max(wide, high);
  const dot = side < 1e-6;
  const width = dot ? INK_SIDE : (INK_SIDE * PEN_WIDTH) / (1 + PEN_WIDTH);
  const scale = dot ? 0 : f32((INK_SIDE - width) / side);
  const offset = [left, top].map((low) => f32(f32(MARGIN + width / 2) - f32(low * scale)));
  const [across, down] = [wide, high].map((length) => Math.ceil(f32(f32(f32(length * scale) + f32(width)) + 2 * MARGIN)));
  return { scale, offset, width, across, down };
}

function corners(stroke, { scale, offset }) {
  const placed = stroke.map((point) => point.map((value, axis) => f32(f32(value * scale) + offset[axis])));
  const coarse = placed.map((point) => point.map((value) => rounded(value / 2)));
  return placed.filter((_, i) => !i || coarse[i][0] !== coarse[i - 1][0] || coarse[i][1] !== coarse[i - 1][1]);
}

function paintStroke(picture, points, radius) {
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const length = Math.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2);
    const [dx, dy] = [(radius * (y1 - y0)) / length, (radius * (x0 - x1)) / length];
    paintQuad(picture, [[x0 + dx, y0 + dy], [x1 + dx, y1 + dy], [x1 - dx, y1 - dy], [x0 - dx, y0 - dy]]);
  }
  for (const [x, y] of points) paintDisc(picture, x, y, radius);
}

function paintRow(picture, left, row, right) {
  if (row < 0 || row >= picture.height) return;
  const start = Math.max(left, 0);
  const end = Math.min(right, picture.width - 1);
  if (start <= end) picture.data.fill(1, row * picture.width + start, row * picture.width + end + 1);
}

/** A filled convex polygon, its corners cut to whole pixels and its sides rounded inwards, as Pillow paints it. */
function paintQuad(picture, floating) {
  const points = floating.map((point) => point.map(Math.trunc));
  const edges = points.map((point, i) => [...point, ...points[(i + 1) % points.length]]);
  const rows = points.map((point) => point[1]);
  for (const [x0, y0, x1, y1] of edges) if (y0 === y1) paintRow(picture, Math.min(x0, x1), y0, Math.max(x0, x1));
  for (let row = Math.min(...rows); row <= Math.max(...rows); row++) {
    let [low, high] = [Infinity, -Infinity];
    for (const [x0, y0, x1, y1] of edges) {
      if (y0 === y1 || row < Math.min(y0, y1) || row > Math.max(y0, y1)) continue;
      const x = f32(f32((row - y0) * f32((x1 - x0) / (y1 - y0))) + x0);
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    if (low <= high) paintRow(picture, Math.floor(low + 0.5), row, Math.ceil(high - 0.5));
  }
}

/** A filled ellipse in the box of whole pixels around a disc, its rim found by Bresenham's rule, as Pillow paints it. */
function paintDisc(picture, x, y, radius) {
  const [left, top] = [Math.trunc(x - radius), Math.trunc(y - radius)];
  const [a, b] = [Math.trunc(x + radius) - left, Math.trunc(y + radius) - top];
  const off = (cx, cy) => Math.abs(a * a * cy * cy + b * b * cx * cx - a * a * b * b);
  let [cx, cy] = [a, b % 2]; // in half pixels from the middle
  for (;;) {
    paintRow(picture, left + (a - cx) / 2, top + (b + cy) / 2, left + (a + cx) / 2);
    paintRow(picture, left + (a - cx) / 2, top + (b - cy) / 2, left + (a + cx) / 2);
    if (cx === a % 2 && cy === b) return;
    const steps = cx > 1 ? [[cx, cy + 2], [cx - 2, cy + 2], [cx - 2, cy]] : [[cx, cy + 2]];
    [cx, cy] = steps.reduce((best, step) => (off(...step) < off(...best) ? step : best));
  }
}

// From a picture to 28 x 28: model/pictures/normalize.py

const BOX = 20;
const CENTRE = 14;
const FAINT = 0.1;

/** A picture as a network takes it: Float32Array of 28 x 28. */
function normalize(picture) {
  const ink = shrunk(inkBox(picture));
  const [top, left] = [placeOf(ink, "rows"), placeOf(ink, "columns")];
  const image = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < ink.height; row++)
    for (let column = 0; column < ink.width; column++)
      image[(top + row) * SIDE + left + column] = ink.data[row * ink.width + column];
  return image;
}

function inkBox({ width, height, data }) {
  const points = [];
  data.forEach((value, i) => value > FAINT && points.push([i % width, Math.floor(i / width)]));
  const [left, top, wide, high] = boxOf(points);
  const cut = { width: wide + 1, height: high + 1, data: new Float32Array((wide + 1) * (high + 1)) };
  for (let row = 0; row <= high; row++)
    cut.data.set(data.subarray((top + row) * width + left, (top + row) * width + left + wide + 1), row * (wide + 1));
  return cut;
}

/** The longer side brought to 20 pixels by averaging over areas. */
function shrunk({ width, height, data }) {
  const longer = Math.max(width, height);
  const [across, down] = [width, height].map((length) => Math.max(1, rounded((length * BOX) / longer)));
  const narrow = new Float32Array(across * height);
  areas(width, across).forEach(({ start, weights }, column) => {
    for (let row = 0; row < height; row++)
      narrow[row * across + column] = weights.reduce((sum, weight, k) => sum + weight * data[row * width + start + k], 0);
  });
  const small = new Float32Array(across * down);
  areas(height, down).forEach(({ start, weights }, row) => {
    for (let column = 0; column < across; column++)
      small[row * across + column] = weights.reduce((sum, weight, k) => sum + weight * narrow[(start + k) * across + column], 0);
  });
  return { width: across, height: down, data: small.map((value) => Math.min(Math.max(value, 0), 1)) };
}

/** For each cell of `to` cells, which of `from` cells it averages and with which weights, as Pillow's BOX does. */
function areas(from, to) {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(middle - reach / 2 + 0.5), 0);
    const end = Math.min(Math.trunc(middle + reach / 2 + 0.5), from);
    const weights = [];
    for (let cell = start; cell < end; cell++) {
      const at = (cell - middle + 0.5) / reach;
      weights.push(at > -0.5 && at <= 0.5 ? 1 : 0);
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: weights.map((weight) => weight / total) };
  });
}

/** Where in the 28 pixels of an axis the ink begins, so that its centre of mass lies at 14. */
function placeOf({ width, height, data }, axis) {
  let [total, moment] = [0, 0];
  data.forEach((value, i) => {
    total += value;
    moment += value * (axis === "rows" ? Math.floor(i / width) : i % width);
  });
  const length = axis === "rows" ? height : width;
  return Math.min(Math.max(Math.floor(CENTRE - moment / total + 0.5), 0), SIDE - length);
}

// The network: model/network/

const LEAK = 0.01;
const ACTIVATIONS = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  leaky_relu: (x) => Math.max(x, LEAK * x),
  tanh: Math.tanh,
  sigmoid: (x) => 0.5 * (Math.tanh(0.5 * x) + 1),
};

/** Each kind of layer: what it makes of x = {height, width, channels, data}, data with the channel last. */
const LAYERS = {
  Dense(x, { weight, bias, activation }) {
    const sums = Float64Array.from(bias);
    x.data.forEach((value, i) => addScaled(sums, weight, i * sums.length, value));
    return { height: 1, width: 1, channels: sums.length, data: Float32Array.from(sums, ACTIVATIONS[activation]) };
  },

  Conv2D(x, { weight, bias, activation, kernel, stride, filters, rows, columns, top, left }) {
    const y = { height: rows, width: columns, channels: filters, data: new Float32Array(rows * columns * filters) };
    const sums = new Float64Array(filters);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        if (bias) sums.set(bias);
        else sums.fill(0);
        for (let u = 0; u < kernel; u++)
          for (let v = 0; v < kernel; v++) {
            const [row, column] = [i * stride + u - top, j * stride + v - left];
            if (row < 0 || row >= x.height || column < 0 || column >= x.width) continue;
            for (let c = 0; c < x.channels; c++) {
              const value = x.data[(row * x.width + column) * x.channels + c];
              addScaled(sums, weight, ((u * kernel + v) * x.channels + c) * filters, value);
            }
          }
        y.data.set(sums.map(ACTIVATIONS[activation]), (i * columns + j) * filters);
      }
    return y;
  },

  MaxPool2D: (x, { size }) => pooled(x, size, -Infinity, Math.max),
  AveragePool2D: (x, { size }) => pooled(x, size, 0, (sum, value) => sum + value / size ** 2),

  BatchNorm(x, { scale, shift, activation }) {
    const apply = ACTIVATIONS[activation];
    return { ...x, data: x.data.map((value, i) => apply(scale[i % scale.length] * value + shift[i % scale.length])) };
  },

  Flatten: (x) => ({ height: 1, width: 1, channels: x.data.length, data: x.data }),
};

/** sums += value * weights[start:], which is where all the time goes. */
function addScaled(sums, weights, start, value) {
  if (value === 0) return;
  for (let k = 0; k < sums.length; k++) sums[k] += value * weights[start + k];
}

function pooled(x, size, first, join) {
  const [rows, columns] = [Math.floor(x.height / size), Math.floor(x.width / size)];
  const y = { height: rows, width: columns, channels: x.channels, data: new Float32Array(rows * columns * x.channels).fill(first) };
  for (let i = 0; i < rows * size; i++)
    for (let j = 0; j < columns * size; j++)
      for (let c = 0; c < x.channels; c++) {
        const at = (Math.floor(i / size) * columns + Math.floor(j / size)) * x.channels + c;
        y.data[at] = join(y.data[at], x.data[(i * x.width + j) * x.channels + c]);
      }
  return y;
}

/** A network from its description, in which each array is {type: "float16" or "float32", base64}. */
function loadNetwork(description) {
  const unpacked = (value) => (value && value.base64 !== undefined ? numbersOf(value) : value);
  const layers = description.layers.map((layer) =>
    Object.fromEntries(Object.entries(layer).map(([name, value]) => [name, unpacked(value)])),
  );
  return { ...description, layers };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Float32Array of an array that is packed in base64, the least significant byte of each number first. */
function numbersOf({ type, base64 }) {
  const values = Object.fromEntries([...ALPHABET].map((letter, value) => [letter, value]));
  const letters = base64.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  for (let i = 0, bits = 0, at = 0; i < letters.length; i++) {
    bits = ((bits << 6) | values[letters[i]]) & 0xffff;
    if (i % 4) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  const view = new DataView(bytes.buffer);
  if (type === "float32") return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => halfOf(view.getUint16(2 * i, true)));
}

/** A number of 16 bits in the IEEE 754 form of half precision. */
function halfOf(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

/** The ten logits of one image. */
function logitsOf(network, image) {
  const input = { height: SIDE, width: SIDE, channels: 1, data: image };
  return Array.from(network.layers.reduce((x, layer) => LAYERS[layer.layer](x, layer), input).data);
}

function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

// More looks in doubt: model/reading/augmentation.py

function augmentedLogits(network, image) {
  const logits = logitsOf(network, image);
  const surest = Math.max(...softmax(logits));
  if (surest >= network.clear) return logits;
  const all = [logits, ...network.views.map(([turn, zoom]) => logitsOf(network, viewOf(image, turn, zoom)))];
  return logits.map((_, digit) => all.reduce((sum, view) => sum + view[digit], 0) / all.length);
}

/** The image turned about its middle, zoom times as much of it seen, read between its pixels. */
function viewOf(image, turn, zoom) {
  const angle = (turn * Math.PI) / 180;
  const [cos, sin, middle] = [zoom * Math.cos(angle), zoom * Math.sin(angle), (SIDE - 1) / 2];
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [y, x] = [Math.floor(i / SIDE) - middle, (i % SIDE) - middle];
    return between(image, middle + cos * y + sin * x, middle - sin * y + cos * x);
  });
}

function between(image, row, column) {
  const pixel = (i, j) => (i < 0 || j < 0 || i >= SIDE || j >= SIDE ? 0 : image[i * SIDE + j]);
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [row - top, column - left];
  const across = (i) => pixel(i, left) * (1 - right) + pixel(i, left + 1) * right;
  return across(top) * (1 - down) + across(top + 1) * down;
}

// From probabilities to an answer: model/reading/reader.py

/**
 * What the network makes of strokes [[[x, y], ...], ...] on a square canvas of that side; null without ink.
 * glance: one look only, which is quicker.
 */
function readStrokes(network, strokes, side, { glance = false } = {}) {
  const picture = pictureOf(strokes, side);
  if (picture === null) return null;
  const image = normalize(picture);
  const logits = glance ? logitsOf(network, image) : augmentedLogits(network, image);
  const probabilities = softmax(logits.map((logit) => logit / network.temperature));
  const order = probabilities.map((_, digit) => digit).sort((a, b) => probabilities[b] - probabilities[a]);
  const confidence = probabilities[order[0]];
  return {
    image,
    probabilities,
    confidence,
    digit: order[0],
    runnerUp: order[1],
    sure: confidence >= network.sure_at,
    isDigit: confidence >= network.digit_at,
  };
}
