"""Language choice: the languages as large buttons, each in its own words, for visitors of an event."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from app.commands import Command
from app.event.layout import BUTTON
from app.messages import language_names
from app.ui.buttons import draw_tick
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.touch import draw_touch_button

GAP = 12  # units
AROUND = 88  # units of title and edge
FEW = 5  # languages that one column holds


class LanguageChoice(Dialog):
    """The one in use is the strong button, with a tick."""

    title = "languages.title"
    foot = 0.0

    def __init__(self, context: Context, choose_language: Callable[[str], None]) -> None:
        super().__init__(context)
        self._choose_language = choose_language
        self._names = language_names()
        self._columns = 1 if len(self._names) <= FEW else 2
        self.height = AROUND + -(-len(self._names) // self._columns) * (BUTTON + GAP)

    def controls_now(self) -> list[Control]:
        """The buttons, from left to right and down; lower ones where the window is too low."""
        body, gap = self.layout.body, round(GAP * self.layout.unit)
        lines = -(-len(self._names) // self._columns)
        width, height = (body.width + gap) // self._columns, (body.height + gap) // lines
        items = []
        for i, name in enumerate(self._names):
            line, column = divmod(i, self._columns)
            rect = pygame.Rect(body.left + column * width, body.top + line * height, width - gap, height - gap)
            items.append(Control(name, rect, value=name))
        return items

    def press(self, control: Control | None) -> Action:
        """Speak it from now on, and close."""
        if control is None or not isinstance(control.value, str):
            return super().press(control)
        self._choose_language(control.value)
        return Command.BACK

    def label_of(self, control: Control) -> str:
        """What the language calls itself."""
        return self._names[control.value] if isinstance(control.value, str) else super().label_of(control)

    def draw_content(self, painter: Painter) -> None:
        """The buttons."""
        for item in self.controls.items:
            if isinstance(item.value, str):
                used = item.value == self.context.language
                state = self.controls.state_of(item.name)
                tick = partial(draw_tick, colour=painter.theme.on_accent, scale=2) if used else None
                label = self._names[item.value]
                draw_touch_button(painter, item.rect, label, state, primary=used, sign=tick, size=28)
