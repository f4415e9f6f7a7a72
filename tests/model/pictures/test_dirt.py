"""Dirt: holes of a binder and specks are told from what was written."""

import numpy as np
import pytest

from model.pictures.dirt import BESIDE, DIRTY, HOLE_EDGE, HOLE_ROW, dirt_of

SHAPE = (400, 600)
DIGIT = (250, 100, 70, 120)  # left, top, width, height


def round_ones(*places: tuple[int, int], size: int = 14) -> list[tuple[int, int, int, int]]:
    return [(x - size // 2, y - size // 2, size, size) for x, y in places]


def dirt(boxes: list[tuple[int, int, int, int]], filled: float = 0.78) -> list[bool]:
    """DIGIT and these, each of which fills so much of its box."""
    everything = np.array([DIGIT, *boxes])
    areas = (everything[:, 2] * everything[:, 3] * filled).astype(int)
    areas[0] //= 3
    found = dirt_of(everything, areas, SHAPE)
    assert not found[0]
    return found[1:].tolist()


def test_a_column_of_holes_at_the_edge_is_dirt() -> None:
    assert dirt(round_ones((20, 40), (20, 140), (20, 240))) == [True] * 3
    assert dirt(round_ones((20, 110), (20, 210), size=26)) == [False] * 2  # a short column
    far = round(HOLE_EDGE * SHAPE[1]) + 20
    assert dirt(round_ones((far, 120), (far, 250), size=26)) == [False] * 2


def test_a_hole_that_the_edge_cuts_off_is_one_of_them() -> None:
    half = (14, SHAPE[0] - 5, 12, 5)
    assert dirt([*round_ones((20, 120), (20, 250)), half], filled=0.8) == [True] * 3
    beside = (0, 150, 5, 12)
    assert dirt([beside], filled=0.8) == [False]


def test_a_speck_that_the_edge_cuts_off_is_dirt_where_nothing_is_written() -> None:
    assert dirt([(500, SHAPE[0] - 6, 14, 6)]) == [True]
    assert dirt([(500, SHAPE[0] - 26, 14, 6)]) == [False]  # a short bar


def test_holes_along_the_top_are_dirt_too() -> None:
    assert dirt(round_ones((100, 20), (300, 20), (500, 20), size=26)) == [True] * 3


@pytest.mark.parametrize("change", [(0, 20, 0, 0), (0, 0, 14, 14)], ids=["out of line", "of another size"])
def test_holes_are_in_one_line_and_of_one_size(change: tuple[int, int, int, int]) -> None:
    top, bottom = round_ones((30, 120), (30, 120 + round(HOLE_ROW * SHAPE[0]) + 2), size=26)
    assert dirt([top, bottom]) == [True, True]
    moved = bottom[0] + change[1], bottom[1], bottom[2] + change[2], bottom[3] + change[3]
    assert dirt([top, moved])[0] is False


def test_what_is_not_round_is_no_dirt() -> None:
    assert dirt(round_ones((20, 40), (20, 140), (20, 240)), filled=0.5) == [False] * 3
    assert dirt([(13, 40, 6, 20), (13, 140, 6, 20), (13, 240, 6, 20)]) == [False] * 3


def test_a_speck_where_nothing_is_written_is_dirt_and_a_point_beside_a_digit_is_not() -> None:
    foot = DIGIT[1] + DIGIT[3]
    assert dirt(round_ones((350, foot - 8), (500, foot + round(BESIDE * DIGIT[3]) + 20))) == [False, True]


def test_on_a_dirty_page_dots_beside_digits_are_dirt_unless_larger() -> None:
    specks = [(100 + 60 * i, 20) for i in range(DIRTY)]
    assert dirt(round_ones((350, 200), *specks)) == [True] * (DIRTY + 1)
    assert dirt(round_ones((350, 200), *specks[1:])) == [False, *[True] * (DIRTY - 1)]
    assert dirt(round_ones((350, 200), size=20) + round_ones(*specks, size=10)) == [False, *[True] * DIRTY]


def test_bold_figures_one_above_another_at_the_edge_are_no_holes() -> None:
    """They stand on one line with others, which are not as full."""
    boxes = np.array([(left, top, 28, 39) for top in (10, 120, 230, 340) for left in (20, 60)])
    areas = np.where(boxes[:, 0] == 20, 800, 400)
    assert not dirt_of(boxes, areas, SHAPE).any()


def test_dots_alone_are_kept() -> None:
    boxes = np.array(round_ones((20, 40), (20, 140), (20, 240)))
    assert not dirt_of(boxes, np.full(3, 150), SHAPE).any()
