"""What lies over the drawing: where the network's picture is on the paper, tints of the ink, and where signs go."""

from __future__ import annotations

import numpy as np
import pygame

from app.ink import SIDE, Page
from app.theme import Colour
from model.inside import Field
from model.normalize import SIDE as PIXELS
from model.sight import Sight

FULL = 0.7  # of the greatest value: from here on the colour is full


def frame_on_paper(sight: Sight | None, page: Page, paper: pygame.Rect) -> pygame.Rect | None:
    """Where the network's picture of a page lies in the window; None without ink and for a mere dot."""
    if sight is None or sight.frame is None:
        return None
    if page.picture is None:
        frame = sight.frame.moved(paper.width / SIDE, paper.topleft)
    else:  # as the canvas fits it in
        height, width = page.picture.shape
        scale = paper.width / max(height, width)
        shift = (paper.left + (paper.width - width * scale) / 2, paper.top + (paper.height - height * scale) / 2)
        frame = sight.frame.moved(scale, shift)
    return pygame.Rect(round(frame.left), round(frame.top), round(frame.width), round(frame.height))


def part_of(picture: pygame.Rect, field: Field) -> pygame.Rect:
    """A field of the network's picture where that picture is in the window."""
    left, right = (picture.left + x * picture.width / PIXELS for x in (field.left, field.right))
    top, bottom = (picture.top + y * picture.height / PIXELS for y in (field.top, field.bottom))
    return pygame.Rect(round(left), round(top), round(right) - round(left), round(bottom) - round(top))


def tinted(
    values: np.ndarray, frame: pygame.Rect, ink: np.ndarray, ground: Colour, colours: tuple[Colour, Colour], adds: bool
) -> pygame.Surface:
    """Ink (side, side) uint8 in the colour `ground`, and over it positive and negative values in theirs.

    values (28, 28) lie at `frame` on the ink's square. adds: positive values are ink that is not there yet, so they
    are not kept to the ink.
    """
    side = len(ink)
    surface = _flat(side, ground, ink)
    most = FULL * max(float(np.abs(values).max()), 1e-9)
    for sign, colour in zip((1, -1), colours, strict=True):
        cover = _spread(np.clip(sign * values / most, 0, 1), frame, side)
        if adds and sign > 0:
            cover = (np.clip(cover, 64, 149) - np.uint8(64)) * np.uint8(3)  # as sharp as a pen
        else:
            cover = (cover.astype(np.uint16) * ink // 255).astype(np.uint8)
        surface.blit(_flat(side, colour, cover), (0, 0))
    return surface


def _flat(side: int, colour: Colour, cover: np.ndarray) -> pygame.Surface:
    """One colour, as opaque as cover (side, side) uint8 says."""
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    surface.fill(colour)
    pygame.surfarray.pixels_alpha(surface)[:] = cover.T
    return surface


def _spread(values: np.ndarray, frame: pygame.Rect, side: int) -> np.ndarray:
    """(28, 28) in 0..1 as (side, side) uint8 where frame lies, smoothly enlarged."""
    grey = np.rint(values * 255).astype(np.uint8)
    small = pygame.surfarray.make_surface(np.repeat(grey.T[:, :, None], 3, axis=2))
    large = pygame.transform.smoothscale(small, (max(1, frame.width), max(1, frame.height)))
    whole = pygame.Surface((side, side), 0, large)
    whole.blit(large, frame)
    return pygame.surfarray.pixels3d(whole)[:, :, 0].T.copy()


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
