"""Notices: short texts at the head of the window, where they cover neither tools nor answer, and go by themselves."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pygame

from app.commands import KEY_CAPS, Command
from app.ui import shapes
from app.ui.painter import Painter

NoticeKind = Literal["info", "warning"]

SECONDS: dict[NoticeKind, float] = {"info": 4.0, "warning": 9.0}  # that a notice stays
OFFER_SECONDS = 8.0  # that a notice stays on which something can be pressed
MOST = 3


@dataclass(frozen=True)
class Offer:
    """What a button on a notice asks for, and its label."""

    command: Command
    label: str


@dataclass(frozen=True)
class Notice:
    """until: the time of the clock, in seconds, at which it goes by itself."""

    text: str
    kind: NoticeKind
    until: float
    offer: Offer | None = None


class NoticePlace(NamedTuple):
    """Where a notice is, its lines of text, and where its button is, if it has one."""

    rect: pygame.Rect
    lines: list[str]
    button: pygame.Rect | None


class Notices:
    """The notices that are up now, the newest last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.items: list[Notice] = []

    def add(self, text: str, kind: NoticeKind = "info", offer: Offer | None = None, *, stays: bool = False) -> Notice:
        """Put a notice up; the same text is not shown twice, and only the newest offer of the same thing.

        stays: until it is removed, or newer ones need its place.
        """
        until = self._clock() + (SECONDS[kind] if offer is None else OFFER_SECONDS)
        notice = Notice(text, kind, math.inf if stays else until, offer)
        kept = [item for item in self.items if item.text != text and (offer is None or item.offer != offer)]
        self.items = [*kept, notice][-MOST:]
        return notice

    def remove(self, notice: Notice) -> None:
        """Take a notice away, if it is up."""
        self.items = [item for item in self.items if item is not notice]

    def withdraw(self, command: Command) -> None:
        """Take away what offers a command."""
        self.items = [item for item in self.items if item.offer is None or item.offer.command is not command]

    def dismiss(self) -> None:
        """Take all notices away."""
        self.items = []

    def update(self) -> None:
        """Take away those whose time is over."""
        if self.due:
            self.items = [item for item in self.items if item.until > self._clock()]

    @property
    def due(self) -> bool:
        """Whether the time of any is over."""
        return any(item.until <= self._clock() for item in self.items)


def place_notices(painter: Painter, size: tuple[int, int], notices: list[Notice]) -> list[NoticePlace]:
    """For each notice where it goes, the oldest uppermost."""
    px = painter.px
    placed = []
    top = px(10)
    for notice in notices:
        beside = 0 if notice.offer is None else _button_width(painter, notice.offer) + px(16)
        room = min(size[0] - px(48), px(620)) - px(76) - beside
        lines = [
            part
            for line in painter.type.wrap(notice.text, painter.size(15), "regular", room)
            for part in _cut(painter, line, room)
        ]
        width = max(painter.type.width(line, painter.size(15)) for line in lines)
        rect = pygame.Rect(0, 0, min(width, room) + px(76) + beside, len(lines) * px(22) + px(26))
        rect.midtop = (size[0] // 2, top)
        top = rect.bottom + px(8)
        button = None
        if beside:
            button = pygame.Rect(0, 0, beside - px(16), rect.height - px(10))
            button.midright = (rect.right - px(8), rect.centery)
        placed.append(NoticePlace(rect, lines, button))
    return placed


def _button_width(painter: Painter, offer: Offer) -> int:
    cap = KEY_CAPS[offer.command][0]
    return painter.type.width(offer.label, painter.size(15), "strong") + painter.px(36) + painter.key_cap_width(cap)


def _cut(painter: Painter, line: str, room: int) -> list[str]:
    """The line, or the pieces of a word that is longer than one, as a path in a small window is."""
    pieces = [""]
    for sign in line:
        if pieces[-1] and painter.type.width(pieces[-1] + sign, painter.size(15)) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def draw_notices(painter: Painter, size: tuple[int, int], notices: list[Notice]) -> None:
    """Dark boxes with an "i" or a "!": the sign, not the colour, marks a warning."""
    px, theme = painter.px, painter.theme
    for (rect, lines, button), notice in zip(place_notices(painter, size, notices), notices, strict=True):
        shapes.box(painter.surface, rect, theme.text, px(14))
        centre = (rect.left + px(30), rect.centery)
        shapes.disc(painter.surface, centre, px(11), theme.card)
        sign = "!" if notice.kind == "warning" else "i"
        painter.text(sign, centre, 14, theme.text, "strong", "center")
        for i, line in enumerate(lines):
            y = rect.top + px(13) + px(22) * (i + 0.5)
            room = (button.left if button is not None else rect.right) - rect.left - px(72)
            painter.text(line, (rect.left + px(54), y), 15, theme.card, room=room)
        if button is not None and notice.offer is not None:
            _draw_offer(painter, button, notice.offer)


def _draw_offer(painter: Painter, button: pygame.Rect, offer: Offer) -> None:
    px, theme = painter.px, painter.theme
    shapes.box(painter.surface, button, theme.card, px(10))
    x = button.left + px(14)
    x += painter.text(offer.label, (x, button.centery), 15, theme.text, "strong") + px(8)
    painter.key_cap(KEY_CAPS[offer.command][0], (x, button.centery))
