"""Doubts: figures that stand as parts of a letter do are told from those of a number."""

from dataclasses import replace

import numpy as np
import pytest

from model.reading.doubts import stand_oddly
from model.reading.marks import Mark, even, union
from model.reading.number import Figure
from model.reading.reader import NOTHING

Points = list[tuple[float, float]]


def stroke(*points: tuple[float, float]) -> Mark:
    return Mark(even(np.array(points, np.float32)))


def oddly(marks: list[Mark], *figures: tuple[tuple[int, ...], str]) -> bool:
    """Whether these figures of one line stand oddly: the marks of each, and its sign or its digit."""
    line = []
    for chosen, text in figures:
        reading = replace(NOTHING, digit=int(text) if text.isdigit() else None)
        box = union([marks[i].path for i in chosen])
        line.append(Figure(reading, box, chosen, "" if text.isdigit() else text))
    return stand_oddly(marks, [line])


def leaning(x: float, degrees: float, height: float = 100) -> Mark:
    """A straight stroke whose foot is at (x, 100)."""
    return stroke((x, 100), (x + height * np.tan(np.radians(degrees)), 100 - height))


@pytest.mark.parametrize(("degrees", "odd"), [(-15, False), (-36, False), (-40, True)])
def test_ones_of_a_number_do_not_lean_against_each_other(degrees: float, *, odd: bool) -> None:
    assert oddly([leaning(0, degrees), leaning(60, 0)], ((0,), "1"), ((1,), "1")) is odd


@pytest.mark.parametrize(
    ("degrees", "height", "odd"),
    [
        (24, 85, False),
        (29, 85, True),
        (18, 92, False),
        (22, 92, True),
        (12, 104, False),
        (17, 104, True),
        (6, 115, False),
        (12, 115, True),
    ],
)
def test_a_stroke_between_digits_that_leans_may_be_a_slash(degrees: float, height: float, *, odd: bool) -> None:
    loop = [(30.0, 0.0), (0.0, 50.0), (30.0, 100.0), (60.0, 50.0), (30.0, 0.0)]
    marks = [stroke(*loop), leaning(90, degrees, height), stroke(*[(x + 200, y) for x, y in loop])]
    assert oddly(marks, ((0,), "0"), ((1,), "1"), ((2,), "0")) is odd
    assert not oddly(marks[:2], ((0,), "0"), ((1,), "1")), "the last figure of a line is no slash"


@pytest.mark.parametrize(("gap", "foot", "odd"), [(11, 60, True), (14, 60, False), (8, 73, True), (8, 77, False)])
def test_a_figure_that_hangs_beside_another_one_may_be_the_bowl_of_a_letter(
    gap: float, foot: float, *, odd: bool
) -> None:
    marks = [stroke((0, 0), (0, 100)), stroke((gap, 0), (gap + 40, 0), (gap + 10, foot))]
    assert oddly(marks, ((0,), "1"), ((1,), "7")) is odd


@pytest.mark.parametrize(("gap", "odd"), [(11, True), (14, False)])
def test_a_minus_has_room_on_both_sides_and_the_bar_of_a_letter_has_not(gap: float, *, odd: bool) -> None:
    marks = [stroke((0, 0), (0, 100)), stroke((30, 50), (70, 50)), stroke((70 + gap, 0), (70 + gap, 100))]
    assert oddly(marks, ((0,), "1"), ((1,), "-"), ((2,), "1")) is odd


@pytest.mark.parametrize(("height", "odd"), [(98, False), (50, True), (5, False)])
def test_a_one_with_a_bar_through_its_stem_may_be_half_a_letter(height: float, *, odd: bool) -> None:
    marks = [stroke((0, 0), (0, 100)), stroke((60, height), (100, height)), stroke((90, 0), (90, 100))]
    assert oddly(marks, ((0,), "1"), ((1, 2), "1")) is odd


def test_a_single_figure_stands_as_it_likes() -> None:
    assert not oddly([leaning(0, 45)], ((0,), "1"))


@pytest.mark.parametrize(("height", "odd"), [(45, True), (55, False)])
def test_a_short_stroke_with_a_line_of_its_own_may_be_a_slip_of_the_pen(height: float, *, odd: bool) -> None:
    marks = [stroke((30, 0), (30, height)), stroke((0, 150), (60, 150), (10, 250))]
    boxes = [mark.path for mark in marks]
    one, seven = (replace(NOTHING, digit=digit) for digit in (1, 7))
    assert stand_oddly(marks, [[Figure(one, boxes[0], (0,))], [Figure(seven, boxes[1], (1,))]]) is odd


def test_a_hook_does_not_hide_that_ones_lean_against_each_other() -> None:
    hooked = stroke((100, 0), (125, 0), (100, 100))
    assert oddly([leaning(80, -36), hooked], ((0,), "1"), ((1,), "1"))
    assert not oddly([leaning(80, -36), hooked], ((0,), "1"), ((1,), "7"))
    assert not oddly([leaning(80, 10), hooked], ((0,), "1"), ((1,), "1"))


def test_two_slashes_of_a_date_are_higher_than_its_digits_though_as_high_as_each_other() -> None:
    loop = [(30.0, 0.0), (0.0, 50.0), (30.0, 100.0), (60.0, 50.0), (30.0, 0.0)]
    zeros = [stroke(*[(x + at, y) for x, y in loop]) for at in (0, 150, 300)]
    marks = [zeros[0], leaning(90, 12, 118), zeros[1], leaning(240, 12, 118), zeros[2]]
    assert oddly(marks, *(((place,), "01010"[place]) for place in range(5)))


@pytest.mark.parametrize(("pen", "odd"), [(2.0, True), (4.0, False)])
def test_a_straight_stroke_of_a_far_thinner_pen_may_be_a_line(pen: float, *, odd: bool) -> None:
    loop = [(30.0, 0.0), (0.0, 50.0), (30.0, 100.0), (60.0, 50.0), (30.0, 0.0)]
    marks = [Mark(stroke(*loop).points, 5.0), Mark(leaning(90, 0).points, pen)]
    assert oddly(marks, ((0,), "0"), ((1,), "1")) is odd
