"""Losses: gradients against central differences, extreme logits, targets."""

import numpy as np
import pytest

from model.data.images import NO_DIGIT
from model.training.losses import LOSSES, cross_entropy, is_doubted, targets_of
from tests.model.network.gradients import numeric_gradient, relative_error


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_gradients(name: str, smoothing: float) -> None:
    logits = np.random.default_rng(0).normal(0, 2, (4, 10))
    targets = targets_of(np.array([3, 0, NO_DIGIT, 9]), 10, smoothing, np.float64)
    _, gradient = LOSSES[name](logits, targets)
    numeric = numeric_gradient(lambda: float(LOSSES[name](logits, targets)[0].sum()), logits)
    assert relative_error(gradient, numeric) < 1e-6


def test_cross_entropy_of_extreme_logits_is_finite() -> None:
    logits = np.array([[1e4, -1e4, 0]], np.float32)
    losses, gradient = cross_entropy(logits, targets_of(np.array([1]), 3))
    assert losses[0] == pytest.approx(2e4)
    assert np.isfinite(gradient).all()


def test_targets() -> None:
    targets = targets_of(np.array([1, NO_DIGIT], np.uint8), 4, 0.2)
    np.testing.assert_allclose(targets, [[0.05, 0.85, 0.05, 0.05], [0.25] * 4])
    with pytest.raises(ValueError, match="between 0 and 9"):
        targets_of(np.array([10]), 10)


@pytest.mark.parametrize("name", LOSSES)
def test_values(name: str) -> None:
    p = np.array([0.7, 0.2, 0.1])
    losses, _ = LOSSES[name](np.log(p)[None], targets_of(np.array([0]), 3, dtype=np.float64))
    expected = {"cross_entropy": -np.log(0.7), "mse": (0.3**2 + 0.2**2 + 0.1**2) / 3}
    assert losses == pytest.approx([expected[name]])


def test_labels_outside_of_the_classes_are_refused() -> None:
    for labels in ([3], [0, 3], [-1, 2]):
        with pytest.raises(ValueError, match="between 0 and 2"):
            targets_of(np.array(labels), 3)
    assert targets_of(np.array([0, 2]), 3).shape == (2, 3)
    assert targets_of(np.array([NO_DIGIT]), 3).sum() == pytest.approx(1)
    assert targets_of(np.array([1]), 3).dtype == np.float32


def test_only_pictures_of_no_digit_without_a_likely_class_are_doubted() -> None:
    logits = np.zeros((4, 10), np.float32)
    logits[[1, 3], 2] = 5.0  # 94 % of one class; 10 % of each elsewhere
    labels = np.array([NO_DIGIT, NO_DIGIT, 4, 4])
    assert is_doubted(logits, labels, 0.3).tolist() == [True, False, False, False]
    assert is_doubted(logits, labels, 0.05).tolist() == [False] * 4
    assert is_doubted(logits, labels, 1.0).tolist() == [True, True, False, False]
