"""Smoothing with a Gaussian, which several corruptions begin or end with."""

import numpy as np


def smoothed(pictures: np.ndarray, deviation: float) -> np.ndarray:
    """(N, h, w) float32 pictures, each averaged over its surroundings; the standard deviation is in pixels.

    Beyond the edge lies what lies on it, and four standard deviations out the weights end.
    """
    reach = int(4 * deviation + 0.5)
    weights = np.exp(-(np.arange(-reach, reach + 1, dtype=np.float32) ** 2) / (2 * deviation**2))
    weights /= weights.sum()
    for axis in (1, 2):
        pad = [(0, 0), (0, 0), (0, 0)]
        pad[axis] = (reach, reach)
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(pictures, pad, "edge"), len(weights), axis=axis)
        pictures = windows @ weights
    return pictures
