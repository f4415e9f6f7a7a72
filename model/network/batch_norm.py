"""BatchNorm: each channel brought to mean 0 and variance 1, then scaled and shifted by what is learnt."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.activations import ActivationName, activation
from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace


@dataclass(eq=False)
class BatchNorm(Layer):
    """y = activation(scale (x - mean) / sqrt(variance + epsilon) + shift), scale and shift learnt for each channel.

    Ioffe and Szegedy 2015 (arXiv 1502.03167, p. 3). In training the statistics are taken over the piece of the batch
    that one call sees (8 to 64 images, every position), not over the whole batch: pieces need not wait for each
    other, and the result does not depend on how many threads share them. Predictions use the running averages in
    `state` alone, so they depend neither on pieces nor on what else is in the batch.
    """

    activation: ActivationName = "linear"
    epsilon: float = 1e-5

    def plan(self, shape: Shape) -> Plan:
        activation(self.activation)
        if not 0 < self.epsilon < math.inf:
            raise ValueError(f"BatchNorm takes an epsilon over 0, not {self.epsilon}.")
        channels = (shape[-1],)
        return Plan(shape, {"scale": channels, "shift": channels}, {"mean": channels, "variance": channels})

    def initial_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return np.ones(shape) if name in ("scale", "variance") else np.zeros(shape)

    def affine(self) -> tuple[np.ndarray, np.ndarray]:
        """(a, b), each (channels,): a prediction is activation(a x + b)."""
        a = self.parameters["scale"] / np.sqrt(self.state["variance"] + self.epsilon)
        return a, self.parameters["shift"] - self.state["mean"] * a

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        rows = _rows(x)
        count = x.size // x.shape[-1]
        mean = _by_channel(rows.sum(axis=0), x) / count
        variance = np.maximum(_by_channel(np.einsum("ij,ij->j", rows, rows), x) / count - mean * mean, 0)
        inverse = 1 / np.sqrt(variance + self.epsilon)
        a = self.parameters["scale"] * inverse
        y = self._apply(x, a, self.parameters["shift"] - mean * a, work)
        return y, (x, y, mean, variance, inverse)

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        return self._apply(x, *self.affine(), work)

    def _apply(self, x: np.ndarray, a: np.ndarray, b: np.ndarray, work: Workspace) -> np.ndarray:
        y = work.empty(x.shape, x.dtype)
        rows, out = _rows(x), _rows(y)
        np.multiply(rows, _repeated(a, rows), out=out)
        out += _repeated(b, rows)
        activation(self.activation).apply(y)
        return y

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        x, y, mean, _, inverse = cache
        activation(self.activation).chain(dy, y)
        rows, d = _rows(x), _rows(dy)
        count = x.size // x.shape[-1]
        total = _by_channel(d.sum(axis=0), x)
        dscale = inverse * (_by_channel(np.einsum("ij,ij->j", d, rows), x) - mean * total)
        gradients["shift"][...] = total
        gradients["scale"][...] = dscale
        # dx = a (dy - mean(dy) - x^ mean(dy x^)), sorted by powers of x so that it takes four passes
        a = self.parameters["scale"] * inverse
        by_x = -a * inverse * dscale / count
        constant = -a * total / count - by_x * mean
        d *= _repeated(a, rows)
        d += np.multiply(rows, _repeated(by_x, rows), out=work.scratch(rows.shape, x.dtype))
        d += _repeated(constant, rows)
        return dy

    def observed(self, cache: Any) -> dict[str, np.ndarray]:
        return {"mean": cache[2], "variance": cache[3]}


def _rows(x: np.ndarray) -> np.ndarray:
    """(n, h, w, c) -> (n h, w c): long rows, because numpy's loops over rows of c alone run at half the speed."""
    return x.reshape(-1, x.shape[-1] * x.shape[-2]) if x.ndim == 4 else x.reshape(-1, x.shape[-1])


def _by_channel(sums: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Sums over long rows (w c,) -> sums for each channel (c,)."""
    by_channel: np.ndarray = sums.reshape(-1, x.shape[-1]).sum(axis=0)
    return by_channel


def _repeated(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Values for each channel (c,) -> the same for long rows (w c,)."""
    return np.tile(values, rows.shape[-1] // len(values))
