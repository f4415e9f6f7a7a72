"""Likeness: whether a data set's pictures lie and look as MNIST's do, by the mean picture of each digit."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.constants import CLASSES
from model.data.images import Images

ENOUGH: Final = 30  # pictures; means of fewer say too little
AT_MOST: Final = 5_000  # pictures that are looked at, spread over the whole set
# From this correlation on two sets count as alike. MNIST's test pictures reach 0.60 with 30 of them and 0.97 with
# 5,000, handwriting of the pen model 0.72; mirrored or turned by 90 degrees they reach 0.49, with wrong labels 0.15.
ALIKE: Final = 0.5

Means = NDArray[np.float64]


def means_of(images: Images) -> Means:
    """(10, 28, 28) the mean picture of each digit; zeros for a digit that is not there."""
    means = np.zeros((CLASSES, *images.images.shape[1:]))
    for digit in range(CLASSES):
        of_digit = images.images[images.labels == digit]
        if len(of_digit):
            means[digit] = of_digit.mean(axis=0, dtype=np.float64)
    return means


def correlation(a: Means, b: Means) -> float:
    """From -1 to 1: how alike two sets' mean pictures are, by what distinguishes the digits.

    The mean over all digits that both sets have is taken away, because digits of any kind are ink in the middle.
    """
    both = a.any(axis=(1, 2)) & b.any(axis=(1, 2))
    a, b = (means[both] - (means[both].mean(axis=0) if both.sum() > 1 else 0) for means in (a, b))
    a, b = (means - means.mean(axis=(1, 2), keepdims=True) for means in (a, b))
    size = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / size) if size > 0 else 0.0


def differences(images: Images, like: Images) -> tuple[str, ...]:
    """What is odd about the pictures beside those of MNIST, as sentences for the person who gave them."""
    if len(images) < ENOUGH:
        return ()
    means, usual = means_of(images[:: max(1, len(images) // AT_MOST)]), means_of(like)
    straight, turned = correlation(means, usual), correlation(means.transpose(0, 2, 1), usual)
    best = max(straight, turned, key=abs)
    if abs(best) < ALIKE:
        return ("The pictures do not look like MNIST's digits: check the labels, and what the set shows.",)
    found = []
    if best is not straight:
        found.append("The pictures seem to be transposed, rows for columns: --transpose mends it.")
    if best < 0:
        found.append("The pictures seem to be dark ink on bright paper: --invert mends it.")
    return tuple(found)
