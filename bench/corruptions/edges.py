"""Edges: only the outlines of the digit stay."""

import numpy as np

from bench.corruptions.smoothing import smoothed

BLUR = 1.0  # pixels
WEAK, STRONG = 0.1, 0.2  # slopes, of Sobel's operator, from which an edge goes on and begins


def canny_edges(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """White outlines on black.

    Canny, "A computational approach to edge detection", IEEE Transactions PAMI 8, 1986, p. 679: the crests of the
    slope, where they are strong or joined to one that is.
    """
    soft = np.pad(smoothed(pictures, BLUR), [(0, 0), (1, 1), (1, 1)], "edge")
    down, across = _slopes(soft)
    crests = _crests(down, across)
    slope = np.hypot(down, across)
    edges, weak = crests & (slope >= STRONG), crests & (slope >= WEAK)
    while True:
        grown = weak & _spread(edges)
        if np.array_equal(grown, edges):
            return edges.astype(np.float32)
        edges = grown


def _slopes(padded: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sobel's operator down and across."""
    rows = padded[:, :, :-2] + 2 * padded[:, :, 1:-1] + padded[:, :, 2:]
    columns = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return rows[:, 2:] - rows[:, :-2], columns[:, :, 2:] - columns[:, :, :-2]


def _crests(down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Where the slope is greater than at both neighbours along its own direction, which is one of eight."""
    slope = np.hypot(down, across)
    around = np.pad(slope, [(0, 0), (1, 1), (1, 1)])
    _, height, width = slope.shape
    eighth = np.round(np.arctan2(down, across) / (np.pi / 4)).astype(int) % 4
    crests = np.zeros(slope.shape, bool)
    for direction, (y, x) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        ahead = around[:, 1 + y : 1 + y + height, 1 + x : 1 + x + width]
        behind = around[:, 1 - y : 1 - y + height, 1 - x : 1 - x + width]
        crests |= (eighth == direction) & (slope >= ahead) & (slope > behind)
    return crests


def _spread(edges: np.ndarray) -> np.ndarray:
    """Every pixel that is or touches an edge, also at a corner."""
    padded = np.pad(edges, [(0, 0), (1, 1), (1, 1)])
    _, height, width = edges.shape
    return np.logical_or.reduce([padded[:, i : i + height, j : j + width] for i in range(3) for j in range(3)])
