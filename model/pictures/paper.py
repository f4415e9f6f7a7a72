"""Light: the paper of a photograph as it would look without ink, under all the light and shadow that falls on it."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from model.pictures.morphology import max_filter

FLAT = 0.06  # spread of the border's brightness up to which the paper is one plain colour
THICKEST = 0.25  # of the shorter side: what is dark for longer than this, every way, is a shadow and no ink
DIM = np.float32(0.1)  # brightness that a camera adds to all: in the dark, light makes less of a difference
GRAIN = 0.015  # standard deviation of a pixel by chance, from 0 to 1, from which on a picture is blurred ...
BLUR = 40.0  # ... by this many times as many pixels ...
MOST_BLUR = 3.0  # ... and no more
SPREAD = 0.954  # median difference of two pixels by chance, in standard deviations
LARGE = 120  # pixels of the shorter side from which on grain is told from ink

Picture = NDArray[np.float32]


def paper_of(colours: Picture) -> tuple[Picture, bool]:
    """The paper under (H, W, 3) float32 from 0 to 1 in the same form, and whether it is lighter than its ink.

    Where the border has one brightness the paper is its colour. Else it is a smooth surface, and what of it is darker
    over more than a quarter of the picture is a shadow: a grey-scale closing keeps its edges where they are, however
    sharp, and takes strokes away (Serra, "Image analysis and mathematical morphology", 1982, chapter 12).
    """
    border = border_of(colours)
    low, high = np.percentile(border.mean(axis=1), (10, 90))
    if high - low <= FLAT:
        plain = np.median(border, axis=0).astype(np.float32)
        paper = np.broadcast_to(plain, colours.shape)
        return paper, _is_light(colours, paper)
    surface = _surface(colours)
    light = _is_light(colours, surface)
    side = max(3, round(THICKEST * min(colours.shape[:2])))
    # A closing fills the dim corners of smoothly fading light; a smooth surface swings beside a sharp shadow.
    evened = _closed((colours + DIM) / (surface + DIM), side, light=light) * (surface + DIM) - DIM
    nearest = np.minimum if light else np.maximum
    return np.clip(nearest(evened, _closed(colours, side, light=light)), 0, 1, dtype=np.float32), light


def without_grain(colours: Picture) -> Picture:
    """(H, W, 3) float32 from 0 to 1, blurred as far as neighbouring pixels differ by chance; small pictures as is."""
    if min(colours.shape[:2]) < LARGE:
        return colours
    grain = float(np.median(np.abs(np.diff(colours[:, :, 1], axis=1)))) / SPREAD
    if grain < GRAIN:
        return colours
    image = Image.fromarray(np.rint(colours * 255).astype(np.uint8))
    blurred = image.filter(ImageFilter.GaussianBlur(min(BLUR * grain, MOST_BLUR)))
    return np.asarray(blurred, np.float32) / np.float32(255)


def border_of(array: Picture) -> Picture:
    """The outermost pixels of (H, W, ...), in a row."""
    return np.concatenate([array[0], array[-1], array[:, 0], array[:, -1]])


def _is_light(colours: Picture, paper: Picture) -> bool:
    """Whether what stands out most from the paper is darker: cubes count much ink for more than faint shadow."""
    difference = (colours - paper).mean(axis=2)
    return float((difference**3).sum()) <= 0


def _closed(picture: Picture, side: int, *, light: bool) -> Picture:
    """(H, W, 3) without dark patches that a square does not fit into, on light paper; light ones on dark paper."""
    if not light:
        return -_closed(-picture, side, light=True)
    return -max_filter(-max_filter(picture, side), side)


def _surface(colours: Picture) -> Picture:
    """The paper under uneven light, (H, W, 3): a cubic surface through the pixels that are most likely paper."""
    height, width = colours.shape[:2]
    step = max(1, max(height, width) // 100)
    rows, columns = _powers(height), _powers(width)
    terms = [(i, j) for i in range(4) for j in range(4 - i)]
    places = np.stack([np.outer(rows[::step, i], columns[::step, j]).ravel() for i, j in terms], axis=1)
    samples = colours[::step, ::step].reshape(-1, 3)
    paper = np.ones(len(samples), bool)
    for _ in range(8):
        # The normal equations, 10 by 10, are thirty times as fast as least squares of ten thousand rows.
        known = places[paper]
        weights = np.linalg.lstsq(known.T @ known, known.T @ samples[paper], rcond=None)[0]
        error = np.abs(samples - places @ weights).max(axis=1)
        # Ink is the minority that lies farthest from the surface: it is left out, and the surface fitted again.
        paper = error <= max(0.02, 2.0 * float(np.median(error)))
    # Rows and columns are multiplied apart: the terms of every pixel at once would fill 40 MB and take half a second.
    by_power = np.zeros((3, 4, 4), np.float32)
    for (i, j), weight in zip(terms, weights, strict=True):
        by_power[:, i, j] = weight
    surface = rows @ by_power @ columns.T
    return np.clip(surface.transpose(1, 2, 0), 0, 1, dtype=np.float32)


def _powers(length: int) -> Picture:
    """1, x, x^2, x^3 at so many places from -1 to 1, (length, 4)."""
    return np.vander(np.linspace(-1, 1, length), 4, increasing=True).astype(np.float32)
