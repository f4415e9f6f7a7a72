"""Learning at once at an event: not without the organiser's switch, only for the day, and never for the organiser."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.event.kiosk import Kiosk
from app.messages import Messages
from app.session import at_once
from app.session.session import Session
from app.store import networks
from app.store.settings import Settings
from app.ui.context import Context
from model.reading.reader import Reader
from tests.app.learners import FakeLearner, loaded
from tests.app.visitor import Clock, Visitor

CTRL_SHIFT = pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT


class Day:
    """The time of day at the stand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 8, 16, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def learners(monkeypatch: pytest.MonkeyPatch) -> list[FakeLearner]:
    """Those that were started."""
    started: list[FakeLearner] = []

    def start() -> FakeLearner:
        started.append(FakeLearner())
        return started[-1]

    monkeypatch.setattr(at_once, "start_process", start)
    return started


@pytest.fixture
def organiser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Whose network takes all for a 4, and who lets it learn from visitors."""
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    base = loaded(tmp_path / "weights" / "cnn.npz")
    session = Session(Settings(event_learn=True), Context(Messages("en")))
    session.reader.adopt(base, Reader(base.network))
    return session


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def visitor(organiser: Session, day: Day) -> Iterator[Visitor]:
    clock = Clock()
    visitor = Visitor(Kiosk(organiser, (1024, 600), np.random.default_rng(0), clock, day), clock)
    yield visitor
    visitor.view.close()


def correct(visitor: Visitor, digit: str) -> None:
    """Draw, wait for the answer, and say what it was."""
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("no")
    visitor.tap(digit)
    visitor.wait(0.1)


def teach(visitor: Visitor, learners: list[FakeLearner], digit: str) -> None:
    correct(visitor, digit)
    learners[0].answer()
    visitor.wait(0.1)


def answer(visitor: Visitor) -> int | None:
    """What a new 7 is read as."""
    visitor.wait(8)
    visitor.seven()
    visitor.wait(1.1)
    reading = visitor.session.reader.reading
    assert reading is not None
    digit = reading.digit
    visitor.tap("clear")
    return digit


def notices(visitor: Visitor) -> list[str]:
    return [notice.text for notice in visitor.view.context.notices.items]


def test_without_the_switch_a_correction_is_counted_and_nothing_learnt(
    organiser: Session, learners: list[FakeLearner]
) -> None:
    organiser.settings.event_learn = False
    clock = Clock()
    visitor = Visitor(Kiosk(organiser, (1024, 600), np.random.default_rng(0), clock), clock)
    correct(visitor, "7")
    assert not learners
    assert answer(visitor) == 4


def test_with_the_switch_the_next_visitor_meets_what_was_learnt(
    visitor: Visitor, organiser: Session, learners: list[FakeLearner]
) -> None:
    teach(visitor, learners, "7")
    assert notices(visitor) == ["Learned: that is a 7."]
    assert answer(visitor) == 7
    visitor.view.close()
    organiser.update()
    assert organiser.reader.current is not None
    picture = np.ones((1, 28, 28), np.float32)
    assert organiser.reader.current.network.predict(picture).tolist() == [4]
    assert not paths.learned_folder().exists()


@pytest.mark.parametrize("way", ["key", "button"])
def test_a_visitor_takes_it_back_while_the_notice_offers_it(
    way: str, visitor: Visitor, learners: list[FakeLearner]
) -> None:
    teach(visitor, learners, "7")
    if way == "key":
        visitor.key(pygame.K_f, "f")
    else:
        button = visitor.view._places()[-1].button
        assert button is not None
        visitor.finger(pygame.FINGERDOWN, button.center)
        visitor.finger(pygame.FINGERUP, button.center)
    assert notices(visitor) == ["Forgotten. It reads as before."]
    assert answer(visitor) == 4
    visitor.key(pygame.K_f, "f")
    assert answer(visitor) == 4


def test_it_is_forgotten_when_the_day_ends(visitor: Visitor, day: Day, learners: list[FakeLearner]) -> None:
    teach(visitor, learners, "7")
    day.now += timedelta(hours=7)
    assert answer(visitor) == 7
    day.now += timedelta(hours=2)
    assert answer(visitor) == 4


def test_what_is_being_learnt_when_the_day_ends_is_given_up(
    visitor: Visitor, day: Day, learners: list[FakeLearner]
) -> None:
    correct(visitor, "7")
    day.now += timedelta(days=1)
    visitor.wait(0.1)
    learners[0].answer()
    assert answer(visitor) == 4


def test_the_organiser_has_it_forgotten_and_what_he_taught_himself_stays(
    organiser: Session, visitor: Visitor, learners: list[FakeLearner]
) -> None:
    visitor.view.close()
    organiser.update()
    drawing = organiser.ink.to_drawing()
    organiser.at_once.learn(drawing, 2, None)
    learners[-1].answer()
    organiser.update()
    clock = Clock()
    event = Visitor(Kiosk(organiser, (1024, 600), np.random.default_rng(0), clock), clock)
    correct(event, "7")
    learners[-1].answer()
    assert answer(event) == 7
    event.key(pygame.K_f, "f", CTRL_SHIFT)
    assert notices(event) == ["All that was learned at once is forgotten."]
    assert answer(event) == 2
    event.view.close()
