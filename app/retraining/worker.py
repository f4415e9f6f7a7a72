"""Training worker: the main function of the process that trains. Imports no pygame.

The process lives only as long as the window does: a thread of its own waits for orders, and when the window's end of
that pipe is gone, however the window ended, the process ends at once.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from app.retraining.reports import (
    Advance,
    Done,
    Failed,
    Finished,
    Finishing,
    Measured,
    Order,
    Prepared,
    Report,
    Weights,
)
from app.retraining.task import TrainingTask
from model.cores import lower_priority
from model.data.datasets import load_dataset
from model.errors import reason_of
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.fit import NotANumberError
from model.training.lesson import Lesson

if TYPE_CHECKING:
    from model.training.fit import Progress

ADVANCE_GAP = 0.1  # seconds from one Advance to the next
SNAPSHOT_GAPS = 0.2, 1.0  # seconds between snapshots at first, and later on
SNAPSHOT_GROWTH = 1.03
MEASURE_GAP = 0.5  # seconds between two measurements at least ...
MEASURE_SHARE = 10  # ... and this many times what one takes
SAMPLE = 1_000  # validation pictures that measurements within an epoch read


def main(orders: Connection, reports: Connection) -> None:
    """Receive a TrainingTask, train, and send Reports until it is done. Runs as a process of its own."""
    serve(orders, reports, lambda task, inbox: train(task, Reporter(reports, inbox)))


def serve(orders: Connection, reports: Connection, work: Callable[[Any, Inbox], Done | Finished]) -> None:
    """Receive a task, and send what `work` makes of it as the last report; work gets the orders that come meanwhile."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to handle
    warnings.simplefilter("ignore", RuntimeWarning)  # of overflows: fit raises an error for a loss that is no number
    try:
        task = orders.recv()
        received: queue.SimpleQueue[Order] = queue.SimpleQueue()
        threading.Thread(target=_receive_orders, args=(orders, received), daemon=True).start()
        lower_priority()  # after that thread has started, which on Linux so stays quick to obey
        reports.send(_work_or_fail(lambda: work(task, Inbox(received))))
        reports.close()
    except (OSError, EOFError):  # the window is gone: there is nobody to report to
        os._exit(1)


def _receive_orders(orders: Connection, received: queue.SimpleQueue[Order]) -> None:
    """Queue the orders that come in; end the process with QUIT, or when the window is gone."""
    try:
        while (order := orders.recv()) is not Order.QUIT:
            received.put(order)
    except (OSError, EOFError):
        pass
    os._exit(0)


def _work_or_fail(work: Callable[[], Done | Finished]) -> Done | Finished | Failed:
    """Train. Every error becomes a Failed, but that of a window that is gone: OSError."""
    try:
        return work()
    except NotANumberError as error:
        return Failed("retrain.failed.number", str(error))
    except MemoryError:
        return Failed("retrain.failed.memory")
    except (BrokenPipeError, ConnectionError):
        raise
    except ChildProcessError:  # somebody ended a process that helped, most likely for its memory
        return Failed("retrain.failed.killed")
    except OSError as error:
        return Failed("retrain.failed.file", reason_of(error))
    except ValueError as error:
        return Failed("retrain.failed.input", reason_of(error))
    except Exception as error:  # noqa: BLE001  whatever it is, the window must show it
        return Failed("retrain.failed.fault", f"{type(error).__name__}: {error}")


def train(task: TrainingTask, reporter: Reporter) -> Finished:
    """Prepare the pictures, train, and compare the new network with the present one on the test pictures.

    Raises ValueError, with one sentence, for data, drawings or a network that cannot be used, NotANumberError, OSError.
    """
    started = time.perf_counter()
    from model.evaluation.comparison import compare

    dataset = load_dataset(task.data)
    drawings = [Drawing.from_json(line) for line in task.drawings]
    first = task.first_network()
    lesson = Lesson(first, dataset, drawings, task.plan, from_nothing=task.from_nothing, threads=task.threads)
    network = _trained(lesson, reporter)
    seconds = time.perf_counter() - started - reporter.inbox.paused
    present = Network.load(task.present) if task.from_nothing else first
    comparison = compare(present, network, dataset.test, lesson.drawings, seconds=seconds)
    network.info |= {"test_accuracy": comparison.after.test_accuracy, "seconds": round(seconds, 1)}
    return Finished(network.arrays(), network.info, comparison)


def _trained(lesson: Lesson, reporter: Reporter) -> Network:
    """The network at the end of the lesson, or as it is when the window stops it."""
    reporter.send(Prepared(len(lesson.train), len(lesson.drawings)))
    last = None
    for progress in lesson.run(gap=0):
        last = progress
        if not reporter.follow(progress, lesson):
            break
    assert last is not None  # a plan has one step at least
    reporter.send(Finishing())
    return lesson.finish(last.snapshot() if last.step < last.steps else None)


class Inbox:
    """The orders of the window. pausing: whether training is to stand still; paused: seconds that it did."""

    def __init__(self, received: queue.SimpleQueue[Order]) -> None:
        self.pausing = False
        self.paused = 0.0
        self._received = received

    def obey(self) -> bool:
        """After a step: take the orders that have come; in a pause, wait for the next ones. False for STOP."""
        started = time.perf_counter()
        order = None
        while order not in (Order.STEP, Order.STOP) and (self.pausing or not self._received.empty()):
            order = self._received.get()
            self.pausing = order in (Order.PAUSE, Order.STEP)
        self.paused += time.perf_counter() - started
        return order is not Order.STOP


class Reporter:
    """Reports the progress of a training to the window, each kind of report at its own pace, and obeys its orders."""

    def __init__(self, reports: Connection, inbox: Inbox) -> None:
        self.inbox = inbox
        self._reports = reports
        self._advance_at = self._snapshot_at = self._measured_at = 0.0  # times of the newest reports
        self._snapshot_gap = SNAPSHOT_GAPS[0]
        self._measure_gap = MEASURE_GAP

    def send(self, report: Report) -> None:
        """Send a report. Raises OSError where the window is gone."""
        self._reports.send(report)

    def follow(self, progress: Progress, lesson: Lesson) -> bool:
        """After a step: report what is due, and wait while paused. False when training is to stop."""
        now = time.perf_counter()
        at_once = self.inbox.pausing or progress.step == 1  # in a pause, the step was asked for by itself
        if at_once or progress.ends_epoch or now - self._advance_at >= ADVANCE_GAP:
            self.send(Advance.of(progress))
            self._advance_at = now
        if at_once or now - self._snapshot_at >= self._snapshot_gap:
            self.send(Weights(progress.step, progress.snapshot().arrays()))
            self._snapshot_at = now
            self._snapshot_gap = min(self._snapshot_gap * SNAPSHOT_GROWTH, SNAPSHOT_GAPS[1])
        if now - self._measured_at >= self._measure_gap:
            self._measure(progress, lesson)
        return self.inbox.obey()

    def _measure(self, progress: Progress, lesson: Lesson) -> None:
        started = time.perf_counter()
        network, sample = progress.snapshot(), lesson.dataset.validation[:SAMPLE]
        accuracy = float((network.predict(sample.scaled()) == sample.labels).mean())
        self.send(Measured(progress.step, progress.seconds, accuracy, lesson.own_accuracy(network)))
        self._measured_at = time.perf_counter()
        self._measure_gap = max(MEASURE_GAP, MEASURE_SHARE * (self._measured_at - started))
