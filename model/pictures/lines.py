"""Lines: ruled, squared and underlined paper, and boxes of forms, as dark as the ink, are taken out of it.

A line is straight, thin and longer than any stroke of a digit. Where a stroke crosses it the ink is thicker than the
line and stays, as staves are taken out of music (Roach and Tatem, "Using domain knowledge in low-level visual
processing to interpret handwritten music", Pattern Recognition 21, 1988, p. 33).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.pictures.patches import connected

INKED = 0.3  # ink from which on a pixel may be of a line
TURNED = 6.0  # degrees that lines may be turned by
STEP = 0.25  # degrees between the directions that are tried
THIN = 0.03  # of the shorter side, or 5 pixels: no line is thicker
SMALL = 80  # pixels of the shorter side: smaller pictures hold a digit and no lines around it
LONG = 0.2  # of the picture's side along a line, at least
OF_DIGIT = 1.5  # ... and so many times as long as what stands on the page is high
AROUND = 1.1  # times as high as the digit: the box around it
LEAST_BOX = 16  # pixels: lower boxes hold no digit that can be read
RUNG = 0.9  # of the gap between two lines: a line that joins them is at least so long
LONE = 3.0  # times as high as what else stands on the page: the stem of an open 4, or a 1
STEM = 0.75  # of the picture's height: lines down that are as long are no stem of a digit
LONE_STEM = 0.35  # of the picture's height: a line down that is shorter and joins none may be a 1 ...
LEFT = 0.4  # of the length of short lines: ... where what else stands on the page is lower, as no figures are
HUNG = 0.12  # of a stem's own ink: so much hangs on it at least
TALLER = 2.0  # times as high or wide as its stem: no figure is larger
COVERED = 0.55  # of a line's length that is ink of its own or of strokes across it
INKED_ALONG = 0.9  # of a line's length that is ink, at least
IN_ONE = 0.6  # of its length that is one piece, at least
MOST_LINES = 80  # each way
BIT = 0.02  # of the longer side: smaller patches may be bits that lines left
BAND = 1.5  # pixels to each side of a line's middle
THICKER = 1.6  # times as thick as the line, and 1 pixel: the ink of a stroke across it
GAP = 0.08  # of its length: where thin ink is missing for longer, and there is no thicker ink either, a line ends
AT_END = (
    1.0  # times its thickness: ink so near to the end of a line goes on from there, as a stroke goes round a corner
)
RIM = 3  # pixels of the picture's edge: a line that ends there leads out of it
SHORT = 0.5  # of the picture's side: lines as long as this are no strokes
JOINS = 0.03  # of the picture's longer side: ends of a box so near to its other lines meet them

Picture = NDArray[np.float32]


class Straight(NamedTuple):
    """A line from (x0, y0) to (x1, y1), pixels, x1 > x0; of a picture lying on its side for lines that go down."""

    x0: int
    x1: int
    offset: float
    slope: float
    thickness: float

    @property
    def length(self) -> int:
        """Along it, but for its slope."""
        return self.x1 - self.x0

    def at(self, x: float) -> float:
        """Its height there."""
        return self.offset + self.slope * x


class _Runs(NamedTuple):
    """Runs of ink from the top down: column, first row and last row + 1 of each."""

    columns: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def without_lines(ink: Picture) -> Picture:
    """The ink (H, W) float32 less the long straight lines in it, the strokes across them kept."""
    inked = ink > INKED
    if min(ink.shape) < SMALL or not inked.any():
        return ink
    across, down = _both_ways(inked)
    if not across and not down:
        return ink
    cleared = _cleared(_cleared(inked, across).T, down).T
    strokes = [line for line in across if _is_stroke(cleared, line) and not _meets(line, down)]
    if strokes:
        across = [line for line in across if line not in strokes]
        cleared = _cleared(_cleared(inked, across).T, down).T
    height = _height(cleared)
    if not height:
        return ink
    # Stems that stand alone, as 1s do, are no lines where hardly anything is left to compare them with.
    lone = [line for line in down if line.length < LONE_STEM * ink.shape[0] and not _ends_on(line, across)]
    if height < LEFT * max((line.length for line in lone), default=0):
        height = _height(_cleared(_cleared(inked, across).T, [line for line in down if line not in lone]).T)
    least = OF_DIGIT * height
    across, down = _true_lines(across, down, least, ink.shape)
    down = [line for line in down if _ends_on(line, across) or not _is_stem(inked, across, down, line, height)]
    cleared = _without_corners(_cleared(_cleared(inked, across).T, down).T, across, down)
    return np.where(cleared, ink, np.where(inked, 0, ink * _soft(inked, cleared))).astype(np.float32)


def _both_ways(inked: NDArray[np.bool_]) -> tuple[list[Straight], list[Straight]]:
    """Lines across and down that are long for the picture, and those down that join lines across, as in boxes."""
    across = _candidates(inked, LONG * inked.shape[1])
    down = _candidates(inked.T, _rung(across, LONG * inked.shape[0]))
    return across, down


def _rung(lines: list[Straight], most: float) -> float:
    """How long at least a line may be that joins two of these; most where there are no two."""
    middles = sorted(line.at((line.x0 + line.x1) / 2) for line in lines)
    gaps = [gap for a, b in pairwise(middles) if (gap := b - a) >= LEAST_BOX]
    return min([most, *(RUNG * gap for gap in gaps)])


def _is_stem(
    inked: NDArray[np.bool_], across: list[Straight], down: list[Straight], line: Straight, height: float
) -> bool:
    """Whether a line that goes down is the stem of a figure: other ink hangs on it, or it is not so much higher."""
    if line.length <= LONE * height and line.length < STEM * inked.shape[0]:
        return True
    if line.length >= STEM * inked.shape[0]:
        return False
    others = [other for other in down if other is not line]
    labels, boxes = connected(_cleared(_cleared(inked, across).T, others).T)
    rows = np.arange(line.x0, line.x1 + 1)
    columns = np.rint(line.at(0) + line.slope * rows).astype(int).clip(0, inked.shape[1] - 1)
    figure = int(np.bincount(labels[rows, columns]).argmax())
    if not figure:
        return False
    more = int((labels == figure).sum()) - line.length * line.thickness
    return more >= HUNG * line.length * line.thickness and boxes[figure - 1, 2:].max() <= TALLER * line.length


def _is_stroke(rest: NDArray[np.bool_], line: Straight) -> bool:
    """Whether a line across is part of a figure, as the foot of a square 0 is: the ink goes on at its ends alone.

    rest: the ink without all that may be lines.
    """
    if line.length >= SHORT * rest.shape[1]:
        return False
    end = math.ceil(AT_END * line.thickness)
    columns = np.arange(line.x0 - end, line.x1 + end + 1).clip(0, rest.shape[1] - 1)
    reach = math.ceil(line.thickness / 2) + 2
    beside = np.zeros(len(columns), bool)
    for shift in range(-reach, reach + 1):
        beside |= _along(rest, line.at(0) + shift, line.slope, columns)
    return bool(beside.any() and not beside[2 * end : -2 * end].any())


def _without_corners(inked: NDArray[np.bool_], across: list[Straight], down: list[Straight]) -> NDArray[np.bool_]:
    """The ink without the bits that are left where two lines cross, in which no run is thin."""
    cleared = inked.copy()
    for one in across:
        for other in down:
            x = other.at(one.at((one.x0 + one.x1) / 2))
            y = one.at(x)
            if one.x0 - 9 <= x <= one.x1 + 9 and other.x0 - 9 <= y <= other.x1 + 9:
                reach = (one.thickness + other.thickness) / 2 + 1
                rows, columns = (slice(max(0, round(at - reach)), round(at + reach) + 1) for at in (y, x))
                cleared[rows, columns] = False
    return cleared


def _soft(inked: NDArray[np.bool_], cleared: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which faint pixels stay: those that are no soft edge of a line that was taken out."""
    gone = inked & ~cleared
    near = gone.copy()
    for shift in (1, 2):
        near[shift:] |= gone[:-shift]
        near[:-shift] |= gone[shift:]
        near[:, shift:] |= gone[:, :-shift]
        near[:, :-shift] |= gone[:, shift:]
    return ~near


def _true_lines(
    across: list[Straight], down: list[Straight], least: float, shape: tuple[int, ...]
) -> tuple[list[Straight], list[Straight]]:
    """Those that are too long for a stroke, and those that make boxes with them or with each other.

    shape: the picture's; its edge may cut a box off.
    """
    long_across, long_down = ([line for line in lines if line.length >= least] for lines in (across, down))
    # A box around a digit: its sides meet at all four corners, and it is higher than the digit.
    high = [line for line in down if line.length >= AROUND * least / OF_DIGIT]
    sides = [line for line in high if _meets(line, across) or _leads_out(line, across, shape[0])]
    if len(sides) > 1:
        long_across += [line for line in across if line not in long_across and _meets(line, sides)]
        long_down += [
            line
            for line in sides
            if line not in long_down and (_meets(line, long_across) or _leads_out(line, long_across, shape[0]))
        ]
    for _ in range(2):
        long_across = [line for line in across if line in long_across or _meets(line, long_down)]
        long_down = [line for line in down if line in long_down or _meets(line, long_across)]
    return long_across, long_down


def _meets(line: Straight, others: list[Straight]) -> bool:
    """Whether both ends of a line lie on lines that go the other way."""
    return _ends_on(line, others) == 2


def _leads_out(line: Straight, others: list[Straight], length: int) -> bool:
    """Whether a line leads from one that goes the other way out of the picture, of that length along it."""
    return _ends_on(line, others) == 1 and (line.x0 <= RIM or line.x1 >= length - 1 - RIM)


def _ends_on(line: Straight, others: list[Straight]) -> int:
    """How many ends of a line lie on lines that go the other way."""
    reach = max(4.0, JOINS * line.length)
    ends = [(line.x0, line.at(line.x0)), (line.x1, line.at(line.x1))]
    return sum(
        any(other.x0 - reach <= y <= other.x1 + reach and abs(other.at(y) - x) <= reach for other in others)
        for x, y in ends
    )


def _height(inked: NDArray[np.bool_]) -> float:
    """How high the tallest of what stands on the page is, bits left by lines but for; 0 where there is nothing."""
    _, boxes = connected(inked)
    if not len(boxes):
        return 0.0
    longer = boxes[:, 2:].max(axis=1)
    heights = boxes[longer > BIT * max(inked.shape), 3]
    return float(heights.max()) if len(heights) else 0.0


def _runs(inked: NDArray[np.bool_]) -> _Runs:
    padded = np.zeros((inked.shape[1], inked.shape[0] + 2), np.int8)
    padded[:, 1:-1] = inked.T
    steps = np.diff(padded, axis=1)
    columns, starts = np.nonzero(steps == 1)
    return _Runs(columns, starts, np.nonzero(steps == -1)[1])


def _candidates(inked: NDArray[np.bool_], least: float) -> list[Straight]:
    """Thin straight lines from left to right at least so many pixels long, the clearest first.

    Votes of the middles of thin runs for lines of every direction (Duda and Hart, "Use of the Hough transformation to
    detect lines and curves in pictures", Communications of the ACM 15, 1972, p. 11).
    """
    height, width = inked.shape
    runs = _runs(inked)
    thin = runs.ends - runs.starts <= max(5, THIN * min(height, width))
    columns, middles = runs.columns[thin], (runs.starts[thin] + runs.ends[thin] - 1) / 2
    thickness = (runs.ends - runs.starts)[thin]
    slopes = np.tan(np.radians(np.arange(-TURNED, TURNED + STEP, STEP)))
    margin = math.ceil(width * slopes[-1]) + 2
    lines: list[Straight] = []
    free = np.ones(len(columns), bool)
    votes = np.stack(
        [np.bincount(_bins(columns, middles, slope, margin), minlength=height + 2 * margin) for slope in slopes]
    )
    while len(lines) < MOST_LINES and free.any():
        pairs = votes[:, :-1] + votes[:, 1:]
        best, place = np.unravel_index(int(pairs.argmax()), pairs.shape)
        if pairs[best, place] < COVERED * least:
            break
        slope = float(slopes[best])
        near = free & (np.abs(middles - slope * columns - (place - margin)) <= 2)
        free_near = np.flatnonzero(near)
        for s, row in enumerate(slopes):
            votes[s] -= np.bincount(
                _bins(columns[free_near], middles[free_near], row, margin), minlength=votes.shape[1]
            )
        free[free_near] = False
        line = _fitted(inked, columns[free_near], middles[free_near], thickness[free_near])
        if line is not None and line.length >= least / 2 and _is_drawn(inked, line):
            lines.append(line)
    return lines


def _bins(columns: NDArray, middles: NDArray, slope: float, margin: int) -> NDArray[np.int64]:
    return np.rint(middles - slope * columns).astype(np.int64) + margin


def _fitted(inked: NDArray[np.bool_], columns: NDArray, middles: NDArray, thickness: NDArray) -> Straight | None:
    """The straight line through the middles of runs, as far as it goes on without a long gap, unless ink crosses it."""
    if len(columns) < 8:
        return None
    slope, offset = np.polyfit(columns, middles, 1)
    order = np.sort(columns)
    gaps = np.array(
        [
            n
            for n in np.flatnonzero(np.diff(order) > max(12, GAP * np.ptp(order)))
            if not _along(inked, offset, slope, np.arange(order[n] + 1, order[n + 1])).all()
        ],
        int,
    )
    starts, ends = [0, *(gaps + 1)], [*gaps, len(order) - 1]
    first, last = max(zip(starts, ends, strict=True), key=lambda part: order[part[1]] - order[part[0]])
    return Straight(int(order[first]), int(order[last]), float(offset), float(slope), float(np.median(thickness)))


def _is_drawn(inked: NDArray[np.bool_], line: Straight) -> bool:
    """Whether ink goes along a line in one piece, as it does not where the bars of 7s stand side by side."""
    columns = np.arange(line.x0, line.x1 + 1)
    found = _along(inked, line.at(0), line.slope, columns)
    ends = np.flatnonzero(np.diff(found, prepend=False, append=False)).reshape(-1, 2)
    # A thin line breaks here and there; a gap as long as a line is thick parts strokes.
    apart = ends[1:, 0] - ends[:-1, 1] > max(4.0, line.thickness)
    starts, stops = ends[np.append(True, apart), 0], ends[np.append(apart, True), 1]
    return bool(found.mean() >= INKED_ALONG and (stops - starts).max() >= IN_ONE * len(columns))


def _along(inked: NDArray[np.bool_], offset: float, slope: float, columns: NDArray) -> NDArray[np.bool_]:
    """Where a line is inked, give or take a pixel, at each of these columns."""
    rows = np.rint(offset + slope * columns).astype(int)
    found = np.zeros(len(columns), bool)
    for shift in (-1, 0, 1):
        found |= inked[np.clip(rows + shift, 0, inked.shape[0] - 1), columns]
    return found


def _cleared(inked: NDArray[np.bool_], lines: list[Straight]) -> NDArray[np.bool_]:
    """The ink without the thin runs that lie on these lines."""
    if not lines:
        return inked
    runs = _runs(inked)
    middles, thickness = (runs.starts + runs.ends - 1) / 2, runs.ends - runs.starts
    gone = np.zeros(len(middles), bool)
    for line in lines:
        along = (runs.columns >= line.x0 - 2) & (runs.columns <= line.x1 + 2)
        near = np.abs(middles - line.at(0) - line.slope * runs.columns) <= BAND + line.thickness / 4
        gone |= along & near & (thickness <= THICKER * line.thickness + 1)
    cleared = inked.copy()
    for column, start, end in zip(runs.columns[gone], runs.starts[gone], runs.ends[gone], strict=True):
        cleared[start:end, column] = False
    return cleared
