"""Grouping: which marks stand on one line, and which of a line make up one figure, a digit or a sign.

Marks are read line by line from the top, in a line from left to right; a figure may have several of them. All groupings
into runs of neighbours are weighed against each other: by what the network makes of each run, by how likely such a
shape is, and by what else the marks may be: signs, or ink that belongs to nothing. The best ones are found as Viterbi's
algorithm finds the best path (Viterbi 1967; for touching digits Matan, Burges, LeCun and Denker, "Multi-digit
recognition using a space displacement neural network", 1992, section 3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from model.pictures.patches import Box
from model.reading.marks import Mark, distance, union
from model.reading.signs import BEFORE, COLON, LOW_SIGNS, SHORTER, Line, is_dot, sign_of

INSIDE = (*BEFORE, COLON)  # signs that have room between their neighbours
MOST_MARKS = 16  # of one figure
WIDEST = 1.6  # times the line's height: runs of marks that are wider are no figure
TALL = 0.4  # of the tallest mark: those at least so tall say where lines are
BESIDE = 0.4  # of the lower of two marks: those that share so much of their height stand on one line
NEAR_LINE = 0.35  # of a line's height: small marks within so much of it belong to it
OVERLAP = 0.5  # of the narrower mark: marks that share so much of their width lie above each other
TOUCH = 0.06  # of the taller mark's height: marks this near touch, as a pen has width
SHORTEST = 0.7  # of the line's height: digits are seldom shorter
SMALLEST = 0.14  # of the line's height: smaller marks are no digits
SMALLEST_PRINT = 0.08  # of the tallest mark: smaller figures beside each other are no line of small print
ALIKE = 0.7  # of the higher one's height: what two figures of small print share of it
LEAST_CONFIDENCE = 1e-4
CERTAIN = 0.8  # confidence of the network, which it has in most digits and in few other things
PATHS = 3  # groupings that are followed: the best one, and others to say how much better it is

# What is unlikely costs, in nats.
DOUBT = 2.0  # times minus the logarithm of the network's confidence: a network is surer of itself than it should be
NO_DIGIT = 3.0  # and for what it takes for no digit for certain, so that digits that touch are not taken together
FIGURE = 0.5  # each figure
LEFT_OUT = 1.8  # a mark that belongs to nothing ...
LEFT_OUT_SIZE = 12.0  # ... and for each height of the line that it is long
SPECK = 0.3  # a dot that belongs to nothing and is far from everything: dirt ...
FAR = 0.7  # ... by so many times the height of the nearest figure
APART = 0.7  # parts of one figure with nothing of one above the other
INNER_GAP = 8.0  # and for a gap between them as wide as they are high
STACKED = 0.2  # parts of one figure above each other that do not touch
STACKED_GAP = 4.0  # and for a gap between them as wide as they are high
PILED = 2.0  # parts above each other that are both tall, as digits in a column are
PILED_GAP = 12.0
TALL_PART = 0.2  # of a figure: the height of such parts, three digits in a column or more
TIGHT = 10.0  # two figures that overlap by as much as they are high
TOUCHING = 2.5  # two figures of which one touches the other
BAR = 6.0  # a sign of INSIDE that reaches over a neighbour, as the bar of a 5 and the pieces of a broken 2 do
UNDER = 0.5  # of its width: a comma or point that is so far below the digit before it may be a piece of it
LINE = 0.7  # each line after the first
SCATTERED = 5.0  # nats for the gaps within one figure: beyond, a page has a digit and something far from it
ALONE = -2.5  # one figure and no other, where the network is sure of it: most pages have one digit
SHORT = 5.0  # for a figure without height, from SHORTEST on
DASH = 6.0  # a short straight stroke taken for a 1
FORM = 6.0  # at most, for a shape that is too wide or too narrow for its digit
USUAL = 1.5  # nats of that cost nothing

# The logarithm of a digit's width through its height, each with a tenth of the longer one added for the pen: mean and
# standard deviation of 16,050 digits of many people (UNIPEN train_r01_v07 1a; Alpaydin and Alimoglu 1996).
FORMS = (
    (-0.11, 0.25),
    (-0.92, 0.51),
    (-0.14, 0.25),
    (-0.36, 0.21),
    (-0.43, 0.26),
    (-0.16, 0.24),
    (-0.49, 0.22),
    (-0.30, 0.25),
    (-0.45, 0.23),
    (-0.47, 0.22),
)


class Guess(NamedTuple):
    """What the network makes of a run: its digit, and from 0 to 1 how sure it is."""

    digit: int
    confidence: float


@dataclass(frozen=True)
class Run:
    """One possible figure: its marks, from first to last - 1 in the line's order, and what its shape costs."""

    first: int
    last: int
    marks: tuple[int, ...]
    box: Box
    cost: float
    sign: tuple[str, float] | None


class Chosen(NamedTuple):
    """A run that is taken for a figure: for a digit, where sign is "", else for that sign."""

    run: Run
    sign: str = ""


@dataclass(frozen=True)
class Grouping:
    """The figures of a line, left to right, the marks left out, the cost in nats, and how much of it for touching."""

    figures: tuple[Chosen, ...] = ()
    left_out: tuple[int, ...] = ()
    cost: float = 0.0
    split: float = 0.0

    @property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """The marks of each figure."""
        return tuple(chosen.run.marks for chosen in self.figures)


@dataclass(frozen=True, eq=False)
class MarkLine:
    """The marks of one line, left to right by their middles, and every figure that they may make."""

    order: tuple[int, ...]
    marks: Sequence[Mark]
    line: Line
    runs: tuple[Run, ...]
    touching: tuple[bool, ...]  # whether marks before each place touch marks behind it
    dashes: frozenset[int] = field(default_factory=frozenset)  # short straight strokes, which are no 1
    specks: frozenset[int] = field(default_factory=frozenset)  # dots far from everything else


def lines_of(boxes: Sequence[Box]) -> list[list[int]]:
    """Indices of the boxes, line by line, top to bottom; each is in one line. Small marks go to the line they are near.

    Marks stand on one line when they share enough of their height with their neighbours, so lines may rise.
    """
    lines = _lines(boxes, range(len(boxes)))
    return sorted(lines, key=lambda line: min(boxes[i][1] + boxes[i][3] / 2 for i in line))


def _lines(boxes: Sequence[Box], chosen: Iterable[int]) -> list[list[int]]:
    rest = list(chosen)
    if not rest:
        return []
    tallest = max(boxes[i][3] for i in rest)
    tall = sorted((i for i in rest if boxes[i][3] >= TALL * tallest), key=lambda i: boxes[i][0])
    lines: list[list[int]] = []
    for i in tall:
        # The nearest mark to the left on the same height says which line this one goes on.
        beside = [line for line in lines if _beside(boxes[i], boxes[line[-1]]) >= BESIDE]
        if beside:
            max(beside, key=lambda line: _beside(boxes[i], boxes[line[-1]])).append(i)
        else:
            lines.append([i])
    spans = [(min(boxes[i][1] for i in line), max(boxes[i][1] + boxes[i][3] for i in line)) for line in lines]
    far = []
    for i in sorted(set(rest) - set(tall)):
        middle = boxes[i][1] + boxes[i][3] / 2
        gaps = [max(top - middle, middle - bottom, 0.0) for top, bottom in spans]
        nearest = min(range(len(lines)), key=lambda n: (gaps[n], _across(boxes[i], [boxes[k] for k in lines[n]])))
        is_dirt = boxes[i][3] < SMALLEST * tallest and not _is_in_print(boxes, i, rest, SMALLEST_PRINT * tallest)
        if gaps[nearest] <= NEAR_LINE * tallest or is_dirt:
            lines[nearest].append(i)
        else:
            far.append(i)
    return lines + _lines(boxes, far)


def _is_in_print(boxes: Sequence[Box], i: int, others: Iterable[int], least: float) -> bool:
    """Whether a small mark, at least so high, stands beside one of about its height, as in a date in a corner."""
    high = boxes[i][3]
    return high >= least and any(
        k != i
        and ALIKE * high <= boxes[k][3] <= high / ALIKE
        and _beside(boxes[i], boxes[k]) >= ALIKE
        and _across(boxes[i], [boxes[k]]) <= high
        for k in others
    )


def _across(box: Box, others: Sequence[Box]) -> float:
    """How far a box is from the nearest of others, across."""
    return min(max(b[0] - box[0] - box[2], box[0] - b[0] - b[2], 0.0) for b in others)


def _beside(a: Box, b: Box) -> float:
    """How much of the lower one's height two boxes share."""
    shared = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return shared / max(min(a[3], b[3]), 1e-6)


def line_of(marks: Sequence[Mark], chosen: Sequence[int]) -> MarkLine:
    """The line of these marks (indices, at least one), with every figure that they may make."""
    paths = [mark.path for mark in marks]
    tallest = max(paths[i][3] for i in chosen)
    around = union([paths[i] for i in chosen if paths[i][3] >= SMALLEST * tallest])  # dirt may lie far off
    # Where no mark is nearly as tall as all together, digits are in pieces.
    height = max(tallest if tallest >= 0.6 * around[3] else around[3], 1e-6)  # dashes side by side have none
    tall = [i for i in chosen if paths[i][3] >= 0.7 * height] or list(chosen)
    tops, feet = sorted(paths[i][1] for i in tall), sorted(paths[i][1] + paths[i][3] for i in tall)
    line = Line(tops[len(tops) // 2], max(feet[len(feet) // 2] - tops[len(tops) // 2], 1e-6))
    order = sorted(chosen, key=lambda i: paths[i][0] + paths[i][2] / 2)
    gaps = _Gaps(marks)
    runs = []
    for first in range(len(order)):
        for last in range(first + 1, min(first + MOST_MARKS, len(order)) + 1):
            run = order[first:last]
            box = union([paths[i] for i in run])
            if last > first + 1 and box[2] > WIDEST * max(height, box[3]):
                break
            cost = FIGURE + gaps.inner(run, box) + _short(box, height)
            sign = sign_of([marks[i] for i in run], line) if len(run) <= 2 and len(chosen) > 1 else None
            runs.append(Run(first, last, tuple(sorted(run)), box, cost, sign))
    touching = [False] + [
        any(gaps.touch(a, b) for a in order[max(0, n - 4) : n] for b in order[n : n + 4]) for n in range(1, len(order))
    ]
    dashes = frozenset(
        i
        for i in order
        if len(order) > 1 and (marks[i].is_straight or is_dot(marks[i], height)) and marks[i].length < SHORTER * height
    )
    return MarkLine(
        tuple(order), marks, line, tuple(runs), tuple(touching), dashes, _specks(marks, order, tallest, gaps)
    )


def _specks(marks: Sequence[Mark], order: Sequence[int], tallest: float, gaps: _Gaps) -> frozenset[int]:
    """Which marks are dots, beside the tallest one, far from all that is none."""
    dots = {i for i in order if is_dot(marks[i], tallest)}
    figures = [i for i in order if i not in dots]
    return frozenset(i for i in dots if figures and min(gaps.gap(i, k) for k in figures) > FAR)


class _Gaps:
    """How far marks are from each other, each pair worked out once."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._known: dict[tuple[int, int], float] = {}

    def gap(self, a: int, b: int) -> float:
        """In parts of the taller one's height."""
        key = (min(a, b), max(a, b))
        if key not in self._known:
            height = max(self._marks[a].path[3], self._marks[b].path[3], 1e-6)
            self._known[key] = distance(self._marks[a], self._marks[b]) / height
        return self._known[key]

    def touch(self, a: int, b: int) -> bool:
        """Whether two strokes touch; patches never do, but for those that were cut."""
        return self.gap(a, b) < (TOUCH if not self._marks[a].pen else 1e-6)

    def inner(self, run: Sequence[int], box: Box) -> float:
        """What the gaps between the marks of one figure cost: those of the shortest tree that joins them all."""
        if len(run) < 2:
            return 0.0
        parts = self._touching(run)
        joined, rest, cost = parts[:1], parts[1:], 0.0
        while rest:
            a, b = min(((a, b) for a in joined for b in rest), key=lambda pair: self._between(*pair))
            cost += self._link(a, b, box, [self._marks[mark].path for mark in run])
            joined.append(b)
            rest.remove(b)
        return cost

    def _touching(self, run: Sequence[int]) -> list[tuple[int, ...]]:
        """The marks of a run, those together that touch: pieces of a figure that was cut are one part of it."""
        parts: list[tuple[int, ...]] = []
        for mark in run:
            near = [part for part in parts if any(self.touch(mark, other) for other in part)]
            parts = [part for part in parts if part not in near]
            parts.append((mark, *(other for part in near for other in part)))
        return parts

    def _between(self, a: Sequence[int], b: Sequence[int]) -> float:
        """The least gap between marks of two parts, in units of the page."""
        return min(self.gap(i, k) * max(self._marks[i].path[3], self._marks[k].path[3], 1e-6) for i in a for k in b)

    def _link(self, a: Sequence[int], b: Sequence[int], box: Box, figure: Sequence[Box]) -> float:
        boxes = [union([self._marks[mark].path for mark in part]) for part in (a, b)]
        upper, lower = sorted(boxes, key=lambda path: path[1])
        gap = self._between(a, b) / max(box[3], 1e-6)
        shared = min(upper[0] + upper[2], lower[0] + lower[2]) - max(upper[0], lower[0])
        if shared < OVERLAP * min(upper[2], lower[2]):
            return APART + INNER_GAP * gap
        foot = upper[1] + 0.8 * upper[3]
        parts = [[p for p in figure if p[1] + p[3] / 2 <= foot], [p for p in figure if p[1] + p[3] / 2 > foot]]
        # A short bar at the foot of a 1 may be nearer to the next digit of a column than the digit that it belongs to.
        piled = lower[1] > foot and all(part and union(part)[3] >= TALL_PART * box[3] for part in parts)
        return PILED + PILED_GAP * gap if piled else STACKED + STACKED_GAP * gap


def _short(box: Box, height: float) -> float:
    return SHORT * max(0.0, SHORTEST - box[3] / height) / SHORTEST


def _form(box: Box, digit: int) -> float:
    """What it costs that a digit is so wide or so narrow."""
    pen = 0.1 * max(box[2], box[3], 1e-6)
    mean, spread = FORMS[digit]
    off = (math.log((box[2] + pen) / (box[3] + pen)) - mean) / spread
    if digit == 1:
        off = max(off, 0.0)  # plain strokes are common
    return min(max(off**2 / 2 - USUAL, 0.0), FORM)


def alone_cost(marks: Sequence[Mark], guess: Guess) -> float:
    """What it costs that all marks of a page are one figure, which the network takes for that digit."""
    everything = range(len(marks))
    box = union([mark.path for mark in marks])
    inner = _Gaps(marks).inner(everything, box) if len(marks) <= 2 * MOST_MARKS else APART * len(marks)
    usual = ALONE * guess.confidence if inner <= SCATTERED else 0.0
    return usual + FIGURE + inner + _form(box, guess.digit) + doubt(guess.confidence)


def doubt(confidence: float) -> float:
    """What it costs that the network is no surer of a figure than this."""
    return NO_DIGIT * (confidence < CERTAIN) - DOUBT * math.log(max(confidence, LEAST_CONFIDENCE))


def digit_cost(line: MarkLine, run: Run, guess: Guess) -> float:
    """What it costs that a run is the digit that the network takes it for."""
    cost = run.cost + doubt(guess.confidence) + _form(run.box, guess.digit)
    if len(run.marks) == 1 and run.marks[0] in line.dashes:
        cost += DASH
    if run.box[3] < SMALLEST * line.line.height:
        cost += DASH
    return cost


def groupings(line: MarkLine, guesses: Sequence[Guess]) -> list[Grouping]:
    """The ways to take a line's marks for figures that cost least, the best one first; guesses: one a run."""
    ending: dict[int, list[tuple[Run, Guess]]] = {}
    for run, guess in zip(line.runs, guesses, strict=True):
        ending.setdefault(run.last, []).append((run, guess))
    cheapest = [[Grouping()]]  # of the first n marks
    count = len(line.order)
    for last in range(1, count + 1):
        options = [_leaving_out(line, before, line.order[last - 1]) for before in cheapest[last - 1]]
        for run, guess in ending.get(last, []):
            cost = digit_cost(line, run, guess)
            for before in cheapest[run.first]:
                options.append(_with(line, before, Chosen(run), cost))
                if run.sign is not None and _may_stand(run.sign[0], before, more=last < count):
                    options.append(_with(line, before, Chosen(run, run.sign[0]), FIGURE + run.sign[1]))
        cheapest.append(_fewest(options))
    ends = [path for path in cheapest[-1] if not path.figures or not path.figures[-1].sign]
    return ends or cheapest[-1]


def _may_stand(sign: str, before: Grouping, *, more: bool) -> bool:
    """Signs stand between digits, some also before the first one."""
    if not more:
        return False
    if not before.figures:
        return sign in BEFORE
    return not before.figures[-1].sign


def _leaving_out(line: MarkLine, before: Grouping, mark: int) -> Grouping:
    size = max(line.marks[mark].path[2:]) / line.line.height
    cost = before.cost + (SPECK if mark in line.specks else LEFT_OUT + LEFT_OUT_SIZE * min(size, 2.0))
    return Grouping(before.figures, (*before.left_out, mark), cost, before.split)


def _with(line: MarkLine, before: Grouping, chosen: Chosen, cost: float) -> Grouping:
    run, split = chosen.run, 0.0
    if before.figures:
        last = before.figures[-1]
        height = max(last.run.box[3], run.box[3], 1e-6)
        overlap = max(0.0, last.run.box[0] + last.run.box[2] - run.box[0]) / height
        split = TIGHT * overlap * (not chosen.sign) + TOUCHING * line.touching[run.first]
        if overlap > 0 and (chosen.sign in INSIDE or last.sign in INSIDE):
            split += BAR
        if chosen.sign in LOW_SIGNS and overlap * height > UNDER * max(run.box[2], 1e-6):
            split += BAR
    return Grouping((*before.figures, chosen), before.left_out, before.cost + cost + split, before.split + split)


def _fewest(options: list[Grouping]) -> list[Grouping]:
    """The cheapest ones; of those that keep the marks of no sign at their end apart, at least one."""
    options.sort(key=lambda option: option.cost)
    kept = options[:PATHS]
    # A grouping that ends in a sign must go on; one that may end must be there too.
    if all(path.figures and path.figures[-1].sign for path in kept):
        kept += [path for path in options if not path.figures or not path.figures[-1].sign][:1]
    return kept
