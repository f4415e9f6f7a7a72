"""Visit: a visitor's drawing from the first touch of the paper until it is empty again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.event.countdown import Countdown

if TYPE_CHECKING:
    from app.session.at_once import Correction
    from app.session.session import Session
    from model.pictures.drawing import Drawing
    from model.reading.reader import Reading

THANKS = 5.0  # seconds that a drawing stays at most after somebody has said what it was


@dataclass(frozen=True, eq=False)
class VisitOutcome:
    """What became of a drawing that was read. truth: the digit that the visitor said it was; None when nobody said."""

    drawing: Drawing
    reading: Reading
    truth: int | None


class Visit:
    """Reads a moment after the pen was lifted, takes what the visitor says of the answer, and clears by itself.

    A drawing of which the truth is known is done: the next touch of the pen begins another one.
    `record` is given the outcome of each drawing that was read, when it leaves the paper.
    """

    def __init__(
        self, session: Session, record: Callable[[VisitOutcome], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.reading_in = Countdown(clock)
        self.clearing_in = Countdown(clock)
        self.truth: int | None = None
        self.judged: Reading | None = None  # what the truth was said of; the network may have learnt since
        self.asks_which = False  # whether the visitor is to say which digit it was
        self._learning: Correction | None = None
        self._session = session
        self._record = record

    @property
    def answered(self) -> bool:
        """Whether there is an answer to say yes or no to."""
        return self._session.reader.answered

    @property
    def due(self) -> bool:
        """Whether `update` has something to do."""
        ready = self._session.reader.ready
        return self.clearing_in.over or (self.reading_in.over and ready)

    def touch(self) -> bool:
        """The pen is about to come down. The paper always takes it."""
        if self.truth is not None:
            self.clear()
        self.asks_which = False
        self.pause()
        return True

    def lift(self) -> None:
        """The pen went up."""
        if not self._session.ink.empty:
            self.reading_in.start(self._session.settings.event_read_after)

    def confirm(self) -> None:
        """The answer was right."""
        reading = self._session.reader.reading
        if self.answered and reading is not None and reading.digit is not None:
            self.label(reading.digit)

    def deny(self) -> None:
        """The answer was wrong: ask which digit it was."""
        self.asks_which = self.answered
        self.wait()

    def undeny(self) -> None:
        """Ask no more which digit it was."""
        self.asks_which = False
        self.wait()

    def label(self, digit: int) -> None:
        """It was this digit."""
        if not self.answered:
            return
        self.judged = self.judged or self._session.reader.reading
        if digit != self.truth:
            self._learn(digit)
        self.truth = digit
        self.asks_which = False
        self.clearing_in.start(min(THANKS, self._session.settings.event_clear_after))

    def _learn(self, digit: int) -> None:
        if self._learning is not None:
            self._session.at_once.take_back(self._learning)
        self._learning = self._session.at_once.learn(self._session.ink.to_drawing(), digit, self.judged)

    def wait(self) -> None:
        """Begin the time until the paper is cleared again: somebody is still there."""
        if self.answered:
            self.clearing_in.start(self._session.settings.event_clear_after)

    def stay(self) -> None:
        """Call the clearing off."""
        self.clearing_in.stop()

    def pause(self) -> None:
        """Neither read nor clear: the visitor looks at something else."""
        self.reading_in.stop()
        self.clearing_in.stop()

    def resume(self) -> None:
        """Read and clear again. What was drawn meanwhile on the same paper is another drawing, of unknown truth."""
        if self.answered:
            self.wait()
        else:
            self._forget()
            self.lift()

    def clear(self) -> None:
        """Empty the paper for the next drawing, and hand on what became of this one."""
        session = self._session
        if self.answered and session.ink.page.strokes and session.reader.reading is not None:
            reading = self.judged or session.reader.reading
            self._record(VisitOutcome(session.ink.to_drawing(), reading, self.truth))
        self._forget()
        self.pause()
        session.ink.reset()

    def _forget(self) -> None:
        """Nothing was said yet of what is on the paper."""
        self.truth = self.judged = self._learning = None
        self.asks_which = False

    def update(self) -> None:
        """Read or clear, when it is time."""
        if self.reading_in.over and self._session.reader.ready:
            self.reading_in.stop()
            self._session.reader.read()
            self.wait()
        elif self.clearing_in.over:
            self.clear()
