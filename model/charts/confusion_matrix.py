"""Confusion matrix: how often each digit was read as each, as a table that is shaded the darker the more there are."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.charts.pen import Box, Pen
from model.charts.words import ENGLISH, ChartWords
from model.constants import CLASSES

NUMBER_SIZE, HEAD_SIZE, TITLE_SIZE = 13.0, 13.0, 12.0  # units
STRONGEST = 0.42  # of a cell's shade, so that its number can be read on it
ROOMY = 46.0  # units: so wide any number has room

Counts = NDArray[np.int64]
Cell = tuple[int, int]  # (true digit, read as)


@dataclass(frozen=True)
class MatrixLayout:
    """area: of the hundred cells. Rows are true digits, columns what they were read as."""

    area: Box

    def box(self, cell: Cell) -> Box:
        """Where a cell is."""
        wide, high = self.area.width / CLASSES, self.area.height / CLASSES
        return Box(self.area.left + cell[1] * wide, self.area.top + cell[0] * high, wide, high)

    def at(self, x: float, y: float) -> Cell | None:
        """The cell at a place in pixels; None beside the cells."""
        column = math.floor((x - self.area.left) / self.area.width * CLASSES)
        row = math.floor((y - self.area.top) / self.area.height * CLASSES)
        return (row, column) if 0 <= row < CLASSES and 0 <= column < CLASSES else None


def matrix_layout(pen: Pen, box: Box) -> MatrixLayout:
    """The cells in a box, below and beside the names of rows and columns; little wider than high, but for numbers."""
    left, top = pen.height(HEAD_SIZE) * 1.2, pen.height(TITLE_SIZE) + pen.height(HEAD_SIZE)
    high = box.height - top
    wide = min(box.width - left, max(1.6 * high, CLASSES * ROOMY * pen.unit))
    return MatrixLayout(
        Box(box.left + (box.width - left - wide) / 2 + left, box.top + top, wide, min(high, 1.1 * wide))
    )


@dataclass(frozen=True, eq=False)
class ConfusionMatrix:
    """counts (10, 10): rows true digits, columns what they were read as."""

    counts: Counts

    def draw(self, pen: Pen, layout: MatrixLayout, words: ChartWords = ENGLISH) -> None:
        """Shades, numbers and names. Right answers are framed and in one colour, wrong ones in the other."""
        area = layout.area
        for digit in range(CLASSES):
            row, column = layout.box((digit, 0)), layout.box((0, digit))
            pen.text(str(digit), (row.left - 7 * pen.unit, row.centre[1]), HEAD_SIZE, "text", "right", strong=True)
            y = column.top - pen.height(HEAD_SIZE) / 2
            pen.text(str(digit), (column.centre[0], y), HEAD_SIZE, "text", "center", strong=True)
        y = area.top - pen.height(HEAD_SIZE) - pen.height(TITLE_SIZE) / 2
        pen.text(words.truth, (area.left - 16 * pen.unit, y), TITLE_SIZE, "quiet")
        pen.text(words.answer, (area.right, y), TITLE_SIZE, "quiet", "right")
        for truth in range(CLASSES):
            for answer in range(CLASSES):
                self._draw_cell(pen, layout.box((truth, answer)), (truth, answer), words)

    def _draw_cell(self, pen: Pen, box: Box, cell: Cell, words: ChartWords) -> None:
        count, right = int(self.counts[cell]), cell[0] == cell[1]
        inner = Box(box.left, box.top, box.width - pen.unit, box.height - pen.unit)
        pen.box(inner, "first" if right else "second" if count else "grid", self._strength(cell) if count else 0.35)
        if right:
            pen.frame(inner, "first", 1.0)
        text = next((text for text in _texts(count, words) if pen.width(text, NUMBER_SIZE) <= inner.width - 3), "")
        if count:
            pen.text(text, box.centre, NUMBER_SIZE, "text", "center", strong=not right)

    def _strength(self, cell: Cell) -> float:
        """Of right answers by the share of their digit; of wrong ones by that of the commonest mistake."""
        if cell[0] == cell[1]:
            most = int(self.counts[cell[0]].sum())
        else:
            most = int((self.counts * (1 - np.eye(CLASSES, dtype=np.int64))).max())
        return STRONGEST * (0.25 + 0.75 * int(self.counts[cell]) / max(most, 1))


def _texts(count: int, words: ChartWords) -> tuple[str, ...]:
    """A count, from the longest form to the shortest."""
    return (words.number(count, 0), str(count), f"{round(count / 1000)}k" if count >= 1000 else str(count))
