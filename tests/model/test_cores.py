"""How many cores there are to share work out over."""

import os

import pytest

from model.cores import core_count


def test_the_cores_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {3, 5, 8}, raising=False)
    assert core_count() == 3
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(), raising=False)
    assert core_count() == 1


@pytest.mark.parametrize(("cores", "count"), [(6, 6), (None, 1)])
def test_where_the_system_does_not_say_which(monkeypatch: pytest.MonkeyPatch, cores: int | None, count: int) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert core_count() == count
