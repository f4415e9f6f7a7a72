"""Optimizers: how gradients change parameters; schedules: how the learning rate changes over a training.

An optimizer works on slices of one long parameter vector, so that workers can share it and each slice is still
in the cache at the last of its passes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.network.workspace import Shape

_WARM_UP = 0.2  # fraction of the steps in which one-cycle climbs
_START, _END = 0.04, 0.0004  # where one-cycle starts and ends
_NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # five steps of it bring singular values to between 0.7 and 1.2
_NEWTON_SCHULZ_STEPS = 5
_LIKE_ADAM = 0.2  # root of the mean square of Muon's changes at a rate of 1, as Adam's usually are
# Muon leaves wider matrices to Adam: its products grow with the third power of a matrix's shorter side.
_WIDEST = 128


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
        matrix: Shape | None = None,
    ) -> None:
        """Change parameters p in place by gradient g (which may be overwritten). All are vectors of one length.

        moments: what the optimizer remembers of them, zero before the first step. t: room for that many numbers.
        rate: the learning rate now. step: counts from 1. decays: whether weight decay applies to these (not to
        biases). matrix: (inputs, outputs) where p is a whole weight that the optimizer takes whole; else None.
        """
        if decays and self.weight_decay:
            p *= 1 - rate * self.weight_decay
        if matrix is not None:
            self._move_matrix(p.reshape(matrix), g.reshape(matrix), moments[0].reshape(matrix), rate)
        else:
            self._move(p, g, moments, t, rate, step)

    def takes_whole(self, matrix: Shape) -> bool:
        """Whether a hidden layer's weight (inputs, outputs) must come whole, not slice by slice."""
        return False

    def _move_matrix(self, p: np.ndarray, g: np.ndarray, v: np.ndarray, rate: float) -> None:
        raise NotImplementedError

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


@dataclass(frozen=True, kw_only=True)
class Muon(Adam):
    """Nesterov's momentum, orthogonalised, for the weights of hidden layers; Adam for all else.

    Jordan et al. 2024 (https://kellerjordan.github.io/posts/muon): the change of a matrix is the nearest one whose
    singular values are all equal, so that rare directions are learnt as fast as common ones. It is scaled as in Liu et
    al. 2025 (arXiv 2502.16982, p. 3), so that one learning rate suits both.
    """

    def takes_whole(self, matrix: Shape) -> bool:
        return min(matrix) <= _WIDEST

    def _move_matrix(self, p: np.ndarray, g: np.ndarray, v: np.ndarray, rate: float) -> None:
        v *= self.beta1
        v += g
        g += self.beta1 * v
        p -= orthogonalized(g) * np.float32(rate * _LIKE_ADAM * math.sqrt(max(p.shape)))


def orthogonalized(matrix: np.ndarray) -> np.ndarray:
    """(m, n) -> (m, n): the same singular vectors, and all singular values between about 0.7 and 1.2.

    Newton-Schulz: an odd polynomial of the matrix, step by step, as in Jordan et al. 2024. All factors but the first
    are polynomials of the Gram matrix, so the steps work on that, which is small: two long products in place of ten.
    Singular values under a thousandth of the greatest stay smaller. A matrix of zeros gives zeros.
    """
    greatest = float(np.abs(matrix).max())
    if not 0 < greatest < math.inf:
        return np.zeros_like(matrix)
    scaled = matrix * np.float32(1 / greatest)  # or the squares of what is very small or large would get lost
    tall = scaled if matrix.shape[0] >= matrix.shape[1] else scaled.T
    a, b, c = _NEWTON_SCHULZ
    gram = tall.T @ tall
    size = math.sqrt(float(np.vdot(gram, gram)))  # at least the greatest eigenvalue, and at most the trace
    gram /= size
    total: np.ndarray | None = None
    for step in range(_NEWTON_SCHULZ_STEPS):
        factor = gram @ gram
        factor *= c
        factor += b * gram
        factor.flat[:: len(gram) + 1] += a
        total = factor if total is None else total @ factor
        if step < _NEWTON_SCHULZ_STEPS - 1:
            gram = factor @ gram @ factor
    assert total is not None
    total /= math.sqrt(size)
    result = tall @ total
    return result if tall is scaled else result.T


OPTIMIZERS = ("sgd", "momentum", "nesterov", "adam", "muon")


def optimizer(name: str, *, momentum: float = 0.9, weight_decay: float = 0.0) -> Optimizer:
    """The optimizer of that name; momentum is Adam's beta1 too. Raises ValueError with the names that there are."""
    if name == "sgd":
        return SGD(weight_decay=weight_decay)
    if name in ("momentum", "nesterov"):
        return Momentum(momentum=momentum, nesterov=name == "nesterov", weight_decay=weight_decay)
    if name in ("adam", "muon"):
        kind = Adam if name == "adam" else Muon
        return kind(beta1=momentum, weight_decay=weight_decay)
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


def linear(progress: float) -> float:
    """Straight from 1 down to 0."""
    return 1 - progress


# progress runs from 0 (first step) to 1 (after the last)
SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": constant,
    "cosine": cosine,
    "one_cycle": one_cycle,
    "linear": linear,
}
