"""Input: keys, and mouse, pen and finger as one pointer, so that screens need not know which it was."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pygame

PointerKind = Literal["down", "move", "up", "cancel", "wheel"]

OUTSIDE = (-1.0, -1.0)  # the place of a mouse that left the window
FORGOTTEN = 1.0  # seconds after which a finger of which nothing is heard keeps nobody away
ECHO, NEAR = 0.7, 0.06  # seconds and part of the window within which a mouse press after a touch is that touch again
# A screen that sends no motion but a touch and a lift for each place on the way: within so many seconds and so near
# each other, as no hand taps; after so many of them they are taken for one line.
BURST, STEP, BURSTS = 0.04, 0.08, 3


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
    """Turns pygame's events into Pointers: one finger at a time, and no mouse events that only echo a finger.

    What hardware does wrong is made good: a finger whose lifting was never told of, an echo that bears no mark, a
    screen that sends touches and lifts in place of motion. Call `late` in every turn of the loop.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds."""
        self.pressed = False
        self._clock = clock
        self._size = (1, 1)
        self._finger: tuple[int, int] | None = None
        self._heard = -math.inf  # when there was something of that finger, or of the last one
        self._touched = (0.0, 0.0)  # and where
        self._mouse = (0.0, 0.0)
        self._down_at = self._up_at = -math.inf  # times of the last touch and the last lift of a finger
        self._moved = False  # whether the finger moved between them
        self._bursts = 0  # touches and lifts in a row that may be motion
        self._held: Pointer | None = None  # a lift that may be none

    @property
    def waiting(self) -> bool:
        """Whether a lift is held back, as the finger may only have moved."""
        return self._held is not None

    def late(self) -> Pointer | None:
        """The lift that was held back, once no touch has followed it."""
        if self._held is None or self._clock() < self._up_at + BURST:
            return None
        held, self._held, self._bursts = self._held, None, 0
        self.pressed = False
        return held

    def read(self, event: pygame.event.Event, size: tuple[int, int]) -> Pointer | None:
        """The Pointer of an event in a window of `size`, or None when it says nothing of a pointer."""
        self._size = size
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
        if self.waiting or (self._finger is not None and not self._forgets(event)):
            return None
        if not self.pressed and self._echoes():
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
            return self._touch(finger, place)
        if finger != self._finger:
            return None
        self._heard = self._clock()
        if event.type == pygame.FINGERMOTION:
            self._moved = self._moved or place != self._touched
            self._touched = place
            return Pointer("move", place, touch=True)
        return self._lift(place)

    def _touch(self, finger: tuple[int, int], place: tuple[float, float]) -> Pointer | None:
        """A finger came down: on its own, on a line that a lift seemed to end, or beside another that has the hands."""
        now = self._clock()
        if self._held is not None:
            if self._distance(place, self._touched) > STEP:
                self._bursts = 0  # another hand
                self.pressed = False
            goes_on, self._held = self.pressed, None
        elif self._finger is not None:
            if finger != self._finger and now < self._heard + FORGOTTEN:
                return None
            goes_on = False
        elif self.pressed:
            return None
        else:
            near = 0 < self._distance(place, self._touched) <= STEP
            self._bursts = self._bursts if now < self._up_at + BURST and near else 0
            goes_on = False
        self._finger, self._touched, self._moved = finger, place, False
        self._heard = self._down_at = now
        self.pressed = True
        return Pointer("move" if goes_on else "down", place, touch=True)

    def _lift(self, place: tuple[float, float]) -> Pointer | None:
        self._finger = None
        self._touched = place
        self._up_at = now = self._clock()
        self._bursts = self._bursts + 1 if not self._moved and now < self._down_at + BURST else 0
        up = Pointer("up", place, touch=True)
        if self._bursts > BURSTS:
            self._held = up
            return None
        self.pressed = False
        return up

    def _forgets(self, event: pygame.event.Event) -> bool:
        """Whether a mouse is pressed after so long a silence of the finger that its lifting must have been lost."""
        if event.type != pygame.MOUSEBUTTONDOWN or self._clock() < self._heard + FORGOTTEN:
            return False
        self._finger = None
        self.pressed = False
        return True

    def _echoes(self) -> bool:
        """Whether the mouse is where a finger has just been: some systems repeat a touch so, without a mark."""
        return self._clock() < self._up_at + ECHO and self._distance(self._mouse, self._touched) <= NEAR

    def _distance(self, a: tuple[float, float], b: tuple[float, float]) -> float:
        """As a part of the window's shorter side."""
        return math.dist(a, b) / min(self._size)

    def _cancel(self) -> Pointer:
        touch = self._finger is not None
        self.pressed = False
        self._finger = self._held = None
        return Pointer("cancel", self._mouse, touch)
