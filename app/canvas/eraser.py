"""The eraser: what is left of a line when everything within a distance of the eraser's way is taken out."""

from __future__ import annotations

import math
from itertools import pairwise

Point = tuple[float, float]
Piece = tuple[list[Point], list[float]]
CRUMB = 1.0  # pieces shorter than this (canvas units) are not left behind


def cut(points: list[Point], times: list[float], start: Point, end: Point, radius: float) -> list[Piece] | None:
    """What stays of the polyline `points` (with its `times`) beside a disc of `radius` that goes from start to end.

    None when the disc touches nothing: the line is as it was. An empty list when nothing stays.
    """
    pieces: list[Piece] = [(points, times)]
    touched = False
    for centre in _stations(start, end, radius):
        left: list[Piece] = []
        for piece in pieces:
            parts = _punch(piece, centre, radius)
            touched = touched or parts is not None
            left.extend([piece] if parts is None else parts)
        pieces = left
    return pieces if touched else None


def _stations(start: Point, end: Point, radius: float) -> list[Point]:
    """Centres from start to end so close that their discs leave no ink between them."""
    count = max(1, math.ceil(math.dist(start, end) / (radius / 2)))
    if start == end:
        return [start]
    dx, dy = (end[0] - start[0]) / count, (end[1] - start[1]) / count
    return [(start[0] + i * dx, start[1] + i * dy) for i in range(count + 1)]


def _punch(piece: Piece, centre: Point, radius: float) -> list[Piece] | None:
    """The parts of one line outside one disc, or None when the disc does not touch it."""
    points, times = piece
    if len(points) == 1:
        return [] if math.dist(points[0], centre) <= radius else None
    parts: list[Piece] = []
    part: Piece = ([], [])
    touched = False
    for i in range(len(points) - 1):
        inside = _span_inside(points[i], points[i + 1], centre, radius)
        if inside is None:
            _extend(part, points[i], times[i])
            _extend(part, points[i + 1], times[i + 1])
            continue
        touched = True
        enter, leave = inside
        if enter > 0:
            _extend(part, points[i], times[i])
            _extend(part, *_between(points, times, i, enter))
        parts.append(part)
        part = ([], [])
        if leave < 1:
            _extend(part, *_between(points, times, i, leave))
            _extend(part, points[i + 1], times[i + 1])
    if not touched:
        return None
    return [p for p in (*parts, part) if _length(p[0]) >= CRUMB]


def _span_inside(a: Point, b: Point, centre: Point, radius: float) -> tuple[float, float] | None:
    """Which part of the line from a to b, as shares 0..1 of it, lies in the disc; None when none does."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    fx, fy = a[0] - centre[0], a[1] - centre[1]
    square = dx * dx + dy * dy
    if square == 0:
        return (0.0, 1.0) if math.hypot(fx, fy) <= radius else None
    half = fx * dx + fy * dy
    root = half * half - square * (fx * fx + fy * fy - radius * radius)
    if root <= 0:
        return None
    enter, leave = (-half - math.sqrt(root)) / square, (-half + math.sqrt(root)) / square
    if leave <= 0 or enter >= 1:
        return None
    return max(enter, 0.0), min(leave, 1.0)


def _between(points: list[Point], times: list[float], i: int, share: float) -> tuple[Point, float]:
    (ax, ay), (bx, by) = points[i], points[i + 1]
    return (ax + (bx - ax) * share, ay + (by - ay) * share), times[i] + (times[i + 1] - times[i]) * share


def _extend(part: Piece, point: Point, time: float) -> None:
    if not part[0] or part[0][-1] != point:
        part[0].append(point)
        part[1].append(time)


def _length(points: list[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(points))
