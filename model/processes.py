"""Processes beside this one: how they are started."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


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
