"""Flatten: pictures to vectors, for the dense layers behind."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace


@dataclass(eq=False)
class Flatten(Layer):
    """(n, ...) -> (n, the product of the rest)."""

    def plan(self, shape: Shape) -> Plan:
        return Plan((math.prod(shape),), {}, {})

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        return x.reshape(len(x), -1), x.shape

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        return dy.reshape(cache)
