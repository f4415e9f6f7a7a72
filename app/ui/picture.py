"""Pictures of 28 x 28 pixels, large, small and tinted, as surfaces."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame
from PIL import Image

from app.ui.painter import Painter
from app.ui.theme import Colour, blend


def draw_picture(painter: Painter, rect: pygame.Rect, picture: np.ndarray, ground: Colour | None = None) -> None:
    """A picture (28, 28) uint8, ink 255, in a square; its pixels have sharp edges."""
    theme = painter.theme
    surface = pygame.surfarray.make_surface(_shades(ground or theme.card, theme.ink)[picture.T])
    painter.surface.blit(pygame.transform.scale(surface, rect.size), rect)


def as_bytes(picture: np.ndarray) -> np.ndarray:
    """A picture of floats 0..1 as uint8 0..255."""
    return np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def tinted(picture: np.ndarray, side: int, colour: Colour) -> pygame.Surface:
    """A picture (28, 28) uint8, ink 255, of `side` pixels: its ink in one colour, transparent where there is none."""
    small = Image.fromarray(picture).resize((side, side), Image.Resampling.BILINEAR)
    surface = pygame.Surface((side, side), pygame.SRCALPHA, 32)
    surface.fill((*colour, 0))
    pygame.surfarray.pixels_alpha(surface)[:] = np.asarray(small).T
    return surface


@lru_cache(maxsize=8)
def _shades(ground: Colour, ink: Colour) -> np.ndarray:
    """(256, 3) uint8: from paper to ink."""
    return np.array([blend(ground, ink, step / 255) for step in range(256)], np.uint8)
