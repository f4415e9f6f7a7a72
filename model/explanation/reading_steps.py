"""Explain: how a picture was read, as a picture of each step: light, ink, boxes, order."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from model.files import replacing
from model.pictures.ink import ink_steps
from model.pictures.patches import Box, patches_of
from model.pictures.photograph import load_photograph
from model.reading.number import Number, as_text
from model.reading.number_reader import read_number
from model.reading.reader import Reader

TILE = (480, 360)
WIDE = 3.0  # times as wide as high: of such a picture the steps stand one below the other
MARGIN, CAPTION = 20, 34
LABEL = 18  # pixels of the type beside a box, where it fits
ANSWER = 32  # pixels of the type that the answer is written in, where it fits
LEFT_OUT = "left out"
GROUND, TEXT, ACCENT = (245, 246, 248), (28, 32, 40), (214, 64, 48)

Picture = NDArray[np.float32]


def explain(reader: Reader, path: Path, out: Path) -> Number:
    """Read an image file and save the steps of it as a PNG. Raises PictureError, OSError, or ValueError for out."""
    if out.suffix.lower() != ".png":
        raise ValueError(f"{out} is no name of a PNG; let it end with .png")
    photograph = load_photograph(path)
    colours, paper, ink, traces = ink_steps(photograph.colours)
    patches = patches_of(ink)
    number = read_number(reader, ink, traces)
    steps = [
        ("1  The picture, upright, without grain", _coloured(colours)),
        ("2  Light: the paper without ink", _coloured(np.ascontiguousarray(paper))),
        ("3  Ink without lines", _coloured(1 - ink)),
        ("4  Boxes of connected ink", _framed(ink, patches.boxes, [""] * len(patches.boxes))),
        ("5  Order, and what was left out", _ordered(ink, number)),
        ("6  What the network sees", _seen(number, ink.shape[1] / ink.shape[0])),
    ]
    with replacing(out) as part:
        _page(steps, as_text(path.name, number)).save(part, format="PNG")
    return number.scaled(photograph.scale)


def _tile(aspect: float) -> tuple[int, int, int]:
    """How many steps stand in a row, and the width and height of each, for pictures of this aspect."""
    if aspect < WIDE:
        return 3, *TILE
    width = 3 * TILE[0] + 2 * MARGIN
    return 1, width, min(TILE[1], round(width / aspect))


def _page(steps: list[tuple[str, Image.Image]], answer: str) -> Image.Image:
    """The steps in rows, each with its caption, and the answer below."""
    columns, width, height = _tile(steps[0][1].width / steps[0][1].height)
    wide, high = width + MARGIN, height + MARGIN + CAPTION
    page = Image.new("RGB", (columns * wide + MARGIN, -(-len(steps) // columns) * high + MARGIN + 2 * CAPTION), GROUND)
    brush = ImageDraw.Draw(page)
    for i, (caption, picture) in enumerate(steps):
        left, top = MARGIN + i % columns * wide, MARGIN + i // columns * high
        brush.text((left, top), caption, TEXT, ImageFont.load_default(20))
        small = _fitted(picture, (width, height))
        page.paste(small, (left + (width - small.width) // 2, top + CAPTION + (height - small.height) // 2))
    font = ImageFont.load_default(ANSWER)
    font = ImageFont.load_default(min(ANSWER, ANSWER * (page.width - 2 * MARGIN) / font.getlength(answer)))
    brush.text((MARGIN, page.height - MARGIN - CAPTION), answer, TEXT, font)
    return page


def _fitted(picture: Image.Image, tile: tuple[int, int]) -> Image.Image:
    """As large as a step's tile allows; small pictures with their pixels to be seen."""
    scale = min(tile[0] / picture.width, tile[1] / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.NEAREST)


def _coloured(values: Picture) -> Image.Image:
    return Image.fromarray(np.rint(values.clip(0, 1) * 255).astype(np.uint8)).convert("RGB")


def _framed(ink: Picture, boxes: list[Box] | tuple[Box, ...], names: list[str]) -> Image.Image:
    """The ink with its boxes, and over them their names, each small enough to end before the next one beside it."""
    image = _coloured(1 - 0.6 * ink)
    scale = max(1, round(max(image.size) / _tile(image.width / image.height)[1]))
    brush = ImageDraw.Draw(image)
    for left, top, width, height in boxes:
        brush.rectangle((left, top, left + width - 1, top + height - 1), outline=ACCENT, width=2 * scale)
    for box, name in zip(boxes, names, strict=True):
        font = ImageFont.load_default(LABEL * scale)
        fits = min(1, _room(box, boxes) / max(font.getlength(f"{name} "), 1))
        place = (box[0], max(box[1] - 4 * scale, LABEL * scale))
        font = ImageFont.load_default(LABEL * scale * fits)
        brush.text(place, name, ACCENT, font, anchor="ls", stroke_width=2 * scale, stroke_fill="white")
    return image


def _room(box: Box, boxes: list[Box] | tuple[Box, ...]) -> float:
    """How far the label of a box may reach before it meets that of the next box beside it."""
    left, top, _, height = box
    beside = [x - left for x, y, _, h in boxes if x > left and y < top + height and top < y + h]
    return min(beside, default=math.inf)


def _ordered(ink: Picture, number: Number) -> Image.Image:
    """The figures with their places in the order of reading, and the marks that belong to none."""
    figures = [(figure.box, f"{place}: {figure.text}") for place, figure in enumerate(number.figures, 1)]
    marks = figures + [(box, LEFT_OUT) for box in number.left_out]
    return _framed(ink, [box for box, _ in marks], [name for _, name in marks])


def _seen(number: Number, aspect: float) -> Image.Image:
    """The 28 x 28 pictures of the figures, in rows that fill a tile for pictures of this aspect."""
    images = [figure.reading.image for figure in number.figures if figure.reading.image is not None]
    if not images:
        return Image.new("RGB", (28, 28), "white")
    _, width, height = _tile(aspect)
    columns = min(len(images), math.ceil(math.sqrt(len(images) * width / height)))
    images += [np.zeros_like(images[0])] * (-len(images) % columns)
    rows = [np.hstack(images[i : i + columns]) for i in range(0, len(images), columns)]
    return _coloured(1 - np.vstack(rows))
