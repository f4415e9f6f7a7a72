"""Choices: the ways to read a page as lines of figures, each with its cost, and the ink that one leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.pictures.patches import Box
from model.reading.grouping import LINE, Grouping, Guess, MarkLine, groupings
from model.reading.marks import Mark, union
from model.reading.number import Figure
from model.reading.page import Page, Shown
from model.reading.reader import Reading
from model.reading.signs import is_dot

CROWDED = 12.0  # nats: a figure of one line beside one of another, for all of its height that they share ...
ROOM = 0.25  # ... but for so much of it, as rows are close in handwriting


@dataclass(frozen=True, eq=False)
class Choice:
    """One way to read a page: its lines of figures, its cost in nats, and how much of it for figures that touch."""

    lines: tuple[tuple[Figure, ...], ...]
    left_out: tuple[int, ...]
    cost: float
    split: float

    @property
    def text(self) -> tuple[str, ...]:
        """What it says, line by line."""
        return tuple("".join(str(f.sign or f.reading.digit) for f in line) for line in self.lines)


def choices_of(page: Page[Shown], lines: Sequence[MarkLine], read: dict[tuple[int, ...], Reading]) -> Iterator[Choice]:
    """The best way to read these lines, and those in which one line is read otherwise."""
    ways: list[list[Grouping]] = []
    for line in lines:
        guesses = [Guess(read[run.marks].digit or 0, read[run.marks].confidence) for run in line.runs]
        ways.append(groupings(line, guesses))
    yield _choice(page, [way[0] for way in ways], read)
    for n, way in enumerate(ways):
        for other in way[1:]:
            yield _choice(page, [other if i == n else ways[i][0] for i in range(len(ways))], read)


def _choice(page: Page[Shown], lines: Sequence[Grouping], read: dict[tuple[int, ...], Reading]) -> Choice:
    figures = tuple(
        tuple(
            Figure(read[run.marks], union([page.marks[i].box for i in run.marks]), run.marks, sign)
            for run, sign in line.figures
        )
        for line in lines
        if line.figures
    )
    cost = sum(line.cost for line in lines) + LINE * (len(figures) - 1) + _crowded(figures)
    left_out = tuple(mark for line in lines for mark in line.left_out)
    return Choice(figures, left_out, cost, sum(line.split for line in lines))


def _crowded(lines: Sequence[Sequence[Figure]]) -> float:
    """What it costs that figures of different lines stand beside each other, as pieces of one line's digits do."""
    shared = [
        _shared_height(figure.box, other.box)
        for n, line in enumerate(lines)
        for figure in line
        for below in lines[n + 1 :]
        for other in below
    ]
    return CROWDED * max(0.0, max(shared, default=0.0) - ROOM)


def _shared_height(a: Box, b: Box) -> float:
    """How much of the lower one's height two boxes share; 0 where they are farther apart than they are high."""
    if max(a[0], b[0]) - min(a[0] + a[2], b[0] + b[2]) > max(a[3], b[3]):
        return 0.0
    return max(0.0, min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])) / max(min(a[3], b[3]), 1e-6)


def boxes_left_out(page: Page[Shown], choice: Choice) -> tuple[Box, ...]:
    """Boxes of the marks that belong to no figure, but for slips of the pen and dirt that lie not between figures."""
    boxes = []
    for mark in (page.marks[i] for i in choice.left_out):
        line = min(choice.lines, key=lambda figures: _off(mark, union([figure.box for figure in figures])))
        around = union([figure.box for figure in line])
        height = max(figure.box[3] for figure in line)
        middle = mark.box[0] + mark.box[2] / 2, mark.box[1] + mark.box[3] / 2
        inside = all(low < at < low + length for at, low, length in zip(middle, around[:2], around[2:], strict=True))
        if not is_dot(mark, height) or (inside and len(line) > 1):
            boxes.append(mark.box)
    return tuple(boxes)


def _off(mark: Mark, box: Box) -> float:
    """How far the middle of a mark is above or below a box."""
    middle = mark.box[1] + mark.box[3] / 2
    return max(box[1] - middle, middle - box[1] - box[3], 0.0)
