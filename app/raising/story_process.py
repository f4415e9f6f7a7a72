"""Story process: the window's side of a network that goes wrong on purpose, and how far its story is."""

from __future__ import annotations

from enum import Enum

import numpy as np

from app.raising.process import RaisingProcess
from app.raising.reports import Grown, Learnt, Spoiling, Tried
from app.raising.story_worker import main
from app.raising.task import StoryTask
from app.retraining.process import State
from app.retraining.reports import Report
from model.data.images import Images
from model.training.biases import Bias
from model.training.raising import Judged

SURE = 0.9  # the probability from which on an answer counts as sure


class StoryStep(Enum):
    """How far a story is. The value ends the keys of its messages."""

    LEARN = "learn"  # from what is wrong
    FAIL = "fail"  # and here it shows
    REPAIR = "repair"  # it learns from what is right
    DONE = "done"


class StoryProcess(RaisingProcess):
    """One story. before: how many of its judges the network got right when it had learnt from what was wrong.

    spoilt: what it learns from, for people to look at; None before it begins.
    """

    main = staticmethod(main)

    def __init__(self, task: StoryTask) -> None:
        self._prepare(task)
        super().__init__(task)

    def _prepare(self, task: StoryTask) -> None:
        self.bias = task.bias
        self.spoilt: Spoiling | None = None
        self.before: int | None = None
        self.repairing = False

    @property
    def story_step(self) -> StoryStep:
        """Where it is."""
        if self.before is None:
            return StoryStep.LEARN
        if not self.repairing:
            return StoryStep.FAIL
        return StoryStep.DONE if self.over else StoryStep.REPAIR

    @property
    def can_repair(self) -> bool:
        """Whether the process waits to be told to go on."""
        return self.state is State.PAUSED and not self.repairing

    def repair(self) -> None:
        """Learn from what is right."""
        if self.can_repair:
            self.repairing = True
            self.go_on()

    def holds(self, judged: Judged, images: Images) -> np.ndarray:
        """(N,) bool: which answers are as they should be: right, and sure where doubt is what went wrong."""
        right: np.ndarray = judged.answers == images.labels
        return right & (judged.shares >= SURE) if self.bias is Bias.LABELS else right

    def right(self, grown: Grown) -> int:
        """How many of a hundred judges are as they should be."""
        assert self.judges is not None
        return round(100 * float(self.holds(grown.judged, self.judges).mean()))

    def usual(self, tried: Tried) -> int:
        """How many of a hundred usual pictures it reads right."""
        assert self.spoilt is not None
        return round(100 * float((tried.usual.answers == self.spoilt.usual.labels).mean()))

    def _note(self, event: Report) -> None:
        if self.state is State.ENDED:
            return  # it was closed
        super()._note(event)
        if isinstance(event, Spoiling):
            self.state, self.steps, self.judges, self.spoilt = State.RUNNING, event.steps, event.judges, event
        elif isinstance(event, Learnt) and self.grown is not None:
            self.state, self.before = State.PAUSED, self.right(self.grown)


def start_story(task: StoryTask) -> StoryProcess:
    """The process for a task; tests put a stand-in here."""
    return StoryProcess(task)
