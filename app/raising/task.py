"""Raising task: what a visitor chose for a network that is to learn from nothing; it travels to the process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from model.constants import CLASSES
from model.network.network import Network
from model.training.biases import COUNT, Bias
from model.training.raising import small_network

LEAST_DIGITS = 2


@dataclass(frozen=True)
class RaisingTask:
    """filters, many: what the network is built of; digits: those that it may see.

    seed: another one gives another first network. data: a data set's file; None for the bundled MNIST.
    gap: seconds from one remembered network to the next at least, so that people can watch it learn.
    """

    filters: bool = True
    many: bool = True
    digits: frozenset[int] = field(default_factory=lambda: frozenset(range(CLASSES)))
    seed: int = 0
    data: Path | None = None
    gap: float = 0.12

    def first_network(self) -> Network:
        """The network that knows nothing."""
        return small_network(np.random.default_rng([self.seed, 7]), filters=self.filters, many=self.many)


@dataclass(frozen=True)
class StoryTask(RaisingTask):
    """A network that goes wrong on purpose. bias: in which way; count: pictures to learn from, as far as there are."""

    bias: Bias = Bias.BARS
    count: int = COUNT
    gap: float = 0.04
