"""Warps: the picture sheared, shrunk, turned or shifted; around it lies black."""

import numpy as np

from model.pictures.warp import resampled

SHEAR, TURN = 0.4, 0.4  # radians, to either side
SHRINK = 0.7
SHIFT = 3  # pixels, to either side and up or down


def shear(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The upright made to lean by so much, as scikit-image's AffineTransform does."""
    lean = SHEAR * _signs(len(pictures), rng)
    zero, one = np.zeros_like(lean), np.ones_like(lean)
    return _affine(pictures, np.array([[np.cos(lean), zero], [-np.sin(lean), one]]))


def scale(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shrunk to seven tenths."""
    matrix = np.repeat(np.eye(2)[:, :, None] / SHRINK, len(pictures), axis=2)
    return _affine(pictures, matrix)


def rotate(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Turned about the middle."""
    turn = TURN * _signs(len(pictures), rng)
    return _affine(pictures, np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]))


def translate(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shifted along both axes."""
    shifts = SHIFT * np.stack([_signs(len(pictures), rng) for _ in range(2)])
    matrix = np.repeat(np.eye(2)[:, :, None], len(pictures), axis=2)
    return _affine(pictures, matrix, shifts)


def _signs(count: int, rng: np.random.Generator) -> np.ndarray:
    """(count,) of 1 and -1, each as likely."""
    return 2.0 * rng.integers(0, 2, count) - 1


def _affine(pictures: np.ndarray, matrix: np.ndarray, shifts: np.ndarray | None = None) -> np.ndarray:
    """Each pixel read at matrix (2, 2, N) times its place (row, column) from the middle, plus shifts (2, N)."""
    _, height, width = pictures.shape
    y = (np.arange(height) - (height - 1) / 2)[None, :, None]
    x = (np.arange(width) - (width - 1) / 2)[None, None, :]
    places = []
    for axis, middle in enumerate(((height - 1) / 2, (width - 1) / 2)):
        down, across = matrix[axis][:, :, None, None]
        at = middle + down * y + across * x
        places.append((at if shifts is None else at + shifts[axis][:, None, None]).astype(np.float32))
    return resampled(pictures, *places)
