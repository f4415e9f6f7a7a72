"""What the training process reports and obeys, step by step, on a clock that a test moves on."""

import queue
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.retraining.reports import Advance, Done, Failed, Measured, Order, Weights
from app.retraining.task import TrainingTask
from app.retraining.worker import Inbox, Reporter, _work_or_fail, train
from model.data.images import Images
from model.data.pen_strokes import load_pen_strokes
from model.training.lesson_plans import plan
from tests.app.classroom import tiny_network, write_network

STEPS = 100_000


class Pipe:
    """In the place of a connection: keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[object] = []

    def send(self, report: object) -> None:
        self.sent.append(report)


class Lesson:
    """In the place of a lesson: validation pictures, and drawings that are read right in every second case."""

    def __init__(self) -> None:
        rng = np.random.default_rng(0)
        pictures = rng.integers(0, 256, (1500, 28, 28)).astype(np.uint8)
        labels = tiny_network().predict(pictures / np.float32(255)).astype(np.uint8)
        labels[250:] = (labels[250:] + 1) % 10  # a quarter of the first thousand are right
        self.dataset = SimpleNamespace(validation=Images(pictures, labels))
        self.reads = 0

    def own_accuracy(self, network: object) -> float:
        self.reads += 1
        return 0.5


class Training:
    """A training whose steps take as long as a test says."""

    def __init__(self, now: list[float]) -> None:
        self.now = now
        self.pipe, self.lesson = Pipe(), Lesson()
        self.orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self.reporter = Reporter(self.pipe, Inbox(self.orders))  # type: ignore[arg-type]
        self.step = 0

    def take(self, seconds: float = 0.01, *, ends_epoch: bool = False) -> bool:
        """One step; whether training goes on."""
        self.now[0] += seconds
        self.step += 1
        progress: Any = SimpleNamespace(
            step=self.step, steps=STEPS, epoch=1, epochs=2, loss=1.0, accuracy=0.5, learning_rate=0.01,
            seconds=self.step * 0.01, images_per_second=640.0, ends_epoch=ends_epoch,
            validation_loss=None, validation_accuracy=None, snapshot=tiny_network, state=dict,
        )  # fmt: skip
        return self.reporter.follow(progress, self.lesson)  # type: ignore[arg-type]

    def sent(self, kind: type) -> list[Any]:
        """The reports of a kind, which are taken away."""
        found = [report for report in self.pipe.sent if isinstance(report, kind)]
        self.pipe.sent = [report for report in self.pipe.sent if not isinstance(report, kind)]
        return found

    def run(self, seconds: float, step: float = 0.01) -> None:
        for _ in range(round(seconds / step)):
            self.take(step)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def training(now: list[float]) -> Training:
    return Training(now)


def test_the_first_step_is_reported_with_its_weights(training: Training) -> None:
    assert training.take()
    assert [advance.step for advance in training.sent(Advance)] == [1]
    (weights,) = training.sent(Weights)
    assert weights.step == 1
    np.testing.assert_array_equal(weights.arrays["1.weight"], tiny_network().arrays()["1.weight"])


def test_steps_are_reported_ten_times_a_second_and_at_the_end_of_each_epoch(training: Training) -> None:
    training.run(2.0)
    assert 18 <= len(training.sent(Advance)) <= 21
    training.take(0.001, ends_epoch=True)
    training.take(0.001, ends_epoch=True)
    assert len(training.sent(Advance)) == 2


def test_slow_steps_are_all_reported(training: Training) -> None:
    training.run(3.0, step=0.3)
    assert len(training.sent(Advance)) == 10


def test_weights_come_often_at_first_and_once_a_second_later(training: Training) -> None:
    training.run(2.0)
    first = len(training.sent(Weights))
    assert 7 <= first <= 11
    training.run(60.0, step=0.05)
    training.sent(Weights)
    training.run(10.0)
    assert 9 <= len(training.sent(Weights)) <= 11


def test_accuracy_is_measured_on_a_thousand_pictures_and_the_drawings(training: Training) -> None:
    training.run(0.9)
    measured = training.sent(Measured)
    assert len(measured) in (1, 2)  # every half second
    assert (measured[0].validation_accuracy, measured[0].own_accuracy) == (0.25, 0.5)
    assert training.lesson.reads == len(measured)


def test_slow_measuring_takes_no_more_than_a_part_of_the_time(
    training: Training, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(network: object) -> float:
        now[0] += 0.3
        return 0.5

    monkeypatch.setattr(training.lesson, "own_accuracy", slowly)
    training.run(12.0, step=0.05)
    assert 3 <= len(training.sent(Measured)) <= 6


@pytest.fixture
def paused(training: Training, now: list[float], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sends orders of which each comes after some seconds of waiting."""
    waiting: list[tuple[Order, float]] = []

    class Orders:
        def empty(self) -> bool:
            return not waiting

        def get(self) -> Order:
            assert waiting, "it waits for an order that never comes"
            order, after = waiting.pop(0)
            now[0] += after
            return order

    training.reporter = Reporter(training.pipe, Inbox(Orders()))  # type: ignore[arg-type]

    def send(*orders: tuple[Order, float]) -> None:
        waiting.extend(orders)

    return send


def test_a_pause_lasts_until_it_is_ended_and_is_no_training(training: Training, paused: Callable[..., None]) -> None:
    training.take()
    paused((Order.PAUSE, 0.0), (Order.GO_ON, 5.0))
    assert training.take()
    assert training.reporter.inbox.paused == pytest.approx(5)
    training.sent(Advance)
    assert training.take(0.01)
    assert training.reporter.inbox.paused == pytest.approx(5)


def test_one_step_in_a_pause_is_reported_with_its_weights_and_stands_still_again(
    training: Training, paused: Callable[..., None]
) -> None:
    training.take()
    paused((Order.PAUSE, 0.0), (Order.STEP, 1.0))
    assert training.take(0.001)
    training.pipe.sent.clear()
    paused((Order.STEP, 2.0))
    assert training.take(0.001)
    assert [report.step for report in training.sent(Advance)] == [3]
    assert [report.step for report in training.sent(Weights)] == [3]
    paused((Order.GO_ON, 4.0))
    assert training.take(0.001)
    training.pipe.sent.clear()
    training.take(0.001)  # after the long wait they are due once
    training.pipe.sent.clear()
    assert training.take(0.001)  # and then it goes on by itself
    assert training.sent(Weights) == []
    assert training.reporter.inbox.paused == pytest.approx(7)


@pytest.mark.parametrize("orders", [((Order.STOP, 0.0),), ((Order.PAUSE, 0.0), (Order.STOP, 3.0))])
def test_stopping_ends_it_also_in_a_pause(
    orders: tuple[tuple[Order, float], ...], training: Training, paused: Callable[..., None]
) -> None:
    training.take()
    paused(*orders)
    assert not training.take()
    assert training.reporter.inbox.paused == pytest.approx(sum(seconds for _, seconds in orders))


def test_the_time_that_is_left_follows_from_the_time_that_was_taken(training: Training) -> None:
    progress: Any = SimpleNamespace(
        step=30, steps=120, epoch=1, epochs=2, loss=0.7, accuracy=0.8, learning_rate=0.02, seconds=10.0,
        images_per_second=192.0, validation_loss=0.4, validation_accuracy=0.9,
    )  # fmt: skip
    advance = Advance.of(progress)
    assert advance.seconds_left == pytest.approx(30)
    reported = {name: getattr(advance, name) for name in vars(progress)}
    assert reported == vars(progress)


def test_the_first_step_is_reported_however_early_it_is(training: Training, now: list[float]) -> None:
    now[0] = 0.0  # as on a machine that has just been started
    training.take(0.001)
    assert len(training.sent(Advance)) == len(training.sent(Weights)) == 1
    training.take(0.001)
    assert training.sent(Advance) == training.sent(Weights) == []


def test_a_missing_file_of_pen_strokes_ends_a_training_with_one_sentence(
    training: Training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.training.mixture.load_pen_strokes", lambda: load_pen_strokes(tmp_path / "none.npz"))
    chosen = plan("quick", from_nothing=True, mnist=False, own=False)
    task = TrainingTask(plan=chosen, present=write_network(tmp_path / "cnn.npz"), from_nothing=True)
    failed = _work_or_fail(lambda: train(task, training.reporter))
    assert isinstance(failed, Failed) and failed.key == "retrain.failed.input"
    assert failed.reason.startswith("There is no file") and "\n" not in failed.reason


def test_a_file_that_the_system_refuses_ends_a_training_with_its_reason_alone(
    training: Training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied.", "/a/long/name")

    monkeypatch.setattr("app.retraining.worker.load_dataset", refuse)
    task = TrainingTask(plan=plan("quick", from_nothing=False), present=write_network(tmp_path / "cnn.npz"))
    assert _work_or_fail(lambda: train(task, training.reporter)) == Failed("retrain.failed.file", "Permission denied")


def test_a_process_that_helped_and_was_ended_is_no_file_that_could_not_be_read() -> None:
    def ended() -> Done:
        raise ChildProcessError("A process that helped to train has ended; start the training again.")

    assert _work_or_fail(ended) == Failed("retrain.failed.killed")
