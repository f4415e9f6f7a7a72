"""Fooling: the challenge to draw a digit that people can read and the network cannot, apart from any screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from app.event.countdown import Countdown
from app.event.day import Fooled
from model.constants import CLASSES

if TYPE_CHECKING:
    from app.event.tally import Tally
    from app.session.session import Session
    from model.reading.reader import Reading


class Result(Enum):
    """How a try went. What looks like no digit at all counts neither way: a scribble fools nobody."""

    FOOLED = "fooled"
    READ = "read"
    NO_DIGIT = "no_digit"


def judge(reading: Reading, asked: int) -> Result:
    """Fooled is a network that reads another digit, or is not sure."""
    if not reading.is_digit:
        return Result.NO_DIGIT
    return Result.READ if reading.sure and reading.digit == asked else Result.FOOLED


class Fooling:
    """Tries with the digit `asked`. A drawing is read a moment after the pen was lifted, and counts once.

    result: of the drawing on the paper, None before it was read. The next touch of the pen begins the next try.
    """

    def __init__(
        self, session: Session, tally: Tally, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.result: Result | None = None
        self.asked = 0
        self.tally = tally
        self._session = session
        self._rng = rng
        self._reading_in = Countdown(clock)

    def begin(self) -> None:
        """Try with any digit, on an empty paper."""
        self.ask(int(self._rng.integers(CLASSES)))

    def ask(self, digit: int) -> None:
        """Try with another digit, on an empty paper."""
        self.asked = digit
        self.clear()

    def clear(self) -> None:
        """Empty the paper for the next try."""
        self.result = None
        self._reading_in.stop()
        self._session.ink.start_anew()

    def touch(self) -> None:
        """The pen is about to come down."""
        if self.result is not None:
            self.clear()
        self._reading_in.stop()

    def lift(self) -> None:
        """The pen went up."""
        self._reading_in.start(self._session.settings.event_read_after)

    @property
    def waits(self) -> bool:
        """Whether the drawing will be read in a moment."""
        return self._reading_in.running

    def update(self) -> None:
        """Read, judge and count, when it is time."""
        session = self._session
        if not self._reading_in.over or session.reader is None:
            return
        self._reading_in.stop()
        if session.ink.empty:
            return
        session.read()
        if session.reading is not None:
            self.result = judge(session.reading, self.asked)
            if self.result is not Result.NO_DIGIT:
                self.tally.add(Fooled(self.asked, self.result is Result.FOOLED))
