"""Dirt: round patches in a picture that nobody wrote: holes of a binder and specks all over the paper."""

import numpy as np
from numpy.typing import NDArray

FILLED = 0.68  # of its box: the ink of a round patch, at least
ROUND = 0.7  # of its longer side: the shorter one, at least
ALIKE = 0.25  # of its size: holes in one sheet differ by no more
HOLE_EDGE = 0.12  # of the picture's side: holes are so near to its edge ...
HOLE_GAP = 1.8  # times their size: ... so far from each other, middle to middle ...
HOLE_ROW = 0.3  # of the picture's side: ... and go along so much of it
LEVEL = 0.1  # of their height: figures of one line differ by no more at their tops and feet
DOT = 0.2  # of the tallest patch: specks are smaller
TALL = 0.4  # of the tallest patch: those at least so tall are figures
BESIDE = 0.2  # of a figure's height: signs stand no farther above or below it
DIRTY = 3  # specks where nothing is written, from which on those between figures are specks too ...
LARGER = 1.6  # ... unless they are so many times as large

Boxes = NDArray[np.int64]  # (N, 4): left, top, width, height
Chosen = NDArray[np.bool_]  # (N,)


def dirt_of(boxes: Boxes, areas: NDArray[np.int64], shape: tuple[int, ...]) -> Chosen:
    """Which patches of a picture of that shape are dirt, (N,), by their boxes and their areas (N,) in pixels."""
    sizes = boxes[:, 2:].max(axis=1)
    is_round = (areas >= FILLED * boxes[:, 2] * boxes[:, 3]) & (boxes[:, 2:].min(axis=1) >= ROUND * sizes - 1)
    holes = _holes(boxes, is_round, shape)
    if holes.all():  # dots alone are what was written
        return np.zeros(len(boxes), bool)
    # Of a speck that the picture's edge cuts off less is seen than would be round.
    at_edge = (boxes[:, :2] == 0).any(axis=1) | (boxes[:, :2] + boxes[:, 2:] == (shape[1], shape[0])).any(axis=1)
    cut_off = at_edge & (areas >= FILLED * boxes[:, 2] * boxes[:, 3])
    return holes | _specks(boxes, (is_round | cut_off) & ~holes, shape[0])


def _holes(boxes: Boxes, is_round: Chosen, shape: tuple[int, ...]) -> Chosen:
    """Holes of a binder: of one size, far apart, along one edge of the sheet."""
    middles, sizes = boxes[:, :2] + boxes[:, 2:] / 2, boxes[:, 2:].max(axis=1)
    holes = np.zeros(len(boxes), bool)
    cut = (boxes[:, :2] == 0) | (boxes[:, :2] + boxes[:, 2:] == (shape[1], shape[0]))
    for along, across in ((1, 0), (0, 1)):
        edge = np.minimum(middles[:, across], shape[1 - across] - middles[:, across])
        near = is_round & (edge <= HOLE_EDGE * shape[1 - across])
        for i in np.flatnonzero(near):
            row = near & (np.abs(middles[:, across] - middles[i, across]) <= sizes[i] / 2)
            row &= np.abs(sizes - sizes[i]) <= ALIKE * sizes[i]
            gaps = np.diff(np.sort(middles[row, along]))
            if len(gaps) and gaps.min() >= HOLE_GAP * sizes[i] and gaps.sum() >= HOLE_ROW * shape[1 - along]:
                cut_off = cut[:, along] & (np.abs(middles[:, across] - middles[i, across]) <= sizes[i] / 2)
                holes |= row | (cut_off & (sizes <= (1 + ALIKE) * sizes[i]))
    return holes & ~_on_lines(boxes, ~holes)


def _on_lines(boxes: Boxes, others: Chosen) -> Chosen:
    """Which patches reach from the top to the foot of one of the others, as bold figures of one line do."""
    tops, feet = boxes[:, 1, None], (boxes[:, 1] + boxes[:, 3])[:, None]
    off = np.maximum(np.abs(tops - tops.T), np.abs(feet - feet.T))
    return ((off <= LEVEL * boxes[:, 3, None]) & others).any(axis=1)


def _specks(boxes: Boxes, is_round: Chosen, height: int) -> Chosen:
    """Dots where nothing is written; on a page with several of them also those as small beside figures."""
    heights, sizes = boxes[:, 3], boxes[:, 2:].max(axis=1)
    dots = is_round & (sizes < DOT * heights.max(initial=0))
    figures = boxes[(heights >= TALL * heights.max(initial=0)) & ~dots]
    reach = BESIDE * figures[:, 3]
    steps = np.zeros(height + 1, np.int64)  # where rows that hold figures begin and end
    np.add.at(steps, np.maximum(figures[:, 1] - reach, 0).astype(int), 1)
    np.add.at(steps, np.minimum(figures[:, 1] + figures[:, 3] + reach, height).astype(int), -1)
    specks = dots & (np.cumsum(steps)[boxes[:, 1] + heights // 2] == 0)
    if specks.sum() >= DIRTY:
        specks |= dots & (sizes <= LARGER * sizes[specks].max())
    return specks
