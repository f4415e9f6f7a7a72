"""Conv2D: a strided window view, one copy into columns, one matrix product (forward), two more (backward).

In training, and in predictions of many pictures, many channels go by tiles instead (winograd.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.network import winograd
from model.network.activations import ActivationName, activation
from model.network.initializers import Initializer, uniform
from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace, as_pictures, blocks, by_place, long_rows, row_blocks

_MANY = 8  # pictures from which a prediction goes by tiles too: of fewer the tiles are too few to gain by
_BLOCK_BYTES = 1_500_000  # columns are made for a few rows at a time, so that the product finds them in the cache

Padding = Literal["same", "valid"] | int


@dataclass(eq=False)
class Conv2D(Layer):
    """y[i, j] = activation(sum over the kernel of x[stride i + u - p, stride j + v - p] W[u, v] + b), NHWC.

    kernel: side of the square kernel. padding: "same" (output of ceil(side / stride)), "valid", or the number of zeros
    (less than the kernel) on every side. bias: leave it out where BatchNorm follows, whose shift does the same.
    """

    filters: int
    kernel: int = 3
    stride: int = 1
    padding: Padding = "same"
    activation: ActivationName = "linear"
    bias: bool = True
    initializer: Initializer = "he"

    def plan(self, shape: Shape) -> Plan:
        activation(self.activation)
        if len(shape) != 3:
            raise ValueError(f"A Conv2D layer takes pictures (height, width, channels), not {shape}.")
        if min(self.filters, self.kernel, self.stride) < 1:
            raise ValueError("A Conv2D layer needs at least one filter, a kernel of 1 and a stride of 1.")
        pads = [self.pads(side) for side in shape[:2]]
        sides = [self._side(side, pad) for side, pad in zip(shape, pads, strict=False)]
        if min(sides) < 1:
            raise ValueError(f"A kernel of {self.kernel} is larger than its input {shape} with padding.")
        parameters: dict[str, Shape] = {"weight": (self.kernel, self.kernel, shape[2], self.filters)}
        if self.bias:
            parameters["bias"] = (self.filters,)
        return Plan((sides[0], sides[1], self.filters), parameters, {})

    def initial_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return uniform(self.initializer, shape, rng) if name == "weight" else np.zeros(shape)

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        seen = by_place(x)
        y = self._convolved(seen, work, by_tiles=True)
        return as_pictures(y), (seen, y)

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        return as_pictures(self._convolved(by_place(x), work, by_tiles=len(x) >= _MANY))

    def _convolved(self, x: np.ndarray, work: Workspace, *, by_tiles: bool) -> np.ndarray:
        """(h, w, n, c) -> (rows, columns, n, f), by tiles where they suit."""
        n, channels = x.shape[2:]
        rows, columns = (self._side(side, pads) for side, pads in zip(x.shape, self._frame(x), strict=False))
        y = work.empty((rows, columns, n, self.filters), x.dtype)
        if by_tiles and winograd.suits(self.kernel, self.stride, channels, self.filters):
            winograd.convolve(x, self.parameters["weight"], self._frame(x), y, work)
            for block in blocks(y):
                self._finish(y[block])
        else:
            self._convolve(x, y, work)
        return y

    def _convolve(self, x: np.ndarray, y: np.ndarray, work: Workspace) -> None:
        """(h, w, n, c) -> written into y, (rows, columns, n, f), by columns."""
        weight = self.parameters["weight"].reshape(-1, self.filters)
        padded = work.framed(x, *self._frame(x))
        for block in self._blocks(y, len(weight)):
            columns = _columns(padded[self._window(block)], self.kernel, self.stride, work)
            np.matmul(columns, weight, out=y[block].reshape(-1, self.filters))
            self._finish(y[block])

    def _finish(self, y: np.ndarray) -> None:
        """Add the bias to rows of (rows, columns, n, f) and apply the activation, in place."""
        rows = long_rows(y)
        if self.bias:
            rows += np.tile(self.parameters["bias"], rows.shape[1] // self.filters)
        activation(self.activation).apply(rows)

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        x, y = cache
        d = by_place(dy)
        for block in blocks(d):
            activation(self.activation).chain(d[block], y[block])
        if self.bias:
            rows = d.reshape(-1, self.filters)
            gradients["bias"][...] = np.ones(len(rows), rows.dtype) @ rows
        if not wants_dx:
            self._weight_gradient(x, d, gradients["weight"], work)
            return None
        height, width, n, channels = x.shape
        dx = work.pictures((n, height, width, channels), x.dtype)
        if winograd.suits(self.kernel, self.stride, channels, self.filters):
            frame = self._frame(x)
            winograd.backward(x, d, self.parameters["weight"], frame, by_place(dx), gradients["weight"], work)
        elif self.stride == 1:
            self._backward_by_gathering(x, d, by_place(dx), gradients["weight"], work)
        else:
            self._weight_gradient(x, d, gradients["weight"], work)
            self._scatter(d, by_place(dx), work)
        return dx

    def _backward_by_gathering(
        self, x: np.ndarray, dy: np.ndarray, dx: np.ndarray, dweight: np.ndarray, work: Workspace
    ) -> None:
        """Both gradients from the columns of dy: dx = columns(dy) W flipped, dW = x^T columns(dy).

        Gathering dy costs one copy; adding products up into dx would cost kernel^2 passes, and the columns of x would
        have to be kept or made again.
        """
        channels = x.shape[3]
        k = self.kernel
        (top, bottom), (left, right) = self._frame(x)
        padded = work.framed(dy, (k - 1 - top, k - 1 - bottom), (k - 1 - left, k - 1 - right))
        flipped = np.ascontiguousarray(self.parameters["weight"][::-1, ::-1].transpose(0, 1, 3, 2)).reshape(
            -1, channels
        )
        total = np.zeros((channels, len(flipped)), x.dtype)
        for block in self._blocks(dx, len(flipped)):
            columns = _columns(padded[block.start : block.stop + k - 1], k, 1, work)
            np.matmul(columns, flipped, out=dx[block].reshape(-1, channels))
            total += x[block].reshape(-1, channels).T @ columns
        dweight[...] = total.reshape(channels, k, k, self.filters)[:, ::-1, ::-1].transpose(1, 2, 0, 3)

    def _weight_gradient(self, x: np.ndarray, dy: np.ndarray, dweight: np.ndarray, work: Workspace) -> None:
        """dW = columns(x)^T dy."""
        padded = work.framed(x, *self._frame(x))
        total = dweight.reshape(-1, self.filters)
        total[...] = 0
        for block in self._blocks(dy, len(total)):
            columns = _columns(padded[self._window(block)], self.kernel, self.stride, work)
            total += columns.T @ dy[block].reshape(-1, self.filters)

    def _scatter(self, dy: np.ndarray, dx: np.ndarray, work: Workspace) -> None:
        """Add dy W^T up where each column came from: with strides over 1 gathering would multiply zeros between."""
        rows, columns, n, _ = dy.shape
        (top, bottom), (left, right) = self._frame(dx)
        height, width, _, channels = dx.shape
        padded = work.scratch((top + height + bottom, left + width + right, n, channels), dx.dtype, "scattered")
        padded[...] = 0
        product = work.scratch((rows, columns, n, channels), dx.dtype)
        s = self.stride
        for u in range(self.kernel):
            for v in range(self.kernel):
                np.matmul(
                    dy.reshape(-1, self.filters), self.parameters["weight"][u, v].T, out=product.reshape(-1, channels)
                )
                padded[u : u + rows * s : s, v : v + columns * s : s] += product
        np.copyto(dx, padded[top : top + height, left : left + width])

    def _blocks(self, y: np.ndarray, length: int) -> Iterator[slice]:
        """Rows of y (rows, columns, n, f), as many as have columns of so many numbers each that fit the cache."""
        return row_blocks(len(y), length * y[0, :, :, 0].size * y.itemsize, _BLOCK_BYTES)

    def _window(self, rows: slice) -> slice:
        """The rows of a padded input that rows of results see."""
        return slice(rows.start * self.stride, (rows.stop - 1) * self.stride + self.kernel)

    def _side(self, side: int, pads: tuple[int, int]) -> int:
        """How many results there are along an axis of that many cells."""
        return (side + sum(pads) - self.kernel) // self.stride + 1

    def _frame(self, x: np.ndarray) -> winograd.Pads:
        """The zeros around (h, w, n, c)."""
        return self.pads(x.shape[0]), self.pads(x.shape[1])

    def pads(self, side: int) -> tuple[int, int]:
        """The zeros before and after an axis of that many cells."""
        if self.padding == "valid":
            return 0, 0
        if self.padding == "same":
            total = max((-(-side // self.stride) - 1) * self.stride + self.kernel - side, 0)
            return total // 2, total - total // 2
        if not isinstance(self.padding, int) or not 0 <= self.padding < self.kernel:
            raise ValueError(f'Padding is "same", "valid" or a number under the kernel, not {self.padding!r}.')
        return self.padding, self.padding


def _columns(x: np.ndarray, kernel: int, stride: int, work: Workspace) -> np.ndarray:
    """(h, w, n, c) -> (rows columns n, kernel kernel c): what the kernel sees at each place, copied out once."""
    height, width, n, channels = x.shape
    rows, columns = (height - kernel) // stride + 1, (width - kernel) // stride + 1
    a, b, c, d = x.strides
    if channels == 1:
        # the kernel's numbers would be copied one at a time; turned round, rows of the pictures are
        turned = as_strided(x, (kernel, kernel, rows, columns, n), (a, b, a * stride, b * stride, c))
        out = work.scratch(turned.shape, x.dtype)
        np.copyto(out, turned)
        return out.reshape(kernel * kernel, rows * columns * n).T
    windows = as_strided(x, (rows, columns, n, kernel, kernel, channels), (a * stride, b * stride, c, a, b, d))
    out = work.scratch(windows.shape, x.dtype)
    np.copyto(out, windows)
    return out.reshape(rows * columns * n, kernel * kernel * channels)
