"""School: the network that a visitor raises, the choices for it, and the one that goes wrong on purpose."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.raising import process as processes
from app.raising import story_process as stories
from app.raising.process import RaisingProcess
from app.raising.reports import Grown
from app.raising.story_process import StoryProcess
from app.raising.task import LEAST_DIGITS, RaisingTask, StoryTask
from app.retraining.process import State
from model.training.biases import Bias

IDLE = 120.0  # seconds after the last touch from which on a network that stands still is let go


class School:
    """choices: for the next network; raised: the last one that was begun, None before; story: likewise.

    At most one of them learns. What is remembered of a network stays when its process ends, until `leave`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.choices = RaisingTask()
        self.raised: RaisingProcess | None = None
        self.story: StoryProcess | None = None
        self._clock = clock
        self._touched = clock()

    @property
    def moving(self) -> bool:
        """Whether news may come at any time."""
        return any(process.moving for process in self._processes)

    @property
    def due(self) -> bool:
        """Whether a network that stands still has waited for long enough."""
        paused = any(process.state is State.PAUSED for process in self._processes)
        return paused and self._clock() >= self._touched + IDLE

    @property
    def _processes(self) -> list[RaisingProcess]:
        return [process for process in (self.raised, self.story) if process is not None]

    @property
    def learning(self) -> Grown | None:
        """The newest of the network that learns; None while none does."""
        running = (process for process in self._processes if process.state is State.RUNNING)
        process = next(running, None)
        return process.grown if process is not None else None

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._clock()

    def update(self) -> None:
        """Take in what the process reported. Never waits."""
        if self.due:
            self.end()
        for process in self._processes:
            process.poll()

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

    def begin_story(self, bias: Bias) -> None:
        """Let a network go wrong in this way, another one than the last time."""
        self.end()
        self.choices = replace(self.choices, seed=self.choices.seed + 1)
        self.story = stories.start_story(StoryTask(bias=bias, seed=self.choices.seed))

    def leave_story(self) -> None:
        """End the story that is told, and forget it."""
        if self.story is not None and not self.story.over:
            self.story.close_soon()
        self.story = None

    def end(self) -> None:
        """End the process, if one runs; what it remembers stays."""
        for process in self._processes:
            if not process.over:
                process.close_soon()

    def leave(self) -> None:
        """End the process, and forget all but the choices."""
        self.end()
        self.raised = self.story = None
