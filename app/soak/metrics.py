"""Durations: how long a thing takes that happens very often, in a memory that does not grow."""

from __future__ import annotations

import numpy as np

STEP = 1e-4  # seconds that one count stands for
LONGEST = 2.0  # seconds; longer ones are counted as this


class Durations:
    """Counts them by tenths of milliseconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._counts = np.zeros(round(LONGEST / STEP) + 1, np.int64)

    def __len__(self) -> int:
        return int(self._counts.sum())

    def add(self, seconds: float) -> None:
        """Count one."""
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
