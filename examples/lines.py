"""Something else than digits: a network learns to distinguish horizontal and vertical lines, on pictures that it makes.

usage: python -m examples.lines [--pictures N] [--epochs N] [--seed K]
"""

import argparse

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np

from model.data.images import Images
from model.network import Network
from model.network.layers import Dense, Flatten
from model.pictures.warp import Warp
from model.training.fit import fit
from model.training.recipe import Recipe

SIDE = 16
HORIZONTAL, VERTICAL = 0, 1


def line_pictures(count: int, rng: np.random.Generator) -> Images:
    """Pictures (count, 16, 16) uint8 of one line each, 8 to 16 pixels long, anywhere, more or less dark, on grain."""
    pictures = rng.integers(0, 40, (count, SIDE, SIDE), np.uint8)
    labels = rng.integers(0, 2, count).astype(np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        length = int(rng.integers(8, SIDE + 1))
        start, across = int(rng.integers(SIDE - length + 1)), int(rng.integers(SIDE))
        along = picture.T if label == VERTICAL else picture
        along[across, start : start + length] = rng.integers(150, 256)
    return Images(pictures, labels)


def accuracy(network: Network, images: Images) -> float:
    """Fraction of the pictures that the network classifies rightly."""
    return float((network.predict(images.scaled()) == images.labels).mean())


def learn(pictures: int = 1_500, epochs: int = 60, seed: int = 0) -> tuple[float, float]:
    """Train 256-16-2 on so many pictures; returns its accuracy before and after on as many that it never saw."""
    rng = np.random.default_rng(seed)
    train, unseen = line_pictures(pictures, rng), line_pictures(pictures, rng)
    layers = [Flatten(), Dense(16, activation="relu"), Dense(2, initializer="glorot")]
    network = Network(layers, input_shape=(SIDE, SIDE, 1), rng=rng)
    moved = Warp(turn=0, scale=0, slant=0, shift=1.5, elastic=0)  # so that it meets lines everywhere
    recipe = Recipe(
        epochs=epochs, batch_size=32, learning_rate=0.01, weight_decay=0.1, warp=moved, averaging=0.99, seed=seed
    )
    *_, last = fit(network, train, recipe)
    return accuracy(network, unseen), accuracy(last.snapshot(), unseen)


def main(arguments: list[str] | None = None) -> None:
    """Train, and print what it was good for."""
    parser = argparse.ArgumentParser(description="Learn to distinguish horizontal and vertical lines.")
    parser.add_argument("--pictures", type=int, default=1_500, help="to learn from, and as many to judge by")
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    before, after = learn(options.pictures, options.epochs, options.seed)
    print(f"{100 * before:.2f} % before, {100 * after:.2f} % after, on {options.pictures:,} pictures it never saw")


if __name__ == "__main__":
    main()
