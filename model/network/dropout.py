"""Dropout: some inputs are left out at random, so that no layer relies on any one of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace


@dataclass(eq=False)
class Dropout(Layer):
    """Sets inputs to 0 in training with probability `rate` (0 up to, but without, 1) and scales the others up.

    Predictions see all inputs (Srivastava et al. 2014, JMLR 15, p. 1930).
    """

    rate: float = 0.5

    def plan(self, shape: Shape) -> Plan:
        if not 0 <= self.rate < 1:
            raise ValueError(f"Dropout takes a rate from 0 up to, but without, 1, not {self.rate}.")
        return Plan(shape, {}, {})

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        mask = (work.rng.random(x.shape, np.float32) >= self.rate).astype(x.dtype)
        mask /= 1 - self.rate
        return x * mask, mask

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        return x

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        dy *= cache
        return dy
