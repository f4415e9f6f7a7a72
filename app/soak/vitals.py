"""Vitals: what this process holds of the machine, where the system tells it, and how that changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from statistics import median

HANDLES = (Path("/proc/self/fd"), Path("/dev/fd"))  # Linux, macOS
SETTLED = 120.0  # seconds after which memory should not grow any more; half of a shorter time


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


class Vitals:
    """Memory and open handles over a time, measured once a second.

    Screens need more memory while they are up than the first one, so memory is compared only between comparable
    moments; and as it goes up and down by megabytes, one moment says little. `memory` is that at the start, and the
    medians over a minute (a quarter of a shorter time) once settled, and at the end; `most_memory` is that of any
    moment.
    """

    def __init__(self, seconds: float) -> None:
        """seconds: how long the time will be."""
        self.settled_after = min(SETTLED, seconds / 2)
        self.most_memory: int | None = None
        self._span = min(60.0, seconds / 4)
        self._times: list[float] = []
        self._memory: list[int | None] = []
        self._handles: list[int | None] = []

    def measure(self, elapsed: float, comparable: bool) -> None:
        """Note what they are so many seconds after the start, unless that was done less than a second ago."""
        if self._times and elapsed < self._times[-1] + 1:
            return
        now = memory()
        self._times.append(elapsed)
        self._memory.append(now if comparable else None)
        self._handles.append(handles())
        if now is not None:
            self.most_memory = max(now, self.most_memory or 0)

    @property
    def memory(self) -> list[int | None]:
        """In bytes: at the start, once settled, at the end. None: not measured."""
        return self._summaries(self._memory, lambda known: round(median(known)))

    @property
    def handles(self) -> list[int | None]:
        """At the start, and the most of them once settled and at the end."""
        return self._summaries(self._handles, max)

    @property
    def growth(self) -> float | None:
        """The share by which memory at the end is more than once settled."""
        _, settled, end = self.memory
        return None if settled is None or end is None else end / settled - 1

    def _summaries(self, values: list[int | None], summary: Callable[[list[int]], int]) -> list[int | None]:
        settled, end = self.settled_after, self._times[-1] if self._times else 0.0
        summaries: list[int | None] = []
        for first, last in ((0.0, 0.0), (settled, settled + self._span), (end - self._span, end)):
            known = [v for t, v in zip(self._times, values, strict=True) if first <= t <= last and v is not None]
            summaries.append(summary(known) if known else None)
        return summaries
