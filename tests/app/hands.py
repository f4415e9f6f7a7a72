"""Hands: what a person does at the window, as pygame's events on a stage."""

from typing import Any

import pygame

from app.main_view import MainView

Point = tuple[float, float]


class Hands:
    """Presses, drags, touches and types; after each act one frame is drawn, as the loop would."""

    def __init__(self, view: MainView, asked: list[str]) -> None:
        self.view = view
        self.session = view.session
        self.asked = asked  # what the view asked of its window
        self.surface = pygame.Surface(view.size)
        self.frame()

    def frame(self, seconds: float = 1 / 60) -> list[pygame.Rect]:
        damage = self.view.update(seconds)
        self.view.draw(self.surface, damage)
        return damage

    def settle(self) -> None:
        """Let all motion end."""
        for _ in range(200):
            if not self.view.moving:
                break
            self.frame()
        self.frame()

    def post(self, kind: int, **values: Any) -> None:
        self.view.take(pygame.event.Event(kind, **values))
        self.frame()

    def on_paper(self, x: float, y: float) -> Point:
        """A place in the window from one in canvas units."""
        canvas = self.view.pad.layout.canvas
        return canvas.left + x * canvas.width / 256, canvas.top + y * canvas.width / 256

    def down(self, place: Point, touch: bool = False) -> None:
        self.post(pygame.MOUSEBUTTONDOWN, pos=place, button=1, touch=touch)

    def move(self, place: Point, pressed: bool = True, touch: bool = False) -> None:
        self.post(pygame.MOUSEMOTION, pos=place, rel=(0, 0), buttons=(int(pressed), 0, 0), touch=touch)

    def up(self, place: Point, touch: bool = False) -> None:
        self.post(pygame.MOUSEBUTTONUP, pos=place, button=1, touch=touch)

    def finger(self, kind: int, place: Point, finger: int = 1) -> None:
        width, height = self.view.size
        self.post(kind, touch_id=9, finger_id=finger, x=place[0] / width, y=place[1] / height, dx=0.0, dy=0.0)

    def draw(self, *points: Point) -> None:
        """One stroke through points in canvas units."""
        places = [self.on_paper(*point) for point in points]
        self.down(places[0])
        for place in places[1:]:
            self.move(place)
        self.up(places[-1])

    def click(self, name: str) -> None:
        """Press the control of that name on the screen that is up."""
        place = self.rect(name).center
        self.move(place, pressed=False)
        self.down(place)
        self.up(place)

    def tap(self, name: str) -> None:
        """The same with a finger."""
        place = self.rect(name).center
        self.finger(pygame.FINGERDOWN, place)
        self.finger(pygame.FINGERUP, place)

    def rect(self, name: str) -> pygame.Rect:
        return next(item.rect for item in self.view.screen.controls.items if item.name == name)

    def key(self, code: int, text: str = "", mod: int = 0) -> None:
        self.post(pygame.KEYDOWN, key=code, mod=mod, unicode=text, scancode=0)
        self.post(pygame.KEYUP, key=code, mod=mod, unicode="", scancode=0)

    def hold(self, code: int, mod: int = 0) -> None:
        self.post(pygame.KEYDOWN, key=code, mod=mod, unicode="", scancode=0)

    def release(self, code: int, mod: int = 0) -> None:
        self.post(pygame.KEYUP, key=code, mod=mod, unicode="", scancode=0)
