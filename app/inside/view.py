"""Inside view: what the three ways of looking inside have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import pygame

from app.input import Key, Pointer
from app.inside.layout import InsideLayout
from app.inside.worker import Finding, Query
from app.session.session import Session
from app.ui.controls import Control, Controls
from app.ui.damage import Damage
from app.ui.heard import sentences
from app.ui.painter import Painter
from app.ui.theme import Theme

Paragraph = tuple[str, int, str, bool]  # text, size in units, weight, whether quiet

LESS = 7  # units: by so much text may be smaller where room is short
SPACING = 1.4  # of a line, in its text's size


class InsideView(ABC):
    """Shows a finding on the cards beside the paper, and something over the paper."""

    paper_share = 0.0  # of the window's width that the paper takes at most; 0: it is small, with a card below it
    covers_paper = False  # whether it takes the place of the paper
    tools: tuple[str, ...] = ("undo", "clear")  # buttons below the paper

    def __init__(self, session: Session, controls: Controls) -> None:
        self.session = session
        self.context = session.context
        self.controls = controls
        self.layout: InsideLayout
        self.finding: Finding | None = None
        self.damage = Damage()

    @property
    def theme(self) -> Theme:
        """The colours as they are set now."""
        return self.context.theme

    @property
    @abstractmethod
    def query(self) -> Query:
        """What is to be found out."""

    def place(self, layout: InsideLayout) -> None:
        """Lay out within the screen's layout."""
        self.layout = layout
        self.redraw()

    def show(self, finding: Finding | None) -> None:
        """Take a new finding."""
        self.finding = finding
        self.redraw()

    def redraw(self) -> None:
        """Have the cards drawn, and what lies over the paper."""
        self.damage.add(self.layout.paper, self.layout.detail, self.layout.main)

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

    def use_tool(self, tool: str) -> bool:
        """Use a tool by the name of its button; False where the paper's own is meant."""
        return False

    def tool_enabled(self, tool: str) -> bool | None:
        """Whether a tool can be used; None where the paper's own is meant."""
        return None

    def step(self, across: int, down: int) -> None:  # noqa: B027  likewise
        """An arrow key was pressed."""

    def advance(self, seconds: float) -> None:  # noqa: B027  likewise
        """Go on by so many seconds."""

    @property
    def said(self) -> str:
        """What it shows, in words."""
        return ""

    def label_of(self, control: Control) -> str:
        """What a control on the cards is called; a digit's by its number."""
        return str(control.value) if isinstance(control.value, int) else ""

    @property
    def moving(self) -> bool:
        """Whether it moves by itself."""
        return False

    def choose(self, digit: int) -> None:  # noqa: B027  likewise
        """A digit's key was pressed."""

    @abstractmethod
    def draw(self, painter: Painter) -> None:
        """The cards."""

    def draw_on_paper(self, painter: Painter, paper: pygame.Rect, ink: np.ndarray) -> None:  # noqa: B027  likewise
        """What lies over the drawing, whose ink is (side, side) uint8. The surface is clipped to the paper."""


def in_words(paragraphs: list[Paragraph]) -> str:
    """The texts of paragraphs, one after the other."""
    return sentences(text for text, *_ in paragraphs)


def draw_paragraphs(painter: Painter, area: pygame.Rect, paragraphs: list[Paragraph]) -> int:
    """Paragraphs from the top of an area, smaller where they do not fit; without the last where they then still do not.

    Returns where they end.
    """
    for less in range(LESS + 1):
        lines = [
            (line, painter.size(size - less), weight, quiet)
            for text, size, weight, quiet in paragraphs
            for line in painter.type.wrap(text, painter.size(size - less), weight, area.width)
        ]
        high = sum(round(size * SPACING) for _, size, _, _ in lines)
        wide = max((painter.type.width(line, size, weight) for line, size, weight, _ in lines), default=0)
        if high <= area.height and wide <= area.width:
            break
    else:
        if len(paragraphs) > 1 and high > area.height:
            return draw_paragraphs(painter, area, paragraphs[:-1])
    y = area.top
    for line, size, weight, quiet in lines:
        height = round(size * SPACING)
        colour = painter.theme.quiet if quiet else painter.theme.text
        text = painter.type.shorten(line, size, weight, area.width)
        painter.line(text, (area.left, y + height / 2), size, colour, weight)
        y += height
    return y


def paragraphs_fit(painter: Painter, area: pygame.Rect, paragraphs: list[Paragraph]) -> bool:
    """Whether all of them go into an area, at the smallest size at which they are drawn."""
    high = 0
    for text, size, weight, _ in paragraphs:
        pixels = painter.size(size - LESS)
        lines = painter.type.wrap(text, pixels, weight, area.width)
        if any(painter.type.width(line, pixels, weight) > area.width for line in lines):
            return False
        high += len(lines) * round(pixels * SPACING)
    return high <= area.height
