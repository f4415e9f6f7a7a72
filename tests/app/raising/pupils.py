"""A stand-in for the process that raises a network: does nothing by itself, and tells what a test wants."""

import queue
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.raising.process import RaisingProcess
from app.raising.reports import Grown, Learnt, Met, Spoiling, Tried
from app.raising.story_process import StoryProcess
from app.raising.story_worker import tell
from app.raising.task import RaisingTask, StoryTask
from app.raising.worker import raise_network
from app.retraining.process import State
from app.retraining.reports import Done, Order, Report
from app.retraining.worker import Inbox
from model.data.images import Images
from model.training.raising import Judged
from tests.app.lessons import write_data


class Pipe:
    """In the place of a connection: keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, report: object) -> None:
        self.sent.append(report)


class FakeRaising(RaisingProcess):
    """Has the states of the real one, but no thread and no process."""

    def __init__(self, task: RaisingTask) -> None:
        self.choices, self.steps, self.judges, self.grown, self.kept = task, 0, None, None, []
        self._first, self._steps_asked = task.first_network(), False
        self.state, self.failure = State.PREPARING, None
        self._events: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self.orders: list[Order] = []
        self.closed = False

    def _order(self, order: Order) -> None:
        self.orders.append(order)

    def close_soon(self) -> None:
        self.state, self.closed = State.ENDED, True

    def tell(self, *events: Report) -> None:
        for event in events:
            self._events.put(event)

    def grow(self, count: int = 6) -> None:
        """Tell of the beginning and of so many networks, each of which reads more than the one before."""
        self.tell(Met(100, judges()), *(self.grown_at(number) for number in range(count)))

    def grown_at(self, number: int, *, kept: bool = True) -> Grown:
        rng = np.random.default_rng(number)
        labels = judges().labels
        answers = np.where(rng.random(len(labels)) < number / 8, labels, (labels + 1) % 10).astype(np.uint8)
        judged = Judged(answers, np.full(len(labels), 0.9, np.float32), 2.3 / (number + 1))
        weights = (self._first.vector * np.float32(1 + number / 10)).astype(np.float16)
        return Grown(number * 10, number * 640, judged, weights, kept=kept)

    def end(self) -> None:
        self.tell(Done())


class FakeStory(FakeRaising, StoryProcess):
    """A story without thread and process."""

    def __init__(self, task: StoryTask) -> None:
        super().__init__(task)
        self._prepare(task)

    def learn(self, right: int = 3) -> None:
        """Tell of what it learns from, and that it reads so many of ten digits."""
        sample = judges()[:60]
        true = sample.labels.copy()
        true[9::10] += 1
        self.tell(Spoiling(100, judges(), judges(), sample, true), self.tried(right))

    def fail(self, right: int = 3) -> None:
        """Learn all that is wrong, and stand still."""
        self.learn(right)
        self.tell(Learnt())

    def tried(self, right: int, share: float = 0.95) -> Tried:
        labels = judges().labels
        answers = np.where(labels < right, labels, (labels + 1) % 10).astype(np.uint8)
        judged = Judged(answers, np.full(len(labels), share, np.float32), 1.0)
        usual = Judged(labels, np.ones(len(labels), np.float32), 0.1)
        weights = self._first.vector.astype(np.float16)
        return Tried(10, 640, judged, weights, kept=False, usual=usual)


@cache
def judges() -> Images:
    """A hundred pictures, ten of each digit: bars at ten heights."""
    labels = np.repeat(np.arange(10, dtype=np.uint8), 10)
    pictures = np.zeros((100, 28, 28), np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[2 * label + 4 : 2 * label + 6, 6:22] = 255
    return Images(pictures, labels)


def raised(task: RaisingTask, *orders: Order) -> tuple[Report, list[Any]]:
    """What the worker sends in the end and on the way, where these orders wait for it."""
    received: queue.SimpleQueue[Order] = queue.SimpleQueue()
    for order in orders:
        received.put(order)
    pipe = Pipe()
    return raise_network(task, Inbox(received), pipe), pipe.sent  # type: ignore[arg-type]


def told(task: StoryTask, *orders: Order) -> tuple[Report, list[Any]]:
    """What a story's worker sends, where these orders wait for it."""
    received: queue.SimpleQueue[Order] = queue.SimpleQueue()
    pipe = Pipe()
    send = pipe.send

    def answer(report: object) -> None:
        send(report)
        if isinstance(report, Learnt):
            for order in orders:
                received.put(order)

    pipe.send = answer  # type: ignore[method-assign]
    return tell(task, Inbox(received), pipe), pipe.sent  # type: ignore[arg-type]


def data(folder: Path) -> Path:
    """A data set file of bars."""
    return write_data(folder / "bars.npz")
