"""Layers: parameters in, forward and backward out. Convolution and pooling stand in files of their own.

A layer keeps parameters, never activations. `forward` returns what `backward` will need as a value, the cache; so
several threads can run pieces of one batch through the same layer at once.
"""

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

import numpy as np

from model.network.activations import activation
from model.network.workspace import Shape, Workspace

STARTS = ("he", "glorot")


class Plan(NamedTuple):
    """What a layer makes of inputs of a shape: shapes without the batch axis, known before memory is taken."""

    output: Shape
    parameters: dict[str, Shape]
    state: dict[str, Shape]


@dataclass(eq=False, kw_only=True)
class Layer:
    """A step of a network.

    parameters: arrays that are trained. state: arrays that are saved with the network and not trained.
    """

    parameters: dict[str, np.ndarray] = field(default_factory=dict, init=False, repr=False)
    state: dict[str, np.ndarray] = field(default_factory=dict, init=False, repr=False)

    def plan(self, shape: Shape) -> Plan:
        """What comes of inputs of this shape (without the batch axis); raises ValueError if they do not fit."""
        raise NotImplementedError

    def starting_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        """The value of a parameter or state array before training, float64."""
        return np.zeros(shape)

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        """(n, *shape) -> (output, cache), for training. Does not change x."""
        raise NotImplementedError

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        """(n, *shape) -> output, for prediction: keeps nothing. Does not change x."""
        return self.forward(x, work)[0]

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        """The loss's gradient by the output -> its gradient by the input (None unless wanted).

        Writes the gradient of each parameter into the array of its name in gradients. May overwrite dy.
        """
        raise NotImplementedError

    def observed(self, cache: Any) -> dict[str, np.ndarray]:
        """What forward saw of the batch that belongs into the state, by name."""
        return {}

    def settings(self) -> dict[str, Any]:
        """The arguments that make such a layer again."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.init}


def _fan_limit(start: str, fan_in: int, fan_out: int) -> float:
    """Limit of a uniform start: He et al. 2015 (arXiv 1502.01852, p. 4), Glorot and Bengio 2010 (AISTATS, p. 253)."""
    return float(np.sqrt(6 / fan_in)) if start == "he" else float(np.sqrt(6 / (fan_in + fan_out)))


def uniform_start(start: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
    """Weights drawn evenly around 0 so that signals keep their size; the last axis counts the outputs."""
    if start not in STARTS:
        raise ValueError(f"There is no start {start!r}; choose one of {', '.join(STARTS)}.")
    receptive = int(np.prod(shape[:-2]))
    limit = _fan_limit(start, receptive * shape[-2], receptive * shape[-1])
    return rng.uniform(-limit, limit, shape)


@dataclass(eq=False)
class Dense(Layer):
    """y = activation(x W + b) for x of shape (n, inputs)."""

    units: int
    activation: str = "linear"
    start: str = "he"

    def plan(self, shape: Shape) -> Plan:
        activation(self.activation)
        if len(shape) != 1:
            raise ValueError(f"A Dense layer takes vectors, not {shape}; put Flatten() before it.")
        return Plan((self.units,), {"weight": (shape[0], self.units), "bias": (self.units,)}, {})

    def starting_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return uniform_start(self.start, shape, rng) if name == "weight" else np.zeros(shape)

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        y = work.empty((len(x), self.units), x.dtype)
        np.matmul(x, self.parameters["weight"], out=y)
        y += self.parameters["bias"]
        activation(self.activation).apply(y)
        return y, (x, y)

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        x, y = cache
        activation(self.activation).chain(dy, y)
        np.matmul(x.T, dy, out=gradients["weight"])
        dy.sum(axis=0, out=gradients["bias"])
        if not wants_dx:
            return None
        dx = work.empty(x.shape, x.dtype)
        return np.matmul(dy, self.parameters["weight"].T, out=dx)


@dataclass(eq=False)
class Flatten(Layer):
    """(n, ...) -> (n, the product of the rest)."""

    def plan(self, shape: Shape) -> Plan:
        return Plan((int(np.prod(shape)),), {}, {})

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        return x.reshape(len(x), -1), x.shape

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        return dy.reshape(cache)


@dataclass(eq=False)
class Dropout(Layer):
    """Sets a share of the inputs to 0 in training, scales the rest up (Srivastava et al. 2014, JMLR 15, p. 1930)."""

    share: float = 0.5

    def plan(self, shape: Shape) -> Plan:
        if not 0 <= self.share < 1:
            raise ValueError(f"Dropout takes a share from 0 up to, but without, 1, not {self.share}.")
        return Plan(shape, {}, {})

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        mask = (work.rng.random(x.shape, np.float32) >= self.share).astype(x.dtype)
        mask /= 1 - self.share
        return x * mask, mask

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        return x

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        return np.multiply(dy, cache, out=dy)


@dataclass(eq=False)
class BatchNorm(Layer):
    """Each channel (last axis) brought to mean 0 and variance 1, then scaled and shifted by what is learnt, then
    activated.

    Ioffe and Szegedy 2015 (arXiv 1502.03167, p. 3). In training the statistics are taken over the piece of the batch
    that one call sees (8 to 64 images, every position), not over the whole batch: pieces need not wait for each
    other, and the result does not depend on how many threads share them. Predictions use the running averages in
    `state` alone, so they depend neither on pieces nor on what else is in the batch.
    """

    activation: str = "linear"
    epsilon: float = 1e-5

    def plan(self, shape: Shape) -> Plan:
        activation(self.activation)
        channels = (shape[-1],)
        return Plan(shape, {"scale": channels, "shift": channels}, {"mean": channels, "variance": channels})

    def starting_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
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
    return sums.reshape(-1, x.shape[-1]).sum(axis=0)


def _repeated(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Values for each channel (c,) -> the same for long rows (w c,)."""
    return np.tile(values, rows.shape[-1] // len(values))
