"""Visitors: random visitors of an event, as the events that their fingers, mice and keys would make.

They draw digits and scribbles, say what it was, play, change the language, tap everywhere, and go away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.event.guess import LENGTH, GuessScreen
from app.event.kiosk import Kiosk
from app.ui.controls import Control
from model.handwriting.digits import write_strokes
from model.handwriting.hand import pen_times
from model.training.biases import Bias

Place = tuple[float, float]
Waits = Iterator[float]  # what a visitor does, with the seconds from each act to the next

STEERING = (pygame.K_TAB, pygame.K_RETURN, pygame.K_SPACE, pygame.K_ESCAPE)
ARROWS = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN)
KEYS = (*STEERING, *ARROWS, pygame.K_F11, pygame.K_m, pygame.K_s, pygame.K_t, pygame.K_q, pygame.K_5)
LATEST = 1.0  # seconds that the visitors may be late before they leave something out


class Visitors:
    """Posts pygame's events for what visitors do at `kiosk()`, one after the other.

    kiosk: returns the one that is shown; clock: the seconds of the visitors; turn: gives the window another size, None
    where it has only one. visits: how many there were of each kind; events: how many were posted.
    """

    def __init__(
        self,
        kiosk: Callable[[], Kiosk],
        rng: np.random.Generator,
        clock: Callable[[], float],
        turn: Callable[[], None] | None = None,
    ) -> None:
        self.visits: Counter[str] = Counter()
        self.events = 0
        self._kiosk = kiosk
        self._rng = rng
        self._clock = clock
        self._turn = turn
        self._touches = True
        self._acts = self._all_visits()
        self._next = clock()

    @property
    def due(self) -> bool:
        """Whether somebody does something now."""
        return self._clock() >= self._next

    def act(self) -> None:
        """Do all that is due."""
        self._next = max(self._next, self._clock() - LATEST)
        while self.due:
            self._next += next(self._acts)

    def _all_visits(self) -> Waits:
        kinds: dict[str, tuple[float, Callable[[], Waits]]] = {
            "digit": (0.4, self._digit),
            "scribble": (0.08, self._scribble),
            "taps": (0.1, self._taps),
            "swipes": (0.06, self._swipes),
            "keys": (0.07, self._keys),
            "fool": (0.07, self._fool),
            "guess": (0.06, self._guess),
            "look inside": (0.05, self._look_inside),
            "tour": (0.02, self._tour),
            "raise": (0.03, self._raise),
            "story": (0.02, self._story),
            "language": (0.03, self._language),
            "idle": (0.05, self._idle),
            "turn": (0.03, self._turn_display),
        }
        names, shares = list(kinds), np.array([share for share, _ in kinds.values()])
        while True:
            name = names[int(self._rng.choice(len(names), p=shares / shares.sum()))]
            self.visits[name] += 1
            self._touches = bool(self._rng.random() < 0.6)
            yield from kinds[name][1]()
            yield self._between(0.5, 4.0)

    # -- what a visitor comes for -------------------------------------------------------------------------

    def _digit(self) -> Waits:
        yield from self._draw(int(self._rng.integers(10)))
        yield self._between(0.5, 5.0)
        for _ in range(int(self._rng.integers(0, 3))):
            yield from self._press(self._any_control())
            yield self._between(0.3, 2.0)

    def _scribble(self) -> Waits:
        paper = self._control(PAPER)
        if paper is not None:
            steps = self._rng.normal(0, 0.12, (int(self._rng.integers(20, 200)), 2))
            path = np.clip(0.5 + np.cumsum(steps, axis=0), -0.2, 1.2) * paper.rect.size + paper.rect.topleft
            yield from self._drag(path, np.full(len(path), 0.02))
        yield self._between(1.0, 4.0)

    def _taps(self) -> Waits:
        for _ in range(int(self._rng.integers(3, 20))):
            yield from self._tap(self._anywhere())
            yield self._between(0.1, 0.6)
        if self._rng.random() < 0.3:
            self._post(pygame.WINDOWFOCUSLOST)

    def _swipes(self) -> Waits:
        for _ in range(int(self._rng.integers(1, 6))):
            share = np.linspace(0, 1, 12)[:, None]
            path = np.array(self._anywhere()) * (1 - share) + np.array(self._anywhere()) * share
            yield from self._drag(path, np.full(len(path), 0.02))
            yield self._between(0.2, 1.0)

    def _keys(self) -> Waits:
        for _ in range(int(self._rng.integers(5, 40))):
            yield from self._key(int(self._rng.choice(KEYS)))
            yield self._between(0.05, 0.4)

    def _fool(self) -> Waits:
        yield from self._press(self._control("fool"))
        yield 0.5
        for _ in range(int(self._rng.integers(1, 4))):
            yield from self._press(self._control(str(self._rng.integers(10))))
            yield from self._draw(int(self._rng.integers(10)))
            yield 2.0
            yield from self._press(self._control("again"))
        yield from self._leave()

    def _guess(self) -> Waits:
        yield from self._press(self._control("guess"))
        yield 0.5
        for _ in range(2 * LENGTH):
            screen = self._kiosk().screen
            if not isinstance(screen, GuessScreen) or screen.over:
                break
            yield from self._draw(screen.round.asked)
            yield self._between(0.5, 1.5)
            if self._rng.random() < 0.2:
                yield from self._press(self._control("clear"))
        yield from self._leave()

    def _look_inside(self) -> Waits:
        yield from self._draw(int(self._rng.integers(10)))
        yield 1.5
        yield from self._press(self._control("inside"))
        for _ in range(int(self._rng.integers(3, 10))):
            self._move(self._anywhere(), pressed=False)
            yield 0.4
            yield from self._press(self._any_control())
            yield self._between(0.3, 1.5)
        yield from self._leave()

    def _tour(self) -> Waits:
        """Be led through the network, to its end or not."""
        yield from self._draw(int(self._rng.integers(10)))
        yield 1.5
        yield from self._press(self._control("inside"))
        yield 0.5
        yield from self._press(self._control("tour"))
        for _ in range(int(self._rng.integers(3, 14))):
            yield self._between(0.5, 3.0)
            yield from self._press(self._control("on"))
        yield from self._leave()

    def _story(self) -> Waits:
        """Let a network go wrong, draw, have it repaired, and draw again."""
        yield from self._press(self._control("raise"))
        yield 0.5
        yield from self._press(self._control("story"))
        yield 0.5
        yield from self._press(self._control(str(self._rng.choice([bias.value for bias in Bias]))))
        for _ in range(int(self._rng.integers(2, 6))):
            yield from self._draw(int(self._rng.integers(10)))
            yield self._between(5.0, 40.0)
            yield from self._press(self._control("repair"))
        yield from self._leave()

    def _raise(self) -> Waits:
        """Raise a network, draw meanwhile, and go to and fro through its life."""
        yield from self._press(self._control("raise"))
        yield 0.5
        for _ in range(int(self._rng.integers(0, 4))):
            yield from self._press(self._any_control())
        yield from self._press(self._control("begin"))
        for _ in range(int(self._rng.integers(1, 4))):
            yield from self._draw(int(self._rng.integers(10)))
            yield self._between(1.0, 10.0)
            yield from self._press(self._any_control())
        yield from self._press(self._control("time"))
        yield 0.5
        slider = self._control("slider")
        if slider is not None:
            shares = self._rng.uniform(0, 1, (12, 1))
            path = np.array(slider.rect.midleft) + shares * (slider.rect.width, 0)
            yield from self._drag(path, np.full(len(path), 0.1))
        yield from self._leave()

    def _language(self) -> Waits:
        yield from self._press(self._control("language"))
        yield self._between(0.5, 1.5)
        yield from self._press(self._any_control())
        yield from self._leave()

    def _idle(self) -> Waits:
        yield self._kiosk().session.settings.event_attract_after + self._between(2.0, 40.0)

    def _turn_display(self) -> Waits:
        if self._turn is not None:
            self._turn()
        yield 1.0

    def _leave(self) -> Waits:
        """Back to the first screen, by a button or else by the key."""
        yield 0.3
        for _ in range(4):
            if not self._kiosk().dialogs:
                return
            back = self._control("back") or self._control("close")
            if back is not None and self._rng.random() < 0.7:
                yield from self._press(back)
            else:
                yield from self._key(pygame.K_ESCAPE)
            yield 0.3

    # -- what hands do ------------------------------------------------------------------------------------

    def _draw(self, digit: int) -> Waits:
        """Write a digit on the paper that is up, if there is one."""
        paper = self._control(PAPER)
        if paper is None:
            return
        strokes = write_strokes(digit, self._rng)
        low = np.concatenate(strokes).min(axis=0)
        extent = float(np.ptp(np.concatenate(strokes), axis=0).max())
        size = self._between(0.35, 0.8)
        corner = self._rng.uniform(0.05, 0.95 - size, 2)
        for stroke in strokes:
            path = ((stroke - low) / extent * size + corner) * paper.rect.size + paper.rect.topleft
            yield from self._drag(path, np.diff(pen_times(stroke), prepend=0.0))
            yield 0.2

    def _drag(self, path: np.ndarray, waits: np.ndarray) -> Waits:
        """Press at the first of the points (P, 2), and let go at the last; waits (P,): seconds before each."""
        places = [(float(x), float(y)) for x, y in path]
        self._down(places[0])
        for place, wait in zip(places[1:], waits[1:].tolist(), strict=True):
            yield wait
            self._move(place)
        self._up(places[-1])

    def _tap(self, place: Place) -> Waits:
        self._down(place)
        yield self._between(0.03, 0.2)
        self._up(place)

    def _press(self, control: Control | None) -> Waits:
        if control is not None:
            yield from self._tap(control.rect.center)

    def _key(self, code: int) -> Waits:
        text = chr(code) if 32 < code < 127 else ""
        self._post(pygame.KEYDOWN, key=code, mod=0, unicode=text, scancode=0)
        yield self._between(0.05, 0.5)
        self._post(pygame.KEYUP, key=code, mod=0, unicode="", scancode=0)

    def _down(self, place: Place) -> None:
        if self._touches:
            self._finger(pygame.FINGERDOWN, place)
        else:
            self._post(pygame.MOUSEBUTTONDOWN, pos=_pixel(place), button=1, touch=False)

    def _move(self, place: Place, *, pressed: bool = True) -> None:
        if self._touches and pressed:
            self._finger(pygame.FINGERMOTION, place)
        elif not self._touches:
            self._post(pygame.MOUSEMOTION, pos=_pixel(place), rel=(0, 0), buttons=(int(pressed), 0, 0), touch=False)

    def _up(self, place: Place) -> None:
        if self._touches:
            self._finger(pygame.FINGERUP, place)
        else:
            self._post(pygame.MOUSEBUTTONUP, pos=_pixel(place), button=1, touch=False)

    def _finger(self, kind: int, place: Place) -> None:
        width, height = self._kiosk().size
        self._post(kind, touch_id=1, finger_id=1, x=place[0] / width, y=place[1] / height, dx=0.0, dy=0.0)

    def _post(self, kind: int, **values: Any) -> None:
        self.events += 1
        pygame.event.post(pygame.event.Event(kind, **values))

    # -- what eyes see ------------------------------------------------------------------------------------

    def _control(self, name: str) -> Control | None:
        items = self._kiosk().screen.controls.items
        return next((item for item in items if item.name == name and item.enabled), None)

    def _any_control(self) -> Control | None:
        items = [item for item in self._kiosk().screen.controls.items if item.enabled and item.name != PAPER]
        return items[int(self._rng.integers(len(items)))] if items else None

    def _anywhere(self) -> Place:
        width, height = self._kiosk().size
        return float(self._rng.uniform(0, width)), float(self._rng.uniform(0, height))

    def _between(self, low: float, high: float) -> float:
        return float(self._rng.uniform(low, high))


def _pixel(place: Place) -> tuple[int, int]:
    return round(place[0]), round(place[1])
