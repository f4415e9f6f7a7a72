"""Confusion matrix: rows are true digits, columns answers; each cell is where a pointer finds it."""

import numpy as np
import pytest

from model.charts.confusion_matrix import STRONGEST, ConfusionMatrix, MatrixLayout, matrix_layout
from model.charts.pen import Box
from tests.model.charts.paper import NotingPen, overlap

COUNTS = np.diag(np.arange(900, 1000, 10))
COUNTS[7, 1], COUNTS[4, 9] = 12, 3


def drawn(box: Box) -> tuple[NotingPen, MatrixLayout]:
    pen = NotingPen()
    layout = matrix_layout(pen, box)
    ConfusionMatrix(COUNTS).draw(pen, layout)
    return pen, layout


def test_counts_stand_in_the_row_of_the_truth_and_the_column_of_the_answer() -> None:
    pen, layout = drawn(Box(0, 0, 600, 400))
    at = {text: box.centre for text, box in pen.texts}
    assert layout.at(*at["12"]) == (7, 1)
    assert layout.at(*at["970"]) == (7, 7)


def test_cells_that_nothing_fell_into_are_blank() -> None:
    assert len([text for text in drawn(Box(0, 0, 600, 400))[0].written if text.isdecimal()]) == 20 + 12


def test_right_answers_are_framed() -> None:
    pen, layout = drawn(Box(0, 0, 600, 400))
    assert [layout.at(*frame.centre) for frame in pen.frames] == [(d, d) for d in range(10)]


def test_the_commonest_mistake_is_the_darkest_and_no_shade_hides_its_number() -> None:
    pen, layout = drawn(Box(0, 0, 600, 400))
    shades = {layout.at(*box.centre): strength for box, ink, strength in pen.boxes if ink == "second"}
    assert shades[7, 1] > shades[4, 9]
    assert max(strength for _, _, strength in pen.boxes) <= STRONGEST


@pytest.mark.parametrize("size", [(260, 200), (300, 420), (600, 400), (1200, 900)])
def test_it_stays_in_its_box_and_no_text_on_another(size: tuple[int, int]) -> None:
    pen, layout = drawn(Box(5, 5, *size))
    boxes = [box for _, box in pen.texts]
    for box in (*boxes, layout.area):
        assert box.left >= 0 and box.right <= 5 + size[0] + 1 and box.top >= 5 and box.bottom <= 5 + size[1] + 1
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlap(a, b)]


def test_a_large_count_is_shortened_in_a_narrow_cell() -> None:
    pen = NotingPen()
    layout = matrix_layout(pen, Box(0, 0, 240, 200))
    ConfusionMatrix(COUNTS * 10).draw(pen, layout)
    assert "9k" in pen.written


def test_beside_the_cells_there_is_none() -> None:
    layout = MatrixLayout(Box(100, 100, 200, 100))
    assert layout.at(99, 150) is None
    assert layout.at(150, 201) is None
    assert layout.at(101, 101) == (0, 0)
    assert layout.at(299, 199) == (9, 9)
