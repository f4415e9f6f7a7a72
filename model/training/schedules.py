"""Schedules: the learning rate over a training, as a factor of its greatest value."""

import math
from collections.abc import Callable

_WARM_UP = 0.2  # share of the steps in which one-cycle climbs
_START, _END = 0.04, 0.0004  # where one-cycle starts and ends


def constant(progress: float) -> float:
    """1 throughout."""
    return 1.0


def cosine(progress: float) -> float:
    """From 1 down to 0 along half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983, p. 4)."""
    return (1 + math.cos(math.pi * progress)) / 2


def one_cycle(progress: float) -> float:
    """Up for a fifth of the training, then down again, by cosines (Smith and Topin 2018, arXiv 1708.07120)."""
    if progress < _WARM_UP:
        return _START + (1 - _START) * (1 - cosine(progress / _WARM_UP))
    return _END + (1 - _END) * cosine((progress - _WARM_UP) / (1 - _WARM_UP))


# progress runs from 0 (first step) to 1 (after the last)
SCHEDULES: dict[str, Callable[[float], float]] = {"constant": constant, "cosine": cosine, "one_cycle": one_cycle}
