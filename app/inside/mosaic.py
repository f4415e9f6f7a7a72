"""Mosaic: many maps, or single values, as tiles in a grid; new values are painted in a millisecond or so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from app.ui.theme import Colour, Theme, blend

LEVELS = 127  # shades to either side of zero
BAND = 64  # rows of pixels that are coloured at once: large arrays for a moment leave holes in memory
HOLLOW = 5  # pixels: cells at least so large are hollow where they are negative, so that colour is not the only sign


@dataclass(frozen=True)
class Tiles:
    """A grid of tiles: how many, how many in a row, the side of one with and without the gap, in pixels.

    width, height: of each tile where it is no square; then there is only one in a row, or only one row.
    """

    count: int
    columns: int
    pitch: int
    side: int
    width: int = 0
    height: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of all."""
        gap = self.pitch - self.side
        return self.width or self.columns * self.pitch - gap, self.height or self.rows * self.pitch - gap

    @property
    def rows(self) -> int:
        """How many rows there are; the last one may not be full."""
        return -(-self.count // self.columns)

    def rect(self, index: int) -> pygame.Rect:
        """Where a tile is."""
        row, column = divmod(index, self.columns)
        return pygame.Rect(column * self.pitch, row * self.pitch, self.width or self.side, self.height or self.side)

    def at(self, x: float, y: float) -> int | None:
        """The tile at a place; the gap belongs to the one before."""
        width, height = self.size
        if not (0 <= x < width and 0 <= y < height):
            return None
        row, column = min(int(y) // self.pitch, self.rows - 1), min(int(x) // self.pitch, self.columns - 1)
        index = row * self.columns + column
        return index if index < self.count else None


def tiles_in(size: tuple[int, int], count: int, largest: int) -> Tiles:
    """The grid with the largest tiles, at most `largest` pixels, that fits into width and height."""
    best = Tiles(count, max(1, -(-count // max(1, size[1]))), 1, 1)  # of single pixels, no higher than there is room
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        pitch = min(size[0] // columns, size[1] // rows)
        gap = min(max(1, pitch // 10), 4) if pitch > 3 else 0
        side = min(pitch - gap, largest)
        if side > best.side:
            best = Tiles(count, columns, side + gap, side)
        if size[0] // columns < best.pitch:
            break
    return best


@lru_cache(maxsize=4)
def shades_of(theme: Theme, *, signed: bool = True) -> np.ndarray:
    """(2 * LEVELS + 1,) uint32: from the most negative value over zero to the greatest; ink and paper if unsigned."""
    surface = pygame.Surface((1, 1), 0, 32)
    middle, end = (theme.accent, theme.text) if signed else (theme.ink, theme.ink)
    above = [_ramp(theme.track, middle, end, step / LEVELS) for step in range(LEVELS + 1)]
    below = [blend(theme.track, theme.against, step / LEVELS) for step in range(LEVELS, 0, -1)]
    return np.array([surface.map_rgb(shade) for shade in (*below, *above)], np.uint32)


def _ramp(zero: Colour, middle: Colour, end: Colour, fraction: float) -> Colour:
    return blend(zero, middle, fraction / 0.75) if fraction < 0.75 else blend(middle, end, (fraction - 0.75) * 1.6)


class Mosaic:
    """A picture of values (height, width, maps) or (units,), each map a tile; `surface` is what to blit."""

    def __init__(self, tiles: Tiles, shape: tuple[int, ...], theme: Theme, *, signed: bool = True) -> None:
        self.tiles = tiles
        self.surface = pygame.Surface(tiles.size, 0, 32)
        self._ground = self.surface.map_rgb(theme.card)
        self._shades = shades_of(theme, signed=signed)
        self._cells, hollow = _cells(tiles, shape if len(shape) == 3 else (1, 1, shape[0]))
        # One colour for every value, then the same for the middles of cells, then what is in the gaps.
        self._colours = np.full(2 * int(np.prod(shape)) + 1, self._ground, np.uint32)
        self._hollow = hollow
        self.surface.fill(theme.card)

    def show(self, values: np.ndarray) -> None:
        """Values of the shape; the strongest shade is the greatest of them."""
        flat = values.ravel()
        greatest = max(float(flat.max()), -float(flat.min()), 1e-6)
        levels = np.rint(flat * (LEVELS / greatest)).astype(np.int16) + LEVELS
        count = flat.size
        np.take(self._shades, levels, out=self._colours[:count])
        if self._hollow:
            self._colours[count:-1] = np.where(flat < 0, self._ground, self._colours[:count])
        pixels = pygame.surfarray.pixels2d(self.surface).T
        for top in range(0, len(pixels), BAND):
            pixels[top : top + BAND] = self._colours[self._cells[top : top + BAND]]


def _cells(tiles: Tiles, shape: tuple[int, int, int]) -> tuple[np.ndarray, bool]:
    """For every pixel (h, w) the number of its value, and whether cells can be hollow; not to be changed."""
    height, width, maps = shape
    across, down = tiles.size
    count = height * width * maps
    cells = np.full((down, across), 2 * count, np.int32)
    steps = np.arange(tiles.side)
    rows, columns = steps * height // tiles.side, steps * width // tiles.side
    tile = (rows[:, None] * width + columns[None, :]) * maps
    cell = tiles.side / max(height, width)
    if cell >= HOLLOW:
        rim = max(1, round(cell / 5))
        inner = [_inner(steps, tiles.side, parts, rim) for parts in (height, width)]
        tile = np.where(inner[0][:, None] & inner[1][None, :], tile + count, tile)
    for index in range(maps):
        rect = tiles.rect(index)
        cells[rect.top : rect.bottom, rect.left : rect.right] = tile + index
    return cells, cell >= HOLLOW


def _inner(steps: np.ndarray, side: int, parts: int, rim: int) -> np.ndarray:
    """Which pixels of an axis are farther than `rim` from both ends of their cell."""
    part = steps * parts // side
    same = np.ones(side, bool)
    for shift in range(1, rim + 1):
        after, before = np.full(side, -1), np.full(side, -1)
        after[:-shift], before[shift:] = part[shift:], part[:-shift]
        same &= (after == part) & (before == part)
    return same
