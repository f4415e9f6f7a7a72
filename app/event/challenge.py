"""Challenge: what the challenges of the event mode share: paper and answer in their usual places, and a way back."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.commands import Command
from app.event.layout import ChallengeLayout, challenge_layout
from app.event.widgets import draw_lines, draw_touch_button
from app.input import Key, Pointer
from app.session.session import Session
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.painter import Painter
from app.ui.screen import Action, Screen

Part = tuple[pygame.Rect, object]  # where a part of the screen is, and all that it looks like now depends on


class Challenge(Screen):
    """Fills the window. Its session is its own, so that nothing of it gets into the drawing on the screen behind it.

    One is made once and comes up many times: its paper is large.
    """

    def __init__(self, visitors: Session) -> None:
        session = Session(visitors.settings, Context(visitors.context.messages, theme=visitors.context.theme))
        session.forget_settings()
        super().__init__(session.context)
        self.session = session
        self.layout: ChallengeLayout
        pen = Tool(session.settings.brush / 2)
        self.drawing_area = DrawingArea(session.ink, lambda: pen, self.touch, self.lift)
        self._visitors = visitors
        self._shown: dict[str, Part] = {}
        self._damage: list[pygame.Rect] = []

    # -- what each challenge is ---------------------------------------------------------------------------

    @abstractmethod
    def begin(self) -> None:
        """All as for the first."""

    @abstractmethod
    def touch(self) -> bool:
        """The pen is about to come down; whether the paper takes it."""

    @abstractmethod
    def lift(self) -> None:
        """The pen went up."""

    @abstractmethod
    def advance(self) -> None:
        """Do what is due."""

    @abstractmethod
    def choose(self, name: str) -> None:
        """Do what the button of that name says."""

    @abstractmethod
    def buttons(self) -> dict[str, pygame.Rect]:
        """What can be pressed now, by name, but for paper and foot."""

    @property
    @abstractmethod
    def repeats(self) -> bool:
        """Whether one can begin once more."""

    @property
    @abstractmethod
    def over(self) -> bool:
        """Whether there is nothing left to draw: beginning once more is what comes next."""

    @property
    @abstractmethod
    def invitation(self) -> str:
        """What stands on the empty paper."""

    @abstractmethod
    def parts(self) -> dict[str, Part]:
        """The parts of the screen that change, but for paper and buttons."""

    @abstractmethod
    def draw_parts(self, painter: Painter) -> None:
        """All but paper and foot."""

    # -- what hands do ------------------------------------------------------------------------------------

    def enter(self, size: tuple[int, int]) -> None:
        """Come up for somebody else, in the language of the screen behind."""
        self.context.messages = self._visitors.context.messages
        self.begin()
        super().enter(size)

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        return self.press(self.drawing_area.take(signal, self.controls))

    def press(self, control: Control | None) -> Action:
        """Go back, or do what a button says."""
        if control is not None and control.command is None and control.name != PAPER:
            self.choose(control.name)
        return super().press(control)

    def leave(self) -> None:
        """Lift the pen."""
        self.drawing_area.leave()

    # -- what it shows ------------------------------------------------------------------------------------

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew; a stroke in the making goes on."""
        self.size = size
        self.layout = challenge_layout(size)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self._place_controls()
        self._damage = [pygame.Rect((0, 0), size)]

    @property
    def solid(self) -> pygame.Rect:
        """All of the window."""
        return pygame.Rect((0, 0), self.size)

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws or a reading is due."""
        return self.drawing_area.moving or self.session.reader.behind

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on; returns what changed in the window."""
        self._follow_network()
        self.session.reader.update()
        self.advance()
        self._place_controls()
        damage = self._damage + self.drawing_area.update(seconds)
        self._damage = []
        before, self._shown = self._shown, self._all_parts()
        for name in before.keys() | self._shown.keys():
            if before.get(name) != self._shown.get(name):
                damage += [parts[name][0] for parts in (before, self._shown) if name in parts]
        return damage

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, messages = self.layout, self.context.messages
        painter.surface.fill(painter.theme.ground)
        rim = painter.px(16)
        if painter.shows(layout.paper.inflate(rim, rim)):
            self.drawing_area.draw(painter, self.controls)
            if self.session.ink.empty:
                room = layout.paper.inflate(-layout.paper.width // 5, 0)
                draw_lines(painter, room, self.invitation, (34, 18), painter.theme.quiet, "display", 2)
            self.drawing_area.draw_ring(painter)
        self.draw_parts(painter)
        for name, rect in self._foot().items():
            if painter.shows(rect.inflate(rim, rim)):
                primary = name == "again" and self.over
                draw_touch_button(painter, rect, messages(f"event.{name}"), self.controls.state_of(name), primary)

    def _foot(self) -> dict[str, pygame.Rect]:
        foot = self.layout.foot
        return foot if self.repeats else {"clear": foot["clear"], "back": self.layout.alone}

    def _all_parts(self) -> dict[str, Part]:
        layout, rim = self.layout, 2 * round(6 * self.layout.unit)
        parts = self.parts()
        parts["invitation"] = (layout.paper, self.invitation if self.session.ink.empty else "")
        for item in self.controls.items:
            state = self.controls.state_of(item.name)
            # Of the paper only the focus shows; it is not drawn anew for each touch of the pen.
            shown = state.focused if item.name == PAPER else (state, self.over)
            parts[item.name] = (item.rect.inflate(rim, rim), shown)
        return parts

    def _place_controls(self) -> None:
        items = [self.drawing_area.control, *(Control(name, rect) for name, rect in self.buttons().items())]
        for name, rect in self._foot().items():
            items.append(Control(name, rect, Command.BACK if name == "back" else None))
        self.controls.place(items)

    def _follow_network(self) -> None:
        """Read with what the visitors' session reads with; it may come a moment after the first frame."""
        self.session.reader.follow(self._visitors.reader)
