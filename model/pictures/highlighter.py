"""Highlighter: bright colour over dark ink is taken for the paper that it lies on."""

import numpy as np
from numpy.typing import NDArray

from model.pictures.morphology import closed, max_filter
from model.pictures.patches import connected

STEP = 4  # pixels, each way, that are looked at together
TINTED = 0.05  # of red, green and blue together: a highlighter changes the shares of paper's colours by more
BRIGHT = 0.72  # of the paper's brightest colour: what is darker in all three is ink
LIGHT = 0.5  # of the paper's three colours together: coloured ink and what is printed in one colour leave less
DARK = 0.25  # paper that is darker is a screen or a night, on which colours shine
LEAST, MOST = 0.002, 0.3  # of the picture
SOLID = 0.5  # of its box: a band of a highlighter fills so much
THICK = 3  # times STEP: no stroke of a pen of that colour is as thick every way
COLOURED = 0.5  # of a band: its colour is seen beside the ink; a fringe of a lens round a figure is less
INKED = 0.03  # of a band: ink in it, at least
GAP = 7  # times STEP: strokes of ink in a band are narrower

Picture = NDArray[np.float32]


def without_highlighter(colours: Picture) -> Picture:
    """The colours (H, W, 3) float32 from 0 to 1, highlighter in those of the paper; without any, the same array.

    A highlighter takes away one or two of the three colours and leaves the brightest, which ink does not. What is
    bright and coloured, thick, away from the picture's edge, and holds ink, is such a band.
    """
    few = colours[::STEP, ::STEP]
    brightest = few.max(axis=2)
    paper = np.median(few.reshape(-1, 3), axis=0)
    if paper.max() < DARK:
        return colours
    shares = few / np.maximum(few.sum(axis=2), 1e-3)[..., None]
    level = closed(brightest, 2 * GAP + 1)
    bright = (brightest >= BRIGHT * level) & (few.sum(axis=2) >= LIGHT * level * (paper.sum() / paper.max()))
    tinted = bright & (np.abs(shares - paper / paper.sum()).max(axis=2) > TINTED)
    if not LEAST <= tinted.mean() <= MOST:
        return colours
    bands = np.zeros(tinted.shape, bool)
    filled = closed(tinted.astype(np.float32), GAP) > 0
    labels, boxes = connected(filled)
    for number, (left, top, wide, high) in enumerate(boxes.tolist(), 1):
        at_edge = left == 0 or top == 0 or left + wide == tinted.shape[1] or top + high == tinted.shape[0]
        if min(wide, high) < THICK or (at_edge and wide * high > LEAST / MOST * tinted.size):
            continue
        rows, columns = slice(top, top + high), slice(left, left + wide)
        band = labels[rows, columns] == number
        ink = band & ~bright[rows, columns]
        seen = tinted[rows, columns] & band
        thick = -max_filter(-seen.astype(np.float32), THICK) > 0
        covers = band.sum() >= SOLID * wide * high and seen.sum() >= COLOURED * band.sum()
        if covers and ink.sum() >= INKED * band.sum() and thick.any():
            bands[rows, columns] |= band
    if not bands.any():
        return colours
    area = max_filter(bands.astype(np.float32), 3) > 0
    area = area.repeat(STEP, axis=0)[: colours.shape[0]].repeat(STEP, axis=1)[:, : colours.shape[1]]
    plain = colours.max(axis=2)[..., None] * (paper / paper.max()).astype(np.float32)
    return np.where(area[..., None], plain, colours).astype(np.float32)
