"""Rings and frames round digits are taken out; digits that have something in them are not."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.enclosures import without_enclosures

Draw = Callable[[ImageDraw.ImageDraw], None]
FIVE = [(125, 75), (95, 75), (92, 98), (118, 100), (122, 118), (108, 128), (90, 122)]


def drawn(*parts: Draw) -> np.ndarray:
    image = Image.new("L", (220, 200))
    for part in parts:
        part(ImageDraw.Draw(image))
    return np.asarray(image, np.float32) / 255


def five(brush: ImageDraw.ImageDraw) -> None:
    brush.line(FIVE, 255, 7)


def ring(brush: ImageDraw.ImageDraw) -> None:
    brush.ellipse((50, 45, 165, 160), outline=255, width=5)


def frame(brush: ImageDraw.ImageDraw) -> None:
    brush.rounded_rectangle((40, 40, 180, 165), 18, outline=255, width=6)


def open_ring(brush: ImageDraw.ImageDraw) -> None:
    brush.arc((50, 45, 165, 160), 280, 277 + 360, 255, 5)


@pytest.mark.parametrize("around", [ring, frame, open_ring])
def test_what_is_drawn_round_a_digit_is_no_ink(around: Draw) -> None:
    assert np.array_equal(without_enclosures(drawn(around, five)), drawn(five))


@pytest.mark.parametrize("turns", [0, 2])
def test_a_ring_that_the_edge_cuts_off_is_one_too(turns: int) -> None:
    def low(brush: ImageDraw.ImageDraw) -> None:
        brush.ellipse((40, 55, 175, 225), outline=255, width=5)

    def bowl(brush: ImageDraw.ImageDraw) -> None:
        brush.arc((40, -20, 175, 165), 60, 300, 255, 5)  # not shut, and not cut off either

    whole, digit = np.rot90(drawn(low, five), turns), np.rot90(drawn(five), turns)
    assert np.array_equal(without_enclosures(np.ascontiguousarray(whole)), digit)
    assert np.array_equal(without_enclosures(drawn(bowl, five)), drawn(bowl, five))


def test_a_ring_in_a_frame_goes_with_it() -> None:
    def plate(brush: ImageDraw.ImageDraw) -> None:
        brush.rectangle((30, 25, 190, 180), outline=255, width=4)

    assert np.array_equal(without_enclosures(drawn(plate, ring, five)), drawn(five))


def test_a_ring_with_nothing_but_a_speck_in_it_is_a_0() -> None:
    def speck(brush: ImageDraw.ImageDraw) -> None:
        brush.ellipse((102, 96, 116, 110), 255)

    for page in (drawn(ring), drawn(ring, speck)):
        assert without_enclosures(page) is page


@pytest.mark.parametrize(("figures", "goes"), [(1, False), (2, True)])
def test_a_wide_ring_holds_several_low_figures(figures: int, *, goes: bool) -> None:
    def low(brush: ImageDraw.ImageDraw) -> None:
        for left in (80, 130)[:figures]:
            brush.line([(left, 85), (left + 22, 85), (left + 8, 119)], 255, 5)

    whole = drawn(lambda brush: brush.ellipse((30, 20, 195, 185), outline=255, width=4), low)
    assert np.array_equal(without_enclosures(whole), drawn(low) if goes else whole)


def test_a_0_with_a_slash_that_does_not_touch_it_stays() -> None:
    def narrow(brush: ImageDraw.ImageDraw) -> None:
        brush.ellipse((70, 45, 145, 160), outline=255, width=7)

    def slash(brush: ImageDraw.ImageDraw) -> None:
        brush.line((95, 130, 122, 75), 255, 7)

    page = drawn(narrow, slash)
    assert without_enclosures(page) is page


def test_a_frame_that_the_digit_touches_is_left_to_the_lines() -> None:
    def tail(brush: ImageDraw.ImageDraw) -> None:
        brush.line((95, 76, 42, 76), 255, 7)

    page = drawn(frame, five, tail)
    assert without_enclosures(page) is page


def test_a_thick_ring_is_no_line_round_something() -> None:
    def thick(brush: ImageDraw.ImageDraw) -> None:
        brush.ellipse((50, 45, 165, 160), outline=255, width=22)

    page = drawn(thick, five)
    assert without_enclosures(page) is page


def test_the_grid_of_a_table_goes_where_no_digit_touches_it() -> None:
    def grid(brush: ImageDraw.ImageDraw) -> None:
        for left in (20, 80, 140):
            brush.rectangle((left, 50, left + 60, 150), outline=255, width=3)

    def tail(brush: ImageDraw.ImageDraw) -> None:
        brush.line((95, 76, 82, 76), 255, 5)

    assert np.array_equal(without_enclosures(drawn(grid, five)), drawn(five))
    touched = drawn(grid, five, tail)
    assert without_enclosures(touched) is touched


def test_a_grid_with_nothing_in_it_is_ink() -> None:
    def grid(brush: ImageDraw.ImageDraw) -> None:
        for left in (20, 80, 140):
            brush.rectangle((left, 50, left + 60, 150), outline=255, width=3)

    page = drawn(grid)
    assert without_enclosures(page) is page
