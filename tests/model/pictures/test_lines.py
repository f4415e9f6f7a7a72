"""Lines on paper as dark as the ink, and boxes of forms, are no ink; strokes across them stay."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.lines import without_lines

SIZE = (400, 240)


def drawn(*lines: tuple[tuple[int, int], ...], digit: bool = True) -> np.ndarray:
    """A tall zero with lines 3 pixels wide across the picture, (H, W) ink."""
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    if digit:
        brush.ellipse((160, 70, 220, 170), outline=255, width=9)
    for points in lines:
        brush.line(points, 255, 3)
    return np.asarray(image, np.float32) / 255


ZERO = drawn() > 0.5


@pytest.mark.parametrize("turn", [-14, 0, 9])
@pytest.mark.parametrize("height", [40, 100, 190])
def test_lines_go_and_strokes_stay(height: int, turn: int) -> None:
    ink = without_lines(drawn(((0, height), (400, height + turn)))) > 0.5
    assert (ink & ZERO).sum() > 0.97 * ZERO.sum()
    assert (ink & ~ZERO).sum() < 0.03 * ZERO.sum()


def test_the_box_around_a_digit_goes() -> None:
    box = ((140, 50), (240, 50), (240, 190), (140, 190), (140, 50))
    assert ((without_lines(drawn(box)) > 0.5) == ZERO).mean() > 0.999


def test_squares_go() -> None:
    lines = [((0, y), (400, y)) for y in range(15, 240, 60)] + [((x, 0), (x, 240)) for x in range(20, 400, 60)]
    assert ((without_lines(drawn(*lines)) > 0.5) == ZERO).mean() > 0.99


def test_the_strokes_of_a_digit_are_no_lines() -> None:
    seven = drawn(((120, 40), (280, 40), (180, 210)), digit=False)
    np.testing.assert_array_equal(without_lines(seven), seven)
