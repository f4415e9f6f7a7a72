"""Thumbnails: small pictures of drawings, made when they are first seen, a few in each frame."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
import pygame

from app.ui.grey import grey_surface
from app.ui.theme import Theme, blend
from model.pictures.pen import picture_of

if TYPE_CHECKING:
    from model.pictures.drawing import Drawing

KEPT = 1500
BUDGET = 0.006  # seconds of each frame for making new ones


class Thumbnails:
    """Surfaces by drawing, of which `kept` are kept; `missing` says whether a wanted one is still to be made."""

    def __init__(self, kept: int = KEPT) -> None:
        self.missing = False
        self._kept = kept
        self._made: OrderedDict[int, tuple[Drawing, pygame.Surface]] = OrderedDict()
        self._look: tuple[int, str] = (0, "")
        self._until = 0.0

    def begin(self, side: int, theme: Theme) -> None:
        """Before a frame: pictures of `side` pixels in this theme are wanted."""
        if self._look != (side, theme.name):
            self._look = (side, theme.name)
            self._made.clear()
        self._theme = theme
        self.missing = False
        self._until = time.perf_counter() + BUDGET

    def of(self, drawing: Drawing) -> pygame.Surface | None:
        """The picture of a drawing, or None for now when this frame has no time left to make it."""
        known = self._made.get(id(drawing))
        if known is not None and known[0] is drawing:
            self._made.move_to_end(id(drawing))
            return known[1]
        if time.perf_counter() > self._until:
            self.missing = True
            return None
        surface = picture_surface(drawing, self._look[0], self._theme)
        self._made[id(drawing)] = drawing, surface
        while len(self._made) > self._kept:
            self._made.popitem(last=False)
        return surface


def picture_surface(drawing: Drawing, side: int, theme: Theme) -> pygame.Surface:
    """The drawing in a square of `side` pixels: its aspect kept, centred, with a margin."""
    surface = pygame.Surface((side, side), 0, 32)
    surface.fill(theme.card)
    picture = picture_of(drawing)
    if picture is None:
        return surface
    scale = side * 0.82 / max(picture.shape)
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    mask = pygame.surfarray.pixels3d(pygame.transform.smoothscale(grey_surface(picture), size))[:, :, 0]
    shades = np.array([blend(theme.card, theme.ink, step / 255) for step in range(256)], np.uint8)
    small = pygame.surfarray.make_surface(shades[mask])
    surface.blit(small, ((side - size[0]) // 2, (side - size[1]) // 2))
    return surface
