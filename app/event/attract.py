"""Attract: while nobody is there digits are written, stroke by stroke as a hand would, and read while they grow."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.canvas.ink import BRUSH, SIDE, Point
from app.session.session import Session
from model.handwriting.digits import write_strokes
from model.handwriting.pace import pen_times

HEIGHT, WIDTH = 0.62, 0.66  # of the paper that a digit takes at most
WANDER = 0.04  # of the paper that it stands off the middle
LIFT = 0.25  # seconds from one stroke to the next
BEFORE, THINK, SHOW = 1.2, 0.7, 3.2  # seconds with an empty paper, until the answer, and with it
READ_GAP = 0.2  # seconds from one reading to the next while it writes


@dataclass(frozen=True)
class _Act:
    """What happens at a time: "down" and "move" at a point, "up", "read", "clear"."""

    at: float
    kind: str
    point: Point = (0.0, 0.0)


class Attract:
    """Writes on the session's paper while `active`. Each digit has its turn before any comes again."""

    def __init__(self, session: Session, rng: np.random.Generator, clock: Callable[[], float] = time.monotonic) -> None:
        self.active = False
        self.turn = 0  # how many digits it has begun to write
        self._session = session
        self._rng = rng
        self._clock = clock
        self._acts: deque[_Act] = deque()
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
            self._acts.clear()
            self._session.reader.live_gap = self._usual_gap
            self._session.ink.start_anew()

    @property
    def due(self) -> bool:
        """Whether `update` has something to do."""
        return self.active and self._clock() >= self._acts[0].at

    @property
    def writing(self) -> bool:
        """Whether the pen is on its way."""
        return self.active and self._session.ink.busy

    def update(self) -> None:
        """Do what is due by now."""
        while self.due:
            self._do(self._acts.popleft())
            if not self._acts:
                self._plan()

    def _do(self, act: _Act) -> None:
        session, ink = self._session, self._session.ink
        if act.kind == "down":
            ink.begin(act.point, act.at * 1000, BRUSH)
        elif act.kind == "move":
            ink.move(act.point, act.at * 1000)
        elif act.kind == "up":
            ink.end()
        elif act.kind == "read" and session.reader.ready:
            session.reader.read()
        elif act.kind == "clear":
            ink.start_anew()

    def _plan(self) -> None:
        """The acts of the next digit."""
        if not self._digits:
            self._digits = [int(digit) for digit in self._rng.permutation(10)]
        self.turn += 1
        now = self._clock() + BEFORE
        strokes = write_strokes(self._digits.pop(), self._rng, neat=True)
        for stroke, points in zip(strokes, self._placed(strokes), strict=True):
            times = now + pen_times(stroke)
            kinds = ["down", *["move"] * (len(points) - 1)]
            for kind, at, point in zip(kinds, times.tolist(), points, strict=True):
                self._acts.append(_Act(at, kind, point))
            now = float(times[-1])
            self._acts.append(_Act(now, "up"))
            now += LIFT
        self._acts.append(_Act(now + THINK, "read"))
        self._acts.append(_Act(now + THINK + SHOW, "clear"))

    def _placed(self, strokes: list[np.ndarray]) -> list[list[Point]]:
        """The strokes in canvas units, about the middle of the paper."""
        points = np.concatenate(strokes)
        low, high = points.min(axis=0), points.max(axis=0)
        width, height = (high - low).tolist()
        scale = SIDE * min(HEIGHT / max(height, 1e-6), WIDTH / max(width, 1e-6))
        shift = SIDE * (0.5 + self._rng.uniform(-WANDER, WANDER, 2)) - scale * (low + high) / 2
        return [[(float(x), float(y)) for x, y in stroke * scale + shift] for stroke in strokes]
