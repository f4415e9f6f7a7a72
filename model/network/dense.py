"""Dense: every output sees every input."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.activations import ActivationName, activation
from model.network.initializers import Initializer, uniform
from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace


@dataclass(eq=False)
class Dense(Layer):
    """y = activation(x W + b): (n, inputs) -> (n, units)."""

    units: int
    activation: ActivationName = "linear"
    initializer: Initializer = "he"

    def plan(self, shape: Shape) -> Plan:
        activation(self.activation)
        if len(shape) != 1:
            raise ValueError(f"A Dense layer takes vectors, not {shape}; put Flatten() before it.")
        if self.units < 1:
            raise ValueError(f"A Dense layer needs at least one unit, not {self.units}.")
        return Plan((self.units,), {"weight": (shape[0], self.units), "bias": (self.units,)}, {})

    def initial_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return uniform(self.initializer, shape, rng) if name == "weight" else np.zeros(shape)

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
