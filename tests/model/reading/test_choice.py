"""Choices: what the ways to read a page cost, and which ink is said to be left out."""

import numpy as np
import pytest

from model.pictures.drawing import Drawing, Stroke
from model.reading.choice import Choice, boxes_left_out, choices_of
from model.reading.number import Figure
from model.reading.page import Page, page_of_strokes
from model.reading.reader import Reading


def taken_for(digit: int, confidence: float = 0.999) -> Reading:
    return Reading(np.full(10, 0.1, np.float32), digit, True, True, confidence, None)


def page_of(*lines: list[tuple[float, float]]) -> Page[Drawing]:
    return page_of_strokes(Drawing(tuple(Stroke(np.array(line, np.float32)) for line in lines), (600, 600)))


def bar(left: float, top: float = 0) -> list[tuple[float, float]]:
    return [(left, top), (left + 12, top + 50), (left, top + 100)]


def test_the_first_choice_is_what_costs_least_and_says_its_lines_from_the_top() -> None:
    page = page_of(bar(0), bar(80), bar(0, 150))
    read = {run: taken_for(7 if len(run) == 1 else 3, 0.999 if len(run) == 1 else 0.2) for run in page.runs}
    choices = list(choices_of(page, page.layouts[0], read))
    assert choices[0].text == ("77", "7")
    assert choices[0].cost == min(choice.cost for choice in choices)


def test_figures_of_two_lines_that_stand_beside_each_other_cost() -> None:
    def cost(top: float) -> float:
        page = page_of(bar(0), bar(60, top))
        lines = page.layouts[0]
        assert len(lines) == 2
        return next(choices_of(page, lines, {run: taken_for(7) for run in page.runs})).cost

    assert cost(65) > cost(90) + 1


@pytest.mark.parametrize(
    ("stray", "left_out"),
    [
        ([(60.0, 40.0), (62.0, 42.0)], 1),  # a dot between figures may be a point
        ([(300.0, 40.0), (302.0, 42.0)], 0),  # beside them it is dirt
        ([(300.0, 20.0), (304.0, 60.0)], 1),
    ],
)
def test_dirt_is_not_said_to_be_left_out(stray: list[tuple[float, float]], left_out: int) -> None:
    page = page_of(bar(0), bar(120), stray)
    line = tuple(Figure(taken_for(1), page.marks[mark].box, (mark,)) for mark in (0, 1))
    assert len(boxes_left_out(page, Choice((line,), (2,), 0.0, 0.0))) == left_out
