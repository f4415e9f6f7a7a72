"""Winograd: convolutions of stride 1, tile by tile, with a quarter to a third of the multiplications.

F(4x4, 3x3) and F(2x2, 5x5) of Lavin and Gray 2016 (arXiv 1509.09308, p. 5): a tile of results needs the 6x6 inputs
around it. Inputs and weights are brought into a basis of 36 functions, in which the convolution is one product of a
tile's channels by a matrix for each function: 36 products a tile where the plain way takes 144 (100). The changes of
basis are matrix products themselves, with constants, first down and then across. Pictures lie (h, w, n, c) here: so a
tile's cells are long rows for these products, and nothing is copied into tiles or back. In float32 results are off by
up to 1e-5 of the greatest.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from model.network.workspace import Workspace

Pads = tuple[tuple[int, int], tuple[int, int]]  # zeros (above, below), (left, right)

_SIDE = 6  # of a tile of inputs
_FEWEST = {3: 16, 5: 16}  # channels by kernel: with fewer the changes of basis cost more than the products save
# A few tiles at a time, so that all they become stays in the cache. With smaller blocks, and so more of them, two
# threads wait for the interpreter more often.
_BLOCK_BYTES = 1_800_000
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
    """How a kernel's tiles lie, and the changes of basis: along one axis, but for the weights both at once."""

    step: int  # side of a tile of results, and so from one tile to the next
    inputs: np.ndarray  # (6, 6)
    weights: np.ndarray  # (36, kernel^2)
    results: np.ndarray  # (step, 6)


class _Block(NamedTuple):
    """Neighbours in one row of tiles."""

    row: int
    start: int
    tiles: int


@cache
def _tiling(kernel: int, dtype: np.dtype) -> _Tiling:
    step = _SIDE + 1 - kernel
    weights = _values(kernel) * _SCALES[:, None]
    matrices = _INPUTS, np.kron(weights, weights), _values(step).T
    return _Tiling(step, *(np.ascontiguousarray(matrix, dtype) for matrix in matrices))


def _values(count: int) -> np.ndarray:
    """(6, count): from so many coefficients to the values at the points and the leading coefficient."""
    leading = [0] * (count - 1) + [1]
    return np.array([*([point**power for power in range(count)] for point in _POINTS), leading])


def suits(kernel: int, stride: int, channels: int, filters: int) -> bool:
    """Whether a convolution can be done so, and gains by it."""
    return stride == 1 and kernel in _FEWEST and min(channels, filters) >= _FEWEST[kernel]


def convolve(x: np.ndarray, weight: np.ndarray, pads: Pads, y: np.ndarray, work: Workspace) -> None:
    """(h, w, n, c) by (kernel, kernel, c, f), with zeros around x -> written into y, (rows, columns, n, f)."""
    tiling = _tiling(len(weight), x.dtype)
    transformed = _transformed(weight, tiling, work)
    framed = _framed(x, pads, y, tiling, work)
    for block in _blocks(y, x.shape[3], tiling):
        _convolve_block(framed, transformed, y, block, tiling, work)


def backward(
    x: np.ndarray, dy: np.ndarray, weight: np.ndarray, pads: Pads, dx: np.ndarray, dweight: np.ndarray, work: Workspace
) -> None:
    """The gradient by y of `convolve` -> those by x and by weight, written into dx and dweight.

    dx is dy convolved with the weights turned round. Seen from there, each place of x meets the window of dy that it
    went into, so the tiles of dy serve for both gradients.
    """
    last = len(weight) - 1
    (top, bottom), (left, right) = pads
    tiling = _tiling(len(weight), x.dtype)
    transformed = _transformed(np.ascontiguousarray(weight[::-1, ::-1].transpose(0, 1, 3, 2)), tiling, work)
    framed = _framed(dy, ((last - top, last - bottom), (last - left, last - right)), dx, tiling, work)
    whole = work.framed(x, (0, -len(x) % tiling.step), (0, -x.shape[1] % tiling.step))
    total = work.scratch((_SIDE**2, *weight.shape[2:]), x.dtype, "total")
    total[...] = 0
    part = work.scratch(total.shape, x.dtype, "part")
    for block in _blocks(dx, dy.shape[3], tiling):
        windows = _convolve_block(framed, transformed, dx, block, tiling, work)
        spread = _in_basis(whole, tiling.results.T, block, tiling.step, "products", work)
        total += np.matmul(spread.transpose(0, 2, 1), windows, out=part)
    turned = tiling.weights.T @ total.reshape(_SIDE**2, -1)
    dweight[...] = turned.reshape(dweight.shape)[::-1, ::-1]


def _blocks(y: np.ndarray, channels: int, tiling: _Tiling) -> Iterator[_Block]:
    """All tiles of results y (rows, columns, n, f), a few at a time."""
    down, across = (-(-side // tiling.step) for side in y.shape[:2])
    most = max(1, _BLOCK_BYTES // (_SIDE**2 * y.shape[2] * max(channels, y.shape[3]) * y.itemsize))
    for row in range(down):
        for start in range(0, across, most):
            yield _Block(row, start, min(most, across - start))


def _framed(x: np.ndarray, pads: Pads, y: np.ndarray, tiling: _Tiling, work: Workspace) -> np.ndarray:
    """x with zeros around it, and with what the last tiles of y see beyond them."""
    (top, bottom), (left, right) = pads
    return work.framed(x, (top, bottom + -len(y) % tiling.step), (left, right + -y.shape[1] % tiling.step))


def _transformed(weight: np.ndarray, tiling: _Tiling, work: Workspace) -> np.ndarray:
    """(kernel, kernel, c, f) -> (36, c, f) in the basis."""
    out = _rows((_SIDE**2, weight[0, 0].size), weight.dtype, "weights", work)
    np.matmul(tiling.weights, weight.reshape(-1, weight[0, 0].size), out=out)
    return out.reshape(_SIDE**2, *weight.shape[2:])


def _convolve_block(
    x: np.ndarray, weight: np.ndarray, y: np.ndarray, block: _Block, tiling: _Tiling, work: Workspace
) -> np.ndarray:
    """Convolve framed x by a transformed weight (36, c, f) into y; returns the inputs in the basis (36, tiles n, c)."""
    inputs = _in_basis(x, tiling.inputs, block, tiling.step, "inputs", work)
    products = _rows((_SIDE**2, inputs.shape[1] * y.shape[3]), x.dtype, "products", work)
    np.matmul(inputs, weight, out=products.reshape(_SIDE**2, -1, y.shape[3]))
    products = products.reshape(_SIDE, _SIDE, block.tiles, -1)
    halfway = _rows((_SIDE, tiling.step * products[0, 0].size), x.dtype, "halfway", work)
    np.matmul(tiling.results, products.transpose(0, 2, 1, 3), out=halfway.reshape(_SIDE, block.tiles, tiling.step, -1))
    rows = y[tiling.step * block.row :][: tiling.step]  # tiles at the edges reach beyond y
    rows = rows[:, tiling.step * block.start :][:, : tiling.step * block.tiles]
    np.matmul(tiling.results[: len(rows)], halfway[:, : rows[0].size], out=rows.reshape(len(rows), -1))
    return inputs


def _in_basis(x: np.ndarray, change: np.ndarray, block: _Block, step: int, purpose: str, work: Workspace) -> np.ndarray:
    """The tiles of x (h, w, n, c), one every so many cells -> (36, tiles n, c), by a change of basis (6, side)."""
    side = change.shape[1]
    columns = step * (block.tiles - 1) + side
    length = x[0, 0].size
    seen = x[step * block.row :][:side, step * block.start :][:, :columns]
    halfway = _rows((_SIDE, columns * length), x.dtype, "halfway", work)
    np.matmul(change, seen.reshape(side, -1), out=halfway)
    a, b = halfway.strides
    tiles = as_strided(halfway, (_SIDE, block.tiles, side, length), (a, step * length * b, length * b, b))
    out = _rows((_SIDE**2, block.tiles * length), x.dtype, purpose, work)
    np.matmul(change, tiles, out=out.reshape(_SIDE, _SIDE, block.tiles, length).transpose(0, 2, 1, 3))
    return out.reshape(_SIDE**2, -1, x.shape[3])


def _rows(shape: tuple[int, int], dtype: np.dtype, purpose: str, work: Workspace) -> np.ndarray:
    """Uninitialised rows, as `Workspace.scratch` gives them, with some room between them."""
    return work.scratch((shape[0], shape[1] + _STAGGER), dtype, purpose)[:, : shape[1]]
