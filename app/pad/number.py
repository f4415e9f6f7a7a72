"""Number view: a number as a row of digits to choose from, and the marks on the paper of its digits and of what is
no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pygame

from app.canvas.ink import SIDE, Page
from app.pad.layout import PadLayout
from app.pad.panel import draw_number_words
from app.session.answer import Answer
from app.ui import shapes
from app.ui.controls import Control, Controls, ControlState
from app.ui.layout import row_of
from app.ui.painter import Painter

if TYPE_CHECKING:
    from model.pictures.patches import Box
    from model.reading.number import Figure

ROW = 0.62  # of the room for the answer; its words lie below
WIDEST = 46.0  # units of one digit's place
SIZES = (64, 56, 48, 40, 34, 28, 22, 16)


def number_area(layout: PadLayout) -> tuple[pygame.Rect, pygame.Rect]:
    """Where the row of digits is, and below it the words."""
    left, top = layout.glyph.left, layout.words.top
    width, height = layout.words.right - left, layout.words.height
    row = pygame.Rect(left, top, width, round(ROW * height))
    return row, pygame.Rect(left, row.bottom, width, height - row.height)


def number_controls(layout: PadLayout, figures: Sequence[Figure]) -> list[Control]:
    """One control a figure, side by side, of equal widths. The value of each is the place of its figure, from 0.

    Signs cannot be chosen: the bars and the corrections are about digits.
    """
    row, _ = number_area(layout)
    row.width = min(row.width, round(WIDEST * layout.unit) * len(figures))
    slots = row_of(row, {f"figure_{place}": 1.0 for place in range(len(figures))}, 0)
    return [
        Control(name, rect, value=place, enabled=not figures[place].sign)
        for place, (name, rect) in enumerate(slots.items())
    ]


def draw_number(
    painter: Painter,
    layout: PadLayout,
    figures: Sequence[Figure],
    chosen: int,
    controls: Controls,
    answer: Answer,
    *,
    asks: bool,
) -> None:
    """The digits, the one at the place `chosen` marked; below them how sure they are, and below that the verdict's row.

    asks: whether that row asks whether the answer was right.
    """
    for place, (figure, control) in enumerate(zip(figures, number_controls(layout, figures), strict=True)):
        state = controls.state_of(control.name)
        _draw_digit(painter, control.rect, figure, state, chosen=place == chosen, strong=answer.strong)
    draw_number_words(painter, number_area(layout)[1], layout, answer, asks=asks)


def _draw_digit(
    painter: Painter, rect: pygame.Rect, figure: Figure, state: ControlState, *, chosen: bool, strong: bool
) -> None:
    """One digit, pale where it is not sure, with a bar below it where it is the chosen one."""
    px, theme = painter.px, painter.theme
    if state.hovered or state.pressed:
        shapes.box(painter.surface, rect, theme.border if state.pressed else theme.hover, px(8))
    if state.focused:
        shapes.outline(painter.surface, rect, theme.accent, px(8), px(2))
    sizes = [px(size) for size in SIZES if px(size) <= rect.height] or [px(SIZES[-1])]
    size, lines = painter.type.fit(figure.text, sizes, "display", rect.width)
    colour = theme.text if strong and figure.sure else theme.quiet
    painter.line(lines[0], rect.center, size, colour, "display", "center")
    if chosen:
        bar = pygame.Rect(0, 0, max(px(14), rect.width // 2), px(4))
        bar.midbottom = (rect.centerx, rect.bottom)
        shapes.box(painter.surface, bar, theme.accent, px(2))


def mark_rects(page: Page, boxes: Iterable[Box], canvas: pygame.Rect) -> list[pygame.Rect]:
    """The boxes of ink in the window, the width of the pen included."""
    if page.picture is not None:
        height, width = page.picture.shape
        scale, rim = canvas.width / max(height, width), 0.0
        across, down = (canvas.width - width * scale) / 2, (canvas.width - height * scale) / 2
    else:
        scale, across, down = canvas.width / SIDE, 0.0, 0.0
        rim = max((stroke.width for stroke in page.strokes), default=0.0) / 2 * scale
    rim += 0.01 * canvas.width
    rects = []
    for box in boxes:
        left, top, wide, high = (side * scale for side in box)
        rect = pygame.Rect(
            round(canvas.left + across + left - rim),
            round(canvas.top + down + top - rim),
            round(wide + 2 * rim),
            round(high + 2 * rim),
        )
        rects.append(rect.clip(canvas))
    return rects


def draw_marks(painter: Painter, rects: Sequence[pygame.Rect], chosen: int) -> None:
    """A frame around each figure on the paper; that of the chosen one is stronger."""
    px, theme = painter.px, painter.theme
    for i, rect in enumerate(rects):
        strong = i == chosen
        colour = theme.accent if strong else theme.bar
        shapes.outline(painter.surface, rect, colour, px(10), px(3) if strong else px(1))


def draw_unread(painter: Painter, rects: Sequence[pygame.Rect]) -> None:
    """A broken frame around ink that belongs to no figure."""
    for rect in rects:
        shapes.broken_outline(painter.surface, rect, painter.theme.against, painter.px(6), painter.px(2))
