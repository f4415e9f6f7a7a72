"""Panel: the answer in words and the ten bars."""

from __future__ import annotations

import math

import numpy as np
import pygame

from app import shapes
from app.answer import Answer, percent
from app.layout import PadLayout
from app.messages import Messages
from app.painter import Painter
from app.theme import Colour

EASE = 0.07  # seconds in which a bar goes 63 % of its way
NEAR = 0.0008  # this near to its end a bar stands still


class Bars:
    """The ten probabilities on their way to what was read last."""

    def __init__(self) -> None:
        self.shown = np.zeros(10)
        self.wanted = np.zeros(10)
        self.filled = False  # whether there is anything to show

    def aim(self, probabilities: np.ndarray | None) -> None:
        """Go to these probabilities (10,), or to empty."""
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
        self.shown = np.where(np.abs(self.wanted - self.shown) < NEAR, self.wanted, self.shown)
        return True

    def settle(self) -> None:
        """Be there at once."""
        self.shown = self.wanted.copy()


def draw_bars(painter: Painter, layout: PadLayout, bars: Bars, best: int | None, messages: Messages) -> None:
    """Ten rows: digit, bar, percentage; the row of the digit `best` is strong."""
    px, theme = painter.px, painter.theme
    for digit, row in enumerate(layout.bars):
        strong = bars.filled and digit == best
        colour, weight = (theme.text, "strong") if strong else (theme.quiet, "regular")
        size = min(16.0, row.height / painter.unit * 0.75)
        painter.text(str(digit), (row.left + px(6), row.centery), size, colour, weight, "center")
        height = max(4, min(px(16), row.height * 5 // 8) // 2 * 2)
        track = pygame.Rect(row.left + px(28), 0, row.width - px(28) - px(66), height)
        track.centery = row.centery
        shapes.box(painter.surface, track, theme.track, height // 2)
        length = round(track.width * float(bars.shown[digit]))
        if length >= 1:
            _fill(painter, track, length, theme.accent if strong else theme.bar)
        if bars.filled:
            text = percent(float(bars.shown[digit]), messages)
            painter.number(text, (row.right, row.centery), min(14.0, size), colour, weight)


def _fill(painter: Painter, track: pygame.Rect, length: int, colour: Colour) -> None:
    """The first `length` pixels of a bar. A sliver is cut from a round end, so it is no longer than it should be."""
    clip = painter.surface.get_clip()
    painter.surface.set_clip(clip.clip((track.left, track.top, length, track.height)))
    part = pygame.Rect(track.left, track.top, max(length, track.height), track.height)
    shapes.box(painter.surface, part, colour, track.height // 2)
    painter.surface.set_clip(clip)


def draw_answer(painter: Painter, layout: PadLayout, answer: Answer) -> None:
    """The large digit, the headline, how sure, and a hint."""
    px, theme = painter.px, painter.theme
    words = layout.words.copy()
    if answer.glyph:
        sizes = [px(size) for size in (104, 88, 72, 60, 50)]
        size, lines = painter.type.fit(answer.glyph, sizes, "display", layout.glyph.width + px(8))
        colour = theme.text if answer.strong else theme.quiet
        painter.line(lines[0], layout.glyph.center, size, colour, "display", "center")
    else:
        words.left, words.width = layout.glyph.left, words.right - layout.glyph.left
    sizes = [painter.size(size) for size in (26, 24, 22, 20, 18, 16)]
    size, headline = painter.type.fit(answer.headline, sizes, "display", words.width, 2)
    blocks = [(line, size, "display", theme.text if answer.strong else theme.quiet) for line in headline]
    detail_colour = theme.accent_text if answer.sure and answer.strong else theme.quiet
    if answer.detail:
        detail_size, lines = painter.type.fit(
            answer.detail, [painter.size(s) for s in (16, 15, 14, 13)], "regular", words.width, 3
        )
        blocks += [(line, detail_size, "regular", detail_colour) for line in lines]
    if answer.hint and len(blocks) <= 2:
        hint_size, lines = painter.type.fit(answer.hint, [painter.size(13)], "regular", words.width, 2)
        blocks += [(line, hint_size, "regular", theme.quiet) for line in lines]
    _stack(painter, words, blocks, len(headline))


def _stack(
    painter: Painter, area: pygame.Rect, blocks: list[tuple[str, int, str, tuple[int, int, int]]], heads: int
) -> None:
    """Lines one below the other, in the middle of `area`'s height; a gap after the first `heads` lines."""
    heights = [round(size * 1.4) for _, size, _, _ in blocks]
    gap = painter.px(5)
    y = area.centery - (sum(heights) + gap) / 2
    for i, ((text, size, weight, colour), height) in enumerate(zip(blocks, heights, strict=True)):
        if i == heads:
            y += gap
        painter.line(text, (area.left, y + height / 2), size, colour, weight)
        y += height
