"""Winograd: 3x3 convolutions of stride 1, tile by tile, with a quarter of the multiplications.

F(4x4, 3x3) of Lavin and Gray 2016 (arXiv 1509.09308, p. 5): a tile of 4x4 results needs the 6x6 inputs around it.
Inputs and weights are brought into a basis of 36 functions, in which the convolution is one product of a tile's
channels by a matrix for each function: 36 products a tile where the plain way takes 144. The changes of basis are
matrix products themselves, with constants. In float32 results are off by up to 1e-5 of the greatest.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.network.workspace import Workspace

Pads = tuple[tuple[int, int], tuple[int, int]]  # zeros (above, below), (left, right)

_KERNEL = 3
_STEP = 4  # side of a tile of results
_SIDE = _STEP + _KERNEL - 1  # of the inputs that they need
_BASIS = _SIDE**2
_FEW = 24  # channels: with fewer the changes of basis cost more than the products save
# A few images at a time, so that their tiles stay in the cache through all products: 3 MB took 1.3 times as long.
_BLOCK_BYTES = 700_000
_STAGGER = 16  # numbers between rows: at distances of whole pages they would push each other out of the cache

# Changes of basis along one axis: of inputs, of weights, and from the basis to results
_INPUTS = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_WEIGHTS = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
_RESULTS = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


class _Changes:
    """The changes of basis of whole tiles, both axes at once, in one dtype."""

    def __init__(self, dtype: type) -> None:
        self.inputs: np.ndarray = np.kron(_INPUTS, _INPUTS).astype(dtype)  # (36, 36)
        self.weights: np.ndarray = np.kron(_WEIGHTS, _WEIGHTS).astype(dtype)  # (36, 9)
        self.results: np.ndarray = np.kron(_RESULTS, _RESULTS).astype(dtype)  # (16, 36)


_CHANGES = {np.dtype(dtype): _Changes(dtype) for dtype in (np.float32, np.float64)}


def suits(kernel: int, stride: int, channels: int, filters: int) -> bool:
    """Whether a convolution can be done so, and gains by it."""
    return kernel == _KERNEL and stride == 1 and min(channels, filters) >= _FEW


def convolve(x: np.ndarray, weight: np.ndarray, pads: Pads, y: np.ndarray, work: Workspace) -> None:
    """(n, h, w, c) by (3, 3, c, f), with zeros around x -> written into y, (n, rows, columns, f)."""
    transformed = _transformed(weight, work)
    block = _images_a_block(y, weight)
    for i in range(0, len(x), block):
        _convolve_block(x[i : i + block], transformed, pads, y[i : i + block], work)


def backward(
    x: np.ndarray, dy: np.ndarray, weight: np.ndarray, pads: Pads, dweight: np.ndarray, work: Workspace
) -> np.ndarray:
    """The gradient by y of `convolve` -> that by x; that by weight is written into dweight.

    dx is dy convolved with the weights turned round. Seen from there, each place of x meets the window of dy that it
    went into, so the tiles of dy serve for both gradients.
    """
    (top, bottom), (left, right) = pads
    pads = (2 - top, 2 - bottom), (2 - left, 2 - right)
    dx = work.empty(x.shape, x.dtype)
    transformed = _transformed(np.ascontiguousarray(weight[::-1, ::-1].transpose(0, 1, 3, 2)), work)
    total = work.scratch((_BASIS, *weight.shape[2:]), x.dtype, "total")
    total[...] = 0
    part = work.scratch(total.shape, x.dtype, "part")
    block = _images_a_block(dx, weight)
    for i in range(0, len(x), block):
        windows = _convolve_block(dy[i : i + block], transformed, pads, dx[i : i + block], work)
        total += np.matmul(_spread(x[i : i + block], work).transpose(0, 2, 1), windows, out=part)
    turned = _CHANGES[x.dtype].weights.T @ total.reshape(_BASIS, -1)
    dweight[...] = turned.reshape(dweight.shape)[::-1, ::-1]
    return dx


def _transformed(weight: np.ndarray, work: Workspace) -> np.ndarray:
    """(3, 3, c, f) -> (36, c, f) in the basis."""
    out = _rows(_BASIS, weight[0, 0].size, weight.dtype, "weights", work)
    np.matmul(_CHANGES[weight.dtype].weights, weight.reshape(_KERNEL**2, -1), out=out)
    return out.reshape(_BASIS, *weight.shape[2:])


def _convolve_block(x: np.ndarray, weight: np.ndarray, pads: Pads, y: np.ndarray, work: Workspace) -> np.ndarray:
    """Convolve by a transformed weight (36, c, f) into y; returns the inputs in the basis, (36, tiles, c)."""
    change = _CHANGES[x.dtype]
    down, across = (-(-side // _STEP) for side in y.shape[1:3])
    (top, bottom), (left, right) = pads
    bottom, right = bottom + _STEP * down - y.shape[1], right + _STEP * across - y.shape[2]
    tiles = _tiles(work.framed(x, (top, bottom), (left, right)), _SIDE, work)
    inputs = np.matmul(change.inputs, tiles, out=_rows(_BASIS, tiles.shape[1], x.dtype, "inputs", work))
    inputs = inputs.reshape(_BASIS, -1, x.shape[3])
    size = inputs.shape[1] * y.shape[3]
    products = _rows(_BASIS, size, x.dtype, "products", work)
    np.matmul(inputs, weight, out=products.reshape(_BASIS, -1, y.shape[3]))
    results = np.matmul(change.results, products, out=_rows(_STEP**2, size, x.dtype, "tiles", work))
    results = results.reshape(_STEP, _STEP, len(x), down, across, y.shape[3])
    for row in range(_STEP):
        for column in range(_STEP):
            places = y[:, row::_STEP, column::_STEP]
            places[...] = results[row, column, :, : places.shape[1], : places.shape[2]]
    return inputs


def _spread(x: np.ndarray, work: Workspace) -> np.ndarray:
    """(n, h, w, c) -> (36, tiles, c): the results' change of basis the other way, as gradients take it."""
    tiles = _tiles(work.framed(x, (0, -x.shape[1] % _STEP), (0, -x.shape[2] % _STEP)), _STEP, work)
    out = _rows(_BASIS, tiles.shape[1], x.dtype, "products", work)
    return np.matmul(_CHANGES[x.dtype].results.T, tiles, out=out).reshape(_BASIS, -1, x.shape[3])


def _tiles(x: np.ndarray, side: int, work: Workspace) -> np.ndarray:
    """(n, h, w, c) -> (side side, n down across c): tiles of that side, one every four cells."""
    n, height, width, channels = x.shape
    shape = side, side, n, (height - side) // _STEP + 1, (width - side) // _STEP + 1, channels
    a, b, c, d = x.strides
    out = _rows(side * side, x[0, 0, 0].size * shape[2] * shape[3] * shape[4], x.dtype, "tiles", work)
    np.copyto(out.reshape(shape), as_strided(x, shape, (b, c, a, _STEP * b, _STEP * c, d)))
    return out


def _rows(count: int, length: int, dtype: np.dtype, purpose: str, work: Workspace) -> np.ndarray:
    """Uninitialised (count, length), as `Workspace.scratch` gives them, with some room between rows."""
    return work.scratch((count, length + _STAGGER), dtype, purpose)[:, :length]


def _images_a_block(y: np.ndarray, weight: np.ndarray) -> int:
    tiles = -(-y.shape[1] // _STEP) * -(-y.shape[2] // _STEP)
    return max(1, _BLOCK_BYTES // (tiles * _BASIS * max(weight.shape[2:]) * y.itemsize))
