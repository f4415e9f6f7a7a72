"""The process that trains: what it is told, what it tells, and its main function. Imports no pygame.

It lives only as long as the window does: a thread of its own waits for commands, and when the window's end of that
pipe is gone, however the window ended, the process ends at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import sys
import threading
import time
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.data.datasets import load_dataset
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.fit import NotANumberError
from model.training.lesson import Lesson
from model.training.lesson_plans import Plan

if TYPE_CHECKING:
    import numpy as np

    from model.evaluation.comparison import Comparison
    from model.training.fit import Progress

TELL_EVERY = 0.1  # seconds from one Advance to the next
SNAPSHOT_GAPS = 0.2, 1.0  # seconds between snapshots at first, and later on
SNAPSHOT_GROWTH = 1.03
MEASURE_GAP = 0.5  # seconds between two measurements at least ...
MEASURE_SHARE = 10  # ... and this many times what one takes
SAMPLE = 1_000  # validation pictures that measurements within an epoch read
NICENESS = 15  # not Linux's idle class: beside any busy program that never gets its turn
BELOW_NORMAL = 0x4000  # Windows' BELOW_NORMAL_PRIORITY_CLASS


@dataclass(frozen=True, kw_only=True)
class TrainingTask:
    """What to train.

    present: the file of the network in use, which the new one goes on from, or is only compared with when it begins
    from nothing. network, or hidden_size and activation of a dense one, say what is built then. drawings: lines of
    the collection. data: where the bundled MNIST is not wanted.
    """

    plan: Plan
    present: Path
    from_nothing: bool = False
    network: str = "cnn"
    hidden_size: tuple[int, ...] | None = None
    activation: str = "relu"
    drawings: tuple[str, ...] = ()
    data: Path | None = None
    threads: int | None = None

    def first_network(self) -> Network:
        """The network with the weights that training begins with. Raises ValueError with one sentence."""
        from model.training.job import TrainingJob

        if not self.from_nothing:
            return Network.load(self.present)
        job = TrainingJob(
            network=self.network, hidden_size=self.hidden_size, activation=self.activation, recipe=self.plan.recipe
        )
        return job.build()


@dataclass(frozen=True)
class Prepared:
    """Training begins: on so many pictures, so many different drawings among them."""

    pictures: int
    drawings: int


@dataclass(frozen=True)
class Advance:
    """Where training stands: see model.training.Progress. seconds and seconds_left are of training alone."""

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    learning_rate: float
    seconds: float
    seconds_left: float
    images_per_second: float
    validation_loss: float | None
    validation_accuracy: float | None


@dataclass(frozen=True)
class Measured:
    """Shares that the newest weights read right: of 1,000 validation pictures, of the drawings to judge by (if any)."""

    step: int
    seconds: float
    validation_accuracy: float
    own_accuracy: float | None


@dataclass(frozen=True)
class Weights:
    """The newest weights, by the names of Network.arrays."""

    step: int
    arrays: dict[str, np.ndarray]


@dataclass(frozen=True)
class Finishing:
    """Training is over; the networks are being compared."""


@dataclass(frozen=True)
class Finished:
    """The new network's weights and info, and how it compares with the present one."""

    arrays: dict[str, np.ndarray]
    info: dict[str, Any]
    comparison: Comparison


@dataclass(frozen=True)
class Fault:
    """Why training broke off: a key of the messages, and what to put into the text."""

    key: str
    reason: str = ""


def main(commands: Connection, reports: Connection) -> None:
    """Take a Task, train, and report until it is done. Runs as a process of its own."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to handle
    lower_priority()
    warnings.simplefilter("ignore", RuntimeWarning)  # of overflows: fit tells of a loss that is no number
    try:
        task = commands.recv()
        orders: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(commands, orders), daemon=True).start()
        lower_priority()  # after that thread has started, which on Linux so stays quick to obey
        reports.send(_guarded(task, Reporter(reports, orders)))
        reports.close()
    except (OSError, EOFError):  # nobody is there any more to report to
        os._exit(1)


def lower_priority() -> None:
    """Leave the processor to the window whenever it wants it."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(NICENESS)


def _listen(commands: Connection, orders: queue.SimpleQueue[str]) -> None:
    """Pass commands on; end the process when it is told to quit, or when the window is gone."""
    try:
        while (order := commands.recv()) != "quit":
            orders.put(order)
    except (OSError, EOFError):
        pass
    os._exit(0)


def _guarded(task: TrainingTask, reporter: Reporter) -> Finished | Fault:
    """Train; whatever goes wrong comes back as a Fault."""
    try:
        return train(task, reporter)
    except NotANumberError as error:
        return Fault("retrain.failed.number", str(error))
    except MemoryError:
        return Fault("retrain.failed.memory")
    except (BrokenPipeError, ConnectionError):
        raise
    except OSError as error:
        return Fault("retrain.failed.file", str(error.strerror or error))
    except ValueError as error:
        return Fault("retrain.failed.input", str(error).rstrip("."))
    except Exception as error:  # noqa: BLE001  whatever it is, the window must hear of it
        return Fault("retrain.failed.fault", f"{type(error).__name__}: {error}")


def train(task: TrainingTask, reporter: Reporter) -> Finished:
    """Prepare the pictures, train, and compare the new network with the present one."""
    started = time.perf_counter()
    from model.evaluation.comparison import compare

    dataset = load_dataset(task.data)
    drawings = [Drawing.from_json(line) for line in task.drawings]
    first = task.first_network()
    lesson = Lesson(first, dataset, drawings, task.plan, from_nothing=task.from_nothing, threads=task.threads)
    reporter.send(Prepared(len(lesson.train), len(lesson.drawings)))
    last = None
    for progress in lesson.run(gap=0):
        last = progress
        if not reporter.follow(progress, lesson):
            break
    assert last is not None
    reporter.send(Finishing())
    network = lesson.finish(last.snapshot() if last.step < last.steps else None)
    seconds = time.perf_counter() - started - reporter.paused
    present = Network.load(task.present) if task.from_nothing else first
    comparison = compare(present, network, dataset.test, lesson.drawings, seconds=seconds)
    network.info |= {"test_accuracy": comparison.after.test_accuracy, "seconds": round(seconds, 1)}
    return Finished(network.arrays(), network.info, comparison)


class Reporter:
    """Tells the window how training goes, and does what the window asks."""

    def __init__(self, reports: Connection, orders: queue.SimpleQueue[str]) -> None:
        self._reports = reports
        self._orders = orders
        self._pausing = False
        self._told = self._snapped = self._measured = 0.0
        self._gap = SNAPSHOT_GAPS[0]
        self._measure_gap = MEASURE_GAP
        self.paused = 0.0  # seconds that training stood still

    def send(self, report: object) -> None:
        self._reports.send(report)

    def follow(self, p: Progress, lesson: Lesson) -> bool:
        """After a step: report what is due, wait while paused. False when training is to stop."""
        single = self._pausing  # this step was asked for by itself
        now = time.perf_counter()
        if single or p.ends_epoch or p.step == 1 or now - self._told >= TELL_EVERY:
            self.send(advance_of(p))
            self._told = now
        if single or p.step == 1 or now - self._snapped >= self._gap:
            self.send(Weights(p.step, p.snapshot().arrays()))
            self._snapped = now
            self._gap = min(self._gap * SNAPSHOT_GROWTH, SNAPSHOT_GAPS[1])
        if now - self._measured >= self._measure_gap:
            self._measure(p, lesson)
        return self._obey()

    def _measure(self, p: Progress, lesson: Lesson) -> None:
        started = time.perf_counter()
        network, sample = p.snapshot(), lesson.dataset.validation[:SAMPLE]
        accuracy = float((network.predict(sample.scaled()) == sample.labels).mean())
        self.send(Measured(p.step, p.seconds, accuracy, lesson.own_accuracy(network)))
        self._measured = time.perf_counter()
        self._measure_gap = max(MEASURE_GAP, MEASURE_SHARE * (self._measured - started))

    def _obey(self) -> bool:
        started = time.perf_counter()
        while self._pausing or not self._orders.empty():
            order = self._orders.get()
            if order == "stop":
                return False
            self._pausing = order in ("pause", "step")
            if order == "step":
                break
        self.paused += time.perf_counter() - started
        return True


def advance_of(p: Progress) -> Advance:
    """A Progress as it travels, without what only the trainer can call."""
    return Advance(
        step=p.step,
        steps=p.steps,
        epoch=p.epoch,
        epochs=p.epochs,
        loss=p.loss,
        accuracy=p.accuracy,
        learning_rate=p.learning_rate,
        seconds=p.seconds,
        seconds_left=p.seconds / p.step * (p.steps - p.step),
        images_per_second=p.images_per_second,
        validation_loss=p.validation_loss,
        validation_accuracy=p.validation_accuracy,
    )
