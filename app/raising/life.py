"""Life: what can be told of the moments that are remembered of a network: its filters, and what it last learnt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.raising.reports import Grown
from model.constants import SIDE
from model.network.network import Network


@dataclass(frozen=True)
class Change:
    """A picture, by its number, of which the answer changed from `before` to `after`."""

    number: int
    before: int
    after: int


def last_changes(kept: list[Grown], at: int, most: int) -> list[Change]:
    """The pictures whose answer changed last up to the moment `at`, the latest first, each at most once."""
    found: dict[int, Change] = {}
    for moment in range(at, 0, -1):
        before, after = kept[moment - 1].judged.answers, kept[moment].judged.answers
        for number in np.flatnonzero(before != after).tolist():
            if number not in found:
                found[number] = Change(number, int(before[number]), int(after[number]))
            if len(found) == most:
                return list(found.values())
    return list(found.values())


def first_weights(network: Network, most: int) -> np.ndarray:
    """(height, width, n): the weights of the first filters, or of the first units to every pixel, where none are."""
    weight = next(layer.parameters["weight"] for layer in network.layers if layer.parameters)
    if weight.ndim == 2:
        weight = weight.reshape(SIDE, SIDE, 1, -1)
    return np.ascontiguousarray(weight[:, :, 0, :most])
