"""A figure in a file: as high as what is in it, and whole or not at all."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.charts.curves import LearningCurves
from model.charts.figure import CHARTS, MATRIX, WIDTH, draw_figure

CURVES = LearningCurves(loss=[(1.0, 2.0), (2.0, 1.0)], validation_accuracy=[(1.0, 0.5), (2.0, 0.8)])
COUNTS = np.diag(np.arange(10, 20))


@pytest.mark.parametrize(
    ("curves", "counts", "height"),
    [(CURVES, None, CHARTS), (None, COUNTS, MATRIX), (CURVES, COUNTS, CHARTS + MATRIX)],
    ids=("curves", "matrix", "both"),
)
def test_the_picture_holds_what_there_is(
    tmp_path: Path, curves: LearningCurves | None, counts: np.ndarray | None, height: int
) -> None:
    draw_figure(curves, tmp_path / "f.png", counts)
    with Image.open(tmp_path / "f.png") as picture:
        assert picture.size == (WIDTH, height)
        dark = np.asarray(picture.convert("L")) < 200
    assert all(part.any() for part in np.array_split(dark, 2))
    assert [path.name for path in tmp_path.iterdir()] == ["f.png"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "f.png").mkdir()
    with pytest.raises((IsADirectoryError, PermissionError)):
        draw_figure(CURVES, tmp_path / "f.png")
    assert [path.name for path in tmp_path.iterdir()] == ["f.png"]
