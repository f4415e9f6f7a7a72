"""Saying whether a reading was right: by key, mouse and finger, and what becomes of it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.commands import DIGITS
from app.session.session import Session
from app.store.collection import Collection
from tests.app.conftest import FakeReader
from tests.app.hands import Hands


def kept() -> list[tuple[int, int | None]]:
    """(true digit, digit that was read) of every line on the disk."""
    return [(entry.digit, entry.reading) for entry in Collection().entries]


def draw_and_read(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")


@pytest.mark.parametrize("way", ["key", "keypad", "click", "tap"])
def test_telling_the_true_digit(way: str, hands: Hands) -> None:
    draw_and_read(hands)
    if way == "key":
        hands.key(pygame.K_1, "1")
    elif way == "keypad":
        hands.key(pygame.K_KP1, "1")
    elif way == "click":
        hands.click("digit_1")
    else:
        hands.tap("digit_1")
    assert kept() == [(1, 7)]
    verdict = hands.session.corrections.verdict
    assert verdict is not None and verdict.digit == 1
    assert Collection().entries[0].network == "cnn"


@pytest.mark.parametrize("way", ["key", "click", "tap"])
def test_saying_that_it_was_right(way: str, hands: Hands) -> None:
    draw_and_read(hands)
    if way == "key":
        hands.key(pygame.K_y, "y")
    elif way == "click":
        hands.click("right")
    else:
        hands.tap("right")
    assert kept() == [(7, 7)]
    assert not Collection().entries[0].misread


@pytest.mark.parametrize("way", ["key", "button"])
def test_undo_takes_the_verdict_back_before_any_ink(way: str, hands: Hands) -> None:
    draw_and_read(hands)
    hands.key(pygame.K_1, "1")
    if way == "key":
        hands.key(pygame.K_u, "u")
    else:
        hands.click("untell")
    assert kept() == []
    assert hands.session.corrections.verdict is None
    assert len(hands.session.ink.page.strokes) == 1
    hands.key(pygame.K_u, "u")
    assert hands.session.ink.empty


def test_another_digit_takes_the_place_of_the_first(hands: Hands) -> None:
    draw_and_read(hands)
    for digit in (1, 4, 4):
        hands.key(pygame.K_0 + digit, str(digit))
    assert kept() == [(4, 7)]


def test_a_digit_pressed_before_s_reads_first(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_3, "3")
    assert hands.session.reader.answered
    assert kept() == [(3, 7)]


def test_nothing_is_kept_of_an_empty_page_or_an_opened_picture(hands: Hands, tmp_path: Path) -> None:
    hands.key(pygame.K_1, "1")
    hands.key(pygame.K_y, "y")
    surface = pygame.Surface((40, 40))
    pygame.draw.line(surface, (255, 255, 255), (20, 5), (20, 35), 4)
    pygame.image.save(surface, str(tmp_path / "one.png"))
    hands.post(pygame.DROPFILE, file=str(tmp_path / "one.png"))
    hands.key(pygame.K_1, "1")
    assert kept() == []
    assert hands.session.context.notices.items
    assert not any(item.name in {command.value for command in DIGITS} for item in hands.view.pad.controls.items)


def test_an_unsure_reading_asks_for_the_digit(hands: Hands, reader: FakeReader) -> None:
    reader.probabilities = np.full(10, 0.05, np.float32)
    reader.probabilities[[4, 9]] = (0.5, 0.4)
    draw_and_read(hands)
    hands.key(pygame.K_y, "y")
    assert kept() == []
    hands.key(pygame.K_9, "9")
    assert kept() == [(9, 4)]


def test_drawing_on_asks_anew(hands: Hands) -> None:
    draw_and_read(hands)
    hands.key(pygame.K_1, "1")
    hands.draw((60, 200), (190, 200))
    assert hands.session.corrections.verdict is None
    hands.key(pygame.K_2, "2")
    assert [digit for digit, _ in kept()] == [1, 2]


def test_the_same_drawing_twice_counts_once(hands: Hands) -> None:
    draw_and_read(hands)
    hands.key(pygame.K_1, "1")
    hands.key(pygame.K_c, "c")
    hands.key(pygame.K_u, "u")
    hands.key(pygame.K_s, "s")
    hands.key(pygame.K_1, "1")
    assert len(kept()) == 1


@pytest.mark.parametrize("digit", range(10))
def test_digits_mean_nothing_else(digit: int, hands: Hands) -> None:
    draw_and_read(hands)
    page = hands.session.ink.page
    hands.key(pygame.K_0 + digit, str(digit))
    assert hands.session.ink.page is page
    assert not hands.view.dialogs


def test_a_folder_that_cannot_be_written_gives_a_notice_and_loses_nothing(hands: Hands) -> None:
    folder = paths.data_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    draw_and_read(hands)
    page = hands.session.ink.page
    hands.key(pygame.K_1, "1")
    assert hands.session.context.notices.items[-1].kind == "warning"
    assert hands.session.ink.page is page
    assert hands.session.reader.answered
    assert hands.session.corrections.verdict is None


def test_tab_reaches_the_bars(hands: Hands) -> None:
    draw_and_read(hands)
    while hands.view.pad.controls.focused != "digit_2":
        hands.key(pygame.K_TAB, "\t")
    hands.key(pygame.K_RETURN, "\r")
    assert kept() == [(2, 7)]


def test_the_confirmation_is_drawn(session: Session, make_hands: Callable[..., Hands]) -> None:
    hands = make_hands((800, 600))
    draw_and_read(hands)
    before = pygame.surfarray.array3d(hands.surface)
    hands.key(pygame.K_1, "1")
    row = hands.view.pad.layout.verdict
    changed = np.any(before != pygame.surfarray.array3d(hands.surface), axis=2)
    assert changed[row.left : row.right, row.top : row.bottom].any()


def test_the_same_digit_again_changes_nothing(hands: Hands) -> None:
    draw_and_read(hands)
    hands.key(pygame.K_4, "4")
    verdict = hands.session.corrections.verdict
    hands.key(pygame.K_4, "4")
    assert hands.session.corrections.verdict is verdict


def test_an_empty_page_has_nothing_to_confirm(hands: Hands) -> None:
    hands.key(pygame.K_y, "y")
    assert not hands.session.context.notices.items


def test_a_guess_along_with_the_pen_cannot_be_confirmed(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.settle()
    assert hands.session.reader.shown_reading is not None
    assert not hands.session.corrections.can_confirm
    hands.key(pygame.K_y, "y")
    assert kept() == []
    assert hands.session.context.notices.items


def test_what_was_read_as_no_digit_is_kept_without_a_reading(hands: Hands, reader: FakeReader) -> None:
    reader.probabilities = np.full(10, 0.1, np.float32)
    draw_and_read(hands)
    hands.key(pygame.K_3, "3")
    assert kept() == [(3, None)]


def test_widgets_are_asked_to_draw_again_for_a_label_and_for_its_undo(hands: Hands) -> None:
    draw_and_read(hands)
    context, corrections = hands.session.context, hands.session.corrections
    before = context.changes
    corrections.label(1)
    labelled = context.changes
    assert labelled > before
    assert corrections.take_back()
    assert context.changes > labelled


@pytest.mark.parametrize("broken", [False, True])
def test_lines_that_could_not_be_read_are_reported_once(broken: bool, hands: Hands) -> None:
    draw_and_read(hands)
    if broken:
        path = Collection().path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("no drawing\n")
    notices = hands.session.context.notices
    notices.dismiss()
    for _ in range(2):
        assert hands.session.corrections.collection is not None
    assert [notice.kind for notice in notices.items] == ["warning"] * broken
