"""Verdict row: at the foot of the answer, the question whether it was right, or the verdict that was given."""

from __future__ import annotations

import pygame

from app.commands import KEY_CAPS, Command
from app.messages import Messages
from app.session.corrections import Verdict
from app.ui import shapes
from app.ui.buttons import draw_tick
from app.ui.controls import Control, Controls
from app.ui.painter import SMALL, Painter


def verdict_controls(row: pygame.Rect, unit: float, verdict: Verdict | None, *, can_confirm: bool) -> list[Control]:
    """The button at the left of the row: "right", or after a verdict "take back"."""
    button = pygame.Rect(row.left, row.top, min(round(104 * unit), row.width), row.height)
    if verdict is not None:
        return [Control("untell", button, Command.UNDO)]
    return [Control("right", button, Command.RIGHT)] if can_confirm else []


def verdict_text(verdict: Verdict | None, messages: Messages, *, can_confirm: bool) -> str:
    """The question, or the verdict."""
    if verdict is None:
        return messages("verdict.ask" if can_confirm else "verdict.which")
    right = verdict.said == verdict.digit
    key = "verdict.known" if verdict.entry is None else "verdict.right" if right else "verdict.wrong"
    return messages(key, digit=verdict.digit)


def draw_verdict_row(
    painter: Painter,
    row: pygame.Rect,
    verdict: Verdict | None,
    controls: Controls,
    messages: Messages,
    *,
    can_confirm: bool,
) -> None:
    """A small button and a line of text beside it, which wraps where the row is short."""
    left = row.left
    for control in verdict_controls(row, painter.unit, verdict, can_confirm=can_confirm):
        _draw_button(painter, control, controls, messages)
        left = control.rect.right + painter.px(12)
    text = verdict_text(verdict, messages, can_confirm=can_confirm)
    colour, weight = (painter.theme.quiet, "regular") if verdict is None else (painter.theme.text, "strong")
    beside = pygame.Rect(left, row.top, row.right - left, row.height)
    least = painter.type.wrap(text, painter.size(SMALL[-1]), weight, beside.width)  # a low, narrow row may need three
    painter.fitted(text, beside, SMALL, colour, weight, most=max(2, len(least)), spacing=1.25)


def _draw_button(painter: Painter, control: Control, controls: Controls, messages: Messages) -> None:
    rect, px, theme = control.rect, painter.px, painter.theme
    state = controls.state_of(control.name)
    fill = theme.track if state.hovered or state.pressed else theme.card
    shapes.box(painter.surface, rect, fill, px(9))
    shapes.outline(painter.surface, rect, theme.border, px(9), px(1))
    tick = control.command is Command.RIGHT
    label = messages("button.right" if tick else "button.untell")
    cap = KEY_CAPS[Command.RIGHT if tick else Command.UNDO][0]
    mark = px(14) if tick else 0
    width = mark + painter.type.width(label, painter.size(13), "strong") + px(7) + painter.key_cap_width(cap)
    x = rect.left + (rect.width - width) / 2
    if tick:
        draw_tick(painter, (x + px(5), rect.centery), theme.accent_text)
    x += mark
    x += painter.text(label, (x, rect.centery), 13, theme.text, "strong") + px(7)
    painter.key_cap(cap, (x, rect.centery))
    if state.focused:
        painter.focus_ring(rect.inflate(-px(4), -px(4)), 7)
