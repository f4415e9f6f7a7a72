"""Guessing: the challenge to draw six digits so fast that the network can hardly follow, apart from any screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from app.event.day import LONGEST_ROUND, Guessed
from model.constants import CLASSES

if TYPE_CHECKING:
    from app.event.tally import Tally
    from model.reading.reader import Reading

LENGTH = 6


class Round:
    """Asks for different digits one after the other. The clock runs from the first touch of the pen to the last digit.

    at: how many are done; best: the day's fastest seconds before this round, None before the first.
    """

    def __init__(self, tally: Tally, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic) -> None:
        self.digits = tuple(int(digit) for digit in rng.permutation(CLASSES)[:LENGTH])
        self.at = 0
        self.best = tally.today.best
        self._tally = tally
        self._clock = clock
        self._began: float | None = None
        self._ended: float | None = None

    @property
    def asked(self) -> int:
        """The digit to draw now; at the end the last one."""
        return self.digits[min(self.at, LENGTH - 1)]

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self._began is not None and self._ended is None

    @property
    def over(self) -> bool:
        """Whether all digits are done."""
        return self._ended is not None

    @property
    def seconds(self) -> float:
        """How long it has taken up to now, or took in all."""
        if self._began is None:
            return 0.0
        return (self._clock() if self._ended is None else self._ended) - self._began

    @property
    def is_best(self) -> bool:
        """Whether it was the fastest of the day."""
        return self.over and (self.best is None or self.seconds < self.best)

    def touch(self) -> None:
        """The pen comes down: the first time starts the clock."""
        if self._began is None:
            self._began = self._clock()

    def see(self, reading: Reading | None) -> bool:
        """Go on to the next digit when this reading is surely the one that was asked for; whether it was."""
        if not self.running or reading is None or not reading.sure or reading.digit != self.asked:
            return False
        self.at += 1
        if self.at == LENGTH:
            self._ended = self._clock()
            if self.seconds <= LONGEST_ROUND:
                self._tally.add(Guessed(round(self.seconds, 3)))
        return True
