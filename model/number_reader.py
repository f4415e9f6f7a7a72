"""Number reader: a drawing or a picture with one digit or several in, a Number out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from model.drawing import Drawing
from model.figures import Figure, Number
from model.grouping import Box, Parts, alone_cost, best, parts_of, union
from model.order import lines_of
from model.reader import Reader, Reading

MOST_PARTS = 32  # a page of more is no number, and read as one figure
TOUCH = 0.06  # of the taller stroke's height: strokes this near touch, as a pen has width
MOST_POINTS = 100  # of a stroke, for telling whether it touches another


@dataclass(frozen=True, eq=False)
class _Page:
    """A drawing, the boxes of its strokes, and its lines of parts; no lines where it can only be one figure."""

    drawing: Drawing
    boxes: tuple[Box, ...]
    lines: tuple[Parts, ...]

    def shown(self) -> Iterator[Drawing]:
        """What the network is asked about: the whole drawing, then every possible figure of every line."""
        yield self.drawing
        for line in self.lines:
            for run in line.runs:
                yield self.only(run.marks)

    def only(self, marks: tuple[int, ...]) -> Drawing:
        """The drawing with no other strokes than these."""
        return replace(self.drawing, strokes=tuple(self.drawing.strokes[mark] for mark in marks))


def read_numbers(reader: Reader, drawings: Iterable[Drawing]) -> list[Number]:
    """Read drawings of one digit or several next to each other, also in lines below each other.

    A drawing that is one figure gets the very Reading that Reader.read_drawing would give it.
    """
    pages = [_page(drawing) for drawing in drawings]
    readings = iter(reader.read_drawings(shown for page in pages for shown in page.shown()))
    return [_number(page, readings) for page in pages]


def _number(page: _Page, readings: Iterator[Reading]) -> Number:
    whole = next(readings)
    if whole.digit is None:
        return Number()
    lines, cost, split = [], 0.0, 0.0
    for line in page.lines:
        read = {run: next(readings) for run in line.runs}
        chosen = best(line, [reading.confidence for reading in read.values()])
        lines.append(tuple(_figure(page, run.marks, read[run]) for run in chosen.figures))
        cost, split = cost + chosen.cost, split + chosen.split
    if sum(map(len, lines)) < 2 or alone_cost(page.lines, whole.confidence) <= cost:
        return Number(((_figure(page, tuple(range(len(page.boxes))), whole),),))
    return Number(tuple(lines), math.exp(-split))


def _figure(page: _Page, marks: tuple[int, ...], reading: Reading) -> Figure:
    return Figure(reading, union([page.boxes[mark] for mark in marks]), marks)


def _page(drawing: Drawing) -> _Page:
    drawing = replace(drawing, strokes=tuple(stroke for stroke in drawing.strokes if len(stroke.points)))
    boxes = tuple(_box(stroke.points) for stroke in drawing.strokes)
    points = [stroke.points[:: 1 + len(stroke.points) // MOST_POINTS] for stroke in drawing.strokes]

    def touch(a: int, b: int) -> bool:
        gaps = np.hypot(*(points[a][:, None] - points[b][None]).transpose(2, 0, 1))
        return bool(gaps.min() < TOUCH * max(boxes[a][3], boxes[b][3]))

    lines = tuple(parts_of(boxes, line, touch) for line in lines_of(boxes))
    count = sum(len(line.marks) for line in lines)
    return _Page(drawing, boxes, lines if 1 < count <= MOST_PARTS else ())


def _box(points: np.ndarray) -> Box:
    left, top = points.min(axis=0).tolist()
    width, height = np.ptp(points, axis=0).tolist()
    return left, top, width, height
