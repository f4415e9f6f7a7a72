"""The exit corner: held for three seconds it is done, and nothing shorter or elsewhere is."""

import pygame
import pytest

from app.event.exit_corner import ExitCorner
from app.input import Pointer
from tests.app.visitor import Clock

INSIDE, OUTSIDE = (10.0, 10.0), (60.0, 10.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def corner(clock: Clock) -> ExitCorner:
    corner = ExitCorner(clock)
    corner.rect = pygame.Rect(0, 0, 50, 50)
    return corner


def turns(corner: ExitCorner, clock: Clock, seconds: float) -> list[pygame.Rect]:
    """The loop goes round for so long; what had to be drawn."""
    damage = []
    for _ in range(round(seconds * 20)):
        clock.now += 0.05
        damage += corner.update()
    return damage


def test_held_for_three_seconds_it_is_done(corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", INSIDE))
    assert corner.held
    turns(corner, clock, 2.9)
    assert not corner.done
    turns(corner, clock, 0.3)
    assert corner.done


def test_a_mere_tap_shows_nothing_and_a_held_one_a_ring_that_fills(corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", INSIDE))
    assert turns(corner, clock, 0.3) == []
    damage = turns(corner, clock, 2.5)
    assert set(map(tuple, damage)) == {(0, 0, 50, 50)}
    assert 15 < len(damage) <= 30
    corner.pointer(Pointer("up", INSIDE))
    assert turns(corner, clock, 0.1) == [corner.rect]  # the ring goes
    assert turns(corner, clock, 1) == []


@pytest.mark.parametrize(
    "end", [Pointer("up", INSIDE), Pointer("cancel", INSIDE), Pointer("move", OUTSIDE), Pointer("down", OUTSIDE)]
)
def test_whatever_ends_the_holding_begins_anew(end: Pointer, corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", INSIDE))
    turns(corner, clock, 2.5)
    corner.pointer(end)
    assert not corner.held
    turns(corner, clock, 1)
    assert not corner.done
    corner.pointer(Pointer("down", INSIDE))
    turns(corner, clock, 2.5)
    assert not corner.done
    turns(corner, clock, 0.7)
    assert corner.done


def test_a_finger_that_trembles_goes_on_holding(corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", INSIDE))
    for x in range(10, 50, 4):
        corner.pointer(Pointer("move", (float(x), 20.0)))
        turns(corner, clock, 0.35)
    assert corner.done


def test_pressed_elsewhere_and_moved_in_it_is_not_held(corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", OUTSIDE))
    corner.pointer(Pointer("move", INSIDE))
    turns(corner, clock, 4)
    assert not corner.held and not corner.done


def test_after_a_stall_the_letting_go_still_counts(corner: ExitCorner, clock: Clock) -> None:
    corner.pointer(Pointer("down", INSIDE))
    corner.update()
    clock.now += 30  # the machine stood still; the finger was lifted meanwhile
    assert not corner.done
    corner.pointer(Pointer("up", INSIDE))
    corner.update()
    assert not corner.done
