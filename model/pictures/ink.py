"""Ink: how much each pixel of a photograph is inked, whatever paper, ink, ruled lines and light are."""

import numpy as np
from numpy.typing import NDArray

from model.pictures.morphology import max_filter
from model.pictures.paper import border_of, paper_of, without_grain

DARKEST = 0.25  # brightness of paper below which it is taken for this bright, as grain would become ink
LEAST_CONTRAST = 0.08  # of black to white: fainter marks are no ink
STAIN = 0.3  # of the ink's darkness
NOISE = 4.0  # times the paper's own spread: what rises less above the paper is paper
RULED = 0.62  # lines on the paper are at most this dark, where ink is 1 ...
EDGE = 3  # pixels: ... and farther than this from it ...
APART = 0.4  # ... with so much of what is paler
LEVELS = 128

Picture = NDArray[np.float32]


def ink_of(colours: Picture) -> Picture:
    """How much each pixel of (H, W, 3) float32 stands out from the paper, as (H, W) float32 from 0 to 1.

    The paper may have any colour and be lighter or darker than the ink, with light and shadow on it, and pale lines or
    squares. A picture that shows no ink comes back all 0.
    """
    clean = without_grain(colours)
    paper, light = paper_of(clean)
    return ink_on(clean, paper, light=light)


def ink_on(colours: Picture, paper: Picture, *, light: bool) -> Picture:
    """The ink of (H, W, 3) on a paper of the same form, which is lighter than it or darker."""
    # On plain paper ink may be lighter in one colour and darker in another; in shadow only one side is ink.
    plain = paper.strides[0] == 0
    # The same ink takes away the same share of much light and of little.
    difference = colours - paper if plain else (colours - paper) / np.maximum(paper, DARKEST)
    difference = (np.abs(difference) if plain else -difference if light else difference).max(axis=2)
    # A table seen beside the paper takes up much of the border, and a thick pen much of a small picture.
    floor = NOISE * max(0.0, min(float(np.median(border_of(difference))), float(np.median(difference))))
    most = float(difference.max()) if floor == 0 else _strong(difference, max(floor, LEAST_CONTRAST / 2))
    if most < max(LEAST_CONTRAST, 2 * floor):
        return np.zeros(difference.shape, np.float32)
    pale, most = _pale_marks(difference, max(floor, LEAST_CONTRAST / 2), most)
    if floor > 0:  # paper that is not plain has stains, which are fainter than ink
        floor = max(floor, STAIN * most)
    floor = max(floor, pale)
    return np.clip((difference - floor) / (most - floor), 0, 1, dtype=np.float32)


def _strong(difference: Picture, floor: float) -> float:
    """The difference that full ink makes: less than the very largest, which is a noisy pixel."""
    inked = difference[difference > floor]
    return float(np.percentile(inked, 75)) if inked.size else 0.0


def _pale_marks(difference: Picture, floor: float, most: float) -> tuple[float, float]:
    """Up to which difference marks are the lines of ruled paper, 0 for none, and the difference that full ink makes.

    Lines are marks much paler than the ink that lie apart from it: its own soft edges do not.
    """
    marked = difference > floor
    values = difference[marked]
    if values.size < 2:
        return 0.0, most
    between = _threshold(values)
    dark = difference > between
    pale = marked & ~dark
    if not pale.any() or not dark.any() or difference[pale].mean() > RULED * difference[dark].mean():
        return 0.0, most
    near = max_filter(dark.astype(np.float32), 2 * EDGE + 1) > 0
    if (pale & ~near).sum() < APART * pale.sum():
        return 0.0, most
    return between, float(np.percentile(difference[dark], 75))


def _threshold(values: Picture) -> float:
    """The value that parts these (N,) best in low and high ones.

    Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions SMC 9, 1979, p. 62.
    """
    counts, edges = np.histogram(values, LEVELS)
    middles = (edges[:-1] + edges[1:]) / 2
    low = np.cumsum(counts)[:-1]
    high = values.size - low
    sums = np.cumsum(counts * middles)
    low_mean = sums[:-1] / np.maximum(low, 1)
    high_mean = (sums[-1] - sums[:-1]) / np.maximum(high, 1)
    return float(edges[1 + int(np.argmax(low * high * (high_mean - low_mean) ** 2))])
