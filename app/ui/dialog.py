"""Dialog: a dialog over the drawing screen with content of its own, which closes by its cross or a press beside it."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.ui.buttons import draw_close
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.layout import DialogLayout, dialog_layout
from app.ui.painter import Painter
from app.ui.screen import Action, Screen


class Dialog(Screen):
    """Places `controls_now`, draws title and cross, and asks to be drawn anew when anything on it is different."""

    covers = False
    width = 560.0  # units
    height = 420.0
    foot = 72.0
    title = ""  # message key

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.layout: DialogLayout
        self.changed = True
        self._began: tuple[float, float] | None = None
        self._drawn: tuple[object, ...] = ()

    @abstractmethod
    def controls_now(self) -> list[Control]:
        """What can be pressed, but for the cross."""

    @abstractmethod
    def draw_content(self, painter: Painter) -> None:
        """All but title and cross."""

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew."""
        self.size = size
        self.layout = dialog_layout(size, self.width, self.height, self.foot)
        self.refresh()

    def refresh(self) -> None:
        """Place the controls anew and be drawn anew."""
        self.controls.place([Control("close", self.layout.close, Command.BACK), *self.controls_now()])
        self.changed = True

    def handle(self, signal: Pointer | Key) -> Action:
        """Press a control; a press beside the dialog closes it."""
        if isinstance(signal, Key):
            return self.press(self.controls.key(signal))
        if signal.kind == "down":
            self._began = signal.place
        elif signal.kind in ("up", "cancel"):
            began, self._began = self._began, None
            if signal.kind == "up" and began is not None and not self._on_sheet(began, signal.place):
                return Command.BACK
        return self.press(self.controls.pointer(signal))

    def _on_sheet(self, *places: tuple[float, float]) -> bool:
        return any(self.layout.dialog.collidepoint(place) for place in places)

    def accepts(self, command: Command) -> bool:
        """Letters are no wishes here."""
        return command in (Command.BACK, Command.FULL_SCREEN, Command.QUIT)

    def update(self, seconds: float) -> list[pygame.Rect]:
        """The dialog, when something on it is different."""
        drawn = (self.controls.state, self.context.changes)
        if drawn == self._drawn and not self.changed:
            return []
        self._drawn, self.changed = drawn, False
        return [self.layout.dialog.inflate(8, 8)]

    @property
    def solid(self) -> pygame.Rect:
        """The card without its border and the height of its corners."""
        return self.layout.dialog.inflate(-4, -2 * round(20 * self.layout.unit))

    def draw(self, painter: Painter) -> None:
        """The dialog."""
        layout = self.layout
        painter.card(layout.dialog, 20)
        title = self.context.messages(self.title)
        painter.text(title, (layout.title.left, layout.title.centery), 20, weight="display", room=layout.title.width)
        draw_close(painter, layout.close, self.controls.state_of("close"))
        self.draw_content(painter)
