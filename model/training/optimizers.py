"""Optimizers: how gradients change parameters; schedules: how the learning rate changes over a training.

An optimizer works on slices of one long parameter vector, so that threads can share the work and each slice is still
in the cache at the last of its passes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_WARM_UP = 0.2  # fraction of the steps in which one-cycle climbs
_START, _END = 0.04, 0.0004  # where one-cycle starts and ends


@dataclass(frozen=True, kw_only=True)
class Optimizer:
    """weight_decay is decoupled from the gradient (Loshchilov and Hutter 2019, arXiv 1711.05101, p. 3)."""

    weight_decay: float = 0.0
    moments = 0  # how many vectors as long as the parameters it remembers

    def update(
        self,
        p: np.ndarray,
        g: np.ndarray,
        moments: list[np.ndarray],
        t: np.ndarray,
        *,
        rate: float,
        step: int,
        decays: bool,
    ) -> None:
        """Change parameters p in place by gradient g (which may be overwritten). All are vectors of one length.

        moments: what the optimizer remembers of them, zero before the first step. t: room for that many numbers.
        rate: the learning rate now. step: counts from 1. decays: whether weight decay applies to these (not to
        biases).
        """
        if decays and self.weight_decay:
            p *= 1 - rate * self.weight_decay
        self._move(p, g, moments, t, rate, step)

    def _move(
        self, p: np.ndarray, g: np.ndarray, moments: list[np.ndarray], t: np.ndarray, rate: float, step: int
    ) -> None:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class SGD(Optimizer):
    """Stochastic gradient descent: p -= rate g."""

    def _move(
        self, p: np.ndarray, g: np.ndarray, moments: list[np.ndarray], t: np.ndarray, rate: float, step: int
    ) -> None:
        g *= rate
        p -= g


@dataclass(frozen=True, kw_only=True)
class Momentum(Optimizer):
    """v = momentum v + g; p -= rate v (Polyak 1964).

    With nesterov p -= rate (g + momentum v) (Sutskever et al. 2013, ICML, p. 1141).
    """

    momentum: float = 0.9
    nesterov: bool = False
    moments = 1

    def _move(
        self, p: np.ndarray, g: np.ndarray, moments: list[np.ndarray], t: np.ndarray, rate: float, step: int
    ) -> None:
        v = moments[0]
        v *= self.momentum
        v += g
        if self.nesterov:
            g += np.multiply(v, self.momentum, out=t)
        p -= np.multiply(g if self.nesterov else v, rate, out=t)


@dataclass(frozen=True, kw_only=True)
class Adam(Optimizer):
    """Kingma and Ba 2015 (arXiv 1412.6980, p. 2).

    The moments are kept as plain sums, m / (1 - beta1) and v / (1 - beta2) in the paper's terms, and all corrections
    are drawn into the rate and the epsilon: that spares three of thirteen passes.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    moments = 2

    def _move(
        self, p: np.ndarray, g: np.ndarray, moments: list[np.ndarray], t: np.ndarray, rate: float, step: int
    ) -> None:
        m, v = moments
        m *= self.beta1
        m += g
        np.multiply(g, g, out=g)
        v *= self.beta2
        v += g
        v_scale = math.sqrt((1 - self.beta2) / (1 - self.beta2**step))
        np.sqrt(v, out=t)
        t += self.epsilon / v_scale
        np.divide(m, t, out=t)
        t *= rate * (1 - self.beta1) / (1 - self.beta1**step) / v_scale
        p -= t


OPTIMIZERS = ("sgd", "momentum", "nesterov", "adam")


def optimizer(name: str, *, momentum: float = 0.9, weight_decay: float = 0.0) -> Optimizer:
    """The optimizer of that name; momentum is Adam's beta1 too. Raises ValueError with the names that there are."""
    if name == "sgd":
        return SGD(weight_decay=weight_decay)
    if name in ("momentum", "nesterov"):
        return Momentum(momentum=momentum, nesterov=name == "nesterov", weight_decay=weight_decay)
    if name == "adam":
        return Adam(beta1=momentum, weight_decay=weight_decay)
    raise ValueError(f"There is no optimizer {name!r}; choose one of {', '.join(OPTIMIZERS)}.")


# Schedules: the learning rate as a factor of its greatest value


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
