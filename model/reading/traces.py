"""Traces: faint or broken ink beside a number that was taken for no ink, and may be a digit of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.pictures.patches import INKED, Box, connected
from model.pictures.stroke_width import stroke_width
from model.reading.marks import union

TRACE = 0.15  # of full ink: less is a stain
HIGH = (0.5, 1.5)  # of the figures' height: what may be another one
WIDE = 1.2  # of its height, at most
BESIDE = 0.6  # of its height that it shares with the line, at least
NEAR = 1.5  # of the figures' height: a digit of the same number is no farther beside them
PEN = (0.4, 2.0)  # times the pen of the figures
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
