"""Text in Inter: fonts by weight and size, and rendered pieces, both kept for the next frame."""

from __future__ import annotations

import io
from collections import OrderedDict
from functools import cache

import pygame

from app.paths import ASSETS
from app.ui.theme import Colour

FILES = {"regular": "Inter-Regular.otf", "strong": "Inter-SemiBold.otf", "display": "InterDisplay-Bold.otf"}
CAPITALS = 0.727  # height of Inter's capitals as a fraction of the size
KEPT_WIDTHS = 2400
KEPT_BYTES = 8 * 2**20  # of rendered pieces: many times what one screen shows
FONTS_KEPT = 24  # a screen takes about ten sizes; each font takes a third of a megabyte and more


class Typeface:
    """Measures and renders text; loads each font when it is first used."""

    def __init__(self) -> None:
        self._fonts: OrderedDict[tuple[str, int], pygame.font.Font] = OrderedDict()
        self._widths: dict[tuple[str, str, int], int] = {}
        self._ascents: dict[tuple[str, int], int] = {}
        self._bytes = 0  # of all pieces
        self._pieces: OrderedDict[tuple[str, str, int, Colour], pygame.Surface] = OrderedDict()

    def font(self, weight: str, size: int) -> pygame.font.Font:
        """The font of a weight ("regular", "strong", "display") at `size` pixels to the em."""
        key = (weight, size)
        font = self._fonts.get(key)
        if font is None:
            pygame.font.init()
            font = pygame.font.Font(io.BytesIO(_outlines(weight)), size)
            self._fonts[key] = font
            if len(self._fonts) > FONTS_KEPT:
                self._fonts.popitem(last=False)
        else:
            self._fonts.move_to_end(key)
        return font

    def width(self, text: str, size: int, weight: str = "regular") -> int:
        """The width of `text` in pixels; known from the last time."""
        key = (text, weight, size)
        if key not in self._widths:
            if len(self._widths) > KEPT_WIDTHS:
                self._widths.clear()
            self._widths[key] = self.font(weight, size).size(text)[0]
        return self._widths[key]

    def render(self, text: str, size: int, weight: str, colour: Colour) -> pygame.Surface:
        """`text` on one line, transparent around."""
        key = (text, weight, size, colour)
        piece = self._pieces.get(key)
        if piece is None:
            piece = self.font(weight, size).render(text, True, colour)  # noqa: FBT003  pygame's own
            self._pieces[key] = piece
            self._bytes += _bytes_of(piece)
            while self._bytes > KEPT_BYTES and len(self._pieces) > 1:
                self._bytes -= _bytes_of(self._pieces.popitem(last=False)[1])
        else:
            self._pieces.move_to_end(key)
        return piece

    def top(self, middle: float, size: int, weight: str) -> int:
        """Where the piece's top goes so that its capitals stand evenly about `middle`."""
        key = (weight, size)
        if key not in self._ascents:  # a piece that is kept needs no font any more
            self._ascents[key] = self.font(weight, size).get_ascent()
        return round(middle + CAPITALS * size / 2 - self._ascents[key])

    def shorten(self, text: str, size: int, weight: str, room: int, *, keep_end: bool = False) -> str:
        """`text` cut to `room` pixels, with an ellipsis in the place of what is left out."""
        if self.width(text, size, weight) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            piece = f"…{text[-middle:]}" if keep_end else f"{text[:middle].rstrip()}…"
            if self.width(piece, size, weight) <= room:
                low = middle
            else:
                high = middle - 1
        return (f"…{text[-low:]}" if keep_end else f"{text[:low].rstrip()}…") if low else "…"

    def wrap(self, text: str, size: int, weight: str, room: int) -> list[str]:
        """`text` broken between words into lines of at most `room` pixels; a longer word stands alone."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, weight) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fit(self, text: str, sizes: list[int], weight: str, room: int, most: int = 1) -> tuple[int, list[str]]:
        """The first of `sizes` (largest first) at which `text` goes into `most` lines of `room` pixels, and the lines.

        Where none is small enough the last size is taken and what is too long is cut with an ellipsis.
        """
        size, lines = sizes[-1], [text]
        for size in sizes:
            lines = self.wrap(text, size, weight, room)
            if len(lines) <= most and all(self.width(line, size, weight) <= room for line in lines):
                return size, lines
        kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        return size, [self.shorten(line, size, weight, room) for line in kept]


@cache
def _outlines(weight: str) -> bytes:
    """A font's file. Read once: a font that is opened by its name keeps a file open, for each size another one."""
    return (ASSETS / "fonts" / FILES[weight]).read_bytes()


def _bytes_of(piece: pygame.Surface) -> int:
    return piece.get_pitch() * piece.get_height()
