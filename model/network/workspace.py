"""Workspace: the memory and the randomness with which one worker goes through one piece of a batch.

Pictures are (n, h, w, c) everywhere. In memory equal places of all pictures of a piece lie side by side, (h, w, n, c):
then neighbours down or across, which convolutions and pooling put together, are rows of n c numbers, and numpy's loops
over such long rows run at twice to four times the speed of those over c numbers. `by_place` gives that view.
"""

import math
from collections.abc import Iterator

import numpy as np

Shape = tuple[int, ...]

# What several passes go over is taken block by block, so that all but the first find it in the processor's own cache.
BLOCK_BYTES = 750_000
_LONG = 512  # numbers of a row
_LINE = 64  # bytes of a cache line


def _aligned(size: int) -> np.ndarray:
    """Uninitialised bytes that begin where a cache line does: wide loads across two lines take twice as long."""
    room = np.empty(size + _LINE, np.uint8)
    start = -room.ctypes.data % _LINE
    return room[start : start + size]


def by_place(x: np.ndarray) -> np.ndarray:
    """(n, h, w, c) -> (h, w, n, c), contiguous: a view of what came from `Workspace.pictures`, a copy of all else."""
    places = x.transpose(1, 2, 0, 3)
    return places if places.flags.c_contiguous else np.ascontiguousarray(places)


def as_pictures(x: np.ndarray) -> np.ndarray:
    """A view (n, h, w, c) of (h, w, n, c)."""
    return x.transpose(2, 0, 1, 3)


def long_rows(x: np.ndarray) -> np.ndarray:
    """(h, w, n, c) -> (h w, n c), or (h, w n c) of a few pictures only: a view of rows that numpy's loops like."""
    rows = x.reshape(-1, x.shape[2] * x.shape[3])
    return rows if rows.shape[1] >= _LONG else x.reshape(len(x), -1)


def blocks(rows: np.ndarray, limit: int = BLOCK_BYTES) -> Iterator[slice]:
    """Slices of the first axis, each of at most so many bytes of the array or of one row."""
    return row_blocks(len(rows), rows[:1].nbytes, limit)


def row_blocks(count: int, row_bytes: int, limit: int) -> Iterator[slice]:
    """Slices of so many rows, each of at most so many bytes, or of one row."""
    length = max(1, limit // max(1, row_bytes))
    return (slice(start, min(start + length, count)) for start in range(0, count, length))


class Workspace:
    """Hands out arrays and takes them all back at once with `reset`.

    Every piece of a batch asks for the same arrays in the same order, so the n-th request after a reset gets the n-th
    block again. Fresh arrays would cost more than the arithmetic: the system clears each new page (a 3x3 convolution of
    32 into 32 channels took 25 ms with fresh columns and 11 ms with reused ones).

    A workspace that is never reset hands out fresh memory only, as `numpy.empty` does. Not to be shared by threads.
    """

    def __init__(self, rng: np.random.Generator | None = None) -> None:
        self.rng = rng if rng is not None else np.random.default_rng(0)
        self._blocks: list[np.ndarray] = []
        self._taken = 0
        self._scratch: dict[str, np.ndarray] = {}
        self._frames: dict[tuple[Shape, str, str], np.ndarray] = {}

    def __repr__(self) -> str:
        held = sum(block.nbytes for block in (*self._blocks, *self._scratch.values(), *self._frames.values()))
        return f"Workspace({len(self._blocks)} arrays, {held:,} bytes)"

    def reset(self, rng: np.random.Generator | None = None) -> None:
        """Take back all arrays that `empty` handed out; what they hold will be overwritten."""
        self._taken = 0
        if rng is not None:
            self.rng = rng

    def empty(self, shape: Shape, dtype: np.dtype) -> np.ndarray:
        """An uninitialised array that stays valid until `reset`."""
        size = math.prod(shape) * dtype.itemsize
        if self._taken == len(self._blocks):
            self._blocks.append(_aligned(size))
        elif self._blocks[self._taken].size < size:
            self._blocks[self._taken] = _aligned(size)
        block = self._blocks[self._taken]
        self._taken += 1
        return block[:size].view(dtype).reshape(shape)

    def pictures(self, shape: Shape, dtype: np.dtype) -> np.ndarray:
        """The same for pictures (n, h, w, c): equal places of all of them lie side by side."""
        n, height, width, channels = shape
        return as_pictures(self.empty((height, width, n, channels), dtype))

    def scratch(self, shape: Shape, dtype: np.dtype, purpose: str = "") -> np.ndarray:
        """An uninitialised array that stays valid only until the next call of `scratch` for the same purpose."""
        size = math.prod(shape) * dtype.itemsize
        if purpose not in self._scratch or self._scratch[purpose].size < size:
            self._scratch[purpose] = _aligned(size)
        return self._scratch[purpose][:size].view(dtype).reshape(shape)

    def frame(self, shape: Shape, dtype: np.dtype, purpose: str) -> np.ndarray:
        """An array that was zero when it was first handed out, the same one for the same shape and purpose.

        Callers write the same cells each time, so that the others (a border, the gaps of a stride) stay zero.
        """
        key = (shape, dtype.str, purpose)
        if key not in self._frames:
            self._frames[key] = frame = _aligned(math.prod(shape) * dtype.itemsize).view(dtype).reshape(shape)
            frame[...] = 0
        return self._frames[key]

    def framed(self, x: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        """(h, w, n, c) with that many zeros before and after its rows and columns; x itself where there are none."""
        if not any((*rows, *columns)):
            return x
        height, width, n, channels = x.shape
        frame = self.frame((sum(rows) + height, sum(columns) + width, n, channels), x.dtype, f"{rows} {columns}")
        frame[rows[0] : rows[0] + height, columns[0] : columns[0] + width] = x
        return frame
