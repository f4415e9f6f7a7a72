"""Screen: what every screen can do, and what all screens are given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Union

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.ui.context import Context
from app.ui.controls import Control, Controls
from app.ui.damage import Damage
from app.ui.painter import Painter

Action = Union[Command, "Screen", None]  # what a hand wishes: an act, another screen over this one, or nothing


class Screen(ABC):
    """One view in the window. The program calls enter, then handle / update / draw as long as it is up, then leave."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.size = (0, 0)
        self.controls = Controls()
        self.damage = Damage()

    def enter(self, size: tuple[int, int]) -> None:
        """Come up in a window of `size` pixels."""
        self.resize(size)

    def leave(self) -> None:  # noqa: B027  most screens have nothing to put away
        """Go."""

    @abstractmethod
    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out anew."""

    @abstractmethod
    def handle(self, signal: Pointer | Key) -> Action:
        """Take what a hand did; returns what it wishes the program to do."""

    def drop(self, path: Path) -> bool:
        """Take a file that was dropped on the window; False where this screen has no use for it."""
        return False

    def accepts(self, command: Command) -> bool:
        """Whether a key's wish may pass while this screen is up."""
        return True

    @abstractmethod
    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns which parts of the window must be drawn anew."""

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return False

    @property
    def moving(self) -> bool:
        """Whether it changes by itself, so that the next frame should come soon."""
        return False

    @abstractmethod
    def draw(self, painter: Painter) -> None:
        """Draw all of it. The surface is clipped to what changed."""

    @property
    def solid(self) -> pygame.Rect:
        """The part of the window behind which nothing else is to be seen."""
        return pygame.Rect(0, 0, 0, 0)

    def press(self, control: Control | None) -> Action:
        """What a pressed control wishes."""
        return control.command if control is not None else None
