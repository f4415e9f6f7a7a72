"""Stop signals: the ways in which a system, a session's end or Ctrl+C in a terminal ask the program to end."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

# SIGHUP: the terminal has gone, where there are terminals. SIGBREAK: Windows' Ctrl+Break, and its console that closes.
NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class StopSignals:
    """While it is entered, the first of these signals calls `stop` and the program ends in its own time.

    came: that signal, None before. Ctrl+C once more raises KeyboardInterrupt, should the end not come. A signal that
    the program was started to ignore, as by nohup, stays ignored. To be entered in the main thread, before SDL starts:
    that would take SIGTERM for a press on the window's cross.
    """

    def __init__(self) -> None:
        self.came: signal.Signals | None = None
        self.stop: Callable[[], None] = lambda: None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for name in NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def interrupted(self) -> bool:
        """Whether it was Ctrl+C."""
        return self.came is signal.SIGINT

    def _take(self, number: int, frame: FrameType | None) -> None:
        if self.came is not None and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.came = self.came or signal.Signals(number)
        self.stop()
