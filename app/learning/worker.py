"""Learning worker: what runs in the process that learns from corrections. Imports no pygame.

The process remembers some thousands of pictures for the network that it was last asked about: a few after some
seconds, with which it can answer, and meanwhile makes the others ready.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from model.cores import LOW, LOWER, lower_priority
from model.data.images import Images
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.at_once import Form, QuickLearner
from model.training.memory import Memory, remembered_pictures

ENOUGH = 14  # parts of what is to be remembered with which it can answer
REMEMBERING = "remembering"  # the name of the thread that does the others
BREATH = 0.01  # seconds from one part to the next, in which a drawing that waits gets its turn

_learning = threading.Lock()  # held while a drawing is learnt, or a part of the pictures looked at
_learners: dict[str, QuickLearner] = {}  # of one network at most, by its fingerprint


def begin(window: Connection) -> None:
    """Make the process ready. window: a pipe on which nothing ever comes; when it breaks, the process ends."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to handle
    threading.Thread(target=_end_with, args=(window,), daemon=True).start()
    lower_priority(LOW)  # after that thread has started, which on Linux so stays quick to obey; people wait


def _end_with(window: Connection) -> None:
    with contextlib.suppress(OSError, EOFError):
        window.recv()
    os._exit(0)


def prepare(network: Network) -> None:
    """Remember for a network what it must not unlearn. Raises ValueError for one that cannot grow, DataError."""
    _learner_of(network)


def learn(network: Network, forms: Sequence[Form], drawing: Drawing) -> tuple[Form, ...] | None:
    """The forms that a network knows with that of a drawing; None where that would do harm.

    Raises ValueError, with one sentence, for what cannot be learnt, and DataError.
    """
    learner = _learner_of(network)
    with _learning:
        return learner.learn(forms, drawing)


def _learner_of(network: Network) -> QuickLearner:
    key = network.fingerprint()
    if key not in _learners:
        _learners.clear()
        memory, parts = Memory(network), remembered_pictures()
        for part in _made_ahead(parts, ENOUGH):
            memory.add(part)
        _learners[key] = QuickLearner(network, memory)
        threading.Thread(target=_remember_more, args=(_learners[key], parts), name=REMEMBERING, daemon=True).start()
    return _learners[key]


def _made_ahead(parts: Iterator[Images], count: int) -> Iterator[Images]:
    """The first parts; while one is looked at, a thread makes the next: somebody may wait for the first correction."""
    with ThreadPoolExecutor(1) as maker:
        ahead = maker.submit(next, parts, None)
        for left in reversed(range(count)):
            part = ahead.result()
            if part is None:
                return
            if left:
                ahead = maker.submit(next, parts, None)
            yield part


def _remember_more(learner: QuickLearner, parts: Iterator[Images]) -> None:
    """Remember the other parts too, one at a time: what is to be learnt meanwhile waits for a part at most."""
    if sys.platform == "linux":  # elsewhere it would be for the process
        lower_priority(LOWER - LOW)
    with contextlib.suppress(MemoryError):  # then what it has must do
        while True:
            with _learning:
                part = next(parts, None) if learner in _learners.values() else None
                if part is None:
                    return
                learner.memory.add(part)
            time.sleep(BREATH)
