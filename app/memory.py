"""Memory of this process: how much it holds, and giving back to the system what was freed, where the C library can."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

HANDLES = (Path("/proc/self/fd"), Path("/dev/fd"))  # Linux, macOS
MMAP_THRESHOLD, ARENA_MAX = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX of glibc's malloc.h
LARGE = 256 * 1024  # bytes


def memory() -> int | None:
    """Bytes of memory that are in use (the resident set); None where the system does not say, as on Windows."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def handles() -> int | None:
    """How many files, pipes and sockets are open; None where the system does not say."""
    for folder in HANDLES:
        try:
            return len(os.listdir(folder)) - 1  # noqa: PTH208  listing opens one itself
        except OSError:
            continue
    return None


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
