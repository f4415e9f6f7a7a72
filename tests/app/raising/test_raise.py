"""A network is raised by mouse, finger and keys, and reads the drawing meanwhile; the house network stays as it is."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pygame
import pytest

from app.event.kiosk import Kiosk
from app.raising.school import IDLE
from app.raising.screen import RaisingScreen
from app.retraining.process import State
from app.retraining.reports import Failed, Order
from app.session.session import Session
from model.reading.reader import Reader
from tests.app.hands import Hands
from tests.app.raising.pupils import FakeRaising
from tests.app.visitor import Clock, Visitor


def screen(hands: Hands) -> RaisingScreen:
    assert isinstance(hands.view.screen, RaisingScreen)
    return hands.view.screen


def draw(hands: Hands) -> None:
    paper = screen(hands).layout.paper
    hands.down((paper.left + 40, paper.top + 40))
    hands.move(paper.center)
    hands.up(paper.center)


@pytest.fixture
def hands(hands: Hands, pupils: list[FakeRaising]) -> Hands:
    hands.key(pygame.K_r, "r")
    return hands


@pytest.fixture(params=["click", "tap", "tab"])
def press(request: pytest.FixtureRequest, hands: Hands) -> Callable[[str], None]:
    """Presses a control by mouse, by finger, or by keys alone."""

    def by_keys(name: str) -> None:
        controls = screen(hands).controls
        while controls.focused != name or not controls.shows_focus:
            hands.key(pygame.K_TAB)
        hands.key(pygame.K_RETURN, "\r")

    return by_keys if request.param == "tab" else getattr(hands, request.param)


def test_choices_and_the_large_button_by_every_hand(
    press: Callable[[str], None], hands: Hands, pupils: list[FakeRaising]
) -> None:
    for name in ("many False", "filters False", "digits 7", "digits 0", "digits 0", "begin"):
        press(name)
    (pupil,) = pupils
    assert (pupil.choices.many, pupil.choices.filters) == (False, False)
    assert pupil.choices.digits == frozenset(range(10)) - {7}


@pytest.mark.parametrize("enter", [pygame.K_RETURN, pygame.K_KP_ENTER])
def test_enter_presses_the_strong_button_while_nothing_has_the_focus(
    enter: int, hands: Hands, pupils: list[FakeRaising]
) -> None:
    hands.key(enter, "\r")
    assert len(pupils) == 1
    hands.key(enter, "\r")  # while it learns no button is strong
    assert len(pupils) == 1 and hands.view.screen is screen(hands)


def test_two_digits_at_least_are_left(hands: Hands) -> None:
    for digit in range(10):
        hands.click(f"digits {digit}")
    assert screen(hands).school.choices.digits == {8, 9}


def test_it_stands_still_steps_goes_on_and_begins_again_by_every_hand(
    press: Callable[[str], None], hands: Hands, pupils: list[FakeRaising]
) -> None:
    press("begin")
    pupils[0].grow()
    hands.frame()
    press("pause")
    assert pupils[0].state is State.PAUSED and not screen(hands).moving
    press("one_step")
    assert screen(hands).moving  # until the step is told of
    pupils[0].tell(pupils[0].grown_at(7, kept=False))
    hands.frame()
    assert not screen(hands).moving and len(pupils[0].kept) == 6
    press("on")
    assert pupils[0].orders == [Order.PAUSE, Order.STEP, Order.GO_ON]
    press("again")
    assert pupils[0].closed and screen(hands).school.raised is None
    press("begin")
    assert pupils[1].choices.seed != pupils[0].choices.seed


def test_the_keys_of_a_training_work_here_too(hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.key(pygame.K_p, "p")  # nothing learns yet
    hands.click("begin")
    pupils[0].grow()
    hands.frame()
    for key, text in ((pygame.K_p, "p"), (pygame.K_PERIOD, "."), (pygame.K_p, "p")):
        hands.key(key, text)
    assert pupils[0].orders == [Order.PAUSE, Order.STEP, Order.GO_ON]


def test_what_it_has_seen_and_reads_is_told(hands: Hands, pupils: list[FakeRaising]) -> None:
    view = screen(hands).view
    hands.click("begin")
    pupils[0].grow(1)
    hands.frame()
    assert "seen nothing" in view.words[0]
    pupils[0].tell(pupils[0].grown_at(5))
    hands.frame()
    grown = pupils[0].grown
    assert grown is not None
    right = int((grown.judged.answers == pupils[0].judges.labels).sum())
    assert view.words[0] == f"It has seen 3200 digits. It reads {right} of 100."


def test_the_drawing_is_read_by_each_network_and_the_house_network_rests(
    hands: Hands, pupils: list[FakeRaising]
) -> None:
    house, read = hands.session.reader.current, hands.session.reader.reading
    draw(hands)
    assert screen(hands).reader.shown_reading is None  # there is no network yet
    hands.click("begin")
    pupils[0].grow(1)
    hands.frame()
    first = screen(hands).reader.shown_reading
    pupils[0].tell(pupils[0].grown_at(30))
    screen(hands).reader._next_live = 0.0
    hands.frame()
    second = screen(hands).reader.shown_reading
    assert first is not None and second is not None
    assert not np.allclose(first.probabilities, second.probabilities)
    assert hands.session.reader.current is house and hands.session.reader.reading is read


def test_the_network_that_reads_is_the_one_that_was_sent(pupils: list[FakeRaising], hands: Hands) -> None:
    hands.click("begin")
    pupils[0].grow(3)
    hands.frame()
    current = screen(hands).reader.current
    assert isinstance(current, Reader) and pupils[0].grown is not None
    np.testing.assert_array_equal(current.network.vector, pupils[0].grown.weights.astype(np.float32))


@pytest.mark.parametrize("way", ["escape", "r", "click", "tap"])
def test_leaving_ends_it(way: str, hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.click("begin")
    pupils[0].grow()
    hands.frame()
    if way in ("click", "tap"):
        getattr(hands, way)("close")
    else:
        hands.key(pygame.K_ESCAPE if way == "escape" else pygame.K_r, "r" if way == "r" else "")
    assert pupils[0].closed and not hands.view.dialogs
    assert not hands.session.reader.suspended


def test_it_ends_by_itself_when_nobody_goes_on(session: Session, pupils: list[FakeRaising]) -> None:
    clock = Clock()
    raising = RaisingScreen(session, clock=clock)
    raising.enter((800, 600))
    raising.school.begin()
    pupils[0].grow()
    raising.update(0)
    raising.school.raised.pause()
    clock.now += IDLE + 1
    raising.update(0)
    assert pupils[0].closed
    assert raising.school.raised is pupils[0] and len(pupils[0].kept) == 6


def test_a_network_that_cannot_be_raised_says_why(hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.click("begin")
    pupils[0].tell(Failed("retrain.failed.memory"))
    hands.frame()
    assert "memory" in screen(hands).view.words[1]
    hands.click("again")
    assert screen(hands).school.raised is None


def test_while_a_network_is_trained_none_is_raised(session: Session, hands: Hands) -> None:
    hands.key(pygame.K_ESCAPE)
    hands.view._training = type("Trains", (), {"closed": False, "busy": True})()
    hands.view._raise()
    assert not hands.view.dialogs and session.context.notices.items
    hands.view._training = None


def test_visitors_raise_one_and_going_away_ends_it(visitor: Visitor, pupils: list[FakeRaising]) -> None:
    kiosk: Kiosk = visitor.view
    visitor.tap("raise")
    visitor.tap("begin")
    pupils[0].grow()
    visitor.frame()
    visitor.wait(kiosk.session.settings.event_attract_after + 1)
    assert pupils[0].closed and not kiosk.dialogs


def test_a_display_without_room_offers_no_raising(visit: Callable[..., Visitor]) -> None:
    assert "raise" not in visit((480, 320)).names
    assert "raise" in visit((1080, 1920)).names


def test_while_it_learns_each_ten_more_are_told_once(hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.click("begin")
    pupils[0].grow(4)
    hands.frame()
    said = screen(hands).heard.texts["view"]
    again = pupils[0].grown_at(3)
    pupils[0].tell(replace(again, seen=again.seen + 64))
    hands.frame()
    assert screen(hands).heard.texts["view"] == said
    pupils[0].tell(pupils[0].grown_at(8))
    hands.frame()
    assert screen(hands).heard.texts["view"] != said


def test_one_that_is_too_small_says_so(hands: Hands, pupils: list[FakeRaising]) -> None:
    for name in ("many False", "begin"):
        hands.click(name)
    pupils[0].grow()
    pupils[0].end()
    hands.frame()
    assert "too small" not in screen(hands).view.words[1]
    for name in ("again", "filters False", "begin"):
        hands.click(name)
    pupils[1].grow()
    pupils[1].end()
    hands.frame()
    assert "too small" in screen(hands).view.words[1]
