"""Heap: large blocks go back to the system, where its C library can be told so."""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from app import heap

# In a process of its own: what other tests have left free would be used first.
HOLES = """
import numpy as np
from app import heap, vitals

assert heap.give_back_large_blocks()
blocks = [np.ones(2**20, np.uint8) for _ in range(100)]
kept = blocks[::2]  # every other one, so that what is freed lies between what stays
before = vitals.memory()
del blocks
print((before - vitals.memory()) // 2**20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has this setting")
def test_large_blocks_go_back_at_once() -> None:
    root = Path(heap.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", HOLES], cwd=root, capture_output=True, text=True, check=True)
    assert 45 <= int(done.stdout) <= 55


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError])
def test_other_systems_keep_what_they_do(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(name: object) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert not heap.give_back_large_blocks()
