"""Dialog: a card over the screen, whose content may scroll; it closes by its cross or a press beside it."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.ui.buttons import draw_close
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.layout import DialogLayout, dialog_layout
from app.ui.painter import Painter
from app.ui.screen import Action, Screen
from app.ui.scroller import Scroller


class Dialog(Screen):
    """Places `controls_now`, draws title, cross and content, and asks to be drawn when any of it looks different.

    A dialog whose content can be longer than its room fits `scroller` in `refresh`; in others nothing scrolls.
    """

    width = 560.0  # units
    height = 420.0
    foot = 72.0  # the row of buttons at the foot
    title = ""  # message key

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.layout: DialogLayout
        self.scroller = Scroller()
        self._pressed_beside = False

    @abstractmethod
    def controls_now(self) -> list[Control]:
        """What can be pressed, but for the cross."""

    @abstractmethod
    def draw_content(self, painter: Painter) -> None:
        """All but title and cross."""

    def lay_out(self) -> DialogLayout:
        """The frame of the dialog in a window of `size` pixels."""
        return dialog_layout(self.size, self.width, self.height, self.foot)

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out for a window of this size."""
        self.size = size
        self.layout = self.lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Take the content as it is now, place the controls and have all of the dialog drawn."""
        self.place_controls()
        self.redraw()

    def place_controls(self) -> None:
        """Place the controls where the content is scrolled to."""
        self.controls.place([Control("close", self.layout.close, Command.BACK), *self.controls_now()])

    def redraw(self) -> None:
        """Have all of the dialog drawn."""
        self.damage.add(self._card)

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Scroll, or press a control; a press beside the dialog closes it."""
        return self.handle_key(signal) if isinstance(signal, Key) else self.handle_pointer(signal)

    def handle_key(self, key: Key) -> Action:
        """Move the focus, or press what has it."""
        return self.press(self.controls.key(key))

    def handle_pointer(self, pointer: Pointer) -> Action:
        """Scroll, press a control, or close."""
        began_beside = self._pressed_beside
        if pointer.kind != "move":
            self._pressed_beside = pointer.kind == "down" and self._is_beside(pointer.place)
        if self.scroller.pointer(pointer):
            if pointer.kind != "wheel":
                self.controls.pointer(Pointer("cancel"))
            return None
        if pointer.kind == "up" and began_beside and self._is_beside(pointer.place):
            return Command.BACK
        return self.press(self.controls.pointer(pointer))

    def _is_beside(self, place: tuple[float, float]) -> bool:
        return not self.layout.dialog.collidepoint(place)

    def accepts(self, command: Command) -> bool:
        """Letters are no commands here."""
        return command in (Command.BACK, Command.FULL_SCREEN, Command.QUIT)

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """While it scrolls."""
        return self.scroller.moving

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Scroll on; returns the dialog, or the part of it that scrolled."""
        if self.scroller.update(seconds):
            self.place_controls()
            self.damage.add(self.scroller.damage)
        self.damage.compare({"dialog": Part(self._card, (self.controls.state, self.context.changes))})
        return self.damage.take()

    @property
    def heard(self) -> Heard:
        """Its title."""
        return Heard({"title": self.context.messages(self.title)})

    @property
    def _card(self) -> pygame.Rect:
        return self.layout.dialog.inflate(8, 8)

    @property
    def solid(self) -> pygame.Rect:
        """The card without its border and the height of its corners."""
        return self.layout.dialog.inflate(-4, -2 * round(20 * self.layout.unit))

    def draw(self, painter: Painter) -> None:
        """The card with title, cross and content."""
        layout = self.layout
        painter.card(layout.dialog, 20)
        title = self.context.messages(self.title)
        one_line = painter.type.width(title, painter.size(15), "display") <= layout.title.width
        sizes, most = ((20, 18, 16, 15), 1) if one_line else ((14, 13), 2)
        painter.fitted(title, layout.title, sizes, weight="display", most=most)
        draw_close(painter, layout.close, self.controls.state_of("close"))
        self.draw_content(painter)
