"""Answer: what a reading says in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.messages import Messages

if TYPE_CHECKING:
    from model.reading.number import Number
    from model.reading.reader import Reading

SUREST = 0.999  # never "100.0%": no network is that sure


@dataclass(frozen=True)
class Answer:
    """glyph: the digit or sign to show large, "" for none; strong: an answer on request, not a guess on the way."""

    glyph: str
    headline: str
    detail: str
    hint: str
    strong: bool
    sure: bool


def percent(share: float, messages: Messages) -> str:
    """A probability as the language writes it: "98.6%"."""
    return messages.percent(min(share, SUREST))


def answer(reading: Reading | None, messages: Messages, *, answered: bool, empty: bool) -> Answer:
    """The words for a reading: asked for (`answered`) or read along, of an `empty` page or one with ink."""
    if empty:
        return Answer("", messages("answer.empty"), messages("answer.empty.detail"), "", strong=False, sure=False)
    if reading is None or reading.digit is None:
        return Answer("", messages("answer.waiting"), messages("answer.waiting.detail"), "", strong=False, sure=False)
    stem = "answer" if answered else "guess"
    hint = "" if answered else messages("guess.hint")
    if not reading.is_digit:
        return Answer("?", messages(f"{stem}.none"), messages(f"{stem}.none.detail"), hint, strong=answered, sure=False)
    digit, other = reading.digit, reading.runner_up
    if not reading.sure and other is not None:
        shares = [percent(float(reading.probabilities[d]), messages) for d in (digit, other)]
        detail = messages("answer.doubt.detail", digit=digit, share=shares[0], other=other, other_share=shares[1])
        headline = messages(f"{stem}.doubt", digit=digit, other=other)
        return Answer(f"{digit}?", headline, detail, hint, strong=answered, sure=False)
    detail = messages("answer.sure", share=percent(reading.confidence, messages))
    return Answer(str(digit), messages(f"{stem}.digit", digit=digit), detail, hint, strong=answered, sure=True)


def number_answer(number: Number, messages: Messages, *, answered: bool) -> Answer:
    """The words for a page that may hold several digits, which stand above them where there are several."""
    hint = "" if answered else messages("guess.hint")
    if number.too_many:
        headline, detail = messages("number.too_many"), messages("number.too_many.detail")
        return Answer("?", headline, detail, hint, strong=answered, sure=False)
    if len(number.figures) < 2:
        return _one_figure(number, messages, answered=answered)
    if not number.sure:
        headline = messages("number.left_out" if number.left_out else "number.doubt")
        return Answer(number.text, headline, "", hint, strong=answered, sure=False)
    share = percent(number.confidence, messages)
    return Answer(number.text, messages("number.sure", share=share), "", hint, strong=answered, sure=True)


def _one_figure(number: Number, messages: Messages, *, answered: bool) -> Answer:
    """The words for its reading; not sure where other ink was left out, or where it may as well be several digits."""
    said = answer(number.reading, messages, answered=answered, empty=False)
    if number.sure or not said.sure:
        return replace(said, detail=messages("number.left_out")) if number.left_out else said
    digit = number.reading.digit
    detail = messages("number.left_out" if number.left_out else "number.or_several")
    return replace(said, glyph=f"{digit}?", headline=messages("number.perhaps", digit=digit), detail=detail, sure=False)
