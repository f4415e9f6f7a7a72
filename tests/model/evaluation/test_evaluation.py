"""Evaluation and calibration, on probabilities whose figures can be counted by hand."""

import numpy as np
import pytest
from PIL import Image

from model.data.images import Images
from model.evaluation import calibration
from model.evaluation.evaluation import evaluate
from model.evaluation.report import draw_reliability, draw_worst
from model.network.activations import softmax
from model.network.architectures import build_dense


def one_hot(guesses, confidence=0.91):
    p = np.full((len(guesses), 10), (1 - confidence) / 9, np.float32)
    p[np.arange(len(guesses)), guesses] = confidence
    return p


def test_counts():
    result = evaluate(one_hot([3, 3, 1, 1]), np.array([3, 3, 1, 7]))
    assert result.accuracy == 0.75
    assert result.per_digit[3] == 1.0
    assert result.per_digit[7] == 0.0
    assert result.per_digit[0] is None
    assert result.confusion[7][1] == 1
    assert np.sum(result.confusion) == 4
    assert result.calibration_error == pytest.approx(0.91 - 0.75, abs=1e-6)
    assert sum(count for count, _, _ in result.bins) == 4


def test_sure_and_wrong_are_shares_of_all_pictures():
    probabilities = np.concatenate([one_hot([3, 3, 3]), one_hot([3], 0.4)])
    result = evaluate(probabilities, np.array([3, 3, 5, 3]), sure_at=0.9)
    assert result.unsure == 0.25
    assert result.sure_and_wrong == 0.25
    assert evaluate(probabilities, np.array([3, 3, 5, 3])).unsure is None


def test_the_worst_come_first_and_are_at_most_twenty(tmp_path):
    images = Images(np.zeros((30, 28, 28), np.uint8), np.full(30, 5, np.uint8))
    assert draw_worst(images, one_hot([3] * 30), tmp_path / "worst.png") == 20
    assert draw_worst(images[:2], one_hot([5, 5]), tmp_path / "none.png") == 0
    with Image.open(tmp_path / "worst.png") as picture:
        assert picture.size == (750, 640)


def test_the_reliability_diagram_shows_the_bars_that_there_are(tmp_path):
    draw_reliability(evaluate(one_hot([3, 3, 3]), np.array([3, 3, 5])), tmp_path / "bars.png")
    with Image.open(tmp_path / "bars.png") as picture:
        # the only bar is that of 87 to 93 % confidence, two thirds high
        assert picture.convert("RGB").getpixel((60 + 13 * 28 + 14, 60 + 420 - 100)) == (157, 184, 255)
        assert picture.convert("RGB").getpixel((60 + 13 * 28 + 14, 60 + 420 - 330)) == (255, 255, 255)


def test_a_calibrated_network_has_no_calibration_error():
    guesses = np.zeros(100, int)
    labels = np.where(np.arange(100) < 91, 0, 5)
    assert evaluate(one_hot(guesses), labels).calibration_error == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("true_temperature", [0.4, 1.0, 3.0])
def test_the_temperature_is_found_again(true_temperature):
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (20_000, 10)).astype(np.float32)
    cumulated = softmax(logits).cumsum(axis=1)
    labels = (rng.random((20_000, 1)) > cumulated).sum(axis=1).clip(0, 9)
    found = calibration.best_temperature(logits * np.float32(true_temperature), labels)
    assert found == pytest.approx(true_temperature, rel=0.05)


def test_the_limits_hold_what_they_promise(monkeypatch):
    monkeypatch.setattr(calibration, "_PICTURES", 200)
    rng = np.random.default_rng(0)
    images = Images(rng.integers(0, 256, (300, 28, 28)).astype(np.uint8), rng.integers(0, 10, 300).astype(np.uint8))
    network = build_dense([8], "relu", rng)
    found = calibration.calibrate(network, images, np.random.default_rng(1))
    assert 0 < found.digit_at <= found.sure_at <= 0.98
    assert found.temperature > 0
    assert found == calibration.calibrate(network, images, np.random.default_rng(1))
