"""Stamps, postmarks and waves beside a number are no figures; bold and small figures are."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.patches import patches_of

Draw = Callable[[ImageDraw.ImageDraw], None]
FIVE = [(125, 275), (95, 275), (92, 298), (118, 300), (122, 318), (108, 328), (90, 322)]


def stamp(brush: ImageDraw.ImageDraw) -> None:
    brush.rectangle((350, 30, 430, 140), fill=255)
    brush.ellipse((375, 40, 405, 80), fill=0)


def postmark(brush: ImageDraw.ImageDraw) -> None:
    for reach in (45, 28):
        brush.ellipse((250 - reach, 90 - reach, 250 + reach, 90 + reach), outline=255, width=2)


def waves(brush: ImageDraw.ImageDraw) -> None:
    for top in (40, 60, 80):
        brush.line([(150 + 8 * n, top + 4 * float(np.sin(n))) for n in range(20)], 255, 3)


def bold(brush: ImageDraw.ImageDraw) -> None:
    brush.line([(300, 60), (420, 60), (340, 340)], 255, 36)


def patches(*parts: Draw) -> tuple[int, int]:
    """How many figures there are, and how many marks that are none."""
    image = Image.new("L", (480, 380))
    brush = ImageDraw.Draw(image)
    brush.line(FIVE, 255, 5)
    for part in parts:
        part(brush)
    found = patches_of(np.asarray(image, np.float32) / np.float32(255))
    return len(found.boxes), len(found.foreign)


@pytest.mark.parametrize(("part", "marks"), [(stamp, 1), (postmark, 2), (waves, 3)])
def test_what_is_no_figure_is_left_out_of_the_patches(part: Draw, marks: int) -> None:
    assert patches(part) == (1, marks)


def test_a_bold_figure_beside_a_small_one_is_a_figure() -> None:
    assert patches(bold) == (2, 0)


def test_a_thick_figure_among_specks_is_a_figure() -> None:
    def blot(brush: ImageDraw.ImageDraw) -> None:
        brush.rectangle((280, 60, 400, 340), fill=255)

    assert patches(blot) == (2, 0)


def test_lines_of_text_and_the_rims_of_windows_on_a_screen_are_no_figures() -> None:
    def screen(brush: ImageDraw.ImageDraw) -> None:
        brush.rectangle((199, 39, 200, 240), fill=255)
        for line in range(6):
            brush.line((220, 50 + 20 * line, 250 + 5 * line, 50 + 20 * line), 255, 3)

    assert patches(screen) == (1, 7)


def test_a_round_0_in_a_ring_is_a_figure() -> None:
    def ringed(brush: ImageDraw.ImageDraw) -> None:
        brush.ellipse((205, 45, 295, 135), outline=255, width=3)
        brush.ellipse((225, 65, 275, 115), outline=255, width=5)

    assert patches(ringed) == (3, 0)


@pytest.mark.parametrize(("high", "marks"), [(90, 2), (60, 0)])
def test_bars_between_cells_are_no_1s_where_they_are_higher_than_the_figures(high: int, marks: int) -> None:
    def bars(brush: ImageDraw.ImageDraw) -> None:
        for left in (60, 180):
            brush.rectangle((left, 301 - high // 2, left + 6, 300 + high - high // 2), fill=255)

    assert patches(bars) == (3 - marks, marks)
