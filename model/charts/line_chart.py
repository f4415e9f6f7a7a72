"""Line chart: curves over one axis, with numbers at its sides and a legend. They differ in more than colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.charts.axes import TICK_SIZE, Axis, draw_across, draw_upright, place_of, room_of
from model.charts.pen import Box, Ink, Pen, Place

MOST_POINTS = 160  # of a curve that are drawn
NAME_SIZE, TITLE_SIZE = 12.0, 14.0  # units
KEY, KEY_GAP, NAME_GAP = (
    20.0,
    7.0,
    16.0,
)  # units: of the legend: a piece of the line, the space to its name and to the next
LEAST_PLOT = 56.0, 30.0  # units: a plot that is less wide or high shows nothing
DASH, DOT = 5.0, 1.6  # units
MARKS = 5  # along a curve that has them

Line = Literal["whole", "dashed", "dotted"]


@dataclass(frozen=True)
class Curve:
    """points: (x, y) in the values of the axes, x rising.

    line: whole ends in a disc, dashed in a ring, dotted in a small box. boxed: boxes along the line, which tell one
    network's curves from another's. right: whether the axis at the right is its own.
    """

    name: str
    points: Sequence[Place]
    ink: Ink = "first"
    line: Line = "whole"
    boxed: bool = False
    right: bool = False


@dataclass(frozen=True)
class LineChart:
    """curves: in the order of their weight, as a small chart leaves out the last ones. at: an x that is marked."""

    curves: tuple[Curve, ...]
    across: Axis
    left: Axis
    right: Axis | None = None
    title: str = ""
    at: float | None = None

    def draw(self, pen: Pen, box: Box) -> None:
        """Draw it into a box; nothing where there is no room."""
        line, unit = pen.height(NAME_SIZE), pen.unit
        foot = pen.height(TICK_SIZE) + 2 * unit
        head = pen.height(TITLE_SIZE) if self.title else 0.0
        sides = room_of(pen, self.left), room_of(pen, self.right)
        width = box.width - sum(sides)
        shown, rows = self._legend(pen, box.width, (box.height - head - foot - LEAST_PLOT[1] * unit) / line)
        top = box.top + head + len(rows) * line + 6 * unit
        plot = Box(box.left + sides[0], top, width, box.bottom - foot - top)
        if plot.width < LEAST_PLOT[0] * unit or plot.height < 14 * unit or not rows:
            return
        if self.title:
            pen.text(self.title, (box.left, box.top + head / 2 - unit), TITLE_SIZE, "text", strong=True)
        for number, row in enumerate(rows):
            _draw_names(pen, (box.left, box.top + head + (number + 0.5) * line), row)
        draw_upright(pen, plot, self.left, self.right)
        draw_across(pen, plot, self.across)
        if self.at is not None:
            x = plot.left + self.across.fraction(self.at) * plot.width
            pen.box(Box(x - unit, plot.top, 2 * unit, plot.height), "text")
        for curve in reversed(shown):  # the weightiest last, above the others
            upright = self.right if curve.right and self.right is not None else self.left
            places = [place_of(plot, self.across, upright, point) for point in thinned(curve.points, MOST_POINTS)]
            _draw_curve(pen, curve, places, marked=True)

    def _legend(self, pen: Pen, width: float, most: float) -> tuple[list[Curve], list[list[Curve]]]:
        """The curves that are shown, and the rows of the legend: at most so many, but always one."""
        for count in range(len(self.curves), 0, -1):
            rows = _rows(pen, self.curves[:count], width)
            if len(rows) <= max(1.0, most):
                return list(self.curves[:count]), rows
        return [], []


def _rows(pen: Pen, curves: Sequence[Curve], width: float) -> list[list[Curve]]:
    rows: list[list[Curve]] = []
    free = 0.0
    for curve in curves:
        taken = _name_width(pen, curve)
        if not rows or taken > free:
            rows.append([])
            free = width
        rows[-1].append(curve)
        free -= taken + NAME_GAP * pen.unit
    return rows


def _name_width(pen: Pen, curve: Curve) -> float:
    return (KEY + KEY_GAP) * pen.unit + pen.width(curve.name, NAME_SIZE)


def _draw_names(pen: Pen, start: Place, curves: Sequence[Curve]) -> None:
    """A row of the legend from its left end: a piece of each line, and its name."""
    x, y = start
    for curve in curves:
        left = x + 3 * pen.unit
        _draw_curve(pen, curve, [(left, y), (left + (KEY - 6) * pen.unit, y)], marked=False)
        pen.text(curve.name, (x + (KEY + KEY_GAP) * pen.unit, y), NAME_SIZE, "text")
        x += _name_width(pen, curve) + NAME_GAP * pen.unit


def _draw_curve(pen: Pen, curve: Curve, places: Sequence[Place], *, marked: bool) -> None:
    """A line with a mark at its end. marked: with those along it, where it has them."""
    if not places:
        return
    width = 3.0 if curve.line == "whole" else 2.0
    length = {"whole": 0.0, "dashed": DASH, "dotted": DOT}[curve.line] * pen.unit
    for piece in dashes(places, length, gap=length if curve.line == "dashed" else 2.4 * length) if length else [places]:
        pen.line(piece, curve.ink, width)
    ends = [places[-1]]
    if curve.boxed:
        if marked:
            ends += [places[i] for i in np.linspace(0, len(places) - 1, MARKS).astype(int)[:-1]]
        for end in ends:
            _draw_box(pen, end, 3.5, curve)
    elif curve.line == "dotted":
        _draw_box(pen, ends[0], 3.0, curve)
    else:
        pen.disc(ends[0], 4.0, curve.ink, hollow=curve.line == "dashed")


def _draw_box(pen: Pen, centre: Place, half: float, curve: Curve) -> None:
    half *= pen.unit
    box = Box(centre[0] - half, centre[1] - half, 2 * half, 2 * half)
    if curve.line == "dashed":
        pen.frame(box, curve.ink, 1.5)
    else:
        pen.box(box, curve.ink)


def dashes(places: Sequence[Place], length: float, *, gap: float | None = None) -> list[list[Place]]:
    """Pieces of a line through places: each of this length in pixels, and as long a gap, or `gap`, after it."""
    xy = np.array(places, np.float64)
    along = np.concatenate(([0.0], np.hypot(*np.diff(xy, axis=0).T).cumsum()))
    starts = np.arange(0, along[-1], length + (length if gap is None else gap))
    ends = np.minimum(starts + length, along[-1])
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        between = xy[(along > start) & (along < end)]
        first, last = (np.array([np.interp(at, along, xy[:, i]) for i in (0, 1)]) for at in (start, end))
        pieces.append([(float(x), float(y)) for x, y in (first, *between, last)])
    return pieces


def thinned(points: Sequence[Place], most: int) -> Sequence[Place]:
    """At most so many of the points, the first and the last among them."""
    if len(points) <= most:
        return points
    return [points[i] for i in np.linspace(0, len(points) - 1, most).round().astype(int)]
