"""Marks: strokes of a pen or patches of ink, with all that telling figures and signs apart takes of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.pictures.patches import Box

MOST_POINTS = 100  # of a mark, for telling how far it is from another
STRAIGHT = 0.16  # of its length: a mark that is nowhere farther from a line is straight
DOT = 0.9  # of the pen's width: a mark whose pen hardly moved is a dot

Points = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Mark:
    """One stroke or patch: its points (P, 2) float32, x and y, and the width of the pen, all in units of the page.

    The points are the pen's path, pen 0; or the middles of inked pixels, pen the mean width of their lines.
    """

    points: Points
    pen: float = 0.0

    @cached_property
    def box(self) -> Box:
        """The box around the ink of a patch, or around the path of a stroke."""
        left, top = self.points.min(axis=0).tolist()
        width, height = np.ptp(self.points, axis=0).tolist()
        rim = 0.5 if self.pen else 0.0  # the points of a patch are the middles of its pixels
        return left - rim, top - rim, width + 2 * rim, height + 2 * rim

    @cached_property
    def path(self) -> Box:
        """The box around the pen's path: of a patch the box less the width of the pen."""
        left, top, width, height = self.box
        across, down = min(self.pen, width), min(self.pen, height)
        return left + across / 2, top + down / 2, width - across, height - down

    @cached_property
    def sample(self) -> Points:
        """So many of the points that no gap to another mark is missed: and both sides, where patches are cut."""
        few = self.points[:: 1 + (len(self.points) - 1) // MOST_POINTS]
        if not self.pen or len(few) == len(self.points):
            return few
        across = self.points[:, 0]
        return np.concatenate([few, self.points[(across == across.min()) | (across == across.max())]])

    @cached_property
    def _axes(self) -> tuple[float, float, float]:
        """Length and breadth of the pen's path along and across its main direction, and that direction in degrees."""
        centred = self.points - self.points.mean(axis=0)
        _, vectors = np.linalg.eigh(centred.T @ centred)
        along, across = centred @ vectors[:, 1], centred @ vectors[:, 0]
        x, y = vectors[:, 1].tolist()
        angle = math.degrees(math.atan2(-y, x)) % 180
        return max(float(np.ptp(along)) - self.pen, 0.0), max(float(np.ptp(across)) - self.pen, 0.0), angle

    @property
    def length(self) -> float:
        """Of the pen's path along its main direction."""
        return self._axes[0]

    @property
    def angle(self) -> float:
        """Of the main direction, counter-clockwise from the right, 0 to 180 degrees: 45 for a slash, 90 for a 1."""
        return self._axes[2]

    @property
    def is_dot(self) -> bool:
        """Whether the pen was put down and hardly moved; a path's own units say nothing of it: see `Sizes.dot`."""
        return max(self._axes[:2]) <= DOT * self.pen

    @property
    def is_straight(self) -> bool:
        """Whether it is one straight stroke."""
        length, breadth, _ = self._axes
        return breadth <= max(STRAIGHT * length, 0.35 * self.pen)


def even(points: Points) -> Points:
    """Points (P, 2) along a path, about as far apart everywhere, however few a stroke was saved with."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    length = float(steps.sum())
    if length <= 0:
        return points[:1]
    along = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.linspace(0, length, MOST_POINTS)
    return np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1).astype(np.float32)


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top


def distance(a: Mark, b: Mark) -> float:
    """From the ink of one mark to that of another; 0 where they touch."""
    across, down = (a.sample[:, axis, None] - b.sample[:, axis] for axis in (0, 1))
    pen = 1.0 if a.pen else 0.0
    return max(0.0, math.sqrt((across**2 + down**2).min()) - pen)
