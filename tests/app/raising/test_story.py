"""A network goes wrong on purpose, in three steps by every hand, and the house network stays as it is."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.event.kiosk import Kiosk
from app.raising.answers import answer_cells
from app.raising.chapter import Chapter
from app.raising.school import IDLE
from app.raising.screen import RaisingScreen
from app.raising.story_process import StoryStep
from app.raising.story_view import StoryView
from app.retraining.process import State
from app.retraining.reports import Order
from app.session.session import Session
from model.reading.reader import Reader
from model.training.biases import Bias
from tests.app.hands import Hands
from tests.app.raising.pupils import FakeRaising, FakeStory
from tests.app.visitor import Clock, Visitor


def screen(hands: Hands) -> RaisingScreen:
    assert isinstance(hands.view.screen, RaisingScreen)
    return hands.view.screen


@pytest.fixture
def hands(hands: Hands, tellers: list[FakeStory], pupils: list[FakeRaising]) -> Hands:
    hands.key(pygame.K_r, "r")
    hands.key(pygame.K_PAGEUP)  # round the beginning to the last chapter
    assert screen(hands).shown is Chapter.STORY
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


def headline(hands: Hands) -> str:
    hands.frame()
    return screen(hands).view.words[0]


@pytest.mark.parametrize("bias", Bias)
def test_three_steps_by_every_hand(
    bias: Bias, press: Callable[[str], None], hands: Hands, tellers: list[FakeStory]
) -> None:
    press(bias.value)
    (teller,) = tellers
    assert teller.bias is bias
    teller.learn()
    assert headline(hands).startswith("1 of 3")
    teller.fail()
    assert "30" in headline(hands) and teller.story_step is StoryStep.FAIL
    press("repair")
    assert teller.orders == [Order.GO_ON] and teller.story_step is StoryStep.REPAIR
    teller.tell(teller.tried(9))
    teller.end()
    assert "30" in headline(hands) and "90" in headline(hands) and teller.story_step is StoryStep.DONE
    press("stories")
    assert screen(hands).school.story is None and not screen(hands).moving


def test_with_wrong_labels_only_sure_answers_count(hands: Hands, tellers: list[FakeStory]) -> None:
    for bias, count in ((Bias.LABELS, 0), (Bias.BARS, 60)):
        hands.click(bias.value)
        tellers[-1].learn()
        tellers[-1].tell(tellers[-1].tried(6, share=0.8))
        hands.frame()
        grown = tellers[-1].grown
        assert grown is not None and tellers[-1].right(grown) == count
        hands.click("stories")


def test_the_drawing_is_read_by_the_network_that_went_wrong(hands: Hands, tellers: list[FakeStory]) -> None:
    house = hands.session.reader.current
    hands.click("hand")
    tellers[0].fail()
    hands.frame()
    current, grown = screen(hands).reader.current, tellers[0].grown
    assert isinstance(current, Reader) and grown is not None
    np.testing.assert_array_equal(current.network.vector, grown.weights.astype(np.float32))
    paper = screen(hands).layout.paper
    hands.down((paper.left + 40, paper.top + 40))
    hands.up(paper.center)
    screen(hands).reader._next_live = 0.0
    hands.frame()
    assert "reads your drawing" in screen(hands).view.words[1]
    assert hands.session.reader.current is house


def test_one_network_learns_at_a_time_and_the_other_is_remembered(
    hands: Hands, tellers: list[FakeStory], pupils: list[FakeRaising]
) -> None:
    hands.click("raise")
    hands.click("begin")
    pupils[0].grow()
    hands.frame()
    hands.click("story")
    hands.click("bars")
    assert pupils[0].closed and screen(hands).school.raised is pupils[0]
    hands.click("raise")
    hands.click("again")
    hands.click("begin")
    assert tellers[0].closed and not pupils[1].closed


def test_leaving_ends_it(hands: Hands, tellers: list[FakeStory]) -> None:
    hands.click("labels")
    hands.key(pygame.K_ESCAPE)
    assert tellers[0].closed and not hands.session.reader.suspended


def test_it_ends_by_itself_when_nobody_repairs_it(session: Session, tellers: list[FakeStory]) -> None:
    clock = Clock()
    raising = RaisingScreen(session, clock=clock)
    raising.enter((800, 600))
    raising.turn_to(Chapter.STORY)
    raising.school.begin_story(Bias.BARS)
    tellers[0].fail()
    raising.update(0)
    clock.now += IDLE + 1
    raising.update(0)
    assert tellers[0].closed and not tellers[0].can_repair
    assert isinstance(raising.view, StoryView) and set(raising.view.buttons) == {"stories"}


def test_visitors_spoil_one_and_going_away_ends_it(visitor: Visitor, tellers: list[FakeStory]) -> None:
    kiosk: Kiosk = visitor.view
    visitor.tap("raise")
    visitor.tap("story")
    visitor.tap("labels")
    tellers[0].fail()
    visitor.frame()
    visitor.wait(kiosk.session.settings.event_attract_after + 1)
    assert tellers[0].closed and tellers[0].state is State.ENDED and not kiosk.dialogs


@pytest.mark.parametrize("size", [(300, 200), (420, 400), (90, 300), (1200, 500), (20, 20)])
def test_answers_stand_in_full_rows_within_their_area(size: tuple[int, int]) -> None:
    area = pygame.Rect((7, 9), size)
    cells = answer_cells(area, 60, 1.0)
    assert len(cells) <= 60 and all(area.contains(cell) for cell in cells)
    assert not any(cell.collidelistall(list(cells[:i])) for i, cell in enumerate(cells))
    assert len({len([c for c in cells if c.top == top]) for top in {c.top for c in cells}}) <= 1
    assert bool(cells) is (size != (20, 20))
