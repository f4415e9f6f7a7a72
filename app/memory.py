"""Heap: where the C library lets a program say so, have what was freed given back to the system."""

from __future__ import annotations

import ctypes

MMAP_THRESHOLD, ARENA_MAX = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX of glibc's malloc.h
LARGE = 256 * 1024  # bytes


def give_back_large_blocks() -> bool:
    """Let glibc map each large block by itself; whether it does. Other systems keep what they do.

    By default glibc maps ever fewer blocks the larger those are that were freed (mallopt(3)): pictures of the window's
    size then leave holes in the heap, and after a day of visitors it is twice as large as what is in use.
    """
    return _call("mallopt", MMAP_THRESHOLD, LARGE)


def share_one_heap() -> bool:
    """Let all threads of glibc use one heap (mallopt(3)); whether they do. Call it before there are any.

    By default each has one of its own, and what one thread has freed is no use to another. Python runs one thread at a
    time, so they do not wait for each other.
    """
    return _call("mallopt", ARENA_MAX, 1)


def give_back_holes() -> bool:
    """Give back now what glibc keeps free between smaller blocks (malloc_trim(3)); whether there was any.

    Pieces of text of all sizes come and go there. Takes a millisecond or two.
    """
    return _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> bool:
    try:
        return bool(getattr(ctypes.CDLL(None), function)(*arguments))
    except (OSError, AttributeError, TypeError):  # no such function; Windows takes no None
        return False
