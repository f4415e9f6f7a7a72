"""Paragraphs: words over several lines, as large as there is room."""

from __future__ import annotations

import pygame

from app.ui.heard import sentences
from app.ui.painter import Painter

Paragraph = tuple[str, int, str, bool]  # text, size in units, weight, whether quiet

LESS = 7  # units: by so much text may be smaller where room is short
SPACING = 1.4  # of a line, in its text's size


def in_words(paragraphs: list[Paragraph]) -> str:
    """The texts of paragraphs, one after the other."""
    return sentences(text for text, *_ in paragraphs)


def draw_paragraphs(painter: Painter, area: pygame.Rect, paragraphs: list[Paragraph]) -> int:
    """Paragraphs from the top of an area, smaller where they do not fit; without the last where they then still do not.

    Returns where they end.
    """
    for less in range(LESS + 1):
        lines = [
            (line, painter.size(size - less), weight, quiet)
            for text, size, weight, quiet in paragraphs
            for line in painter.type.wrap(text, painter.size(size - less), weight, area.width)
        ]
        high = sum(round(size * SPACING) for _, size, _, _ in lines)
        wide = max((painter.type.width(line, size, weight) for line, size, weight, _ in lines), default=0)
        if high <= area.height and wide <= area.width:
            break
    else:
        if len(paragraphs) > 1 and high > area.height:
            return draw_paragraphs(painter, area, paragraphs[:-1])
    y = area.top
    for line, size, weight, quiet in lines:
        height = round(size * SPACING)
        colour = painter.theme.quiet if quiet else painter.theme.text
        text = painter.type.shorten(line, size, weight, area.width)
        painter.line(text, (area.left, y + height / 2), size, colour, weight)
        y += height
    return y


def paragraphs_fit(painter: Painter, area: pygame.Rect, paragraphs: list[Paragraph]) -> bool:
    """Whether all of them go into an area, at the smallest size at which they are drawn."""
    high = 0
    for text, size, weight, _ in paragraphs:
        pixels = painter.size(size - LESS)
        lines = painter.type.wrap(text, pixels, weight, area.width)
        if any(painter.type.width(line, pixels, weight) > area.width for line in lines):
            return False
        high += len(lines) * round(pixels * SPACING)
    return high <= area.height
