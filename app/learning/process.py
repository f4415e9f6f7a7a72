"""Learning process: the window's side of the process that learns from corrections.

A thread starts the process, waits for it and builds what the window needs; the window looks at futures, and never
waits.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from app.messages import UserError
from app.store import learned
from model.processes import deaf_to_interrupts

if TYPE_CHECKING:
    from app.store.networks import LoadedNetwork
    from model.network.network import Network
    from model.pictures.drawing import Drawing
    from model.training.at_once import Form

T = TypeVar("T")


class LearningError(UserError):
    """The process that learns cannot do it."""


@dataclass(frozen=True, eq=False)
class Learned:
    """What came of a correction: the forms that are known now, and a network of its own that knows them."""

    forms: tuple[Form, ...]
    network: Network


class LearningProcess:
    """Answers one question after another. It is started with the first one, and once more when it died.

    Call `close` when done with it. What goes wrong is raised by the future's `result`: ValueError, OSError, or
    LearningError when the process died again and again.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="learning")
        self._pool: ProcessPoolExecutor | None = None
        self._end: Connection | None = None
        self._closed = False

    def prepare(self, base: LoadedNetwork) -> Future[None]:
        """Make ready to learn for a network."""
        return self._thread.submit(self._prepare, base)

    def learn(self, base: LoadedNetwork, forms: Sequence[Form], drawing: Drawing) -> Future[Learned | None]:
        """Learn a drawing, whose word is its digit, beside forms; None comes where that would do harm."""
        return self._thread.submit(self._learn, base, tuple(forms), drawing)

    def save(self, base: LoadedNetwork, forms: Sequence[Form]) -> Future[None]:
        """Write down which forms a network knows. Raises OSError in the future."""
        return self._thread.submit(learned.save, base, tuple(forms))

    def close(self) -> None:
        """End the process at once; what it was asked and has not answered is lost. What is to be saved is saved."""
        self._closed = True
        self._end_process()
        self._thread.shutdown(wait=False)  # the interpreter waits for it when it ends

    # -- in the thread ------------------------------------------------------------------------------------

    def _prepare(self, base: LoadedNetwork) -> None:
        from app.learning import worker

        self._ask(worker.prepare, base.network)

    def _learn(self, base: LoadedNetwork, forms: tuple[Form, ...], drawing: Drawing) -> Learned | None:
        from app.learning import worker
        from model.training.at_once import with_forms

        known = self._ask(worker.learn, base.network, forms, drawing)
        if known is None:
            return None
        network = with_forms(base.network, known)
        network.folded()  # here, so that the first reading with it does not have to
        return Learned(known, network)

    def _ask(self, call: Callable[..., T], *arguments: object) -> T:
        """Let the process do something, a second one where the first has died."""
        try:
            return self._do(call, *arguments)
        except BrokenProcessPool:
            self._end_process()
        try:
            return self._do(call, *arguments)
        except BrokenProcessPool:
            self._end_process()
            raise LearningError("wrong.learning_ended") from None

    def _do(self, call: Callable[..., T], *arguments: object) -> T:
        if self._closed:
            raise RuntimeError("The window is closed.")
        if self._pool is not None:
            return self._pool.submit(call, *arguments).result()
        from app.learning import worker

        context = multiprocessing.get_context("spawn")
        theirs, self._end = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(1, context, worker.begin, (theirs,))
        with deaf_to_interrupts():
            answer = self._pool.submit(call, *arguments)
        theirs.close()  # the process has its own
        if self._closed:  # while it was started
            self._end_process()
        return answer.result()

    def _end_process(self) -> None:
        """End the process, where there is one: it does so when its pipe breaks."""
        pool, end = self._pool, self._end
        self._pool = self._end = None
        if end is not None:
            end.close()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
