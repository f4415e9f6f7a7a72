"""Axes: the scale of a chart's side, with numbers at round places, and how it is drawn."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.charts.pen import Box, Pen, Place

TICK_SIZE = 11.0  # units: of the numbers
GAP = 6.0  # units: from the numbers to the plot

Label = Callable[[float, int], str]  # a value and its decimals -> what is written


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, above `low`. ticks: values in rising order with what is written there. end: says the unit.

    Where `end` is given it stands at the end of a horizontal axis, in the place of numbers that it would cover.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    end: str = ""

    def fraction(self, value: float) -> float:
        """Where a value lies, from 0 (low) to 1 (high); values beyond lie at the ends."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def axis_over(low: float, high: float, label: Label, *, most: int = 6, end: str = "") -> Axis:
    """An axis that begins and ends at round numbers around low..high, with at most about `most` of them."""
    if high - low < 1e-9:
        high = low + max(abs(low), 1.0) * 0.1
    step = round_step((high - low) / max(most - 1, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [(number * step, label(number * step, decimals_of(step))) for number in range(first, last + 1)]
    return Axis(ticks[0][0], ticks[-1][0], tuple(ticks), end)


def counting_axis(high: float, label: Label, *, most: int = 6, end: str = "") -> Axis:
    """From 0 to `high`, above 0, exactly, with round whole numbers between."""
    step = max(1.0, round_step(high / max(most - 1, 1)))
    count = math.floor(high / step + 1e-9)
    ticks = tuple((number * step, label(number * step, decimals_of(step))) for number in range(count + 1))
    return Axis(0.0, high, ticks, end)


def round_step(least: float) -> float:
    """The smallest of ... 0.5, 1, 2, 5, 10, ... that is no less. After Heckbert, Graphics Gems (1990), p. 61."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1.0, 2.0, 5.0, 10.0) if times * power >= least * (1 - 1e-9))


def decimals_of(step: float) -> int:
    """How many decimals tell multiples of a round step apart."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def room_of(pen: Pen, axis: Axis | None) -> float:
    """How wide the numbers of a vertical axis are, with the gap, in pixels."""
    if axis is None:
        return 0.0
    return max(pen.width(text, TICK_SIZE) for _, text in axis.ticks) + GAP * pen.unit


def draw_upright(pen: Pen, plot: Box, left: Axis, right: Axis | None = None) -> None:
    """Lines across at the numbers of the left axis, and the numbers of both beside the plot."""
    for value, text in _spread(left.ticks, plot.height, pen.height(TICK_SIZE)):
        y = plot.bottom - left.fraction(value) * plot.height
        pen.line([(plot.left, y), (plot.right, y)], "base" if value == left.low else "grid", 1.0)
        pen.text(text, (plot.left - GAP * pen.unit, y), TICK_SIZE, "quiet", "right")
    if right is None:
        return
    for value, text in _spread(right.ticks, plot.height, pen.height(TICK_SIZE)):
        y = plot.bottom - right.fraction(value) * plot.height
        pen.line([(plot.right, y), (plot.right + 3 * pen.unit, y)], "base", 1.0)
        pen.text(text, (plot.right + GAP * pen.unit, y), TICK_SIZE, "quiet")


def draw_across(pen: Pen, plot: Box, axis: Axis) -> None:
    """Numbers below the plot, as many as there is room for, and at its end the unit."""
    y = plot.bottom + pen.height(TICK_SIZE) / 2 + 2 * pen.unit
    right = plot.right
    if axis.end:
        right -= pen.width(axis.end, TICK_SIZE) + 2 * GAP * pen.unit
        pen.text(axis.end, (plot.right, y), TICK_SIZE, "quiet", "right")
    free = -math.inf
    for value, text in axis.ticks:
        x, half = plot.left + axis.fraction(value) * plot.width, pen.width(text, TICK_SIZE) / 2
        middle = max(x, plot.left + half)  # not below the numbers of the other axis
        if middle - half >= free and middle + half <= right:
            pen.line([(x, plot.bottom), (x, plot.bottom + 3 * pen.unit)], "base", 1.0)
            pen.text(text, (middle, y), TICK_SIZE, "quiet", "center")
            free = middle + half + 2 * GAP * pen.unit


def place_of(plot: Box, across: Axis, upright: Axis, point: Place) -> Place:
    """Where the values (x, y) of a point lie in the plot, in pixels."""
    return plot.left + across.fraction(point[0]) * plot.width, plot.bottom - upright.fraction(point[1]) * plot.height


def _spread(ticks: Sequence[tuple[float, str]], room: float, line: float) -> Sequence[tuple[float, str]]:
    """Ticks with a line's height between them: all, or each so manieth from the first to the last."""
    gaps = len(ticks) - 1
    for step in range(1, gaps + 1):
        if gaps % step == 0 and room * step / gaps >= line:
            return ticks[::step]
    return ticks[:: max(gaps, 1)]
