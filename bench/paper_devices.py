"""Screens and displays: drawing programs, canvases in windows, digits of lamps and segments, plates with numbers."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.paper_layouts import beside
from bench.paper_page import (
    BLACK,
    Array,
    Colour,
    Fault,
    Photo,
    Spoilt,
    blurred,
    gradient,
    image_of,
    inked,
    noise,
    pick,
    plain,
    saved,
)

GREY: Colour = (240, 240, 240)
# The segments of a digit, as of a pocket calculator: lower left x, y and upper right of each, 1 wide and 2 high.
SEGMENTS = {
    "a": (0, 0, 1, 0),
    "b": (1, 0, 1, 1),
    "c": (1, 1, 1, 2),
    "d": (0, 2, 1, 2),
    "e": (0, 1, 0, 2),
    "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}
LIT = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")
# Columns of five dots by seven rows of each digit, as on departure boards.
DOTS = (
    "01110 10001 10011 10101 11001 10001 01110",
    "00100 01100 00100 00100 00100 00100 01110",
    "01110 10001 00001 00010 00100 01000 11111",
    "11111 00010 00100 00010 00001 10001 01110",
    "00010 00110 01010 10010 11111 00010 00010",
    "11111 10000 11110 00001 00001 10001 01110",
    "00110 01000 10000 11110 10001 10001 01110",
    "11111 00001 00010 00100 01000 01000 01000",
    "01110 10001 10001 01110 10001 10001 01110",
    "01110 10001 10001 01111 00001 00010 01100",
)


def _seven_segments(digit: str, height: float, rng: np.random.Generator, *, lit: bool = True) -> Image.Image:
    """A digit of bars that do not touch, leaning a little; without lit all of its bars."""
    thick, gap, scale = rng.uniform(0.14, 0.2) * height, 0.02 * height, height * 0.42
    size = (round(scale + thick + 0.2 * height) + 4, round(2 * scale + thick) + 4)
    image = Image.new("L", size)
    brush = ImageDraw.Draw(image)
    for name, (x0, y0, x1, y1) in SEGMENTS.items():
        if lit and name not in LIT[int(digit)]:
            continue
        left, top, right, bottom = (2 + thick / 2 + scale * at for at in (x0, y0, x1, y1))
        half = thick / 2 - gap
        if y0 == y1:
            ends = [(left + gap, top), (left + gap + half, top - half), (right - gap - half, top - half)]
            ends += [(right - gap, top), (right - gap - half, top + half), (left + gap + half, top + half)]
        else:
            ends = [(left, top + gap), (left + half, top + gap + half), (left + half, bottom - gap - half)]
            ends += [(left, bottom - gap), (left - half, bottom - gap - half), (left - half, top + gap + half)]
        brush.polygon(ends, 255)
    lean = 0.1
    return image.transform(size, Image.Transform.AFFINE, (1, lean, -lean * size[1], 0, 1, 0), Image.Resampling.BILINEAR)


def _display(photo: Photo, path: Path) -> Spoilt:
    """A liquid crystal display, the bars that are off a little darker than the rest, or one of lamps in the dark."""
    text, height = photo.number(1, 5), photo.rng.uniform(70, 150)
    seed = int(photo.rng.integers(2**31))
    marks, all_bars = (
        [_seven_segments(digit, height, np.random.default_rng(seed), lit=lit) for digit in text]
        for lit in (True, False)
    )
    gaps = [0.12 * height] * len(text)
    sheets = []
    place = int(photo.rng.integers(2**31))
    for one in (all_bars, marks):
        again = Photo(text, photo.write, np.random.default_rng(place))
        sheets.append(again.placed(beside(one, gaps)))
    if photo.rng.random() < 0.5:
        array, off, on = plain((165, 178, 150)), (156, 169, 142), (40, 48, 40)
    else:
        colour = pick([(255, 60, 40), (80, 255, 120), (90, 200, 255)], photo.rng)
        array, off, on = plain((18, 16, 16)), (26, 22, 22), colour
    array = inked(inked(array, sheets[0], off), sheets[1], on)
    return saved(noise(blurred(array, photo.rng.uniform(0.5, 1.5)), photo.rng, 3), path, ".jpg", quality=85), text


def _dots(photo: Photo, path: Path) -> Spoilt:
    """Digits of lamps, five by seven, as on departure boards, or of square pixels, as old computers show them."""
    text, step = photo.number(1, 5), int(photo.rng.integers(6, 16))
    are_round = photo.rng.random() < 0.5
    sheet = Image.new("L", (6 * step * len(text), 7 * step))
    brush = ImageDraw.Draw(sheet)
    for place, digit in enumerate(text):
        for row, bits in enumerate(DOTS[int(digit)].split()):
            for column in (n for n, bit in enumerate(bits) if bit == "1"):
                x, y = (6 * place + column) * step, row * step
                if are_round:
                    brush.ellipse((x + 1, y + 1, x + step - 1, y + step - 1), 255)
                else:
                    brush.rectangle((x, y, x + step - 1, y + step - 1), 255)
    colour = pick([(255, 170, 40), (230, 235, 230)], photo.rng)
    array = inked(plain((14, 14, 18)), photo.placed(sheet), colour)
    return saved(blurred(array, 0.8 if are_round else 0.01), path), text


def _toolbar(photo: Photo, width: int, height: int) -> Array:
    """A bar of small coloured pictures and lines on grey."""
    image = image_of(plain(GREY, (width, height)))
    brush = ImageDraw.Draw(image)
    step = 30
    for x in range(8, width - step, step):
        for y in range(8, height - 22, step):
            kind, colour = int(photo.rng.integers(4)), tuple(int(v) for v in photo.rng.integers(0, 220, 3))
            if kind == 0:
                brush.rectangle((x, y, x + 16, y + 16), fill=colour, outline=(120, 120, 120))
            elif kind == 1:
                brush.ellipse((x, y, x + 16, y + 16), outline=colour, width=2)
            elif kind == 2:
                brush.line((x, y + 16, x + 16, y), colour, 3)
            else:
                brush.line((x, y + 4, x + 16, y + 4, x, y + 10, x + 16, y + 10), colour, 2)
    return np.asarray(image, np.float32)


def _drawing_program(photo: Photo, path: Path) -> Spoilt:
    """A screenshot of a drawing program: a bar of tools above a white canvas, often one beside it."""
    size, bar = (900, 620), int(photo.rng.integers(40, 110))
    array = plain((252, 252, 252), size)
    side = int(photo.rng.integers(40, 80)) if photo.rng.random() < 0.6 else 0
    canvas = (size[0] - side, size[1] - bar - 24)
    colour = pick([(0, 0, 0), (30, 30, 30), (200, 30, 30), (20, 60, 200)], photo.rng)
    array[bar : bar + canvas[1], side:] = inked(plain((255, 255, 255), canvas), photo.ink(canvas), colour)
    array[:bar] = _toolbar(photo, size[0], bar)
    array[bar - 1] = 170
    if side:
        array[bar:, :side] = _toolbar(photo, side, size[1] - bar)
        array[bar:, side - 1] = 170
    array[-24:] = 235
    return saved(array, path), photo.text


def _canvas(photo: Photo, path: Path) -> Spoilt:
    """A canvas in a window: black with light ink, or white, a thin margin and sometimes a title bar around it."""
    side = int(photo.rng.integers(280, 640))
    dark = photo.rng.random() < 0.7
    paper, ink = ((0, 0, 0), (255, 255, 255)) if dark else ((255, 255, 255), (0, 0, 0))
    margin = int(photo.rng.integers(2, 26))
    top = margin + (int(photo.rng.integers(22, 36)) if photo.rng.random() < 0.4 else 0)
    array = plain(
        pick([(240, 240, 240), (255, 255, 255), (60, 63, 65), (212, 208, 200)], photo.rng),
        (side + 2 * margin, side + top + margin),
    )
    sheet = photo.placed(photo.mark(photo.text[:2], photo.rng.uniform(0.4, 0.8) * side), (side, side), 0.05)
    array[top : top + side, margin : margin + side] = inked(plain(paper, (side, side)), sheet, ink)
    if photo.rng.random() < 0.5:
        edge = image_of(array)
        ImageDraw.Draw(edge).rectangle((margin - 1, top - 1, margin + side, top + side), outline=(120, 120, 120))
        array = np.asarray(edge, np.float32)
    return saved(array, path), photo.text[:2]


def _plate(photo: Photo, path: Path) -> Spoilt:
    """A number on a plate: of a car, a house or a door, with its rim and screws."""
    text = photo.number(1, 4)
    colours: list[tuple[Colour, Colour]] = [
        ((238, 238, 232), (20, 20, 24)),
        ((30, 60, 140), (240, 240, 240)),
        ((245, 200, 40), (20, 20, 24)),
        ((30, 90, 60), (245, 240, 225)),
    ]
    paper, ink = colours[int(photo.rng.integers(len(colours)))]
    mark = photo.mark(text, 130)
    size = (mark.width + 130, mark.height + 90)
    card = image_of(plain(paper, size))
    brush = ImageDraw.Draw(card)
    brush.rounded_rectangle((6, 6, size[0] - 7, size[1] - 7), 14, outline=ink, width=int(photo.rng.integers(3, 7)))
    card.paste(ink, ((size[0] - mark.width) // 2, (size[1] - mark.height) // 2), mark)
    if photo.rng.random() < 0.5:
        for x in (24, size[0] - 32):
            brush.ellipse((x, size[1] // 2 - 5, x + 10, size[1] // 2 + 5), fill=(150, 150, 150), outline=(90, 90, 90))
    wall = noise(
        plain(pick([(150, 90, 70), (205, 200, 190), (95, 98, 102)], photo.rng), (size[0] + 140, size[1] + 140)),
        photo.rng,
        8,
    )
    array = blurred(wall, 1.5)
    top, left = (int(photo.rng.integers(40, 100)) for _ in range(2))
    array[top : top + size[1], left : left + size[0]] = np.asarray(card, np.float32)
    return saved(noise(gradient(array, photo.rng), photo.rng, 3), path, ".jpg", quality=85), text


def _note_on_screen(photo: Photo, path: Path) -> Spoilt:
    """A sticky note on a screen that shows windows with lines of text."""
    image = image_of(plain(pick([(30, 34, 42), (235, 238, 242)], photo.rng), (900, 640)))
    brush = ImageDraw.Draw(image)
    for _ in range(3):
        x, y = photo.rng.integers(0, 500, 2).tolist()
        shade = int(photo.rng.integers(200, 256))
        brush.rectangle((x, y, x + 380, y + 260), fill=(shade, shade, shade), outline=(120, 120, 130))
        for line in range(y + 20, y + 250, 16):
            brush.line((x + 12, line, x + int(photo.rng.integers(60, 360)), line), (110, 115, 125), 4)
    paper = pick([(250, 235, 120), (250, 170, 190), (160, 220, 245)], photo.rng)
    note = image_of(inked(plain(paper, (420, 420)), photo.ink((420, 420), photo.rng.uniform(0.3, 0.5)), BLACK))
    angle = float(photo.rng.uniform(-8, 8))
    cover = Image.new("L", note.size, 255).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    note = note.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    image.paste(note, (int(photo.rng.integers(40, 400)), int(photo.rng.integers(30, 130))), cover)
    array = gradient(np.asarray(image, np.float32), photo.rng)
    return saved(noise(array, photo.rng, 3), path, ".jpg", quality=80), photo.text


DEVICES: dict[str, Fault] = {
    "display": _display,
    "dot matrix": _dots,
    "drawing program": _drawing_program,
    "canvas": _canvas,
    "plate": _plate,
    "note on a screen": _note_on_screen,
}
