"""Train on pictures of your own in a CSV file: a row is label,1x1,...,28x28, pixels 0 to 255, ink bright.

usage: python -m examples.own_csv FILE.csv [--hidden_size N ...] [--epochs N] [--out FILE.npz]

The last rows are kept apart, to choose by and to judge by (see model/data/datasets.py); `python train.py --data
FILE.csv` does the same with all options.
"""

import argparse
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np

from model.data.datasets import load_dataset
from model.evaluation.evaluation import evaluate_network
from model.network.architectures import build_dense
from model.training.fit import fit
from model.training.recipe import Recipe


def main(arguments: list[str] | None = None) -> None:
    """Train a dense network on the file."""
    parser = argparse.ArgumentParser(description="Train on your own CSV file.")
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--hidden_size", type=int, nargs="+", default=[100], metavar="UNITS")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--out", type=Path, metavar="FILE.npz", help="where to keep the network")
    options = parser.parse_args(arguments)
    data = load_dataset(options.file)
    for oddity in data.oddities:
        print(oddity)
    network = build_dense(options.hidden_size, "relu", np.random.default_rng(0))
    for progress in fit(network, data.train, Recipe(epochs=options.epochs, batch_size=32), validation=data.validation):
        if progress.ends_epoch:
            print(f"epoch {progress.epoch}: loss {progress.loss:.4f}, {100 * progress.accuracy:.2f} % read right")
    trained = progress.snapshot()
    print(f"{100 * evaluate_network(trained, data.test).accuracy:.2f} % of {len(data.test):,} unseen pictures")
    if options.out is not None:
        trained.save(options.out)


if __name__ == "__main__":
    main()
