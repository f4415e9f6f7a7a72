"""Attract: while nobody is there digits are written, stroke by stroke as a hand would, and read while they grow."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.canvas.ink import BRUSH, SIDE, Point
from app.session.session import Session
from model.constants import CLASSES
from model.handwriting.digits import write_strokes
from model.handwriting.hand import pen_times

HEIGHT, WIDTH = 0.62, 0.66  # of the paper that a digit takes at most
WANDER = 0.04  # of the paper that it stands off the middle
LIFT = 0.25  # seconds from one stroke to the next
BEFORE, THINK, SHOW = 1.2, 0.7, 3.2  # seconds with an empty paper, until the answer, and with it
READ_GAP = 0.2  # seconds from one reading to the next while it writes


@dataclass(frozen=True)
class _Step:
    """What the hand does at a time, in seconds of the clock: "down" and "move" are at a point."""

    at: float
    kind: Literal["down", "move", "up", "read", "clear"]
    point: Point = (0.0, 0.0)


class Attract:
    """Writes on the session's paper while `active`. Each digit has its turn before any comes again."""

    def __init__(self, session: Session, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic) -> None:
        self.active = False
        self.turn = 0  # how many digits it has begun to write
        self._session = session
        self._rng = rng
        self._clock = clock
        self._steps: deque[_Step] = deque()
        self._digits: list[int] = []
        self._usual_gap = session.reader.live_gap

    def begin(self) -> None:
        """Write on the paper, which must be empty."""
        self.active = True
        self._session.reader.live_gap = READ_GAP
        self._plan()

    def stop(self) -> None:
        """Leave an empty paper at once."""
        if self.active:
            self.active = False
            self._steps.clear()
            self._session.reader.live_gap = self._usual_gap
            self._session.ink.reset()

    @property
    def due(self) -> bool:
        """Whether `update` has something to do."""
        return self.active and self._clock() >= self._steps[0].at

    def update(self) -> None:
        """Do what is due by now."""
        while self.due:
            self._do(self._steps.popleft())
            if not self._steps:
                self._plan()

    def _do(self, step: _Step) -> None:
        session, ink = self._session, self._session.ink
        if step.kind == "down":
            ink.begin(step.point, step.at * 1000, BRUSH)
        elif step.kind == "move":
            ink.move(step.point, step.at * 1000)
        elif step.kind == "up":
            ink.end()
        elif step.kind == "read" and session.reader.ready:
            session.reader.read()
        elif step.kind == "clear":
            ink.reset()

    def _plan(self) -> None:
        """Plan the steps of the next digit."""
        if not self._digits:
            self._digits = [int(digit) for digit in self._rng.permutation(CLASSES)]
        self.turn += 1
        now = self._clock() + BEFORE
        strokes = write_strokes(self._digits.pop(), self._rng, neat=True)
        for stroke, points in zip(strokes, self._placed(strokes), strict=True):
            times = now + pen_times(stroke)
            for place, (at, point) in enumerate(zip(times.tolist(), points, strict=True)):
                self._steps.append(_Step(at, "move" if place else "down", point))
            now = float(times[-1])
            self._steps.append(_Step(now, "up"))
            now += LIFT
        self._steps.append(_Step(now + THINK, "read"))
        self._steps.append(_Step(now + THINK + SHOW, "clear"))

    def _placed(self, strokes: list[np.ndarray]) -> list[list[Point]]:
        """The strokes in canvas units, about the middle of the paper."""
        points = np.concatenate(strokes)
        low, high = points.min(axis=0), points.max(axis=0)
        width, height = (high - low).tolist()
        scale = SIDE * min(HEIGHT / max(height, 1e-6), WIDTH / max(width, 1e-6))
        shift = SIDE * (0.5 + self._rng.uniform(-WANDER, WANDER, 2)) - scale * (low + high) / 2
        return [[(float(x), float(y)) for x, y in stroke * scale + shift] for stroke in strokes]
