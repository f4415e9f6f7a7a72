"""Draws the strokes of a drawing again, with a pen whose width follows the digit and not the window."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from model.pictures.drawing import Drawing

PEN_WIDTH = 0.14  # of the longer side of the strokes' box: after normalising as thick as MNIST's pen
INK_SIDE = 160  # longer side of the painted ink in picture pixels: eight times MNIST's 20, so greys are clean
MARGIN = 4
DOT = 0.04  # of the canvas: a tap of the pen with the tremor of a hand is a dot, however its path would look enlarged
SPECK_SIZE = 0.10  # a stroke smaller than this part of the largest one ...
SPECK_GAP = 0.12  # ... and farther than this part of it from the other ink is a slip of the pen


def picture_of(drawing: Drawing) -> np.ndarray | None:
    """The drawing as a picture (H, W) float32, ink 1 on 0, about 168 pixels on its longer side; None without ink.

    Place, size and brush of the drawing make no difference: only the shape of the strokes does. Stray specks far
    from the rest are left out, as they would shrink the digit. Ink that spans less than 4 % of the canvas is a dot.
    """
    strokes = strokes_of(drawing)
    return paint(strokes) if strokes else None


def strokes_of(drawing: Drawing) -> list[np.ndarray]:
    """The strokes that are painted, each (P, 2), P >= 1: none where there is no ink, one point for a dot."""
    strokes = [stroke.points for stroke in drawing.strokes if len(stroke.points)]
    if not strokes:
        return []
    strokes = without_specks(strokes)
    if np.ptp(np.concatenate(strokes), axis=0).max() < DOT * max(drawing.canvas):
        return [strokes[0][:1]]
    return strokes


class Placing(NamedTuple):
    """Where points are painted: at `point * scale + offset`, with a pen of `width`, on a picture of `size` (w, h)."""

    scale: float
    offset: np.ndarray
    width: float
    size: tuple[int, int]


def placing(strokes: list[np.ndarray], pen_width: float = PEN_WIDTH) -> Placing:
    """How `paint` places strokes; a single dot has the scale 0."""
    points = np.concatenate(strokes)
    low = points.min(axis=0)
    extent = points.max(axis=0) - low
    side = float(extent.max())
    if side < 1e-6:  # a tap of the pen: one round dot
        scale, width = 0.0, float(INK_SIDE)
    else:
        width = INK_SIDE * pen_width / (1 + pen_width)
        scale = (INK_SIDE - width) / side
    offset = MARGIN + width / 2 - low * scale
    across, down = np.ceil(extent * scale + width + 2 * MARGIN).astype(int)
    return Placing(scale, offset, width, (int(across), int(down)))


def paint(strokes: list[np.ndarray], pen_width: float = PEN_WIDTH) -> np.ndarray:
    """Strokes, each (P, 2), P >= 1, painted with round joints and ends by a pen of pen_width of their longer side.

    Returns (H, W) float32, ink 1, the painted ink 160 pixels long on its longer side.
    """
    place = placing(strokes, pen_width)
    image = Image.new("L", place.size)
    for stroke in strokes:
        _paint_corners(image, _corners(stroke, place), place.width)
    return _inked(image)


class GrowingPicture:
    """Makes the pictures of a drawing that is looked at again and again while it grows.

    As long as new ink leaves the box of all ink as it was, what is painted stays where it is, and only what is new is
    painted: so the ten-thousandth point of a scribble takes no longer than the first.
    """

    def __init__(self) -> None:
        self._place: Placing | None = None
        self._image = Image.new("L", (1, 1))
        self._painted: list[np.ndarray] = []  # the corners of each stroke

    def of(self, drawing: Drawing) -> np.ndarray | None:
        """The same as `picture_of(drawing)`."""
        strokes = strokes_of(drawing)
        if not strokes:
            return None
        place = placing(strokes)
        corners = [_corners(stroke, place) for stroke in strokes]
        if not self._continues(place, corners):
            self._place, self._painted = place, []
            self._image = Image.new("L", place.size)
        for number, stroke in enumerate(corners):
            done = len(self._painted[number]) if number < len(self._painted) else 0
            _paint_corners(self._image, stroke, place.width, done)
        self._painted = corners
        return _inked(self._image)

    def _continues(self, place: Placing, corners: list[np.ndarray]) -> bool:
        """Whether all that is painted is there still, in its place."""
        before = self._place
        if before is None or (place.width, place.size) != (before.width, before.size):
            return False
        known = len(self._painted) <= len(corners)
        return known and all(
            np.array_equal(painted, stroke[: len(painted)])
            for painted, stroke in zip(self._painted, corners, strict=False)
        )


def without_specks(strokes: list[np.ndarray]) -> list[np.ndarray]:
    """The strokes, each (P, 2), less the tiny ones that lie far from all others; near dots and short dashes stay."""
    sizes = [float(np.ptp(stroke, axis=0).max()) for stroke in strokes]
    largest = max(sizes)
    kept = [size >= SPECK_SIZE * largest for size in sizes]
    # A tiny stroke close to what is kept is part of the digit, and so is one close to that one in turn.
    centres = np.stack([stroke.mean(axis=0) for stroke in strokes])
    ink = [_thinned(stroke, 200) for stroke, keep in zip(strokes, kept, strict=True) if keep]
    fresh = _thinned(np.concatenate(ink), 2000)
    while not all(kept):
        left = np.flatnonzero(~np.array(kept))
        gaps = np.array([np.hypot(*(fresh - centre).T).min() for centre in centres[left]])
        near = left[gaps <= SPECK_GAP * largest]
        if not len(near):
            break
        for index in near:
            kept[index] = True
        fresh = centres[near]
    return [stroke for stroke, keep in zip(strokes, kept, strict=True) if keep]


def _thinned(points: np.ndarray, count: int) -> np.ndarray:
    """About so many of the points at most."""
    return points[:: 1 + len(points) // count]


def _corners(points: np.ndarray, place: Placing) -> np.ndarray:
    """Where a stroke's points (P, 2) are painted, (C, 2)."""
    points = points * place.scale + place.offset
    # Points within the same quarter of a pixel of the final 28x28 picture are one: long strokes stay fast.
    coarse = np.rint(points / 2)
    fresh = np.ones(len(points), dtype=bool)
    fresh[1:] = (coarse[1:] != coarse[:-1]).any(axis=1)
    return points[fresh]


def _paint_corners(image: Image.Image, corners: np.ndarray, width: float, done: int = 0) -> None:
    """Paint a stroke through corners (C, 2), of which so many are painted already."""
    brush, radius = ImageDraw.Draw(image), width / 2
    for (x0, y0), (x1, y1) in pairwise(corners[max(0, done - 1) :].tolist()):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        dx, dy = radius * (y1 - y0) / length, radius * (x0 - x1) / length
        brush.polygon([(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)], fill=255)
    for x, y in corners[done:].tolist():
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _inked(image: Image.Image) -> np.ndarray:
    """(H, W) float32, ink 1."""
    return np.asarray(image, dtype=np.float32) / np.float32(255)
