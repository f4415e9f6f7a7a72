"""Window: the canvas of a drawing program in a picture of a screen, its bars of tools and its margins left out."""

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.02  # from black to white: pixels of one plain colour differ by no more
PLAIN = 0.35  # of the picture: the plain colour of the canvas
CANVAS = 0.3  # of a row or a column of the canvas that is paper, at least
LEAST = 0.4  # of the picture's side: the canvas
FOREIGN = 0.12  # of a bar: what is as light as the canvas, at most
DEEPEST = 0.2  # of the picture's longer side: a bar; a shadow may be as sharp, and hold ink
SEAM = 3  # pixels to both sides of the canvas's edge
BEGINS = 0.8  # of the canvas's outermost pixels that are paper, at least
BAR = 0.4  # of a bar: its own plain colour, at least

Picture = NDArray[np.float32]
Chosen = NDArray[np.bool_]


def without_bars(colours: Picture) -> Picture:
    """The colours (H, W, 3) float32 from 0 to 1, bars round a plain canvas in its colour; without any, the same array.

    A bar goes along one whole side of the picture, and has a plain colour of its own behind its buttons.
    """
    paper = _most_common(colours)
    is_paper = np.abs(colours - paper).max(axis=2) <= ALIKE
    if is_paper.mean() < PLAIN:
        return colours
    rows = _longest_run(is_paper.mean(axis=1) >= CANVAS)
    columns = _longest_run(is_paper[rows].mean(axis=0) >= CANVAS)
    height, width = is_paper.shape
    if rows.stop - rows.start < LEAST * height or columns.stop - columns.start < LEAST * width:
        return colours
    bars = [
        ((slice(0, rows.start), slice(0, width)), is_paper[:, columns], rows.start),
        ((slice(rows.stop, height), slice(0, width)), is_paper[::-1, columns], height - rows.stop),
        ((rows, slice(0, columns.start)), is_paper[rows].T, columns.start),
        ((rows, slice(columns.stop, width)), is_paper[rows].T[::-1], width - columns.stop),
    ]
    cleared = colours
    for bar, seen, depth in bars:
        if (
            0 < depth <= DEEPEST * max(height, width)
            and _is_sharp(seen, depth)
            and _is_bar(colours[bar], is_paper[bar])
        ):
            cleared = cleared.copy() if cleared is colours else cleared
            cleared[bar] = paper
    return cleared


def _most_common(colours: Picture) -> Picture:
    """The plain colour that covers most of the picture, (3,)."""
    few = np.rint(colours[::4, ::4].reshape(-1, 3) * 255).astype(np.int64)
    names = (few[:, 0] << 16) | (few[:, 1] << 8) | few[:, 2]
    values, counts = np.unique(names, return_counts=True)
    name = int(values[counts.argmax()])
    return np.array([name >> 16, (name >> 8) & 255, name & 255], np.float32) / np.float32(255)


def _longest_run(chosen: Chosen) -> slice:
    ends = np.flatnonzero(np.diff(chosen, prepend=False, append=False)).reshape(-1, 2)
    if not len(ends):
        return slice(0, 0)
    first, last = ends[np.diff(ends, axis=1).argmax()].tolist()
    return slice(first, last)


def _is_sharp(is_paper: Chosen, depth: int) -> bool:
    """Whether the canvas begins at once behind so many rows of a bar, as no fading light does."""
    outside, inside = is_paper[max(0, depth - SEAM) : depth], is_paper[depth : depth + SEAM]
    return bool(outside.mean() <= FOREIGN and inside.mean() >= BEGINS)


def _is_bar(colours: Picture, is_paper: Chosen) -> bool:
    """Whether a strip of a picture is a bar: hardly anything of it has the canvas's colour, and most one of its own."""
    if not is_paper.size or is_paper.mean() > FOREIGN:
        return False
    own = np.abs(colours - _most_common(colours)).max(axis=2) <= ALIKE
    return bool(own.mean() >= BAR)
