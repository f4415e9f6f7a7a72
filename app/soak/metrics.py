"""Metrics of a soak: durations of what happens very often, and memory and open handles over time."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import numpy as np

from app.memory import handles, memory

STEP = 1e-4  # seconds that one count stands for
LONGEST = 2.0  # seconds; longer ones are counted as this
SETTLED = 120.0  # seconds after which memory should not grow any more, where nobody says otherwise


class Durations:
    """A histogram of durations, by tenths of milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._counts = np.zeros(round(LONGEST / STEP) + 1, np.int64)

    def __len__(self) -> int:
        return int(self._counts.sum())

    def add(self, seconds: float) -> None:
        """Count a duration of so many seconds."""
        self.longest = max(self.longest, seconds)
        self._counts[min(max(round(seconds / STEP), 0), len(self._counts) - 1)] += 1

    def quantile(self, share: float) -> float:
        """The seconds that `share` (0..1) of all do not exceed, to a tenth of a millisecond; 0 without any."""
        if not len(self):
            return 0.0
        below = np.cumsum(self._counts)
        return float(np.searchsorted(below, share * below[-1])) * STEP

    def summary(self) -> dict[str, float]:
        """Their number, median, 99th percentile and longest, in seconds."""
        return {
            "count": len(self),
            "median": self.quantile(0.5),
            "percentile_99": self.quantile(0.99),
            "longest": self.longest,
        }


class ProcessMetrics:
    """Memory and open handles over a time, measured once a second.

    Screens need more memory while they are up than the first one, so memory is compared only between comparable
    moments; and as it goes up and down by megabytes for a minute or two, as the heap's holes come and go, short times
    say little. `memory` is that at the start, and the medians over a quarter of the time once settled, and at the end;
    `most_memory` is that of any moment. Handles come and go with what visitors start: the fewest of such a quarter are
    those that nobody closes.
    """

    def __init__(self, seconds: float, settled_after: float = SETTLED) -> None:
        """seconds: how long the time will be; settled_after: when it has settled, half of a shorter time."""
        self.settled_after = min(settled_after, seconds / 2)
        self.most_memory: int | None = None
        self._span = seconds / 4
        self._times: list[float] = []
        self._memory: list[int | None] = []
        self._handles: list[int | None] = []

    def measure(self, elapsed: float, *, comparable: bool) -> None:
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
        """At the start, and the fewest once settled and at the end."""
        return self._summaries(self._handles, min)

    @property
    def growth(self) -> float | None:
        """By what fraction memory at the end is more than once settled; None where it was not measured."""
        _, settled, end = self.memory
        return None if settled is None or end is None else end / settled - 1

    def _summaries(self, values: list[int | None], summary: Callable[[list[int]], int]) -> list[int | None]:
        settled, end = self.settled_after, self._times[-1] if self._times else 0.0
        summaries: list[int | None] = []
        for first, last in ((0.0, 0.0), (settled, settled + self._span), (end - self._span, end)):
            known = [v for t, v in zip(self._times, values, strict=True) if first <= t <= last and v is not None]
            summaries.append(summary(known) if known else None)
        return summaries
