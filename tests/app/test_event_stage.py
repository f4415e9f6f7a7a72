"""The event mode, driven by events on no display and by a clock of its own."""

import numpy as np
import pygame
import pytest

from app.event_stage import EventStage
from app.session import Session
from tests.app.hands import Hands


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Visitor(Hands):
    """Hands at the event screen; their paper is elsewhere than the drawing screen's."""

    stage: EventStage  # type: ignore[assignment]

    def __init__(self, stage: EventStage, clock: Clock) -> None:
        super().__init__(stage, [])  # type: ignore[arg-type]
        self.clock = clock

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        paper = self.stage.front.layout.paper
        return paper.left + x * paper.width / 256, paper.top + y * paper.width / 256

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.frame()

    def seven(self) -> None:
        self.draw((60, 60), (190, 60), (110, 220))

    @property
    def names(self) -> set[str]:
        return {item.name for item in self.stage.screen.controls.items}


@pytest.fixture
def visitor(session: Session) -> Visitor:
    clock = Clock()
    return Visitor(EventStage(session, (1920, 1080), np.random.default_rng(0), clock), clock)


def test_it_reads_by_itself_and_clears_by_itself(visitor: Visitor) -> None:
    visitor.seven()
    assert not visitor.session.answered
    visitor.wait(1.1)
    assert visitor.session.answered
    assert {"yes", "no", "keep", "clear"} <= visitor.names
    visitor.wait(11)
    assert not visitor.session.ink.empty
    visitor.wait(2)
    assert visitor.session.ink.empty
    assert "yes" not in visitor.names


def test_keys_and_a_closed_window_do_nothing_but_a_signal_and_the_chord_do(visitor: Visitor) -> None:
    visitor.seven()
    for code, mod in ((pygame.K_ESCAPE, 0), (pygame.K_F11, 0), (pygame.K_r, pygame.KMOD_LCTRL), (pygame.K_q, 0)):
        visitor.key(code, mod=mod)
    visitor.stage.take(pygame.event.Event(pygame.WINDOWCLOSE))
    visitor.stage.take(pygame.event.Event(pygame.QUIT))
    visitor.frame()
    visitor.stage.take(pygame.event.Event(pygame.DROPFILE, file="x.png"))
    assert not visitor.stage.quitting
    assert not visitor.stage.over
    assert not visitor.stage.sheets
    assert not visitor.session.ink.empty
    visitor.key(pygame.K_q, mod=pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT)
    assert visitor.stage.over
    visitor.stage.take(pygame.event.Event(pygame.QUIT))
    assert visitor.stage.quitting
