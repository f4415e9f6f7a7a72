"""How the event mode looks: large type, large buttons, one accent colour."""

from __future__ import annotations

import pygame

from app import shapes
from app.answer import Answer, percent
from app.controls import Look
from app.countdown import Countdown
from app.messages import Messages
from app.painter import Painter
from app.panel import Bars
from app.theme import blend

RADIUS = 18
RING = 15  # units from the middle of a countdown to its edge


def draw_touch_button(
    painter: Painter, rect: pygame.Rect, label: str, look: Look, primary: bool = False, ring: Countdown | None = None
) -> None:
    """A button for a finger. ring: a countdown that is shown at its left."""
    theme, px = painter.theme, painter.px
    fill, colour = (theme.accent, theme.on_accent) if primary else (theme.card, theme.text)
    if look.pressed:
        fill = blend(fill, theme.text, 0.12)
    elif look.hovered:
        fill = blend(fill, theme.text, 0.05)
    if not look.enabled:
        colour = blend(fill, theme.quiet, 0.6)
    if primary:
        shapes.box(painter.surface, rect, fill, px(RADIUS))
    else:
        painter.card(rect, RADIUS, fill)
    room = rect.inflate(-px(24), 0)
    if ring is not None:
        taken = px(2 * RING + 10)
        draw_countdown(painter, (room.left + px(RING), room.centery), ring)
        room.left, room.width = room.left + taken, room.width - taken
    draw_lines(painter, room, label, (24, 15), colour, "strong", 2)
    if look.focused:
        painter.focus_ring(rect, RADIUS)


def draw_countdown(painter: Painter, centre: tuple[float, float], countdown: Countdown) -> None:
    """A ring that empties, round the seconds that are left."""
    theme, width = painter.theme, max(2.0, 3.5 * painter.unit)
    radius = RING * painter.unit
    shapes.ring(painter.surface, centre, radius, theme.track, width)
    shapes.arc(painter.surface, centre, radius, theme.accent, width, countdown.share)
    painter.text(seconds_left(countdown), centre, 14, theme.text, "strong", "center")


def seconds_left(countdown: Countdown) -> str:
    """Whole seconds; never 0 before it is over."""
    return str(min(99, int(countdown.left) + 1))


def draw_lines(
    painter: Painter,
    area: pygame.Rect,
    text: str,
    sizes: tuple[int, int],
    colour: tuple[int, int, int],
    weight: str,
    most: int,
    align: str = "center",
) -> None:
    """Text in the middle of an area, as large as it goes: from the first of `sizes` down to the second, in units."""
    steps = [painter.size(size) for size in range(sizes[0], sizes[1] - 1, -1)]
    size, lines = painter.type.fit(text, steps, weight, area.width, most)
    x = area.centerx if align == "center" else area.left
    step = round(size * 1.25)
    for i, line in enumerate(lines):
        painter.line(line, (x, area.centery + (i - (len(lines) - 1) / 2) * step), size, colour, weight, align)


def draw_large_answer(painter: Painter, area: pygame.Rect, tall: bool, answer: Answer) -> None:
    """The digit, very large, and the words beside it, or below it where the area is `tall`."""
    theme, px = painter.theme, painter.px
    painter.card(area, RADIUS + 4)
    inner = area.inflate(-px(48), -px(24))
    words = inner.copy()
    if answer.glyph:
        glyph = inner.copy()
        if tall:
            glyph.height = inner.height * 3 // 5
            words.top, words.height = glyph.bottom, inner.height - glyph.height
        else:
            glyph.width = min(inner.height * 9 // 10, inner.width * 2 // 5)
            words.left, words.width = glyph.right + px(20), inner.width - glyph.width - px(20)
        colour = theme.text if answer.strong else blend(theme.card, theme.quiet, 0.8)
        high = round(glyph.height * 1.1)
        sizes = [high, high * 4 // 5, high * 3 // 5, high * 2 // 5]
        size, lines = painter.type.fit(answer.glyph, sizes, "display", glyph.width)
        painter.line(lines[0], glyph.center, size, colour, "display", "center")
    align = "center" if tall or not answer.glyph else "left"
    head = pygame.Rect(words.left, words.top, words.width, words.height * 3 // 5)
    if answer.detail:
        below = pygame.Rect(words.left, head.bottom, words.width, words.height - head.height)
        colour = theme.accent_text if answer.sure and answer.strong else theme.quiet
        draw_lines(painter, below, answer.detail, (26, 15), colour, "regular", 2, align)
    else:
        head = words
    draw_lines(painter, head, answer.headline, (42, 19), theme.text, "display", 2, align)


def draw_large_bars(
    painter: Painter,
    card: pygame.Rect,
    rows: tuple[pygame.Rect, ...],
    bars: Bars,
    best: int | None,
    messages: Messages,
) -> None:
    """Ten rows: digit, bar, percentage; that of the digit `best` is strong."""
    theme, px = painter.theme, painter.px
    painter.card(card, RADIUS + 4)
    for digit, row in enumerate(rows):
        if not painter.shows(row):
            continue
        strong = bars.filled and digit == best
        colour, weight = (theme.text, "strong") if strong else (theme.quiet, "regular")
        size = min(26.0, row.height / painter.unit * 0.92)
        painter.text(str(digit), (row.left + px(10), row.centery), size, colour, weight, "center")
        shapes.box(painter.surface, bar_track(row, painter.unit), theme.track, row.height // 3)
        filled = bar_track(row, painter.unit)
        filled.width = bar_length(row, painter.unit, float(bars.shown[digit]))
        if filled.width:
            shapes.box(painter.surface, filled, theme.accent if strong else theme.bar, row.height // 3)
        if bars.filled:
            text = percent(float(bars.shown[digit]), messages)
            painter.number(text, (row.right, row.centery), min(22.0, size), colour, weight)


def bar_track(row: pygame.Rect, unit: float) -> pygame.Rect:
    """Where the bar of a row lies."""
    left, right = row.left + round(34 * unit), row.right - round(104 * unit)
    high = max(6, row.height * 3 // 5)
    return pygame.Rect(left, row.centery - high // 2, right - left, high)


def bar_length(row: pygame.Rect, unit: float, share: float) -> int:
    """Pixels of a bar that are full."""
    return round(bar_track(row, unit).width * share)
