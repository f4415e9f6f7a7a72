"""Fault log: what went wrong in the program, in a file that does not grow without limit."""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 262_144  # bytes of the file; a full one becomes FILE.1, in place of the one before
FORMAT = "%(asctime)s  %(message)s"


class FaultLog:
    """Writes exceptions with their traceback. One that comes again and again is written the 1st, 10th, 100th time."""

    def __init__(self, path: Path) -> None:
        """path: the file; it is made with the first fault, and its folder with it."""
        self.path = path
        self._counts: Counter[tuple[str, int, str]] = Counter()
        self._handler: RotatingFileHandler | None = None

    def write(self, error: Exception) -> bool:
        """Write an exception, unless it repeats; whether it was written. Never raises: a full disk loses the entry."""
        place = place_of(error)
        self._counts[place] += 1
        count = self._counts[place]
        if str(count).strip("0") != "1":
            return False
        message = "A fault" if count == 1 else f"The same fault for the {count}th time"
        raised = (type(error), error, error.__traceback__)
        record = logging.LogRecord("digitpad", logging.ERROR, place[0], place[1], message, (), raised)
        with contextlib.suppress(OSError, ValueError):
            self._open().emit(record)
        return True

    def close(self) -> None:
        """Close the file; the next fault opens it again."""
        if self._handler is not None:
            self._handler.close()
            self._handler = None

    def _open(self) -> RotatingFileHandler:
        if self._handler is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handler = _QuietHandler(self.path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
            handler.setFormatter(logging.Formatter(FORMAT))
            self._handler = handler
        return self._handler


class _QuietHandler(RotatingFileHandler):
    """Loses an entry that cannot be written, instead of printing why for each."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Print nothing: there is nobody to read it."""


def place_of(error: Exception) -> tuple[str, int, str]:
    """Where an exception was raised, and its kind: the same for the same fault."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "", 0, type(error).__name__
    return trace.tb_frame.f_code.co_filename, trace.tb_lineno, type(error).__name__
