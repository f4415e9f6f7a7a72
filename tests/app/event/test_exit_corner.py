"""The exit corner: held for three seconds it leaves the event mode, and shows after a moment how far it is."""

import numpy as np
import pygame
import pytest

from app.event.exit_corner import ExitCorner
from app.input import Pointer, PointerKind
from app.ui.painter import Painter
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface
from tests.app.visitor import Clock

RECT = pygame.Rect(100, 0, 64, 64)
INSIDE, OUTSIDE = RECT.center, (50.0, 50.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def corner(clock: Clock) -> ExitCorner:
    corner = ExitCorner(clock)
    corner.rect = RECT
    return corner


def press(corner: ExitCorner, kind: PointerKind, place: tuple[float, float] = INSIDE) -> None:
    corner.pointer(Pointer(kind, place))


def held_for(corner: ExitCorner, clock: Clock, seconds: float) -> bool:
    press(corner, "down")
    clock.now += seconds
    corner.update()
    corner.update()
    return corner.done


@pytest.mark.parametrize(("seconds", "leaves"), [(2.95, False), (3.05, True), (60.0, True)])
def test_it_is_held_for_three_seconds(seconds: float, leaves: bool, corner: ExitCorner, clock: Clock) -> None:
    assert held_for(corner, clock, seconds) is leaves


def test_it_is_done_one_turn_of_the_loop_after_its_time(corner: ExitCorner, clock: Clock) -> None:
    press(corner, "down")
    clock.now += 3.05
    assert not corner.done
    corner.update()
    assert corner.done


@pytest.mark.parametrize(
    ("kind", "place"), [("up", INSIDE), ("cancel", INSIDE), ("move", OUTSIDE), ("down", OUTSIDE), ("up", OUTSIDE)]
)
def test_what_ends_the_holding(kind: PointerKind, place: tuple[float, float], corner: ExitCorner, clock: Clock) -> None:
    press(corner, "down")
    clock.now += 2
    press(corner, kind, place)
    assert not corner.held
    clock.now += 2
    corner.update()
    corner.update()
    assert not corner.done


def test_moving_inside_goes_on_and_a_press_elsewhere_begins_nothing(corner: ExitCorner, clock: Clock) -> None:
    press(corner, "move")
    press(corner, "down", OUTSIDE)
    press(corner, "move")
    assert not corner.held
    press(corner, "down")
    press(corner, "move", (RECT.left, RECT.top))
    assert corner.held


def drawn(corner: ExitCorner) -> int:
    """How many pixels the corner draws."""
    surface = pygame.Surface((200, 100))
    corner.draw(Painter(surface, LIGHT, Typeface(), 1.0))
    return int(np.count_nonzero(np.any(pygame.surfarray.array3d(surface), axis=2)))


def accent(corner: ExitCorner) -> int:
    """How many pixels of the ring are full."""
    surface = pygame.Surface((200, 100))
    corner.draw(Painter(surface, LIGHT, Typeface(), 1.0))
    return int(np.count_nonzero(np.all(pygame.surfarray.array3d(surface) == LIGHT.accent, axis=2)))


def test_a_tap_shows_nothing_and_a_hold_a_ring_that_fills(corner: ExitCorner, clock: Clock) -> None:
    press(corner, "down")
    clock.now += 0.35
    assert corner.update() == []
    assert drawn(corner) == 0
    clock.now += 0.1
    assert corner.update() == [RECT]
    early = accent(corner)
    assert corner.update() == []
    clock.now += 2
    assert corner.update() == [RECT]
    late = accent(corner)
    assert 0 < 3 * early < late
    press(corner, "up")
    assert corner.update() == [RECT]
    assert drawn(corner) == 0
