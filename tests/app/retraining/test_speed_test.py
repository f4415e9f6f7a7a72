"""How fast a network trains on this machine, and how long a plan will take."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.retraining.controller import note_speed
from app.retraining.process import State
from app.retraining.speed_test import Speed, Stopwatch
from app.session.session import Session
from model.training.lesson_plans import plan
from tests.app.classroom import FakeProcess, advance, write_network
from tests.app.lessons import task


@pytest.fixture
def watch(processes: list[FakeProcess], tmp_path: Path) -> Stopwatch:
    write_network(tmp_path / "old.npz")
    return Stopwatch(task(tmp_path))  # batches of 32


def test_the_speed_is_that_of_a_second_after_the_first_slow_steps(
    watch: Stopwatch, processes: list[FakeProcess]
) -> None:
    for step in range(1, 14):
        processes[0].tell(advance(step, 1000))  # a tenth of a second each
        known = watch.update()
        assert known == (step == 13)
    assert watch.speed is not None and watch.speed.images == pytest.approx(320)
    assert not watch.running
    assert not watch.update()  # no news any more


def test_a_training_that_is_over_sooner_is_enough(watch: Stopwatch, processes: list[FakeProcess]) -> None:
    for step in range(1, 7):
        processes[0].tell(advance(step, 6))
    assert watch.update() and watch.speed is not None
    assert watch.speed.images == pytest.approx(320)


def test_one_that_fails_says_nothing_and_is_ended(watch: Stopwatch, processes: list[FakeProcess]) -> None:
    processes[0].state = State.FAILED
    assert not watch.update()
    assert watch.speed is None and not watch.running


def test_how_long_a_plan_takes() -> None:
    quick, good = (plan(name, from_nothing=True, mnist=True, own=False) for name in ("quick", "good"))
    for chosen in (quick, good):
        read = (20_000 + 5_000 * chosen.recipe.epochs) / 3
        drawn = chosen.mixture.made / 1200
        assert Speed(1000).seconds(chosen) == pytest.approx(2 + drawn + (chosen.pictures(55_000) + read) / 1000)
        assert Speed(1000).seconds(replace(chosen, own=600)) > Speed(1000).seconds(chosen) + 0.5
    assert Speed(1000).seconds(quick) < Speed(1000).seconds(good)
    before = 2 + good.mixture.made / 1200
    assert Speed(2000).seconds(good) - before == pytest.approx((Speed(1000).seconds(good) - before) / 2)


def test_the_speeds_of_the_newest_forty_kinds_are_remembered(session: Session) -> None:
    for number in range(45):
        note_speed(session, f"784-{number}", 100.04 + number)
    note_speed(session, "784-20", 7)
    speeds = session.settings.speeds
    assert len(speeds) == 40 and speeds["784-20"] == 7 and speeds["784-44"] == 144.0
    assert "784-4" not in speeds and "784-5" in speeds
