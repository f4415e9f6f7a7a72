"""Axes: round numbers, as many as there is room for, none on another."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.charts.axes import Axis, axis_over, counting_axis, decimals_of, draw_across, draw_upright, round_step
from model.charts.pen import Box
from model.charts.words import ENGLISH
from tests.model.charts.paper import NotingPen, overlap

sane = st.floats(-1e6, 1e6)


@given(sane, sane, st.integers(2, 9))
def test_an_axis_holds_what_it_was_made_for_and_no_crowd_of_numbers(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    axis = axis_over(low, high, ENGLISH.number, most=most)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert axis.low < axis.high
    assert axis.low <= low + slack
    assert axis.high >= high - slack
    assert 2 <= len(axis.ticks) <= most + 2
    values = [value for value, _ in axis.ticks]
    assert values == sorted(values)


@given(st.floats(1e-6, 1e9))
def test_steps_are_round(least: float) -> None:
    step = round_step(least)
    assert least * (1 - 1e-6) <= step <= 2.5 * least * (1 + 1e-6)
    assert round(step / 10 ** math.floor(math.log10(step) + 1e-9)) in (1, 2, 5, 10)


@pytest.mark.parametrize(("step", "decimals"), [(0.05, 2), (0.1, 1), (0.2, 1), (1.0, 0), (20.0, 0)])
def test_numbers_have_the_decimals_that_tell_them_apart(step: float, decimals: int) -> None:
    assert decimals_of(step) == decimals


def test_the_numbers_of_an_axis_differ() -> None:
    texts = [text for _, text in axis_over(0.9981, 0.9999, ENGLISH.number).ticks]
    assert len(set(texts)) == len(texts)


@given(st.floats(20, 900), st.floats(20, 400), st.floats(1, 1e5))
def test_no_number_lies_on_another(width: float, height: float, end: float) -> None:
    pen, plot = NotingPen(), Box(100, 50, width, height)
    draw_across(pen, plot, counting_axis(end, ENGLISH.number, end="epochs"))
    draw_upright(pen, plot, axis_over(0, end, ENGLISH.number))
    boxes = [box for _, box in pen.texts]
    beside = [box for box in boxes if box.right <= plot.left]
    below = [box for box in boxes if box.top >= plot.bottom]
    assert len(beside) >= 2
    for group in (sorted(below), sorted(beside, key=lambda box: box.top)):
        assert not any(overlap(one, other) for one, other in pairwise(group))


def test_values_beyond_the_ends_lie_at_the_ends() -> None:
    axis = Axis(0.0, 2.0, ())
    assert [axis.fraction(value) for value in (-1.0, 0.5, 9.0)] == [0.0, 0.25, 1.0]
