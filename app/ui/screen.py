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
from app.ui.heard import Heard, command_label
from app.ui.painter import Painter

Action = Union[Command, "Screen", None]  # a command, another screen to put over this one, or nothing


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
        """Come down."""

    @abstractmethod
    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out for a window of `size` pixels."""

    @abstractmethod
    def handle(self, signal: Pointer | Key) -> Action:
        """Take what a pointer or a key did; returns what the program is to do."""

    def drop(self, path: Path) -> bool:
        """Take a file that was dropped on the window; False where this screen has no use for it."""
        return False

    def accepts(self, command: Command) -> bool:
        """Whether a key may give this command while the screen is up."""
        return True

    @abstractmethod
    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns which parts of the window must be drawn again."""

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
    def heard(self) -> Heard:
        """What the screen says, and sounds like, for those who do not see it."""
        return Heard()

    def label_of(self, control: Control) -> str:
        """What a control is called, for those who hear where the focus is."""
        return command_label(control.command, self.context.messages) if control.command is not None else ""

    @property
    def solid(self) -> pygame.Rect:
        """The part of the window behind which nothing else is to be seen."""
        return pygame.Rect(0, 0, 0, 0)

    def press(self, control: Control | None) -> Action:
        """What the program is to do for a pressed control."""
        return control.command if control is not None else None
