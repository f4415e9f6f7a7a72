"""Heap: large blocks go back to the system, where its C library can be told so."""

import ctypes
import platform

import numpy as np
import pytest

from app import heap, vitals


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has this setting")
def test_large_blocks_go_back_at_once() -> None:
    assert heap.give_back_large_blocks()
    blocks = [np.ones(2**20, np.uint8) for _ in range(100)]
    kept = blocks[::2]  # every other one, so that what is freed lies between what stays
    before = vitals.memory()
    del blocks
    after = vitals.memory()
    assert before is not None and after is not None
    assert before - after > 40 * 2**20
    assert all(block.all() for block in kept)


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError])
def test_other_systems_keep_what_they_do(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(name: object) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert not heap.give_back_large_blocks()
