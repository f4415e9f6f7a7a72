"""Line charts: lines that differ in more than colour, a legend, and room used as far as there is any."""

import numpy as np
import pytest

from model.charts.curves import LearningCurves, accuracy_chart, loss_chart, progress_chart
from model.charts.line_chart import MOST_POINTS, LineChart, dashes
from model.charts.pen import Box
from model.charts.words import ENGLISH
from tests.model.charts.paper import NotingPen, overlap

RUN = LearningCurves(
    loss=[(0.1, 2.4), (1.0, 0.9), (2.0, 0.4)],
    accuracy=[(0.1, 0.2), (1.0, 0.8), (2.0, 0.93)],
    validation_loss=[(1.0, 0.5), (2.0, 0.3)],
    validation_accuracy=[(1.0, 0.91), (2.0, 0.955)],
)


WHOLE = Box(0, 0, 460, 300)


def drawn(chart: LineChart, box: Box = WHOLE) -> NotingPen:
    pen = NotingPen()
    chart.draw(pen, box)
    return pen


def test_the_chart_of_accuracy_names_its_lines_and_numbers_both_axes() -> None:
    pen = drawn(accuracy_chart([RUN]))
    assert {"Accuracy", "validation", "training", "100%", "20%", "0", "2 epochs"} <= set(pen.written)


def test_the_chart_of_loss_begins_at_zero() -> None:
    assert {"Loss", "0.0", "2.5"} <= set(drawn(loss_chart([RUN])).written)


def test_validation_is_a_whole_line_and_training_a_dashed_one() -> None:
    pen = drawn(accuracy_chart([RUN]))
    whole = [places for places, _, width in pen.lines if width == 3.0]
    dashed = [places for places, _, width in pen.lines if width == 2.0]
    assert len(whole) == 2  # in the legend, and in the plot
    assert len(dashed) > 20
    assert {hollow for _, hollow in pen.discs} == {True, False}


def test_two_trainings_differ_in_their_marks() -> None:
    one, two = (LearningCurves(validation_loss=RUN.validation_loss, name=name) for name in "AB")
    pen = drawn(loss_chart([one, two]))
    assert {"A: validation", "B: validation"} <= set(pen.written)
    marks = [box for box, _, strength in pen.boxes if strength == 1.0]
    assert len(marks) >= 3
    assert len(pen.discs) == 2


def test_a_training_under_way_has_accuracy_at_the_left_and_loss_at_the_right() -> None:
    pen = drawn(progress_chart(RUN, 4.0, "4 steps", ENGLISH, at=1.0))
    at = dict(pen.texts)
    assert at["100%"].right < 60
    assert at["2.5"].left > 400
    assert {"validation", "training", "loss", "4 steps"} <= set(pen.written)
    assert any(ink == "text" for _, ink, _ in pen.boxes)


def test_a_training_without_a_measurement_yet_has_its_axes() -> None:
    assert "50%" in drawn(progress_chart(LearningCurves(loss=[(1.0, 2.4)]), 9.0, "9 steps", ENGLISH)).written


def test_a_small_chart_leaves_out_the_last_curves_and_a_smaller_one_everything() -> None:
    chart = progress_chart(RUN, 4.0, "4 steps", ENGLISH)
    small = drawn(chart, Box(0, 0, 190, 80)).written
    assert "validation" in small
    assert "training" not in small
    assert drawn(chart, Box(0, 0, 40, 90)).written == []
    assert drawn(chart, Box(0, 0, 460, 20)).written == []


@pytest.mark.parametrize("size", [(140, 90), (230, 120), (460, 300), (900, 500)])
def test_all_texts_stay_in_the_box_and_apart(size: tuple[int, int]) -> None:
    for chart in (accuracy_chart([RUN]), loss_chart([RUN]), progress_chart(RUN, 4.0, "4 steps", ENGLISH)):
        pen = drawn(chart, Box(10, 10, *size))
        boxes = [box for _, box in pen.texts]
        assert all(box.left >= 10 and box.right <= 10 + size[0] and box.bottom <= 10 + size[1] for box in boxes)
        assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlap(a, b)]


def test_long_curves_are_thinned_and_keep_their_ends() -> None:
    points = [(float(x), 0.5) for x in range(5000)]
    pen = drawn(accuracy_chart([LearningCurves(validation_accuracy=points)]))
    longest = max((places for places, _, width in pen.lines if width == 3.0), key=len)
    assert len(longest) <= MOST_POINTS
    assert longest[-1][0] == pytest.approx(460 * 1.0, abs=1)


def test_dashes_cover_half_of_a_line_whatever_its_points() -> None:
    line = [(0.0, 0.0), (3.0, 4.0), (3.0, 54.0), (43.0, 54.0)]
    pieces = [np.hypot(*np.diff(np.array(piece), axis=0).T).sum() for piece in dashes(line, 2.5)]
    assert sum(pieces) == pytest.approx(95 / 2, rel=0.06)
    assert max(pieces) <= 2.5 + 1e-9


def test_a_single_point_has_no_dashes() -> None:
    assert dashes([(5.0, 5.0)], 2.5) == []
