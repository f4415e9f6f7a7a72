"""A network of your own: name its layers in order, train it, keep it.

usage: python -m examples.own_network [--pictures N] [--epochs N] [--out FILE.npz]

Then draw and let it read: python main.py --network FILE.npz
"""

import argparse
from pathlib import Path

from model.data.datasets import load_dataset
from model.evaluation.evaluation import evaluate_network
from model.network import Network
from model.network.convolution import Conv2D
from model.network.layers import Dense, Flatten
from model.training.fit import fit
from model.training.recipe import Recipe


def train(pictures: int, epochs: int, out: Path | None) -> None:
    """Build a network, train it on the first pictures of MNIST's training part, and measure it on the test part."""
    data = load_dataset()
    network = Network([Conv2D(8, 5, stride=2, activation="relu"), Flatten(), Dense(64, "relu"), Dense(10)])
    print(network.summary())
    for progress in fit(network, data.train[:pictures], Recipe(epochs=epochs), validation=data.validation):
        if progress.ends_epoch:
            print(
                f"epoch {progress.epoch}: {100 * (progress.validation_accuracy or 0):.2f} % of the validation pictures"
            )
    trained = progress.snapshot()
    print(f"{100 * evaluate_network(trained, data.test).accuracy:.2f} % of the test pictures read right")
    if out is not None:
        trained.save(out)


def main(arguments: list[str] | None = None) -> None:
    """Train on so many of MNIST's pictures."""
    parser = argparse.ArgumentParser(description="Train a network of your own.")
    parser.add_argument("--pictures", type=int, default=55_000, help="of MNIST to learn from")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", type=Path, metavar="FILE.npz", help="where to keep it")
    options = parser.parse_args(arguments)
    train(options.pictures, options.epochs, options.out)


if __name__ == "__main__":
    main()
