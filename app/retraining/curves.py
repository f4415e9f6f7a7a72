"""Curves: how loss and accuracy went so far, as two lines with marks of different shape."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from app.messages import Messages
from app.ui import shapes
from app.ui.painter import Painter
from app.ui.theme import Colour

MOST_POINTS = 160

Points = Sequence[tuple[float, float]]


def draw_curves(
    painter: Painter, area: pygame.Rect, loss: Points, accuracy: Points, end: float, messages: Messages
) -> None:
    """Loss (x: step; y: from 0 up) and accuracy (x: step; y: 0..1) over steps from 0 to `end`, named where they end."""
    px, theme = painter.px, painter.theme
    label = max(painter.type.width(messages(f"curve.{name}"), painter.size(12)) for name in ("loss", "accuracy"))
    plot = pygame.Rect(area.left, area.top, area.width - label - px(14), area.height)
    for share in (0.0, 0.5, 1.0):
        y = plot.bottom - 1 - round(share * (plot.height - 1))
        painter.surface.fill(theme.border if share else theme.bar, (plot.left, y, plot.width, 1))
    highest = max((y for _, y in loss), default=1.0)
    lines = (
        ("loss", [(x, y / max(highest, 1e-6)) for x, y in loss], theme.quiet, 2.0),
        ("accuracy", list(accuracy), theme.accent_text, 3.0),
    )
    ends: list[tuple[str, float, Colour]] = []
    for name, points, colour, width in lines:
        if points:
            places = _places(plot, points, end)
            draw_line(painter.surface, places, colour, width * painter.unit)
            ends.append((name, places[-1][1], colour))
            if name == "accuracy":
                shapes.disc(painter.surface, places[-1], px(4), colour)
            else:
                shapes.ring(painter.surface, places[-1], px(4), colour, max(1.0, 1.5 * painter.unit))
    _draw_names(painter, plot, ends, messages)


def _places(plot: pygame.Rect, points: Points, end: float) -> list[tuple[float, float]]:
    """Points in pixels, at most MOST_POINTS of them."""
    chosen = list(points)
    if len(chosen) > MOST_POINTS:
        indices = np.linspace(0, len(chosen) - 1, MOST_POINTS).round().astype(int)
        chosen = [chosen[i] for i in indices]
    wide, high = plot.width - 1, plot.height - 1
    return [
        (plot.left + wide * min(x / max(end, 1), 1.0), plot.bottom - 1 - high * min(max(y, 0.0), 1.0))
        for x, y in chosen
    ]


def draw_line(surface: pygame.Surface, places: list[tuple[float, float]], colour: Colour, width: float) -> None:
    """A line through places in pixels, with smooth edges."""
    if len(places) < 2:
        return
    offsets = np.linspace(-(width - 1) / 2, (width - 1) / 2, max(1, round(width)))
    for offset in offsets:
        pygame.draw.aalines(surface, colour, False, [(x, y + float(offset)) for x, y in places])


def _draw_names(painter: Painter, plot: pygame.Rect, ends: list[tuple[str, float, Colour]], messages: Messages) -> None:
    """The names of the lines at their right, apart from each other."""
    apart = painter.px(16)
    ys = [min(max(y, plot.top + apart / 2), plot.bottom - apart / 2) for _, y, _ in ends]
    if len(ys) == 2 and abs(ys[0] - ys[1]) < apart:
        middle, up = (ys[0] + ys[1]) / 2, 1 if ys[0] < ys[1] else -1
        middle = min(max(middle, plot.top + apart), plot.bottom - apart)
        ys = [middle - up * apart / 2, middle + up * apart / 2]
    for (name, _, colour), y in zip(ends, ys, strict=True):
        painter.text(messages(f"curve.{name}"), (plot.right + painter.px(12), y), 12, colour)
