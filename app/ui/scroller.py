"""Scroller: how far a long content is scrolled: smoothly by wheel and keys, at once under a finger, then rolling on."""

from __future__ import annotations

import math
import time

EASE = 0.06  # seconds in which the way to the aim shrinks to 37 %
GLIDE = 0.35  # the same of a speed after a finger was lifted
SLOWEST = 12.0  # pixels a second


class Scroller:
    """place: pixels that the content is moved up by, from 0 to `farthest`."""

    def __init__(self) -> None:
        self.place = 0.0
        self.farthest = 0.0
        self._aim = 0.0
        self._speed = 0.0
        self._held: tuple[float, float] | None = None  # pointer's y, and place when it took hold
        self._last: tuple[float, float] = (0.0, 0.0)  # time and y of the pointer

    @property
    def moving(self) -> bool:
        """Whether it moves by itself."""
        return self.place != self._aim or self._speed != 0

    @property
    def held(self) -> bool:
        """Whether a pointer has hold of it."""
        return self._held is not None

    def limit(self, farthest: float) -> None:
        """Take another length of the content."""
        self.farthest = max(0.0, farthest)
        self.place, self._aim = self._kept(self.place), self._kept(self._aim)

    def by(self, pixels: float) -> None:
        """Go on by so many pixels, smoothly."""
        self.to(self._aim + pixels)

    def to(self, place: float) -> None:
        """Go there smoothly."""
        self._aim, self._speed = self._kept(place), 0.0

    def show(self, top: float, bottom: float, room: float) -> None:
        """Go just so far that a part of the content is seen."""
        self.to(min(max(self._aim, bottom - room), top))

    def hold(self, y: float) -> None:
        """A pointer takes hold."""
        self._held, self._speed, self._aim = (y, self.place), 0.0, self.place
        self._last = (time.perf_counter(), y)

    def drag(self, y: float) -> None:
        """The pointer moves."""
        if self._held is None:
            return
        now = time.perf_counter()
        passed = max(now - self._last[0], 1e-3)
        self._speed = 0.6 * self._speed + 0.4 * (self._last[1] - y) / passed
        self._last = (now, y)
        self.place = self._aim = self._kept(self._held[1] + self._held[0] - y)

    def let_go(self) -> None:
        """The pointer is lifted; what was moving rolls on."""
        if self._held is not None and time.perf_counter() - self._last[0] > 0.1:
            self._speed = 0.0
        self._held = None

    def update(self, seconds: float) -> bool:
        """Move on; whether the place is another now."""
        before = self.place
        if self._held is not None:
            return False
        if self._speed:
            self.place = self._aim = self._kept(self.place + self._speed * seconds)
            self._speed *= math.exp(-seconds / GLIDE)
            if abs(self._speed) < SLOWEST or self.place in (0.0, self.farthest):
                self._speed = 0.0
        elif self.place != self._aim:
            self.place += (self._aim - self.place) * (1 - math.exp(-seconds / EASE))
            if abs(self._aim - self.place) < 0.5:
                self.place = self._aim
        return self.place != before

    def _kept(self, place: float) -> float:
        return min(max(place, 0.0), self.farthest)
