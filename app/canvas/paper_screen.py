"""Paper screen: a screen that fills the window and has paper to draw on."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.canvas.drawing_area import DrawingArea
from app.ui.context import Context
from app.ui.screen import Screen


class PaperScreen(Screen):
    """What such screens share: a stroke in the making outlives a new size, and ends when the screen is left."""

    def __init__(self, context: Context, drawing_area: DrawingArea) -> None:
        super().__init__(context)
        self.drawing_area = drawing_area

    def leave(self) -> None:
        """Lift the pen."""
        self.drawing_area.leave()

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out for a window of `size` pixels; a stroke in the making goes on."""
        self.size = size
        self.lay_out()
        self.damage.add(self.solid)

    @abstractmethod
    def lay_out(self) -> None:
        """Place the paper and all else in a window of `self.size`."""

    @property
    def solid(self) -> pygame.Rect:
        """All of the window."""
        return pygame.Rect((0, 0), self.size)

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind
