"""Scroller: an area that content of any length scrolls through, by wheel, keys and dragging, with its scroll bar."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pygame import Rect

from app.input import Pointer
from app.ui import shapes
from app.ui.painter import Painter

EASE = 0.06  # seconds in which the way to the aim shrinks to 37 %
GLIDE = 0.35  # the same of a speed after a finger was lifted
SLOWEST = 12.0  # pixels a second: slower than that it stands still
PAUSE = 0.1  # seconds that a finger stands still before it is lifted, after which nothing rolls on
DRAG = 8  # units that a press may wander before it scrolls instead
RIM = (6, 3)  # units beside and above the area in which a focus ring is still drawn
BAR, GAP, SHORTEST_BAR = 5, 3, 24  # units: width of the scroll bar, from the area to it, its least length


class Scroller:
    """Follows a pointer over `area` (window pixels) and knows how far the content is scrolled.

    place: pixels that the content is moved up by, from 0 to `farthest`. Wheel and keys move it smoothly, a finger at
    once, and what a finger set in motion rolls on after it is lifted.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.area = Rect(0, 0, 0, 0)
        self.place = 0.0
        self.farthest = 0.0
        self.dragging = False
        self._clock = clock
        self._unit = 1.0
        self._step = 0.0
        self._aim = 0.0
        self._speed = 0.0  # pixels a second
        self._held: tuple[float, float] | None = None  # pointer's y, and place when it took hold
        self._last: tuple[float, float] = (0.0, 0.0)  # time and y of the pointer
        self._shown = 0.0  # the place at the last update

    def fit(self, area: Rect, length: float, unit: float, step: float) -> None:
        """Take the area, the length of the content and what a notch of the wheel moves, in pixels."""
        self.area, self._unit, self._step = area, unit, step
        self.farthest = max(0.0, length - area.height)
        self.place, self._aim = self._kept(self.place), self._kept(self._aim)

    @property
    def moving(self) -> bool:
        """Whether it moves by itself, or has moved since the last update."""
        return self.place != self._aim or self._speed != 0 or self.place != self._shown

    @property
    def held(self) -> bool:
        """Whether a press that began in the area goes on."""
        return self._held is not None

    def seen(self, rect: Rect) -> Rect:
        """Where a piece of the content is in the window, as far as it is in sight; empty where it is scrolled away.

        rect: in pixels from the top left of the content.
        """
        return self.placed(rect).clip(self.area)

    def placed(self, rect: Rect) -> Rect:
        """Where a piece of the content is in the window, in sight or not."""
        return rect.move(self.area.left, self.area.top - round(self.place))

    # -- what moves it ------------------------------------------------------------------------------------

    def pointer(self, pointer: Pointer) -> bool:
        """Follow a pointer. True when the wheel or a drag scrolls, so that the pointer presses nothing."""
        if pointer.kind == "wheel":
            self.by(-pointer.steps * self._step)
            return True
        y = pointer.place[1]
        if pointer.kind == "down" and self.area.collidepoint(pointer.place):
            self._hold(y)
        elif pointer.kind == "move" and self._held is not None:
            self._drag(y)
            return self.dragging
        elif pointer.kind in ("up", "cancel"):
            dragged = self.dragging
            self._let_go()
            return dragged
        return False

    def by(self, pixels: float) -> None:
        """Go on by so many pixels, smoothly."""
        self.to(self._aim + pixels)

    def to(self, place: float) -> None:
        """Go to a place smoothly."""
        self._aim, self._speed = self._kept(place), 0.0

    def jump(self, place: float) -> None:
        """Be at a place at once."""
        self.to(place)
        self.place = self._aim

    def show(self, top: float, bottom: float) -> None:
        """Go just so far that the content from top to bottom is in sight."""
        self.to(min(max(self._aim, bottom - self.area.height), top))

    def update(self, seconds: float) -> bool:
        """Move on by so many seconds; whether the place differs from the last update's."""
        if self._held is None and self._speed:
            self.place = self._aim = self._kept(self.place + self._speed * seconds)
            self._speed *= math.exp(-seconds / GLIDE)
            if abs(self._speed) < SLOWEST or self.place in (0.0, self.farthest):
                self._speed = 0.0
        elif self._held is None and self.place != self._aim:
            self.place += (self._aim - self.place) * (1 - math.exp(-seconds / EASE))
            if abs(self._aim - self.place) < 0.5:
                self.place = self._aim
        before, self._shown = self._shown, self.place
        return self.place != before

    def _hold(self, y: float) -> None:
        self._held, self._speed, self._aim, self.dragging = (y, self.place), 0.0, self.place, False
        self._last = (self._clock(), y)

    def _drag(self, y: float) -> None:
        assert self._held is not None
        if abs(y - self._held[0]) > DRAG * self._unit and self.farthest:
            self.dragging = True
        if not self.dragging:
            return
        now = self._clock()
        passed = max(now - self._last[0], 1e-3)
        self._speed = 0.6 * self._speed + 0.4 * (self._last[1] - y) / passed
        self._last = (now, y)
        self.place = self._aim = self._kept(self._held[1] + self._held[0] - y)

    def _let_go(self) -> None:
        if self._clock() - self._last[0] > PAUSE:
            self._speed = 0.0
        self._held, self.dragging = None, False

    def _kept(self, place: float) -> float:
        return min(max(place, 0.0), self.farthest)

    # -- drawing ------------------------------------------------------------------------------------------

    @property
    def damage(self) -> Rect:
        """What is drawn again when the content has moved: the area with its rim, and the scroll bar."""
        return self.area.inflate(2 * round((GAP + BAR + 2) * self._unit), 2 * round(RIM[1] * self._unit))

    @contextmanager
    def clipped(self, painter: Painter) -> Iterator[None]:
        """Draw only within the area, with room for a focus ring."""
        with painter.clipped(self.area.inflate(2 * painter.px(RIM[0]), 2 * painter.px(RIM[1]))):
            yield

    def draw_bar(self, painter: Painter) -> None:
        """The scroll bar, to the right of the area; none where everything is in sight."""
        if not self.farthest:
            return
        area, px = self.area, painter.px
        length = max(px(SHORTEST_BAR), round(area.height * area.height / (area.height + self.farthest)))
        top = area.top + round((area.height - length) * self.place / self.farthest)
        shapes.box(painter.surface, Rect(area.right + px(GAP), top, px(BAR), length), painter.theme.bar, px(3))
