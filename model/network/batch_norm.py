"""BatchNorm: each channel brought to mean 0 and variance 1, then scaled and shifted by what is learnt."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.activations import ActivationName, activation
from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace, as_pictures, blocks, by_place, long_rows


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
        total, squares = np.zeros((2, rows.shape[1]), x.dtype)
        for block in blocks(rows):
            part = rows[block]
            total += _sum(part)
            squares += np.einsum("ij,ij->j", part, part)
        count = x.size // x.shape[-1]
        mean = _by_channel(total, x) / count
        variance = np.maximum(_by_channel(squares, x) / count - mean * mean, 0)
        inverse = 1 / np.sqrt(variance + self.epsilon)
        a = self.parameters["scale"] * inverse
        y = self._apply(x, a, self.parameters["shift"] - mean * a, work)
        return y, (rows, _rows(y), mean, variance, inverse)

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        return self._apply(x, *self.affine(), work)

    def _apply(self, x: np.ndarray, a: np.ndarray, b: np.ndarray, work: Workspace) -> np.ndarray:
        y = work.pictures(x.shape, x.dtype) if x.ndim == 4 else work.empty(x.shape, x.dtype)
        rows, out = _rows(x), _rows(y)
        scale, shift = _repeated(a, rows), _repeated(b, rows)
        for block in blocks(rows):
            part = np.multiply(rows[block], scale, out=out[block])
            part += shift
            activation(self.activation).apply(part)
        return y

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        rows, y, mean, _, inverse = cache
        d = _rows(dy)
        total, by_rows = np.zeros((2, rows.shape[1]), dy.dtype)
        for block in blocks(rows):
            part = d[block]
            activation(self.activation).chain(part, y[block])
            total += _sum(part)
            by_rows += np.einsum("ij,ij->j", part, rows[block])
        gradients["shift"][...] = dshift = _by_channel(total, dy)
        gradients["scale"][...] = dscale = inverse * (_by_channel(by_rows, dy) - mean * dshift)
        # dx = a (dy - mean(dy) - x^ mean(dy x^)), sorted by powers of x so that it takes four passes
        count = dy.size // dy.shape[-1]
        a = self.parameters["scale"] * inverse
        by_x = -a * inverse * dscale / count
        constant = -a * dshift / count - by_x * mean
        self._combine(d, rows, (a, by_x, constant), work)
        return as_pictures(d.reshape(*dy.shape[1:3], len(dy), -1)) if dy.ndim == 4 else d

    def _combine(
        self, d: np.ndarray, rows: np.ndarray, factors: tuple[np.ndarray, np.ndarray, np.ndarray], work: Workspace
    ) -> None:
        """Replace d by a d + b rows + c, with a factor of each kind for each channel."""
        a, b, c = (_repeated(factor, rows) for factor in factors)
        for block in blocks(rows):
            part, seen = d[block], rows[block]
            part *= a
            part += np.multiply(seen, b, out=work.scratch(seen.shape, seen.dtype))
            part += c

    def observed(self, cache: Any) -> dict[str, np.ndarray]:
        return {"mean": cache[2], "variance": cache[3]}


def _rows(x: np.ndarray) -> np.ndarray:
    """(n, h, w, c) or (n, c) -> rows that hold every channel, one or many times; a view as `by_place` is."""
    return long_rows(by_place(x)) if x.ndim == 4 else x


def _sum(rows: np.ndarray) -> np.ndarray:
    total: np.ndarray = np.ones(len(rows), rows.dtype) @ rows  # faster than numpy's sum
    return total


def _by_channel(sums: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Sums over rows -> sums for each channel (c,)."""
    by_channel: np.ndarray = sums.reshape(-1, x.shape[-1]).sum(axis=0)
    return by_channel


def _repeated(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Values for each channel (c,) -> the same for rows."""
    times = rows.shape[-1] // len(values)
    return values if times == 1 else np.tile(values, times)
