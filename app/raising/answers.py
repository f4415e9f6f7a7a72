"""Answers: pictures in a grid, each with a number below it: what it was read as, or what a network was told it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from app.ui.painter import Painter
from app.ui.picture import tinted
from app.ui.theme import Colour, blend
from model.data.images import Images

LEAST_CELL, MOST_CELL = 34, 58  # units: the width of a cell
FOOT = 18  # units: the height of the number below a picture
MOST_COLUMNS = 12


def answer_cells(area: pygame.Rect, count: int, unit: float) -> tuple[pygame.Rect, ...]:
    """As many cells as have room in an area, at most `count`, all in full rows."""
    foot = round(FOOT * unit)
    found: list[pygame.Rect] = []
    for columns in range(2, MOST_COLUMNS + 1):
        side = min(area.width // columns, round(MOST_CELL * unit))
        rows = min(area.height // (side + foot), count // columns)
        if side < round(LEAST_CELL * unit) or columns * rows <= len(found):
            continue
        left = area.left + (area.width - columns * side) // 2
        top = area.top + (area.height - rows * (side + foot)) // 2
        found = [
            pygame.Rect(left + column * side, top + row * (side + foot), side, side + foot)
            for row in range(rows)
            for column in range(columns)
        ]
    return tuple(found)


class AnswerGrid:
    """Draws pictures with their answers. What is not as it should be is struck through on a tinted ground."""

    def __init__(self) -> None:
        self._of: Images | None = None
        self._made: dict[tuple[int, int, Colour], pygame.Surface] = {}

    def draw(
        self,
        painter: Painter,
        cells: Sequence[pygame.Rect],
        images: Images,
        answers: Sequence[str],
        holds: np.ndarray,
        *,
        spread: bool,
    ) -> None:
        """answers: what stands below each of the pictures; holds (N,) bool: whether that is as it should be.

        spread: whether, where there are fewer cells than pictures, those shown are from all over; else the first are.
        """
        if not cells or not len(images):
            return
        if self._of is not images:
            self._of, self._made = images, {}
        for number, cell in zip(
            _spread(len(images), len(cells)) if spread else range(len(images)), cells, strict=False
        ):
            if painter.shows(cell):
                self._draw_cell(painter, cell, number, answers[number], holds=bool(holds[number]))

    def _draw_cell(self, painter: Painter, cell: pygame.Rect, number: int, answer: str, *, holds: bool) -> None:
        theme, surface = painter.theme, painter.surface
        side = cell.width - 2
        place = pygame.Rect(cell.left + 1, cell.top + 1, side, side)
        surface.fill(theme.track if holds else blend(theme.card, theme.against, 0.22), place)
        surface.blit(self._picture(number, side, theme.text if holds else theme.quiet), place)
        if not holds:
            ends = (place.left + 1, place.bottom - 2), (place.right - 2, place.top + 1)
            pygame.draw.aaline(surface, theme.against, *ends)
        foot = (cell.centerx, (place.bottom + cell.bottom) / 2)
        painter.text(answer, foot, 14, theme.text if holds else theme.against, "strong", "center")

    def _picture(self, number: int, side: int, colour: Colour) -> pygame.Surface:
        assert self._of is not None
        key = number, side, colour
        if key not in self._made:
            self._made[key] = tinted(self._of.images[number], side, colour)
        return self._made[key]


def _spread(count: int, shown: int) -> list[int]:
    """So many numbers below `count`, from all over, none twice."""
    shown = min(count, shown)
    return [number * count // shown for number in range(shown)]
