"""Traces: faint or broken ink beside a number that was taken for no ink, and may be a digit of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.pictures.morphology import max_filter
from model.pictures.patches import INKED, Box, connected
from model.pictures.stroke_width import stroke_width
from model.reading.marks import union

TRACE = 0.15  # of full ink: less is a stain
HIGH = (0.5, 1.5)  # of the figures' height: what may be another one
WIDE = 1.2  # of its height, at most
BESIDE = 0.6  # of its height that it shares with the line, at least
NEAR = 1.5  # of the figures' height: a digit of the same number is no farther beside them
PEN = (0.4, 2.0)  # times the pen of the figures
AROUND = 1.5  # times the pen of a figure: faint ink so near to it may be part of it ...
PALE = (0.12, 0.32)  # ... from the first of these on, and as dark as any from the second
MOST = 3_000  # patches; a picture with more is grain

Picture = NDArray[np.float32]


def traces_beside(lines: Sequence[Sequence[Box]], ink: Picture, traces: Picture) -> tuple[Box, ...]:
    """Boxes of what may be further figures beside these, line by line, that is no ink but has left traces.

    Boxes are in pixels; ink and traces (H, W) float32 from 0 to 1 of one picture: see `InkSteps`.
    """
    labels, boxes = connected(traces > TRACE)
    if not len(boxes) or len(boxes) > MOST:
        return ()
    seen = np.zeros(len(boxes) + 1, bool)
    seen[labels[ink > INKED]] = True
    pen = stroke_width(np.where(ink > INKED, ink, 0))
    found = []
    for figures in lines:
        line = union(figures)
        height = max(box[3] for box in figures)
        for i in np.flatnonzero(~seen[1:] & (boxes[:, 3] >= HIGH[0] * height)).tolist():
            left, top, wide, high = boxes[i].tolist()
            box = (float(left), float(top), float(wide), float(high))
            if _may_be_figure(box, figures, line, height):
                inked = (labels[top : top + high, left : left + wide] == i + 1).astype(np.float32)
                if PEN[0] * pen <= stroke_width(inked) <= PEN[1] * pen:
                    found.append(box)
    return tuple(dict.fromkeys(found))


def _may_be_figure(box: Box, figures: Sequence[Box], line: Box, height: float) -> bool:
    """Whether a patch is about as high as the figures of a line and stands near one of them on it."""
    if not HIGH[0] * height <= box[3] <= HIGH[1] * height or box[2] > WIDE * box[3]:
        return False
    shared = min(box[1] + box[3], line[1] + line[3]) - max(box[1], line[1])
    gap = min(max(box[0] - other[0] - other[2], other[0] - box[0] - box[2]) for other in figures)
    return shared >= BESIDE * box[3] and gap <= NEAR * height


def filled_up(ink: Picture, own: NDArray[np.bool_], others: NDArray[np.bool_], traces: Picture) -> Picture:
    """A figure's ink with the faint ink close to it, as where a pen ran dry: (H, W) float32.

    own, others: (H, W), the pixels of the figure and of all other figures; all are cut to what lies round the figure.
    """
    mine = np.where(own, ink, 0)
    reach = max(2, round(AROUND * stroke_width(mine)))
    near = (max_filter(own.astype(np.float32), 2 * reach + 1) > 0) & ~others
    return np.where(near, np.maximum(mine, ((traces - PALE[0]) / (PALE[1] - PALE[0])).clip(0, 1)), mine).astype(
        np.float32
    )
