"""Paper: how the paper looks: the drawing, the invitation on an empty one, the ring of pen or eraser."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from app.messages import Messages
from app.ui import shapes
from app.ui.painter import Painter


@dataclass(frozen=True)
class Cursor:
    """The ring that shows the pen or the eraser. place and radius in window pixels; arms: moved by the keyboard."""

    place: tuple[float, float]
    radius: float
    arms: bool
    strong: bool

    def box(self, unit: float) -> pygame.Rect:
        """What it covers."""
        reach = int(self.radius) + round(14 * unit)
        return pygame.Rect(round(self.place[0]) - reach, round(self.place[1]) - reach, 2 * reach, 2 * reach)


def draw_paper(painter: Painter, rect: pygame.Rect, surface: pygame.Surface, *, focused: bool) -> None:
    """The drawing with round corners and a border."""
    painter.surface.blit(surface, rect)
    shapes.round_off(painter.surface, rect, painter.theme.ground, painter.px(16))
    shapes.outline(painter.surface, rect, painter.theme.border, painter.px(16), painter.px(1))
    if focused:
        painter.focus_ring(rect, 16)


def draw_invitation(painter: Painter, rect: pygame.Rect, messages: Messages) -> None:
    """What to do with an empty paper."""
    px, theme = painter.px, painter.theme
    small = rect.width < px(320)
    room = rect.width - px(24 if small else 48)
    sizes = [painter.size(size) for size in (26, 22, 18, 15)]
    size, lines = painter.type.fit(messages("canvas.invitation"), sizes, "display", room, 2)
    for i, line in enumerate(reversed(lines)):
        y = rect.centery - px(16) - i * round(size * 1.25)
        painter.line(line, (rect.centerx, y), size, theme.quiet, "display", "center")
    sizes = [painter.size(size) for size in (15, 14, 13, 12)]
    size, lines = painter.type.fit(messages("canvas.how"), sizes, "regular", room, 4 if small else 2)
    for i, line in enumerate(lines):
        y = rect.centery + px(16) + i * round(size * 1.5)
        painter.line(line, (rect.centerx, y), size, theme.quiet, "regular", "center")


def draw_cursor(painter: Painter, cursor: Cursor) -> None:
    """The ring, with four arms where the keyboard moves it."""
    (x, y), radius = cursor.place, cursor.radius
    colour = painter.theme.accent if cursor.strong else painter.theme.bar
    width = max(1.0, 1.5 * painter.unit)
    shapes.ring(painter.surface, (x, y), radius + width, colour, width)
    if cursor.arms:
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            inner, outer = radius + 3 * width, radius + 3 * width + painter.px(6)
            start, end = (x + dx * inner, y + dy * inner), (x + dx * outer, y + dy * outer)
            shapes.line(painter.surface, start, end, colour, width)
