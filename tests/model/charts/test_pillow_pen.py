"""The pen for files draws what it is asked to, where it is asked to."""

import numpy as np
import pytest

from model.charts.pen import Box
from model.charts.pillow_pen import COLOURS, PillowPen


def pixels(pen: PillowPen) -> np.ndarray:
    return np.asarray(pen.picture()).astype(int)


def test_boxes_lines_and_discs_are_where_they_belong() -> None:
    pen = PillowPen(60, 40)
    pen.box(Box(10, 10, 20, 5), "first")
    pen.line([(10, 30.5), (50, 30.5)], "second", 2.0)
    pen.disc((50, 10), 5, "text")
    pen.disc((40, 20), 5, "text", hollow=True)
    seen = pixels(pen)
    assert seen.shape == (40, 60, 3)
    assert tuple(seen[12, 20]) == COLOURS["first"]
    assert tuple(seen[8, 20]) == (255, 255, 255)
    assert tuple(seen[30, 30]) == COLOURS["second"]
    assert tuple(seen[10, 50]) == COLOURS["text"]
    assert tuple(seen[20, 40]) == (255, 255, 255)


def test_half_the_strength_is_half_way_to_the_ground() -> None:
    pen = PillowPen(10, 10)
    pen.box(Box(0, 0, 10, 10), "first", 0.5)
    assert pixels(pen)[5, 5] == pytest.approx((np.array(COLOURS["first"]) + 255) / 2, abs=1)


def test_text_takes_the_width_that_was_measured_and_stands_about_its_middle() -> None:
    pen = PillowPen(200, 60)
    pen.text("HHHHHHHH", (190, 30), 16, "text", "right")
    rows, columns = np.nonzero((pixels(pen) < 128).all(axis=2))
    assert columns.max() == pytest.approx(190, abs=3)
    assert columns.max() - columns.min() == pytest.approx(pen.width("HHHHHHHH", 16), abs=4)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(30, abs=1.5)
