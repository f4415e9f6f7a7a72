"""Grey-scale morphology: the largest value around each pixel, quickly however far around."""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]


def closed(picture: Picture, side: int) -> Picture:
    """(H, W, ...) float32 without dark places that a square of this side does not fit into.

    A grey-scale closing (Serra, "Image analysis and mathematical morphology", 1982, chapter 12). What is at the edge
    goes on beyond it: a dark strip along the edge stays, however narrow it is in the picture.
    """
    reach = side // 2
    padding = [(reach, reach)] * 2 + [(0, 0)] * (picture.ndim - 2)
    wide = -max_filter(-max_filter(np.pad(picture, padding, "edge"), side), side)
    return wide[reach : reach + picture.shape[0], reach : reach + picture.shape[1]]


def opened(picture: Picture, side: int) -> Picture:
    """The same for light places."""
    return -closed(-picture, side)


def max_filter(picture: Picture, side: int) -> Picture:
    """The largest value of (H, W, ...) float32 within a square of this side (made odd) around each pixel.

    Row by row and column by column; each step takes the larger of two windows side by side, which makes one of twice
    the width, so that the cost grows with the logarithm of the side.
    """
    reach = side // 2
    window = 2 * reach + 1
    for axis in (0, 1):
        length = picture.shape[axis]
        padding = [(reach, reach) if i == axis else (0, 0) for i in range(picture.ndim)]
        largest = np.moveaxis(np.pad(picture, padding, constant_values=-np.inf), axis, 0)
        width = 1
        while 2 * width <= window:
            largest = np.maximum(largest[:-width], largest[width:])
            width *= 2
        last = window - width
        picture = np.moveaxis(np.maximum(largest[:length], largest[last : last + length]), 0, axis)
    return picture
