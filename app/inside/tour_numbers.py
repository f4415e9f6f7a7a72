"""Numbers of the tour: which filter, pool and units of a network it shows for a drawing, and what they compute."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from model.explanation.introspection import CONVOLUTION, DENSE, PICTURE, POOLING, Field, Introspection
from model.network.convolution import Conv2D
from model.network.layers import Dense
from model.network.pooling import MaxPool2D

Values = tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class Weighing:
    """One place of the first layer. seen, weights: (k, k) float32, or (28, 28) of a unit that sees all.

    total: the sum of their products with the bias, before the activation. response: the whole map (h, w), None of a
    unit. slides: whether it is a filter, which looks everywhere.
    """

    unit: int
    field: Field
    seen: np.ndarray
    weights: np.ndarray
    bias: float
    total: float
    value: float
    response: np.ndarray | None

    @property
    def slides(self) -> bool:
        """Whether it is a filter."""
        return self.response is not None


def weighing(inside: Introspection, values: Values) -> Weighing | None:
    """The map or unit of the first layer that answers most strongly, at the place where it does.

    None where the first layer neither slides over the picture nor adds it up.
    """
    step = inside.steps[1]
    layer, after = step.layer, values[1]
    if step.kind not in (CONVOLUTION, DENSE) and len(inside.steps) > 2:
        return None
    weights_of = inside.weights(1, 0)
    if weights_of is None or not isinstance(layer, Conv2D | Dense):
        return None
    place = np.unravel_index(int(after.argmax()), after.shape)
    unit = int(place[-1])
    picture = values[0].reshape(28, 28)
    weights = inside.weights(1, unit)
    assert weights is not None
    bias = float(layer.parameters["bias"][unit]) if "bias" in layer.parameters else 0.0
    if isinstance(layer, Dense):
        kernel = weights.reshape(28, 28)
        total = float((picture * kernel).sum()) + bias
        return Weighing(unit, Field(0, 0, 28, 28), picture, kernel, bias, total, float(after[unit]), None)
    row, column = int(place[0]), int(place[1])
    kernel = weights[:, :, 0]
    top, left = row * layer.stride - layer.pads(28)[0], column * layer.stride - layer.pads(28)[0]
    padded = np.pad(picture, layer.kernel)
    around = layer.kernel
    seen = padded[top + around : top + 2 * around, left + around : left + 2 * around]
    total = float((seen * kernel).sum()) + bias
    field = inside.field(1, row, column)
    return Weighing(unit, field, seen, kernel, bias, total, float(after[row, column, unit]), after[:, :, unit])


@dataclass(frozen=True, eq=False)
class Pool:
    """One place of the first pooling step. before (h, w), after (h / size, w / size): one map; block (size, size)."""

    unit: int
    before: np.ndarray
    after: np.ndarray
    row: int
    column: int
    size: int
    takes_greatest: bool

    @property
    def block(self) -> np.ndarray:
        """What becomes one value."""
        top, left = self.row * self.size, self.column * self.size
        return self.before[top : top + self.size, left : left + self.size]

    @property
    def value(self) -> float:
        """What it becomes."""
        return float(self.after[self.row, self.column])


def pool(inside: Introspection, values: Values) -> Pool | None:
    """The first pooling step, where the strongest map is strongest; None where there is none."""
    for number, step in enumerate(inside.steps):
        if step.kind == POOLING:
            row, column, unit = (int(at) for at in np.unravel_index(int(values[number].argmax()), step.shape))
            before, after = values[number - 1][:, :, unit], values[number][:, :, unit]
            size = getattr(step.layer, "size", 2)
            return Pool(unit, before, after, row, column, size, isinstance(step.layer, MaxPool2D))
    return None


def counts(inside: Introspection) -> list[tuple[str, int]]:
    """The kind of each step and how many values it has."""
    return [(step.kind, prod(step.shape)) for step in inside.steps]


def hidden(inside: Introspection, values: Values) -> np.ndarray | None:
    """(n,) the units before the output; None where no layer stands between them and the picture."""
    step = inside.steps[inside.last_hidden]
    return None if step.kind == PICTURE else values[inside.last_hidden].ravel()


def contributions(inside: Introspection, values: Values, digit: int) -> np.ndarray | None:
    """(n,) what each unit before the output adds to the score of a digit: its value times its weight."""
    weights = inside.weights(len(inside.steps) - 1, digit)
    return None if weights is None else values[inside.last_hidden].ravel() * weights.ravel()
