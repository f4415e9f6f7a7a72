"""Spoken: what the drawing screen says to those who do not see it."""

from __future__ import annotations

from app.commands import KEY_CAPS, Command
from app.messages import Messages
from app.pad.verdict import verdict_text
from app.retraining.card import training_title
from app.retraining.controller import TrainingController
from app.session.answer import Answer
from app.session.session import Session
from app.ui.heard import sentences, spoken_cap


def ink_text(session: Session, messages: Messages) -> str:
    """What is on the paper."""
    page = session.ink.page
    if page.empty:
        return messages("spoken.empty")
    return messages("spoken.strokes", count=len(page.strokes)) if page.strokes else messages("spoken.picture")


def answer_text(answer: Answer, messages: Messages, *, several: bool) -> str:
    """What was read and how sure that is; "" before it was asked for. several: whether its digits stand above it."""
    if not answer.strong:
        return ""
    return sentences((f"{answer.glyph}: {answer.headline}" if several else answer.headline, answer.detail))


def correction_text(session: Session, messages: Messages) -> str:
    """What was said of the answer, and the key that takes it back; else the keys that say what it was."""
    corrections = session.corrections
    if not corrections.open:
        return ""
    verdict, can_confirm = corrections.verdict, corrections.can_confirm
    text = verdict_text(verdict, messages, can_confirm=can_confirm)
    if verdict is not None:
        return sentences((text, messages("spoken.undo", cap=spoken_cap(KEY_CAPS[Command.UNDO][0], messages))))
    return messages("spoken.right", cap=KEY_CAPS[Command.RIGHT][0]) if can_confirm else text


def training_text(training: TrainingController | None, messages: Messages) -> str:
    """How far a training is, and how well its network reads by now."""
    if training is None:
        return ""
    title, measured = training_title(training, messages), training.measured
    if measured is None:
        return title
    return sentences((title, f"{messages('figure.mnist')}: {messages.percent(measured.validation_accuracy)}"))
