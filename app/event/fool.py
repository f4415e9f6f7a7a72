"""Fool: the challenge to draw a digit that people can read and the network cannot: rules and screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import pygame

from app.event.challenge import Challenge
from app.event.countdown import Countdown
from app.event.tally import FoolRecord, Tally
from app.event.widgets import draw_large_answer
from app.session.answer import Answer, answer
from app.session.session import Session
from app.ui.damage import Part
from app.ui.heard import sentences
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter
from app.ui.touch import draw_lines, draw_touch_button
from model.constants import CLASSES

if TYPE_CHECKING:
    from model.reading.reader import Reading


class FoolResult(Enum):
    """How a try went. What looks like no digit at all counts neither way: a scribble fools nobody."""

    FOOLED = "fooled"
    READ = "read"
    NO_DIGIT = "no_digit"


def judge(reading: Reading, asked: int) -> FoolResult:
    """A network that reads another digit, or is not sure, is fooled."""
    if not reading.is_digit:
        return FoolResult.NO_DIGIT
    return FoolResult.READ if reading.sure and reading.digit == asked else FoolResult.FOOLED


class Fooling:
    """Tries with the digit `asked`. A drawing is read a moment after the pen was lifted, and counts once.

    result: of the drawing on the paper, None before it was read. The next touch of the pen begins the next try.
    """

    def __init__(
        self, session: Session, tally: Tally, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.result: FoolResult | None = None
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
        self._session.ink.reset()

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
        if not self._reading_in.over or not session.reader.ready:
            return
        self._reading_in.stop()
        if session.ink.empty:
            return
        session.reader.read()
        if session.reader.reading is not None:
            self.result = judge(session.reader.reading, self.asked)
            if self.result is not FoolResult.NO_DIGIT:
                self.tally.add(FoolRecord(self.asked, self.result is FoolResult.FOOLED))


class FoolScreen(Challenge):
    """The task is where the answer usually is; below it ten digits to choose from, then how the try went."""

    def __init__(
        self, visitors: Session, tally: Tally, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(visitors)
        self.fooling = Fooling(self.session, tally, rng, clock)

    def begin(self) -> None:
        """Ask for any digit."""
        self.fooling.begin()

    def touch(self) -> bool:
        """A new try begins after the last one was judged."""
        self.fooling.touch()
        return True

    def lift(self) -> None:
        """Read it in a moment."""
        self.fooling.lift()

    def advance(self) -> None:
        """Read and judge, when it is time."""
        self.fooling.update()

    def choose(self, digit: int) -> None:
        """Try with this digit."""
        self.fooling.ask(digit)

    def clear(self) -> None:
        """Begin the try again."""
        self.fooling.clear()

    again = clear

    def choices(self) -> tuple[pygame.Rect, ...]:
        """The ten digits, until a try was judged."""
        return () if self.over else self.layout.digits

    @property
    def moving(self) -> bool:
        """Also while the drawing will be read in a moment."""
        return super().moving or self.fooling.waits

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def invitation(self) -> str:
        """What to draw."""
        return self.context.messages("fool.here", digit=self.fooling.asked)

    @property
    def task(self) -> Answer:
        """The digit to draw, and on the way what the network sees by now."""
        session, messages = self.session, self.context.messages
        detail = "" if self.over else messages("fool.how")
        if session.reader.shown_reading is not None and self.fooling.result is None:
            detail = answer(session.reader.shown_reading, messages, answered=False, empty=False).headline
        return Answer(str(self.fooling.asked), messages("fool.task"), detail, "", strong=True, sure=False)

    @property
    def verdict(self) -> tuple[str, str]:
        """How the try went: in large letters, and what the network saw."""
        messages, reading, result = self.context.messages, self.session.reader.reading, self.fooling.result
        if result is None or reading is None:
            return "", ""
        asked = self.fooling.asked
        key = f"fool.{result.value}.detail"
        if result is FoolResult.FOOLED:
            key = "fool.doubts" if not reading.sure else "fool.saw"
        detail = messages(key, asked=asked, digit=reading.digit, other=reading.runner_up)
        return messages(f"fool.{result.value}", digit=asked), detail

    @property
    def said(self) -> str:
        """The digit to draw, or how the try went and the score."""
        if self.over:
            return sentences((*self.verdict, self.score))
        return sentences((self.invitation, self.context.messages("fool.task")))

    @property
    def score(self) -> str:
        """How often it was fooled today."""
        day = self.fooling.tally.today
        return self.context.messages("fool.score", fooled=sum(day.fooled), tries=sum(day.fool_tries))

    @property
    def repeats(self) -> bool:
        """After a try."""
        return self.over

    @property
    def over(self) -> bool:
        """Whether the try was judged."""
        return self.fooling.result is not None

    def parts(self) -> dict[str, Part]:
        """Task and verdict."""
        return {
            "task": Part(self.layout.task, self.task),
            "verdict": Part(self.layout.work, (self.verdict, self.score, self.fooling.asked)),
        }

    def draw_parts(self, painter: Painter) -> None:
        """Task and verdict."""
        layout = self.layout
        if painter.shows(layout.task):
            draw_large_answer(painter, layout.task, self.task, tall=False)
        if painter.shows(layout.work):
            painter.card(layout.work, 22)
            if self.over:
                self._draw_verdict(painter)
            else:
                self._draw_digits(painter)

    def _draw_digits(self, painter: Painter) -> None:
        layout, messages, theme = self.layout, self.context.messages, painter.theme
        left, right = layout.head.copy(), layout.head.right
        left.width = left.width * 9 // 20
        draw_lines(painter, left, messages("fool.choose"), (26, 14), theme.text, "strong", 2, "left")
        if any(self.fooling.tally.today.fool_tries):
            sizes = [painter.size(size) for size in range(22, 12, -1)]
            beside = pygame.Rect(left.right, left.top, right - left.right, left.height)
            size, lines = painter.type.fit(self.score, sizes, "regular", beside.width - painter.px(8), 2)
            painter.lines(lines, beside, size, theme.quiet, "regular", "right")
        for digit, rect in enumerate(layout.digits):
            state = self.controls.state_of(str(digit))
            draw_touch_button(painter, rect, str(digit), state, primary=digit == self.fooling.asked, size=44)

    def _draw_verdict(self, painter: Painter) -> None:
        headline, detail = self.verdict
        small = painter.unit < SMALL_UNIT
        area = self.layout.work.inflate(-painter.px(20 if small else 48), -painter.px(32))
        head = pygame.Rect(area.left, area.top, area.width, area.height * 2 // 5)
        below = pygame.Rect(area.left, head.bottom, area.width, area.height * 7 // 20)
        foot = pygame.Rect(area.left, below.bottom, area.width, area.bottom - below.bottom)
        won = self.fooling.result is FoolResult.FOOLED
        colour = painter.theme.accent_text if won else painter.theme.text
        draw_lines(painter, head, headline, (56, 20), colour, "display", 2)
        draw_lines(painter, below, detail, (28, 15), painter.theme.text, "regular", 2)
        draw_lines(painter, foot, self.score, (24, 14), painter.theme.quiet, "strong", 1)
