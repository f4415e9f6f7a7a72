"""Pooling: the greatest or the mean value of each square of a picture."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace


@dataclass(eq=False)
class _Pool2D(Layer):
    """Squares of `size` cells side by side; a rest at the right or bottom edge that fills no square is left out."""

    size: int = 2

    def plan(self, shape: Shape) -> Plan:
        if len(shape) != 3:
            raise ValueError(f"Pooling takes pictures (height, width, channels), not {shape}.")
        if self.size < 1 or self.size > min(shape[:2]):
            raise ValueError(f"Squares of {self.size} cells do not fit into pictures of {shape[0]}x{shape[1]}.")
        return Plan((shape[0] // self.size, shape[1] // self.size, shape[2]), {}, {})

    def _axes(self, x: np.ndarray) -> list[tuple[int, int]]:
        """(axis, length after pooling): first down, where neighbours lie in long rows that numpy walks fastest."""
        return [(1, x.shape[1] // self.size), (2, x.shape[2] // self.size)]

    def _cells(self, x: np.ndarray, axis: int, length: int) -> list[np.ndarray]:
        """Views of x, one for each of the cells that are pooled together along the axis."""
        before = (slice(None),) * axis
        return [x[(*before, slice(i, length * self.size, self.size))] for i in range(self.size)]

    def _empty_gradient(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        dx = work.empty(x.shape, x.dtype)
        if x.shape[1] % self.size or x.shape[2] % self.size:
            dx[...] = 0
        return dx


@dataclass(eq=False)
class MaxPool2D(_Pool2D):
    """The greatest value of each square; among equals the first one gets the gradient."""

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        inputs = []
        for axis, length in self._axes(x):
            inputs.append(x)
            x = self._greatest(x, axis, length, work)
        return x, inputs

    def _greatest(self, x: np.ndarray, axis: int, length: int, work: Workspace) -> np.ndarray:
        first, *others = self._cells(x, axis, length)
        y = work.empty(first.shape, x.dtype)
        if not others:
            np.copyto(y, first)
        for i, cell in enumerate(others):
            np.maximum(first if i == 0 else y, cell, out=y)
        return y

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        for x, (axis, length) in reversed(list(zip(cache, self._axes(cache[0]), strict=True))):
            dx = self._empty_gradient(x, work)
            cells = self._cells(x, axis, length)
            dcells = self._cells(dx, axis, length)
            # dy goes to the first of the greatest cells: what one cell does not take is left for those after it
            for i, (cell, dcell) in enumerate(zip(cells[:-1], dcells[:-1], strict=True)):
                wins = cell >= cells[i + 1]
                for later in cells[i + 2 :]:
                    wins &= cell >= later
                np.multiply(dy, wins, out=dcell)
                dy = np.subtract(dy, dcell, out=dcells[-1])
            if self.size == 1:
                np.copyto(dx, dy)
            dy = dx
        return dy


@dataclass(eq=False)
class AveragePool2D(_Pool2D):
    """The mean of each square."""

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        shape = x.shape
        for axis, length in self._axes(x):
            first, *others = self._cells(x, axis, length)
            x = first.copy()
            for cell in others:
                x += cell
        x *= 1 / self.size**2
        return x, shape

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        dx = np.zeros(cache, dy.dtype)
        dy *= 1 / self.size**2
        (_, rows), (_, columns) = self._axes(dx)
        for band in self._cells(dx, 1, rows):
            for cell in self._cells(band, 2, columns):
                cell[...] = dy
        return dx
