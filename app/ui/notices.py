"""Notices: short texts at the head of the window, where they cover neither tools nor answer, and go by themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pygame

from app.ui import shapes
from app.ui.painter import Painter

NoticeKind = Literal["info", "warning"]

SECONDS: dict[NoticeKind, float] = {"info": 4.0, "warning": 9.0}  # that a notice stays
MOST = 3


@dataclass(frozen=True)
class Notice:
    """until: the time of the clock, in seconds, at which it goes."""

    text: str
    kind: NoticeKind
    until: float


class Notices:
    """The notices that are up now, the newest last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.items: list[Notice] = []

    def add(self, text: str, kind: NoticeKind = "info") -> None:
        """Put a notice up; the same text is not shown twice."""
        until = self._clock() + SECONDS[kind]
        kept = [item for item in self.items if item.text != text]
        self.items = [*kept, Notice(text, kind, until)][-MOST:]

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


def place_notices(
    painter: Painter, size: tuple[int, int], notices: list[Notice]
) -> list[tuple[pygame.Rect, list[str]]]:
    """For each notice where it goes and its lines of text, the oldest uppermost."""
    px = painter.px
    room = min(size[0] - px(48), px(620)) - px(76)
    placed = []
    top = px(10)
    for notice in notices:
        lines = [
            part
            for line in painter.type.wrap(notice.text, painter.size(15), "regular", room)
            for part in _cut(painter, line, room)
        ]
        width = max(painter.type.width(line, painter.size(15)) for line in lines)
        rect = pygame.Rect(0, 0, min(width, room) + px(76), len(lines) * px(22) + px(26))
        rect.midtop = (size[0] // 2, top)
        top = rect.bottom + px(8)
        placed.append((rect, lines))
    return placed


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
    for (rect, lines), notice in zip(place_notices(painter, size, notices), notices, strict=True):
        shapes.box(painter.surface, rect, theme.text, px(14))
        centre = (rect.left + px(30), rect.centery)
        shapes.disc(painter.surface, centre, px(11), theme.card)
        sign = "!" if notice.kind == "warning" else "i"
        painter.text(sign, centre, 14, theme.text, "strong", "center")
        for i, line in enumerate(lines):
            y = rect.top + px(13) + px(22) * (i + 0.5)
            painter.text(line, (rect.left + px(54), y), 15, theme.card, room=rect.right - rect.left - px(72))
