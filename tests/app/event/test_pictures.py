"""Frames of the event mode against stored pictures; see test_pictures for how, and for drawing them again."""

import numpy as np
import pygame
import pytest

from app.event.kiosk import Kiosk
from app.session.session import Session
from app.ui.theme import THEMES
from tests.app.test_pictures import compare, small
from tests.app.visitor import Clock, Visitor


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [
        ("event-answer", (1024, 600), "light"),
        ("event-which", (1024, 600), "dark"),
        ("event-upright", (600, 1024), "light"),
    ],
)
def test_frame(name: str, size: tuple[int, int], theme: str, session: Session) -> None:
    session.context.theme = THEMES[theme]
    clock = Clock()
    visitor = Visitor(Kiosk(session, size, np.random.default_rng(0), clock), clock)
    visitor.draw((70, 70), (130, 64), (190, 66), (150, 140), (110, 215))
    visitor.wait(1.1)
    if name == "event-which":
        visitor.tap("no")
    visitor.post(pygame.WINDOWLEAVE)
    for _ in range(60):  # until the bars stand still; the ring does not turn, as no time passes
        visitor.frame()
    compare(name, small(visitor.surface))
