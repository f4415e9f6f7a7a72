"""What an evaluation found, as text and as pictures."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.data.images import Images
from model.evaluation.evaluation import evaluate
from model.evaluation.report import as_text, draw_reliability, draw_worst


def one_hot(guesses: list[int], confidences: list[float]) -> np.ndarray:
    """Probabilities of so much for each guess, the rest spread evenly."""
    rows = np.array([[(1 - c) / 9] * 10 for c in confidences], np.float32)
    rows[np.arange(len(guesses)), guesses] = confidences
    return rows


def test_the_figures_as_text() -> None:
    result = evaluate(one_hot([3, 3, 1, 1], [0.9, 0.9, 0.9, 0.4]), np.array([3, 3, 1, 7]), sure_at=0.5)
    lines = as_text(result).splitlines()
    assert lines[0] == "75.00 % of 4 test pictures read right"
    assert lines[1] == "  0  none"
    assert lines[2] == "  1  100.00 %"
    assert lines[8] == "  7  0.00 %"
    assert lines[13].split() == [str(digit) for digit in range(10)]
    assert lines[21].split() == ["7", "0", "1", *"0" * 8]
    assert lines[-2] == f"Expected calibration error {result.calibration_error:.4f}"
    assert lines[-1] == "Not sure of 25.00 %, sure of and wrong about 0.00 %"
    unsaid = evaluate(one_hot([3], [0.9]), np.array([3]))
    assert as_text(unsaid).splitlines()[-1].startswith("Expected calibration error")


def test_the_calibration_error_weighs_each_bin_by_its_pictures() -> None:
    # two bins: 0.9 with accuracy 2/3, 0.5 with accuracy 1
    result = evaluate(one_hot([1, 1, 1, 1], [0.9, 0.9, 0.9, 0.5]), np.array([1, 1, 2, 1]))
    assert result.calibration_error == pytest.approx((3 * (0.9 - 2 / 3) + 1 * 0.5) / 4, abs=1e-6)
    assert [(at, count) for at, (count, _, _) in enumerate(result.bins) if count] == [(7, 1), (13, 3)]
    assert len(result.bins) == 15
    certain = evaluate(np.eye(10, dtype=np.float32)[:1], np.array([0]))
    assert certain.bins[14] == (1, 1.0, 1.0)


def test_a_reading_at_the_limit_is_sure() -> None:
    probabilities = one_hot([1, 1], [0.75, 0.5])
    result = evaluate(probabilities, np.array([2, 2]), sure_at=0.75)
    assert (result.unsure, result.sure_and_wrong) == (0.5, 0.5)


def test_the_surest_mistakes_are_drawn_first(tmp_path: Path) -> None:
    shades = np.array([0, 50, 100, 150], np.uint8)
    images = Images(np.broadcast_to(shades[:, None, None], (4, 28, 28)).copy(), np.array([1, 1, 1, 1], np.uint8))
    path = tmp_path / "worst.png"
    assert draw_worst(images, one_hot([2, 2, 1, 2], [0.5, 0.9, 0.9, 0.7]), path) == 3
    with Image.open(path) as picture:
        assert picture.size == (750, 160)
        tiles = [picture.convert("L").getpixel((150 * place + 75, 60)) for place in range(5)]
        shades_below = np.asarray(picture.convert("L"))[126:160]
    assert tiles == [255 - 50, 255 - 150, 255 - 0, 255, 255]
    words = [bool((shades_below[:, 150 * place : 150 * place + 150] < 100).any()) for place in range(5)]
    assert words == [True, True, True, False, False]


def test_the_reliability_diagram_has_axes_a_grid_and_the_line_of_what_should_be(tmp_path: Path) -> None:
    path = tmp_path / "bars.png"
    draw_reliability(evaluate(one_hot([3], [0.95]), np.array([5])), path)
    with Image.open(path) as file:
        picture = file.convert("RGB")
    assert picture.size == (540, 540)
    for height in range(6):  # the grid, left of the bar and off the diagonal
        assert picture.getpixel((60 + 21 + 84 * (height < 1), 480 - 84 * height)) == (0xE3, 0xE6, 0xEC)
    for at in (10, 105, 315):
        assert picture.getpixel((60 + at, 480 - at)) == (0x20, 0x24, 0x2C)
    texts = {
        "title": (60, 10, 480, 40),
        "left": (5, 55, 55, 485),
        "below": (55, 485, 485, 505),
        "unit": (60, 510, 480, 538),
    }
    for name, box in texts.items():
        assert np.asarray(picture.crop(box).convert("L")).min() < 100, name
