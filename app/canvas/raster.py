"""Raster: strokes as smooth grey coverage. Each pixel's value is exact in the distance to the line, so that however a
stroke is put together, piece by piece or at once, it comes out the same and has no gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

Point = tuple[float, float]
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels
FLAT = 0.1  # pixels that a curve's pieces may be off it


class Raster:
    """A square of `side` pixels; `mask` (side, side) uint8 holds 255 where ink is, and `scale` pixels are one unit."""

    def __init__(self, side: int, units: float) -> None:
        self.side = side
        self.scale = side / units
        self.mask = np.zeros((side, side), np.uint8)
        self._centres = np.arange(side, dtype=np.float32) + np.float32(0.5)

    def dot(self, point: Point, width: float, within: Box | None = None) -> Box | None:
        """A round dot, the mark of a tap. Points and width in units. Returns the pixels that it may have changed."""
        at = (point[0] * self.scale, point[1] * self.scale)
        return self._capsule(at, at, width * self.scale / 2, within)

    def segment(self, points: Sequence[Point], i: int, width: float, within: Box | None = None) -> Box | None:
        """The curve from points[i] to points[i + 1], bent by their neighbours; as `dot` otherwise."""
        touched: Box | None = None
        radius = width * self.scale / 2
        # Long slanting pieces would have large boxes with little ink in them.
        for a, b in pairwise(_curve(points, i, self.scale, longest=4 * radius + 8)):
            touched = union(touched, self._capsule(a, b, radius, within))
        return touched

    def stroke(self, points: Sequence[Point], width: float, within: Box | None = None) -> Box | None:
        """A whole stroke."""
        touched = self.dot(points[0], width, within)
        for i in range(len(points) - 1):
            touched = union(touched, self.segment(points, i, width, within))
        return touched

    def bounds(self, points: Sequence[Point], width: float) -> Box:
        """The pixels that a stroke may cover. A curve may swing out a little beyond its points."""
        places = np.asarray(points, np.float32) * np.float32(self.scale)
        (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
        margin = width * self.scale * 0.75 + 2
        low = (max(0, int(left - margin)), max(0, int(top - margin)))
        return (*low, min(self.side, int(right + margin) + 1), min(self.side, int(bottom + margin) + 1))

    def _capsule(self, a: Point, b: Point, radius: float, within: Box | None) -> Box | None:
        """All pixels within `radius` of the line from a to b."""
        limits = within or (0, 0, self.side, self.side)
        left = max(limits[0], int(min(a[0], b[0]) - radius - 1))
        top = max(limits[1], int(min(a[1], b[1]) - radius - 1))
        right = min(limits[2], int(max(a[0], b[0]) + radius + 2))
        bottom = min(limits[3], int(max(a[1], b[1]) + radius + 2))
        if left >= right or top >= bottom:
            return None
        # In 255ths of a pixel, about the middle of the line: u runs along it, v across.
        half = math.dist(a, b) / 2
        along = ((b[0] - a[0]) / (2 * half), (b[1] - a[1]) / (2 * half)) if half > 1e-3 else (1.0, 0.0)
        x = (self._centres[left:right] - np.float32((a[0] + b[0]) / 2)) * np.float32(255)
        y = ((self._centres[top:bottom] - np.float32((a[1] + b[1]) / 2)) * np.float32(255))[:, None]
        u = x * np.float32(along[0]) + y * np.float32(along[1])
        v = y * np.float32(along[0]) - x * np.float32(along[1])
        # What u lies beyond the ends, and with v the distance. All in place: this is most of a frame's work in drawing.
        np.abs(u, out=u)
        u -= np.float32(255 * half)
        np.maximum(u, np.float32(0), out=u)
        u *= u
        v *= v
        u += v
        np.sqrt(u, out=u)
        # 255 inside, falling to 0 over the one pixel about the edge
        np.subtract(np.float32(255 * (radius + 0.5)), u, out=u)
        np.maximum(u, np.float32(0), out=u)
        np.minimum(u, np.float32(255), out=u)
        spot = self.mask[top:bottom, left:right]
        np.maximum(spot, u.astype(np.uint8), out=spot)
        return left, top, right, bottom


def union(a: Box | None, b: Box | None) -> Box | None:
    """The smallest box that holds both."""
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes share a pixel."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _curve(points: Sequence[Point], i: int, scale: float, longest: float) -> list[Point]:
    """Points in pixels along a centripetal Catmull-Rom curve from points[i] to points[i + 1].

    It goes through every point and makes no loops (Yuksel, Schaefer and Keyser 2011), so a fast hand that leaves few
    points still draws a round line. The points are `longest` pixels apart at most, and closer where the curve bends.
    """
    neighbours = (max(i - 1, 0), i, i + 1, min(i + 2, len(points) - 1))
    p0, p1, p2, p3 = ((points[k][0] * scale, points[k][1] * scale) for k in neighbours)
    d1, d2, d3 = (math.sqrt(math.dist(a, b)) for a, b in ((p0, p1), (p1, p2), (p2, p3)))
    first = p1 if d1 < 1e-3 or _is_corner(p0, p1, p2) else _handle(p0, p1, p2, d1, d2)
    second = p2 if d3 < 1e-3 or _is_corner(p1, p2, p3) else _handle(p3, p2, p1, d3, d2)
    bend = max(_second_difference(p1, first, second), _second_difference(first, second, p2))
    pieces = max(1, math.ceil(math.sqrt(bend * 6 / 8 / FLAT)), math.ceil(d2 * d2 / longest))
    return [p1, *(_bezier(p1, first, second, p2, k / pieces) for k in range(1, pieces)), p2]


def _second_difference(a: Point, b: Point, c: Point) -> float:
    """How far three handles are from even steps on one line; a curve's distance from its chord grows with it."""
    return math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])


def _is_corner(before: Point, at: Point, after: Point) -> bool:
    """Whether the line turns by more than 60 degrees here: the hand meant a corner, and a curve would bulge out."""
    ax, ay, bx, by = at[0] - before[0], at[1] - before[1], after[0] - at[0], after[1] - at[1]
    return ax * bx + ay * by < 0.5 * math.hypot(ax, ay) * math.hypot(bx, by)


def _handle(before: Point, at: Point, after: Point, d1: float, d2: float) -> Point:
    """The Bezier handle next to `at` of the centripetal curve that comes from `before` and goes to `after`."""
    a, b, c = d1 * d1, 2 * d1 * d1 + 3 * d1 * d2 + d2 * d2, d2 * d2
    below = 3 * d1 * (d1 + d2)
    return ((a * after[0] - c * before[0] + b * at[0]) / below, (a * after[1] - c * before[1] + b * at[1]) / below)


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    w0, w1, w2, w3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (w0 * a[0] + w1 * b[0] + w2 * c[0] + w3 * d[0], w0 * a[1] + w1 * b[1] + w2 * c[1] + w3 * d[1])
