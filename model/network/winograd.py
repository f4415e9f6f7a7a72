"""Winograd: convolutions of stride 1, tile by tile, with a quarter to a third of the multiplications.

F(4x4, 3x3) and F(2x2, 5x5) of Lavin and Gray 2016 (arXiv 1509.09308, p. 5): a tile of results needs the 6x6 inputs
around it. Inputs and weights are brought into a basis of 36 functions, in which the convolution is one product of a
tile's channels by a matrix for each function: 36 products a tile where the plain way takes 144 (100). The changes of
basis are matrix products themselves, with constants. In float32 results are off by up to 1e-5 of the greatest.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.network.workspace import Workspace

Pads = tuple[tuple[int, int], tuple[int, int]]  # zeros (above, below), (left, right)

_SIDE = 6  # of a tile of inputs
_BASIS = _SIDE**2
_FEWEST = {3: 24, 5: 16}  # channels by kernel: with fewer the changes of basis cost more than the products save
# A few images at a time, so that their tiles stay in the cache through all products. With smaller blocks, and so more
# of them, two threads wait for the interpreter more often.
_BLOCK_BYTES = 1_500_000
_STAGGER = 16  # numbers between rows: at distances of whole pages they would push each other out of the cache

# Polynomials as values at five points and a leading coefficient: a basis in which to multiply them
_POINTS = (0, 1, -1, 2, -2)
_SCALES = np.array([6, -4, -4, 1, 1, 24]) / 24
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


class _Tiling(NamedTuple):
    """How a kernel's tiles lie, and the changes of basis of whole tiles, both axes at once."""

    step: int  # side of a tile of results, and so from one tile to the next
    inputs: np.ndarray  # (36, 36)
    weights: np.ndarray  # (36, kernel^2)
    results: np.ndarray  # (step^2, 36)


@cache
def _tiling(kernel: int, dtype: np.dtype) -> _Tiling:
    step = _SIDE + 1 - kernel
    changes = _INPUTS, _values(kernel) * _SCALES[:, None], _values(step).T
    return _Tiling(step, *(np.kron(change, change).astype(dtype) for change in changes))


def _values(count: int) -> np.ndarray:
    """(6, count): from so many coefficients to the values at the points and the leading coefficient."""
    leading = [0] * (count - 1) + [1]
    return np.array([*([point**power for power in range(count)] for point in _POINTS), leading])


def suits(kernel: int, stride: int, channels: int, filters: int) -> bool:
    """Whether a convolution can be done so, and gains by it."""
    return stride == 1 and kernel in _FEWEST and min(channels, filters) >= _FEWEST[kernel]


def convolve(x: np.ndarray, weight: np.ndarray, pads: Pads, y: np.ndarray, work: Workspace) -> None:
    """(n, h, w, c) by (kernel, kernel, c, f), with zeros around x -> written into y, (n, rows, columns, f)."""
    tiling = _tiling(len(weight), x.dtype)
    transformed = _transformed(weight, tiling, work)
    block = _images_a_block(y, weight, tiling)
    for i in range(0, len(x), block):
        _convolve_block(x[i : i + block], transformed, pads, y[i : i + block], tiling, work)


def backward(
    x: np.ndarray, dy: np.ndarray, weight: np.ndarray, pads: Pads, dweight: np.ndarray, work: Workspace
) -> np.ndarray:
    """The gradient by y of `convolve` -> that by x; that by weight is written into dweight.

    dx is dy convolved with the weights turned round. Seen from there, each place of x meets the window of dy that it
    went into, so the tiles of dy serve for both gradients.
    """
    last = len(weight) - 1
    (top, bottom), (left, right) = pads
    pads = (last - top, last - bottom), (last - left, last - right)
    tiling = _tiling(len(weight), x.dtype)
    dx = work.empty(x.shape, x.dtype)
    transformed = _transformed(np.ascontiguousarray(weight[::-1, ::-1].transpose(0, 1, 3, 2)), tiling, work)
    total = work.scratch((_BASIS, *weight.shape[2:]), x.dtype, "total")
    total[...] = 0
    part = work.scratch(total.shape, x.dtype, "part")
    block = _images_a_block(dx, weight, tiling)
    for i in range(0, len(x), block):
        windows = _convolve_block(dy[i : i + block], transformed, pads, dx[i : i + block], tiling, work)
        total += np.matmul(_spread(x[i : i + block], tiling, work).transpose(0, 2, 1), windows, out=part)
    turned = tiling.weights.T @ total.reshape(_BASIS, -1)
    dweight[...] = turned.reshape(dweight.shape)[::-1, ::-1]
    return dx


def _transformed(weight: np.ndarray, tiling: _Tiling, work: Workspace) -> np.ndarray:
    """(kernel, kernel, c, f) -> (36, c, f) in the basis."""
    out = _rows(_BASIS, weight[0, 0].size, weight.dtype, "weights", work)
    np.matmul(tiling.weights, weight.reshape(-1, weight[0, 0].size), out=out)
    return out.reshape(_BASIS, *weight.shape[2:])


def _convolve_block(
    x: np.ndarray, weight: np.ndarray, pads: Pads, y: np.ndarray, tiling: _Tiling, work: Workspace
) -> np.ndarray:
    """Convolve by a transformed weight (36, c, f) into y; returns the inputs in the basis, (36, tiles, c)."""
    step = tiling.step
    down, across = (-(-side // step) for side in y.shape[1:3])
    (top, bottom), (left, right) = pads
    bottom, right = bottom + step * down - y.shape[1], right + step * across - y.shape[2]
    tiles = _tiles(work.framed(x, (top, bottom), (left, right)), _SIDE, step, work)
    inputs = np.matmul(tiling.inputs, tiles, out=_rows(_BASIS, tiles.shape[1], x.dtype, "inputs", work))
    inputs = inputs.reshape(_BASIS, -1, x.shape[3])
    size = inputs.shape[1] * y.shape[3]
    products = _rows(_BASIS, size, x.dtype, "products", work)
    np.matmul(inputs, weight, out=products.reshape(_BASIS, -1, y.shape[3]))
    results = np.matmul(tiling.results, products, out=_rows(step**2, size, x.dtype, "tiles", work))
    results = results.reshape(step, step, len(x), down, across, y.shape[3]).transpose(2, 3, 0, 4, 1, 5)
    if y.shape[1:3] == (step * down, step * across):
        np.copyto(y.reshape(results.shape), results)
    else:  # tiles at the edges reach beyond y
        whole = work.scratch(results.shape, x.dtype, "whole")
        np.copyto(whole, results)
        whole = whole.reshape(len(x), step * down, step * across, y.shape[3])
        np.copyto(y, whole[:, : y.shape[1], : y.shape[2]])
    return inputs


def _spread(x: np.ndarray, tiling: _Tiling, work: Workspace) -> np.ndarray:
    """(n, h, w, c) -> (36, tiles, c): the results' change of basis the other way, as gradients take it."""
    step = tiling.step
    tiles = _tiles(work.framed(x, (0, -x.shape[1] % step), (0, -x.shape[2] % step)), step, step, work)
    out = _rows(_BASIS, tiles.shape[1], x.dtype, "products", work)
    return np.matmul(tiling.results.T, tiles, out=out).reshape(_BASIS, -1, x.shape[3])


def _tiles(x: np.ndarray, side: int, step: int, work: Workspace) -> np.ndarray:
    """(n, h, w, c) -> (side side, n down across c): tiles of that side, one every so many cells."""
    n, height, width, channels = x.shape
    shape = side, side, n, (height - side) // step + 1, (width - side) // step + 1, channels
    a, b, c, d = x.strides
    out = _rows(side * side, math.prod(shape[2:]), x.dtype, "tiles", work)
    np.copyto(out.reshape(shape), as_strided(x, shape, (b, c, a, step * b, step * c, d)))
    return out


def _rows(count: int, length: int, dtype: np.dtype, purpose: str, work: Workspace) -> np.ndarray:
    """Uninitialised (count, length), as `Workspace.scratch` gives them, with some room between rows."""
    return work.scratch((count, length + _STAGGER), dtype, purpose)[:, :length]


def _images_a_block(y: np.ndarray, weight: np.ndarray, tiling: _Tiling) -> int:
    tiles = -(-y.shape[1] // tiling.step) * -(-y.shape[2] // tiling.step)
    return max(1, _BLOCK_BYTES // (tiles * _BASIS * max(weight.shape[2:]) * y.itemsize))
