"""Tab view: what is shown on the cards beside the paper while its tab is on."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.tabs.layout import TabLayout
from app.ui.context import Context
from app.ui.controls import Control, Controls
from app.ui.damage import Damage
from app.ui.painter import Painter


class TabView(ABC):
    """One of the views of a screen with tabs; most need only a part of what they may take."""

    paper_share = 0.0  # of the window's width that the paper takes at most; 0: it is small, with a card below it
    covers_paper = False  # whether it takes the place of the paper
    tools: tuple[str, ...] = ("undo", "clear")  # buttons below the paper

    def __init__(self, context: Context, controls: Controls) -> None:
        self.context = context
        self.controls = controls
        self.damage = Damage()
        self.layout: TabLayout

    @abstractmethod
    def place(self, layout: TabLayout) -> None:
        """Lay out within the screen's layout."""

    def controls_now(self) -> list[Control]:
        """What can be pressed on the cards."""
        return []

    def press(self, control: Control) -> None:  # noqa: B027  a view without controls
        """A control was pressed."""

    def pointer(self, pointer: Pointer) -> None:  # noqa: B027  most views have only controls
        """Follow a pointer over the cards."""

    def take_key(self, key: Key) -> bool:
        """Follow a key that is meant for the paper's place, where the view covers it; whether it was one."""
        return False

    def take_command(self, command: Command) -> bool:
        """Do what a key wants of this view; whether it knows the command."""
        return False

    def use_tool(self, tool: str) -> bool:
        """Use a tool by the name of its button; False where the paper's own is meant."""
        return False

    def tool_enabled(self, tool: str) -> bool | None:
        """Whether a tool can be used; None where the paper's own is meant."""
        return None

    def step(self, across: int, down: int) -> None:  # noqa: B027  likewise
        """An arrow key was pressed."""

    @property
    def primary(self) -> str:
        """The control that Enter presses while none has the focus; "" for none."""
        return ""

    @property
    def said(self) -> str:
        """What it shows, in words."""
        return ""

    @abstractmethod
    def label_of(self, control: Control) -> str:
        """What a control on the cards is called."""

    @abstractmethod
    def draw(self, painter: Painter) -> None:
        """The cards."""

    def draw_on_paper(self, painter: Painter, paper: pygame.Rect, ink: np.ndarray) -> None:  # noqa: B027  likewise
        """What lies over the drawing, whose ink is (side, side) uint8. The surface is clipped to the paper."""
