"""Processes beside this one: how they are started, and how they end with it."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.connection import wait


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """A process that this thread starts meanwhile is spared Ctrl+C until it can say itself that it ignores it."""
    if sys.platform == "win32":  # which has no masks of signals
        yield
        return
    resource_tracker.ensure_running()  # else it would come with the process, and leave this thread's mask open
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def end_with_parent() -> None:
    """Let this process end, at once, when the one that started it has ended, in whatever way."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent.sentinel,), name="parent", daemon=True).start()


def _wait_for(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
