"""Dots, bars and pieces of digits are joined; digits side by side are not."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.patches import INKED, connected
from model.pictures.pieces import with_pieces_joined

FOUR = ["00010", "00110", "01010", "10010", "11111", "00010", "00010"]


def count(ink: np.ndarray) -> int:
    return len(connected(ink > INKED)[1])


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (220, 140))
    return image, ImageDraw.Draw(image)


def as_ink(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.float32) / 255


@pytest.mark.parametrize(("step", "gap"), [(12, 1), (7, 1), (10, 0)])
def test_the_dots_of_each_digit_become_its_strokes(step: int, gap: int) -> None:
    image, brush = page()
    for digit in range(2):
        for row, bits in enumerate(FOUR):
            for column in (n for n, bit in enumerate(bits) if bit == "1"):
                x, y = 20 + (6 * digit + column) * step, 20 + row * step
                draw = brush.ellipse if gap else brush.rectangle
                draw((x + gap, y + gap, x + step - 1 - gap, y + step - 1 - gap), 255)
    ink = as_ink(image)
    joined = with_pieces_joined(ink)
    assert count(joined) == 2
    assert (joined >= ink).all()
    corner = 20 + 2 * step, 20 + 2 * step  # between the dots of the slanting stroke, where they touch at most
    assert joined[corner[1], corner[0]] > INKED


def test_the_bars_of_a_display_become_one_digit() -> None:
    image, brush = page()
    for left in (40, 90):
        brush.rectangle((left, 20, left + 9, 58), 255)
        brush.rectangle((left, 62, left + 9, 100), 255)
    assert count(with_pieces_joined(as_ink(image))) == 2


def test_digits_side_by_side_stay_apart_however_close() -> None:
    image, brush = page()
    for left in (40, 53):
        brush.rectangle((left, 20, left + 9, 100), 255)
    ink = as_ink(image)
    assert with_pieces_joined(ink) is ink


def test_digits_in_a_column_stay_apart_however_close() -> None:
    image, brush = page()
    for top in (10, 70):
        brush.ellipse((80, top, 114, top + 55), outline=255, width=9)
    ink = as_ink(image)
    assert with_pieces_joined(ink) is ink


def test_crumbs_beside_a_digit_are_not_joined() -> None:
    image, brush = page()
    brush.rectangle((90, 20, 101, 120), 255)
    for top in (30, 36):
        brush.rectangle((20, top, 22, top + 3), 255)
    ink = as_ink(image)
    assert with_pieces_joined(ink) is ink
