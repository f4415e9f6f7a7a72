"""Troubles of a day at an event, each once in a soak: a full disk, a read-only folder, a clock that jumps.

What the disk refuses is refused where everything that is written waits for it: in `os.fsync`.
"""

from __future__ import annotations

import errno
import os
from datetime import datetime, timedelta

LASTS = 0.04  # of the time that a soak takes: each of the troubles of the disk
FULL, READ_ONLY, JUMP = 0.3, 0.5, 0.7  # of that time: when each begins
LEAP = timedelta(hours=30)  # over a midnight


class Troubles:
    """Makes them come and go. seen: the names of those that have been there, in order."""

    def __init__(self, seconds: float) -> None:
        """seconds: how long the soak takes."""
        self.seen: list[str] = []
        self._seconds = seconds
        self._refused: int | None = None
        self._leapt = False
        self._sync = os.fsync

    def now(self) -> datetime:
        """The time of day."""
        return datetime.now() + LEAP if self._leapt else datetime.now()

    def update(self, elapsed: float) -> None:
        """Let come and go what is due, so many seconds after the start."""
        share = elapsed / self._seconds
        refused = None
        for begins, error in ((FULL, errno.ENOSPC), (READ_ONLY, errno.EROFS)):
            if begins <= share < begins + LASTS:
                refused = error
        if refused != self._refused:
            self._refused = refused
            self._note(os.strerror(refused) if refused is not None else "")
            os.fsync = self._sync if refused is None else self._refuse  # type: ignore[assignment]
        if share >= JUMP and not self._leapt:
            self._leapt = True
            self._note("The clock jumps")

    def end(self) -> None:
        """Let the disk take everything again."""
        os.fsync = self._sync
        self._refused = None

    def _note(self, name: str) -> None:
        if name:
            self.seen.append(name)

    def _refuse(self, file: object) -> None:
        assert self._refused is not None
        raise OSError(self._refused, os.strerror(self._refused))
