"""Raising process: the window's side of a network that is raised in a process of its own, and all it remembers."""

from __future__ import annotations

import threading

import numpy as np

from app.raising.reports import Grown, Met
from app.raising.task import RaisingTask
from app.raising.worker import main
from app.retraining.process import State, TrainingProcess
from app.retraining.reports import Report
from model.data.images import Images
from model.network.network import Network
from model.training.raising import snapshot_steps


class RaisingProcess(TrainingProcess):
    """One network on its way from nothing. Call `close_soon` when done with it; what it remembers stays.

    grown: the newest network; kept: those that are remembered, in order, the first of which knows nothing.
    judges: the pictures that it is judged by; None before it begins.
    """

    main = staticmethod(main)

    def __init__(self, task: RaisingTask) -> None:
        self.choices = task
        self.steps = 0
        self.judges: Images | None = None
        self.grown: Grown | None = None
        self.kept: list[Grown] = []
        self._first = task.first_network()
        self._steps_asked = False
        super().__init__(task)

    @property
    def moving(self) -> bool:
        """Whether news may come at any time."""
        return not self.over and (self.state is not State.PAUSED or self._steps_asked)

    @property
    def moments(self) -> int:
        """How many networks it will remember in all."""
        return len(snapshot_steps(self.steps)) if self.steps else 1

    def step(self) -> None:
        """Take one step, and stand still again."""
        super().step()
        self._steps_asked = True

    def network_of(self, grown: Grown) -> Network:
        """The network as it was then, ready to read with."""
        network = self._first.copy()
        network.vector[...] = grown.weights.astype(np.float32)
        network.folded()
        return network

    def right(self, grown: Grown) -> int:
        """How many of a hundred pictures it read right then."""
        assert self.judges is not None
        return round(100 * float((grown.judged.answers == self.judges.labels).mean()))

    def close_soon(self) -> None:
        """End the process; it may take a moment, which nobody has to wait for."""
        if not self.over:
            self.state = State.ENDED
        threading.Thread(target=self.close, name="raising").start()

    def _note(self, event: Report) -> None:
        if self.state is State.ENDED:
            return  # it was closed
        super()._note(event)
        if isinstance(event, Met):
            self.state, self.steps, self.judges = State.RUNNING, event.steps, event.judges
        elif isinstance(event, Grown):
            self.grown, self._steps_asked = event, False
            if event.kept:
                self.kept.append(event)


def start_process(task: RaisingTask) -> RaisingProcess:
    """The process for a task; tests put a stand-in here."""
    return RaisingProcess(task)
