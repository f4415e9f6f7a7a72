"""Helpers: processes that share the work of every step with the one that trains.

Threads would do, if numpy did not need the interpreter's lock between any two of its calls: two threads woke each
other 340 times in a step of the smallest convolutional network, and two processes do 1.2 to 1.5 times as much. All
that is large lies in shared arrays, and each helper gets its orders in one of its own. The results do not depend on
how many helpers there are, so a training begins without them, and they join as soon as they are ready.
"""

import contextlib
import multiprocessing
import signal
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Semaphore
from typing import Any

import numpy as np

from model.network.layers import Layer
from model.network.network import Network
from model.network.workspace import Shape
from model.processes import deaf_to_interrupts, end_with_parent
from model.training.recipe import Recipe
from model.training.shared_arrays import SharedArrays
from model.training.step_worker import Order, StepWorker

_PATIENCE = 1.0  # seconds of waiting after which it is asked whether a helper still lives
_NO_ORDER = (0,) * len(Order._fields)  # the training is over


@dataclass(frozen=True)
class _Channel:
    """What passes between a helper and the process that trains."""

    order: SharedArrays
    ready: Semaphore  # released once, when the helper can begin
    go: Semaphore  # released when there is a new order
    done: Semaphore  # released when it has been obeyed


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
        self._waiting: list[tuple[SpawnProcess, _Channel]] = []  # until they are ready
        self._ready: list[tuple[SpawnProcess, _Channel]] = []

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
            order = SharedArrays({"order": ((len(Order._fields),), np.int64)})
            channel = _Channel(order, *(context.Semaphore(0) for _ in range(3)))
            process = context.Process(target=_help, args=(start, channel), name="training helper", daemon=True)
            with contextlib.suppress(OSError), deaf_to_interrupts():
                process.start()
                self._waiting.append((process, channel))

    def share(self, worker: StepWorker, order: Order) -> None:
        """Let this process's worker and all helpers that are ready obey an order for all; returns when it is done.

        Raises ChildProcessError where a helper died, after which the weights are worth nothing.
        """
        self._welcome()
        shares = order.divided(1 + len(self._ready))
        helpers = self._ready[: len(shares) - 1]
        for (_, channel), share in zip(helpers, shares[1:], strict=True):
            channel.order["order"][:] = share
            channel.go.release()
        worker.obey(shares[0])
        for process, channel in helpers:
            while not channel.done.acquire(timeout=_PATIENCE):
                if not process.is_alive():
                    raise ChildProcessError("A process that helped to train has ended; start the training again.")

    def _welcome(self) -> None:
        """Let those take part that have become ready; one that died before that is not missed."""
        for helper in self._waiting[:]:
            process, channel = helper
            if channel.ready.acquire(block=False):
                self._ready.append(helper)
                self._waiting.remove(helper)
            elif not process.is_alive():
                self._waiting.remove(helper)

    def close(self) -> None:
        """End all helpers and wait for their end."""
        for _, channel in self._ready:
            channel.order["order"][:] = _NO_ORDER
            channel.go.release()
        for process, _ in self._waiting:
            process.terminate()
        for process, _ in self._ready + self._waiting:
            process.join(_PATIENCE)
            process.kill()  # which does nothing where it has ended
            process.join()
            process.close()
        self._ready, self._waiting = [], []


def _help(start: _Start, channel: _Channel) -> None:
    """Obey orders until the training ends, or the process that trains does: the main function of a helper."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that trains
    end_with_parent()
    network = Network(start.layers, input_shape=start.input_shape, dtype=start.dtype)
    worker = StepWorker(network, start.recipe, start.steps, start.shared)
    channel.ready.release()
    channel.go.acquire()
    while (order := tuple(channel.order["order"].tolist())) != _NO_ORDER:
        worker.obey(Order(*order))
        channel.done.release()
        channel.go.acquire()
