"""Doubts: figures that the network is sure of, each for itself, and that still do not stand as those of a number do.

Letters in several strokes are told by it: the halves of a V or an M lean against each other, the bar of an H reaches
from one stroke to the next, the bowl of a P hangs beside its stem.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from model.reading.marks import Mark, distance, union
from model.reading.number import Figure
from model.reading.signs import MINUS

CLOSE = 0.12  # of the taller figure's height: figures this near may be parts of one letter
FOOT = 0.25  # of the taller figure's height: digits side by side stand on one line but for so much
AGAINST = 38  # degrees: straight strokes and 1s that one hand writes in a number lean no more unlike
SLASH_LEAN = 27  # degrees from upright: strokes between digits that lean so far may be a 1 or a slash ...
TALL_SLASH_LEAN = 20  # ... and those about as tall as the tallest of their line too, and, as in print, ...
TALL = 0.88  # of the tallest figure's height: such a stroke
BEYOND = 150  # ... so many degrees less for each height of all others that they are higher ...
LEAST_SLASH_LEAN = 8  # ... down to this
THINNER = 0.6  # of the pen of all other figures: a stroke so thin may be a line
STRAY = 0.5  # of the tallest figure's height: a stroke shorter than this with a line of its own is no 1 for sure
CROSSED = (0.25, 0.75)  # of its height: where a bar through the stem of a 1 is, which has one at its foot or none


def stand_oddly(marks: Sequence[Mark], lines: Sequence[Sequence[Figure]]) -> bool:
    """Whether figures stand or lean as parts of a letter do, or a stroke may be a 1, a sign or a slip of the pen."""
    height = max((figure.box[3] for line in lines for figure in line), default=0.0)
    return any(_is_odd_line(marks, line) if len(line) > 1 else _is_stray(marks, line, height) for line in lines)


def _is_stray(marks: Sequence[Mark], line: Sequence[Figure], height: float) -> bool:
    """Whether a line is one short straight stroke, as a slip of the pen above or below a number is."""
    return any(_is_stem(marks, figure) and figure.box[3] < STRAY * height for figure in line)


def _is_odd_line(marks: Sequence[Mark], line: Sequence[Figure]) -> bool:
    leans = [_lean(marks[figure.marks[0]]) for figure in line if _is_stem(marks, figure) or _is_plain_one(figure)]
    return (
        any(_hang_together(marks, a, b) for a, b in pairwise(line))
        or (bool(leans) and max(leans) - min(leans) > AGAINST)
        or any(_may_be_slash(marks, figure, line) for figure in line[1:-1])
        or any(_is_crossed(marks, figure) for figure in line)
        or any(_may_be_line(marks, figure, line) for figure in line)
    )


def _is_stem(marks: Sequence[Mark], figure: Figure) -> bool:
    """Whether it is one straight stroke that was taken for a digit."""
    return not figure.sign and len(figure.marks) == 1 and marks[figure.marks[0]].is_straight


def _is_plain_one(figure: Figure) -> bool:
    """Whether it was taken for a 1 of one stroke, which may have a hook."""
    return not figure.sign and figure.reading.digit == 1 and len(figure.marks) == 1


def _lean(mark: Mark) -> float:
    """To the right, in degrees from upright."""
    return 90 - mark.angle


def _may_be_slash(marks: Sequence[Mark], figure: Figure, line: Sequence[Figure]) -> bool:
    """Whether a stroke that was taken for a 1 leans as few of them and most slashes do."""
    if not _is_stem(marks, figure):
        return False
    others = [other.box[3] for other in line if other is not figure]
    digits = [other.box[3] for other in line if not other.sign and not _is_stem(marks, other)]
    height = figure.box[3] / max(digits or others)  # a date has two slashes, each as high as the other
    tall = max(TALL_SLASH_LEAN - BEYOND * (height - 1), LEAST_SLASH_LEAN)
    return _lean(marks[figure.marks[0]]) > (min(tall, TALL_SLASH_LEAN) if height >= TALL else SLASH_LEAN)


def _may_be_line(marks: Sequence[Mark], figure: Figure, line: Sequence[Figure]) -> bool:
    """Whether a straight stroke was drawn with a far thinner pen than all others, as lines between cells are."""
    others = [marks[i].pen for other in line if other is not figure and not _is_stem(marks, other) for i in other.marks]
    return bool(others) and _is_stem(marks, figure) and marks[figure.marks[0]].pen < THINNER * min(others)


def _hang_together(marks: Sequence[Mark], a: Figure, b: Figure) -> bool:
    """Whether two neighbours are close and one is a minus, or does not stand on the other's line."""
    boxes = [union([marks[i].path for i in figure.marks]) for figure in (a, b)]
    height = max(box[3] for box in boxes)
    feet = [box[1] + box[3] for box in boxes]
    if MINUS not in (a.sign, b.sign) and (a.sign or b.sign or abs(feet[0] - feet[1]) <= FOOT * height):
        return False
    return min(distance(marks[i], marks[k]) for i in a.marks for k in b.marks) < CLOSE * height


def _is_crossed(marks: Sequence[Mark], figure: Figure) -> bool:
    """Whether it was taken for a 1 and has a bar at the middle of its stem."""
    if figure.sign or figure.reading.digit != 1 or len(figure.marks) < 2:
        return False
    stem = max((marks[i].path for i in figure.marks), key=lambda path: path[3])
    places = [
        (path[1] + path[3] / 2 - stem[1]) / max(stem[3], 1e-6)
        for path in (marks[i].path for i in figure.marks)
        if path is not stem
    ]
    return any(CROSSED[0] < place < CROSSED[1] for place in places)
