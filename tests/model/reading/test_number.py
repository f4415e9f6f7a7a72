"""Numbers in words: what is said of ink that was left out, and how much of a number that is not sure."""

import json

import numpy as np
import pytest

from model.pictures.patches import Box
from model.reading.number import Figure, Number, as_json, as_text
from model.reading.reader import Reading


def figure(left: float, *, sure: bool = True) -> Figure:
    return Figure(Reading(np.full(10, 0.1, np.float32), 7, sure, True, 0.999, None), (left, 0.0, 60.0, 100.0))


@pytest.mark.parametrize(("gap", "marks"), [(20, 1), (30, 3)])
def test_bits_that_lie_close_together_are_left_out_as_one_mark(gap: float, marks: int) -> None:
    bits: list[Box] = [(100.0 + n * (10 + gap), 40.0, 10.0, 10.0) for n in (0, 2, 1)]
    number = Number(((figure(0),),)).leaving_out(bits[:1]).leaving_out(bits[1:])
    assert len(number.left_out) == marks
    assert len(json.loads(as_json("page", number))["left_out"]) == marks
    if marks == 1:
        assert number.left_out == ((100.0, 40.0, 70.0, 10.0),)
        assert as_text("page", number).endswith("; 1 mark was left out")


def test_bits_on_both_sides_of_a_figure_stay_apart() -> None:
    assert len(Number(((figure(20),),)).leaving_out([(0, 40, 10, 10), (90, 40, 10, 10)]).left_out) == 2


def test_a_page_full_of_bits_is_one_short_sentence() -> None:
    figures = tuple(figure(70.0 * n, sure=n > 0) for n in range(300))
    number = Number((figures,)).leaving_out([(70.0 * n, 200.0, 8.0, 8.0) for n in range(300)])
    text = as_text("page.png", number)
    assert len(text) < 300
    assert text.startswith("page.png: not sure, perhaps 777") and "300 figures" in text
    assert text.endswith("300 marks were left out")
    assert json.loads(as_json("page.png", number))["number"] == "7" * 300


def test_a_number_of_forty_figures_is_said_as_a_whole() -> None:
    assert "7" * 40 in as_text("page", Number((tuple(figure(70.0 * n, sure=False) for n in range(40)),)))
