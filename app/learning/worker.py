"""Learning worker: what runs in the process that learns from corrections. Imports no pygame.

The process remembers some thousands of pictures for the network that it was last asked about: a few after some
seconds, with which it can answer, and meanwhile makes the others ready.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from model.cores import lower_priority
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.at_once import Form, QuickLearner
from model.training.memory import SIZES, Memory, remembered_pictures

_learning = threading.Lock()  # held while a drawing is learnt, which wants one memory all the time
_learners: dict[tuple[Path, int], QuickLearner] = {}  # of one network at most: by its file, and when that was written


def begin(window: Connection) -> None:
    """Make the process ready. window: a pipe on which nothing ever comes; when it breaks, the process ends."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to handle
    threading.Thread(target=_end_with, args=(window,), daemon=True).start()
    lower_priority()  # after that thread has started, which on Linux so stays quick to obey


def _end_with(window: Connection) -> None:
    with contextlib.suppress(OSError, EOFError):
        window.recv()
    os._exit(0)


def prepare(path: Path) -> None:
    """Remember for the network of a file what it must not unlearn. Raises ValueError or OSError."""
    _learner_of(path)


def learn(path: Path, forms: Sequence[Form], drawing: Drawing) -> tuple[Form, ...] | None:
    """The forms that the network of a file knows with that of a drawing; None where that would do harm.

    Raises ValueError, with one sentence, for what cannot be learnt, and OSError.
    """
    learner = _learner_of(path)
    with _learning:
        return learner.learn(forms, drawing)


def _learner_of(path: Path) -> QuickLearner:
    key = (path, path.stat().st_mtime_ns)
    if key not in _learners:
        _learners.clear()
        network = Network.load(path)
        _learners[key] = QuickLearner(network, Memory.of(network, remembered_pictures(0)))
        threading.Thread(target=_remember_more, args=(_learners[key],), daemon=True).start()
    return _learners[key]


def _remember_more(learner: QuickLearner) -> None:
    with contextlib.suppress(MemoryError):  # then what it has must do
        memory = Memory.of(learner.network, remembered_pictures(len(SIZES) - 1))
        with _learning:
            learner.memory = memory
