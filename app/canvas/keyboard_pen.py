"""The pen of the keyboard: arrow keys move it over the paper, Space puts it down and lifts it."""

from __future__ import annotations

import math

import pygame

from app.canvas.ink import SIDE
from app.input import Key

SPEED = 110.0  # canvas units a second
SLOW = 0.35  # of it while Shift is held
TAP = 2.0  # units that a short press moves it at least

ARROWS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}


class KeyboardPen:
    """Where the keyboard's pen is, in canvas units, and which arrows are held."""

    def __init__(self) -> None:
        self.place = (SIDE / 2, SIDE / 2)
        self.shown = False
        self._held: set[int] = set()
        self._slow = False

    @property
    def moving(self) -> bool:
        """Whether an arrow is held."""
        return bool(self._held)

    @property
    def ninth(self) -> str:
        """Which ninth of the paper it is in, such as "top_left"."""
        across, down = (min(int(3 * side / SIDE), 2) for side in self.place)
        return f"{('top', 'middle', 'bottom')[down]}_{('left', 'centre', 'right')[across]}"

    def key(self, key: Key) -> bool:
        """Follow the arrow keys; whether this was one and moved the pen."""
        if key.code not in ARROWS:
            return False
        self._slow = key.shift
        if not key.down:
            self._held.discard(key.code)
            return False
        self.shown = True
        if key.code in self._held:
            return False
        self._held.add(key.code)
        self._move(*ARROWS[key.code], TAP)
        return True

    def release(self) -> None:
        """No arrow is held any more."""
        self._held.clear()

    def update(self, seconds: float) -> bool:
        """Move on while arrows are held; whether it moved."""
        x = sum(ARROWS[code][0] for code in self._held)
        y = sum(ARROWS[code][1] for code in self._held)
        if not x and not y:
            return False
        self._move(x, y, SPEED * (SLOW if self._slow else 1) * seconds / math.hypot(x, y))
        return True

    def _move(self, x: float, y: float, by: float) -> None:
        left, top = self.place[0] + x * by, self.place[1] + y * by
        self.place = (min(max(left, 0.0), SIDE), min(max(top, 0.0), SIDE))
