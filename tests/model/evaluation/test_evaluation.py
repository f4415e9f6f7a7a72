"""Evaluation and calibration, on probabilities whose figures can be counted by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from model.data.images import Images
from model.data.pen_strokes import PenStrokes
from model.evaluation import calibration
from model.evaluation.evaluation import evaluate
from model.evaluation.report import draw_reliability, draw_worst
from model.network.activations import softmax
from model.network.architectures import build_dense


def one_hot(guesses: np.ndarray | list[int], confidence: np.ndarray | float = 0.91) -> np.ndarray:
    """(N, 10): so sure of each guess; confidence is a number, or one for each."""
    p = np.empty((len(guesses), 10), np.float32)
    p[:] = np.reshape((1 - np.asarray(confidence)) / 9, (-1, 1))
    p[np.arange(len(guesses)), guesses] = confidence
    return p


def test_counts() -> None:
    result = evaluate(one_hot([3, 3, 1, 1]), np.array([3, 3, 1, 7]))
    assert result.accuracy == 0.75
    assert result.per_digit[3] == 1.0
    assert result.per_digit[7] == 0.0
    assert result.per_digit[0] is None
    assert result.confusion[7][1] == 1
    assert np.sum(result.confusion) == 4
    assert result.calibration_error == pytest.approx(0.91 - 0.75, abs=1e-6)
    assert sum(count for count, _, _ in result.bins) == 4


def test_sure_and_wrong_are_shares_of_all_pictures() -> None:
    probabilities = np.concatenate([one_hot([3, 3, 3]), one_hot([3], 0.4)])
    result = evaluate(probabilities, np.array([3, 3, 5, 3]), sure_at=0.9)
    assert result.unsure == 0.25
    assert result.sure_and_wrong == 0.25
    assert evaluate(probabilities, np.array([3, 3, 5, 3])).unsure is None


def test_the_worst_come_first_and_are_at_most_twenty(tmp_path: Path) -> None:
    images = Images(np.zeros((30, 28, 28), np.uint8), np.full(30, 5, np.uint8))
    assert draw_worst(images, one_hot([3] * 30), tmp_path / "worst.png") == 20
    assert draw_worst(images[:2], one_hot([5, 5]), tmp_path / "none.png") == 0
    with Image.open(tmp_path / "worst.png") as picture:
        assert picture.size == (750, 640)


def test_the_reliability_diagram_shows_the_bars_that_there_are(tmp_path: Path) -> None:
    draw_reliability(evaluate(one_hot([3, 3, 3]), np.array([3, 3, 5])), tmp_path / "bars.png")
    with Image.open(tmp_path / "bars.png") as picture:
        # the only bar is that of 87 to 93 % confidence, two thirds high
        assert picture.convert("RGB").getpixel((60 + 13 * 28 + 14, 60 + 420 - 100)) == (157, 184, 255)
        assert picture.convert("RGB").getpixel((60 + 13 * 28 + 14, 60 + 420 - 330)) == (255, 255, 255)


def test_a_calibrated_network_has_no_calibration_error() -> None:
    guesses = np.zeros(100, int)
    labels = np.where(np.arange(100) < 91, 0, 5)
    assert evaluate(one_hot(guesses), labels).calibration_error == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("true_temperature", [0.4, 1.0, 3.0])
def test_the_temperature_is_found_again(true_temperature: float) -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (20_000, 10)).astype(np.float32)
    cumulated = softmax(logits).cumsum(axis=1)
    labels = (rng.random((20_000, 1)) > cumulated).sum(axis=1).clip(0, 9)
    found = calibration.best_temperature(logits * np.float32(true_temperature), labels)
    assert found == pytest.approx(true_temperature, rel=0.05)


def test_the_limits_hold_what_they_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "_PICTURES", 200)
    rng = np.random.default_rng(0)
    images = Images(rng.integers(0, 256, (300, 28, 28)).astype(np.uint8), rng.integers(0, 10, 300).astype(np.uint8))
    network = build_dense([8], "relu", rng)
    found = calibration.calibrate(network, images, np.random.default_rng(1))
    assert 0 < found.digit_at <= found.sure_at <= 0.98
    assert found.temperature > 0
    assert found == calibration.calibrate(network, images, np.random.default_rng(1))


class Told:
    """A network that reads the digit from the grey of a picture's upper half, how sure it is from that of the lower."""

    def predict_logits(self, images: np.ndarray, **_: object) -> np.ndarray:
        digits = np.rint(images[:, 6, 14] * 255 / 20).astype(int)
        return np.log(one_hot(digits, np.minimum(images[:, 21, 14], 0.9999)))


def told(digits: np.ndarray, confidences: np.ndarray) -> np.ndarray:
    pictures = np.zeros((len(digits), 28, 28), np.uint8)
    pictures[:, :14] = 20 * digits[:, None, None]
    pictures[:, 14:] = np.rint(confidences * 255)[:, None, None]
    return pictures


def calibrated(
    monkeypatch: pytest.MonkeyPatch,
    *,
    others: tuple[float, float],
    written: tuple[float, float],
    wrong: float = 0.0,
    writers: PenStrokes | None = None,
) -> Any:
    """Calibrate on confidences spread evenly: of non-digits, of handwriting (so much of it misread at 60 %)."""

    def digits(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        confidences, labels = np.linspace(*written, count), rng.integers(0, 10, count).astype(np.uint8)
        misread = np.arange(count) < round(wrong * count)
        confidences = np.where(misread, np.linspace(0.9, 0.5, count), confidences)
        return told(np.where(misread, (labels + 1) % 10, labels), confidences), labels

    monkeypatch.setattr("model.handwriting.digits.images", digits)
    monkeypatch.setattr(
        "model.handwriting.non_digits.images",
        lambda count, rng: told(np.zeros(count, int), np.linspace(*others, count)),
    )
    # read with 75 %, and three in four right: the temperature is 1
    labels = np.arange(400) % 10
    guesses = np.where(np.arange(400) % 4 == 0, (labels + 1) % 10, labels)
    validation = Images(told(guesses, np.full(400, 0.75)), labels.astype(np.uint8))
    found = calibration.calibrate(
        Told(),  # type: ignore[arg-type]
        validation,
        np.random.default_rng(0),
        writers,
    )
    assert found.temperature == pytest.approx(1, abs=0.03)
    return found


def test_one_in_fifty_non_digits_may_be_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    found = calibrated(monkeypatch, others=(0.2, 0.95), written=(0.8, 1.0))
    assert found.sure_at == pytest.approx(0.95 - 0.02 * 0.75, abs=0.006)


def test_hardly_any_reading_may_be_wrong_and_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    found = calibrated(monkeypatch, others=(0.2, 0.6), written=(0.95, 1.0), wrong=0.1)
    assert found.sure_at == pytest.approx(0.9, abs=0.006)


def test_one_in_five_hundred_digits_may_count_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found = calibrated(monkeypatch, others=(0.2, 0.95), written=(0.3, 1.0))
    assert found.digit_at == pytest.approx(0.3 + 0.002 * 0.7, abs=0.006)


def test_the_limit_of_what_is_sure_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calibrated(monkeypatch, others=(0.999, 1.0), written=(0.8, 1.0)).sure_at == pytest.approx(0.98)


@pytest.mark.parametrize("misread", [0, 100, 1_000])
def test_writers_kept_out_of_training_set_limits_too(misread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1,000 digits one may be wrong and sure, of 1,000 letters thirty may be sure."""
    writers = PenStrokes([], np.zeros(0, "U1"), np.zeros(0, int))
    labels = (np.arange(1_000) % 10).astype(np.uint8)
    guesses = np.where(np.arange(1_000) < misread, (labels + 1) % 10, labels)
    drawn = told(guesses, np.linspace(0.94, 0.74, 1_000)), labels
    letters = told(np.zeros(1_000, int), np.linspace(0.5, 0.9, 1_000))
    monkeypatch.setattr("model.handwriting.people.plain_digits", lambda people: drawn)
    monkeypatch.setattr("model.handwriting.people.plain_non_digits", lambda people: letters)
    found = calibrated(monkeypatch, others=(0.2, 0.6), written=(0.95, 1.0), writers=writers)
    assert found.sure_at == pytest.approx(0.94 if misread else 0.9 - 0.03 * 0.4, abs=0.006)
