"""Grey-scale morphology: the largest value around each pixel, at the same cost however far around."""

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

    Running maxima of blocks, forward and backward, make it cost the same for any side (van Herk, "A fast algorithm for
    local minimum and maximum filters", Pattern Recognition Letters 13, 1992, p. 517).
    """
    reach = side // 2
    window = 2 * reach + 1
    for axis in (0, 1):
        length = picture.shape[axis]
        blocks = -(-(length + 2 * reach) // window)
        after = blocks * window - length - reach
        padding = [(reach, after) if i == axis else (0, 0) for i in range(picture.ndim)]
        rows = np.moveaxis(np.pad(picture, padding, constant_values=-np.inf), axis, 0)
        shape = rows.shape
        rows = rows.reshape(blocks, window, *shape[1:])
        forward = np.maximum.accumulate(rows, axis=1).reshape(shape)
        backward = np.maximum.accumulate(rows[:, ::-1], axis=1)[:, ::-1].reshape(shape)
        picture = np.moveaxis(np.maximum(backward[:length], forward[window - 1 :][:length]), 0, axis)
    return picture
