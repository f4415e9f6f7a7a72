"""Calibration: what a network's probabilities are worth, found on pictures that it was not trained on.

Three numbers, kept in the network's file. `temperature` divides the logits, so that among pictures read with 90 % about
nine in ten are read right (Guo et al. 2017, arXiv 1706.04599, p. 5). `sure_at` is the probability from which a reading
counts as sure, `digit_at` the one below which the picture looks like no digit at all.
"""

from dataclasses import dataclass

import numpy as np

from model.data.images import Images
from model.data.pen_strokes import PenStrokes
from model.evaluation.evaluation import logits_of
from model.handwriting import digits as handwriting
from model.handwriting import non_digits, people
from model.network.activations import log_softmax, softmax
from model.network.network import Network

_PICTURES = 4_000  # handwriting and pictures of no digit that are made to set the limits
_WRONG_AND_SURE = 0.0004  # fraction of the validation pictures and of the handwriting that may be read wrong and sure
_NON_DIGIT_AND_SURE = 0.02  # fraction of the pictures of no digit that may be sure
_PEN_WRONG_AND_SURE = 0.0015  # fraction of people's digits that may be read wrong and sure
_PEN_NON_DIGIT_AND_SURE = 0.03  # fraction of people's letters and signs that may be sure
_DIGIT_BELOW = 0.002  # fraction of the pictures of digits that may count as none
_SURE_LIMITS = (0.5, 0.98)


@dataclass(frozen=True)
class Calibration:
    """temperature over 0; sure_at and digit_at between 0 and 1."""

    temperature: float
    sure_at: float
    digit_at: float


def calibrate(
    network: Network, validation: Images, rng: np.random.Generator, writers: PenStrokes | None = None
) -> Calibration:
    """Find the three numbers on validation pictures, on pictures that rng makes, and on writers kept out of training.

    writers: people whose digits, letters and signs set limits too: they write less like MNIST than validation.
    """
    logits = logits_of(network, validation)
    temperature = best_temperature(logits, validation.labels)
    written, digits = handwriting.images(_PICTURES, rng)
    labels = np.concatenate([validation.labels, digits])
    probabilities = softmax(np.concatenate([logits, logits_of(network, Images(written, digits))]) / temperature)
    doubted = _probabilities(network, non_digits.images(_PICTURES, rng), temperature)
    sure_at = max(
        _limit_of_digits(probabilities, labels, _WRONG_AND_SURE), _limit_of_others(doubted, _NON_DIGIT_AND_SURE)
    )
    if writers is not None:
        pictures, labels = people.plain_digits(writers)
        sure_at = max(
            sure_at,
            _limit_of_digits(_probabilities(network, pictures, temperature), labels, _PEN_WRONG_AND_SURE),
            _limit_of_others(
                _probabilities(network, people.plain_non_digits(writers), temperature), _PEN_NON_DIGIT_AND_SURE
            ),
        )
    sure_at = float(np.clip(sure_at, *_SURE_LIMITS))
    digit_at = min(float(np.quantile(probabilities.max(axis=1), _DIGIT_BELOW)), sure_at)
    return Calibration(temperature, sure_at, digit_at)


def _probabilities(network: Network, pictures: np.ndarray, temperature: float) -> np.ndarray:
    """(N, 10) probabilities of unlabelled uint8 pictures."""
    return softmax(logits_of(network, Images(pictures, np.zeros(len(pictures), np.uint8))) / temperature)


def _limit_of_digits(probabilities: np.ndarray, labels: np.ndarray, rate: float) -> float:
    """The least limit under which no more than that fraction of digits is read wrong and sure."""
    wrong = probabilities.max(axis=1)[probabilities.argmax(axis=1) != labels]
    return _limit(wrong, rate * len(labels))


def _limit_of_others(probabilities: np.ndarray, rate: float) -> float:
    """The least limit under which no more than that fraction of what is no digit is sure."""
    return _limit(probabilities.max(axis=1), rate * len(probabilities))


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature from 0.05 to 20 under which (N, K) logits make labels (N,) likeliest, by golden section."""
    rows = np.arange(len(labels))

    def loss(log_temperature: float) -> float:
        return -float(log_softmax(logits / np.float32(np.exp(log_temperature)))[rows, labels].mean())

    low, high = np.log(0.05), np.log(20.0)
    ratio = (np.sqrt(5) - 1) / 2
    while high - low > 1e-4:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if loss(a) < loss(b) else (a, high)
    return float(np.exp((low + high) / 2))


def _limit(confidences: np.ndarray, allowed: float) -> float:
    """The least limit that no more than that many of the confidences reach."""
    ordered = np.sort(confidences)[::-1]
    at = int(allowed)
    return float(np.nextafter(ordered[at], np.float32(2))) if at < len(ordered) else 0.0
