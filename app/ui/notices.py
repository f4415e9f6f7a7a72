"""Notices: short texts that come up over the screen and go by themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

SECONDS = {"info": 4.0, "warning": 9.0}
MOST = 3


@dataclass(frozen=True)
class Notice:
    """kind: "info" or "warning"; until: the time at which it goes."""

    text: str
    kind: str
    until: float


class Notices:
    """The notices that are up now, the newest last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.items: list[Notice] = []

    def add(self, text: str, kind: str = "info") -> None:
        """Put a notice up; the same text is not shown twice."""
        until = self._clock() + SECONDS[kind]
        kept = [item for item in self.items if item.text != text]
        self.items = [*kept, Notice(text, kind, until)][-MOST:]

    def dismiss(self) -> None:
        """Take all notices away."""
        self.items = []

    def update(self) -> None:
        """Take away those whose time is over."""
        if self.due:
            self.items = [item for item in self.items if item.until > self._clock()]

    @property
    def due(self) -> bool:
        """Whether the time of any is over."""
        return any(item.until <= self._clock() for item in self.items)
