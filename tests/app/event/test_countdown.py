"""Countdown: runs out, unless it is called off."""

import pytest

from app.event.countdown import Countdown
from tests.app.visitor import Clock


def test_it_runs_out() -> None:
    clock = Clock()
    countdown = Countdown(clock)
    assert (countdown.running, countdown.over, countdown.left, countdown.fraction_left) == (False, False, 0, 0)
    countdown.start(4)
    clock.now += 1
    assert (countdown.running, countdown.over) == (True, False)
    assert (countdown.left, countdown.fraction_left) == (3, pytest.approx(0.75))
    clock.now += 3
    assert (countdown.running, countdown.over, countdown.left, countdown.fraction_left) == (True, True, 0, 0)


def test_it_is_called_off_and_begins_anew() -> None:
    clock = Clock()
    countdown = Countdown(clock)
    countdown.start(4)
    countdown.stop()
    clock.now += 5
    assert not countdown.over
    countdown.start(4)
    clock.now += 3
    countdown.start(4)
    clock.now += 3
    assert not countdown.over
