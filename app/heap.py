"""Heap: where the C library says how it keeps memory that was freed, have it give large blocks back at once."""

from __future__ import annotations

import ctypes

MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of glibc's malloc.h
LARGE = 256 * 1024  # bytes


def give_back_large_blocks() -> bool:
    """Let glibc map each large block by itself; whether it does. Other systems keep what they do.

    By default glibc maps ever fewer blocks the larger those are that were freed (mallopt(3)): pictures of the window's
    size then leave holes in the heap, and after a day of visitors it is twice as large as what is in use.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE))
    except (OSError, AttributeError, TypeError):  # no such function; Windows takes no None
        return False
