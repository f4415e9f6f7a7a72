"""Guess: the challenge to draw six digits against the clock while the network reads along: rules and screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pygame

from app.event.challenge import Challenge
from app.event.countdown import Countdown
from app.event.tally import LONGEST_ROUND, GuessRecord, Tally
from app.event.widgets import draw_large_answer
from app.session.answer import Answer, answer
from app.session.session import Session
from app.ui import shapes
from app.ui.buttons import draw_tick
from app.ui.damage import Part
from app.ui.heard import sentences
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter
from app.ui.touch import draw_lines
from model.constants import CLASSES

if TYPE_CHECKING:
    from model.reading.reader import Reading

LENGTH = 6
PAUSE = 0.4  # seconds after a digit in which the paper takes nothing: the rest of it may still be on its way
FRESH_AFTER = 2.0  # seconds after the pen went up, from which on it begins a new drawing: the last one was not read


class GuessRound:
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
                self._tally.add(GuessRecord(round(self.seconds, 3)))
        return True


class GuessScreen(Challenge):
    """The digit to draw is where the answer usually is; below it the clock and the digits that are done."""

    def __init__(
        self, visitors: Session, tally: Tally, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(visitors)
        self._tally, self._rng, self._clock = tally, rng, clock
        self._lifted, self._pausing = Countdown(clock), Countdown(clock)
        self.round = GuessRound(tally, rng, clock)

    def begin(self) -> None:
        """A new round, on an empty paper."""
        self.session.ink.reset()
        self._lifted.stop()
        self._pausing.stop()
        self.round = GuessRound(self._tally, self._rng, self._clock)

    def touch(self) -> bool:
        """The first touch starts the clock; after the last digit there is nothing to draw."""
        if self.over or (self._pausing.running and not self._pausing.over):
            return False
        if self._lifted.over:
            self.session.ink.reset()
        self._lifted.stop()
        self.round.touch()
        return True

    def lift(self) -> None:
        """Wait whether the drawing goes on."""
        self._lifted.start(FRESH_AFTER)

    def advance(self) -> None:
        """Go on to the next digit as soon as this one is read."""
        reading = None if self.session.ink.empty or self.session.reader.behind else self.session.reader.reading
        if self.round.see(reading):
            self._lifted.stop()
            self._pausing.start(PAUSE)
            self.session.ink.reset()

    def clear(self) -> None:
        """Empty the paper; the clock runs on."""
        self.session.ink.reset()

    def again(self) -> None:
        """Begin a new round."""
        self.begin()

    @property
    def moving(self) -> bool:
        """Also while the clock runs."""
        return super().moving or self.round.running

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def invitation(self) -> str:
        """What to draw."""
        key = "guess_round.over" if self.round.over else "guess_round.here"
        return self.context.messages(key, digit=self.round.asked)

    @property
    def task(self) -> Answer:
        """The digit to draw with what the network sees by now, or at the end how it went."""
        session, messages, round_ = self.session, self.context.messages, self.round
        if round_.over:
            headline = messages("guess_round.done", time=self._spoken(round_.seconds))
            detail = messages("guess_round.record") if round_.is_best else self._best
            return Answer("", headline, detail, "", strong=True, sure=round_.is_best)
        detail = messages("guess_round.going") if round_.running else messages("guess_round.how")
        if session.reader.shown_reading is not None:
            detail = answer(session.reader.shown_reading, messages, answered=False, empty=False).headline
        return Answer(
            str(round_.asked), messages("guess_round.task", digit=round_.asked), detail, "", strong=True, sure=False
        )

    @property
    def said(self) -> str:
        """The digit to draw, or how the round went."""
        return sentences((self.task.headline, self.task.detail)) if self.over else self.task.headline

    @property
    def _best(self) -> str:
        best = self._tally.today.best
        if best is None:
            return self.context.messages("guess_round.first")
        return self.context.messages("guess_round.best", time=self._spoken(best))

    def _spoken(self, seconds: float) -> str:
        messages = self.context.messages
        return messages("time.seconds", seconds=messages.number(seconds, 1))

    @property
    def repeats(self) -> bool:
        """Whether one can begin once more: always."""
        return True

    @property
    def over(self) -> bool:
        """Whether all digits are done."""
        return self.round.over

    def parts(self) -> dict[str, Part]:
        """Task, clock, and the row of digits."""
        clock, row, foot = self._areas()
        return {
            "task": Part(self.layout.task, self.task),
            "clock": Part(clock, self._spoken(self.round.seconds)),
            "row": Part(row, (self.round.digits, self.round.at)),
            "best": Part(foot, self._best),
        }

    def _areas(self) -> tuple[pygame.Rect, pygame.Rect, pygame.Rect]:
        """The clock, the row of digits and the day's best, one below the other."""
        work, unit = self.layout.work, self.layout.unit
        area = work.inflate(-round((20 if unit < SMALL_UNIT else 48) * unit), -round(32 * unit))
        clock = pygame.Rect(area.left, area.top, area.width, area.height * 9 // 20)
        row = pygame.Rect(area.left, clock.bottom, area.width, area.height * 7 // 20)
        return clock, row, pygame.Rect(area.left, row.bottom, area.width, area.bottom - row.bottom)

    def draw_parts(self, painter: Painter) -> None:
        """Task, clock, and the row of digits."""
        layout = self.layout
        if painter.shows(layout.task):
            draw_large_answer(painter, layout.task, self.task, tall=False)
        if not painter.shows(layout.work):
            return
        painter.card(layout.work, 22)
        clock, row, foot = self._areas()
        size = min(72.0, clock.height / painter.unit * 0.7)
        draw_lines(
            painter, clock, self._spoken(self.round.seconds), (round(size), 20), painter.theme.text, "display", 1
        )
        self._draw_row(painter, row)
        draw_lines(painter, foot, self._best, (24, 14), painter.theme.quiet, "strong", 1)

    def _draw_row(self, painter: Painter, row: pygame.Rect) -> None:
        """Six places: a tick for a digit that is done, the one to draw itself, an empty ring for those to come."""
        theme, step = painter.theme, row.width / LENGTH
        radius = min(step * 0.4, row.height * 0.42)
        for number, digit in enumerate(self.round.digits):
            centre = (row.left + (number + 0.5) * step, row.centery)
            if number < self.round.at:
                shapes.disc(painter.surface, centre, radius, theme.accent)
                draw_tick(painter, centre, theme.on_accent, radius / painter.unit / 9)
            elif number == self.round.at:
                shapes.ring(painter.surface, centre, radius, theme.accent, painter.px(4))
                painter.text(str(digit), centre, radius / painter.unit * 1.1, theme.text, "display", "center")
            else:
                shapes.ring(painter.surface, centre, radius, theme.track, painter.px(3))
