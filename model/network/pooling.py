"""Pooling: the greatest or the mean value of each square of a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.layer import Layer, Plan
from model.network.workspace import BLOCK_BYTES, Shape, Workspace, as_pictures, by_place, row_blocks


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

    def _results(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        """Uninitialised results for pictures x (n, h, w, c)."""
        n, height, width, channels = x.shape
        return work.pictures((n, height // self.size, width // self.size, channels), x.dtype)

    def _gradient(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        """Room for the gradient by x (h, w, n, c), zero where no square is."""
        dx = by_place(work.pictures((x.shape[2], *x.shape[:2], x.shape[3]), x.dtype))
        dx[len(x) // self.size * self.size :] = 0
        dx[:, x.shape[1] // self.size * self.size :] = 0
        return dx

    def _bands(self, x: np.ndarray) -> Iterator[tuple[slice, slice]]:
        """Rows of results and the rows of x (h, w, n, c) that they come from, a few at a time."""
        for rows in row_blocks(len(x) // self.size, self.size * x[:1].nbytes, BLOCK_BYTES):
            yield rows, slice(rows.start * self.size, rows.stop * self.size)

    def _down(self, x: np.ndarray) -> list[np.ndarray]:
        """Views of rows x (h, w, n, c), one for each of the cells that are pooled together down; none of a rest."""
        width = x.shape[1] // self.size * self.size
        return [x[i :: self.size, :width] for i in range(self.size)]

    def _across(self, x: np.ndarray) -> list[np.ndarray]:
        """The same across."""
        return [x[:, i :: self.size] for i in range(self.size)]


@dataclass(eq=False)
class MaxPool2D(_Pool2D):
    """The greatest value of each square; among equals the first one gets the gradient, first by column, then by row."""

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        seen, y = by_place(x), self._results(x, work)
        out = by_place(y)
        for rows, band in self._bands(seen):
            _greatest(self._across(self._tallest(seen[band], work)), out[rows])
        return y, seen

    def _tallest(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        """The greatest values down: rows x (h, w, n, c) -> (h / size, w without a rest, n, c)."""
        cells = self._down(x)
        y = work.scratch(cells[0].shape, x.dtype, "tallest")
        _greatest(cells, y)
        return y

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        x, d = cache, by_place(dy)
        dx = self._gradient(x, work)
        for rows, band in self._bands(x):
            tallest = self._tallest(x[band], work)
            dtallest = work.scratch(tallest.shape, tallest.dtype, "dtallest")
            _give_to_greatest(d[rows], self._across(tallest), self._across(dtallest))
            _give_to_greatest(dtallest, self._down(x[band]), self._down(dx[band]))
        return as_pictures(dx)


def _greatest(cells: list[np.ndarray], y: np.ndarray) -> None:
    """Write the greatest of each place's cells into y."""
    if len(cells) == 1:
        np.copyto(y, cells[0])
    for i, cell in enumerate(cells[1:]):
        np.maximum(y if i else cells[0], cell, out=y)


def _give_to_greatest(dy: np.ndarray, cells: list[np.ndarray], dcells: list[np.ndarray]) -> None:
    """Write dy into the first of the greatest cells: what one cell does not take is left for those after it."""
    for i, (cell, dcell) in enumerate(zip(cells[:-1], dcells[:-1], strict=True)):
        wins = cell >= cells[i + 1]
        for later in cells[i + 2 :]:
            wins &= cell >= later
        np.multiply(dy, wins, out=dcell)
        dy = np.subtract(dy, dcell, out=dcells[-1])
    if len(cells) == 1:
        np.copyto(dcells[0], dy)


@dataclass(eq=False)
class AveragePool2D(_Pool2D):
    """The mean of each square."""

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        seen, y = by_place(x), self._results(x, work)
        out = by_place(y)
        out[...] = 0
        for cell in self._cells(seen):
            out += cell
        out *= 1 / self.size**2
        return y, seen

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        d, dx = by_place(dy), self._gradient(cache, work)
        for cell in self._cells(dx):
            np.multiply(d, 1 / self.size**2, out=cell)
        return as_pictures(dx)

    def _cells(self, x: np.ndarray) -> list[np.ndarray]:
        """Views of x (h, w, n, c), one for each of the cells that are pooled together."""
        height = len(x) // self.size * self.size
        return [cell for down in self._down(x[:height]) for cell in self._across(down)]
