"""Card dialog: what is known of a network: what it learned from and how, how well it reads, and what it confuses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app.input import Key
from app.messages import Messages, duration_text
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard, sentences
from app.ui.painter import SMALLEST_TEXT, SPACING, Painter
from app.ui.screen import Action

if TYPE_CHECKING:
    from model.training.card import Card

LABEL, LINE, SPACE = 22.0, 21.0, 12.0  # units: heights of a label, of a line below it, and the space to the next
SIZES = 14.0, 13.0, 12.0, 11.0  # units, of the text
LETTER = 0.56  # width of a letter in sizes: a little more than most texts have


@dataclass(frozen=True)
class Fact:
    """A label, and below it a text."""

    label: str
    text: str

    def lines(self, width: int, unit: float) -> int:
        """How many lines of so many pixels the text may take."""
        letter = LETTER * max(SMALLEST_TEXT, SIZES[0] * unit)
        return max(1, math.ceil(len(self.text) * letter / width))


class CardDialog(Dialog):
    """Facts one below the other, which scroll where the window is low."""

    width, height, foot = 640.0, 610.0, 0.0
    title = "card.title"

    def __init__(self, context: Context, name: str, card: Card) -> None:
        super().__init__(context)
        self.name = name
        self.card = card
        self.facts: list[Fact] = []
        self._places: list[pygame.Rect] = []  # from the top left of what scrolls

    def refresh(self) -> None:
        """Lay the facts out."""
        self.facts = facts_of(self.name, self.card, self.context.messages)
        unit, body = self.layout.unit, self.layout.body
        self._places, top = [], 0
        for fact in self.facts:
            high = round((LABEL + LINE * fact.lines(body.width, unit)) * unit)
            self._places.append(pygame.Rect(0, top, body.width, high))
            top += high + round(SPACE * unit)
        self.scroller.fit(body, top, unit, round(60 * unit))
        super().refresh()

    def controls_now(self) -> list[Control]:
        """None but the cross."""
        return []

    def handle_key(self, key: Key) -> Action:
        """Arrows and page keys scroll."""
        page = self.layout.body.height
        steps = {pygame.K_DOWN: 60, pygame.K_UP: -60, pygame.K_PAGEDOWN: page, pygame.K_PAGEUP: -page}
        if key.down and key.code in steps:
            self.scroller.by(steps[key.code])
            return None
        return super().handle_key(key)

    @property
    def heard(self) -> Heard:
        """All of it."""
        return Heard({**super().heard.texts, "card": sentences(f"{fact.label}: {fact.text}" for fact in self.facts)})

    def draw_content(self, painter: Painter) -> None:
        """The facts that are in sight."""
        theme, px = painter.theme, painter.px
        with self.scroller.clipped(painter):
            for fact, place in zip(self.facts, self._places, strict=True):
                rect = self.scroller.placed(place)
                if not rect.colliderect(self.layout.body):
                    continue
                painter.text(fact.label, (rect.left, rect.top + px(LABEL) / 2), 12, theme.quiet, "strong")
                area = pygame.Rect(rect.left, rect.top + px(LABEL), rect.width, rect.height - px(LABEL))
                most = fact.lines(area.width, painter.unit)
                sizes = [painter.size(size) for size in SIZES]
                pixels, lines = painter.type.fit(fact.text, sizes, "regular", area.width, most)
                area.height = round(pixels * SPACING) * len(lines)
                painter.lines(lines, area, pixels, theme.text)
        self.scroller.draw_bar(painter)


def facts_of(name: str, card: Card, messages: Messages) -> list[Fact]:
    """What is known, in words."""
    unknown = messages("card.unknown")
    parameters = messages("card.parameters", count=card.parameters)
    return [
        Fact(name, parameters),
        Fact(messages("card.learned_from"), _sources(card, messages) or unknown),
        Fact(messages("card.how"), _training(card, messages) or unknown),
        Fact(messages("card.reads"), _accuracies(card, messages) or unknown),
        Fact(messages("card.digits"), _digits(card, messages) or unknown),
        Fact(messages("card.worst"), _worst(card, messages) or messages("card.none")),
        Fact(messages("card.confused"), _confusions(card, messages) or messages("card.none")),
    ]


def _sources(card: Card, messages: Messages) -> str:
    parts = []
    for kind, count in card.sources:
        word = messages(f"card.{kind}")
        parts.append(word if count is None else f"{word}\u00a0({messages.number(count)})")
    return ", ".join([messages("card.continued")] * card.continued + parts) if parts else ""


def _training(card: Card, messages: Messages) -> str:
    epochs = messages("axis.epochs", count=card.epochs) if card.epochs is not None else ""
    seconds = duration_text(card.seconds, messages) if card.seconds is not None else ""
    return " · ".join(part for part in (card.command, epochs, seconds, card.trained) if part)


def _accuracies(card: Card, messages: Messages) -> str:
    known = (("card.validation", card.validation_accuracy), ("card.test", card.test_accuracy))
    return ", ".join(messages(key, share=messages.percent(share, 2)) for key, share in known if share is not None)


def _digits(card: Card, messages: Messages) -> str:
    shares = enumerate(card.per_digit)
    return ",  ".join(f"{digit}:\u00a0{messages.percent(share)}" for digit, share in shares if share is not None)


def _worst(card: Card, messages: Messages) -> str:
    return ", ".join(f"{digit}\u00a0({messages.percent(share)})" for digit, share in card.worst)


def _confusions(card: Card, messages: Messages) -> str:
    return ", ".join(
        messages("card.as", truth=truth, answer=answer, count=count).replace(" ", "\u00a0")
        for truth, answer, count in card.confusions
    )
