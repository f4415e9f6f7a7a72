"""Memory: what a network must not unlearn when it learns from a single drawing.

Of some thousands of pictures it holds what the network's last hidden layer sees of them and what the network makes of
that, so that a change of the last layers can be tried on all of them in a few milliseconds. It grows part by part, and
can be used from the first part on.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from model.data.datasets import BUNDLED
from model.data.images import NO_DIGIT, Images
from model.data.keras_npz import first_images
from model.data.pen_strokes import load_pen_strokes
from model.network.activations import softmax
from model.network.growth import feature_count, features_of, logits_from
from model.network.network import Network
from model.reading.reader import Reader
from model.training.mixture import Mixture

PARTS = 120  # of what is remembered in the end
# Of each part: pictures of MNIST, and made ones with the hands of people.
_MNIST, _MADE = 100, Mixture(pen_digits=40, pen_non_digits=21, non_digits=21)
_SEED = 7
_AT_ONCE = 1_000  # pictures turned to floats, or features from half precision, at a time
_RIDGE = 0.01  # of the mean variance of the features, added to each of them
_GROWTH = 1.5  # so much larger, its spread is measured again


def remembered_pictures() -> Iterator[Images]:
    """Pictures of digits, and of what is none, to hold a network to, in PARTS parts that are all of one kind.

    None of them is kept for validation. Raises DataError or OSError where the program's own data are missing.
    """
    train, writers = first_images(BUNDLED, PARTS * _MNIST), load_pen_strokes().for_training()
    for part in range(PARTS):
        images = train[part * _MNIST : (part + 1) * _MNIST]
        yield _MADE.added_to(images, seed=_SEED + part, writers=writers)


class Spread(NamedTuple):
    """How what is seen lies: mean (F,) float32; inverse (F, F) float32 of the covariance."""

    mean: np.ndarray
    inverse: np.ndarray


class Memory:
    """N remembered pictures, seen by a network whose last hidden layer has F inputs.

    labels (N,), NO_DIGIT where there is none; logits (N, classes).
    """

    def __init__(self, network: Network) -> None:
        """Raises ValueError for a network that cannot grow."""
        self.network = network
        self.labels = np.empty(0, np.uint8)
        self.logits = np.empty((0, *network.output_shape), np.float32)
        self._features: list[np.ndarray] = []  # (n, F) float16 each
        count = feature_count(network)
        self._sum = np.zeros(count, np.float64)
        self._products = np.zeros((count, count), np.float64)
        self._spread: tuple[int, Spread] | None = None  # and of how many pictures it is

    @classmethod
    def of(cls, network: Network, parts: Iterable[Images]) -> "Memory":
        """Remember all of them. Raises ValueError for a network that cannot grow."""
        memory = cls(network)
        for part in parts:
            memory.add(part)
        return memory

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        return f"Memory({len(self)} pictures)"

    def add(self, images: Images) -> None:
        """Look at more pictures."""
        for i in range(0, len(images), _AT_ONCE):
            some = images[i : i + _AT_ONCE]
            features = features_of(self.network, some.scaled())
            self._features.append(features.astype(np.float16))
            self._sum += features.sum(axis=0)
            self._products += features.T @ features
            self.logits = np.concatenate([self.logits, logits_from(self.network, features)])
            self.labels = np.concatenate([self.labels, some.labels])

    @property
    def spread(self) -> Spread:
        """Of all that is remembered, or of two thirds of it at least: it takes a moment to measure."""
        if self._spread is None or len(self) >= _GROWTH * self._spread[0]:
            mean = self._sum / len(self)
            covariance = self._products / len(self) - np.outer(mean, mean)
            ridge = max(_RIDGE * float(np.trace(covariance)) / len(covariance), 1e-6)
            inverse = np.linalg.inv(covariance + ridge * np.eye(len(covariance)))
            self._spread = len(self), Spread(mean.astype(np.float32), inverse.astype(np.float32))
        return self._spread[1]

    @property
    def counts(self) -> np.ndarray:
        """(2,): how many digits there are, and how many pictures of none."""
        digits = int((self.labels != NO_DIGIT).sum())
        return np.array([digits, len(self) - digits])

    def products(self, weights: np.ndarray) -> np.ndarray:
        """(F, K) -> (N, K) float32: features . weights."""
        return np.concatenate([part.astype(np.float32) @ weights for part in self._features])

    def harm(self, logits: np.ndarray, reader: Reader, chosen: np.ndarray | slice = slice(None)) -> np.ndarray:
        """What other logits spoil of the chosen pictures: (n, classes) -> (2,) counts.

        Of the digits, those that were read right and no longer are; of what is no digit, what now is surely one and
        was not.
        """
        labels, was = self.labels[chosen], self.logits[chosen]
        lost = (was.argmax(axis=1) == labels) & (logits.argmax(axis=1) != labels)
        no_digit = labels == NO_DIGIT
        mistaken = _sure(logits[no_digit], reader) & ~_sure(was[no_digit], reader)
        return np.array([lost.sum(), mistaken.sum()])


def _sure(logits: np.ndarray, reader: Reader) -> np.ndarray:
    """(n, classes) -> (n,) bool: whether a reader is sure of it at the first look."""
    if not len(logits):
        return np.zeros(0, bool)
    sure: np.ndarray = softmax(logits / np.float32(reader.temperature)).max(axis=1) >= reader.sure_at
    return sure
