"""Overlays on the drawing: where the network's picture is on the paper, tinted ink, and where signs go."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame
from PIL import Image

from app.canvas.ink import SIDE, Page
from app.ui.theme import Colour, blend
from model.constants import SIDE as PIXELS
from model.explanation.introspection import Field
from model.explanation.network_input import NetworkInput

FULL = 0.7  # of the greatest value: from here on the colour is full
ZERO = 128  # levels from here on are positive
BAND = 64  # rows of pixels that are coloured at once: large arrays for a moment leave holes in memory
EDGE, STEEP = 32, 6  # of ink to add: the level above zero where it begins, and how soon it is opaque


def frame_on_paper(network_input: NetworkInput | None, page: Page, paper: pygame.Rect) -> pygame.Rect | None:
    """Where the network's picture of a page lies in the window; None without ink and for a mere dot."""
    if network_input is None or network_input.frame is None:
        return None
    if page.picture is None:
        frame = network_input.frame.moved(paper.width / SIDE, paper.topleft)
    else:  # as the canvas fits it in
        height, width = page.picture.shape
        scale = paper.width / max(height, width)
        shift = (paper.left + (paper.width - width * scale) / 2, paper.top + (paper.height - height * scale) / 2)
        frame = network_input.frame.moved(scale, shift)
    return pygame.Rect(round(frame.left), round(frame.top), round(frame.width), round(frame.height))


def part_of(picture: pygame.Rect, field: Field) -> pygame.Rect:
    """A field of the network's picture where that picture is in the window."""
    left, right = (picture.left + x * picture.width / PIXELS for x in (field.left, field.right))
    top, bottom = (picture.top + y * picture.height / PIXELS for y in (field.top, field.bottom))
    return pygame.Rect(round(left), round(top), round(right) - round(left), round(bottom) - round(top))


def peaks(values: np.ndarray, most: int, apart: int, least: float) -> list[tuple[int, int]]:
    """Places (row, column) of the greatest values (h, w): at least `least` of the greatest, and so many cells apart."""
    greatest = float(values.max())
    if greatest <= 0:
        return []
    found: list[tuple[int, int]] = []
    for place in np.argsort(-values, axis=None, kind="stable"):
        row, column = divmod(int(place), values.shape[1])
        if len(found) == most or values[row, column] < least * greatest:
            break
        if all(max(abs(row - r), abs(column - c)) >= apart for r, c in found):
            found.append((row, column))
    return found


class Tint:
    """A picture to lie over a square paper of `side` pixels; `rect` of `surface` is what to blit there."""

    def __init__(self, side: int) -> None:
        self.surface = pygame.Surface((side, side), pygame.SRCALPHA, 32)
        self.rect = pygame.Rect(0, 0, 0, 0)
        self._levels = np.empty((side, side), np.uint8)

    def show(
        self,
        values: np.ndarray,
        frame: pygame.Rect,
        ink: np.ndarray,
        ground: Colour,
        colours: tuple[Colour, Colour],
        *,
        adds: bool,
    ) -> None:
        """Ink (side, side) uint8 in the colour `ground`, and over it positive and negative values in theirs.

        values (28, 28) lie at `frame` on the paper. adds: positive values are ink that is not there yet, so they are
        not kept to the ink, and are as sharp as a pen.
        """
        wanted = _bounds(ink).union(frame) if adds else _bounds(ink)
        self.rect = wanted.clip(self.surface.get_rect())
        self._spread(values, frame)
        table = _table(ground, colours, adds=adds)
        added = np.clip((np.arange(256) - ZERO - EDGE) * STEEP, 0, 255).astype(np.uint8) if adds else None
        shift = np.uint32(self.surface.get_shifts()[3])
        pixels = pygame.surfarray.pixels2d(self.surface).T
        for top in range(self.rect.top, self.rect.bottom, BAND):
            part = slice(top, min(top + BAND, self.rect.bottom)), slice(self.rect.left, self.rect.right)
            levels, cover = self._levels[part], ink[part]
            if added is not None:
                cover = np.maximum(cover, added[levels])
            pixels[part] = table[levels] | (cover.astype(np.uint32) << shift)

    def _spread(self, values: np.ndarray, frame: pygame.Rect) -> None:
        """Put values (28, 28) as levels about ZERO where frame lies, smoothly enlarged, as far as it is shown."""
        most = FULL * max(float(np.abs(values).max()), 1e-9)
        small = np.rint(ZERO + 127 * np.clip(values / most, -1, 1)).astype(np.uint8)
        self._levels[:] = ZERO
        part = frame.clip(self.rect)
        if not part.size[0] or not part.size[1]:
            return
        pixel = frame.width / values.shape[1], frame.height / values.shape[0]
        left, top = (part.left - frame.left) / pixel[0], (part.top - frame.top) / pixel[1]
        box = left, top, left + part.width / pixel[0], top + part.height / pixel[1]
        large = Image.fromarray(small).resize(part.size, Image.Resampling.BICUBIC, box)
        self._levels[part.top : part.bottom, part.left : part.right] = np.asarray(large)


def _bounds(ink: np.ndarray) -> pygame.Rect:
    """The smallest box around all that is not 0."""
    left, top, right, bottom = Image.fromarray(ink).getbbox() or (0, 0, 0, 0)
    return pygame.Rect(left, top, right - left, bottom - top)


@lru_cache(maxsize=8)
def _table(ground: Colour, colours: tuple[Colour, Colour], *, adds: bool) -> np.ndarray:
    """(256,) uint32: the colour of every level, transparent."""
    surface = pygame.Surface((1, 1), pygame.SRCALPHA, 32)
    mapped = []
    for level in range(256):
        strength = (level - ZERO) / 127
        if adds and strength > 0:  # its edge is in its opacity
            colour = colours[0] if level > ZERO + EDGE else ground
        else:
            colour = blend(ground, colours[0 if strength > 0 else 1], min(abs(strength), 1.0))
        mapped.append(surface.map_rgb((*colour, 0)))
    return np.array(mapped, np.uint32)
