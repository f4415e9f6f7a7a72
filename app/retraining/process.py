"""Training process: the window's side of a training that runs in a process of its own.

A thread starts the process and takes in what it reports; the window asks `poll()` once a frame, which never waits.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, Literal

from app.messages import Messages
from app.retraining.worker import Advance, Fault, Finished, Finishing, Measured, Prepared, TrainingTask, Weights, main

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from model.evaluation.comparison import Comparison
    from model.network.network import Network

State = Literal["preparing", "running", "paused", "finishing", "ended", "failed"]
PREPARING: Final = "preparing"
RUNNING: Final = "running"
PAUSED: Final = "paused"
FINISHING: Final = "finishing"
ENDED: Final = "ended"
FAILED: Final = "failed"
OVER = (ENDED, FAILED)
PATIENCE = 1.0  # seconds that a process has to end by itself before it is made to
KILLED = -9  # multiprocessing's exit code of a process that was ended by SIGKILL


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A network of its own with the newest weights, ready to read with."""

    step: int
    network: Network


@dataclass(frozen=True, eq=False)
class Ended:
    """The new network, whole and calibrated, and how it compares with the one that was in use."""

    network: Network
    comparison: Comparison


@dataclass(frozen=True)
class Failed:
    """Training broke off; the network in use is as it was."""

    key: str
    reason: str = ""

    def text(self, messages: Messages) -> str:
        """What happened, in one sentence."""
        return messages(self.key, reason=self.reason)


Event = Prepared | Advance | Measured | Snapshot | Finishing | Ended | Failed


class TrainingProcess:
    """One training in its process. `state` is one of the names above; it changes in `poll` and with the commands.

    newest is the network of the last snapshot; advances and measurements are all there were, for the curves;
    result and failure say how it came out. Call `close` when done with it, whatever its state.
    """

    def __init__(self, task: TrainingTask) -> None:
        self.task = task
        self.state: State = PREPARING
        self.newest: Network | None = None
        self.advances: list[Advance] = []
        self.measurements: list[Measured] = []
        self.result: Ended | None = None
        self.failure: Failed | None = None
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._orders: list[str] = []
        self._lock = threading.Lock()
        self._commands: Connection | None = None
        self._process: BaseProcess | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._attend, name="retraining", daemon=True)
        self._thread.start()

    def __repr__(self) -> str:
        return f"TrainingProcess({self.state})"

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in OVER

    @property
    def process_id(self) -> int | None:
        """The number of the process, once it has started."""
        return None if self._process is None else self._process.pid

    def poll(self) -> list[Event]:
        """What happened since the last call, in order; of several snapshots only the newest. Never waits."""
        events: list[Event] = []
        while not self._events.empty():
            event = self._events.get()
            if isinstance(event, Snapshot):
                events = [e for e in events if not isinstance(e, Snapshot)]
            events.append(event)
            self._note(event)
        return events

    def pause(self) -> None:
        """Stand still after the step that is being taken."""
        if self.state == RUNNING:
            self.state = PAUSED
            self._order("pause")

    def go_on(self) -> None:
        """Go on after a pause."""
        if self.state == PAUSED:
            self.state = RUNNING
            self._order("go on")

    def step(self) -> None:
        """Take one step, and stand still again."""
        if self.state in (RUNNING, PAUSED):
            self.state = PAUSED
            self._order("step")

    def stop(self) -> None:
        """Train no more; the network as it is now is measured, and `Ended` comes."""
        if self.state in (RUNNING, PAUSED):
            self.state = FINISHING
            self._order("stop")

    def close(self) -> None:
        """End the process, at once and for certain; what it has not told yet is lost."""
        with self._lock:
            self._closed = True
        self._order("quit")
        self._end_process()
        self._thread.join(PATIENCE)

    def _order(self, order: str) -> None:
        with self._lock:
            if self._commands is not None:
                with contextlib.suppress(OSError):  # it ended by itself: the thread tells
                    self._commands.send(order)

    def _note(self, event: Event) -> None:
        if isinstance(event, Prepared):
            self.state = RUNNING
        elif isinstance(event, Advance):
            self.advances.append(event)
        elif isinstance(event, Measured):
            self.measurements.append(event)
        elif isinstance(event, Snapshot):
            self.newest = event.network
        elif isinstance(event, Finishing):
            self.state = FINISHING
        elif isinstance(event, Ended):
            self.state, self.result = ENDED, event
        else:
            self.state, self.failure = FAILED, event

    # -- in the thread ------------------------------------------------------------------------------------

    def _attend(self) -> None:
        """Start the process, and turn what it reports into events, until it ends. Whatever fails here is told."""
        try:
            self._follow_process()
        except Exception as error:  # noqa: BLE001  else the window would wait for a first word for ever
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
            self._events.put(Failed("retrain.failed.start", str(getattr(error, "strerror", None) or error).rstrip(".")))
            return
        except ValueError as error:
            self._events.put(Failed("retrain.failed.input", str(error).rstrip(".")))
            return
        if reports is None:
            return
        event: Event | None = None
        while not isinstance(event, Ended | Failed):
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
        their_commands, commands = context.Pipe(duplex=False)
        reports, their_reports = context.Pipe(duplex=False)
        process = context.Process(target=main, args=(their_commands, their_reports), name="trainer", daemon=True)
        with self._lock:
            if self._closed:
                return None
            try:
                process.start()
            finally:
                their_commands.close()  # the process has its own: with ours open we would never see its end
                their_reports.close()
            self._process = process
        with contextlib.suppress(OSError):  # dead already: reading its reports will tell
            commands.send(self.task)
        with self._lock:
            self._commands = commands
            if self._closed:
                with contextlib.suppress(OSError):
                    commands.send("quit")
        return reports

    def _event_of(self, report: object, first: Network) -> Event:
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
        if isinstance(report, Fault):
            return Failed(report.key, report.reason)
        assert isinstance(report, Prepared | Advance | Measured | Finishing)
        return report

    def _death(self) -> Failed:
        """Why there are no more reports."""
        assert self._process is not None
        self._process.join(PATIENCE)
        code = self._process.exitcode
        if code == KILLED:
            return Failed("retrain.failed.killed")
        return Failed("retrain.failed.died", str(code))

    def _end_process(self) -> None:
        process = self._process
        if process is None:
            return
        for force in (process.terminate, process.kill):
            process.join(PATIENCE)
            if process.exitcode is not None:
                return
            force()
        process.join(PATIENCE)
