"""Checks gradients against central differences."""

from collections.abc import Callable

import numpy as np

STEP = 1e-5


def numeric_gradient(f: Callable[[], float], array: np.ndarray) -> np.ndarray:
    """The gradient of f() by each number of a float64 array, by central differences; the array is left as it was."""
    gradient = np.zeros_like(array)
    for i in np.ndindex(array.shape):
        kept = array[i]
        array[i] = kept + STEP
        above = f()
        array[i] = kept - STEP
        below = f()
        array[i] = kept
        gradient[i] = (above - below) / (2 * STEP)
    return gradient


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """The greatest difference between two gradients as a share of the greatest gradient."""
    return float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-12))
