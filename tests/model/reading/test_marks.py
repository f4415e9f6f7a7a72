"""Marks: what a stroke or a patch is like, in the units of its page."""

import numpy as np
import pytest

from model.reading.marks import Mark, distance, even


def filled(width: int, height: int, left: int = 0) -> Mark:
    """A patch of ink, its pen as wide as it is thin."""
    rows, columns = np.mgrid[:height, left : left + width]
    points = np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float32)
    return Mark(points, float(min(width, height)))


def test_the_box_of_a_patch_holds_its_ink_and_its_path_leaves_out_the_pen() -> None:
    mark = filled(20, 4)
    assert mark.box == (-0.5, -0.5, 20, 4)
    assert mark.path == (1.5, 1.5, 16, 0)


@pytest.mark.parametrize(("end", "angle"), [((10, 0), 0), ((0, 10), 90), ((10, -10), 45), ((10, 10), 135)])
def test_angles_are_counted_from_the_right_upwards(end: tuple[int, int], angle: float) -> None:
    mark = Mark(even(np.array([(0, 0), end], np.float32)))
    assert mark.angle % 180 == pytest.approx(angle, abs=0.5) or mark.angle == pytest.approx(180, abs=0.5)
    assert mark.is_straight


def test_a_bent_stroke_is_not_straight_and_a_patch_as_wide_as_its_pen_is_a_dot() -> None:
    assert not Mark(even(np.array([(0, 0), (30, 0), (10, 40)], np.float32))).is_straight
    assert filled(5, 5).is_dot
    assert not filled(15, 5).is_dot


def test_distances_are_between_ink() -> None:
    assert distance(filled(4, 4), filled(4, 4, left=10)) == pytest.approx(6)
    crossing = [Mark(even(np.array(points, np.float32))) for points in ([(0, 0), (100, 0)], [(50, -50), (50, 50)])]
    assert distance(*crossing) < 1.5


def test_a_tap_of_the_pen_is_one_point() -> None:
    assert even(np.zeros((7, 2), np.float32)).shape == (1, 2)


def test_pieces_that_a_patch_was_cut_into_touch_however_large_they_are() -> None:
    """A tall piece and a low one beside it share two pixels' side alone, which every hundredth point misses."""
    tall, low = filled(40, 200), filled(60, 3, left=40)
    assert distance(tall, low) == distance(low, tall) == 0
    assert len(tall.sample) < 0.1 * len(tall.points)
