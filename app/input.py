"""Input: keys, and mouse, pen and finger as one pointer, so that screens need not know which it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pygame

PointerKind = Literal["down", "move", "up", "cancel", "wheel"]

OUTSIDE = (-1.0, -1.0)  # the place of a mouse that left the window


@dataclass(frozen=True)
class Key:
    """A key that went down or came up. code: pygame's; text: the character it typed; ctrl: also a Mac's command key."""

    code: int
    text: str = ""
    ctrl: bool = False
    shift: bool = False
    down: bool = True


@dataclass(frozen=True)
class Pointer:
    """What a pointer did. kind: "down", "move" (pressed or not), "up", "cancel" (the window was left), "wheel".

    place is in window pixels; steps is how far the wheel turned, up positive; touch is True for a finger.
    """

    kind: PointerKind
    place: tuple[float, float] = (0.0, 0.0)
    touch: bool = False
    steps: float = 0.0


class PointerReader:
    """Turns pygame's events into Pointers: one finger at a time, and no mouse events that only echo a finger."""

    def __init__(self) -> None:
        self.pressed = False
        self._finger: tuple[int, int] | None = None
        self._mouse = (0.0, 0.0)

    def read(self, event: pygame.event.Event, size: tuple[int, int]) -> Pointer | None:
        """The Pointer of an event in a window of `size`, or None when it says nothing of a pointer."""
        if event.type in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
            return self._read_finger(event, size)
        if event.type in (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED):
            return self._cancel()
        if event.type == pygame.WINDOWLEAVE:
            return None if self.pressed else Pointer("move", OUTSIDE)
        if event.type == pygame.MOUSEWHEEL:
            return Pointer("wheel", self._mouse, steps=float(event.y))
        if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP):
            return None if getattr(event, "touch", False) else self._read_mouse(event)
        return None

    def _read_mouse(self, event: pygame.event.Event) -> Pointer | None:
        self._mouse = (float(event.pos[0]), float(event.pos[1]))
        if self._finger is not None:
            return None
        if event.type == pygame.MOUSEMOTION:
            if self.pressed and not event.buttons[0]:  # let go outside, which sends no event
                self.pressed = False
                return Pointer("up", self._mouse)
            return Pointer("move", self._mouse)
        if event.button != 1:
            return None
        down = event.type == pygame.MOUSEBUTTONDOWN
        if not down and not self.pressed:
            return None
        self.pressed = down
        return Pointer("down" if down else "up", self._mouse)

    def _read_finger(self, event: pygame.event.Event, size: tuple[int, int]) -> Pointer | None:
        finger = (event.touch_id, event.finger_id)
        place = (event.x * size[0], event.y * size[1])
        if event.type == pygame.FINGERDOWN:
            if self._finger is not None or self.pressed:
                return None
            self._finger = finger
            self.pressed = True
            return Pointer("down", place, touch=True)
        if finger != self._finger:
            return None
        if event.type == pygame.FINGERMOTION:
            return Pointer("move", place, touch=True)
        self._finger = None
        self.pressed = False
        return Pointer("up", place, touch=True)

    def _cancel(self) -> Pointer:
        touch = self._finger is not None
        self.pressed = False
        self._finger = None
        return Pointer("cancel", self._mouse, touch)
