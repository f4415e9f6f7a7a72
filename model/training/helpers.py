"""Helpers: processes that share the work of every step with the one that trains.

Threads would do, if numpy did not need the interpreter's lock between any two of its calls: two threads woke each
other 340 times in a step of the smallest convolutional network, and two processes do 1.1 to 1.5 times as much. All
that is large lies in shared arrays; orders go through a pipe, which breaks when either side ends, in whatever way. The
results do not depend on how many helpers there are, so a training begins without them, and they join as soon as they
are ready.
"""

import contextlib
import multiprocessing
import signal
import struct
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from model.network.layers import Layer
from model.network.network import Network
from model.network.workspace import Shape
from model.processes import deaf_to_interrupts
from model.training.recipe import Recipe
from model.training.shared_arrays import SharedArrays
from model.training.step_worker import Order, StepWorker

_PATIENCE = 1.0  # seconds in which a helper must have ended before it is killed
_ORDER = struct.Struct(f"{len(Order._fields)}q")
_WORD = b"."  # what a helper says when it is ready, and when it has obeyed


@dataclass(frozen=True)
class _Start:
    """All that a helper is told when it is started; the weights it finds in the shared arrays."""

    layers: list[Layer]
    input_shape: Shape
    dtype: Any
    recipe: Recipe
    steps: int
    shared: SharedArrays


class Helpers:
    """Starts processes, and shares work out among those that are ready. Call `close` when done with them."""

    def __init__(self) -> None:
        self._waiting: list[tuple[SpawnProcess, Connection]] = []  # until they are ready
        self._ready: list[tuple[SpawnProcess, Connection]] = []

    @property
    def count(self) -> int:
        """How many take part now."""
        return len(self._ready)

    def start(self, count: int, worker: StepWorker) -> None:
        """Start so many helpers beside this process's own worker. Where one cannot be started, there are fewer."""
        network = worker.network
        start = _Start(
            network.fresh_layers(),
            network.input_shape,
            network.dtype.type,
            worker.recipe,
            worker.steps,
            worker.shared,
        )
        context = multiprocessing.get_context("spawn")
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_help, args=(start, theirs), name="training helper", daemon=True)
            with contextlib.suppress(OSError), deaf_to_interrupts():
                process.start()
                self._waiting.append((process, ours))
            theirs.close()  # the process has its own: with ours open we would never see its end

    def share(self, worker: StepWorker, order: Order) -> None:
        """Let this process's worker and all helpers that are ready obey an order for all; returns when it is done.

        Raises ChildProcessError where a helper died, after which the weights are worth nothing.
        """
        self._welcome()
        shares = order.divided(1 + len(self._ready))
        pipes = [pipe for _, pipe in self._ready[: len(shares) - 1]]
        try:
            for pipe, share in zip(pipes, shares[1:], strict=True):
                pipe.send_bytes(_ORDER.pack(*share))
            worker.obey(shares[0])
            for pipe in pipes:
                pipe.recv_bytes()
        except (EOFError, ConnectionError):
            raise ChildProcessError("A process that helped to train has ended; start the training again.") from None

    def _welcome(self) -> None:
        """Let those take part that have become ready; one that died before that is not missed."""
        for helper in self._waiting[:]:
            _, pipe = helper
            with contextlib.suppress(EOFError, ConnectionError):
                if not pipe.poll():
                    continue
                pipe.recv_bytes()
                self._ready.append(helper)
            self._waiting.remove(helper)

    def close(self) -> None:
        """End all helpers and wait for their end."""
        helpers = self._ready + self._waiting
        for _, pipe in helpers:
            pipe.close()  # which ends a helper that waits for orders
        for process, _ in self._waiting:
            process.terminate()
        for process, _ in helpers:
            process.join(_PATIENCE)
            process.kill()  # which does nothing where it has ended
            process.join()
            process.close()
        self._ready, self._waiting = [], []


def _help(start: _Start, pipe: Connection) -> None:
    """Obey orders until the training ends, or the process that trains does: the main function of a helper."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that trains
    network = Network(start.layers, input_shape=start.input_shape, dtype=start.dtype)
    worker = StepWorker(network, start.recipe, start.steps, start.shared)
    with contextlib.suppress(EOFError, OSError):  # the pipe is closed, or broken: nobody needs help any more
        while True:
            pipe.send_bytes(_WORD)
            worker.obey(Order._make(_ORDER.unpack(pipe.recv_bytes())))
