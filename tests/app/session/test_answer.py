"""Answer: the words for a reading."""

import numpy as np
import pytest

from app.messages import Messages
from app.session.answer import answer, number_answer, percent
from model.reading.number import Figure, Number
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


def number(*figures: Reading, apart: float = 1.0, left_out: int = 0, too_many: bool = False) -> Number:
    line = tuple(Figure(one, (50.0 * i, 0.0, 40.0, 100.0), (i,)) for i, one in enumerate(figures))
    return Number((line,), apart, ((0.0, 0.0, 9.0, 9.0),) * left_out, too_many)


def test_ink_left_out_of_a_number_is_said() -> None:
    words = number_answer(number(reading(0.99), reading(0.99), left_out=1), MESSAGES, answered=True)
    assert (words.glyph, words.sure) == ("77", False)
    assert "left out" in words.headline
    doubtful = number_answer(number(reading(0.99), reading(0.5, 0.4, sure=False)), MESSAGES, answered=True)
    assert "left out" not in doubtful.headline


def test_one_digit_beside_ink_that_was_left_out_is_not_sure() -> None:
    words = number_answer(number(reading(0.99), left_out=1), MESSAGES, answered=True)
    assert (words.glyph, words.headline, words.sure) == ("7?", "Perhaps a 7", False)
    assert "left out" in words.detail
    doubtful = number_answer(number(reading(0.5, 0.4, sure=False), left_out=1), MESSAGES, answered=True)
    assert "1" in doubtful.headline and "left out" in doubtful.detail


def test_one_digit_that_may_be_several_is_not_sure() -> None:
    words = number_answer(number(reading(0.99), apart=0.3), MESSAGES, answered=True)
    assert (words.glyph, words.sure) == ("7?", False)
    assert "several digits" in words.detail


def test_one_digit_alone_is_answered_as_ever() -> None:
    assert number_answer(number(reading(0.99)), MESSAGES, answered=True) == answer(
        reading(0.99), MESSAGES, answered=True, empty=False
    )


def test_too_many_marks_are_refused_in_words() -> None:
    words = number_answer(number(reading(0.99), too_many=True), MESSAGES, answered=False)
    assert (words.glyph, words.sure, words.strong) == ("?", False, False)
    assert "Too many" in words.headline and words.detail and words.hint
