"""What is on the screen when hands look inside."""

import time

import numpy as np
import pygame

from app.inside.flow import WayView
from app.inside.screen import InsideScreen
from app.inside.why import WhyView
from tests.app.hands import Hands

SIZE, UPRIGHT = (1180, 720), (800, 1500)


def found(hands: Hands) -> None:
    """Let all be found out."""
    end = time.monotonic() + 20
    while hands.view.screen.moving:
        assert time.monotonic() < end
        hands.frame()
        time.sleep(0.001)
    hands.frame()


def screen(hands: Hands) -> InsideScreen:
    assert isinstance(hands.view.screen, InsideScreen)
    return hands.view.screen


def way(hands: Hands) -> WayView:
    view = screen(hands).view
    assert isinstance(view, WayView)
    return view


def why(hands: Hands) -> WhyView:
    view = screen(hands).view
    assert isinstance(view, WhyView)
    return view


def on_paper(hands: Hands, x: float, y: float) -> tuple[float, float]:
    paper = screen(hands).layout.paper
    return paper.left + x * paper.width / 256, paper.top + y * paper.width / 256


def pixels(hands: Hands, rect: pygame.Rect) -> np.ndarray:
    return pygame.surfarray.array3d(hands.surface.subsurface(rect.clip(hands.surface.get_rect()))).astype(int)
