"""A stand-in for the training process: does nothing by itself, notes its orders, and tells what a test wants."""

import queue
from pathlib import Path
from typing import get_args

import numpy as np

from app.retraining.process import Ended, State, TrainingProcess
from app.retraining.reports import Advance, Measured, Order, Prepared
from app.retraining.task import TrainingTask
from app.store.trainings import Outcome, TrainingRecord
from model.charts.curves import LearningCurves
from model.data.images import Images
from model.evaluation.comparison import Comparison, Judgement
from model.evaluation.confusion import Confusion, confusion_of
from model.network.layers import Dense, Flatten
from model.network.network import Network


class FakeProcess(TrainingProcess):
    """Has Retraining's states, but no thread and no process."""

    task: TrainingTask

    def __init__(self, task: TrainingTask) -> None:
        self.task = task
        self.state = State.PREPARING
        self.newest = None
        self.advances = []
        self.measurements = []
        self.result = None
        self.failure = None
        self._events = queue.SimpleQueue()
        self.orders: list[Order] = []
        self.closed = False

    def _order(self, order: Order) -> None:
        self.orders.append(order)

    def close(self) -> None:
        self.closed = True

    def tell(self, *events: object) -> None:
        for event in events:
            self._events.put(event)  # type: ignore[arg-type]

    def train(self, steps: int = 30, of: int = 100, accuracy: float = 0.9) -> None:
        """Tell of so many steps and one measurement."""
        self.tell(Prepared(1000, 5))
        for step in range(1, steps + 1):
            self.tell(advance(step, of))
        self.tell(Measured(steps, steps / 10, accuracy, 0.8))

    def end(self, comparison: Comparison) -> None:
        self.tell(Ended(tiny_network(), comparison))


def advance(step: int, of: int) -> Advance:
    loss, left = 2.3 / step, (of - step) / 10
    return Advance(step, of, 1, 1, loss, 1 - loss / 3, 0.001, step / 10, left, 640.0, None, None)


def comparison(before: int = 3, after: int = 5, *, lost: float = 0.0, changed: int = 2) -> Comparison:
    then, now = Judgement(0.9962, before), Judgement(0.9962 - lost, after)
    return Comparison(then, now, 5, [(i, 7, 1) for i in range(changed)], 3, 4, 12.0, confusion())


def confusion() -> Confusion:
    """Of a thousand pictures, of which the ones read as 7 are ones with a flag."""
    labels = np.arange(1000) % 10
    answers = np.where((labels == 1) & (np.arange(1000) < 700), 7, labels)
    images = np.zeros((1000, 28, 28), np.uint8)
    images[:, 4:24, 13:16] = 255
    return confusion_of(Images(images, labels.astype(np.uint8)), answers)


def training_record(number: int) -> TrainingRecord:
    """One of several trainings, each of which came out otherwise."""
    outcome = get_args(Outcome)[number % 4]
    curves = LearningCurves(
        loss=[(0.1, 2.0 + number), (3.0, 0.2)],
        accuracy=[(0.1, 0.2), (3.0, 0.9)],
        validation_loss=[(1.0, 1.0 + number), (3.0, 0.1)],
        validation_accuracy=[(1.0, 0.9), (3.0, 0.97 + number / 1000)],
    )
    return TrainingRecord(
        time=f"2026-11-{number + 1:02}T17:05:00",
        network="mlp-800",
        outcome=outcome,
        kept_as=f"mlp-800-{number}" if outcome == "kept" else "",
        mnist=True,
        pen_strokes=True,
        drawings=40,
        epochs=3,
        seconds=95.0 + number,
        accuracy_before=0.9911,
        accuracy_after=0.9932 if outcome in ("kept", "discarded") else None,
        curves=curves,
    )


def tiny_network(seed: int = 0) -> Network:
    return Network([Flatten(), Dense(10)], rng=np.random.default_rng(seed), info={"test_accuracy": 0.5})


def write_network(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    tiny_network(seed).save(path)
    return path
