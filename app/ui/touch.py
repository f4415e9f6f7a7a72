"""Touch: buttons for fingers, and text as large as its place allows, to be read from two metres."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from app.ui import shapes
from app.ui.controls import ControlState
from app.ui.painter import Painter
from app.ui.theme import Colour, blend

RADIUS = 18  # units: round corners of buttons
SPACING = 1.25  # from line to line, in sizes
SIGN = 15  # units from the middle of a sign on a button to its edge

Place = tuple[float, float]


def draw_touch_button(
    painter: Painter,
    rect: pygame.Rect,
    label: str,
    state: ControlState,
    *,
    primary: bool = False,
    sign: Callable[[Painter, Place], None] | None = None,
    size: int = 24,
) -> None:
    """A button for a finger. sign: draws something round, SIGN units from its middle to its edge, before the label."""
    theme, px = painter.theme, painter.px
    fill, colour = (theme.accent, theme.on_accent) if primary else (theme.card, theme.text)
    if state.pressed:
        fill = blend(fill, theme.text, 0.12)
    elif state.hovered:
        fill = blend(fill, theme.text, 0.05)
    if not state.enabled:
        colour = blend(fill, theme.quiet, 0.6)
    if primary:
        shapes.box(painter.surface, rect, fill, px(RADIUS))
    else:
        painter.card(rect, RADIUS, fill)
    sizes = [painter.size(step) for step in range(size, 12, -1)]
    longest = max(painter.type.width(word, sizes[-1], "strong") for word in label.split(" "))
    wide = rect.width >= px(120) and longest <= rect.width - px(24)
    room = rect.inflate(-px(24 if wide else 8), 0)
    if longest > room.width - px(2 * SIGN + 10):
        sign = None  # there is no room for both, and the words say more
    if sign is not None:
        room.width -= px(2 * SIGN + 10)
    pixels, lines = painter.type.fit(label, sizes, "strong", room.width, 2)
    if sign is not None:
        widest = max(painter.type.width(line, pixels, "strong") for line in lines)
        left = rect.centerx - (widest + px(2 * SIGN + 10)) / 2
        sign(painter, (left + px(SIGN), rect.centery))
        room.width = widest
        room.left = round(left) + px(2 * SIGN + 10)
    painter.lines(lines, room, pixels, colour, "strong", "center", spacing=SPACING)
    if state.focused:
        painter.focus_ring(rect, RADIUS)


def draw_lines(
    painter: Painter,
    area: pygame.Rect,
    text: str,
    sizes: tuple[int, int],
    colour: Colour,
    weight: str,
    most: int,
    align: str = "center",
) -> None:
    """Text in the middle of an area, as large as it goes: from the first of `sizes` down to the second, in units.

    most: how many lines it may have; where the smallest size finds no room in them, as many as the area's height has.
    """
    for units in range(sizes[0], sizes[1] - 1, -1):
        size = painter.size(units)
        step = round(size * SPACING)
        lines = painter.type.wrap(text, size, weight, area.width)
        widest = max(painter.type.width(line, size, weight) for line in lines)
        if len(lines) <= most and len(lines) * step <= area.height and widest <= area.width:
            break
    else:
        size, lines = painter.type.fit(text, [size], weight, area.width, max(most, area.height // step))
    painter.lines(lines, area, size, colour, weight, align, spacing=SPACING)
