"""Text field: a line of text that keys edit, and the numbers that people write into one."""

from __future__ import annotations

import math

import pygame

from app.input import Key
from app.ui import shapes
from app.ui.controls import ControlState
from app.ui.painter import Painter


class TextField:
    """The text and how keys change it; the caret stays at its end."""

    def __init__(self, text: str = "", most: int = 60) -> None:
        self.text = text
        self.most = most

    def key(self, key: Key) -> bool:
        """Take a key; whether it was for the text."""
        if not key.down or key.ctrl:
            return False
        if key.code == pygame.K_BACKSPACE:
            self.text = self.text[:-1]
            return True
        if key.code == pygame.K_DELETE:
            self.text = ""
            return True
        if key.text and key.text.isprintable() and len(self.text) < self.most:
            self.text += key.text
            return True
        return False

    def draw(
        self, painter: Painter, rect: pygame.Rect, state: ControlState, empty: str = "", *, wrong: bool = False
    ) -> None:
        """The field; `empty` stands in it, quietly, where there is no text. A wrong one has a strong line and a "!"."""
        theme, px = painter.theme, painter.px
        shapes.box(painter.surface, rect, theme.hover if state.hovered else theme.card, px(10))
        strong = state.focused or wrong
        colour = theme.accent if state.focused else theme.text if wrong else theme.border
        shapes.outline(painter.surface, rect, colour, px(10), px(2) if strong else px(1))
        room = rect.width - px(26) - (px(22) if wrong else 0)
        shown = self.text or ("" if state.focused else empty)
        colour = theme.text if self.text else theme.quiet
        width = painter.text(shown, (rect.left + px(12), rect.centery), 15, colour, room=room, keep_end=True)
        if state.focused:
            caret = pygame.Rect(rect.left + px(13) + (width if self.text else 0), 0, px(2), px(20))
            caret.centery = rect.centery
            painter.surface.fill(theme.accent, caret)
        if wrong:
            centre = (rect.right - px(18), rect.centery)
            shapes.disc(painter.surface, centre, px(9), theme.text)
            painter.text("!", centre, 13, theme.card, "strong", "center")


def whole(text: str, least: int, most: int) -> int | None:
    """The whole number of a text, or None when it is none or out of range."""
    try:
        value = int(text.strip())
    except ValueError:
        return None
    return value if least <= value <= most else None


def decimal(text: str, least: float, most: float) -> float | None:
    """The number of a text, with a point or a comma; None when it is none or out of range."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and least <= value <= most else None
