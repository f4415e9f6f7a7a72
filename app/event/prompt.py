"""Prompt: what visitors are asked about an answer, or shown, and the buttons that reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app.event.layout import Button
from app.ui import shapes
from app.ui.controls import Control, Controls
from app.ui.layout import SMALL_UNIT, row_of
from app.ui.painter import Painter
from app.ui.touch import RADIUS, draw_lines, draw_touch_button

if TYPE_CHECKING:
    from app.event.visit import Visit
    from app.messages import Messages
    from model.reading.reader import Reading


@dataclass(frozen=True)
class Reply:
    """A button beside a prompt: its label, and what it says: yes, no, or a digit."""

    value: Button | int
    label: str

    @property
    def name(self) -> str:
        """Of its control."""
        return self.value.value if isinstance(self.value, Button) else str(self.value)


@dataclass(frozen=True)
class Prompt:
    """loud: an invitation, on the accent."""

    text: str
    replies: tuple[Reply, ...] = ()
    loud: bool = False


def prompt_of(visit: Visit, reading: Reading | None, messages: Messages) -> Prompt | None:
    """What there is to ask or to say now; None before there is an answer."""
    if not visit.answered or reading is None or reading.digit is None:
        return None
    if visit.truth is not None:
        judged = visit.judged or reading
        said = judged.digit if judged.is_digit else None
        key = "event.thanks" if said in (None, visit.truth) else "event.thanks.wrong"
        return Prompt(messages(key, digit=visit.truth, said=said))
    if not reading.is_digit:
        return Prompt(messages("event.was_digit"), (Reply(Button.NO, messages("event.it_was")),))
    other = Reply(Button.NO, messages("event.other"))
    if not reading.sure:
        digits = [digit for digit in (reading.digit, reading.runner_up) if digit is not None]
        return Prompt(messages("event.which"), (*(Reply(digit, str(digit)) for digit in digits), other))
    replies = (Reply(Button.YES, messages("event.yes")), Reply(Button.NO, messages("event.no")))
    return Prompt(messages("event.right"), replies)


def reply_controls(prompt: Prompt, area: pygame.Rect, unit: float) -> list[Control]:
    """The buttons at the right end of the prompt's area, in the order of its replies."""
    count = len(prompt.replies)
    gap = round(12 * unit)
    room = area.width * (3 if count > 1 else 2) // 5
    small = unit < SMALL_UNIT
    shares = {reply.name: 0.6 if small and isinstance(reply.value, int) else 1.0 for reply in prompt.replies}
    places = row_of(pygame.Rect(area.right - room, area.top, room, area.height), shares, gap // 2 if small else gap)
    return [Control(reply.name, places[reply.name], value=reply.value) for reply in prompt.replies]


def draw_prompt(painter: Painter, prompt: Prompt, area: pygame.Rect, controls: Controls) -> None:
    """The text, and its replies beside it."""
    theme, px = painter.theme, painter.px
    if prompt.loud:
        shapes.box(painter.surface, area, theme.accent, px(RADIUS))
        draw_lines(painter, area.inflate(-px(40), 0), prompt.text, (32, 15), theme.on_accent, "strong", 1)
        return
    buttons = reply_controls(prompt, area, painter.unit)
    room = area.copy()
    if buttons:
        room.width = buttons[0].rect.left - px(8 if painter.unit < SMALL_UNIT else 16) - room.left
    most = 1 if painter.type.width(prompt.text, painter.size(22), "strong") <= room.width else 2
    draw_lines(painter, room, prompt.text, (30, 16), theme.text, "strong", most, "left" if buttons else "center")
    for reply, button in zip(prompt.replies, buttons, strict=True):
        size = 40 if isinstance(reply.value, int) else 24
        primary, state = reply.value is Button.YES, controls.state_of(button.name)
        draw_touch_button(painter, button.rect, reply.label, state, primary=primary, size=size)
