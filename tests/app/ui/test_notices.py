"""Notices: they come, they go, and the same one is not shown twice."""

import pygame

from app.ui.notices import MOST, Notices
from tests.app.hands import Hands


def test_they_go_when_their_time_is_over_and_warnings_stay_longer() -> None:
    now = [0.0]
    notices = Notices(lambda: now[0])
    notices.add("one")
    notices.add("two", "warning")
    now[0] = 5.0
    assert notices.due
    notices.update()
    assert [item.text for item in notices.items] == ["two"]
    now[0] = 60.0
    notices.update()
    assert notices.items == []
    assert not notices.due


def test_only_the_newest_few_are_up() -> None:
    notices = Notices()
    for text in "aabcdef":
        notices.add(text)
    assert [item.text for item in notices.items] == list("abcdef")[-MOST:]


def test_a_press_on_one_takes_it_away_and_does_nothing_else(hands: Hands) -> None:
    hands.key(pygame.K_s, "s")
    assert hands.session.context.notices.items
    place = (hands.view.size[0] / 2, 25 * hands.view.pad.layout.unit)
    hands.down(place)
    hands.up(place)
    assert not hands.session.context.notices.items
    assert hands.session.ink.empty


def test_a_notice_can_be_read_in_its_time_and_no_more_than_three_hide_the_screen() -> None:
    now = [100.0]
    notices = Notices(lambda: now[0])
    for text in ("a", "b", "c", "d"):
        notices.add(text)
    notices.add("w", "warning")
    assert [item.text for item in notices.items] == ["c", "d", "w"]
    for later, left in ((3.9, ["c", "d", "w"]), (4.1, ["w"]), (8.9, ["w"]), (9.1, [])):
        now[0] = 100 + later
        notices.update()
        assert [item.text for item in notices.items] == left


def test_said_again_it_stays_anew() -> None:
    now = [0.0]
    notices = Notices(lambda: now[0])
    notices.add("a")
    now[0] = 3
    notices.add("a")
    now[0] = 6
    notices.update()
    assert [item.text for item in notices.items] == ["a"]


def test_a_notice_may_stay_until_it_is_removed() -> None:
    now = 0.0
    notices = Notices(lambda: now)
    stays, other = notices.add("It works on that.", stays=True), notices.add("Hello.")
    now = 1e9
    assert notices.due
    notices.update()
    assert notices.items == [stays] and not notices.due
    notices.remove(other)
    assert notices.items == [stays]
    notices.remove(stays)
    assert notices.items == []
