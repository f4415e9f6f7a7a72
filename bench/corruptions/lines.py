"""Lines that somebody drew across the digit."""

import math
from itertools import pairwise

import numpy as np

FADE = 2.3  # pixels above and below a line up to which it fades
DOT = 2  # pixels of a dot, and from dot to dot
ZIGZAG_FROM, ZIGZAG_TO = 2, 25  # columns
ZIGZAG_REACH = 2.0  # pixels: half a zigzag's length, and its height to either side
ZIGZAG_LEAN = 5  # rows that it may rise or fall

Point = tuple[float, float]  # column, row


def dotted_line(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A dotted line from the left edge to the right one."""
    _, height, width = pictures.shape
    dots = (np.arange(width) // DOT) % 2 == 1
    lined = pictures.copy()
    for picture, (start, end) in zip(lined, rng.integers(0, height - 1, (len(pictures), 2)), strict=True):
        picture += dots * line(picture.shape, (0, float(start)), (width - 1, float(end)))
    return np.clip(lined, 0, 1)


def zigzag(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A zigzag from left to right."""
    lined = pictures.copy()
    for picture in lined:
        start = int(rng.integers(0, picture.shape[0] - 1))
        for a, b in pairwise(_corners(start, start + int(rng.integers(-ZIGZAG_LEAN, ZIGZAG_LEAN)))):
            picture += line(picture.shape, a, b)
            np.clip(picture, 0, 1, out=picture)
    return lined


def _corners(start: int, end: int) -> list[Point]:
    """The corners of a zigzag between these rows."""
    turn = math.atan2(end - start, ZIGZAG_TO - ZIGZAG_FROM)
    length = (ZIGZAG_TO - ZIGZAG_FROM) / math.cos(turn)
    flat = [(0.0, 0.0)]
    while (along := (2 * len(flat) - 1) * ZIGZAG_REACH) < length:
        flat.append((along, ZIGZAG_REACH * (-1) ** (len(flat) + 1)))
    flat.append((length, 0.0))
    cos, sin = math.cos(turn), math.sin(turn)
    return [(ZIGZAG_FROM + x * cos - y * sin, start + x * sin + y * cos) for x, y in flat]


def line(shape: tuple[int, ...], start: Point, end: Point) -> np.ndarray:
    """A line from left to right on (h, w), 1 where it runs and fading above and below."""
    (x0, y0), (x1, y1) = start, end
    columns, rows = np.arange(shape[1]), np.arange(shape[0])[:, None]
    apart = np.abs(rows - y0 - (columns - x0) * (y1 - y0) / (x1 - x0))
    faded = np.clip(1 + np.log1p(-np.minimum(apart, FADE * 0.999) / FADE), 0, 1)
    return np.where((columns >= math.floor(x0)) & (columns < math.ceil(x1)), faded, 0).astype(np.float32)
