"""The eraser's geometry, on lines whose rest can be said beforehand."""

import math

import pytest

from app.canvas.eraser import CRUMB, Point, cut

LINE: list[Point] = [(0.0, 0.0), (100.0, 0.0)]
TIMES = [0.0, 1000.0]


def ends(start: Point, end: Point | None = None, radius: float = 10.0, line: list[Point] = LINE) -> list[list[Point]]:
    """What is left of the line: the first and the last point of each piece."""
    times = [1000.0 * i / max(len(line) - 1, 1) for i in range(len(line))]
    pieces = cut(line, times, start, start if end is None else end, radius)
    assert pieces is not None
    for points, when in pieces:
        assert len(points) == len(when) and when == sorted(when)
    return [[(round(x, 6), round(y, 6)) for x, y in (points[0], points[-1])] for points, _ in pieces]


def test_a_hole_in_the_middle_leaves_two_ends_with_their_times() -> None:
    assert ends((50, 0)) == [[(0, 0), (40, 0)], [(60, 0), (100, 0)]]
    pieces = cut(LINE, TIMES, (50, 0), (50, 0), 10)
    assert pieces is not None
    assert [times for _, times in pieces] == [pytest.approx([0, 400]), pytest.approx([600, 1000])]


def test_beside_the_line_the_hole_is_narrower() -> None:
    assert ends((50, 6)) == [[(0, 0), (42, 0)], [(58, 0), (100, 0)]]
    assert ends((50, -8)) == [[(0, 0), (44, 0)], [(56, 0), (100, 0)]]


@pytest.mark.parametrize("place", [(50, 10.01), (50, -10.01), (-10.5, 0), (110.5, 0), (-9, 9)])
def test_what_does_not_touch_changes_nothing(place: Point) -> None:
    assert cut(LINE, TIMES, place, place, 10) is None


def test_an_end_is_taken_off() -> None:
    assert ends((0, 0)) == [[(10, 0), (100, 0)]]
    assert ends((100, 0)) == [[(0, 0), (90, 0)]]
    assert ends((-5, 0)) == [[(5, 0), (100, 0)]]


def test_nothing_is_left_of_what_lies_inside() -> None:
    assert ends((50, 0), radius=51) == []
    assert cut([(3.0, 4.0)], [0.0], (0, 0), (0, 0), 5.0) == []
    assert cut([(3.0, 4.1)], [0.0], (0, 0), (0, 0), 5.0) is None
    assert cut([(3.0, 4.0), (3.0, 4.0)], [0.0, 9.0], (0, 0), (0, 0), 5.0) == []


def test_crumbs_are_not_left_behind() -> None:
    assert ends((10 + CRUMB * 0.9, 0)) == [[(20.9, 0), (100, 0)]]
    assert ends((10 + CRUMB * 1.1, 0)) == [[(0, 0), (1.1, 0)], [(21.1, 0), (100, 0)]]


def test_a_way_takes_everything_within_its_reach() -> None:
    assert ends((20, 0), (70, 0)) == [[(0, 0), (10, 0)], [(80, 0), (100, 0)]]
    (left, right) = ends((50, -100), (50, 100))
    assert left[1][0] == pytest.approx(40, abs=0.5) and right[0][0] == pytest.approx(60, abs=0.5)


@pytest.mark.parametrize("length", [3.0, 10.0, 57.0, 400.0])
def test_no_ink_stays_between_the_stations_of_a_fast_way(length: float) -> None:
    line: list[Point] = [(float(x), 8.5) for x in range(401)]  # near the rim of the discs
    pieces = cut(line, [float(x) for x in range(401)], (0, 0), (length, 0), 10)
    assert pieces is not None
    for points, _ in pieces:
        assert all(x > length or x < 0 for x, _ in points)


def test_a_line_of_many_points_keeps_those_outside_and_gets_new_ends() -> None:
    bend: list[Point] = [(0, 0), (30, 0), (60, 0), (60, 40), (60, 80)]
    assert ends((60, 0), line=bend) == [[(0, 0), (50, 0)], [(60, 10), (60, 80)]]
    pieces = cut(bend, [0, 1, 2, 3, 4], (60, 0), (60, 0), 10)
    assert pieces is not None
    assert pieces[0][0][1] == (30, 0) and pieces[1][0][1] == (60, 40)


def test_a_zigzag_through_the_disc_comes_out_in_pieces() -> None:
    zigzag: list[Point] = [(0, -40), (0, 40), (5, -40), (5, 40)]
    pieces = cut(zigzag, [0, 1, 2, 3], (2, 0), (2, 0), 12)
    assert pieces is not None and len(pieces) == 4
    for points, _ in pieces:
        assert all(math.dist(point, (2, 0)) > 12 - 1e-6 for point in points)


def test_a_pen_that_rested_beside_the_eraser_stays() -> None:
    rested: list[Point] = [(30, 0), (30, 0), (100, 0)]
    assert cut(rested, [0, 500, 1000], (0, 0), (0, 0), 10) is None
