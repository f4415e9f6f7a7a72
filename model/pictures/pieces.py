"""Pieces: dots and bars that make up a digit, as on departure boards, displays and stencils, joined to strokes."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from model.pictures.morphology import closed
from model.pictures.patches import INKED, connected
from model.pictures.stroke_width import stroke_width

LEVELS = (INKED, 0.6, 0.8)  # ink from which on a pixel may be of a dot
FEWEST = 7  # dots: a digit of five by seven has more
MOST = 4_000  # patches; a picture with more is noise
ALIKE = 0.3  # of their size: dots differ by no more, but for one in ten
ROUND = 0.7  # of its longer side: the shorter one of a dot
SOLID = 0.6  # of its box: a dot's ink
NEXT = 1.8  # of a dot's size: the middle of the next one is no farther
DIAGONAL = 1.5  # of that distance: dots that are joined
LEAST_CELL = 4  # pixels
ON_GRID = 0.95  # of the edges of ink that lie on the grid of square dots
GAP = 0.7  # of the pen's width: between the pieces of one digit
HIGHER = 1.2  # times as high as its highest piece: a digit of pieces ...
LOWEST = 0.25  # ... and of the highest patch on the page, as crumbs are lower ...
NARROW = 0.45  # of its height: what is narrower is a 1, with pieces that fill ...
FILLED = 0.6  # ... so much of their boxes, or digits in a column
WIDEST = 1.1  # ... and so wide at most, of its height: else digits side by side would be joined

Picture = NDArray[np.float32]
Points = NDArray[np.floating]  # (N, 2): x and y in pixels


def with_pieces_joined(ink: Picture) -> Picture:
    """The ink (H, W) float32 with the dots, or the bars and pieces, of each digit joined; without any, the same array.

    Dots are alike and as far apart as their neighbours, round ones or squares of a coarse grid. Other pieces are
    joined over gaps much narrower than the pen where together they are higher than each, and no wider than a digit.
    """
    inked = ink > INKED
    if not inked.any():
        return ink
    cells = _cells(inked)
    if cells is not None:
        return _strung(ink, *cells)
    labels, boxes = connected(inked)
    if not 1 < len(boxes) <= MOST:
        return ink
    for level in LEVELS:  # a blurred picture's dots run together at their edges
        found = (labels, boxes) if level == INKED else connected(ink > level)
        if (dots := _dots(*found)) is not None:
            return _strung(ink, *dots)
    return _bridged(ink, labels, boxes)


def _dots(labels: NDArray[np.int32], boxes: NDArray[np.int64]) -> tuple[Points, float, float] | None:
    """Middles of the dots, how far apart they are, and their size; None where the page is not of dots."""
    if not FEWEST <= len(boxes) <= MOST:
        return None
    wide, high = boxes[:, 2], boxes[:, 3]
    sizes = np.maximum(wide, high)
    size = float(np.median(sizes))
    areas = np.bincount(labels.ravel())[1:]
    alike = (np.abs(sizes - size) <= max(ALIKE * size, 1)) & (np.minimum(wide, high) >= ROUND * sizes - 1)
    alike &= areas >= SOLID * wide * high
    if alike.sum() < FEWEST or alike.mean() < 0.9:
        return None
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    nearest = np.array([np.partition(np.hypot(*(middles - middle).T), 1)[1] for middle in middles])
    step = float(np.median(nearest))
    # In a slanting stroke the next dot is across the corner.
    off = np.minimum(np.abs(nearest - step), np.abs(nearest - np.sqrt(2) * step))
    if step > NEXT * size or (off > ALIKE / 2 * step).mean() > 0.1:
        return None
    return middles - 0.5, step, size


def _cells(inked: NDArray[np.bool_]) -> tuple[Points, float, float] | None:
    """The same of square dots without gaps: all edges of the ink lie on a grid of whole pixels."""
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    part = np.pad(inked[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    step = _grid_step(part)
    if step is None:
        return None
    few = part[1 + step // 2 :: step, 1 + step // 2 :: step]
    down, across = np.nonzero(few)
    if len(down) < FEWEST:
        return None
    middles = np.stack([left + across * step, top + down * step], axis=1) + (step - 1) / 2
    return middles, float(step), float(step)


def _grid_step(part: NDArray[np.bool_]) -> int | None:
    """The side of the squares that ink, cut to its box with a pixel around it, is made of; None where it is not."""
    edges = []
    for axis in (0, 1):
        counts = np.count_nonzero(np.diff(part, axis=axis), axis=1 - axis)
        edges.append((np.arange(len(counts)), counts))
    places = np.concatenate([np.flatnonzero(counts > 0.02 * counts.sum()) for _, counts in edges])
    gaps = np.concatenate([np.diff(np.flatnonzero(counts > 0.02 * counts.sum())) for _, counts in edges])
    if not len(gaps) or len(places) < FEWEST:
        return None
    step = int(gaps.min())
    if step < LEAST_CELL or any((gap % step) for gap in gaps.tolist()):
        return None
    on = sum(counts[::step].sum() for _, counts in edges)
    return step if on >= ON_GRID * sum(counts.sum() for _, counts in edges) else None


def _strung(ink: Picture, middles: Points, step: float, size: float) -> Picture:
    """Ink in which each dot is joined with those next to it."""
    image = Image.fromarray((ink > INKED).astype(np.uint8) * 255)
    brush = ImageDraw.Draw(image)
    reach = DIAGONAL * step
    for i, middle in enumerate(middles):
        offsets = middles[i + 1 :] - middle
        for x, y in offsets[np.hypot(*offsets.T) <= reach] + middle:
            brush.line((*middle.tolist(), float(x), float(y)), 255, max(1, round(size)))
    return np.maximum(ink, np.asarray(image, np.float32) / np.float32(255))


def _bridged(ink: Picture, labels: NDArray[np.int32], boxes: NDArray[np.int64]) -> Picture:
    """Ink in which pieces are joined over narrow gaps."""
    pen = stroke_width(np.where(labels > 0, ink, 0))
    reach = round(GAP * pen)
    if reach < 1:
        return ink
    near = closed(ink, reach + 1 + reach % 2)
    groups, whole = connected(near > INKED)
    if not 0 < len(whole) < len(boxes):
        return ink
    areas = np.bincount(labels.ravel())[1:]
    rows, columns = np.nonzero(labels)
    pairs = np.unique(np.stack([groups[rows, columns], labels[rows, columns]], axis=1), axis=0)
    joined = ink
    least = LOWEST * max(int(whole[:, 3].max()), 1)
    for group in np.flatnonzero(np.bincount(pairs[:, 0], minlength=len(whole) + 1) > 1).tolist():
        pieces = pairs[pairs[:, 0] == group, 1] - 1
        left, top, wide, high = whole[group - 1].tolist()
        if group == 0 or wide > WIDEST * high or high < max(least, HIGHER * boxes[pieces, 3].max()):
            continue
        if wide < NARROW * high and not all(areas[pieces] >= FILLED * boxes[pieces, 2] * boxes[pieces, 3]):
            continue
        part = slice(top, top + high), slice(left, left + wide)
        joined = joined.copy() if joined is ink else joined
        joined[part] = np.where(groups[part] == group, np.maximum(near[part], joined[part]), joined[part])
    return joined
