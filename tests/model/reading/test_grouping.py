"""Telling figures apart: rules that hold for any marks, and the network's word where the rules leave a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.pictures.patches import Box
from model.reading.grouping import best, lines_of, parts_of, union

DIGIT: Box = (0.0, 0.0, 60.0, 100.0)


def moved(box: Box, x: float, y: float = 0.0) -> Box:
    return box[0] + x, box[1] + y, box[2], box[3]


def figures(
    boxes: list[Box], confidences: dict[tuple[int, ...], float], otherwise: float = 0.1
) -> list[tuple[int, ...]]:
    parts = parts_of(boxes, range(len(boxes)))
    chosen = best(parts, [confidences.get(run.marks, otherwise) for run in parts.runs])
    return [run.marks for run in chosen.figures]


@given(
    st.permutations(range(5)),
    st.floats(0.15, 0.9),
    st.floats(-1e4, 1e4),
    st.floats(0.01, 100),
)
def test_figures_come_left_to_right_in_whatever_order_size_and_place_they_were_written(
    order: list[int], gap: float, left: float, scale: float
) -> None:
    digits = [moved(DIGIT, i * (60 + 100 * gap)) for i in range(5)]
    boxes: list[Box] = [
        (x * scale + left, y * scale, w * scale, h * scale) for x, y, w, h in (digits[i] for i in order)
    ]
    assert figures(boxes, {(i,): 0.99 for i in range(5)}) == [(order.index(i),) for i in range(5)]


def test_marks_above_each_other_are_one_figure() -> None:
    five = [(10.0, 0.0, 40.0, 5.0), (5.0, 8.0, 50.0, 90.0)]
    assert figures([*five, moved(DIGIT, 90)], {(0, 1): 0.9, (2,): 0.9}) == [(0, 1), (2,)]


def test_the_network_decides_whether_neighbours_are_one_figure() -> None:
    halves = [(0.0, 0.0, 28.0, 100.0), (32.0, 0.0, 28.0, 100.0)]
    assert figures(halves, {(0, 1): 0.99, (0,): 0.9, (1,): 0.5}) == [(0, 1)]
    assert figures(halves, {(0, 1): 0.15, (0,): 0.99, (1,): 0.99}) == [(0,), (1,)]


def test_a_speck_is_left_out_and_a_figure_never() -> None:
    speck = (100.0, 90.0, 4.0, 4.0)
    assert figures([DIGIT, speck, moved(DIGIT, 150)], {(0,): 0.99, (2,): 0.99}) == [(0,), (2,)]
    assert figures([DIGIT, moved(DIGIT, 150)], {}, otherwise=0.3) == [(0,), (1,)]


def test_what_touches_is_less_plainly_apart() -> None:
    boxes = [DIGIT, moved(DIGIT, 62)]
    apart = parts_of(boxes, (0, 1), lambda a, b: False)
    touching = parts_of(boxes, (0, 1), lambda a, b: True)
    assert best(apart, [0.99] * 3).split == 0 < best(touching, [0.99, 0.01, 0.99]).split


@given(st.lists(st.tuples(*[st.floats(-1000, 1000)] * 2, *[st.floats(0, 1000)] * 2), min_size=1, max_size=8))
def test_every_mark_is_in_one_part_and_no_figure_twice(boxes: list[Box]) -> None:
    parts = parts_of(boxes, range(len(boxes)))
    assert sorted(mark for part in parts.marks for mark in part) == list(range(len(boxes)))
    chosen = [mark for run in best(parts, [0.5] * len(parts.runs)).figures for mark in run.marks]
    assert len(chosen) == len(set(chosen)) <= len(boxes)


def test_the_box_around_boxes() -> None:
    assert union([DIGIT, moved(DIGIT, 100, -20)]) == (0, -20, 160, 120)


def test_nothing_has_no_lines() -> None:
    assert lines_of([]) == []


@given(st.permutations(range(6)), st.lists(st.floats(-25, 25), min_size=6, max_size=6))
def test_two_lines_top_first_in_whatever_order_and_however_unsteady(order: list[int], shifts: list[float]) -> None:
    places = [(80.0 * (i % 3), 200.0 * (i // 3) + shifts[i]) for i in order]
    boxes: list[Box] = [(x, y, 60.0, 100.0) for x, y in places]
    upper, lower = lines_of(boxes)
    assert {order[i] for i in upper} == {0, 1, 2}
    assert {order[i] for i in lower} == {3, 4, 5}


def test_a_bar_above_is_no_line_and_goes_to_the_nearest() -> None:
    boxes = [(0.0, 0.0, 50.0, 5.0), (0.0, 30.0, 50.0, 90.0), (0.0, 200.0, 50.0, 90.0), (80.0, 180.0, 40.0, 6.0)]
    assert [sorted(line) for line in lines_of(boxes)] == [[0, 1], [2, 3]]


def cost(box: Box, beside: Box) -> float:
    """What it costs that a mark is one figure by itself, whatever the network makes of it."""
    parts = parts_of([beside, box], (0, 1))
    return next(run.cost for run in parts.runs if run.marks == (1,))


def test_a_figure_is_the_less_likely_the_wider_it_is_beyond_what_digits_are() -> None:
    usual, square, wide, wider = (cost((200.0, 0.0, width, 100.0), DIGIT) for width in (60.0, 120.0, 175.0, 225.0))
    assert usual == square < wide < wider
    assert wide - square == pytest.approx(2.0, abs=0.5)  # nats: as much as a network's doubt of 63 % costs
    assert wider - square == pytest.approx(2 * (wide - square))


def test_a_figure_is_the_less_likely_the_shorter_it_is_below_half_a_line() -> None:
    whole, half, short, flat = (cost((200.0, 0.0, 60.0, height), DIGIT) for height in (100.0, 50.0, 25.0, 0.0))
    assert flat > short > half  # a dash beside a digit is hardly a figure
    flat, half = (cost((200.0, 0.0, 20.0, height), DIGIT) for height in (0.0, 50.0))
    assert half == whole and flat - half == pytest.approx(5.0, abs=1.0)


def test_a_wide_mark_is_two_figures_even_where_the_network_likes_it_as_one() -> None:
    halves: list[Box] = [(0.0, 0.0, 80.0, 100.0), (82.0, 0.0, 80.0, 100.0)]
    assert figures(halves, {(0, 1): 0.8, (0,): 0.8, (1,): 0.8}) == [(0,), (1,)]
    narrow: list[Box] = [(0.0, 0.0, 40.0, 100.0), (42.0, 0.0, 40.0, 100.0)]
    assert figures(narrow, {(0, 1): 0.8, (0,): 0.8, (1,): 0.8}) == [(0, 1)]
