"""Connected ink and its boxes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.pictures.patches import cut, patches_of

RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.float32)


def page(*places: tuple[int, int], mark: np.ndarray = RING) -> np.ndarray:
    """Marks with their upper left corners at (row, column) on a page of 60 x 80."""
    ink = np.zeros((60, 80), np.float32)
    for row, column in places:
        ink[row : row + mark.shape[0], column : column + mark.shape[1]] = mark
    return ink


@given(st.integers(0, 57), st.integers(0, 77))
def test_a_patch_that_moves_takes_its_box_along(row: int, column: int) -> None:
    patches = patches_of(page((row, column)))
    assert patches.boxes == ((column, row, 3, 3),)
    assert ((patches.labels == 1) == (page((row, column)) > 0)).all()


def test_patches_that_touch_at_a_corner_are_one() -> None:
    assert len(patches_of(page((10, 10), (13, 13))).boxes) == 1
    assert len(patches_of(page((10, 10), (14, 14))).boxes) == 2


def test_arms_that_meet_at_the_foot_are_one() -> None:
    comb = np.zeros((20, 21), np.float32)
    comb[:, ::4] = comb[-1] = 1
    assert patches_of(page((5, 5), mark=comb)).boxes == ((5, 5, 21, 20),)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.6))
def test_all_ink_of_a_kept_patch_lies_in_its_box_and_neighbours_have_one_label(seed: int, share: float) -> None:
    ink = (np.random.default_rng(seed).random((25, 30)) < share).astype(np.float32)
    patches = patches_of(ink)
    for number, (left, top, width, height) in enumerate(patches.boxes, 1):
        rows, columns = np.nonzero(patches.labels == number)
        assert (columns.min(), rows.min()) == (left, top)
        assert (columns.max() + 1 - left, rows.max() + 1 - top) == (width, height)
    down, right = patches.labels[1:] * patches.labels[:-1], patches.labels[:, 1:] * patches.labels[:, :-1]
    assert (patches.labels[1:] == patches.labels[:-1])[down > 0].all()
    assert (patches.labels[:, 1:] == patches.labels[:, :-1])[right > 0].all()


def test_dirt_and_what_runs_along_the_edge_are_left_out() -> None:
    ink = page((20, 30), mark=np.ones((30, 12), np.float32))
    ink[5, 5] = 1
    ink[:, :3] = 1
    assert patches_of(ink).boxes == ((30, 20, 12, 30),)


def test_a_digit_as_large_as_the_page_is_kept() -> None:
    assert patches_of(np.ones((50, 20), np.float32)).boxes == ((0, 0, 20, 50),)


def test_nothing_has_no_patches() -> None:
    assert patches_of(np.zeros((9, 9), np.float32)).boxes == ()


def test_what_is_too_wide_for_a_digit_is_cut_where_the_least_ink_is() -> None:
    ink = np.zeros((60, 140), np.float32)
    for left in (5, 62):
        ink[5:55, left : left + 50] = 1
        ink[12:48, left + 7 : left + 43] = 0
    ink[30:33, 55:62] = 1
    whole = patches_of(ink)
    patches = cut(whole)
    assert len(whole.boxes) == 1
    assert len(patches.boxes) == len(patches.pieces[0]) >= 2
    assert any(55 <= box[0] <= 62 for box in patches.boxes)
    assert ((patches.labels > 0) == (ink > 0)).all()


def test_one_digit_is_not_cut() -> None:
    patches = patches_of(page((10, 10), mark=np.ones((30, 20), np.float32)))
    assert cut(patches).boxes == patches.boxes


@pytest.mark.parametrize(("left", "top", "kept"), [(30, 45, 1), (30, 40, 2), (0, 20, 1)])
def test_a_thing_that_reaches_into_the_picture_is_no_ink(left: int, top: int, kept: int) -> None:
    """A block of 15 x 15 pixels at the edge, or free on the paper, beside a ring drawn with a thin pen."""
    ink = page((5, 40), mark=np.pad(np.zeros((16, 16), np.float32), 2, constant_values=1))
    ink[top : top + 15, left : left + 15] = 1
    assert len(patches_of(ink).boxes) == kept


def test_a_stroke_that_the_edge_cuts_off_is_ink() -> None:
    ink = page((5, 40), mark=np.pad(np.zeros((16, 16), np.float32), 2, constant_values=1))
    ink[45:60, 30:33] = 1
    assert len(patches_of(ink).boxes) == 2


@pytest.mark.parametrize(("bridge", "count"), [(0.2, 2), (0.4, 1)])
def test_faint_ink_between_two_patches_does_not_join_them(bridge: float, count: int) -> None:
    ink = page((10, 10), (10, 16), mark=np.ones((12, 3), np.float32))
    ink[14, 13:16] = bridge
    assert len(patches_of(ink).boxes) == count


@pytest.mark.parametrize(("side", "count"), [(1, 1), (5, 2)])
def test_what_is_smaller_than_the_pen_is_dirt(side: int, count: int) -> None:
    """Beside a bar that a pen of 6 pixels drew."""
    ink = page((10, 10), mark=np.ones((40, 6), np.float32))
    ink[30 : 30 + side, 40 : 41 + side] = 1
    assert len(patches_of(ink).boxes) == count


@pytest.mark.parametrize(("length", "count"), [(3, 1), (12, 2)])
def test_beside_a_large_patch_very_small_ones_are_dirt(length: int, count: int) -> None:
    ink = np.zeros((260, 300), np.float32)
    ink[10:250, 20:22] = 1
    ink[100 : 100 + length, 150] = 1
    assert len(patches_of(ink).boxes) == count
