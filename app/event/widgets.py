"""How the event mode looks: large type, large buttons, one accent colour."""

from __future__ import annotations

import math
from itertools import pairwise

import pygame

from app.event.countdown import Countdown
from app.messages import Messages
from app.session.answer import Answer, percent
from app.ui import shapes
from app.ui.bars import Bars
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter
from app.ui.theme import Colour, blend
from app.ui.touch import SIGN, Place

CARD = 22  # units: round corners of cards
GLOBE_STEPS = 8


def draw_countdown(painter: Painter, centre: Place, countdown: Countdown) -> None:
    """A ring that empties, round the seconds that are left."""
    theme, width = painter.theme, max(2.0, 3.5 * painter.unit)
    radius = SIGN * painter.unit
    shapes.ring(painter.surface, centre, radius, theme.track, width)
    shapes.arc(painter.surface, centre, radius, theme.accent, width, countdown.fraction_left)
    painter.text(seconds_left(countdown), centre, 14, theme.text, "strong", "center")


def draw_globe(painter: Painter, centre: Place) -> None:
    """The sign for languages."""
    colour, radius, width = painter.theme.text, SIGN * 0.85 * painter.unit, max(1.5, 2 * painter.unit)
    shapes.ring(painter.surface, centre, radius, colour, width)
    x, y = centre
    shapes.line(painter.surface, (x - radius + 1, y), (x + radius - 1, y), colour, width)
    inner = radius - width / 2
    angles = [math.pi * step / GLOBE_STEPS for step in range(GLOBE_STEPS + 1)]
    for side in (-1, 1):
        meridian = [(x + side * inner * 0.45 * math.sin(angle), y - inner * math.cos(angle)) for angle in angles]
        for start, end in pairwise(meridian):
            shapes.line(painter.surface, start, end, colour, width)


def seconds_left(countdown: Countdown) -> str:
    """Whole seconds; never 0 before it is over."""
    return str(min(99, int(countdown.left) + 1))


def draw_large_answer(painter: Painter, area: pygame.Rect, answer: Answer, *, tall: bool) -> None:
    """An answer on a card of its own."""
    painter.card(area, CARD)
    draw_digit_and_words(painter, area, answer, tall=tall)


def draw_digit_and_words(painter: Painter, area: pygame.Rect, answer: Answer, *, tall: bool) -> None:
    """The digit, very large, and the words beside it, or below it where the area is `tall`."""
    theme, px = painter.theme, painter.px
    small = painter.unit < SMALL_UNIT
    inner = area.inflate(-px(24), -px(12)) if small else area.inflate(-px(48), -px(24))
    words = inner.copy()
    if answer.glyph:
        glyph = inner.copy()
        if tall:
            long = small and painter.type.width(answer.headline, painter.size(16), "display") > inner.width * 3 // 2
            glyph.height = inner.height * (8 if long else 11) // 20
            words.top, words.height = glyph.bottom, inner.height - glyph.height
        else:
            glyph.width = min(inner.height * 9 // 10, inner.width * (3 if small else 4) // 10)
            gap = px(8 if small else 20)
            words.left, words.width = glyph.right + gap, inner.width - glyph.width - gap
        colour = theme.text if answer.strong else blend(theme.card, theme.quiet, 0.8)
        high = round(glyph.height * 1.1)
        sizes = [high, high * 4 // 5, high * 3 // 5, high * 2 // 5]
        size, lines = painter.type.fit(answer.glyph, sizes, "display", glyph.width)
        painter.line(lines[0], glyph.center, size, colour, "display", "center")
    _draw_words(painter, words, answer, "center" if tall or not answer.glyph else "left")


def _draw_words(painter: Painter, area: pygame.Rect, answer: Answer, align: str) -> None:
    """Headline and detail, one below the other, as large as both go into the area."""
    theme, type_ = painter.theme, painter.type
    colour = theme.accent_text if answer.sure and answer.strong else theme.quiet
    most = 5 if painter.unit < SMALL_UNIT else 2
    lines: list[tuple[str, int, str, Colour]] = []
    for largest in range(44, 16, -2):
        head = type_.fit(answer.headline, _sizes(painter, largest), "display", area.width, most)
        detail = type_.fit(answer.detail, _sizes(painter, max(largest * 3 // 5, 18)), "regular", area.width, most)
        lines = [(line, head[0], "display", theme.text) for line in head[1]]
        if answer.detail:
            lines += [(line, detail[0], "regular", colour) for line in detail[1]]
        if sum(_height(size) for _, size, _, _ in lines) <= area.height:
            break
    else:
        lines = [line for line in lines if line[2] == "display"]  # there is room for the headline alone
    x = area.centerx if align == "center" else area.left
    y = area.centery - sum(_height(size) for _, size, _, _ in lines) / 2
    for line, size, weight, shade in lines:
        painter.line(line, (x, y + _height(size) / 2), size, shade, weight, align)
        y += _height(size)


def _sizes(painter: Painter, largest: int) -> list[int]:
    return [painter.size(size) for size in range(largest, min(largest, 14) - 1, -2)]


def _height(size: int) -> int:
    return round(size * 1.45)


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
    painter.card(card, CARD)
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
            room = _percent_room(row, painter.unit) / painter.unit
            painter.number(text, (row.right, row.centery), min(22.0, size, room / 4.4), colour, weight)


def bar_track(row: pygame.Rect, unit: float) -> pygame.Rect:
    """Where the bar of a row lies."""
    left, right = row.left + round(34 * unit), row.right - _percent_room(row, unit)
    high = max(6, row.height * 3 // 5)
    return pygame.Rect(left, row.centery - high // 2, right - left, high)


def _percent_room(row: pygame.Rect, unit: float) -> int:
    return round(min(104 * unit, row.width * 0.45))


def bar_length(row: pygame.Rect, unit: float, probability: float) -> int:
    """Pixels of a bar that are full."""
    return round(bar_track(row, unit).width * probability)
