"""Raising reports: what the process that raises a network tells the window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.retraining.reports import Report
from model.data.images import Images
from model.training.raising import Judged


@dataclass(frozen=True, eq=False)
class Met(Report):
    """Training begins, of so many steps; `judges` are pictures that it never sees, to judge the network by."""

    steps: int
    judges: Images


@dataclass(frozen=True, eq=False)
class Grown(Report):
    """The network after a step. seen: pictures that it has learnt from by then.

    weights: its vector as float16, which takes half the memory. kept: whether it is one of those to remember.
    """

    step: int
    seen: int
    judged: Judged
    weights: np.ndarray
    kept: bool


@dataclass(frozen=True, eq=False)
class Spoiling(Report):
    """A network is about to learn from spoilt pictures; judges, usual, sample and true are those of `Spoilt`."""

    steps: int
    judges: Images
    usual: Images
    sample: Images
    true: np.ndarray


@dataclass(frozen=True, eq=False)
class Tried(Grown):
    """usual: how it did on pictures that do not show what went wrong."""

    usual: Judged


@dataclass(frozen=True, eq=False)
class Learnt(Report):
    """All that was wrong is learnt; the process waits for the order to go on with what is right."""
