"""Countdown: some seconds that run out, unless they are called off."""

from __future__ import annotations

import time
from collections.abc import Callable


class Countdown:
    """Stands still until it is started. clock: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds = 0.0
        self._end: float | None = None

    def __repr__(self) -> str:
        return f"Countdown({self.left:.1f} s left)" if self.running else "Countdown(stopped)"

    def start(self, seconds: float) -> None:
        """Count from `seconds` down, from now."""
        self._seconds = seconds
        self._end = self._clock() + seconds

    def stop(self) -> None:
        """Call it off."""
        self._end = None

    @property
    def running(self) -> bool:
        """Whether it was started and not called off; also when it is over."""
        return self._end is not None

    @property
    def over(self) -> bool:
        """Whether it was started and its seconds are gone."""
        return self._end is not None and self._clock() >= self._end

    @property
    def left(self) -> float:
        """Seconds that are left; 0 when it is over or stands still."""
        return 0.0 if self._end is None else max(0.0, self._end - self._clock())

    @property
    def fraction_left(self) -> float:
        """The part of it that is left, from 1 at the start to 0."""
        return self.left / self._seconds if self._seconds > 0 else 0.0
