"""The figures of rounding: of the file's size, of what is read right, and of what is read otherwise."""

from pathlib import Path

import numpy as np

from bench.eight_bits import answers, compare, rounded
from model.data.images import Images
from model.network.layers import Dense, Flatten
from model.network.network import Network


def test_a_row_counts_what_is_right_before_and_after(tmp_path: Path, rng: np.random.Generator) -> None:
    network = Network([Flatten(), Dense(10)], rng=rng)
    network.save(tmp_path / "own.npz")
    images = Images(rng.integers(0, 256, (40, 28, 28), np.uint8), np.zeros(40, np.uint8))
    small, size = rounded(network)
    assert not np.array_equal(small.vector, network.vector)
    one, read = (100 * (digits == 0).mean() for digits in answers(network, images))
    row = compare(tmp_path / "own.npz", images).split()
    assert row[0] == "own"
    assert row[2] == f"{size / 1024:.0f}"
    assert (row[3], row[5]) == (f"{one:.2f}", f"{read:.2f}")
    assert int(row[7]) == (answers(network, images)[1] != answers(small, images)[1]).sum()
