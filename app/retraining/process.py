"""Training process: the window's side of a training that runs in a process of its own.

A thread starts the process and takes in what it reports; the window asks `poll()` once a frame, which never waits.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import queue
import threading
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Protocol

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
from app.retraining.worker import main
from model.errors import reason_of
from model.processes import deaf_to_interrupts

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from model.evaluation.comparison import Comparison
    from model.network.network import Network


PATIENCE = 1.0  # seconds that a process has to end by itself before it is made to
KILLED = -9  # multiprocessing's exit code of a process that was ended by SIGKILL


class State(StrEnum):
    """How far a training is. Nothing comes after ENDED and FAILED."""

    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHING = "finishing"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, eq=False)
class Snapshot(Report):
    """A network of its own with the newest weights, ready to read with."""

    step: int
    network: Network


@dataclass(frozen=True, eq=False)
class Ended(Report):
    """The new network, whole and calibrated, and how it compares with the one that was in use."""

    network: Network
    comparison: Comparison


class Task(Protocol):
    """What a process is to train; it is pickled on its way there."""

    def first_network(self) -> Network:
        """The network with the weights that training begins with. Raises ValueError or OSError."""


class TrainingProcess:
    """One training in its process. Call `close` when done with it, whatever its state.

    state: changes in `poll`, and with pause, go_on, step and stop.
    newest: the network of the last snapshot; None before the first.
    advances, measurements: all that have come, for the curves.
    result, failure: how it came out; one of them is there once it is `over`.
    """

    main = staticmethod(main)  # of the process

    def __init__(self, task: Task) -> None:
        self.task = task
        self.state = State.PREPARING
        self.newest: Network | None = None
        self.advances: list[Advance] = []
        self.measurements: list[Measured] = []
        self.result: Ended | None = None
        self.failure: Failed | None = None
        self._events: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._orders: Connection | None = None
        self._process: BaseProcess | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._attend, name="retraining", daemon=True)
        self._thread.start()

    def __repr__(self) -> str:
        return f"TrainingProcess({self.state})"

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (State.ENDED, State.FAILED)

    @property
    def process_id(self) -> int | None:
        """The number of the process, once it has started."""
        return None if self._process is None else self._process.pid

    def poll(self) -> list[Report]:
        """What happened since the last call, in order; of several snapshots only the newest. Never waits."""
        events: list[Report] = []
        while not self._events.empty():
            event = self._events.get()
            if isinstance(event, Snapshot):
                events = [e for e in events if not isinstance(e, Snapshot)]
            events.append(event)
            self._note(event)
        return events

    def pause(self) -> None:
        """Stand still after the step that is being taken."""
        if self.state == State.RUNNING:
            self.state = State.PAUSED
            self._order(Order.PAUSE)

    def go_on(self) -> None:
        """Go on after a pause."""
        if self.state == State.PAUSED:
            self.state = State.RUNNING
            self._order(Order.GO_ON)

    def step(self) -> None:
        """Take one step, and stand still again."""
        if self.state in (State.RUNNING, State.PAUSED):
            self.state = State.PAUSED
            self._order(Order.STEP)

    def stop(self) -> None:
        """Train no more; the network as it is now is measured, and `Ended` comes."""
        if self.state in (State.RUNNING, State.PAUSED):
            self.state = State.FINISHING
            self._order(Order.STOP)

    def close(self) -> None:
        """End the process, at once and for certain; what it has not reported yet is lost."""
        with self._lock:
            self._closed = True
        self._order(Order.QUIT)
        self._end_process()
        self._thread.join(PATIENCE)

    def _order(self, order: Order) -> None:
        """Send an order to the process, where there is one."""
        with self._lock:
            if self._orders is not None:
                with contextlib.suppress(OSError):  # it ended by itself: the thread finds out why
                    self._orders.send(order)

    def _note(self, event: Report) -> None:
        """Let state, curves and result be as of this event."""
        if isinstance(event, Prepared):
            self.state = State.RUNNING
        elif isinstance(event, Advance):
            self.advances.append(event)
        elif isinstance(event, Measured):
            self.measurements.append(event)
        elif isinstance(event, Snapshot):
            self.newest = event.network
        elif isinstance(event, Finishing):
            self.state = State.FINISHING
        elif isinstance(event, Ended):
            self.state, self.result = State.ENDED, event
        elif isinstance(event, Done):
            self.state = State.ENDED
        elif isinstance(event, Failed):
            self.state, self.failure = State.FAILED, event

    # -- in the thread ------------------------------------------------------------------------------------

    def _attend(self) -> None:
        """Start the process and queue what it reports as events, until it ends. Every error becomes a Failed."""
        try:
            self._follow_process()
        except Exception as error:  # noqa: BLE001  else the window would wait for a first report for ever
            self._events.put(Failed("retrain.failed.fault", f"{type(error).__name__}: {error}"))
            self._end_process()

    def _follow_process(self) -> None:
        try:
            first = self.task.first_network()
            reports = self._start()
        except MemoryError:
            self._events.put(Failed("retrain.failed.memory"))
            return
        except (OSError, RuntimeError) as error:  # RuntimeError: Python finds no way to spawn
            self._events.put(Failed("retrain.failed.start", reason_of(error)))
            return
        except ValueError as error:
            self._events.put(Failed("retrain.failed.input", reason_of(error)))
            return
        if reports is not None:
            self._take_reports(reports, first)

    def _take_reports(self, reports: Connection, first: Network) -> None:
        """Queue the event of every report, until the last one or the death of the process."""
        event: Report | None = None
        while not isinstance(event, Ended | Done | Failed):
            try:
                event = self._event_of(reports.recv(), first)
            except (EOFError, OSError):
                event = self._death()
            except MemoryError:
                event = Failed("retrain.failed.memory")
            self._events.put(event)
        reports.close()
        self._end_process()

    def _start(self) -> Connection | None:
        """Start the process and give it its task; returns where its reports come in. None if it was closed already."""
        context = multiprocessing.get_context("spawn")
        their_orders, orders = context.Pipe(duplex=False)
        reports, their_reports = context.Pipe(duplex=False)
        # no daemon, which may have no processes of its own to help it; `atexit` ends it all the same
        process = context.Process(target=self.main, args=(their_orders, their_reports), name="trainer")
        with self._lock:
            if self._closed:
                return None
            try:
                with deaf_to_interrupts():
                    process.start()
            finally:
                their_orders.close()  # the process has its own: with ours open we would never see its end
                their_reports.close()
            self._process = process
            atexit.register(process.kill)
        with contextlib.suppress(OSError):  # dead already: reading its reports will say so
            orders.send(self.task)
        with self._lock:
            self._orders = orders
            if self._closed:
                with contextlib.suppress(OSError):
                    orders.send(Order.QUIT)
        return reports

    def _event_of(self, report: Report, first: Network) -> Report:
        """The event of a report: weights become networks built like `first`."""
        if isinstance(report, Weights):
            network = first.copy()
            network.assign(report.arrays)
            network.folded()  # here, so that the first reading with it does not have to
            return Snapshot(report.step, network)
        if isinstance(report, Finished):
            network = first.copy()
            network.assign(report.arrays)
            network.info = report.info
            return Ended(network, report.comparison)
        return report

    def _death(self) -> Failed:
        """Why the process ended without a last report."""
        assert self._process is not None
        self._process.join(PATIENCE)
        code = self._process.exitcode
        if code == KILLED:
            return Failed("retrain.failed.killed")
        return Failed("retrain.failed.died", str(code))

    def _end_process(self) -> None:
        """Wait for the end of the process; after PATIENCE seconds terminate it, after as many again kill it."""
        process = self._process
        if process is None:
            return
        for force in (process.terminate, process.kill):
            process.join(PATIENCE)
            if process.exitcode is not None:
                break
            force()
        process.join(PATIENCE)
        atexit.unregister(process.kill)
