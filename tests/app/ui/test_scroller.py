"""Scroller: smoothly by wheel and keys, at once under a finger, rolling on when it is lifted, and never too far."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from app.ui.scroller import Scroller

FRAME = 1 / 60


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test moves on."""
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def scroller(now: list[float]) -> Scroller:
    scroller = Scroller()
    scroller.limit(1000)
    return scroller


@pytest.fixture
def fling(scroller: Scroller, now: list[float]) -> Callable[..., None]:
    """A finger goes up (negative: down) at a speed in pixels a second, rests, and is lifted."""

    def fling(speed: float, rests: float = 0.0, frames: int = 12) -> None:
        y = 500.0
        scroller.hold(y)
        for _ in range(frames):
            now[0] += FRAME
            y -= speed * FRAME
            scroller.drag(y)
        now[0] += rests
        scroller.let_go()

    return fling


def settle(scroller: Scroller) -> int:
    """Let it come to rest; how many frames that took."""
    for frame in range(600):
        if not scroller.moving:
            return frame
        scroller.update(FRAME)
    raise AssertionError("it never comes to rest")


def test_the_wheel_moves_it_smoothly_and_all_the_way(scroller: Scroller) -> None:
    scroller.by(300)
    seen = [scroller.place]
    for _ in range(6):
        assert scroller.update(FRAME)
        seen.append(scroller.place)
    steps = [b - a for a, b in pairwise(seen)]
    assert 0 < seen[1] < 150  # no jump
    assert all(a > b > 0 for a, b in pairwise(steps))  # ever slower
    assert settle(scroller) < 40
    assert scroller.place == 300
    assert not scroller.update(FRAME)


def test_turns_of_the_wheel_add_up_before_the_first_has_ended(scroller: Scroller) -> None:
    scroller.by(100)
    scroller.update(FRAME)
    scroller.by(100)
    settle(scroller)
    assert scroller.place == 200


def test_it_ends_where_the_content_does(scroller: Scroller) -> None:
    scroller.by(5000)
    settle(scroller)
    assert scroller.place == 1000
    scroller.by(-5000)
    settle(scroller)
    assert scroller.place == 0
    scroller.by(900)
    settle(scroller)
    scroller.limit(400)  # the content became shorter
    assert scroller.place == 400 and not scroller.moving
    scroller.limit(-50)  # all of it has room
    assert scroller.place == scroller.farthest == 0


def test_it_shows_a_part_by_the_shortest_way(scroller: Scroller) -> None:
    scroller.show(500, 540, 200)
    settle(scroller)
    assert scroller.place == 340  # the part's bottom at the room's
    scroller.show(400, 440, 200)
    settle(scroller)
    assert scroller.place == 340  # is seen already
    scroller.show(300, 340, 200)
    settle(scroller)
    assert scroller.place == 300


def test_the_content_sticks_to_the_finger(scroller: Scroller) -> None:
    scroller.hold(500)
    for y, place in ((480, 20), (300, 200), (420, 80), (600, 0)):
        scroller.drag(y)
        assert scroller.place == place
        assert not scroller.update(FRAME)  # nothing pulls while it is held
    assert scroller.held
    scroller.let_go()
    assert not scroller.held
    scroller.drag(100)  # nobody holds it
    assert scroller.place == 0


def test_a_finger_takes_hold_of_what_moves(scroller: Scroller) -> None:
    scroller.by(300)
    scroller.update(FRAME)
    place = scroller.place
    scroller.hold(500)
    scroller.let_go()
    assert settle(scroller) == 0 and scroller.place == place


@pytest.mark.parametrize("speed", [400.0, 800.0])
def test_what_was_moving_rolls_on_at_the_finger_s_speed_and_slows_down(
    scroller: Scroller, fling: Callable[..., None], speed: float
) -> None:
    fling(speed)
    lifted = scroller.place
    assert scroller.update(FRAME)
    assert scroller.place - lifted == pytest.approx(speed * FRAME, rel=0.1)
    assert 20 < settle(scroller) < 150
    assert scroller.place - lifted == pytest.approx(0.35 * speed, rel=0.15)


def test_it_rolls_back_too_and_stops_at_the_end(scroller: Scroller, fling: Callable[..., None]) -> None:
    scroller.to(1000)
    settle(scroller)
    fling(-400)
    lifted = scroller.place
    settle(scroller)
    assert 0 < scroller.place < lifted - 50
    fling(-4000)
    assert settle(scroller) < 20
    assert scroller.place == 0


def test_a_finger_that_rested_before_it_was_lifted_throws_nothing(
    scroller: Scroller, fling: Callable[..., None]
) -> None:
    fling(800, rests=0.2)
    place = scroller.place
    assert settle(scroller) == 0 and scroller.place == place
