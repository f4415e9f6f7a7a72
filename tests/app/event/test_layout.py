"""Where things are in the event mode: large enough for fingers, in the window, and never on each other."""

from itertools import combinations

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.event.layout import EventLayout, event_layout

FULL_HD = 3.61  # pixels to a millimetre on a display of 24 inches with 1920x1080
FINGER = 12  # mm


def targets(layout: EventLayout) -> dict[str, pygame.Rect]:
    """All that may be touched, but for the paper."""
    digits = {str(digit): rect for digit, rect in enumerate(layout.digits)}
    return {**layout.buttons, **digits, "corner": layout.corner}


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_every_target_is_as_large_as_a_finger(size: tuple[int, int]) -> None:
    for name, rect in targets(event_layout(size)).items():
        assert min(rect.size) >= FINGER * FULL_HD, name


@settings(max_examples=60)
@given(st.integers(480, 4000), st.integers(800, 4000), st.booleans())
def test_all_is_in_the_window_and_nothing_lies_on_anything(width: int, height: int, turned: bool) -> None:
    if turned:
        width, height = height, width
    layout = event_layout((width, height))
    window = pygame.Rect(0, 0, width, height)
    buttons = [layout.buttons[name] for name in ("inside", "keep", "clear", "fool", "guess", "language")]
    parts = [layout.paper, layout.panel, layout.card, *([layout.question] if layout.tall else []), *buttons]
    for rect in (*parts, layout.which):
        assert window.contains(rect)
        assert min(rect.size) > 0
    for one, other in combinations(parts, 2):
        assert not one.colliderect(other)
    for one, other in combinations((*layout.digits, layout.buttons["cancel"]), 2):
        assert not one.colliderect(other)
        assert layout.which.contains(one)
    for one, other in combinations(layout.bars, 2):
        assert not one.colliderect(other)
    assert layout.paper.width == layout.paper.height
    assert layout.panel.contains(layout.ask) or layout.tall


@pytest.mark.parametrize("size", [(1024, 600), (1920, 1080), (1080, 1920)])
def test_the_paper_is_the_largest_thing(size: tuple[int, int]) -> None:
    layout = event_layout(size)
    area = layout.paper.width * layout.paper.height
    assert area > 0.3 * size[0] * size[1] * min(size) / max(size)
    assert all(area > rect.width * rect.height for rect in (layout.panel, layout.card))
