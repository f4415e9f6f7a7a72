"""Test-time augmentation: in doubt a network also sees the picture slightly turned, larger and smaller.

The logits of all views are averaged, as Krizhevsky, Sutskever and Hinton 2012 ("ImageNet Classification with Deep
Convolutional Neural Networks", NIPS 25, p. 5) average over patches of a picture. On the 5,000 validation pictures five
views took the default network's errors from 25 to 13, and more views, or moved and slanted ones, did no better. Where
the first view is clear, the others change nothing: so only one picture in thirty pays for them.
"""

import numpy as np

from model.network.activations import softmax
from model.network.network import Network
from model.pictures.warp import resampled

CLEAR = 0.9  # the probability of the likeliest class from which one view is enough, before calibration
VIEWS = ((8, 1.0), (-8, 1.0), (0, 0.93), (0, 1.07))  # degrees turned, and how much of the picture is seen


def augmented_logits(network: Network, images: np.ndarray, *, threads: int | None = None) -> np.ndarray:
    """(N, h, w) float32 pictures, pixels 0..1 -> (N, classes) logits, averaged over views in doubt."""
    logits = network.predict_logits(images, threads=threads)
    doubtful = np.flatnonzero(softmax(logits).max(axis=1) < CLEAR)
    if len(doubtful):
        again = np.concatenate(views_of(images[doubtful]))
        others = network.predict_logits(again, threads=threads).reshape(len(VIEWS), len(doubtful), -1)
        views = np.concatenate([logits[doubtful][None], others])
        logits[doubtful] = (views / np.float32(len(views))).sum(axis=0)  # a sum of huge logits would be infinite
    return logits


def views_of(images: np.ndarray) -> list[np.ndarray]:
    """The other views of (N, h, w) pictures: for each of VIEWS as many."""
    return [_view(images, turn, zoom) for turn, zoom in VIEWS]


def _view(images: np.ndarray, turn: float, zoom: float) -> np.ndarray:
    """(N, h, w) pictures, turned about their middle by so many degrees, zoom times as much of them seen."""
    n, height, width = images.shape
    cos, sin = zoom * np.cos(np.radians(turn)), zoom * np.sin(np.radians(turn))
    y = np.arange(height)[:, None] - (height - 1) / 2
    x = np.arange(width) - (width - 1) / 2
    rows = (height - 1) / 2 + cos * y + sin * x
    columns = (width - 1) / 2 - sin * y + cos * x
    return resampled(images, *(np.repeat(at[None].astype(np.float32), n, axis=0) for at in (rows, columns)))
