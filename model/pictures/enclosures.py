"""Enclosures: rings, frames, rims of plates and grids that are drawn round digits are taken out of the ink."""

import math

import numpy as np
from numpy.typing import NDArray

from model.pictures.morphology import max_filter
from model.pictures.patches import INKED, connected

LEAST = 24  # pixels of its shorter side: smaller rings hold nothing that can be read
HOLLOW = 0.4  # of its box: the ink of a ring, at most
ROUND = 0.66  # of its box: what a ring and its inside fill, at least; an ellipse fills 0.785
THIN = 0.14  # of its shorter side: the line of a ring, at most
STRAY = 0.03  # of a ring's ink: what is farther from its outside than its line is thick, at most
FILLS = 0.28  # of a ring's height: something in it is at least so high ...
FIGURES = 0.18  # ... and each of several figures side by side at least so high
FULL = 0.92  # of a ring's inside: what fills so much of it is another sheet or a thing
SQUARE = 0.95  # of its box: what a cell of a table fills
SLASH = 14.0  # degrees from upright: a lone stroke that leans more makes a crossed 0 of what is round it ...
NARROW = 0.85  # ... and is no wider than so much of its height
STRAIGHT = 0.2  # of its length: such a stroke is nowhere wider
GAP = 0.03  # of its shorter side: half of what a ring may lack where its ends do not meet
CENTRED, ALIKE = 0.03, 0.04  # of its size, of 1: rings in rings have one middle and one form
TARGET = 0.12  # of its box: the ink of the inner one, at most: a 0 is drawn with a thicker pen
SOFT = 2  # pixels around a ring that are its soft edge

Picture = NDArray[np.float32]
Chosen = NDArray[np.bool_]


def without_enclosures(ink: Picture) -> Picture:
    """The ink (H, W) float32 less what is drawn round other ink, in one thin line without an end, and touches none.

    The picture's edge may cut a part of it off. What holds a speck alone is a figure, such as a 0 with a dot, and so is
    a 0 with a slash that does not touch it.
    """
    labels, boxes = connected(ink > INKED)
    cleared = ink
    for i in rings_of(labels, boxes):
        left, top, right, bottom = _around(boxes[i], ink.shape)
        part = labels[top:bottom, left:right]
        ring = part == i + 1
        cleared = cleared.copy() if cleared is ink else cleared
        soft = max_filter(ring.astype(np.float32), 2 * SOFT + 1) > 0
        cleared[top:bottom, left:right][soft & ((part == 0) | ring)] = 0
    return cleared


def rings_of(labels: NDArray[np.int32], boxes: NDArray[np.int64]) -> list[int]:
    """Which patches, by their places in boxes, are drawn round others: see `without_enclosures` and `connected`."""
    if len(boxes) < 2:
        return []
    wide, high = boxes[:, 2], boxes[:, 3]
    areas = np.bincount(labels.ravel())[1:]
    rings = []
    for i in np.flatnonzero((np.minimum(wide, high) >= LEAST) & (areas <= HOLLOW * wide * high)).tolist():
        if _inside(boxes, i).any():
            left, top, right, bottom = _around(boxes[i], labels.shape)
            part = labels[top:bottom, left:right]
            if _is_ring(_shut(part == i + 1, boxes[i], labels.shape), part, boxes, i):
                rings.append(i)
    return rings


def _around(box: NDArray[np.int64], shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a box with its soft edge, inside the picture."""
    left, top, wide, high = box.tolist()
    return (
        max(0, left - SOFT),
        max(0, top - SOFT),
        min(shape[1], left + wide + SOFT),
        min(shape[0], top + high + SOFT),
    )


def _shut(ring: Chosen, box: NDArray[np.int64], shape: tuple[int, ...]) -> Chosen:
    """A ring that the picture's edge cuts off once, shut along that edge; others as they are."""
    left, top, wide, high = box.tolist()
    cut = [top == 0, top + high == shape[0], left == 0, left + wide == shape[1]]
    if sum(cut) != 1:
        return ring
    shut = ring.copy()
    edge = (shut[0], shut[-1], shut[:, 0], shut[:, -1])[cut.index(True)]
    inked = np.flatnonzero(edge)
    edge[inked[0] : inked[-1]] = True
    return shut


def _inside(boxes: NDArray[np.int64], i: int) -> Chosen:
    """Which boxes lie inside that of one of them and are high enough to be figures in it."""
    ends, end = boxes[:, :2] + boxes[:, 2:], boxes[i, :2] + boxes[i, 2:]
    return (boxes[:, :2] > boxes[i, :2]).all(axis=1) & (ends < end).all(axis=1) & (boxes[:, 3] >= FILLS * LEAST)


def _is_ring(ring: Chosen, part: NDArray[np.int32], boxes: NDArray[np.int64], i: int) -> bool:
    """Whether a patch is one thin line round others; ring: its pixels; part: the labels of all around it."""
    high, wide = boxes[i, 3], boxes[i, 2]
    gap = max(1, round(GAP * min(wide, high)))
    inner = slice(gap + 1, -gap - 1)
    solid = max_filter(np.pad(ring, gap + 1).astype(np.float32), 2 * gap + 1) > 0
    regions, _ = connected(~solid)
    outside = (regions == regions[0, 0])[inner, inner]
    hole = ~outside & ~solid[inner, inner]
    if (~outside).sum() < ROUND * wide * high or not hole.any():
        return False
    if _is_grid(regions[inner, inner] * hole, part, boxes, i):
        return True
    line = ring.sum() / _length(float(wide), float(high))
    reach = math.ceil(1.6 * line) + 2 + gap
    if line > THIN * min(wide, high):
        return False
    near = max_filter(np.pad(outside, reach, constant_values=True).astype(np.float32), 2 * reach + 1) > 0
    if (ring & ~near[reach:-reach, reach:-reach]).sum() > STRAY * ring.sum():
        return False
    held = [n for n in np.unique(part[hole]) if n and boxes[n - 1, 3] >= FIGURES * high and n != i + 1]
    held = [n for n in held if not (part == n)[outside].any()]
    if len(held) == 1 and boxes[held[0] - 1, 3] < FILLS * high:
        return False
    if not held or any((part == n).sum() > FULL * hole.sum() for n in held) or _is_target(part, boxes, i, held):
        return False
    return not (len(held) == 1 and wide < NARROW * high and _is_slash(part == held[0]))


def _is_target(part: NDArray[np.int32], boxes: NDArray[np.int64], i: int, held: list[int]) -> bool:
    """Whether a ring holds nothing but a smaller one of its own form, as postmarks do, which hold no number."""
    if len(held) != 1:
        return False
    outer, inner = boxes[i], boxes[held[0] - 1]
    off = np.abs(outer[:2] + outer[2:] / 2 - inner[:2] - inner[2:] / 2)
    ratio = (inner[2] / inner[3]) / (outer[2] / outer[3])
    is_thin = (part == held[0]).sum() <= TARGET * inner[2] * inner[3]
    return bool(is_thin and off.max() <= CENTRED * outer[2:].max() and abs(ratio - 1) <= ALIKE)


def _is_grid(regions: NDArray[np.int32], part: NDArray[np.int32], boxes: NDArray[np.int64], i: int) -> bool:
    """Whether a patch has several holes, all of them square cells, and something stands in one of them.

    regions: 0 but for the holes, in each of which one number stands.
    """
    cells = 0
    held = False
    for number in np.unique(regions)[1:].tolist():
        hole = regions == number
        rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
        cell = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        if min(hole[cell].shape) < LEAST:
            continue
        inside = [n for n in np.unique(part[cell]).tolist() if n and n != i + 1]
        if (hole[cell] | (part[cell] > 0)).mean() < SQUARE or (part[cell] == i + 1).mean() > 1 - SQUARE:
            return False
        cells += 1
        held = held or any(boxes[n - 1, 3] >= FILLS * hole[cell].shape[0] for n in inside)
    return cells > 1 and held


def _length(wide: float, high: float) -> float:
    """About how long the edge of an ellipse is, which is a little shorter than that of a frame."""
    return math.pi * math.sqrt((wide**2 + high**2) / 8) * 2


def _is_slash(inked: Chosen) -> bool:
    """Whether a patch is one straight stroke that leans to the right."""
    rows, columns = np.nonzero(inked)
    points = np.stack([columns - columns.mean(), rows.mean() - rows], axis=1)
    values, vectors = np.linalg.eigh(points.T @ points / len(points))
    x, y = vectors[:, 1] * np.sign(vectors[1, 1] or 1.0)
    return bool(math.sqrt(values[0] / max(values[1], 1e-9)) < STRAIGHT and math.degrees(math.atan2(x, y)) > SLASH)
