"""Stopwatch: how fast this machine trains a network, found by training it for a moment."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from app.retraining import controller as training
from app.retraining.task import TrainingTask
from model.training.lesson_plans import LessonPlan

ENOUGH_SECONDS = 1.0  # of training
FIRST_STEPS = 3  # which are slow, and say nothing of the others
PREPARING = 2.0  # seconds from the start to the first step, on a usual machine, ...
DRAWN = 1_200  # ... where no pictures are drawn first; and how many are drawn in a second
READS = 20_000  # test pictures that are read in the end, with the old network and the new
VALIDATION = 5_000
READING_FASTER = 3.0  # times as fast as training


@dataclass(frozen=True)
class Speed:
    """images: pictures trained on in a second."""

    images: float

    def seconds(self, plan: LessonPlan, available: int = 55_000) -> float:
        """About how long a plan takes, from start to result."""
        read = READS + plan.recipe.epochs * VALIDATION
        drawn = plan.own + plan.mixture.made
        trained = plan.pictures(available) / self.images
        return PREPARING + drawn / DRAWN + trained + read / (READING_FASTER * self.images)


class Stopwatch:
    """Trains a task in a process of its own until its speed is known; then `speed` is there."""

    def __init__(self, task: TrainingTask) -> None:
        self.speed: Speed | None = None
        self._batch = task.plan.recipe.batch_size
        self._process = training.start_process(task)
        self._closed = False

    def update(self) -> bool:
        """Look whether it is known by now; whether that is news."""
        if self._closed:
            return False
        self._process.poll()
        advances = self._process.advances
        first = next((a for a in advances if a.step >= FIRST_STEPS), None)
        if first is not None and advances[-1].step > first.step:
            last = advances[-1]
            seconds = last.seconds - first.seconds
            if seconds >= ENOUGH_SECONDS or last.step == last.steps:
                self.speed = Speed((last.step - first.step) * self._batch / max(seconds, 1e-3))
        if self.speed is not None or self._process.over:
            self.close()
            return self.speed is not None
        return False

    @property
    def running(self) -> bool:
        """Whether the process still trains."""
        return not self._closed

    def close(self) -> None:
        """End the process; it may take a moment, which nobody has to wait for."""
        if not self._closed:
            self._closed = True
            threading.Thread(target=self._process.close, name="stopwatch").start()
