"""Service manager: systemd, where it started the program, is told that the window is up, goes on, and ends.

The protocol is that of sd_notify(3): lines of NAME=VALUE in a datagram to the socket that NOTIFY_SOCKET names.
"""

from __future__ import annotations

import math
import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

SIGNS = 3  # of life in the time after which systemd takes the program for dead


class ServiceManager:
    """Is told of the program's loop; where nobody listens, as on most machines, nothing is sent."""

    def __init__(
        self, environment: Mapping[str, str] = os.environ, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """environment: NOTIFY_SOCKET is a path, or the name of an abstract socket behind an @; WATCHDOG_USEC the time
        in microseconds after which systemd restarts a program without a sign of life. clock: seconds.

        WATCHDOG_PID is not asked: of a kiosk it is the process of the compositor, which starts the program.
        """
        self._clock = clock
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._socket = _open() if self._address else None
        self._ready = False
        self._next_sign = -math.inf
        self._gap = _seconds(environment.get("WATCHDOG_USEC", "")) / SIGNS

    def loop_turned(self) -> None:
        """The loop has shown a frame, or waits for a hand: the first time the program is ready, then it is alive.

        Called as often as one likes: sends a few signs of life in the time that systemd waits for one.
        """
        if self._socket is None:
            return
        if not self._ready:
            self._ready = True
            self._send("READY=1")
        now = self._clock()
        if now >= self._next_sign:
            self._next_sign = now + self._gap
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """The loop is over, the program puts away what it has."""
        self._send("STOPPING=1")

    def close(self) -> None:
        """Send nothing any more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, line: str) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it went away, or takes nothing more just now: no frame waits for it
                self._socket.sendto(line.encode(), self._address)


def _address(name: str) -> str:
    """As the system wants it: an abstract socket's name begins with a null. "" for none, and for other kinds."""
    if name.startswith("@"):
        return "\0" + name[1:]
    return name if name.startswith("/") else ""


def _open() -> socket.socket | None:
    """A socket for datagrams that never makes one wait; None where there are none of this kind, as on Windows."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    opened.settimeout(0)
    return opened


def _seconds(microseconds: str) -> float:
    """Infinite where no number above 0 is given."""
    return int(microseconds) / 1e6 if microseconds.isdecimal() and int(microseconds) else math.inf
