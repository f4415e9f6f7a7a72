"""How buttons, switches and rows look."""

from __future__ import annotations

import pygame

from app.ui import shapes
from app.ui.controls import ControlState
from app.ui.painter import Painter
from app.ui.theme import Colour, blend


def draw_button(
    painter: Painter,
    rect: pygame.Rect,
    label: str,
    cap: str,
    state: ControlState,
    *,
    primary: bool = False,
    on: bool = False,
) -> None:
    """A button with its key. `primary` is the one strong button; `on` one that stays pressed."""
    theme = painter.theme
    fill, text = (theme.accent, theme.on_accent) if primary or on else (theme.card, theme.text)
    if state.pressed:
        fill = blend(fill, theme.text, 0.12)
    elif state.hovered:
        fill = blend(fill, theme.text, 0.06) if primary or on else theme.hover
    if not state.enabled:
        text = blend(theme.card, theme.quiet, 0.75)
    if primary or on:
        shapes.box(painter.surface, rect, fill, painter.px(12))
    else:
        painter.card(rect, 12, fill)
    _label(painter, rect, label, cap, text, theme.on_accent if primary or on else None)
    if state.focused:
        painter.focus_ring(rect, 12)


def _label(
    painter: Painter,
    rect: pygame.Rect,
    label: str,
    cap: str,
    text: tuple[int, int, int],
    ghost: tuple[int, int, int] | None,
) -> None:
    """The label with its key cap beside it, or above it where the button is too narrow for both in a row."""
    px = painter.px
    room = rect.width - 2 * px(10)
    cap_width = painter.key_cap_width(cap) if cap else 0
    beside = painter.type.width(label, painter.size(15), "strong") + px(8) + cap_width
    if cap and beside > room:
        size, lines = painter.type.fit(label, _sizes(painter, 14), "strong", rect.width - 2 * px(3))
        painter.line(lines[0], (rect.centerx, rect.centery - px(10)), size, text, "strong", "center")
        painter.key_cap(cap, (rect.centerx, rect.centery + px(11)), "center", ghost)
        return
    size, lines = painter.type.fit(label, _sizes(painter, 15), "strong", room - (px(8) + cap_width if cap else 0))
    width = painter.type.width(lines[0], size, "strong")
    left = rect.centerx - (width + (px(8) + cap_width if cap else 0)) / 2
    painter.line(lines[0], (left, rect.centery), size, text, "strong")
    if cap:
        painter.key_cap(cap, (left + width + px(8), rect.centery), "left", ghost)


def draw_ghost(painter: Painter, rect: pygame.Rect, label: str, cap: str, state: ControlState) -> None:
    """A quiet button without a box: key cap, then label."""
    px = painter.px
    if state.hovered or state.pressed:
        shade = painter.theme.border if state.pressed else painter.theme.track
        shapes.box(painter.surface, rect, shade, px(8))
    width = painter.key_cap(cap, (rect.left + px(8), rect.centery))
    room = rect.width - width - px(8 + 8 + 8)
    size, lines = painter.type.fit(label, _sizes(painter, 14), "regular", room)
    painter.line(lines[0], (rect.left + px(16) + width, rect.centery), size, painter.theme.quiet, "regular")
    if state.focused:
        painter.focus_ring(rect, 8)


def draw_chip(
    painter: Painter, rect: pygame.Rect, label: str, state: ControlState, *, on: bool, faint: bool = False
) -> None:
    """One of several things to choose from. The chosen one is filled, bold and has a strong line round it."""
    theme, px = painter.theme, painter.px
    fill = blend(theme.card, theme.accent, 0.14) if on else theme.card
    if state.pressed or (state.hovered and not on):
        fill = theme.track if state.pressed else theme.hover
    shapes.box(painter.surface, rect, fill, px(10))
    shapes.outline(painter.surface, rect, theme.accent if on else theme.border, px(10), px(2) if on else px(1))
    weight = "strong" if on else "regular"
    colour = blend(theme.card, theme.quiet, 0.75) if faint or not state.enabled else theme.text
    size, lines = painter.type.fit(label, _sizes(painter, 15), weight, rect.width - px(10))
    painter.line(lines[0], rect.center, size, colour, weight, "center")
    if state.focused:
        painter.focus_ring(rect, 10)


def draw_switch(painter: Painter, rect: pygame.Rect, label: str, cap: str, state: ControlState, *, on: bool) -> None:
    """A switch at the right of its label; on and off differ in the knob's place, not in colour alone."""
    px, theme = painter.px, painter.theme
    if state.hovered or state.pressed:
        shapes.box(painter.surface, rect, theme.track if state.pressed else theme.hover, px(8))
    height = px(9) * 2
    track = pygame.Rect(0, 0, px(32), height)
    track.midright = (rect.right - px(8), rect.centery)
    shapes.box(painter.surface, track, theme.accent if on else theme.bar, height // 2)
    knob = (track.right - height // 2 if on else track.left + height // 2, track.centery)
    shapes.disc(painter.surface, knob, height / 2 - px(3), theme.card)
    width = painter.key_cap(cap, (track.left - px(10), rect.centery), "right")
    right = track.left - px(10) - width - px(8)
    size, lines = painter.type.fit(label, _sizes(painter, 14), "regular", right - rect.left - px(2))
    painter.line(lines[0], (right, rect.centery), size, theme.quiet, "regular", "right")
    if state.focused:
        painter.focus_ring(rect, 8)


def draw_brush(
    painter: Painter,
    thinner: pygame.Rect,
    thicker: pygame.Rect,
    states: tuple[ControlState, ControlState],
    fraction: float,
) -> None:
    """The pen's width: a dot of it between a button for thinner and one for thicker. fraction: 0 (thinnest) to 1."""
    px, theme = painter.px, painter.theme
    whole = thinner.union(thicker)
    painter.card(whole, 12)
    for rect, state, sign, cap in ((thinner, states[0], "–", "["), (thicker, states[1], "+", "]")):
        if state.hovered or state.pressed:
            shapes.box(painter.surface, rect.inflate(-px(8), -px(8)), theme.track, px(8))
        x = rect.left + px(19) if rect is thinner else rect.right - px(19)
        colour = theme.text if state.enabled else blend(theme.card, theme.quiet, 0.75)
        painter.text(sign, (x, rect.centery - px(10)), 16, colour, "strong", "center")
        painter.key_cap(cap, (x, rect.centery + px(11)), "center")
        if state.focused:
            painter.focus_ring(rect.inflate(-px(8), -px(8)), 8)
    shapes.disc(painter.surface, whole.center, px(4) + fraction * px(9), theme.ink)


def draw_close(painter: Painter, rect: pygame.Rect, state: ControlState) -> None:
    """The cross that closes a dialog."""
    theme, px = painter.theme, painter.px
    if state.hovered or state.pressed:
        shapes.box(painter.surface, rect, theme.track, px(10))
    (x, y), arm = rect.center, px(6)
    for sign in (1, -1):
        shapes.line(painter.surface, (x - arm, y - sign * arm), (x + arm, y + sign * arm), theme.quiet, px(2))
    if state.focused:
        painter.focus_ring(rect.inflate(-px(6), -px(6)), 8)


def draw_tick(painter: Painter, centre: tuple[float, float], colour: Colour, scale: float = 1.0) -> None:
    """A tick about 10 units wide."""
    (x, y), u = centre, painter.unit * scale
    low = (x - 1.2 * u, y + 3.4 * u)
    shapes.line(painter.surface, (x - 4.6 * u, y + 0.2 * u), low, colour, 2 * u)
    shapes.line(painter.surface, low, (x + 4.8 * u, y - 3.8 * u), colour, 2 * u)


def _sizes(painter: Painter, largest: int) -> list[int]:
    return [painter.size(size) for size in range(largest, 10, -1)]
