"""Heap: what was freed goes back to the system, where its C library can be told so."""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from app import memory

# In a process of its own: what other tests have left free would be used first.
HOLES = """
import sys
import numpy as np
from app import memory

kilobytes, *told = sys.argv[1:]
if "large blocks" in told:
    assert memory.give_back_large_blocks()
larger = np.ones(20 * 2**20, np.uint8)
del larger  # from now on glibc would keep blocks of up to this size in the heap
size = int(kilobytes) * 1024
blocks = [np.ones(size, np.uint8) for _ in range(100 * 2**20 // size)]
kept = blocks[::2]  # every other one, so that what is freed lies between what stays
before = memory.memory()
del blocks
if "holes" in told:
    assert memory.give_back_holes()
print((before - memory.memory()) // 2**20)
"""
# In processes of their own: threads that an earlier test has left behind open and close files here.
HANDLES = """
import os
from app import memory

before = memory.handles()
with open(os.devnull):
    during = memory.handles()
print(before, during, memory.handles())
"""
# Pages of the system's own: an array may be given memory that was freed before.
MEMORY = """
import mmap
from app import memory

before = memory.memory()
with mmap.mmap(-1, 64 * 2**20) as ballast:
    for page in range(0, len(ballast), mmap.PAGESIZE):
        ballast[page] = 1
    during = memory.memory()
print((during - before) // 2**20)
"""
linux_only = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists what is open there")
glibc_only = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told so")


def given_back(*arguments: str) -> int:
    """Megabytes that go back when 50 of 100 are freed: the kilobytes of each block, and what the heap is told."""
    return int(run(HOLES, *arguments))


def run(code: str, *arguments: str) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-c", code, *arguments]
    root = Path(memory.__file__).parents[1]
    done = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return done.stdout


@glibc_only
def test_large_blocks_go_back_at_once() -> None:
    assert 45 <= given_back("1024", "large blocks") <= 55
    assert given_back("1024") < 10  # else there is nothing to mend


@glibc_only
def test_the_holes_of_small_blocks_go_back_when_asked_for() -> None:
    assert 40 <= given_back("64", "large blocks", "holes") <= 55
    assert given_back("64", "large blocks") < 10


HEAPS = """
import ctypes
import sys
import threading
import numpy as np
from app import memory

if "told" in sys.argv:
    assert memory.share_one_heap()
kept = []
for _ in range(3):
    thread = threading.Thread(target=lambda: kept.append(np.ones(50_000, np.uint8)))
    thread.start()
    thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""


@glibc_only
def test_all_threads_share_one_heap() -> None:
    assert run(HEAPS, "told").count("<heap nr=") == 1
    assert run(HEAPS).count("<heap nr=") > 1


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError])
def test_other_systems_keep_what_they_do(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(name: object) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert not memory.give_back_large_blocks()
    assert not memory.give_back_holes()
    assert not memory.share_one_heap()


@linux_only
def test_handles_are_those_that_are_open_besides_the_counting() -> None:
    assert run(HANDLES) == "3 4 3\n"  # standard input, output and errors, and then a file


@linux_only
def test_memory_grows_by_what_is_taken_and_written_to() -> None:
    assert 64 <= int(run(MEMORY)) <= 68
