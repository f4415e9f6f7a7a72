"""Grid: a hundred digits that a network never saw, and which of them it misreads."""

from __future__ import annotations

import numpy as np
import pygame

from app.ui.painter import Painter
from app.ui.picture import tinted
from app.ui.theme import Colour, blend
from model.constants import CLASSES
from model.data.images import Images


class DigitGrid:
    """Draws pictures in rows of ten. What is misread is struck out on a tinted ground."""

    def __init__(self) -> None:
        self._of: Images | None = None
        self._side = 0
        self._made: dict[tuple[int, Colour], pygame.Surface] = {}

    def draw(self, painter: Painter, rect: pygame.Rect, images: Images, answers: np.ndarray) -> None:
        """answers (N,): what each of the pictures was read as."""
        theme, surface = painter.theme, painter.surface
        cell = rect.width // CLASSES
        if self._of is not images or self._side != cell - 2:
            self._of, self._side, self._made = images, cell - 2, {}
        for number, (answer, label) in enumerate(zip(answers.tolist(), images.labels.tolist(), strict=True)):
            row, column = divmod(number, CLASSES)
            place = pygame.Rect(rect.left + column * cell + 1, rect.top + row * cell + 1, cell - 2, cell - 2)
            if not painter.shows(place):
                continue
            wrong = answer != label
            surface.fill(blend(theme.card, theme.against, 0.22) if wrong else theme.track, place)
            surface.blit(self._picture(number, theme.quiet if wrong else theme.text), place)
            if wrong:
                for shift in (0, 1):
                    start, end = (place.left + 1 + shift, place.bottom - 2), (place.right - 3 + shift, place.top + 1)
                    pygame.draw.aaline(surface, theme.against, start, end)

    def _picture(self, number: int, colour: Colour) -> pygame.Surface:
        assert self._of is not None
        if (number, colour) not in self._made:
            self._made[number, colour] = tinted(self._of.images[number], self._side, colour)
        return self._made[number, colour]
