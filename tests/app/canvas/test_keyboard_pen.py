"""The keyboard's pen: how far and how fast arrow keys move it, and where it stops."""

import pygame
import pytest

from app.canvas.ink import SIDE
from app.canvas.keyboard_pen import KeyboardPen
from app.input import Key

MIDDLE = SIDE / 2


def hold(pen: KeyboardPen, *codes: int, shift: bool = False) -> None:
    for code in codes:
        pen.key(Key(code, shift=shift))


def test_it_begins_in_the_middle_unseen() -> None:
    pen = KeyboardPen()
    assert pen.place == (MIDDLE, MIDDLE) and not pen.shown and not pen.moving
    assert not pen.update(1.0) and pen.place == (MIDDLE, MIDDLE)


@pytest.mark.parametrize(
    ("code", "way"),
    [(pygame.K_LEFT, (-1, 0)), (pygame.K_RIGHT, (1, 0)), (pygame.K_UP, (0, -1)), (pygame.K_DOWN, (0, 1))],
)
def test_a_tap_moves_it_a_little_and_holding_moves_it_on(code: int, way: tuple[int, int]) -> None:
    pen = KeyboardPen()
    assert pen.key(Key(code))
    assert pen.shown and pen.moving
    assert pen.place == pytest.approx((MIDDLE + 2 * way[0], MIDDLE + 2 * way[1]))
    assert not pen.key(Key(code))  # the key repeats: no second tap
    assert pen.update(0.5)
    assert pen.place == pytest.approx((MIDDLE + 57 * way[0], MIDDLE + 57 * way[1]))
    assert not pen.key(Key(code, down=False))
    assert not pen.moving and not pen.update(0.5)


def test_shift_makes_it_slow() -> None:
    pen = KeyboardPen()
    hold(pen, pygame.K_RIGHT, shift=True)
    pen.update(0.5)
    assert 2 + 10 < pen.place[0] - MIDDLE < 2 + 30
    hold(pen, pygame.K_RIGHT)  # Shift is let go
    before = pen.place[0]
    pen.update(0.5)
    assert pen.place[0] - before == pytest.approx(55)


def test_slantwise_it_is_as_fast() -> None:
    pen = KeyboardPen()
    hold(pen, pygame.K_RIGHT, pygame.K_DOWN)
    x, y = pen.place
    pen.update(0.2)
    assert (pen.place[0] - x, pen.place[1] - y) == pytest.approx((22 / 2**0.5, 22 / 2**0.5))


def test_opposite_arrows_hold_it_still() -> None:
    pen = KeyboardPen()
    hold(pen, pygame.K_RIGHT, pygame.K_LEFT)
    assert pen.moving and not pen.update(0.5)
    assert pen.place == (MIDDLE, MIDDLE)


def test_it_stays_on_the_paper() -> None:
    pen = KeyboardPen()
    for codes, end in (((pygame.K_RIGHT, pygame.K_DOWN), SIDE), ((pygame.K_LEFT, pygame.K_UP), 0)):
        pen.release()
        hold(pen, *codes)
        pen.update(10)
        assert pen.place == (end, end)


def test_released_it_stands_and_other_keys_are_not_its() -> None:
    pen = KeyboardPen()
    hold(pen, pygame.K_RIGHT)
    pen.release()
    assert not pen.moving and not pen.update(1)
    assert not pen.key(Key(pygame.K_SPACE)) and not pen.moving
