"""Grey-scale morphology: the largest value around each pixel, at the same cost however far around."""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]


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
