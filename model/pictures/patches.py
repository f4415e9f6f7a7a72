"""Patches: connected ink in a picture, each with its box; dirt and what the edge cuts off are left out."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.pictures.dirt import dirt_of
from model.pictures.foreign import foreign_of
from model.pictures.stroke_width import stroke_width

INKED = 0.3  # ink from which on a pixel is part of a patch: less joins what lies close
SPECK = 0.12  # of the largest patch's longer side: smaller patches at the edge are no ink beside a larger one
DIRT = 0.6  # of the pen's width: a pen cannot make smaller patches
LEAST = 0.02  # of the largest patch's longer side: smaller patches are dirt whatever the pen
WIDE = 1.15  # times its height: a patch this wide may be digits that touch
TALL = 0.5  # of the highest patch: lower ones are no digits that touch
CUT_APART = 0.16  # of their height: cuts are so far from each other and from the ends
MOST_CUT = 0.45  # of their height that is inked where they are cut
MOST_CUTS = 24
EDGE = 0.75  # of the picture's side: a patch at its edge as long as this is a shadow, a table or a line
LARGE = 20  # pixels of the longer side: smaller foreign ink is a bit of the rest
SOLID = 0.6  # of its box: the ink of a thing at the edge, at least
THICKER = 2.0  # times as wide as the pen: such a thing
MOST_RUNS = 200_000  # of inked pixels in rows; a picture with more is noise

Box = tuple[float, float, float, float]  # left, top, width, height
Picture = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Patches:
    """labels (H, W) int32: 1 and up for the patches, in the order of boxes, 0 elsewhere; boxes in pixels.

    pieces: of each patch that was cut, the indices of what became of it. foreign: boxes of what is large and no figure.
    """

    labels: Labels
    boxes: tuple[Box, ...]
    pieces: tuple[tuple[int, ...], ...] = ()
    foreign: tuple[Box, ...] = ()


def patches_of(ink: Picture) -> Patches:
    """The patches of (H, W) float32, ink 1 on 0, the largest first."""
    labels, boxes = connected(ink > INKED)
    if not len(boxes):
        return Patches(labels, ())
    areas = np.bincount(labels.ravel())[1:]
    no_ink = dirt_of(boxes, areas, ink.shape) | _things(boxes, areas, ink, labels)
    foreign = foreign_of(boxes, areas, ink, labels, ~no_ink)
    clean = np.flatnonzero(~no_ink & ~foreign)
    inked = np.where((ink > INKED) & np.isin(labels, clean + 1), ink, 0)
    kept = clean[_kept(boxes[clean], ink.shape, stroke_width(inked))]
    numbers = np.zeros(len(boxes) + 1, np.int32)
    numbers[kept + 1] = np.arange(1, len(kept) + 1)
    return Patches(
        numbers[labels], _as_boxes(boxes[kept]), foreign=_as_boxes(boxes[foreign & (boxes[:, 2:].max(axis=1) >= LARGE)])
    )


def _as_boxes(boxes: NDArray[np.int64]) -> tuple[Box, ...]:
    return tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in boxes.tolist())


def cut(patches: Patches) -> Patches:
    """The patches, those too wide for one digit cut from top to bottom where the least ink is, with all their pieces.

    What is cut too often is put together again by grouping, as the network says (Casey and Lecolinet, "A survey of
    methods and strategies in character segmentation", IEEE Transactions PAMI 18, 1996, p. 690).
    """
    labels, boxes, pieces = patches.labels, list(patches.boxes), []
    if not boxes:
        return patches
    for number, (left, top, width, height) in enumerate(patches.boxes, 1):
        if not (width > WIDE * height and height >= TALL * max(box[3] for box in patches.boxes)):
            continue
        x, y, w, h = round(left), round(top), round(width), round(height)
        part = labels[y : y + h, x : x + w] == number
        places = _cuts(part.sum(axis=0), h)
        if not places:
            continue
        labels = labels.copy()
        pieces.append((number - 1, *range(len(boxes), len(boxes) + len(places))))
        for place, (start, end) in enumerate(pairwise([0, *places, w])):
            piece = part[:, start:end]
            name = number if place == 0 else len(boxes) + 1
            labels[y : y + h, x + start : x + end][piece] = name
            rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
            box = (x + start + columns[0], y + rows[0], columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0])
            found = (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
            if place == 0:
                boxes[number - 1] = found
            else:
                boxes.append(found)
    return Patches(labels, tuple(boxes), tuple(pieces), patches.foreign)


def _cuts(inked: NDArray[np.int64], height: int) -> list[int]:
    """Columns to cut at: the least inked ones, each the least within a quarter of a digit."""
    reach = max(2, round(CUT_APART * height))
    smooth = np.convolve(inked, np.ones(3) / 3, "same")
    places: list[int] = []
    for column in np.argsort(smooth, kind="stable").tolist():
        inside = reach <= column < len(inked) - reach
        if inside and smooth[column] <= MOST_CUT * height and all(abs(column - other) >= reach for other in places):
            places.append(column)
    return sorted(places[:MOST_CUTS])


def _kept(boxes: NDArray[np.int64], shape: tuple[int, ...], pen: float) -> NDArray[np.int64]:
    """Which of (N, 4) boxes are figures or parts of them, the largest first."""
    height, width = shape
    left, top, wide, high = boxes.T
    at_edge = (left == 0) | (top == 0) | (left + wide == width) | (top + high == height)
    cut_off = at_edge & ((wide >= EDGE * width) | (high >= EDGE * height))
    longer = np.maximum(wide, high)
    if not cut_off.all():
        inner = longer * ~cut_off
        if inner.max() >= SPECK * longer.max():
            longer = inner
    least = max(DIRT * pen, LEAST * longer.max(), 1)
    return np.array([i for i in np.argsort(-longer, kind="stable") if longer[i] >= least])


def _things(boxes: NDArray[np.int64], areas: NDArray[np.int64], ink: Picture, labels: Labels) -> NDArray[np.bool_]:
    """Which of (N, 4) boxes are fingers and other things that reach into the picture: far thicker than any stroke."""
    height, width = ink.shape
    at_edge = (boxes[:, :2] == 0).any(axis=1) | (boxes[:, :2] + boxes[:, 2:] == (width, height)).any(axis=1)
    solid = at_edge & (areas >= SOLID * boxes[:, 2] * boxes[:, 3])
    if not solid.any() or solid.all():
        return np.zeros(len(boxes), bool)
    pen = stroke_width(np.where(np.isin(labels, np.flatnonzero(~solid) + 1), ink, 0))
    return solid & (boxes[:, 2:].min(axis=1) >= THICKER * pen)


def connected(inked: NDArray[np.bool_]) -> tuple[Labels, NDArray[np.int64]]:
    """Labels of 8-connected patches and their boxes (N, 4): left, top, width, height.

    Each row's runs of ink are joined with those that they touch in the row above (Rosenfeld and Pfaltz, "Sequential
    operations in digital picture processing", Journal of the ACM 13, 1966, p. 478).
    """
    height, width = inked.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = inked
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    labels = np.zeros(inked.shape, np.int32)
    if not 0 < len(rows) <= MOST_RUNS:
        return labels, np.zeros((0, 4), np.int64)
    roots = _joined_runs(rows, starts, ends, height)
    names, numbers = np.unique(roots, return_inverse=True)
    labels[inked] = np.repeat(numbers + 1, ends - starts)
    boxes = np.empty((len(names), 4), np.int64)
    for column, (values, largest) in enumerate(((starts, False), (rows, False), (ends, True), (rows + 1, True))):
        boxes[:, column] = 0 if largest else max(height, width)
        (np.maximum if largest else np.minimum).at(boxes[:, column], numbers, values)
    boxes[:, 2:] -= boxes[:, :2]
    return labels, boxes


def _joined_runs(rows: NDArray, starts: NDArray, ends: NDArray, height: int) -> NDArray[np.int64]:
    """For each run the first run of its patch."""
    first = np.searchsorted(rows, np.arange(height + 1)).tolist()
    begins, stops = starts.tolist(), ends.tolist()
    parents = list(range(len(begins)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    for row in range(1, height):
        above, below = first[row - 1], first[row]
        while above < first[row] and below < first[row + 1]:
            if begins[above] <= stops[below] and begins[below] <= stops[above]:
                a, b = root(above), root(below)
                parents[max(a, b)] = min(a, b)
            if stops[above] < stops[below]:
                above += 1
            else:
                below += 1
    return np.array([root(run) for run in range(len(parents))], np.int64)
