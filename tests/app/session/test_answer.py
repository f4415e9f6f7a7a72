"""Answer: the words for a reading."""

import numpy as np
import pytest

from app.messages import Messages
from app.session.answer import answer, percent
from model.reading.reader import NOTHING, Reading

MESSAGES = Messages("en")


def reading(first: float, second: float = 0.0, sure: bool = True, is_digit: bool = True) -> Reading:
    shares = np.full(10, (1 - first - second) / 8, np.float32)
    shares[[7, 1]] = first, second
    return Reading(shares, 7, sure, is_digit, first, np.zeros((28, 28), np.float32))


def test_a_sure_answer() -> None:
    words = answer(reading(0.986), MESSAGES, answered=True, empty=False)
    assert words.headline == "It is a 7."
    assert words.detail == "98.6%\u00a0sure"
    assert words.strong and words.sure and not words.hint


def test_a_guess_is_quieter_and_says_how_to_get_the_answer() -> None:
    words = answer(reading(0.986), MESSAGES, answered=False, empty=False)
    assert words.headline != "It is a 7."
    assert not words.strong
    assert "S" in words.hint


def test_doubt_names_both() -> None:
    words = answer(reading(0.52, 0.4, sure=False), MESSAGES, answered=True, empty=False)
    assert "7" in words.headline and "1" in words.headline
    assert not words.sure
    assert "52.0" in words.detail and "40.0" in words.detail


def test_no_digit() -> None:
    assert "digit" in answer(reading(0.2, sure=False, is_digit=False), MESSAGES, answered=True, empty=False).headline


def test_an_empty_page_and_a_page_not_yet_read_give_no_digit() -> None:
    assert answer(None, MESSAGES, answered=False, empty=True).glyph == ""
    assert answer(None, MESSAGES, answered=False, empty=False).glyph == ""
    assert answer(NOTHING, MESSAGES, answered=True, empty=False).glyph == ""


@pytest.mark.parametrize(("share", "text"), [(0.0, "0.0"), (0.1234, "12.3"), (0.99999, "99.9"), (1.0, "99.9")])
def test_percent(share: float, text: str) -> None:
    assert percent(share, MESSAGES).startswith(text)
