"""Number reader: a drawing or a picture with one digit or several in, a Number out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.pictures.drawing import Drawing
from model.pictures.ink import ink_of
from model.pictures.morphology import max_filter
from model.pictures.patches import Box, Patches, patches_of
from model.pictures.photograph import Photograph
from model.pictures.stroke_width import SMALL
from model.reading.grouping import TALL, Parts, alone_cost, best, lines_of, parts_of, union
from model.reading.number import Figure, Number
from model.reading.reader import Reader, Reading

MOST_PARTS = 32  # a page of more is no number, and read as one figure
TOUCH = 0.06  # of the taller stroke's height: strokes this near touch, as a pen has width
MOST_POINTS = 100  # of a stroke, for telling whether it touches another
FAR = 0.5  # of the tallest patch's height: small patches farther than this from tall ones belong to no figure
SOFT = 2  # pixels around a patch that are its soft edge

Picture = NDArray[np.float32]
Shown = TypeVar("Shown", Drawing, Picture)


@dataclass(frozen=True, eq=False)
class Page(Generic[Shown]):
    """The boxes of a page's marks, its lines of parts, and what to show to the network for some of the marks.

    whole: for all of them. There are no lines where it can only be one figure.
    """

    boxes: tuple[Box, ...]
    lines: tuple[Parts, ...]
    whole: Shown
    only: Callable[[tuple[int, ...]], Shown]

    def shown(self) -> Iterator[Shown]:
        """What the network is asked about: the whole, then every possible figure of every line."""
        yield self.whole
        for line in self.lines:
            for run in line.runs:
                yield self.only(run.marks)


def read_numbers(reader: Reader, drawings: Iterable[Drawing]) -> list[Number]:
    """Read drawings of one digit or several next to each other, also in lines below each other.

    A drawing that is one figure gets the very Reading that Reader.read_drawing would give it.
    """
    pages = [page_of_strokes(drawing) for drawing in drawings]
    readings = iter(reader.read_drawings(shown for page in pages for shown in page.shown()))
    return [_number(page, readings) for page in pages]


def read_number(reader: Reader, ink: Picture) -> Number:
    """Read a picture (H, W) float32, ink 1 on 0, of one digit or several; boxes are in its pixels."""
    page = page_of_patches(ink, patches_of(ink))
    return _number(page, iter(reader.read_pictures(page.shown())))


def read_photograph(reader: Reader, photograph: Photograph) -> Number:
    """Read what is written in an image file; boxes are in the file's own pixels, upright."""
    return read_number(reader, ink_of(photograph.colours)).scaled(photograph.scale)


def _number(page: Page[Shown], readings: Iterator[Reading]) -> Number:
    whole = next(readings)
    if whole.digit is None:
        return Number()
    lines: list[tuple[Figure, ...]] = []
    cost = split = 0.0
    for line in page.lines:
        read = {run: next(readings) for run in line.runs}
        chosen = best(line, [reading.confidence for reading in read.values()])
        lines.append(tuple(_figure(page.boxes, run.marks, read[run]) for run in chosen.figures))
        cost, split = cost + chosen.cost, split + chosen.split
    if sum(map(len, lines)) < 2 or alone_cost(page.lines, whole.confidence) <= cost:
        return Number(((_figure(page.boxes, range(len(page.boxes)), whole),),))
    return Number(tuple(lines), math.exp(-split))


def _figure(boxes: Sequence[Box], marks: Iterable[int], reading: Reading) -> Figure:
    marks = tuple(marks)
    return Figure(reading, union([boxes[mark] for mark in marks]), marks)


def page_of_strokes(drawing: Drawing) -> Page[Drawing]:
    """A drawing as a page of which the strokes with points are the marks."""
    strokes = tuple(stroke for stroke in drawing.strokes if len(stroke.points))
    boxes = tuple(_box(stroke.points) for stroke in strokes)
    points = [stroke.points[:: 1 + len(stroke.points) // MOST_POINTS] for stroke in strokes]

    def touch(a: int, b: int) -> bool:
        gaps = np.hypot(*(points[a][:, None] - points[b][None]).transpose(2, 0, 1))
        return bool(gaps.min() < TOUCH * max(boxes[a][3], boxes[b][3]))

    def only(marks: tuple[int, ...]) -> Drawing:
        return replace(drawing, strokes=tuple(strokes[mark] for mark in marks))

    return Page(boxes, _lines(boxes, touch), drawing, only)


def page_of_patches(ink: Picture, patches: Patches) -> Page[Picture]:
    """A picture as a page of which the patches of ink are the marks; small ones far from the figures are no marks."""
    height, width = ink.shape
    if max(ink.shape) <= SMALL or not patches.boxes:  # drawn for the network already, or no ink to tell apart
        return Page(((0.0, 0.0, float(width), float(height)),), (), ink, lambda marks: ink)
    near = _near_tall(patches.boxes)
    boxes = tuple(patches.boxes[mark] for mark in near)

    def only(marks: tuple[int, ...]) -> Picture:
        left, top, wide, high = (round(side) for side in union([boxes[mark] for mark in marks]))
        rows = slice(max(0, top - SOFT), top + high + SOFT)
        columns = slice(max(0, left - SOFT), left + wide + SOFT)
        chosen = np.isin(patches.labels[rows, columns], [near[mark] + 1 for mark in marks]).astype(np.float32)
        figure = ink[rows, columns] * max_filter(chosen, 2 * SOFT + 1)
        # A small cutting of a large picture is no picture that was drawn for the network.
        return np.pad(figure, [(0, max(0, SMALL + 1 - side)) for side in figure.shape])

    return Page(boxes, _lines(boxes), only(tuple(range(len(boxes)))), only)


def _lines(boxes: Sequence[Box], touch: Callable[[int, int], bool] | None = None) -> tuple[Parts, ...]:
    """The lines of parts; none where there are fewer parts than two, or so many that it is no number."""
    lines = tuple(parts_of(boxes, line, touch) for line in lines_of(boxes))
    return lines if 1 < sum(len(line.marks) for line in lines) <= MOST_PARTS else ()


def _near_tall(boxes: Sequence[Box]) -> list[int]:
    """The tall boxes, and the others that are near one of them."""
    tallest = max(box[3] for box in boxes)
    tall = [box for box in boxes if box[3] >= TALL * tallest]
    return [i for i, box in enumerate(boxes) if any(_gap(box, other) <= FAR * tallest for other in tall)]


def _gap(a: Box, b: Box) -> float:
    across = max(a[0] - b[0] - b[2], b[0] - a[0] - a[2], 0.0)
    down = max(a[1] - b[1] - b[3], b[1] - a[1] - a[3], 0.0)
    return math.hypot(across, down)


def _box(points: np.ndarray) -> Box:
    left, top = points.min(axis=0).tolist()
    width, height = np.ptp(points, axis=0).tolist()
    return left, top, width, height
