"""Exit corner: the way out of the event mode for those who know it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pygame

from app.event.countdown import Countdown
from app.input import Pointer
from app.ui import shapes
from app.ui.painter import Painter

SECONDS = 3.0
APPEARS = 0.4  # seconds until the ring is seen: a mere tap shows nothing
RADIUS = 22  # units of the ring
STEPS = 30  # of the ring while it fills


class ExitCorner:
    """Done when a pointer was pressed in the corner and stayed there for SECONDS.

    Time alone is not enough: on a machine that stood still, the letting go may wait among the events. So it is done
    one turn of the loop after the time was over.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.rect = pygame.Rect(0, 0, 0, 0)
        self._holding = Countdown(clock)
        self._drawn = 0
        self._was_over = False  # in the last turn

    @property
    def held(self) -> bool:
        """Whether a pointer holds it now."""
        return self._holding.running

    @property
    def done(self) -> bool:
        """Whether it was held long enough."""
        return self._was_over and self._holding.over

    def pointer(self, pointer: Pointer) -> None:
        """Follow a pointer; one that leaves the corner has to begin again."""
        inside = self.rect.collidepoint(pointer.place)
        if pointer.kind == "down" and inside:
            self._holding.start(SECONDS)
        elif pointer.kind in ("down", "up", "cancel") or (pointer.kind == "move" and not inside):
            self._holding.stop()

    def update(self) -> list[pygame.Rect]:
        """Return what must be drawn again."""
        self._was_over = self._holding.over
        step = self._step
        if step == self._drawn:
            return []
        self._drawn = step
        return [self.rect]

    @property
    def _step(self) -> int:
        gone = SECONDS - self._holding.left
        return round(gone / SECONDS * STEPS) if self.held and gone >= APPEARS else 0

    def draw(self, painter: Painter) -> None:
        """A ring that fills while it is held; else nothing, as it is nobody's business."""
        if not self._step or not painter.shows(self.rect):
            return
        centre, radius, width = self.rect.center, RADIUS * painter.unit, 5 * painter.unit
        shapes.disc(painter.surface, centre, radius + width, painter.theme.card)
        shapes.ring(painter.surface, centre, radius, painter.theme.track, width)
        shapes.arc(painter.surface, centre, radius, painter.theme.accent, width, self._step / STEPS)
