"""Hands on the screen of a class."""

from collections.abc import Callable

import pygame
import pytest

from app.class_mode.screen import ClassScreen
from tests.app.hands import Hands


class ClassHands:
    """A pupil's hands."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.drawn = 0

    @property
    def screen(self) -> ClassScreen:
        screen = self.hands.view.screen
        assert isinstance(screen, ClassScreen)
        return screen

    def draw(self) -> None:
        """A stroke that nobody drew before."""
        self.drawn += 1
        paper = self.screen.layout.paper
        self.hands.down((paper.left + 40, paper.top + 40 + self.drawn))
        self.hands.move(paper.center)
        self.hands.up(paper.center)

    def write(self, count: int) -> None:
        """So many digits, each kept."""
        for _ in range(count):
            self.draw()
            self.hands.click("next")


@pytest.fixture
def pupil(hands: Hands) -> ClassHands:
    hands.key(pygame.K_k, "k")
    return ClassHands(hands)


@pytest.fixture(params=["click", "tap", "tab"])
def press(request: pytest.FixtureRequest, pupil: ClassHands) -> Callable[[str], None]:
    """Presses a control by mouse, by finger, or by keys alone."""

    def by_keys(name: str) -> None:
        controls = pupil.screen.controls
        while controls.focused != name or not controls.shows_focus:
            pupil.hands.key(pygame.K_TAB)
        pupil.hands.key(pygame.K_RETURN, "\r")

    return by_keys if request.param == "tab" else getattr(pupil.hands, request.param)
