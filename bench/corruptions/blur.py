"""Blur: rippled glass, a shaken camera."""

import numpy as np

from bench.corruptions.smoothing import smoothed
from model.pictures.warp import resampled

GLASS_BLUR, GLASS_ROUNDS = 0.7, 2  # pixels; how often each pixel may change its place
SWAPPED = 0.5  # of the pixels in a round
MOTION_LENGTH, MOTION_SPREAD, MOTION_TURN = 10, 3.0, 45.0  # pixels, pixels, and degrees to either side


def glass_blur(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blurred, pixels exchanged with near ones, and blurred again."""
    pictures = smoothed(pictures, GLASS_BLUR)
    count, height, width = pictures.shape
    everyone = np.arange(count)
    for _ in range(GLASS_ROUNDS):
        for row in range(height - 1, 1, -1):
            for column in range(width - 1, 1, -1):
                up, left = rng.integers(0, 2, (2, count)) * (rng.random(count) < SWAPPED)
                other = pictures[everyone, row - up, column - left]
                pictures[everyone, row - up, column - left] = pictures[:, row, column]
                pictures[:, row, column] = other
    return smoothed(pictures, GLASS_BLUR)


def motion_blur(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each picture drawn out along a line, with weights that fall off as a Gaussian's to one side."""
    count, height, width = pictures.shape
    turn = np.radians(rng.uniform(-MOTION_TURN, MOTION_TURN, (count, 1, 1)))
    rows, columns = (np.arange(n, dtype=np.float32) for n in (height, width))
    weights = np.exp(-(np.arange(MOTION_LENGTH + 1) ** 2) / (2 * MOTION_SPREAD**2))
    weights /= weights.sum()
    blurred = np.zeros(pictures.shape, np.float32)
    for step, weight in enumerate(weights):
        down = np.broadcast_to(rows[:, None] + step * np.sin(turn), pictures.shape).astype(np.float32)
        across = np.broadcast_to(columns + step * np.cos(turn), pictures.shape).astype(np.float32)
        blurred += np.float32(weight) * resampled(pictures, down, across)
    return blurred
