"""Chart pen: draws the charts of model/charts on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from app.messages import Messages
from app.ui import shapes
from app.ui.painter import Painter
from app.ui.theme import Colour, blend
from model.charts.pen import Align, Box, Ink, Place
from model.charts.words import ChartWords

LINE = 1.36  # from line to line, in sizes


class ChartPen:
    """A Pen with the theme and the typeface of a painter."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter

    @property
    def unit(self) -> float:
        """Pixels to a unit."""
        return self._painter.unit

    def line(self, places: Sequence[Place], ink: Ink, width: float) -> None:
        """See Pen."""
        pixels = max(1, round(width * self.unit))
        if len(places) == 2 and pixels == 1 and (places[0][0] == places[1][0] or places[0][1] == places[1][1]):
            pygame.draw.line(self._painter.surface, self._colour(ink), places[0], places[1])
            return
        draw_line(self._painter.surface, places, self._colour(ink), width * self.unit)

    def box(self, box: Box, ink: Ink, strength: float = 1.0) -> None:
        """See Pen."""
        self._painter.surface.fill(blend(self._painter.theme.card, self._colour(ink), strength), _rect(box))

    def frame(self, box: Box, ink: Ink, width: float) -> None:
        """See Pen."""
        pygame.draw.rect(self._painter.surface, self._colour(ink), _rect(box), self._painter.px(width))

    def disc(self, centre: Place, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        """See Pen."""
        painter, colour = self._painter, self._colour(ink)
        if hollow:
            shapes.disc(painter.surface, centre, painter.px(radius), painter.theme.card)
            shapes.ring(painter.surface, centre, painter.px(radius), colour, max(1.0, 1.5 * self.unit))
        else:
            shapes.disc(painter.surface, centre, painter.px(radius), colour)

    def text(
        self, text: str, place: Place, size: float, ink: Ink, align: Align = "left", *, strong: bool = False
    ) -> None:
        """See Pen."""
        self._painter.text(text, place, size, self._colour(ink), "strong" if strong else "regular", align)

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """See Pen."""
        painter = self._painter
        return float(painter.type.width(text, painter.size(size), "strong" if strong else "regular"))

    def height(self, size: float) -> float:
        """See Pen."""
        return self._painter.size(size) * LINE

    def _colour(self, ink: Ink) -> Colour:
        theme = self._painter.theme
        return {
            "text": theme.text,
            "quiet": theme.quiet,
            "grid": theme.border,
            "base": theme.bar,
            "first": theme.accent_text,
            "second": theme.against,
        }[ink]


def chart_words(messages: Messages) -> ChartWords:
    """What stands on charts, in the person's language."""
    return ChartWords(
        training=messages("curve.training"),
        validation=messages("curve.validation"),
        loss=messages("figure.loss"),
        loss_curve=messages("curve.loss"),
        accuracy=messages("axis.accuracy"),
        accuracy_curve=messages("curve.accuracy"),
        truth=f"↓ {messages('matrix.truth')}",
        answer=f"{messages('matrix.answer')} →",
        number=messages.number,
        percent=messages.percent,
        epochs=lambda count: messages("axis.epochs", count=count),
    )


def draw_line(surface: pygame.Surface, places: Sequence[Place], colour: Colour, width: float) -> None:
    """A line through places in pixels, with smooth edges."""
    if len(places) < 2:
        return
    offsets = np.linspace(-(width - 1) / 2, (width - 1) / 2, max(1, round(width))).tolist()
    shifts = [(0.0, offset) for offset in offsets] + [(offset, 0.0) for offset in offsets if offset]
    for right, down in shifts:  # both ways, so that steep pieces are as thick as level ones
        pygame.draw.aalines(surface, colour, closed=False, points=[(x + right, y + down) for x, y in places])


def _rect(box: Box) -> pygame.Rect:
    left, top = round(box.left), round(box.top)
    return pygame.Rect(left, top, max(1, round(box.right) - left), max(1, round(box.bottom) - top))
