"""Damage: the parts of a screen that must be drawn again because they look different from the last frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pygame import Rect


class Part(NamedTuple):
    """A piece of a screen: where it is, and everything that its look depends on, compared with ==.

    Put numbers, texts, tuples and frozen dataclasses into `state`. Arrays cannot be compared so: give the object that
    holds them (compared by identity when its class has eq=False) or a revision number instead.
    """

    rect: Rect
    state: object = None


class Damage:
    """Collects rectangles of the window, in pixels; every screen has one as `self.damage`.

    A screen asks in two ways, and hands over the result at the end of its `update`:

        self.damage.add(rect)  # whatever is there: ink that was just drawn, everything after a resize
        self.damage.compare({"answer": Part(layout.answer, self.answer), **self.controls.parts(rim)})
        return self.damage.take()

    `compare` lists all parts of the screen, every frame and by name. It asks for those whose rectangle or state differs
    from the last call, at their old place and at their new one, and for those that came or went. So an animation names
    what it shows in whole pixels, a ring that follows the pointer is listed only while it is there, and state that
    everything depends on (theme, language) belongs to a part as large as the window.
    """

    def __init__(self) -> None:
        self._rects: list[Rect] = []
        self._parts: dict[str, Part] = {}

    def add(self, *rects: Rect) -> None:
        """Ask for these rectangles."""
        self._rects += rects

    def compare(self, parts: Mapping[str, Part]) -> None:
        """Ask for every part that differs from the last call; the first call asks for all of them."""
        before, self._parts = self._parts, dict(parts)
        if before == self._parts:
            return
        for name in before.keys() | self._parts.keys():
            old, new = before.get(name), self._parts.get(name)
            if old != new:
                self.add(*(part.rect for part in (old, new) if part is not None))

    def take(self) -> list[Rect]:
        """Return what was asked for since the last call, and forget it; a rectangle may be in it twice."""
        rects, self._rects = self._rects, []
        return rects
