"""Ink: what was drawn, as strokes in canvas units (256 x 256, y down), with undo and redo."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.canvas import eraser
from model.pictures.drawing import Drawing, Stroke

SIDE = 256.0
BRUSH = 18.0  # the usual pen width
BRUSHES = (8.0, 12.0, 18.0, 26.0, 36.0)
CLOSEST = 0.35  # points nearer than this to the last one add nothing
KEPT_PAGES = 400

Point = tuple[float, float]


@dataclass(eq=False)
class InkStroke:
    """One line of the pen: its width, its points in canvas units, the time of each in ms. Grows while it is drawn."""

    width: float
    points: list[Point] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Page:
    """All that is on the paper at one moment: strokes, or a picture (H, W) float32 with ink 1 that was opened."""

    strokes: tuple[InkStroke, ...] = ()
    picture: np.ndarray | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing at all is on the paper."""
        return not self.strokes and self.picture is None


class Ink:
    """The page, the pages before it and those that were undone. Every change makes `revision` grow."""

    def __init__(self) -> None:
        self.page = Page()
        self.revision = 0
        self._past: list[Page] = []
        self._future: list[Page] = []
        self._last: Point | None = None  # where the pen or eraser was, also off the paper
        self._stroke: InkStroke | None = None
        self._erasing = False
        self._width = BRUSH

    def __repr__(self) -> str:
        return f"Ink({len(self.page.strokes)} strokes, revision {self.revision})"

    @property
    def empty(self) -> bool:
        """Whether nothing is on the paper."""
        return self.page.empty

    @property
    def pen_down(self) -> bool:
        """Whether a stroke is being drawn."""
        return self._last is not None and not self._erasing

    @property
    def busy(self) -> bool:
        """Whether the pen or the eraser is on the paper."""
        return self._last is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is a page before this one."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a page was undone."""
        return bool(self._future)

    def begin(self, point: Point, time: float, width: float) -> None:
        """Put the pen down: a dot, until it moves. An opened picture is put away (undo brings it back)."""
        self.end()
        self._remember()
        self._width = width
        self._last = point
        strokes = self.page.strokes if self.page.picture is None else ()
        self._stroke = InkStroke(width, [_onto_paper(point)], [time])
        self._turn_to(Page((*strokes, self._stroke)))

    def move(self, point: Point, time: float) -> None:
        """Draw on to `point`. Off the paper the line stops at the edge, and goes on where the pen comes back."""
        if self._last is None or self._erasing:
            return
        inside = _clip(self._last, point)
        self._last = point
        if inside is None:
            self._stroke = None
            return
        start, end = inside
        if self._stroke is None:
            self._stroke = InkStroke(self._width, [start], [time])
            self._turn_to(Page((*self.page.strokes, self._stroke)))
        if _distance(self._stroke.points[-1], end) >= CLOSEST:
            self._stroke.points.append(end)
            self._stroke.times.append(time)
            self.revision += 1
        if end != point:
            self._stroke = None

    def end(self) -> None:
        """Lift the pen or the eraser. Without one that is down nothing happens."""
        self._last = None
        self._stroke = None
        self._erasing = False

    def begin_erasing(self, point: Point, radius: float) -> None:
        """Put the eraser down; `radius` in canvas units."""
        self.end()
        self._erasing = True
        self._last = point
        self._touched = False
        self.erase(point, radius)

    def erase(self, point: Point, radius: float) -> None:
        """Take away all ink that the eraser touches on its way to `point`; a stroke cut in the middle becomes two."""
        if self._last is None or not self._erasing:
            return
        start, self._last = self._last, point
        if self.page.picture is not None:
            self._change(Page())
            return
        left: list[InkStroke] = []
        for stroke in self.page.strokes:
            pieces = eraser.cut(stroke.points, stroke.times, start, point, radius + stroke.width / 2)
            left.extend([stroke] if pieces is None else [InkStroke(stroke.width, p, t) for p, t in pieces])
        if len(left) != len(self.page.strokes) or any(a is not b for a, b in zip(left, self.page.strokes, strict=True)):
            self._change(Page(tuple(left)))

    def clear(self) -> None:
        """Empty the paper; undo brings all back."""
        self.end()
        if not self.empty:
            self._remember()
            self._turn_to(Page())

    def reset(self) -> None:
        """Empty the paper for somebody else: nothing brings back what was before."""
        self.end()
        self._past.clear()
        self._future.clear()
        if not self.empty:
            self._turn_to(Page())

    def replace(self, page: Page) -> None:
        """Put another page in the place of this one; undo brings this one back."""
        self.end()
        self._remember()
        self._turn_to(page)

    def undo(self) -> bool:
        """Take the last change back. False when there is none."""
        self.end()
        if not self._past:
            return False
        self._future.append(self.page)
        self._turn_to(self._past.pop())
        return True

    def redo(self) -> bool:
        """Do again what was undone last. False when there is nothing."""
        self.end()
        if not self._future:
            return False
        self._past.append(self.page)
        self._turn_to(self._future.pop())
        return True

    def to_drawing(self, chosen: Sequence[int] | None = None) -> Drawing:
        """The strokes, or those chosen by their places, as a Drawing of 256 x 256.

        Its extra key "brush" holds the pen widths.
        """
        drawn = self.page.strokes if chosen is None else [self.page.strokes[place] for place in chosen]
        start = min((s.times[0] for s in drawn), default=0.0)
        strokes = tuple(
            # Subtracted before float32, which would round a clock that ran for days to tens of milliseconds.
            Stroke(np.array(s.points, np.float32), np.array([time - start for time in s.times], np.float32))
            for s in drawn
        )
        return Drawing(strokes, extra={"brush": [s.width for s in drawn]})

    def _change(self, page: Page) -> None:
        """Turn to `page` within one gesture of the eraser, which is one step of undo."""
        if not self._touched:
            self._remember()
            self._touched = True
        self._turn_to(page)

    def _remember(self) -> None:
        self._past.append(self.page)
        del self._past[:-KEPT_PAGES]
        self._future.clear()

    def _turn_to(self, page: Page) -> None:
        self.page = page
        self.revision += 1


def page_of(drawing: Drawing) -> Page:
    """A drawing of any canvas size as a page, its aspect kept and centred."""
    width, height = drawing.canvas
    scale = SIDE / max(width, height)
    shift = np.array([(SIDE - width * scale) / 2, (SIDE - height * scale) / 2], np.float32)
    widths = drawing.extra.get("brush")
    if not (isinstance(widths, list) and len(widths) == len(drawing.strokes) and all(w in BRUSHES for w in widths)):
        widths = [BRUSH] * len(drawing.strokes)
    strokes = []
    for stroke, brush in zip(drawing.strokes, widths, strict=True):
        times = np.zeros(len(stroke.points)) if stroke.times is None else stroke.times
        drawn = InkStroke(float(brush))
        for (x, y), time in zip((stroke.points * np.float32(scale) + shift).tolist(), times.tolist(), strict=True):
            if not drawn.points or _distance(drawn.points[-1], (x, y)) >= CLOSEST:
                drawn.points.append((x, y))
                drawn.times.append(time)
        if drawn.points:
            strokes.append(drawn)
    return Page(tuple(strokes))


def _distance(a: Point, b: Point) -> float:
    return math.dist(a, b)


def _onto_paper(point: Point) -> Point:
    return (min(max(point[0], 0.0), SIDE), min(max(point[1], 0.0), SIDE))


def _clip(a: Point, b: Point) -> tuple[Point, Point] | None:
    """The part of the line from a to b that lies on the paper, or None (Liang and Barsky 1984)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    low, high = 0.0, 1.0
    for step, room in ((-dx, a[0]), (dx, SIDE - a[0]), (-dy, a[1]), (dy, SIDE - a[1])):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    if low > high:
        return None
    # Rounding may leave a hair's breadth outside.
    start = a if low == 0 else (a[0] + low * dx, a[1] + low * dy)
    end = b if high == 1 else (a[0] + high * dx, a[1] + high * dy)
    return _onto_paper(start), _onto_paper(end)
