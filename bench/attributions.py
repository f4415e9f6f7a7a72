"""Which way of telling "why" is right about the network: deletion tests on MNIST's validation pictures.

    python -m bench.attributions [--network NAME|FILE] [--pictures N]

Each method says how much every pixel spoke for the answer. The ink that it ranks highest is taken away, a tenth more
each time, and the answer's probability is read again: the lower the mean over 0 to 60 %, the better the method knew
what mattered (after Petsiuk, Das and Saenko, "RISE", 2018, arXiv 1806.07421, section 4.1). A random order shows
the scale.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np

from app.store.networks import find
from model.console import exit_with
from model.data.datasets import load_dataset
from model.explanation.attribution import STEPS, blurred, integrated_gradients, log_odds, log_odds_head
from model.explanation.introspection import Introspection
from model.network.activations import softmax
from model.network.network import Network

SHARES = np.arange(0, 0.65, 0.1)  # of the ink that are taken away
INK = 0.1

Method = Callable[[Introspection, np.ndarray, int], np.ndarray]


def methods(rng: np.random.Generator) -> dict[str, Method]:
    """By name; each takes a picture (28, 28) and the class that was read, and returns (28, 28)."""

    def gradient_times_input(inside: Introspection, image: np.ndarray, target: int) -> np.ndarray:
        return image * inside.gradient(image[None], log_odds_head(target))[1][0]

    return {
        "random": lambda inside, image, target: rng.random(image.shape),
        "gradient times input": gradient_times_input,
        "the same, blurred": lambda *asked: blurred(gradient_times_input(*asked)),
        "integrated gradients": integrated_gradients,
        "the same, blurred (as shown)": lambda *asked: blurred(integrated_gradients(*asked)),
    }


def deletion(network: Network, image: np.ndarray, target: int, ranks: np.ndarray) -> np.ndarray:
    """The probability of a class when more and more of the highest ranked ink is gone: (len(SHARES),)."""
    ink = np.flatnonzero(image > INK)
    order = ink[np.argsort(-ranks.flat[ink], kind="stable")]
    without = np.repeat(image[None], len(SHARES), axis=0)
    for picture, share in zip(without, SHARES, strict=True):
        picture.flat[order[: int(share * len(order))]] = 0
    temperature = network.info.get("temperature", 1.0)
    return softmax(network.predict_logits(without) / temperature)[:, target]


def main() -> int:
    parser = argparse.ArgumentParser(description="Deletion tests of the ways to tell why.")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--pictures", type=int, default=100, metavar="N", help="of the validation set (default 100)")
    options = parser.parse_args()
    network = Network.load(Path(find(options.network)))
    inside, rng = Introspection(network), np.random.default_rng(0)
    validation = load_dataset().validation
    images = validation[rng.choice(len(validation), options.pictures, replace=False)].scaled()
    targets = network.predict(images)
    for name, method in methods(rng).items():
        curves = [deletion(network, i, t, method(inside, i, int(t))) for i, t in zip(images, targets, strict=True)]
        print(f"{name:<30} {np.mean(curves):.3f}  " + "".join(f"{share:6.2f}" for share in np.mean(curves, axis=0)))
    gaps = [_gap(inside, image, int(target)) for image, target in zip(images, targets, strict=True)]
    print(f"{STEPS} steps: the shares miss the difference of the log odds by {100 * np.mean(gaps):.1f} % on average")
    return 0


def _gap(inside: Introspection, image: np.ndarray, target: int) -> float:
    """How far the sum of the shares is from the difference that they should add up to, as a share of it."""
    logits = inside.network.predict_logits(np.stack([np.zeros_like(image), image]))
    empty, full = log_odds(logits, target)
    return float(abs(integrated_gradients(inside, image, target).sum() - (full - empty)) / abs(full - empty))


if __name__ == "__main__":
    exit_with(main)
