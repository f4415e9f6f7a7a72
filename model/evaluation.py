"""Evaluation: how well a network reads labelled pictures."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.activations import softmax
from model.data import Images
from model.network import Network

_BINS = 15
_AT_ONCE = 2_000  # pictures that are turned to floats at a time: 6 MB


@dataclass(frozen=True)
class Evaluation:
    """What a network made of labelled pictures.

    confusion (10, 10): rows are true digits, columns what they were read as. per_digit: share read right of each digit,
    None where there is none. calibration_error: expected calibration error in 15 bins of equal width (Guo et al. 2017,
    arXiv 1706.04599, p. 2). bins: (count, mean confidence, share right) of each of them.
    """

    images: int
    accuracy: float
    per_digit: list[float | None]
    confusion: list[list[int]]
    calibration_error: float
    bins: list[tuple[int, float, float]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def logits_of(network: Network, images: Images, *, threads: int | None = None) -> np.ndarray:
    """(N, 10) logits of labelled uint8 pictures, a part of them at a time."""
    parts = [
        network.predict_logits(images[i : i + _AT_ONCE].scaled(), threads=threads)
        for i in range(0, len(images), _AT_ONCE)
    ]
    return np.concatenate(parts)


def evaluate(probabilities: np.ndarray, labels: np.ndarray) -> Evaluation:
    """(N, 10) probabilities against (N,) labels, N at least 1."""
    guesses = probabilities.argmax(axis=1)
    confusion = np.zeros((10, 10), np.int64)
    np.add.at(confusion, (labels, guesses), 1)
    per_digit = [float(row[d] / row.sum()) if row.sum() else None for d, row in enumerate(confusion)]
    hits = guesses == labels
    bins = _bins(probabilities.max(axis=1), hits)
    error = sum(count * abs(confidence - right) for count, confidence, right in bins) / len(labels)
    return Evaluation(len(labels), float(hits.mean()), per_digit, confusion.tolist(), float(error), bins)


def evaluate_network(network: Network, images: Images, *, threads: int | None = None) -> Evaluation:
    """How well a network reads labelled pictures, its probabilities calibrated as its file says."""
    temperature = network.info.get("temperature", 1.0)
    return evaluate(softmax(logits_of(network, images, threads=threads) / np.float32(temperature)), images.labels)


def _bins(confidence: np.ndarray, hits: np.ndarray) -> list[tuple[int, float, float]]:
    numbers = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    chosen = [numbers == b for b in range(_BINS)]
    return [
        (int(c.sum()), float(confidence[c].mean()), float(hits[c].mean())) if c.any() else (0, 0.0, 0.0) for c in chosen
    ]
