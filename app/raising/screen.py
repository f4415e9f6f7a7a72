"""Raising screen: paper to draw on, and beside it a network that is raised from nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.raising.chapter import Chapter
from app.raising.raise_view import RaiseView
from app.raising.reports import Grown
from app.raising.school import School
from app.raising.story_view import StoryView
from app.raising.time_view import TimeView
from app.raising.view import RaisingView
from app.session.live_reader import LiveReader
from app.session.session import Session
from app.tabs.screen import TabScreen
from app.ui.bars import Bars
from app.ui.heard import Heard
from app.ui.screen import Action
from model.reading.reader import Reader


class RaisingScreen(TabScreen[Chapter, RaisingView]):
    """The drawing is read by the network that the chapter shows; the session's own network rests and is not touched."""

    topic = "raising"

    def __init__(
        self, session: Session, *, for_visitors: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """for_visitors: without signs of keys, and with a way back in words."""
        super().__init__(session, Chapter.RAISE, for_visitors=for_visitors)
        self.school = School(clock)
        self.reader = LiveReader(session.ink, replace(session.settings, live=True), session.context)
        self.bars = Bars()
        self._reads: Grown | None = None  # the network that the reader has

    def new_views(self) -> dict[Chapter, RaisingView]:
        """The views, as for the first time."""
        shared = self.context, self.controls, self.school, self.reader, self.bars
        return {
            Chapter.RAISE: RaiseView(*shared),
            Chapter.TIME: TimeView(*shared),
            Chapter.STORY: StoryView(*shared),
        }

    def enter(self, size: tuple[int, int]) -> None:
        """Come up as for the first time."""
        self.school.touch()
        super().enter(size)

    def leave(self) -> None:
        """End what is raised."""
        self.school.leave()
        self._follow_network(None)
        super().leave()

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control; somebody is there."""
        if isinstance(signal, Key) or signal.kind == "down":
            self.school.touch()
        return super().handle(signal)

    def accepts(self, command: Command) -> bool:
        """What changes how the program looks, and the way out."""
        return command in (Command.BACK, Command.RAISE, Command.THEME, Command.FULL_SCREEN, Command.QUIT)

    @property
    def heard(self) -> Heard:
        """Also the loss of a network that learns."""
        learning = self.school.learning
        return replace(super().heard, loss=None if learning is None else (learning.step, learning.judged.loss))

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, and a network learns."""
        return self.drawing_area.moving or self.bars.moving or self.reader.behind or self.school.moving

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Bring paper, reading and network up to date."""
        self.school.update()
        self._follow_network(self.view.grown)
        self.reader.update()
        reading = self.reader.shown_reading
        if self.bars.filled or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities, calm=self.context.calm)
        self.bars.update(seconds)
        self.damage.add(*self.drawing_area.update(seconds))
        return self.changed_places(self.view.parts())

    def _follow_network(self, grown: Grown | None) -> None:
        """Read with this network, which answers from the first on, however little it knows."""
        if grown is self._reads:
            return
        self._reads, process = grown, self.view.process
        if grown is None or process is None:
            self.reader.current, self.reader.reading = None, None
            return
        reader = Reader(process.network_of(grown), augments=False)
        reader.digit_at = 0.0
        self.reader.read_with(reader)
