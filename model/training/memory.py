"""Memory: what a network must not unlearn when it learns from a single drawing.

Of some thousands of pictures it holds what the network's last hidden layer sees of them and what the network makes of
that, so that a change of the last layers can be tried on all of them in a few milliseconds.
"""

from dataclasses import dataclass

import numpy as np

from model.data.datasets import load_dataset
from model.data.images import NO_DIGIT, Images
from model.network.activations import softmax
from model.network.growth import features_of, logits_from
from model.network.network import Network
from model.reading.reader import Reader
from model.training.mixture import Mixture

_AT_ONCE = 1_000  # pictures turned to floats, or features from half precision, at a time
_RIDGE = 0.01  # of the mean variance of the features, added to each of them
# A start that is there after a few seconds, and all of it: pictures of MNIST, and made ones with the hands of people.
SIZES = (
    (4_000, Mixture(pen_digits=1_500, pen_non_digits=800, non_digits=700)),
    (12_000, Mixture(pen_digits=5_000, pen_non_digits=2_500, non_digits=2_500)),
)


def remembered_pictures(size: int = len(SIZES) - 1) -> Images:
    """Pictures of digits, and of what is none, to hold a network to; none of them is kept for validation.

    size: a place in SIZES. Raises DataError where the program's own data are missing.
    """
    count, mixture = SIZES[size]
    return mixture.added_to(load_dataset().train[:count], seed=7)


@dataclass(frozen=True, eq=False)
class Memory:
    """N remembered pictures, seen by a network whose last hidden layer has F inputs.

    features (N, F) float16; labels (N,), NO_DIGIT where there is none; logits (N, classes); mean (F,) of the features;
    inverse (F, F) float32 of their covariance.
    """

    features: np.ndarray
    labels: np.ndarray
    logits: np.ndarray
    mean: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, network: Network, images: Images) -> "Memory":
        """Look at all pictures once. Raises ValueError for a network that cannot grow."""
        seen = [features_of(network, images[i : i + _AT_ONCE].scaled()) for i in range(0, len(images), _AT_ONCE)]
        logits = np.concatenate([logits_from(network, part) for part in seen])
        features = np.concatenate([part.astype(np.float16) for part in seen])
        mean = np.sum([part.sum(axis=0) for part in seen], axis=0) / np.float32(len(images))
        covariance = sum((part - mean).T @ (part - mean) for part in seen) / len(images)
        ridge = max(_RIDGE * float(np.trace(covariance)) / len(covariance), 1e-6)
        inverse = np.linalg.inv(covariance.astype(np.float64) + ridge * np.eye(len(covariance)))
        return cls(features, images.labels, logits, mean.astype(np.float32), inverse.astype(np.float32))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def counts(self) -> np.ndarray:
        """(2,): how many digits there are, and how many pictures of none."""
        digits = int((self.labels != NO_DIGIT).sum())
        return np.array([digits, len(self) - digits])

    def products(self, weight: np.ndarray) -> np.ndarray:
        """(F,) -> (N,) float32: features . weight."""
        starts = range(0, len(self), _AT_ONCE)
        return np.concatenate([self.features[i : i + _AT_ONCE].astype(np.float32) @ weight for i in starts])

    def scores(self, weight: np.ndarray) -> np.ndarray:
        """(F,) -> (N,) float32: the same, less that of the mean of all."""
        return self.products(weight) - self.mean @ weight

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
