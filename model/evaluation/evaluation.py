"""Evaluation: how well a network reads labelled pictures."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.constants import SIDE
from model.data.images import Images
from model.evaluation.confusion import count_confusions
from model.network.activations import softmax
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.pictures.normalize import normalize
from model.pictures.pen import picture_of
from model.reading.augmentation import augmented_logits

_BINS = 15
_AT_ONCE = 2_000  # pictures that are turned to floats at a time: 6 MB


@dataclass(frozen=True)
class Evaluation:
    """What a network made of labelled pictures.

    confusion (10, 10): rows are true digits, columns what they were read as. per_digit: accuracy of each digit,
    None where there is none. calibration_error: expected calibration error in 15 bins of equal width (Guo et al. 2017,
    arXiv 1706.04599, p. 2). bins: (count, mean confidence, accuracy) of each of them. unsure, sure_and_wrong:
    fractions of all pictures, where the network says from which confidence it is sure.
    """

    images: int
    accuracy: float
    per_digit: list[float | None]
    confusion: list[list[int]]
    calibration_error: float
    unsure: float | None
    sure_and_wrong: float | None
    bins: list[tuple[int, float, float]]

    def as_json(self) -> dict[str, Any]:
        """The fields by name, in types that JSON has."""
        return asdict(self)


def pictures_of(drawings: Sequence[Drawing]) -> Images:
    """Drawings with digits as words and with ink -> what a reader would show the network."""
    pictures = [normalize(picture) for drawing in drawings if (picture := picture_of(drawing)) is not None]
    images = np.zeros((len(drawings), SIDE, SIDE), np.uint8)
    for image, picture in zip(images, pictures, strict=True):
        if picture is not None:
            image[:] = np.rint(picture * 255)
    return Images(images, np.array([int(drawing.word or 0) for drawing in drawings], np.uint8))


def logits_of(network: Network, images: Images, *, threads: int | None = None) -> np.ndarray:
    """(N, 10) logits of labelled uint8 pictures, as the program reads them, a part of them at a time."""
    parts = [
        augmented_logits(network, images[i : i + _AT_ONCE].scaled(), threads=threads)
        for i in range(0, len(images), _AT_ONCE)
    ]
    return np.concatenate(parts)


def probabilities_of(network: Network, images: Images, *, threads: int | None = None) -> np.ndarray:
    """(N, 10) probabilities of labelled uint8 pictures, calibrated as the network's file says."""
    temperature = network.info.get("temperature", 1.0)
    return softmax(logits_of(network, images, threads=threads) / np.float32(temperature))


def evaluate(probabilities: np.ndarray, labels: np.ndarray, *, sure_at: float | None = None) -> Evaluation:
    """(N, 10) probabilities against (N,) labels, N at least 1; sure_at is the confidence of a sure reading."""
    guesses = probabilities.argmax(axis=1)
    confusion = count_confusions(labels, guesses)
    per_digit = [float(row[d] / row.sum()) if row.sum() else None for d, row in enumerate(confusion)]
    hits = guesses == labels
    confidence = probabilities.max(axis=1)
    sure = None if sure_at is None else confidence >= sure_at
    bins = _bins(confidence, hits)
    error = sum(count * abs(confidence - right) for count, confidence, right in bins) / len(labels)
    return Evaluation(
        images=len(labels),
        accuracy=float(hits.mean()),
        per_digit=per_digit,
        confusion=confusion.tolist(),
        calibration_error=float(error),
        unsure=None if sure is None else float(1 - sure.mean()),
        sure_and_wrong=None if sure is None else float((sure & ~hits).mean()),
        bins=bins,
    )


def evaluate_network(network: Network, images: Images, *, threads: int | None = None) -> Evaluation:
    """How well a network reads labelled pictures, its probabilities calibrated as its file says."""
    probabilities = probabilities_of(network, images, threads=threads)
    return evaluate(probabilities, images.labels, sure_at=network.info.get("sure_at"))


def _bins(confidence: np.ndarray, hits: np.ndarray) -> list[tuple[int, float, float]]:
    numbers = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    chosen = [numbers == b for b in range(_BINS)]
    return [
        (int(c.sum()), float(confidence[c].mean()), float(hits[c].mean())) if c.any() else (0, 0.0, 0.0) for c in chosen
    ]
