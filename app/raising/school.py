"""School: the network that a visitor raises, and the choices for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.raising import process as processes
from app.raising.process import RaisingProcess
from app.raising.task import LEAST_DIGITS, RaisingTask
from app.retraining.process import State

IDLE = 120.0  # seconds after the last touch from which on a network that stands still is let go


class School:
    """choices: for the next network; raised: the last one that was begun, None before.

    What is remembered of a network stays when its process ends, until `leave`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.choices = RaisingTask()
        self.raised: RaisingProcess | None = None
        self._clock = clock
        self._touched = clock()

    @property
    def moving(self) -> bool:
        """Whether news may come at any time."""
        return self.raised is not None and self.raised.moving

    @property
    def due(self) -> bool:
        """Whether a network that stands still has waited for long enough."""
        paused = self.raised is not None and self.raised.state is State.PAUSED
        return paused and self._clock() >= self._touched + IDLE

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._clock()

    def update(self) -> None:
        """Take in what the process reported. Never waits."""
        if self.due:
            self.end()
        if self.raised is not None:
            self.raised.poll()

    def choose(self, name: str, value: object) -> None:
        """Change one of the choices; a digit is let in or left out, but for the last LEAST_DIGITS."""
        if isinstance(value, bool):
            self.choices = replace(self.choices, **{name: value})  # type: ignore[arg-type]
        elif isinstance(value, int):
            digits = self.choices.digits ^ {value}
            if len(digits) >= LEAST_DIGITS:
                self.choices = replace(self.choices, digits=digits)

    def begin(self) -> None:
        """Raise a network of these choices, another one than the last time."""
        self.end()
        self.choices = replace(self.choices, seed=self.choices.seed + 1)
        self.raised = processes.start_process(self.choices)

    def end(self) -> None:
        """End the process, if one runs; what it remembers stays."""
        if self.raised is not None and not self.raised.over:
            self.raised.close_soon()

    def leave(self) -> None:
        """End the process, and forget all but the choices."""
        self.end()
        self.raised = None
