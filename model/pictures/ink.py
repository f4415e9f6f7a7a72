"""Ink: how much each pixel of a photograph is inked, whatever paper, ink, ruled lines and light are."""

import numpy as np
from numpy.typing import NDArray

from model.pictures.lines import without_lines
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
NORMAL = 0.6745  # median of the differences by chance, in standard deviations
LEAST_NOISE = 0.004  # a standard deviation: half of what rounding to 256 levels makes
LEAST_INKED = 1e-3  # less is rounding
LEAST_INK = 0.002  # of the picture

Picture = NDArray[np.float32]


def ink_of(colours: Picture) -> Picture:
    """How much each pixel of (H, W, 3) float32 stands out from the paper, as (H, W) float32 from 0 to 1.

    The paper may have any colour and be lighter or darker than the ink, with light and shadow on it, and pale lines or
    squares. A picture that shows no ink comes back all 0.
    """
    clean = without_grain(colours)
    paper, light = paper_of(clean)
    return without_lines(ink_on(clean, paper, light=light))


def ink_on(colours: Picture, paper: Picture, *, light: bool) -> Picture:
    """The ink of (H, W, 3) on a paper of the same form, which is lighter than it or darker."""
    # On plain paper ink may be lighter in one colour and darker in another; in shadow only one side is ink.
    plain = paper.strides[0] == 0
    # The same dark ink takes away the same share of much light and of little; light ink gives its own.
    difference = (paper - colours) / np.maximum(paper, DARKEST) if light and not plain else paper - colours
    difference = _along_ink((difference if plain or light else -difference).astype(np.float32), signed=plain)
    # A table seen beside the paper takes up much of the border, and a thick pen much of a small picture.
    spread = np.abs(difference)
    floor = NOISE * max(0.0, min(float(np.median(border_of(spread))), float(np.median(spread))))
    most = float(difference.max()) if floor == 0 else _strong(difference, max(floor, LEAST_CONTRAST / 2))
    # A table's grain and folds may be most of what is dark: they are told from the ink before its strength is judged.
    pale, most = _pale_marks(difference, max(floor, LEAST_CONTRAST / 2), most)
    if most < max(LEAST_CONTRAST, 2 * floor):
        return np.zeros(difference.shape, np.float32)
    if floor > 0:  # paper that is not plain has stains, which are fainter than ink
        floor = max(floor, STAIN * most)
    floor = max(floor, pale)
    ink = np.clip((difference - floor) / (most - floor), 0, 1, dtype=np.float32)
    return np.where(ink < LEAST_INKED, np.float32(0), ink)


def _along_ink(difference: Picture, *, signed: bool) -> Picture:
    """One difference (H, W) of three (H, W, 3): that along the colour of the ink, each colour by how clear it is.

    The weights that part two classes best whose colours vary by chance, each for itself (Fisher, "The use of multiple
    measurements in taxonomic problems", Annals of Eugenics 7, 1936, p. 179): noise in one colour does not hide the ink.
    signed: ink may be lighter than the paper in some colours.
    """
    flat = difference.reshape(-1, 3)
    noise = np.maximum(np.median(np.abs(flat), axis=0) / NORMAL, LEAST_NOISE)
    clear = np.abs(flat) if signed else np.maximum(flat, 0)
    clear = np.sqrt(((clear / noise) ** 2).mean(axis=1))
    strong = flat[clear >= 0.5 * np.percentile(clear, 100 - 100 * LEAST_INK)]
    ink = strong.mean(axis=0)
    weights = ink / noise**2
    total = float(weights @ ink)
    if total <= 0:
        return np.zeros(difference.shape[:2], np.float32)
    return (difference @ (weights * (np.abs(ink).max() / total)).astype(np.float32)).astype(np.float32)


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
