"""Challenge: what the challenges of the event mode share: paper and answer in their usual places, and a way back."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.paper_screen import PaperScreen
from app.commands import Command
from app.event.layout import Button, ChallengeLayout, challenge_layout
from app.input import Key, Pointer
from app.session.session import Session
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.touch import draw_lines, draw_touch_button


class Challenge(PaperScreen):
    """Fills the window. Its session is its own, so that nothing of it gets into the drawing on the screen behind it.

    One is made once and comes up many times: its paper is large.
    """

    def __init__(self, visitors: Session) -> None:
        session = Session(visitors.settings, Context(visitors.context.messages, theme=visitors.context.theme))
        session.forget_settings()
        pen = Tool(session.settings.brush / 2)
        super().__init__(session.context, DrawingArea(session.ink, lambda: pen, self.touch, self.lift))
        self.session = session
        self.layout: ChallengeLayout
        self._visitors = visitors

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
    def clear(self) -> None:
        """Empty the paper."""

    @abstractmethod
    def again(self) -> None:
        """Begin once more."""

    def choose(self, digit: int) -> None:
        """Take one of the `choices`."""

    def choices(self) -> tuple[pygame.Rect, ...]:
        """Where the digits are that can be chosen now, from 0 on."""
        return ()

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

    @property
    @abstractmethod
    def said(self) -> str:
        """What there is to do, or how it went, in words."""

    @abstractmethod
    def parts(self) -> dict[str, Part]:
        """The parts of the screen that change, but for paper and buttons."""

    @abstractmethod
    def draw_parts(self, painter: Painter) -> None:
        """All but paper and foot."""

    # -- input ---------------------------------------------------------------------------------------------

    def enter(self, size: tuple[int, int]) -> None:
        """Come up for somebody else, in the language of the screen behind."""
        self.context.messages = self._visitors.context.messages
        self.begin()
        super().enter(size)

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        return self.press(self.drawing_area.take(signal, self.controls))

    def press(self, control: Control | None) -> Action:
        """Go back, choose a digit, or do what a button says."""
        value = control.value if control is not None else None
        if isinstance(value, int):
            self.choose(value)
        elif value is Button.CLEAR:
            self.clear()
        elif value is Button.AGAIN:
            self.again()
        return super().press(control)

    # -- what is heard of it -------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """What there is to do, or how it went."""
        texts = {"said": self.said, **self.drawing_area.texts(self.context.messages)}
        return Heard(texts, pen=self.drawing_area.pen_place)

    def label_of(self, control: Control) -> str:
        """What stands on a button or on the paper."""
        if control.name == PAPER:
            return self.invitation
        return self.context.messages(f"event.{control.name}") if isinstance(control.value, Button) else control.name

    # -- display -------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Paper, answer, and the controls."""
        self.layout = challenge_layout(self.size)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self._place_controls()

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
        self.damage.add(*self.drawing_area.update(seconds))
        self.damage.compare(self._all_parts())
        return self.damage.take()

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
        for button, rect in self._foot().items():
            if painter.shows(rect.inflate(rim, rim)):
                label, state = messages(f"event.{button.value}"), self.controls.state_of(button.value)
                draw_touch_button(painter, rect, label, state, primary=self._is_primary(button))

    def _is_primary(self, button: Button) -> bool:
        return button is Button.AGAIN and self.over

    def _foot(self) -> dict[Button, pygame.Rect]:
        foot = {button: self.layout.foot[button.value] for button in (Button.CLEAR, Button.AGAIN, Button.BACK)}
        return foot if self.repeats else {Button.CLEAR: foot[Button.CLEAR], Button.BACK: self.layout.alone}

    def _all_parts(self) -> dict[str, Part]:
        foot = self._foot()
        return {
            **self.parts(),
            "invitation": Part(self.layout.paper, self.invitation if self.session.ink.empty else ""),
            **{f"primary {button.value}": Part(rect, self._is_primary(button)) for button, rect in foot.items()},
            **self.controls.parts(round(6 * self.layout.unit), focus_only=(PAPER,)),
        }

    def _place_controls(self) -> None:
        items = [self.drawing_area.control]
        items += [Control(str(digit), rect, value=digit) for digit, rect in enumerate(self.choices())]
        for button, rect in self._foot().items():
            command = Command.BACK if button is Button.BACK else None
            items.append(Control(button.value, rect, command, value=button))
        self.controls.place(items)

    def _follow_network(self) -> None:
        """Read with what the visitors' session reads with; it may come a moment after the first frame."""
        self.session.reader.follow(self._visitors.reader)
