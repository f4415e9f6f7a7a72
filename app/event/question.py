"""Question: what a visitor is asked about an answer, and the buttons that reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app.event.widgets import RADIUS, draw_lines, draw_touch_button
from app.ui import shapes
from app.ui.controls import Controls
from app.ui.painter import Painter

if TYPE_CHECKING:
    from app.event.visit import Visit
    from app.messages import Messages
    from model.reading.reader import Reading

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """replies: name and label of each button; a digit's name tells that digit. loud: an invitation, on the accent."""

    text: str
    replies: tuple[tuple[str, str], ...] = ()
    loud: bool = False


def question_of(visit: Visit, reading: Reading | None, messages: Messages) -> Question | None:
    """What there is to ask or to say now; None before there is an answer."""
    if not visit.answered or reading is None or reading.digit is None:
        return None
    if visit.truth is not None:
        said = reading.digit if reading.is_digit else None
        key = "event.thanks" if said in (None, visit.truth) else "event.thanks.wrong"
        return Question(messages(key, digit=visit.truth, said=said))
    if not reading.is_digit:
        return Question(messages("event.was_digit"), ((NO, messages("event.it_was")),))
    if not reading.sure:
        options = tuple((str(digit), str(digit)) for digit in (reading.digit, reading.runner_up))
        return Question(messages("event.which"), (*options, (NO, messages("event.other"))))
    return Question(messages("event.right"), ((YES, messages("event.yes")), (NO, messages("event.no"))))


def reply_places(question: Question, area: pygame.Rect, unit: float) -> list[pygame.Rect]:
    """The buttons at the right end of the question's area."""
    count = len(question.replies)
    gap = round(12 * unit)
    room = area.width * (3 if count > 1 else 2) // 5
    width = (room - gap * (count - 1)) // max(count, 1)
    left = area.right - room
    return [pygame.Rect(left + i * (width + gap), area.top, width, area.height) for i in range(count)]


def draw_question(painter: Painter, question: Question, area: pygame.Rect, controls: Controls) -> None:
    """The question, and its replies beside it."""
    theme, px = painter.theme, painter.px
    if question.loud:
        shapes.box(painter.surface, area, theme.accent, px(RADIUS))
        draw_lines(painter, area.inflate(-px(40), 0), question.text, (32, 15), theme.on_accent, "strong", 1)
        return
    places = reply_places(question, area, painter.unit)
    room = area.copy()
    if places:
        room.width = places[0].left - px(16) - room.left
    most = 1 if painter.type.width(question.text, painter.size(22), "strong") <= room.width else 2
    draw_lines(painter, room, question.text, (30, 16), theme.text, "strong", most, "left" if places else "center")
    for (name, label), place in zip(question.replies, places, strict=True):
        size = 40 if name.isdigit() else 24
        draw_touch_button(painter, place, label, controls.state_of(name), primary=name == YES, size=size)
