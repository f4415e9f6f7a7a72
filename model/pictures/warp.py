"""Random warps of whole batches: each picture turned, scaled, slanted, moved and bent a little, differently each time.

Affine and elastic distortions after Simard, Steinkraus and Platt 2003 ("Best Practices for Convolutional Neural
Networks Applied to Visual Document Analysis", ICDAR, p. 958). The elastic field is smooth because it is drawn on a
coarse grid and blended by Gaussians: the same kind of field as their blurred noise, for two small matrix products.
"""

from dataclasses import dataclass

import numpy as np

_GRID = 7  # cells of the coarse grid along a side
_BORDER = 2  # blank pixels set around a picture, so that reading just outside of it finds paper


@dataclass(frozen=True)
class Warp:
    """How strongly pictures are warped: standard deviations, but for the limits of turn, scale and slant, drawn evenly.

    turn in degrees; scale and slant as shares; shift and elastic in pixels.
    """

    turn: float = 12.0
    scale: float = 0.12
    slant: float = 0.15
    shift: float = 0.7
    elastic: float = 0.6

    def __mul__(self, strength: float) -> "Warp":
        return Warp(*(strength * v for v in (self.turn, self.scale, self.slant, self.shift, self.elastic)))


def warp(images: np.ndarray, rng: np.random.Generator, amount: Warp) -> np.ndarray:
    """(n, h, w) uint8 pictures -> (n, h, w) float32 warped ones, pixels 0..1."""
    n, height, width = images.shape
    warped = resampled(images, *_sources(n, height, width, rng, amount))
    warped *= 1 / 255
    return warped


def resampled(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """(n, h, w) pictures sampled at fractional places between their pixels, in float32.

    rows, columns: (n, h, w) float32, for each pixel of each picture the place to read it from; used as room. Around the
    pictures lies blank paper.
    """
    n, height, width = images.shape
    padded = np.zeros((n, height + 2 * _BORDER, width + 2 * _BORDER), np.float32)
    padded[:, _BORDER:-_BORDER, _BORDER:-_BORDER] = images
    return _bilinear(padded, rows, columns)


def _sources(n: int, height: int, width: int, rng: np.random.Generator, amount: Warp) -> tuple[np.ndarray, np.ndarray]:
    """For each pixel of each picture the place to read it from: (rows, columns), (n, h, w) float32 each."""
    turn = np.radians(_even(rng, n, amount.turn))
    slant = _even(rng, n, amount.slant)
    wide, high = np.exp(_even(rng, n, amount.scale)), np.exp(_even(rng, n, amount.scale))
    cos, sin = np.cos(turn), np.sin(turn)
    y = np.arange(height, dtype=np.float32) - (height - 1) / 2
    x = np.arange(width, dtype=np.float32) - (width - 1) / 2

    def axis(by_y: np.ndarray, by_x: np.ndarray, middle: float) -> np.ndarray:
        at = middle + rng.standard_normal(n, np.float32) * np.float32(amount.shift)
        lines = by_y[:, None, None] * y[:, None] + at[:, None, None]
        return lines + by_x[:, None, None] * x + _elastic(n, height, width, rng, amount.elastic)

    rows = axis(high * cos, wide * sin, (height - 1) / 2)
    columns = axis(high * (slant * cos - sin), wide * (cos + slant * sin), (width - 1) / 2)
    return rows, columns


def _even(rng: np.random.Generator, n: int, limit: float) -> np.ndarray:
    return ((2 * rng.random(n, np.float32) - 1) * np.float32(limit)).astype(np.float32)


def _elastic(n: int, height: int, width: int, rng: np.random.Generator, pixels: float) -> np.ndarray:
    """(n, h, w) smooth random field with a standard deviation of about that many pixels."""
    coarse = rng.standard_normal((n, _GRID, _GRID), np.float32) * np.float32(pixels)
    return _blend(height) @ coarse @ _blend(width).T


def _blend(side: int) -> np.ndarray:
    """(side, _GRID) Gaussian weights of the grid's cells at each pixel, their squares adding up to 1."""
    at = np.linspace(-0.5, _GRID - 0.5, side, dtype=np.float32)
    weights = np.exp(-((at[:, None] - np.arange(_GRID, dtype=np.float32)) ** 2) / 2)
    return weights / np.sqrt((weights**2).sum(axis=1, keepdims=True))


def _bilinear(padded: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Read padded pictures at fractional places between their pixels."""
    n, height, width = padded.shape
    rows += _BORDER
    columns += _BORDER
    np.clip(rows, 0, height - 1.001, out=rows)
    np.clip(columns, 0, width - 1.001, out=columns)
    top, left = rows.astype(np.int32), columns.astype(np.int32)
    down, right = rows, columns
    down -= top
    right -= left
    index = top
    index *= width
    index += left
    index += (np.arange(n, dtype=np.int32) * (height * width))[:, None, None]
    flat = padded.reshape(-1)
    # mode="wrap" or "clip" spares numpy a pass that checks bounds; the places are inside already
    upper = np.take(flat, index, mode="clip")
    upper += (np.take(flat[1:], index, mode="clip") - upper) * right
    index += width
    lower = np.take(flat, index, mode="clip")
    lower += (np.take(flat[1:], index, mode="clip") - lower) * right
    lower -= upper
    lower *= down
    upper += lower
    return upper
