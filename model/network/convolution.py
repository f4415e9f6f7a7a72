"""Conv2D: a strided window view, one copy into columns, one matrix product (forward), two more (backward).

In training many channels go by tiles instead (winograd.py). A prediction does not: it takes the weights as they are,
and the tiles of one picture are too few to gain by.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.network import winograd
from model.network.activations import ActivationName, activation
from model.network.initializers import Initializer, uniform
from model.network.layer import Layer, Plan
from model.network.workspace import Shape, Workspace

# Columns are made for a few images at a time, so that they are still in the cache when the product reads them:
# 30 GB/s for blocks of 1 to 2 MB against 17 for a whole batch.
_BLOCK_BYTES = 2_000_000

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
        sides = [(side + sum(pad) - self.kernel) // self.stride + 1 for side, pad in zip(shape, pads, strict=False)]
        if min(sides) < 1:
            raise ValueError(f"A kernel of {self.kernel} is larger than its input {shape} with padding.")
        parameters: dict[str, Shape] = {"weight": (self.kernel, self.kernel, shape[2], self.filters)}
        if self.bias:
            parameters["bias"] = (self.filters,)
        return Plan((sides[0], sides[1], self.filters), parameters, {})

    def initial_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return uniform(self.initializer, shape, rng) if name == "weight" else np.zeros(shape)

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        if not winograd.suits(self.kernel, self.stride, x.shape[3], self.filters):
            y = self.infer(x, work)
            return y, (x, y)
        y = work.empty((len(x), *self.plan(x.shape[1:]).output), x.dtype)
        winograd.convolve(x, self.parameters["weight"], self._frame(x), y, work)
        if self.bias:
            y += np.tile(self.parameters["bias"], (y.shape[2], 1))
        activation(self.activation).apply(y)
        return y, (x, y)

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        n = len(x)
        weight = self.parameters["weight"].reshape(-1, self.filters)
        apply = activation(self.activation).apply
        padded = work.framed(x, *self._frame(x))
        rows, columns = ((side - self.kernel) // self.stride + 1 for side in padded.shape[1:3])
        y = work.empty((n, rows, columns, self.filters), x.dtype)
        block = _images_a_block(rows * columns * len(weight) * x.itemsize)
        for i in range(0, n, block):
            out = y[i : i + block]
            seen = _columns(padded[i : i + block], self.kernel, self.stride, work)
            np.matmul(seen, weight, out=out.reshape(-1, self.filters))
            if self.bias:
                out += np.tile(self.parameters["bias"], (columns, 1))  # numpy is twice as fast along long rows
            apply(out)
        return y

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        x, y = cache
        activation(self.activation).chain(dy, y)
        if self.bias:
            gradients["bias"][...] = np.ones(dy.size // self.filters, dy.dtype) @ dy.reshape(-1, self.filters)
        if wants_dx and winograd.suits(self.kernel, self.stride, x.shape[3], self.filters):
            return winograd.backward(x, dy, self.parameters["weight"], self._frame(x), gradients["weight"], work)
        if wants_dx and self.stride == 1:
            return self._backward_by_gathering(x, dy, gradients["weight"], work)
        return self._backward_by_scattering(x, dy, gradients["weight"], work, wants_dx=wants_dx)

    def _backward_by_gathering(self, x: np.ndarray, dy: np.ndarray, dweight: np.ndarray, work: Workspace) -> np.ndarray:
        """Both gradients from the columns of dy: dx = columns(dy) W flipped, dW = x^T columns(dy).

        Gathering dy costs one copy; adding products up into dx would cost kernel^2 passes, and the columns of x would
        have to be kept or made again.
        """
        n, height, width, channels = x.shape
        k = self.kernel
        dx = work.empty(x.shape, x.dtype)
        (top, bottom), (left, right) = self._frame(x)
        padded = work.framed(dy, (k - 1 - top, k - 1 - bottom), (k - 1 - left, k - 1 - right))
        flipped = np.ascontiguousarray(self.parameters["weight"][::-1, ::-1].transpose(0, 1, 3, 2)).reshape(
            -1, channels
        )
        total = np.zeros((channels, len(flipped)), x.dtype)
        block = _images_a_block(height * width * len(flipped) * x.itemsize)
        for i in range(0, n, block):
            columns = _columns(padded[i : i + block], k, 1, work)
            np.matmul(columns, flipped, out=dx[i : i + block].reshape(-1, channels))
            total += x[i : i + block].reshape(-1, channels).T @ columns
        dweight[...] = total.reshape(channels, k, k, self.filters)[:, ::-1, ::-1].transpose(1, 2, 0, 3)
        return dx

    def _backward_by_scattering(
        self, x: np.ndarray, dy: np.ndarray, dweight: np.ndarray, work: Workspace, *, wants_dx: bool
    ) -> np.ndarray | None:
        """dW = columns(x)^T dy, and dx by adding dy W^T up where each column came from.

        For a first layer, whose few channels make narrow columns and which wants no dx; and for strides over 1, where
        gathering would multiply with the zeros between.
        """
        padded = work.framed(x, *self._frame(x))
        (top, _), (left, _) = self._frame(x)
        flat = self.parameters["weight"].reshape(-1, self.filters)
        total = dweight.reshape(flat.shape)
        total[...] = 0
        dpadded = np.zeros(padded.shape, x.dtype) if wants_dx else None
        block = _images_a_block(dy[0].size // self.filters * len(flat) * x.itemsize)
        for i in range(0, len(x), block):
            part = dy[i : i + block].reshape(-1, self.filters)
            total += _columns(padded[i : i + block], self.kernel, self.stride, work).T @ part
            if dpadded is not None:
                window = (self.kernel, self.kernel, x.shape[3])
                self._scatter((part @ flat.T).reshape(-1, *dy.shape[1:3], *window), dpadded[i : i + block])
        if dpadded is None:
            return None
        return np.ascontiguousarray(dpadded[:, top : top + x.shape[1], left : left + x.shape[2]])

    def _scatter(self, dcolumns: np.ndarray, dpadded: np.ndarray) -> None:
        """Add (n, rows, columns, kernel, kernel, c) up to (n, h, w, c)."""
        _, rows, columns = dcolumns.shape[:3]
        s = self.stride
        for u in range(self.kernel):
            for v in range(self.kernel):
                dpadded[:, u : u + rows * s : s, v : v + columns * s : s] += dcolumns[:, :, :, u, v]

    def _frame(self, x: np.ndarray) -> winograd.Pads:
        return self.pads(x.shape[1]), self.pads(x.shape[2])

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


def _images_a_block(bytes_an_image: int) -> int:
    return max(1, _BLOCK_BYTES // bytes_an_image)


def _columns(x: np.ndarray, kernel: int, stride: int, work: Workspace) -> np.ndarray:
    """(n, h, w, c) -> (n rows columns, kernel kernel c): what the kernel sees at each place, copied out once."""
    n, height, width, channels = x.shape
    rows, columns = (height - kernel) // stride + 1, (width - kernel) // stride + 1
    a, b, c, d = x.strides
    if channels == 1:
        # short rows of the kernel would be copied a few numbers at a time; turned round, rows of the picture are
        turned = as_strided(x, (kernel, kernel, n, rows, columns), (b, c, a, b * stride, c * stride))
        out = work.scratch(turned.shape, x.dtype)
        np.copyto(out, turned)
        return out.reshape(kernel * kernel, n * rows * columns).T
    windows = as_strided(x, (n, rows, columns, kernel, kernel, channels), (a, b * stride, c * stride, b, c, d))
    out = work.scratch(windows.shape, x.dtype)
    np.copyto(out, windows)
    return out.reshape(n * rows * columns, kernel * kernel * channels)
