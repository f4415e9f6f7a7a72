"""SharedArrays: arrays that several processes see and change."""

import ctypes
import math
from multiprocessing.sharedctypes import RawArray
from typing import Any

import numpy as np

from model.network.workspace import Shape

_LINE = 64  # bytes of a cache line: arrays begin where one does


class SharedArrays:
    """Named arrays, zero at first, in one block of memory that processes started with it share.

    It can be handed to a process only when that is started, as an argument of its main function.
    """

    def __init__(self, shapes: dict[str, tuple[Shape, Any]], block: Any = None) -> None:
        """shapes: (shape, dtype) by name. block: the memory of such arrays in another process. Raises OSError."""
        sizes = [-(-math.prod(shape) * np.dtype(dtype).itemsize // _LINE) * _LINE for shape, dtype in shapes.values()]
        self._shapes = shapes
        self._block = RawArray(ctypes.c_uint8, sum(sizes) + _LINE) if block is None else block
        at = -ctypes.addressof(self._block) % _LINE  # the same everywhere, as memory is shared by whole pages
        self._arrays: dict[str, np.ndarray] = {}
        for (name, (shape, dtype)), size in zip(shapes.items(), sizes, strict=True):
            self._arrays[name] = np.frombuffer(memoryview(self._block), dtype, math.prod(shape), at).reshape(shape)
            at += size

    def __getitem__(self, name: str) -> np.ndarray:
        return self._arrays[name]

    def __reduce__(self) -> tuple[Any, ...]:
        """How it goes to another process: as its memory, not as what is in it."""
        return SharedArrays, (self._shapes, self._block)
