"""Painter: a surface with the theme, the typeface and the unit of size; what screens draw with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pygame

from app.ui import shapes
from app.ui.theme import Colour, Theme
from app.ui.typeface import Typeface

SMALLEST_TEXT = 11  # pixels
SPACING = 1.3  # from line to line, in sizes
BODY, SMALL = (15, 14, 13), (13, 12, 11)  # sizes in units, the first that has room is taken


class Painter:
    """Draws cards, text and key caps in one look. Lengths are given in units: 1 is a pixel in a 1180x720 window."""

    def __init__(self, surface: pygame.Surface, theme: Theme, type_: Typeface, unit: float) -> None:
        self.surface = surface
        self.theme = theme
        self.type = type_
        self.unit = unit

    def shows(self, *rects: pygame.Rect) -> bool:
        """Whether any of these meets the part that is drawn now: the surface's clip."""
        return self.surface.get_clip().collidelist(rects) >= 0

    @contextmanager
    def clipped(self, rect: pygame.Rect) -> Iterator[None]:
        """Draw only within `rect`, and within what the surface was clipped to before."""
        before = self.surface.get_clip()
        self.surface.set_clip(before.clip(rect))
        try:
            yield
        finally:
            self.surface.set_clip(before)

    def px(self, units: float) -> int:
        """A length in whole pixels, at least one."""
        return max(1, round(units * self.unit))

    def size(self, units: float) -> int:
        """A text size in whole pixels: never so small that it cannot be read."""
        return max(SMALLEST_TEXT, round(units * self.unit))

    def card(self, rect: pygame.Rect, radius: float = 16, fill: Colour | None = None) -> None:
        """A quiet box with a thin border."""
        shapes.box(self.surface, rect, fill or self.theme.card, self.px(radius))
        shapes.outline(self.surface, rect, self.theme.border, self.px(radius), self.px(1))

    def text(
        self,
        text: str,
        place: tuple[float, float],
        size: float,
        colour: Colour | None = None,
        weight: str = "regular",
        align: str = "left",
        room: int | None = None,
        *,
        keep_end: bool = False,
    ) -> int:
        """One line of text; the y of `place` is the middle of its capitals. Returns its width in pixels."""
        pixels = self.size(size)
        if room is not None:
            text = self.type.shorten(text, pixels, weight, room, keep_end=keep_end)
        return self.line(text, place, pixels, colour or self.theme.text, weight, align)

    def line(
        self, text: str, place: tuple[float, float], pixels: int, colour: Colour, weight: str, align: str = "left"
    ) -> int:
        """As `text`, with the size in pixels."""
        piece = self.type.render(text, pixels, weight, colour)
        width = piece.get_width()
        left = place[0] - {"left": 0, "center": width / 2, "right": width}[align]
        self.surface.blit(piece, (round(left), self.type.top(place[1], pixels, weight)))
        return width

    def fitted(
        self,
        text: str,
        area: pygame.Rect,
        sizes: Iterable[float],
        colour: Colour | None = None,
        weight: str = "regular",
        align: str = "left",
        *,
        most: int = 1,
        spacing: float = SPACING,
    ) -> int:
        """Text in at most `most` lines in the middle of an area, in the first of `sizes` (units) that has room.

        Where none has, the last is taken, and what is too long is cut. Returns the width of the widest line in pixels.
        """
        pixels, lines = self.type.fit(text, [self.size(size) for size in sizes], weight, area.width, most)
        return self.lines(lines, area, pixels, colour, weight, align, spacing=spacing)

    def lines(
        self,
        lines: Sequence[str],
        area: pygame.Rect,
        pixels: int,
        colour: Colour | None = None,
        weight: str = "regular",
        align: str = "left",
        *,
        spacing: float = SPACING,
    ) -> int:
        """Lines one below the other in the middle of an area's height, of a size in pixels.

        spacing: from line to line, in sizes. Returns the width of the widest line in pixels.
        """
        x = {"left": area.left, "center": area.centerx, "right": area.right}[align]
        step = round(pixels * spacing)
        top = area.centery - (len(lines) - 1) / 2 * step
        colour = colour or self.theme.text
        places = ((line, (x, top + i * step)) for i, line in enumerate(lines))
        return max((self.line(line, place, pixels, colour, weight, align) for line, place in places), default=0)

    def number(self, text: str, place: tuple[float, float], size: float, colour: Colour, weight: str) -> None:
        """A number that changes, its right end at `place`: every digit is given the same room, so that none jumps."""
        pixels = self.size(size)
        cell = max(self.type.width(digit, pixels, weight) for digit in "0123456789")
        x = place[0]
        for sign in reversed(text):
            width = cell if sign.isdigit() else self.type.width(sign, pixels, weight)
            x -= width
            self.line(sign, (x + width / 2, place[1]), pixels, colour, weight, "center")

    def key_cap(self, label: str, place: tuple[float, float], align: str = "left", ghost: Colour | None = None) -> int:
        """A small key with `label` on it; y is its middle. `ghost`: its colour on a strong fill. Returns its width."""
        width, height = self.key_cap_width(label), self.px(20)
        left = round(place[0] - {"left": 0, "center": width / 2, "right": width}[align])
        rect = pygame.Rect(left, round(place[1] - height / 2), width, height)
        if ghost is None:
            shapes.box(self.surface, rect, self.theme.card, self.px(5))
        shapes.outline(self.surface, rect, ghost or self.theme.border, self.px(5), self.px(1))
        self.text(label, rect.center, 11, ghost or self.theme.quiet, align="center")
        return width

    def key_cap_width(self, label: str) -> int:
        """The width of a key cap in pixels."""
        return max(self.px(20), self.type.width(label, self.size(11)) + self.px(12))

    def focus_ring(self, rect: pygame.Rect, radius: float) -> None:
        """The sign that the keyboard is here: a strong line with a gap round it."""
        gap = self.px(3)
        shapes.outline(
            self.surface, rect.inflate(2 * gap, 2 * gap), self.theme.accent, self.px(radius) + gap, self.px(2)
        )
