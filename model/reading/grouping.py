"""Grouping: which marks stand on one line, and which of a line make up one figure.

Marks are read line by line from the top, in a line from left to right; a figure may have several of them. Marks are
strokes of a pen or patches of ink, known by their boxes. Those that lie above each other belong together; of the others
all groupings into runs of neighbours are weighed against each other: by what the network makes of each run, and by how
likely such a shape is. The best one is found as Viterbi's algorithm finds the best path (Viterbi 1967; for touching
digits Matan, Burges, LeCun and Denker, "Multi-digit recognition using a space displacement neural network", 1992,
section 3). A lone mark has but one grouping.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.pictures.patches import Box

TALL = 0.4  # of the tallest mark: those at least so tall say where lines are
STRIP = 0.15  # of the lower mark's height: a free strip this high lies between two lines
MOST_PARTS = 4  # of one figure that do not lie above each other
OVERLAP = 0.5  # of the narrower mark: marks that share so much of their width are one part
SPECK = 0.15  # of the line's height: a part smaller than this both ways may be a slip of the pen, and left out
WIDEST = 1.25  # times its height a digit seldom is wider
SHORTEST = 0.5  # of the line's height: digits are seldom shorter
LEAST_CONFIDENCE = 1e-4
HOPELESS = 10.0  # several parts of which one figure would cost so much are not even shown to the network

# What is unlikely costs, in nats.
DOUBT = 2.0  # times minus the logarithm of the network's confidence: a network is surer of itself than it should be
FIGURE = 0.5  # each figure
SPECK_LEFT_OUT = 1.0
APART = 0.7  # parts of one figure with nothing of one above the other
INNER_GAP = 8.0  # and for a gap between them as wide as they are high
TIGHT = 10.0  # two figures that overlap by as much as they are high
TOUCHING = 2.0  # two figures of which one touches the other
LINE = 1.0  # each line after the first
ALONE = -2.5  # one figure and no other, where the network is sure of it: most pages have one digit
WIDE = 4.0  # for each height that a figure is wider than WIDEST
SHORT = 5.0  # for a figure without height, from SHORTEST on


@dataclass(frozen=True)
class Run:
    """One possible figure: parts first to last - 1 of its line, the marks that they hold, and its shape's cost."""

    first: int
    last: int
    marks: tuple[int, ...]
    cost: float


@dataclass(frozen=True)
class Parts:
    """One line of marks: those that surely belong together as parts, left to right, and all possible figures."""

    marks: tuple[tuple[int, ...], ...]
    boxes: tuple[Box, ...]
    runs: tuple[Run, ...]
    splits: tuple[float, ...]  # what it costs that a figure ends before each part; 0 before the first


@dataclass(frozen=True)
class Grouping:
    """The figures of a line, left to right, what they cost in nats, and how much of that for being apart."""

    figures: tuple[Run, ...] = ()
    cost: float = 0.0
    split: float = 0.0


def lines_of(boxes: Sequence[Box]) -> list[list[int]]:
    """Indices of the boxes, line by line, top to bottom; each is in one line. Small marks go to the nearest line."""
    if not boxes:
        return []
    tallest = max(box[3] for box in boxes)
    tall = [i for i, box in enumerate(boxes) if box[3] >= TALL * tallest]
    lines: list[list[int]] = []
    bottom = 0.0
    for i in sorted(tall, key=lambda i: boxes[i][1]):
        top, height = boxes[i][1], boxes[i][3]
        if lines and top < bottom + STRIP * height:
            lines[-1].append(i)
            bottom = max(bottom, top + height)
        else:
            lines.append([i])
            bottom = top + height
    spans = [(min(boxes[i][1] for i in line), max(boxes[i][1] + boxes[i][3] for i in line)) for line in lines]
    for i in sorted(set(range(len(boxes))) - set(tall)):
        middle = boxes[i][1] + boxes[i][3] / 2
        gaps = [max(top - middle, middle - bottom, 0.0) for top, bottom in spans]
        lines[gaps.index(min(gaps))].append(i)
    return lines


def parts_of(boxes: Sequence[Box], marks: Sequence[int], touch: Callable[[int, int], bool] | None = None) -> Parts:
    """The line of these marks (indices of boxes, at least one) as parts, and every figure that they may make.

    touch: whether two marks touch each other, where marks can; patches of ink cannot.
    """
    groups = _joined(boxes, marks)
    around = tuple(union([boxes[mark] for mark in group]) for group in groups)
    runs = []
    for first in range(len(groups)):
        for last in range(first + 1, min(first + MOST_PARTS, len(groups)) + 1):
            cost = _shape_cost(around[first:last], _height(around))
            if cost < HOPELESS or last == first + 1:
                marks_of_run = tuple(sorted(mark for group in groups[first:last] for mark in group))
                runs.append(Run(first, last, marks_of_run, cost))
    splits = [0.0]
    for (before, after), (left, right) in zip(pairwise(groups), pairwise(around), strict=True):
        touching = touch is not None and any(touch(a, b) for a in before for b in after)
        splits.append(TIGHT * max(0.0, -_gap(left, right)) + TOUCHING * touching)
    return Parts(tuple(map(tuple, groups)), around, tuple(runs), tuple(splits))


def best(parts: Parts, confidences: Sequence[float]) -> Grouping:
    """The figures that together cost least; confidences: of the network, 0 to 1, one a run."""
    height = _height(parts.boxes)
    cheapest = [Grouping()]  # of the first n parts
    for last in range(1, len(parts.marks) + 1):
        options = []
        if _is_speck(parts.boxes[last - 1], height):
            before = cheapest[last - 1]
            options.append(Grouping(before.figures, before.cost + SPECK_LEFT_OUT, before.split))
        for run, confidence in zip(parts.runs, confidences, strict=True):
            if run.last == last:
                before = cheapest[run.first]
                split = parts.splits[run.first] if before.figures else 0.0
                cost = before.cost + split + run.cost + doubt(confidence)
                options.append(Grouping((*before.figures, run), cost, before.split + split))
        cheapest.append(min(options, key=lambda option: option.cost))
    return cheapest[-1]


def alone_cost(lines: Sequence[Parts], confidence: float) -> float:
    """What it costs that all parts of all lines are one figure, of which the network is so sure."""
    around = [union(line.boxes) for line in lines]
    apart = sum(_apart(line.boxes) for line in lines) + _apart([_lying(box) for box in around])
    return ALONE * confidence + FIGURE + apart + _wide(union(around), 0.0) + doubt(confidence) - LINE * (len(lines) - 1)


def doubt(confidence: float) -> float:
    """What it costs that the network is no surer of a figure than this."""
    return -DOUBT * math.log(max(confidence, LEAST_CONFIDENCE))


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top


def _height(boxes: Sequence[Box]) -> float:
    return max(1e-6, *(box[3] for box in boxes))


def _joined(boxes: Sequence[Box], marks: Sequence[int]) -> list[list[int]]:
    """Marks that lie above each other, together; the groups in the order of their middles, left to right."""
    groups = [[mark] for mark in sorted(marks, key=lambda mark: boxes[mark][0])]
    merged = True
    while merged:
        merged = False
        for i in range(len(groups) - 1, 0, -1):
            box = union([boxes[mark] for mark in groups[i]])
            for j in range(i):
                if _overlap(union([boxes[mark] for mark in groups[j]]), box):
                    groups[j] += groups.pop(i)
                    merged = True
                    break
    return sorted(groups, key=lambda group: _middle(union([boxes[mark] for mark in group])))


def _overlap(a: Box, b: Box) -> bool:
    shared = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    return shared >= OVERLAP * min(a[2], b[2]) and shared >= 0


def _middle(box: Box) -> float:
    return box[0] + box[2] / 2


def _shape_cost(boxes: Sequence[Box], height: float) -> float:
    """How unlikely it is that these neighbours are one figure, whatever they show."""
    box = union(boxes)
    short = max(0.0, SHORTEST - box[3] / height) / SHORTEST
    return FIGURE + _apart(boxes) + _wide(box, height) + SHORT * short


def _apart(boxes: Sequence[Box]) -> float:
    gaps = [_gap(a, b) for a, b in pairwise(boxes)]
    return sum(APART + INNER_GAP * gap for gap in gaps if gap >= 0)


def _lying(line: Box) -> Box:
    """A line on its side, so that the gap to the next is one across; as high as the line itself is."""
    _, top, _, height = line
    return top, 0.0, height, height


def _wide(box: Box, height: float) -> float:
    return WIDE * max(0.0, box[2] / max(box[3], 0.5 * height, 1e-6) - WIDEST)


def _gap(a: Box, b: Box) -> float:
    """From one part to the next, in parts of the taller one's height; below zero where they overlap."""
    return (b[0] - a[0] - a[2]) / max(a[3], b[3], 1e-6)


def _is_speck(box: Box, height: float) -> bool:
    return max(box[2], box[3]) < SPECK * height
