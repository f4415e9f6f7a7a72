"""The chart of a class: looked through in a thread, and then one goes from digit to digit by every hand."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.class_mode.chart import ClassChart
from app.session.session import Session
from app.store.collection import Collection
from model.handwriting.digits import write_digit
from model.network.architectures import build_dense
from model.pictures.writers import by_writer
from model.reading.reader import Reader
from tests.app.class_scenes import survey
from tests.app.hands import Hands


@pytest.fixture
def chart(hands: Hands, session: Session) -> ClassChart:
    """Of three digits by each of four pupils, by a network that knows nothing."""
    session.reader.current = Reader(build_dense([6], "relu", np.random.default_rng(0)))
    collection, rng = session.corrections.collection, np.random.default_rng(1)
    assert collection is not None
    for writer in range(1, 5):
        for digit in (1, 4, 7):
            collection.add(by_writer(write_digit(digit, rng), writer), digit)
    hands.key(pygame.K_k, mod=pygame.KMOD_CTRL)
    screen = hands.view.screen
    assert isinstance(screen, ClassChart) and screen.worker is not None
    screen.worker.wait()
    hands.settle()
    return screen


def test_it_looks_at_every_drawing(chart: ClassChart) -> None:
    assert chart.survey is not None and chart.survey.count == 12
    assert [found.count for found in chart.survey.digits] == [0, 4, 0, 0, 4, 0, 0, 4, 0, 0]
    assert chart.digit == chart.survey.worst
    assert "of 12 misread" in chart.heard.texts["words"]
    assert not chart.moving


@pytest.mark.parametrize("hand", ["click", "tap"])
def test_a_press_looks_at_another_digit(chart: ClassChart, hands: Hands, hand: str) -> None:
    press: Callable[[str], None] = getattr(hands, hand)
    press("digit 7")
    assert chart.digit == 7 and "Number" in chart.heard.texts["digit"]
    press("digit 0")
    assert chart.digit == 0 and "Number" not in chart.heard.texts["digit"]  # nobody wrote one


def test_keys_go_from_digit_to_digit_and_out(chart: ClassChart, hands: Hands) -> None:
    hands.key(pygame.K_9, "9")
    hands.key(pygame.K_DOWN)
    assert chart.digit == 0
    hands.key(pygame.K_UP)
    assert chart.digit == 9
    hands.key(pygame.K_ESCAPE)
    assert hands.view.screen is hands.view.pad


def test_a_fault_is_said_and_the_program_goes_on(session: Session, hands: Hands) -> None:
    Collection().add(by_writer(write_digit(1, np.random.default_rng(0)), 1), 1)
    hands.key(pygame.K_k, mod=pygame.KMOD_CTRL)  # the stand-in of a reader has no network
    screen = hands.view.screen
    assert isinstance(screen, ClassChart) and screen.worker is not None
    screen.worker.wait()
    hands.settle()
    assert screen.worker.failure is not None and "could not" in screen.words[0]


def test_what_is_found_after_a_frame_asks_for_another_one(chart: ClassChart, hands: Hands) -> None:
    assert chart.worker is not None
    found, chart.worker.survey = chart.worker.survey, None
    hands.frame()
    chart.worker.survey = found  # as the thread does at any time
    assert chart.moving
    hands.settle()
    assert not chart.moving and "of 12 misread" in chart.heard.texts["words"]


def test_leaving_ends_the_work(session: Session, hands: Hands, chart: ClassChart) -> None:
    hands.key(pygame.K_ESCAPE)
    assert chart.worker is not None and not chart.worker._thread.is_alive()


def test_without_drawings_it_says_so(hands: Hands) -> None:
    hands.key(pygame.K_k, mod=pygame.KMOD_CTRL)
    screen = hands.view.screen
    assert isinstance(screen, ClassChart) and screen.worker is None
    assert "no drawings" in screen.words[0]


def test_the_words_name_the_worst_and_the_pair() -> None:
    found = survey(3, 20)
    assert (found.worst, found.mixed_up, found.misread) == (4, (4, 9, 3), 3)
    assert survey(0, 20).worst is None and survey(0, 20).mixed_up is None
