"""Lines in a picture of a digit are made as thick as a pen that follows the digit would have drawn them."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from model.pictures.pen import PEN_WIDTH

SIDE = 160  # longer side of the ink that is worked on: fine enough for lines, coarse enough to be quick
SMALL = 40  # a picture up to this side is drawn for the network already, as MNIST's are
THICK = 3.3  # pixels in the image for a network: lines are thinner in MNIST's, those of bold print are not ...
THINNED = 2.8  # ... and become so thin
THIN = 0.6  # of the pen's width: lines down to this are left as they are
CURVED = 0.95  # the edge of a dot is so long, of its total variation in pixels, which counts slants too high
INK = 0.1  # of the darkest ink: fainter pixels are no part of its box, as in normalising

Picture = NDArray[np.float32]


def stroke_width(ink: Picture) -> float:
    """The mean width in pixels of the lines in (H, W) float32: twice their area over the length of their edges.

    The edges' length is the picture's total variation, so that soft edges count as sharp ones do.
    """
    padded = np.pad(ink, 1)
    down, across = np.diff(padded, axis=0)[:, :-1], np.diff(padded, axis=1)[:-1]
    edges = float(np.hypot(down, across).sum())
    return 2 * float(ink.sum()) / edges if edges else 0.0


def pen_width(ink: Picture) -> float:
    """The width in pixels of the round pen that drew (H, W) float32 in one stroke; a dot is as wide as its pen.

    A path of length l drawn with a pen of width w covers w l + pi w^2 / 4, and its edge is 2 l + pi w long.
    """
    mean = stroke_width(ink)
    area = float(ink.sum())
    if not mean:
        return 0.0
    edge = CURVED * 2 * area / mean
    return (edge - math.sqrt(max(edge**2 - 4 * math.pi * area, 0.0))) / math.pi


def thickened(picture: Picture) -> Picture:
    """The digit of a picture (H, W) float32, ink 1 on 0, with lines of 0.14 of its longer side, if they are thinner.

    What is small, empty or thick enough comes back unchanged, anything else about 180 pixels large. A line much thinner
    than MNIST's all but vanishes when the digit is shrunk to 20 pixels.
    """
    ink = picture > INK * picture.max(initial=0)
    if max(picture.shape) <= SMALL or not ink.any():
        return picture
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    wanted = PEN_WIDTH / (1 + PEN_WIDTH) * SIDE
    scale = SIDE / max(box.shape)
    width = stroke_width(box) * scale
    if width >= THIN * wanted:
        return picture
    radius = (wanted - width) / 2
    size = max(1, round(box.shape[1] * scale)), max(1, round(box.shape[0] * scale))
    # Shrunk by averaging, hair lines would turn grey: they are widened to a pixel of the small picture before.
    solid = _spread(box, max(0.0, (1 / scale - stroke_width(box)) / 2))
    small = Image.fromarray(solid).resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    grown = _spread(np.pad(np.asarray(small, np.float32), math.ceil(radius) + 1), radius)
    return grown / grown.max()


def thinned(image: Picture) -> Picture:
    """An image (28, 28) float32 for a network, its lines made thinner where they are as thick as those of bold print.

    Whatever is no thicker than MNIST's lines comes back unchanged. At most a pixel is taken from every edge.
    """
    width = stroke_width(image)
    if width < THICK:
        return image
    padded = np.pad(image, 1)
    beside = padded[1:-1, 1:-1], padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]
    eroded = np.minimum.reduce(beside)
    share = np.float32(min(1.0, (width - THINNED) / max(width - stroke_width(eroded), 1e-6)))
    return image + share * (eroded - image)


def _spread(ink: Picture, radius: float) -> Picture:
    """Each pixel becomes the largest within the radius, by steps of one pixel along an octagon."""
    for step in range(round(radius)):
        grown = ink.copy()
        _raise(grown, ink, corners=step % 2 == 1)
        ink = grown
    return ink


def _raise(grown: Picture, ink: Picture, *, corners: bool) -> None:
    np.maximum(grown[1:], ink[:-1], out=grown[1:])
    np.maximum(grown[:-1], ink[1:], out=grown[:-1])
    rows = grown.copy() if corners else ink
    np.maximum(grown[:, 1:], rows[:, :-1], out=grown[:, 1:])
    np.maximum(grown[:, :-1], rows[:, 1:], out=grown[:, :-1])
