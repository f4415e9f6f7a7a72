"""Pages: a drawing or a picture as marks, with the lines and figures that they may make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.pictures.drawing import Drawing
from model.pictures.morphology import max_filter
from model.pictures.patches import Patches
from model.pictures.stroke_width import SMALL, pen_width
from model.reading.grouping import MarkLine, line_of, lines_of
from model.reading.marks import Mark, even, union
from model.reading.rings import without_rings

MOST_MARKS = 300  # on a page of more no figures are told apart
MOST_TOGETHER = 40  # marks that may be one figure in pieces, or figures in pieces on one line
SOFT = 2  # pixels around a patch that are its soft edge

Picture = NDArray[np.float32]
Shown = TypeVar("Shown", Drawing, Picture)


@dataclass(frozen=True, eq=False)
class Page(Generic[Shown]):
    """The marks of a page, and what to show to the network for some of them; whole: for all of them.

    names: what figures call each mark: the places of strokes in their drawing, some of which are no marks.
    """

    marks: tuple[Mark, ...]
    whole: Shown
    only: Callable[[tuple[int, ...]], Shown]
    pieces: tuple[tuple[int, ...], ...] = ()  # marks that were one before they were cut
    names: tuple[int, ...] | None = None

    @cached_property
    def layouts(self) -> tuple[tuple[MarkLine, ...], ...]:
        """The ways to part the marks in lines; none for fewer marks than two, or more than can be told apart."""
        if not 1 < len(self.marks) <= MOST_MARKS:
            return ()
        lines = lines_of([mark.path for mark in self.marks])
        layouts = [tuple(line_of(self.marks, line) for line in lines)]
        if len(lines) > 1 and len(self.marks) <= MOST_TOGETHER:
            layouts.append((line_of(self.marks, range(len(self.marks))),))
        return tuple(layouts)

    @cached_property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """All possible figures of all layouts, each once, but for that of all marks."""
        runs = dict.fromkeys(run.marks for lines in self.layouts for line in lines for run in line.runs)
        runs.pop(tuple(range(len(self.marks))), None)
        return tuple(runs)


def page_of_strokes(drawing: Drawing) -> Page[Drawing]:
    """A drawing as a page of which the strokes with points are the marks, but for rings drawn round others."""
    inked = tuple(i for i, stroke in enumerate(drawing.strokes) if len(stroke.points))
    names = tuple(inked[i] for i in without_rings(tuple(drawing.strokes[i] for i in inked)))
    strokes = tuple(drawing.strokes[i] for i in names)
    marks = tuple(Mark(even(stroke.points)) for stroke in strokes)

    def only(chosen: tuple[int, ...]) -> Drawing:
        return replace(drawing, strokes=tuple(strokes[mark] for mark in chosen))

    everything = len(names) == len(inked)
    return Page(marks, drawing if everything else replace(drawing, strokes=strokes), only, names=names)


def page_of_patches(ink: Picture, patches: Patches) -> Page[Picture]:
    """A picture as a page of which the patches of ink are the marks."""
    height, width = ink.shape
    if max(ink.shape) <= SMALL or not patches.boxes:  # drawn for the network already, or no ink to tell apart
        corners = np.array([(0, 0), (width - 1, height - 1)], np.float32)
        return Page((Mark(corners, 1.0),), ink, lambda marks: ink)
    marks = tuple(_mark(ink, patches, number) for number in range(1, len(patches.boxes) + 1))

    def only(chosen: tuple[int, ...]) -> Picture:
        left, top, wide, high = (round(side) for side in union([patches.boxes[mark] for mark in chosen]))
        rows = slice(max(0, top - SOFT), top + high + SOFT)
        columns = slice(max(0, left - SOFT), left + wide + SOFT)
        inked = np.isin(patches.labels[rows, columns], [mark + 1 for mark in chosen]).astype(np.float32)
        figure = ink[rows, columns] * max_filter(inked, 2 * SOFT + 1)
        return enlarged(figure)

    return Page(marks, only(tuple(range(len(marks)))), only, patches.pieces)


def enlarged(figure: Picture) -> Picture:
    """A small cutting of a large picture with room beside it: it is no picture that was drawn for the network."""
    return np.pad(figure, [(0, max(0, SMALL + 1 - side)) for side in figure.shape])


def _mark(ink: Picture, patches: Patches, number: int) -> Mark:
    left, top, wide, high = (round(side) for side in patches.boxes[number - 1])
    part = slice(top, top + high), slice(left, left + wide)
    inked = patches.labels[part] == number
    rows, columns = np.nonzero(inked)
    points = np.stack([columns + left, rows + top], axis=1).astype(np.float32)
    return Mark(points, max(pen_width(inked.astype(np.float32)), 1.0))
