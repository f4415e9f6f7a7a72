"""Confusion: which digits were taken for which, and the pictures of each such case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from model.constants import CLASSES
from model.data.images import Images

MOST_PICTURES = 60  # that are kept of a cell: with all hundred cells full, 5 MB

Cell = tuple[int, int]  # (true digit, read as)
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Confusion:
    """counts (10, 10): rows true digits, columns what they were read as.

    pictures: of each cell that is not empty the first ones, (n, 28, 28) uint8, ink 255, n at most MOST_PICTURES.
    """

    counts: Counts = field(default_factory=lambda: np.zeros((CLASSES, CLASSES), np.int64))
    pictures: Mapping[Cell, NDArray[np.uint8]] = field(default_factory=dict)


def count_confusions(labels: NDArray[np.integer], answers: NDArray[np.integer]) -> Counts:
    """(N,) true digits and (N,) answers, each 0 to 9 -> (10, 10) counts: rows true digits, columns answers."""
    counts = np.zeros((CLASSES, CLASSES), np.int64)
    np.add.at(counts, (labels, answers), 1)
    return counts


def confusion_of(images: Images, answers: NDArray[np.integer]) -> Confusion:
    """What (N,) answers to N labelled pictures confused, with pictures in the order in which they come."""
    counts = count_confusions(images.labels, answers)
    pictures = {}
    for truth, answer in np.argwhere(counts).tolist():
        cell = np.flatnonzero((images.labels == truth) & (answers == answer))[:MOST_PICTURES]
        pictures[truth, answer] = images.images[cell]
    return Confusion(counts, pictures)
