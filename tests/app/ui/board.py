"""A dialog alone, without a program round it: what hands do to it, and what it draws."""

import pygame

from app.input import Key, Pointer, PointerKind
from app.messages import Messages
from app.ui.context import Context
from app.ui.dialog import Dialog
from app.ui.layout import unit_of
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface

FRAME = 1 / 60


def context() -> Context:
    return Context(Messages("en"))


class Board:
    """Puts a dialog up in a window of a size, and draws what it asks for after each act."""

    def __init__(self, dialog: Dialog, size: tuple[int, int] = (800, 600)) -> None:
        self.dialog = dialog
        self.surface = pygame.Surface(size)
        dialog.enter(size)
        self.frame()

    def frame(self) -> list[pygame.Rect]:
        damage = self.dialog.update(FRAME)
        for rect in damage:
            self.surface.set_clip(rect)
            self.surface.fill("black")
            self.dialog.draw(self._painter(self.surface))
        self.surface.set_clip(None)
        return damage

    def settle(self) -> None:
        for _ in range(1000):
            if not self.dialog.moving:
                return
            self.frame()
        raise AssertionError("it never stands still")

    def is_up_to_date(self) -> bool:
        """Whether the window looks as if all of it were drawn now."""
        whole = pygame.Surface(self.surface.get_size())
        self.dialog.draw(self._painter(whole))
        return pygame.image.tobytes(whole, "RGB") == pygame.image.tobytes(self.surface, "RGB")

    def _painter(self, surface: pygame.Surface) -> Painter:
        return Painter(surface, LIGHT, Typeface(), unit_of(surface.get_size()))

    def key(self, code: int, text: str = "", *, shift: bool = False) -> Action:
        action = self.dialog.handle(Key(code, text, shift=shift))
        self.dialog.handle(Key(code, down=False))
        self.frame()
        return action

    def pointer(self, kind: PointerKind, place: tuple[float, float] = (0, 0), steps: float = 0.0) -> Action:
        action = self.dialog.handle(Pointer(kind, place, steps=steps))
        self.frame()
        return action

    def press(self, place: tuple[float, float]) -> Action:
        self.pointer("down", place)
        return self.pointer("up", place)

    def click(self, name: str) -> Action:
        control = self.dialog.controls.named(name)
        assert control is not None and control.rect.height, name
        return self.press(control.rect.center)

    def drag(self, start: tuple[float, float], down: float) -> Action:
        """Press, move in two steps, and lift."""
        self.pointer("down", start)
        self.pointer("move", (start[0], start[1] + down / 2))
        self.pointer("move", (start[0], start[1] + down))
        return self.pointer("up", (start[0], start[1] + down))
