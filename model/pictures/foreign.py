"""Foreign: large ink beside figures that is none, as stamps, postmarks and blots are: a number is read without it."""

import numpy as np
from numpy.typing import NDArray

from model.pictures.morphology import max_filter
from model.pictures.stroke_width import stroke_width

BLOCK = 0.05  # of the picture's shorter side: a square that has room in a stamp or a blot ...
THICKER = 4.0  # ... and is so many times as wide as the pen of all else
MASS = 0.28  # of its longer side: a square that has room in it, which bold figures have not
HIGH = 0.25  # of its height: what else there is must be so high to be a number, else it is dirt beside a figure
BITS = 1.0  # times its size: bits of a stamp lie no farther beside it
HOLLOW = 0.12  # of its box: the ink of a ring in a ring, at most: a 0 in a ring is drawn with a thicker pen
BAR = 0.85  # of its box: what a bar between cells fills, at least ...
SLIM = 3.0  # ... and so many times as high as wide ...
HIGHER = 1.15  # ... and as high as all else
EVEN = 2  # pixels: bars between cells differ by no more
CENTRED = 0.05  # of its size: rings have their middles no farther apart
ALIKE = 0.06  # of one: ratios of width to height of two rings differ by no more
FLAT = 4.0  # times as wide as high: a wave or a bar ...
LONG = 1.5  # ... and so many times as wide as the highest of the rest, which no minus is
LOW = 0.4  # of that height
FEW_FLAT = 5  # so many flat bars are lines of text on a screen, and what is ...
THIN = 0.6  # ... so thin beside the pen is the rim of a window there
LEAST = 20  # pixels of the shorter side of rings and things
MOST = 300  # patches; more are no page of figures

Picture = NDArray[np.float32]
Chosen = NDArray[np.bool_]  # (N,)
Boxes = NDArray[np.int64]  # (N, 4): left, top, width, height


def foreign_of(
    boxes: Boxes, areas: NDArray[np.int64], ink: Picture, labels: NDArray[np.int32], figures: Chosen
) -> Chosen:
    """Which of these patches, by their boxes and areas (N,) in pixels, are foreign; figures: what may be asked about.

    ink, labels (H, W): the picture and the number of each pixel's patch, 1 for the first. Where all would be, none is.
    """
    foreign = np.zeros(len(boxes), bool)
    if not 1 < figures.sum() <= MOST:
        return foreign
    foreign |= figures & _things(boxes, ink, labels, figures)
    foreign |= figures & (_targets(boxes, areas) | _bars(boxes, areas, figures))
    rest = figures & ~foreign & (boxes[:, 2] < FLAT * boxes[:, 3])
    if rest.any():
        height = boxes[rest, 3].max()
        wide, high = boxes[:, 2], boxes[:, 3]
        flat = figures & (wide >= FLAT * high) & (high <= LOW * height)
        foreign |= flat & (wide >= LONG * height)
        if flat.sum() >= FEW_FLAT:
            foreign |= flat | (figures & _are_thin(boxes, ink, labels, figures & ~flat & ~foreign))
    return foreign if (figures & ~foreign).any() else np.zeros(len(boxes), bool)


def _things(boxes: Boxes, ink: Picture, labels: NDArray[np.int32], figures: Chosen) -> Chosen:
    """Stamps and blots, in which a square far wider than the pen of all else has room, and bits beside them."""
    side = max(LEAST, round(BLOCK * min(ink.shape)))
    things = np.zeros(len(boxes), bool)
    for i in np.flatnonzero(figures & (boxes[:, 2:].min(axis=1) >= side)).tolist():
        left, top, wide, high = boxes[i].tolist()
        things[i] = _is_block(labels[top : top + high, left : left + wide] == i + 1, side)
    rest = figures & ~things
    rest &= boxes[:, 3] >= HIGH * boxes[things, 3].max(initial=0)
    if not things.any() or not rest.any():
        return np.zeros(len(boxes), bool)
    pen = stroke_width(np.where(np.isin(labels, np.flatnonzero(rest) + 1), ink, 0))
    if side < THICKER * pen:
        return np.zeros(len(boxes), bool)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    for box in boxes[things]:
        off = np.abs(middles - box[:2] - box[2:] / 2)
        things |= figures & (off <= (0.5 + BITS) * box[2:]).all(axis=1)
    return things


def _is_block(patch: NDArray[np.bool_], side: int) -> bool:
    """Whether a square of this side has room in a patch, and one of much of its own size, but for what is thin."""
    ink = np.pad(patch, side).astype(np.float32)
    thick = max_filter(-max_filter(-ink, side), side) > 0
    if not thick.any():
        return False
    longer = max(int(np.ptp(np.flatnonzero(thick.any(axis=axis)))) + 1 for axis in (0, 1))
    return bool((-max_filter(-ink, max(side, round(MASS * longer)))).any())


def _are_thin(boxes: Boxes, ink: Picture, labels: NDArray[np.int32], chosen: Chosen) -> Chosen:
    """Which of the chosen patches are of a far thinner line than the thickest of the high ones."""
    pens = np.zeros(len(boxes))
    for i in np.flatnonzero(chosen).tolist():
        left, top, wide, high = boxes[i].tolist()
        part = slice(top, top + high), slice(left, left + wide)
        pens[i] = stroke_width(np.where(labels[part] == i + 1, ink[part], 0))
    tall = chosen & (boxes[:, 3] >= HIGH * boxes[chosen, 3].max(initial=0))
    return chosen & (pens < THIN * pens[tall].max(initial=0))


def _bars(boxes: Boxes, areas: NDArray[np.int64], figures: Chosen) -> Chosen:
    """Bars between cells: several alike, side by side, and higher than what stands in the cells."""
    wide, high = boxes[:, 2], boxes[:, 3]
    bars = figures & (areas >= BAR * wide * high) & (high >= SLIM * wide)
    rest = figures & ~bars
    bars &= high >= HIGHER * high[rest].max(initial=1)
    if not rest.any() or bars.sum() < 2 or np.ptp(boxes[bars][:, 1:], axis=0).max() > EVEN:
        return np.zeros(len(boxes), bool)
    return bars


def _targets(boxes: Boxes, areas: NDArray[np.int64]) -> Chosen:
    """Rings in rings, as postmarks are: hollow, of one form, with one middle."""
    hollow = (areas <= HOLLOW * boxes[:, 2] * boxes[:, 3]) & (boxes[:, 2:].min(axis=1) >= LEAST)
    targets = np.zeros(len(boxes), bool)
    middles, ratios = boxes[:, :2] + boxes[:, 2:] / 2, boxes[:, 2] / boxes[:, 3]
    for i in np.flatnonzero(hollow):
        inner = hollow & (boxes[:, 2:] < boxes[i, 2:]).all(axis=1) & (np.abs(ratios / ratios[i] - 1) <= ALIKE)
        inner &= (np.abs(middles - middles[i]) <= CENTRED * boxes[i, 2:].max()).all(axis=1)
        if inner.any():
            targets |= inner
            targets[i] = True
    return targets
