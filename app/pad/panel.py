"""Panel: the answer in words, the ten bars, and the picture that the network sees."""

from __future__ import annotations

import numpy as np
import pygame

from app.messages import Messages
from app.pad.layout import PadLayout
from app.session.answer import Answer, percent
from app.ui import shapes
from app.ui.bars import Bars
from app.ui.buttons import draw_tick
from app.ui.controls import ControlState
from app.ui.grey import grey_surface
from app.ui.painter import SMALL, Painter
from app.ui.theme import Colour


def draw_bars(
    painter: Painter,
    layout: PadLayout,
    bars: Bars,
    best: int | None,
    states: list[ControlState],
    truth: int | None,
    messages: Messages,
) -> None:
    """Ten rows: digit, bar, percentage; the row of the digit `best` is strong, that of the digit `truth` has a tick."""
    px, theme = painter.px, painter.theme
    for digit, row in enumerate(layout.bars):
        state = states[digit]
        if state.hovered or state.pressed or state.focused:
            around = row.inflate(px(12), 0)
            shapes.box(painter.surface, around, theme.border if state.pressed else theme.hover, px(8))
            shapes.outline(painter.surface, around, theme.accent if state.focused else theme.border, px(8), px(1))
        strong = bars.filled and digit == best
        colour, weight = (theme.text, "strong") if strong or digit == truth else (theme.quiet, "regular")
        size = min(16.0, row.height / painter.unit * 0.75)
        painter.text(str(digit), (row.left + px(6), row.centery), size, colour, weight, "center")
        height = max(4, min(px(16), row.height * 5 // 8) // 2 * 2)
        track = pygame.Rect(row.left + px(28), 0, row.width - px(28) - px(66), height)
        track.centery = row.centery
        shapes.box(painter.surface, track, theme.track, height // 2)
        length = round(track.width * float(bars.shown[digit]))
        if length >= 1:
            _fill(painter, track, length, theme.accent if strong else theme.bar)
        if digit == truth:
            draw_tick(painter, (row.left + px(20), row.centery), theme.accent_text, 0.9)
        if bars.filled:
            text = percent(float(bars.shown[digit]), messages)
            painter.number(text, (row.right, row.centery), min(14.0, size), colour, "strong" if strong else "regular")


def _fill(painter: Painter, track: pygame.Rect, length: int, colour: Colour) -> None:
    """The first `length` pixels of a bar. A sliver is cut from a round end, so it is no longer than it should be."""
    clip = painter.surface.get_clip()
    painter.surface.set_clip(clip.clip((track.left, track.top, length, track.height)))
    part = pygame.Rect(track.left, track.top, max(length, track.height), track.height)
    shapes.box(painter.surface, part, colour, track.height // 2)
    painter.surface.set_clip(clip)


def draw_number_words(painter: Painter, area: pygame.Rect, layout: PadLayout, answer: Answer, *, asks: bool) -> None:
    """How sure all digits of a number are, within `area`, and the hint below it."""
    theme = painter.theme
    colour = theme.accent_text if answer.sure and answer.strong else theme.quiet
    painter.fitted(answer.headline, area, range(17, 10, -1), colour, "strong", most=2)
    if answer.hint and not asks:
        _draw_hint(painter, layout.verdict, answer.hint)


def draw_answer(painter: Painter, layout: PadLayout, answer: Answer, *, asks: bool) -> None:
    """The large digit, the headline, how sure. A hint, or the question whether it was right (`asks`), lies below."""
    px, theme = painter.px, painter.theme
    below = asks or bool(answer.hint)
    glyph, words = layout.glyph, layout.words.copy()
    if not below:
        words.height = layout.verdict.bottom - words.top
        glyph = pygame.Rect(glyph.left, words.top, glyph.width, words.height)
    if answer.glyph:
        sizes = [px(size) for size in (100, 88, 72, 60, 50)]
        size, lines = painter.type.fit(answer.glyph, sizes, "display", glyph.width + px(8))
        colour = theme.text if answer.strong else theme.quiet
        painter.line(lines[0], glyph.center, size, colour, "display", "center")
    else:
        words.left, words.width = glyph.left, words.right - glyph.left
    for largest in (26, 24, 22, 20, 18, 16):
        blocks, heads = _blocks(painter, words.width, answer, largest)
        if _height(painter, blocks) <= words.height:
            break
    _stack(painter, words, blocks, heads)
    if answer.hint and not asks:
        _draw_hint(painter, layout.verdict, answer.hint)


def _draw_hint(painter: Painter, row: pygame.Rect, hint: str) -> None:
    painter.fitted(hint, row, SMALL, painter.theme.quiet)


Block = tuple[str, int, str, Colour]  # a line of text, its size in pixels, weight and colour


def _blocks(painter: Painter, room: int, answer: Answer, largest: int) -> tuple[list[Block], int]:
    """Headline, in at most two lines of a size up to `largest`, and detail; and how many lines are headline."""
    theme = painter.theme
    sizes = [painter.size(size) for size in range(largest, 14, -2)]
    size, headline = painter.type.fit(answer.headline, sizes, "display", room, 2)
    blocks: list[Block] = [(line, size, "display", theme.text if answer.strong else theme.quiet) for line in headline]
    if answer.detail:
        colour = theme.accent_text if answer.sure and answer.strong else theme.quiet
        sizes = [painter.size(s) for s in (16, 15, 14, 13, 12)]
        size, lines = painter.type.fit(answer.detail, sizes, "regular", room, 3 if largest > 16 else 2)
        blocks += [(line, size, "regular", colour) for line in lines]
    return blocks, len(headline)


def _height(painter: Painter, blocks: list[Block]) -> int:
    return sum(round(size * 1.4) for _, size, _, _ in blocks) + painter.px(5)


def _stack(painter: Painter, area: pygame.Rect, blocks: list[Block], heads: int) -> None:
    """Lines one below the other, in the middle of `area`'s height; a gap after the first `heads` lines."""
    y = area.centery - _height(painter, blocks) / 2
    for i, (text, size, weight, colour) in enumerate(blocks):
        if i == heads:
            y += painter.px(5)
        height = round(size * 1.4)
        painter.line(text, (area.left, y + height / 2), size, colour, weight)
        y += height


class Preview:
    """Keeps the enlarged picture until another image comes."""

    def __init__(self) -> None:
        self._image: np.ndarray | None = None
        self._side = 0
        self._surface: pygame.Surface | None = None

    def draw(self, painter: Painter, layout: PadLayout, image: np.ndarray | None, messages: Messages) -> None:
        """The image (28, 28) float32, white on black as the network has it; an empty frame for None."""
        rect, theme, radius = layout.preview, painter.theme, painter.px(8)
        if image is None:
            shapes.box(painter.surface, rect, theme.track, radius)
        else:
            painter.surface.blit(self._enlarged(image, rect.width), rect)
            shapes.round_off(painter.surface, rect, theme.card, radius)
            if theme.is_dark:
                shapes.outline(painter.surface, rect, theme.border, radius, painter.px(1))
        painter.fitted(messages("preview.caption"), layout.caption, (12, 11), theme.quiet, align="right")

    def _enlarged(self, image: np.ndarray, side: int) -> pygame.Surface:
        if self._surface is None or image is not self._image or side != self._side:
            self._surface = pygame.transform.scale(grey_surface(image), (side, side))
            self._image, self._side = image, side
        return self._surface
