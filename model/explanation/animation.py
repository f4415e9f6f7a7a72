"""Animation: a drawing is written stroke by stroke while the ten probabilities move along, as a WebP or GIF.

The last frame alone, as a PNG, is the picture of how it was read.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from model.constants import CLASSES
from model.files import replacing
from model.pictures.drawing import Drawing, Stroke
from model.reading.reader import Reader, Reading

FORMS = {".webp": "WEBP", ".gif": "GIF", ".png": "PNG"}
RATE = 20  # frames a second
WRITING = 2.2  # seconds that all strokes take together
BETWEEN = 0.2  # seconds from one stroke to the next
SETTLING = 0.5  # seconds for the bars after the last stroke
HOLD = 2.0  # seconds that the answer stands
EASE = 0.07  # seconds in which a bar goes 63 % of its way
MOST_SHOWN = 0.999  # never "100.0%": no network is that sure
BRUSH = 0.07  # of the longer side of the canvas

SIZE, PAPER, ROW = (720, 400), 352, 24  # pixels of a frame, of the paper's side, from bar to bar
FINE = 2  # times finer while it is drawn, for soft edges
GROUND, CARD, BORDER, TRACK = "#F3F4F8", "#FFFFFF", "#E1E4EC", "#EDEFF5"  # as in the program by day
TEXT, QUIET, ACCENT, BAR, INK = "#151922", "#5A6273", "#2B62F0", "#A9B3C7", "#1A1E29"
FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"


def animate(reader: Reader, drawing: Drawing, out: Path) -> None:
    """Save how a drawing of one digit is read. Raises ValueError where it is empty or `out` ends otherwise, OSError."""
    if out.suffix.lower() not in FORMS:
        raise ValueError(f"{out} is no name of an animation; let it end in .webp or .gif, or in .png for its end alone")
    if not any(len(stroke.points) for stroke in drawing.strokes):
        raise ValueError("nothing is drawn, so there is nothing to show")
    save(list(frames(reader, drawing)), out)


def save(images: list[Image.Image], out: Path) -> None:
    """Write frames, one at least, in the form that the name ends with, one of FORMS. Raises OSError."""
    form = FORMS[out.suffix.lower()]
    with replacing(out) as part:
        if form == "PNG":
            images[-1].save(part, form)
        else:
            pauses = [round(1000 / RATE)] * (len(images) - 1) + [round(1000 * HOLD)]
            images[0].save(part, form, save_all=True, append_images=images[1:], duration=pauses, loop=0, quality=80)


def frames(reader: Reader, drawing: Drawing) -> Iterator[Image.Image]:
    """The frames, (720, 400) RGB: all but the last stand for a twentieth of a second."""
    shown = np.zeros(CLASSES)
    for part in growing(drawing):
        reading = reader.glance.read_drawing(part)
        shown = _nearer(shown, reading)
        yield _frame(part, reading, shown, answered=False)
    reading = reader.read_drawing(drawing)
    for _ in range(round(SETTLING * RATE)):
        shown = _nearer(shown, reading)
        yield _frame(drawing, reading, shown, answered=True)
    yield _frame(drawing, reading, reading.probabilities, answered=True)


def growing(drawing: Drawing) -> Iterator[Drawing]:
    """What is drawn with each frame: the pen goes at one pace, and rests between strokes."""
    strokes = [stroke.points for stroke in drawing.strokes if len(stroke.points)]
    lengths = [float(np.hypot(*np.diff(points, axis=0).T).sum()) for points in strokes]
    steps = round(WRITING * RATE)
    pace = max(sum(lengths), 1e-6) / steps
    done: tuple[Stroke, ...] = ()
    for points, length in zip(strokes, lengths, strict=True):
        for step in range(1, max(1, round(length / pace)) + 1):
            yield replace(drawing, strokes=(*done, Stroke(_first(points, step * pace))))
        done = (*done, Stroke(points))
        for _ in range(round(BETWEEN * RATE)):
            yield replace(drawing, strokes=done)


def _first(points: np.ndarray, length: float) -> np.ndarray:
    """The first part of a line through points (P, 2), so long."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if length >= along[-1]:
        return points
    inner = points[along < length]
    end = [np.interp(length, along, points[:, axis]) for axis in (0, 1)]
    return np.concatenate([inner, np.array([end], np.float32)]).astype(np.float32)


def _nearer(shown: np.ndarray, reading: Reading) -> np.ndarray:
    return shown + (reading.probabilities - shown) * (1 - math.exp(-1 / (EASE * RATE)))


def _frame(drawing: Drawing, reading: Reading, shown: np.ndarray, *, answered: bool) -> Image.Image:
    """The paper at the left, the answer and the bars at the right."""
    image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), GROUND)
    pen = ImageDraw.Draw(image)
    margin = (SIZE[1] - PAPER) // 2
    _card(pen, (margin, margin, margin + PAPER, margin + PAPER))
    image.paste(_written(drawing), ((margin + 2) * FINE, (margin + 2) * FINE))
    left, right = 2 * margin + PAPER, SIZE[0] - margin
    _card(pen, (left, margin, right, margin + PAPER))
    glyph = _glyph(reading)
    pen.text(
        (_fine(left + 60), _fine(margin + 52)), glyph, TEXT if answered else QUIET, _font("InterDisplay-Bold", 64), "mm"
    )
    if reading.is_digit:
        share = f"{100 * min(reading.confidence, MOST_SHOWN):.1f}%"
        pen.text((_fine(left + 112), _fine(margin + 52)), share, ACCENT, _font("Inter-SemiBold", 20), "lm")
    for digit, probability in enumerate(shown):
        row = (left + 20, margin + 112 + ROW * digit, right - 20)
        _bar(pen, row, digit, float(probability), best=digit == reading.digit)
    return image.resize(SIZE, Image.Resampling.BOX)


def _glyph(reading: Reading) -> str:
    if not reading.is_digit:
        return "?"
    return f"{reading.digit}" if reading.sure else f"{reading.digit}?"


def _bar(pen: ImageDraw.ImageDraw, row: tuple[int, int, int], digit: int, probability: float, *, best: bool) -> None:
    """row: left, middle and right in pixels of a frame."""
    left, middle, right = map(_fine, row)
    font = _font("Inter-SemiBold" if best else "Inter-Regular", 14)
    colour, half = TEXT if best else QUIET, _fine(5)
    start, end = left + _fine(20), right - _fine(56)
    pen.text((left + _fine(4), middle), f"{digit}", colour, font, "mm")
    pen.rounded_rectangle((start, middle - half, end, middle + half), half, TRACK)
    length = round((end - start) * probability)
    if length > 2:
        pen.rounded_rectangle((start, middle - half, start + length, middle + half), half, ACCENT if best else BAR)
    pen.text((right, middle), f"{100 * min(probability, MOST_SHOWN):.1f}%", colour, font, "rm")


def _written(drawing: Drawing) -> Image.Image:
    """The strokes on the paper."""
    side = _fine(PAPER - 4)
    image = Image.new("RGB", (side, side), CARD)
    pen = ImageDraw.Draw(image)
    scale = side / max(drawing.canvas)
    shift = (side - scale * np.array(drawing.canvas)) / 2
    width = BRUSH * side
    for stroke in drawing.strokes:
        places = [(float(x), float(y)) for x, y in stroke.points * scale + shift]
        if len(places) > 1:
            pen.line(places, INK, round(width))
        for x, y in places:
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), INK)
    return image


def _card(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    pen.rounded_rectangle([_fine(side) for side in box], _fine(12), CARD, BORDER, FINE)


def _fine(pixels: int) -> int:
    return pixels * FINE


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.otf", _fine(size))
