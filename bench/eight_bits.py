"""What weights of 8 bits cost: MNIST's validation pictures read with one look, and as the program reads.

    python -m bench.eight_bits [NAME|FILE ...]

All networks that ship where none is named.
"""

import argparse
import tempfile
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np

from app.store.networks import SHIPPED, find
from model.console import exit_with
from model.data.datasets import load_dataset
from model.data.images import Images
from model.evaluation.evaluation import logits_of
from model.network.network import Network

COLUMNS = "{:<14} {:>9} {:>9}   {:>14}   {:>17}   {:>9}"


def rounded(network: Network) -> tuple[Network, int]:
    """A network as it comes back from a file of 8 bits, and the file's size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.npz"
        network.save(path, bits=8)
        return Network.load(path), path.stat().st_size


def answers(network: Network, images: Images) -> tuple[np.ndarray, np.ndarray]:
    """(N,) digits with one look, and (N,) as the program reads."""
    return network.predict(images.scaled()), logits_of(network, images).argmax(axis=1)


def compare(path: Path, images: Images) -> str:
    """A row of the table."""
    network = Network.load(path)
    small, size = rounded(network)
    before, after = answers(network, images), answers(small, images)
    (one, read), (one_small, read_small) = (
        [100 * float((digits == images.labels).mean()) for digits in pair] for pair in (before, after)
    )
    return COLUMNS.format(
        path.stem,
        f"{path.stat().st_size / 1024:.0f}",
        f"{size / 1024:.0f}",
        f"{one:.2f} {one_small:.2f}",
        f"{read:.2f} {read_small:.2f}",
        int((before[1] != after[1]).sum()),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="What rounding weights to 8 bits costs.")
    parser.add_argument("networks", nargs="*", metavar="NAME|FILE", default=list(SHIPPED))
    options = parser.parse_args()
    images = load_dataset().validation
    print(COLUMNS.format("network", "KiB", "8 bits", "one look, %", "as it reads, %", "otherwise"))
    for name in options.networks:
        print(compare(find(name), images), flush=True)
    return 0


if __name__ == "__main__":
    exit_with(main)
