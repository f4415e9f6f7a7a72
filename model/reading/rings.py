"""Rings: strokes drawn round others on the canvas, told from digits as rings on paper are: see enclosures.py."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from model.pictures.drawing import Stroke
from model.pictures.enclosures import rings_of
from model.pictures.patches import connected

SIDE = 240  # pixels of the longer side that strokes are drawn in to tell rings
PEN = 3  # pixels
MARGIN = 4
NARROW = 0.7  # of its height: a ring so narrow with one stroke in it may be a 0 with a slash, however crooked
OPEN = 0.3  # of its longer side: the ends of a ring are no farther apart

Extent = NDArray[np.float32]  # (2, 2): least x and y, and largest


def without_rings(strokes: tuple[Stroke, ...]) -> tuple[int, ...]:
    """The places of those strokes that are drawn round no others; each stroke has a point at least.

    A ring or frame may have several strokes and may lack a little where its ends do not meet; it touches nothing in it.
    """
    everything = tuple(range(len(strokes)))
    extents = np.array([(stroke.points.min(axis=0), stroke.points.max(axis=0)) for stroke in strokes], np.float32)
    if len(strokes) < 2 or not _may_hold(extents):
        return everything
    low, high = extents[:, 0].min(axis=0), extents[:, 1].max(axis=0)
    scale = SIDE / max(float((high - low).max()), 1e-6)
    places = [(stroke.points - low) * scale + MARGIN for stroke in strokes]
    labels, boxes = connected(_drawn(places))
    rings = np.array(rings_of(labels, boxes), np.int64) + 1
    if not rings.size:
        return everything
    rest = tuple(i for i in everything if labels[tuple(np.rint(places[i][0]).astype(int)[::-1])] not in rings)
    wide, high = high - low  # the ring's, as nothing but what it holds is beside it
    return everything if len(rest) == 1 and wide < NARROW * high else rest


def _may_hold(extents: Extent) -> bool:
    """Whether the box of some stroke, or of all of them, which may be four sides of a frame, holds another's."""
    low, high = extents[:, 0], extents[:, 1]
    holds = (low[:, None] < low).all(axis=2) & (high[:, None] > high).all(axis=2)
    inner = (low > low.min(axis=0)).all(axis=1) & (high < high.max(axis=0)).all(axis=1)
    return bool(holds.any() or (inner.any() and len(extents) > 2))


def _drawn(places: list[NDArray[np.float32]]) -> NDArray[np.bool_]:
    """Strokes (P, 2) in pixels with a thin pen, those whose ends are near each other closed: (H, W)."""
    wide, high = (int(max(float(path[:, axis].max()) for path in places)) + 2 * MARGIN for axis in (0, 1))
    image = Image.new("L", (wide, high))
    brush = ImageDraw.Draw(image)
    for path in places:
        side = float(np.ptp(path, axis=0).max())
        closes = len(path) > 2 and float(np.hypot(*(path[0] - path[-1]))) <= OPEN * side
        line = [(float(x), float(y)) for x, y in ([*path, path[0]] if closes else path)]
        if len(line) > 1:
            brush.line(line, 255, PEN, "curve")
        x, y = (round(at) for at in line[0])
        brush.rectangle((x - 1, y - 1, x + 1, y + 1), 255)
    return np.asarray(image) > 0
