"""Counterfactuals: which ink to add and which to take away so that the network answers with another digit."""

from dataclasses import dataclass

import numpy as np

from model.data.images import Images
from model.explanation.attribution import blurred, integrated_gradients
from model.explanation.introspection import Introspection
from model.network.activations import softmax

NEAREST = 3  # examples that are tried
FRACTIONS = 12  # so many of a difference are tried, evenly spaced, the smallest first
STEPS = 8  # of the gradients along the way to an example
LEAST_CHANGE = 0.1  # a pixel that changes less does not count


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """A changed picture that the network takes for the wanted digit.

    image: (28, 28) float32, the changed picture, ink 1. change: image less the picture as it was, -1..1; 1 is ink to
    add, -1 ink to take away. probability: 0..1, of the wanted digit in the changed picture.
    """

    image: np.ndarray
    change: np.ndarray
    probability: float


class Examples:
    """Pictures of every digit, to compare with. Kept as bytes, a quarter of the memory."""

    def __init__(self, samples: Images, each: int) -> None:
        """The first pictures of each digit, at most so many."""
        self._samples = {digit: samples[np.flatnonzero(samples.labels == digit)[:each]] for digit in range(10)}

    def of(self, digit: int) -> np.ndarray:
        """(n, 28, 28) float32, ink 1: all pictures of a digit."""
        return self._samples[digit].scaled()

    def nearest(self, image: np.ndarray, digit: int, count: int) -> np.ndarray:
        """The (count, 28, 28) pictures of a digit that lie best over an image, the best first."""
        pictures = self.of(digit)
        distances = ((_soft(pictures) - _soft(image)) ** 2).sum(axis=(1, 2))
        return pictures[np.argsort(distances, kind="stable")[:count]]


def find_counterfactual(
    inside: Introspection,
    image: np.ndarray,
    digit: int,
    examples: Examples,
    *,
    temperature: float = 1.0,
    enough: float = 0.8,
) -> Counterfactual | None:
    """The smallest change found of an image (28, 28) that makes the network answer `digit` with probability `enough`.

    It goes towards real pictures of that digit, so that what it proposes is ink and not a haze that only a network
    would notice: each pixel's part in the way to a near example is measured with integrated gradients, and the pixels
    that do most are taken over, only as many as it takes. After Goyal et al., "Counterfactual visual explanations"
    (2019, arXiv 1904.07451), which replaces regions, and of several examples the one that costs least ink. None where
    the network does not take the near examples for that digit either.
    """
    best: Counterfactual | None = None
    for example in examples.nearest(image, digit, NEAREST):
        tried = _towards(inside, image, example, digit)
        logits = inside.network.predict_logits(tried, threads=1) / temperature
        probabilities = softmax(logits)[:, digit]
        reached = np.flatnonzero(probabilities >= enough)
        if len(reached):
            change = tried[reached[0]] - image
            if best is None or np.abs(change).sum() < np.abs(best.change).sum():
                best = Counterfactual(tried[reached[0]], change, float(probabilities[reached[0]]))
    return best


def _towards(inside: Introspection, image: np.ndarray, example: np.ndarray, digit: int) -> np.ndarray:
    """(FRACTIONS, 28, 28): the image with more and more of the example's pixels, those first that do most."""
    gains = blurred(integrated_gradients(inside, example, digit, start=image, steps=STEPS))
    order = np.argsort(-gains, axis=None, kind="stable")
    order = order[np.abs(example - image).flat[order] > LEAST_CHANGE]
    tried = np.repeat(image[None], FRACTIONS, axis=0)
    for picture, fraction in zip(tried, np.arange(1, FRACTIONS + 1) / FRACTIONS, strict=True):
        taken = order[: int(np.ceil(fraction * len(order)))]
        picture.flat[taken] = example.flat[taken]
    return tried


def _soft(images: np.ndarray) -> np.ndarray:
    """Ink that reaches its neighbours, so that lines side by side count as near."""
    return blurred(blurred(images))
