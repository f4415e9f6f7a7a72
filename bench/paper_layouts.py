"""Layouts of pages: signs, small and broken digits, rows, digits that touch, and lines and boxes as dark as the ink."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from bench.paper_page import BLACK, SIZE, WHITE, Fault, Photo, Spoilt, inked, noise, plain, saved

WIDE = (760, 240)


def _page(photo: Photo, path: Path, mark: Image.Image, text: str, size: tuple[int, int] = SIZE) -> Spoilt:
    """A mark somewhere on white or on grey, grainy paper."""
    sheet = photo.placed(mark, size)
    if photo.rng.random() < 0.5:
        return saved(inked(plain(WHITE, size), sheet, BLACK), path), text
    return saved(noise(inked(plain((200, 200, 200), size), sheet, BLACK), photo.rng, 3), path), text


def beside(marks: list[Image.Image], gaps: list[float], drops: list[float] | None = None) -> Image.Image:
    """Marks side by side on one foot, with gaps in pixels (negative: overlapping), each so far below the foot."""
    lefts = [0.0]
    for mark, gap in zip(marks, gaps, strict=False):
        lefts.append(lefts[-1] + mark.width + gap)
    tops = [-mark.height + drop for mark, drop in zip(marks, drops or [0.0] * len(marks), strict=True)]
    sheet = Image.new(
        "L",
        (
            round(max(left + mark.width for left, mark in zip(lefts, marks, strict=False))) + 1,
            round(max(top + mark.height for top, mark in zip(tops, marks, strict=True)) - min(tops)) + 1,
        ),
    )
    for left, top, mark in zip(lefts, tops, marks, strict=False):
        sheet.paste(255, (round(left), round(top - min(tops))), mark)
    return sheet


def above(marks: list[Image.Image], gap: float) -> Image.Image:
    """Marks below each other, left ends together."""
    sheet = Image.new("L", (max(m.width for m in marks), round(sum(m.height + gap for m in marks) + 1)))
    top = 0.0
    for mark in marks:
        sheet.paste(255, (0, round(top)), mark)
        top += mark.height + gap
    return sheet


def _signed(sign: str) -> Fault:
    def write(photo: Photo, path: Path) -> Spoilt:
        number = photo.number(2, 5)
        place = 0 if sign == "-" and photo.rng.random() < 0.6 else int(photo.rng.integers(1, len(number)))
        text = number[:place] + sign + number[place:]
        return _page(photo, path, photo.mark(text, photo.rng.uniform(60, 130)), text, WIDE)

    return write


def _digits(photo: Photo, text: str, height: float) -> list[Image.Image]:
    return [photo.mark(digit, height) for digit in text]


def _small(photo: Photo, path: Path) -> Spoilt:
    """One digit a third or half as large as the others, on their foot."""
    text, height = photo.number(2, 6), photo.rng.uniform(60, 110)
    marks = _digits(photo, text, height)
    place = int(photo.rng.integers(len(text)))
    marks[place] = photo.mark(text[place], height * photo.rng.uniform(0.3, 0.5))
    gaps = (photo.rng.uniform(0.3, 0.9, len(text)) * height).tolist()
    return _page(photo, path, beside(marks, gaps), text, WIDE)


def _broken(photo: Photo, path: Path) -> Spoilt:
    """One digit that the pen left gaps in."""
    text, height = photo.number(2, 6), photo.rng.uniform(70, 120)
    marks = _digits(photo, text, height)
    mark = marks[int(photo.rng.integers(len(text)))]
    brush = ImageDraw.Draw(mark)
    for _ in range(int(photo.rng.integers(1, 4))):
        y, tilt = photo.rng.uniform(0.15, 0.85) * mark.height, photo.rng.uniform(-0.3, 0.3) * mark.height
        brush.line((0, y, mark.width, y + tilt), 0, max(2, round(photo.rng.uniform(0.03, 0.07) * height)))
    gaps = (photo.rng.uniform(0.4, 0.8, len(text)) * height).tolist()
    return _page(photo, path, beside(marks, gaps), text, WIDE)


def _column(photo: Photo, path: Path) -> Spoilt:
    """One digit above another."""
    text, height = photo.number(2, 3), photo.rng.uniform(90, 130)
    mark = above(_digits(photo, text, height), height * photo.rng.uniform(0.15, 0.7))
    return _page(photo, path, mark, " ".join(text), (420, 560))


def _rows(photo: Photo, path: Path) -> Spoilt:
    """Rows of digits, close together."""
    height = photo.rng.uniform(50, 90)
    texts = [photo.number(3, 5) for _ in range(int(photo.rng.integers(2, 4)))]
    rows = [
        beside(_digits(photo, text, height), (photo.rng.uniform(0.3, 0.6, len(text)) * height).tolist())
        for text in texts
    ]
    return _page(photo, path, above(rows, height * photo.rng.uniform(0.1, 0.4)), " ".join(texts))


def _many(photo: Photo, path: Path) -> Spoilt:
    """More than thirty digits in one row."""
    text = photo.number(31, 40)
    marks = _digits(photo, text, photo.rng.uniform(40, 60))
    gaps = photo.rng.uniform(10, 20, len(text)).tolist()
    return _page(photo, path, beside(marks, gaps), text, (2000, 170))


def _touching(photo: Photo, path: Path) -> Spoilt:
    """Digits of which each touches the next by a little of its ink."""
    text, height = photo.number(2, 4), photo.rng.uniform(90, 150)
    marks = _digits(photo, text, height)
    drops = (photo.rng.normal(0, 0.03, len(text)) * height).tolist()
    return _page(photo, path, beside(marks, (-photo.rng.uniform(0.01, 0.08, len(text)) * height).tolist(), drops), text)


Box = tuple[int, int, int, int]
Draw = Callable[[ImageDraw.ImageDraw, np.random.Generator, Box, float], None]  # box and height of the writing


def _lined(draw: Draw) -> Fault:
    """Lines drawn into the page with the ink."""

    def write(photo: Photo, path: Path) -> Spoilt:
        text, height = photo.number(2, 6), photo.rng.uniform(60, 110)
        sheet = photo.placed(photo.mark(text, height), WIDE, 0.15)
        box = sheet.getbbox()
        assert box is not None
        lines = Image.new("L", WIDE)
        draw(ImageDraw.Draw(lines), photo.rng, box, height)
        sheet = ImageChops.lighter(sheet, lines)  # where they cross, the darker one is seen
        return saved(noise(inked(plain(WHITE, WIDE), sheet, BLACK), photo.rng, 2), path), text

    return write


def _underline(brush: ImageDraw.ImageDraw, rng: np.random.Generator, box: Box, height: float) -> None:
    left, _, right, bottom = box
    y = bottom + rng.uniform(0.06, 0.3) * height
    brush.line((left - 10, y, right + 15, y + rng.uniform(-5, 5)), 255, int(rng.integers(2, 6)))


def _strike(brush: ImageDraw.ImageDraw, rng: np.random.Generator, box: Box, height: float) -> None:
    left, top, right, bottom = box
    y = (top + bottom) / 2 + rng.uniform(-0.15, 0.15) * height
    brush.line((left - 20, y, right + 20, y + rng.uniform(-5, 5)), 255, int(rng.integers(2, 4)))


def _rules(brush: ImageDraw.ImageDraw, rng: np.random.Generator, box: Box, height: float) -> None:
    """Ruled paper as dark as the ink: digits stand across the lines."""
    step = rng.uniform(0.5, 1.1) * height
    grey, width, tilt = int(rng.integers(90, 256)), int(rng.integers(1, 4)), rng.uniform(-8, 8)
    for y in np.arange(rng.uniform(-step, 0), WIDE[1] + 10, step):
        brush.line((0, y, WIDE[0], y + tilt), grey, width)


def _frame(brush: ImageDraw.ImageDraw, rng: np.random.Generator, box: Box, height: float) -> None:
    left, top, right, bottom = box
    near, far = 0.12 * height, 0.3 * height
    sides = [left - rng.uniform(near, far), top - rng.uniform(near, far)]
    sides += [right + rng.uniform(near, far), bottom + rng.uniform(near, far)]
    brush.rectangle(tuple(sides), outline=255, width=int(rng.integers(2, 5)))


def _boxes(photo: Photo, path: Path) -> Spoilt:
    """A form with a box for each digit."""
    text, side = photo.number(3, 8), int(photo.rng.integers(50, 90))
    sheet = Image.new("L", (side * (len(text) + 2), side * 3))
    brush = ImageDraw.Draw(sheet)
    grey, width = int(photo.rng.integers(90, 256)), int(photo.rng.integers(1, 4))
    for place, digit in enumerate(text, 1):
        brush.rectangle((place * side, side, (place + 1) * side, 2 * side), outline=grey, width=width)
        mark = photo.mark(digit, side * photo.rng.uniform(0.5, 0.75))
        mark.thumbnail((round(0.8 * side), side))
        shift = photo.rng.uniform(-0.05, 0.05, 2) * side
        left = place * side + (side - mark.width) / 2 + shift[0]
        sheet.paste(255, (round(left), round(side * 1.5 - mark.height / 2 + shift[1])), mark)
    size = sheet.size if photo.rng.random() < 0.5 else (900, 600)
    return saved(inked(plain(WHITE, size), photo.placed(sheet, size, 0.02), BLACK), path), text


def _table(photo: Photo, path: Path) -> Spoilt:
    """A figure in each cell of a printed table."""
    columns, rows = (int(n) for n in photo.rng.integers(2, 4, 2))
    wide, high = 170, 90
    sheet = Image.new("L", (wide * columns + 60, high * rows + 60))
    brush = ImageDraw.Draw(sheet)
    texts = []
    for row in range(rows):
        cells = [photo.number(1, 3) for _ in range(columns)]
        texts.append("".join(cells))
        for column, text in enumerate(cells):
            left, top = 30 + column * wide, 30 + row * high
            brush.rectangle((left, top, left + wide, top + high), outline=200, width=2)
            mark = photo.mark(text, high * 0.5)
            mark.thumbnail((wide - 30, high - 20))
            sheet.paste(255, (left + 15, top + (high - mark.height) // 2), mark)
    return saved(inked(plain(WHITE, sheet.size), sheet, BLACK), path), " ".join(texts)


def _half_transparent(photo: Photo, path: Path) -> Spoilt:
    """Ink that lets paper through, on no paper."""
    mark = photo.ink((500, 200), 0.5)
    image = Image.new("RGBA", mark.size, (*BLACK, 0))
    image.putalpha(mark.point([round(level * 0.5) for level in range(256)]))
    path = path.with_name(path.name + ".png")
    image.save(path)
    return path, photo.text


def _tiny_figure(photo: Photo, path: Path) -> Spoilt:
    """A figure that is small on a large page."""
    return saved(noise(photo.sheet(height=photo.rng.uniform(0.05, 0.1)), photo.rng, 3), path), photo.text


LAYOUTS: dict[str, Fault] = {
    "comma": _signed(","),
    "point": _signed("."),
    "colon": _signed(":"),
    "slash": _signed("/"),
    "minus": _signed("-"),
    "plus": _signed("+"),
    "small digit": _small,
    "broken digit": _broken,
    "column": _column,
    "close rows": _rows,
    "many digits": _many,
    "touching": _touching,
    "underlined": _lined(_underline),
    "struck": _lined(_strike),
    "dark rules": _lined(_rules),
    "frame": _lined(_frame),
    "boxes": _boxes,
    "printed table": _table,
    "half transparent": _half_transparent,
    "tiny figure": _tiny_figure,
}
