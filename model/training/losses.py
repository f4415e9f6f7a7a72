"""Losses: from logits and targets to what training lowers, and its gradient.

Every loss takes logits (n, K) and targets (n, K), rows that add up to 1, and returns (losses (n,), gradient of their
sum by the logits (n, K)).
"""

from collections.abc import Callable

import numpy as np

from model.data.images import NO_DIGIT
from model.network.activations import log_softmax, softmax

Loss = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cross-entropy of the softmax against the targets, from the logits, so that no probability of 0 is ever logged."""
    logs = log_softmax(logits)
    return -(targets * logs).sum(axis=1), np.exp(logs) - targets


def mean_squared_error(logits: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean over the classes of (softmax - target)^2."""
    p = softmax(logits)
    error = p - targets
    slope = error * (2 / logits.shape[1])
    return (error * error).mean(axis=1), p * (slope - (slope * p).sum(axis=1, keepdims=True))


LOSSES: dict[str, Loss] = {"cross_entropy": cross_entropy, "mse": mean_squared_error}


def is_doubted(logits: np.ndarray, labels: np.ndarray, limit: float) -> np.ndarray:
    """(n,) booleans: where a picture of no digit gets at most so much of any class, from logits (n, K), labels (n,).

    Such a picture needs no more doubt: to press all its logits together would take from the digits that look like it
    the order of their classes, by which they are read after all.
    """
    return (labels == NO_DIGIT) & (softmax(logits).max(axis=1) <= limit)


def targets_of(labels: np.ndarray, classes: int, smoothing: float = 0.0, dtype: type = np.float32) -> np.ndarray:
    """Labels (n,) -> target distributions (n, classes).

    smoothing (0 to 1) spreads that fraction evenly over all classes (Szegedy et al. 2016, arXiv 1512.00567, p. 6).
    NO_DIGIT becomes the even distribution. Raises ValueError for a label outside of the classes.
    """
    known = labels != NO_DIGIT
    if labels[known].size and not 0 <= labels[known].min() <= labels[known].max() < classes:
        raise ValueError(f"Labels must lie between 0 and {classes - 1}.")
    targets: np.ndarray = np.full((len(labels), classes), smoothing / classes, dtype)
    targets[~known] = 1 / classes
    targets[np.flatnonzero(known), labels[known]] += 1 - smoothing
    return targets
