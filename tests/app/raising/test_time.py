"""The time machine: to and fro by slider, buttons and keys; drawing, filters and pictures follow."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.raising.chapter import Chapter
from app.raising.life import Change, first_weights, last_changes
from app.raising.reports import Grown
from app.raising.screen import RaisingScreen
from app.raising.time_view import TimeView
from model.network.network import Network
from model.reading.reader import Reader
from model.training.raising import Judged, small_network
from tests.app.hands import Hands
from tests.app.raising.pupils import FakeRaising

COUNT = 8


def screen(hands: Hands) -> RaisingScreen:
    assert isinstance(hands.view.screen, RaisingScreen)
    return hands.view.screen


def view(hands: Hands) -> TimeView:
    found = screen(hands).view
    assert isinstance(found, TimeView)
    return found


@pytest.fixture
def hands(hands: Hands, pupils: list[FakeRaising]) -> Hands:
    """Before a network with some moments."""
    hands.key(pygame.K_r, "r")
    hands.click("begin")
    pupils[0].grow(COUNT)
    hands.frame()
    hands.key(pygame.K_PAGEDOWN)
    return hands


@pytest.mark.parametrize("way", ["keys", "click", "tap", "tab"])
def test_earlier_and_later_by_every_hand(way: str, hands: Hands) -> None:
    def press(name: str, code: int) -> None:
        if way == "keys":
            hands.key(code)
        elif way == "tab":
            while screen(hands).controls.focused != name or not screen(hands).controls.shows_focus:
                hands.key(pygame.K_TAB)
            hands.key(pygame.K_RETURN, "\r")
        else:
            getattr(hands, way)(name)

    assert view(hands).at == COUNT - 1
    for _ in range(2 * COUNT):
        press("earlier", pygame.K_LEFT)
    assert view(hands).at == 0
    press("later", pygame.K_RIGHT)
    assert view(hands).at == 1


@pytest.mark.parametrize("finger", [False, True])
def test_the_slider_follows_the_hand_and_stays_where_it_is_let_go(finger: bool, hands: Hands) -> None:
    slider = hands.rect("slider")
    ends = (slider.left - 30, slider.centery), (slider.left + slider.height, slider.centery - 80)
    seen = []
    if finger:
        hands.finger(pygame.FINGERDOWN, slider.center)
        for end in ends:
            hands.finger(pygame.FINGERMOTION, end)
            seen.append(view(hands).at)
        hands.finger(pygame.FINGERUP, ends[1])
    else:
        hands.down(slider.center)
        for end in ends:
            hands.move(end)
            seen.append(view(hands).at)
        hands.up(ends[1])
    assert seen[0] == 0 < seen[1]
    hands.move(slider.center, pressed=False)
    assert view(hands).at == seen[1]


def test_each_moment_reads_the_drawing_with_its_own_weights(hands: Hands, pupils: list[FakeRaising]) -> None:
    for back in range(3):
        hands.key(pygame.K_LEFT)
        current = screen(hands).reader.current
        assert isinstance(current, Reader)
        weights = pupils[0].kept[COUNT - 2 - back].weights
        np.testing.assert_array_equal(current.network.vector, weights.astype(np.float32))


def test_a_moment_stays_while_the_network_learns_on_and_the_newest_is_followed(
    hands: Hands, pupils: list[FakeRaising]
) -> None:
    pupils[0].tell(pupils[0].grown_at(COUNT))
    hands.frame()
    assert view(hands).at == COUNT
    hands.key(pygame.K_LEFT)
    pupils[0].tell(pupils[0].grown_at(COUNT + 1))
    hands.frame()
    assert view(hands).at == COUNT - 1


def test_another_network_begins_at_its_newest_moment(hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.key(pygame.K_LEFT)
    hands.click("raise")
    hands.click("again")
    hands.click("begin")
    pupils[1].grow(3)
    hands.frame()
    hands.click("time")
    assert view(hands).at == 2


def test_words_filters_and_pictures_follow(hands: Hands) -> None:
    def looks() -> bytes:
        hands.frame()
        return pygame.image.tobytes(hands.surface.subsurface(view(hands).shown.grid), "RGB")

    words, picture = view(hands).words, looks()
    for _ in range(3):
        hands.key(pygame.K_LEFT)
    assert view(hands).words != words and looks() != picture


def test_before_there_is_a_network_it_leads_to_raising_one(make_hands: Callable[..., Hands]) -> None:
    hands = make_hands()
    hands.key(pygame.K_r, "r")
    hands.click("time")
    hands.key(pygame.K_LEFT)
    assert screen(hands).reader.current is None
    hands.click("to_raise")
    assert screen(hands).shown is Chapter.RAISE


def test_a_network_that_has_grown_up_leads_to_its_past(hands: Hands, pupils: list[FakeRaising]) -> None:
    hands.click("raise")
    pupils[0].end()
    hands.frame()
    hands.click("travel")
    assert screen(hands).shown is Chapter.TIME


# -- what is told of a life ---------------------------------------------------------------------------------


def moment(*answers: int) -> Grown:
    found = np.array(answers, np.uint8)
    judged = Judged(found, np.ones(len(found), np.float32), 0.0)
    return Grown(0, 0, judged, np.zeros(0, np.float16), kept=True)


def test_the_pictures_that_changed_last_come_first_and_once() -> None:
    kept = [moment(1, 2, 3), moment(1, 4, 3), moment(5, 6, 3), moment(5, 6, 3)]
    assert last_changes(kept, 3, 9) == [Change(0, 1, 5), Change(1, 4, 6)]
    assert last_changes(kept, 1, 9) == [Change(1, 2, 4)]
    assert last_changes(kept, 3, 1) == [Change(0, 1, 5)]
    assert last_changes(kept, 0, 9) == []


@pytest.mark.parametrize("filters", [False, True])
def test_the_first_weights_are_those_of_filters_or_of_pixels(filters: bool) -> None:
    network: Network = small_network(np.random.default_rng(0), filters=filters, many=True)
    weights = first_weights(network, 5)
    arrays = network.arrays()
    if filters:
        np.testing.assert_array_equal(weights, arrays["0.weight"][:, :, 0, :5])
    else:
        np.testing.assert_array_equal(weights[3, 4], arrays["1.weight"][3 * 28 + 4, :5])
