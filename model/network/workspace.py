"""Workspace: the memory and the randomness with which one thread works through one piece of a batch."""

import math

import numpy as np

Shape = tuple[int, ...]


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
            self._blocks.append(np.empty(size, np.uint8))
        elif self._blocks[self._taken].size < size:
            self._blocks[self._taken] = np.empty(size, np.uint8)
        block = self._blocks[self._taken]
        self._taken += 1
        return block[:size].view(dtype).reshape(shape)

    def scratch(self, shape: Shape, dtype: np.dtype, purpose: str = "") -> np.ndarray:
        """An uninitialised array that stays valid only until the next call of `scratch` for the same purpose."""
        size = math.prod(shape) * dtype.itemsize
        if purpose not in self._scratch or self._scratch[purpose].size < size:
            self._scratch[purpose] = np.empty(size, np.uint8)
        return self._scratch[purpose][:size].view(dtype).reshape(shape)

    def frame(self, shape: Shape, dtype: np.dtype, purpose: str) -> np.ndarray:
        """An array that was zero when it was first handed out, the same one for the same shape and purpose.

        Callers write the same cells each time, so that the others (a border, the gaps of a stride) stay zero.
        """
        key = (shape, dtype.str, purpose)
        if key not in self._frames:
            self._frames[key] = np.zeros(shape, dtype)
        return self._frames[key]

    def framed(self, x: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        """(n, h, w, c) with that many zeros before and after its rows and columns; x itself where there are none."""
        if not any((*rows, *columns)):
            return x
        n, height, width, channels = x.shape
        frame = self.frame((n, sum(rows) + height, sum(columns) + width, channels), x.dtype, f"{rows} {columns}")
        frame[:, rows[0] : rows[0] + height, columns[0] : columns[0] + width] = x
        return frame
