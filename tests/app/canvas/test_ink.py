"""Ink: strokes, undo and redo, the eraser."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.canvas import eraser
from app.canvas.ink import BRUSH, KEPT_PAGES, SIDE, Ink, InkStroke, Page, page_of

coordinate = st.floats(-60, 316, width=32)
point = st.tuples(coordinate, coordinate)
inside = st.tuples(st.floats(0, 256, width=32), st.floats(0, 256, width=32))
act: st.SearchStrategy[tuple[str, list[tuple[float, float]]]] = st.one_of(
    st.tuples(st.just("draw"), st.lists(point, min_size=1, max_size=6)),
    st.tuples(st.just("erase"), st.lists(point, min_size=1, max_size=4)),
    st.tuples(st.sampled_from(["clear", "undo", "redo"]), st.just([])),
)


def do(ink: Ink, name: str, points: list[tuple[float, float]]) -> None:
    if name == "draw":
        ink.begin((min(max(points[0][0], 0), SIDE), min(max(points[0][1], 0), SIDE)), 0.0, BRUSH)
        for i, place in enumerate(points[1:], 1):
            ink.move(place, 8.0 * i)
        ink.end()
    elif name == "erase":
        ink.begin_erasing(points[0], 9.0)
        for place in points[1:]:
            ink.erase(place, 9.0)
        ink.end()
    else:
        getattr(ink, name)()


@given(st.lists(act, max_size=12))
def test_undoing_everything_gives_the_empty_page_and_redoing_everything_the_last(acts: list) -> None:
    ink = Ink()
    for name, points in acts:
        do(ink, name, points)
    last = ink.page
    while ink.undo():
        pass
    assert ink.empty
    while ink.redo():
        pass
    if not any(name in ("undo", "redo") for name, _ in acts):
        assert ink.page is last


@given(st.lists(act, max_size=8), act)
def test_one_undo_takes_back_one_act(acts: list, last: tuple) -> None:
    ink = Ink()
    for name, points in acts:
        do(ink, name, points)
    before = ink.page
    if last[0] in ("undo", "redo"):
        return
    do(ink, *last)
    if ink.page is not before:
        assert ink.undo()
    assert ink.page is before


@given(st.lists(act, max_size=10))
def test_ink_stays_on_the_paper_and_no_stroke_is_empty(acts: list) -> None:
    ink = Ink()
    for name, points in acts:
        do(ink, name, points)
    for stroke in ink.page.strokes:
        assert stroke.points
        assert len(stroke.points) == len(stroke.times)
        assert all(0 <= x <= SIDE and 0 <= y <= SIDE for x, y in stroke.points)


@given(st.lists(act, max_size=10))
def test_every_change_of_the_page_changes_the_revision(acts: list) -> None:
    ink = Ink()
    for name, points in acts:
        page, revision = ink.page, ink.revision
        do(ink, name, points)
        assert (ink.page is page) or ink.revision > revision


@settings(deadline=None)
@given(st.lists(inside, min_size=1, max_size=8), inside, inside, st.floats(2, 30))
def test_the_eraser_leaves_nothing_under_it_and_takes_nothing_else(
    line: list, start: tuple, end: tuple, radius: float
) -> None:
    pieces = eraser.cut(line, [float(i) for i in range(len(line))], start, end, radius)
    if pieces is None:
        assert all(math.dist(place, spot) > radius for place in line for spot in (start, end))
        return
    for points, times in pieces:
        assert len(points) == len(times)
        assert times == sorted(times)
        for place in _along(points):
            for spot in (start, end):
                assert math.dist(place, spot) >= radius - 1e-3
            assert min(_distance_to_segment(place, a, b) for a, b in _segments(line)) < 1e-2


def _along(points: list) -> list:
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in _segments(points) for t in (0, 0.3, 1)]


def _segments(points: list) -> list:
    return list(pairwise(points)) or [(points[0], points[0])]


def _distance_to_segment(p: tuple, a: tuple, b: tuple) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else min(max(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square, 0), 1)
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


def test_erasing_the_middle_cuts_a_stroke_in_two() -> None:
    ink = Ink()
    do(ink, "draw", [(20, 100), (200, 100)])
    do(ink, "erase", [(110, 60), (110, 140)])
    left, right = ink.page.strokes
    gap = 9.0 + BRUSH / 2
    assert left.points[-1][0] == pytest.approx(110 - gap, abs=0.8)
    assert right.points[0][0] == pytest.approx(110 + gap, abs=0.8)
    ink.undo()
    assert len(ink.page.strokes) == 1


def test_a_fast_eraser_leaves_no_ink_between_two_events() -> None:
    ink = Ink()
    do(ink, "draw", [(20, 100), (200, 100)])
    do(ink, "erase", [(0, 100), (256, 100)])
    assert ink.empty


def test_a_line_that_leaves_the_paper_stops_at_the_edge_and_goes_on_where_it_comes_back() -> None:
    ink = Ink()
    do(ink, "draw", [(200, 100), (300, 100), (300, 150), (200, 150)])
    first, second = ink.page.strokes
    assert first.points[-1] == (SIDE, 100)
    assert second.points[0] == (SIDE, 150)
    ink.undo()
    assert ink.empty


def test_a_tap_is_a_dot() -> None:
    ink = Ink()
    do(ink, "draw", [(10, 20)])
    assert ink.page.strokes[0].points == [(10, 20)]
    assert ink.to_drawing().strokes[0].points.shape == (1, 2)


def test_a_drawing_comes_back_with_its_places_widths_and_times() -> None:
    ink = Ink()
    ink.begin((10, 20), 1000.0, 26.0)
    ink.move((40, 60), 1016.0)
    ink.end()
    page = page_of(ink.to_drawing())
    assert page.strokes[0].points == [(10, 20), (40, 60)]
    assert page.strokes[0].times == [0, 16]
    assert page.strokes[0].width == 26.0


def test_a_line_that_leaves_the_paper_and_comes_back_is_two_strokes() -> None:
    ink = Ink()
    ink.begin((200, 50), 0, BRUSH)
    ink.move((300, 50), 8)
    ink.move((200, 150), 16)
    ink.end()
    first, second = ink.page.strokes
    assert first.points == [(200, 50), (SIDE, 50)]
    assert second.points == [(SIDE, pytest.approx(94)), (200, 150)]


def test_a_new_stroke_leaves_nothing_to_redo() -> None:
    ink = Ink()
    do(ink, "draw", [(10, 10), (50, 50)])
    ink.undo()
    do(ink, "draw", [(90, 10), (50, 50)])
    assert not ink.can_redo


def test_a_pen_that_stands_still_adds_no_points() -> None:
    ink = Ink()
    ink.begin((100, 100), 0, BRUSH)
    for step in range(50):
        ink.move((100 + 0.2 * (step % 2), 100), step)
    assert len(ink.page.strokes[0].points) == 1


def test_the_pages_that_undo_keeps_are_limited() -> None:
    ink = Ink()
    for _ in range(KEPT_PAGES + 50):
        do(ink, "draw", [(10, 10)])
    assert sum(iter(ink.undo, False)) == KEPT_PAGES


def test_times_are_exact_on_a_clock_that_ran_for_weeks() -> None:
    ink = Ink()
    ink.begin((10, 10), 2e9, 18)
    ink.move((50, 50), 2e9 + 7)
    times = ink.to_drawing().strokes[0].times
    assert times is not None and times.tolist() == [0, 7]


def test_a_drawing_of_another_size_is_scaled_and_centred() -> None:
    ink = Ink()
    ink.replace(Page((InkStroke(BRUSH, [(0, 0), (256, 256)], [0, 1]),)))

    page = page_of(replace(ink.to_drawing(), canvas=(512, 256), extra={}))
    assert page.strokes[0].points == [(0, 64), (128, 192)]


@pytest.mark.parametrize("brush", ["x", [1], [[18]], [float("nan")], 18])
def test_odd_pen_widths_in_a_file_are_passed_over(brush: object) -> None:

    ink = Ink()
    do(ink, "draw", [(10, 20), (40, 60)])
    page = page_of(replace(ink.to_drawing(), extra={"brush": brush}))
    assert page.strokes[0].width == BRUSH
