"""Survey picture: a survey as a PNG: bars of what is misread, and the most usual and the oddest of each digit."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from model.constants import CLASSES
from model.evaluation.survey import DigitSurvey, Survey
from model.files import replacing
from model.pictures.drawing import Drawing
from model.pictures.pen import picture_of
from model.pictures.writers import writer_of

_TEXT, _QUIET, _TRACK, _BAR, _WORST = "#151922", "#5A6273", "#EDEFF5", "#A9B3C7", "#2B62F0"
_WIDTH, _HEIGHT, _MARGIN = 1180, 760, 32  # pixels
_BARS = 470  # the width of the left half, with the bars
_TOP, _ROW, _BAR_HIGH = 150, 58, 18
_TILE, _CELL = 84, (226, 116)  # a picture, and a pair of them with its words


def draw_survey(survey: Survey, path: Path) -> None:
    """Write it as a PNG. Raises OSError."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    for line, size, y in zip(sentences(survey), (28, 18, 18), (0, 42, 68), strict=False):
        pen.text((_MARGIN, _MARGIN - 10 + y), line, fill=_TEXT, font=ImageFont.load_default(size))
    for digit in range(CLASSES):
        _draw_bar(pen, survey, digit)
    pen.text((_MARGIN, _TOP - 24), "how many of each are misread", fill=_QUIET, font=ImageFont.load_default(14))
    head = "the most usual and the oddest of each, as the network sees them"
    pen.text((_BARS + _MARGIN, _TOP - 24), head, fill=_QUIET, font=ImageFont.load_default(14))
    for digit, found in enumerate(survey.digits):
        across, down = digit % 3, digit // 3
        place = (_BARS + _MARGIN + across * _CELL[0], _TOP + 6 + down * (_CELL[1] + 28))
        _draw_pair(picture, pen, place, digit, found)
    with replacing(path) as part:
        picture.save(part, "PNG")


def sentences(survey: Survey) -> list[str]:
    """What it says, in words: how many are misread, which digit most, and which two are mixed up most."""
    said = [f"{survey.misread} of {survey.count} digits misread"]
    if survey.worst is not None:
        worst = survey.digits[survey.worst]
        said.append(f"The {survey.worst} is misread most: {worst.misread} of {worst.count}.")
    if survey.mixed_up is not None:
        one, other, times = survey.mixed_up
        said.append(f"{one} and {other} are mixed up most: {times} {'time' if times == 1 else 'times'}.")
    return said


def _draw_bar(pen: ImageDraw.ImageDraw, survey: Survey, digit: int) -> None:
    """A digit, the fraction of it that is misread, and how many that are."""
    found, y = survey.digits[digit], _TOP + digit * _ROW + _ROW // 2
    left, right = _MARGIN + 34, _BARS - 120
    pen.text((_MARGIN, y), str(digit), fill=_TEXT, font=ImageFont.load_default(24), anchor="lm")
    high = _BAR_HIGH // 2
    pen.rounded_rectangle([left, y - high, right, y + high], high, fill=_TRACK)
    if found.misread:
        end = left + max(2 * high, round((right - left) * found.rate))
        pen.rounded_rectangle([left, y - high, end, y + high], high, fill=_WORST if digit == survey.worst else _BAR)
    words = f"{found.misread} of {found.count}" if found.count else "none written"
    pen.text((right + 14, y), words, fill=_TEXT, font=ImageFont.load_default(16), anchor="lm")


def _draw_pair(
    picture: Image.Image, pen: ImageDraw.ImageDraw, place: tuple[int, int], digit: int, found: DigitSurvey
) -> None:
    """The most usual drawing of a digit, and beside it the oddest and whose it is."""
    for number, drawing in enumerate((found.usual, found.oddest)):
        left, top = place[0] + number * (_TILE + 16), place[1]
        pen.rounded_rectangle([left, top, left + _TILE, top + _TILE], 8, outline=_WORST if number else _BAR)
        if drawing is not None:
            picture.paste(_tile(drawing, _TILE - 12), (left + 6, top + 6))
        words = whose(drawing) if number else f"a {digit}"
        pen.text((left + _TILE / 2, top + _TILE + 6), words, fill=_QUIET, font=ImageFont.load_default(13), anchor="ma")


def whose(drawing: Drawing | None) -> str:
    """Who drew it, in words."""
    writer = writer_of(drawing) if drawing is not None else None
    return f"pupil {writer}" if writer is not None else ""


def _tile(drawing: Drawing, side: int) -> Image.Image:
    """A drawing in a white square, its aspect kept."""
    tile, ink = Image.new("L", (side, side), 255), picture_of(drawing)
    if ink is None:
        return tile
    scale = side * 0.9 / max(ink.shape)
    size = max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale))
    small = Image.fromarray(np.rint((1 - ink) * 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    tile.paste(small, ((side - size[0]) // 2, (side - size[1]) // 2))
    return tile
