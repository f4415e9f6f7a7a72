"""Paper screen: a screen that fills the window and has paper to draw on, while the drawing screen behind it rests."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.ink import Ink
from app.session.session import Session
from app.ui.screen import Screen


class PaperScreen(Screen):
    """The session does not read along while it is up."""

    def __init__(self, session: Session, ink: Ink) -> None:
        """ink: what is drawn on the paper."""
        super().__init__(session.context)
        self.session = session
        self.drawing_area = DrawingArea(ink, lambda: Tool(session.settings.brush / 2))

    def enter(self, size: tuple[int, int]) -> None:
        """Come up; the drawing behind need not be read meanwhile."""
        self.session.reader.suspended = True
        super().enter(size)

    def leave(self) -> None:
        """Lift the pen, and let go of large pictures."""
        self.session.reader.suspended = False
        self.drawing_area.leave()
        self.drawing_area.fold()

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
