"""Raising: small networks that learn from nothing while people watch, and the pictures that they are judged by."""

from dataclasses import dataclass

import numpy as np

from model.constants import CLASSES
from model.data.images import Images
from model.network.activations import log_softmax
from model.network.architectures import dense
from model.network.layers import Conv2D, Dense, Flatten, Layer, MaxPool2D
from model.network.network import Network
from model.training.recipe import Recipe

# With Muon four filters read 97 %, with Adam 94; twelve get there after a third of the pictures. A second epoch takes
# four filters from 96 to 97 %, and as moments are spread over both, the first ones come sooner.
RECIPE = Recipe(
    epochs=2, batch_size=64, learning_rate=0.02, optimizer="muon", schedule="linear", warp=None, averaging=0.95
)
SNAPSHOTS = 100  # of a training that are kept
OF_EACH = 10  # pictures of each digit that a network is judged by
FILTERS = {False: (4, 16), True: (12, 100)}  # by "many": filters, and the units behind them
UNITS = {False: 12, True: 100}


def small_network(rng: np.random.Generator, *, filters: bool, many: bool) -> Network:
    """A network with first weights drawn by rng: with a convolution or of dense layers alone, of few or many units."""
    layers: list[Layer] = dense([UNITS[many]], "relu")
    if filters:
        maps, units = FILTERS[many]
        layers = [
            Conv2D(maps, 5, activation="relu"),
            MaxPool2D(4),
            Flatten(),
            Dense(units, activation="relu"),
            Dense(CLASSES, initializer="glorot"),
        ]
    return Network(layers, rng=rng)


def of_digits(images: Images, digits: frozenset[int]) -> Images:
    """The pictures of these digits."""
    return images[np.isin(images.labels, list(digits))]


def judges(images: Images) -> Images:
    """The first OF_EACH pictures of each digit, in the order of the digits; fewer where there are not so many."""
    found = [np.flatnonzero(images.labels == digit)[:OF_EACH] for digit in range(CLASSES)]
    return images[np.concatenate(found)]


def snapshot_steps(steps: int) -> list[int]:
    """The steps after which a training of so many is remembered: at most SNAPSHOTS, 0 and the last one among them.

    They are close together at first, when a network learns fastest.
    """
    wanted = [round(steps * (number / (SNAPSHOTS - 1)) ** 2) for number in range(SNAPSHOTS)]
    found: list[int] = []
    for step in wanted:
        found.append(max(step, found[-1] + 1) if found else 0)
    return [step for step in found if step < steps] + [steps]


@dataclass(frozen=True, eq=False)
class Judged:
    """What a network makes of pictures: answers (N,) uint8, and the probability of each (N,) float32; the mean loss."""

    answers: np.ndarray
    shares: np.ndarray
    loss: float


def judge(network: Network, images: Images) -> Judged:
    """Read pictures of known digits."""
    logs = log_softmax(network.predict_logits(images.scaled()))
    loss = -float(logs[np.arange(len(images)), images.labels].mean())
    return Judged(logs.argmax(axis=1).astype(np.uint8), np.exp(logs.max(axis=1)), loss)
