"""Bars: ten probabilities on their way to what was read, and how one of them looks lying or upright."""

from __future__ import annotations

import math

import numpy as np
import pygame

from app.ui import shapes
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter

EASE = 0.07  # seconds in which a bar goes 63 % of its way
LOWEST_ROW = 8  # pixels of a row with letters, which are as high as capitals
NEAR = 0.0008  # this near to its end a bar stands still


class Bars:
    """The ten probabilities on their way to what was read last."""

    def __init__(self) -> None:
        self.shown = np.zeros(10)
        self.wanted = np.zeros(10)
        self._calm = False
        self.filled = False  # whether there is anything to show

    def aim(self, probabilities: np.ndarray | None, *, calm: bool = False) -> None:
        """Go to these probabilities (10,), or to empty. calm: with the next update at once."""
        self._calm = calm
        self.filled = probabilities is not None
        self.wanted = np.zeros(10) if probabilities is None else np.asarray(probabilities, float)

    @property
    def moving(self) -> bool:
        """Whether any bar is still on its way."""
        return bool(np.any(self.shown != self.wanted))

    def update(self, seconds: float) -> bool:
        """Move on; whether anything moved."""
        if not self.moving:
            return False
        self.shown = self.shown + (self.wanted - self.shown) * (1 - math.exp(-seconds / EASE))
        if self._calm:
            self.settle()
        self.shown = np.where(np.abs(self.wanted - self.shown) < NEAR, self.wanted, self.shown)
        return True

    def settle(self) -> None:
        """Be there at once."""
        self.shown = self.wanted.copy()


def draw_bar(painter: Painter, row: pygame.Rect, digit: int, probability: float, text: str, *, best: bool) -> None:
    """A row with digit, bar and percentage. probability: 0..1; best: whether it is the one that is read.

    In a row that is too low for letters it is the bar alone, unless it is the best.
    """
    px, theme = painter.px, painter.theme
    weight, colour = ("strong", theme.text) if best else ("regular", theme.quiet)
    size = min(18.0, row.height / painter.unit * 0.62)
    legible = best or row.height >= LOWEST_ROW
    if legible:
        painter.text(str(digit), (row.left + px(9), row.centery), size, colour, weight, "center")
    room = px(46) if row.width < px(200) else px(58)
    if painter.unit < SMALL_UNIT:
        room = px(60)
    high = max(4, min(px(12), row.height // 3))
    track = pygame.Rect(row.left + px(24), row.centery - high // 2, row.width - px(24) - room, high)
    shapes.box(painter.surface, track, theme.track, high // 2)
    length = round(track.width * probability)
    if length:
        fill = pygame.Rect(track.topleft, (max(length, 2), high))
        shapes.box(painter.surface, fill, theme.accent if best else theme.bar, high // 2)
    if legible:
        painter.number(text, (row.right, row.centery), min(13.0, size), colour, weight)


def draw_upright_bar(
    painter: Painter, tile: pygame.Rect, digit: int, probability: float, text: str, *, best: bool
) -> None:
    """The bar, below it the digit and, unless `text` is empty, the percentage."""
    px, theme = painter.px, painter.theme
    weight, colour = ("strong", theme.text) if best else ("regular", theme.quiet)
    foot = px(16 if text else 0)
    middle = tile.bottom - foot - px(8)
    painter.text(str(digit), (tile.centerx, middle), 15 if text else 12, colour, weight, "center")
    if text:
        size, lines = painter.type.fit(text, [painter.size(s) for s in (12, 11, 10)], weight, tile.width + px(6))
        painter.line(lines[0], (tile.centerx, tile.bottom - px(6)), size, colour, weight, "center")
    wide = max(3, min(px(14), tile.width // 2))
    track = pygame.Rect(tile.centerx - wide // 2, tile.top, wide, max(1, middle - px(12) - tile.top))
    shapes.box(painter.surface, track, theme.track, wide // 2)
    length = round(track.height * probability)
    if length:
        high = max(length, 2)
        fill = pygame.Rect(track.left, track.bottom - high, wide, high)
        shapes.box(painter.surface, fill, theme.accent if best else theme.bar, wide // 2)
