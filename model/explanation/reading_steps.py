"""Explain: how a picture was read, as a picture of each step: light, ink, boxes, order."""

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
MARGIN, CAPTION = 20, 34
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
        ("6  What the network sees", _seen(number)),
    ]
    with replacing(out) as part:
        _page(steps, as_text(path.name, number)).save(part, format="PNG")
    return number.scaled(photograph.scale)


def _page(steps: list[tuple[str, Image.Image]], answer: str) -> Image.Image:
    """The steps, three in a row, each with its caption, and the answer below."""
    wide, high = TILE[0] + MARGIN, TILE[1] + MARGIN + CAPTION
    page = Image.new("RGB", (3 * wide + MARGIN, -(-len(steps) // 3) * high + MARGIN + 2 * CAPTION), GROUND)
    brush = ImageDraw.Draw(page)
    for i, (caption, picture) in enumerate(steps):
        left, top = MARGIN + i % 3 * wide, MARGIN + i // 3 * high
        brush.text((left, top), caption, TEXT, ImageFont.load_default(20))
        small = _fitted(picture)
        page.paste(small, (left + (TILE[0] - small.width) // 2, top + CAPTION + (TILE[1] - small.height) // 2))
    font = ImageFont.load_default(ANSWER)
    font = ImageFont.load_default(min(ANSWER, ANSWER * (page.width - 2 * MARGIN) / font.getlength(answer)))
    brush.text((MARGIN, page.height - MARGIN - CAPTION), answer, TEXT, font)
    return page


def _fitted(picture: Image.Image) -> Image.Image:
    """As large as a step's tile allows; small pictures with their pixels to be seen."""
    scale = min(TILE[0] / picture.width, TILE[1] / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.NEAREST)


def _coloured(values: Picture) -> Image.Image:
    return Image.fromarray(np.rint(values.clip(0, 1) * 255).astype(np.uint8)).convert("RGB")


def _framed(ink: Picture, boxes: list[Box] | tuple[Box, ...], names: list[str]) -> Image.Image:
    image = _coloured(1 - 0.6 * ink)
    scale = max(1, round(max(image.size) / TILE[0]))
    brush = ImageDraw.Draw(image)
    for (left, top, width, height), name in zip(boxes, names, strict=True):
        brush.rectangle((left, top, left + width - 1, top + height - 1), outline=ACCENT, width=2 * scale)
        if name:
            brush.text((left, max(0, top - 22 * scale)), name, ACCENT, ImageFont.load_default(18 * scale))
    return image


def _ordered(ink: Picture, number: Number) -> Image.Image:
    """The figures with their places in the order of reading, and the marks that belong to none."""
    figures = [(figure.box, f"{place}: {figure.text}") for place, figure in enumerate(number.figures, 1)]
    marks = figures + [(box, LEFT_OUT) for box in number.left_out]
    return _framed(ink, [box for box, _ in marks], [name for _, name in marks])


def _seen(number: Number) -> Image.Image:
    """The 28 x 28 pictures of the figures, side by side."""
    images = [figure.reading.image for figure in number.figures if figure.reading.image is not None]
    return _coloured(1 - np.hstack(images)) if images else Image.new("RGB", (28, 28), "white")
