"""Weights of 8 bits: how far they are off, and their files."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.network.eight_bits import from_eight_bits, to_eight_bits
from model.network.layers import BatchNorm, Conv2D, Dense, Flatten
from model.network.network import Network
from model.network.storage import NetworkFileError


@pytest.fixture
def network(rng: np.random.Generator) -> Network:
    return Network([Conv2D(8, 5), BatchNorm(), Flatten(), Dense(10)], rng=rng, info={"name": "own"})


def test_each_weight_is_off_by_half_a_step_of_its_channel_at_most(rng: np.random.Generator) -> None:
    weight = (rng.normal(0, 1, (3, 3, 4, 6)) * 10.0 ** np.arange(-3, 3)).astype(np.float32)
    whole, steps = to_eight_bits(weight)
    assert whole.dtype == np.int8
    assert (np.abs(whole).max(axis=(0, 1, 2)) == 127).all()
    off = np.abs(from_eight_bits(whole, steps) - weight)
    assert (off <= 0.5001 * steps).all()
    assert (steps <= np.abs(weight).max(axis=(0, 1, 2)) / 126).all()


def test_a_channel_of_zeros_stays_so() -> None:
    whole, steps = to_eight_bits(np.zeros((5, 2), np.float32))
    assert not from_eight_bits(whole, steps).any()


def test_a_file_of_8_bits_is_a_quarter_as_large_and_loaded_as_it_is(network: Network, tmp_path: Path) -> None:
    network.save(tmp_path / "full.npz")
    network.save(tmp_path / "small.npz", bits=8)
    assert (tmp_path / "small.npz").stat().st_size < 0.3 * (tmp_path / "full.npz").stat().st_size
    small = Network.load(tmp_path / "small.npz")
    assert small.info == network.info
    assert small.vector.dtype == np.float32
    for name, array in network.arrays().items():
        steps = np.abs(array).reshape(-1, array.shape[-1]).max(axis=0) / 127
        off = np.abs(small.arrays()[name] - array)
        assert (off <= 0.5001 * steps).all() if name.endswith(".weight") else not off.any(), name


def test_what_was_rounded_once_is_the_same_when_rounded_again(network: Network, tmp_path: Path) -> None:
    network.save(tmp_path / "small.npz", bits=8)
    small = Network.load(tmp_path / "small.npz")
    small.save(tmp_path / "again.npz", bits=8)
    np.testing.assert_allclose(Network.load(tmp_path / "again.npz").vector, small.vector, rtol=1e-6)


@pytest.mark.parametrize("name", ["0.weight.steps", "3.weight", "0.bias"])
def test_arrays_that_are_missing_or_wrong(name: str, network: Network, tmp_path: Path) -> None:
    network.save(tmp_path / "small.npz", bits=8)
    with np.load(tmp_path / "small.npz") as held:
        arrays = dict(held)
    for change in (None, arrays[name].astype(np.float64), np.full(arrays[name].shape, np.nan, np.float32)):
        np.savez(tmp_path / "odd.npz", **_present(arrays | {name: change}))
        with pytest.raises(NetworkFileError, match=r"odd\.npz"):
            Network.load(tmp_path / "odd.npz")


def _present(arrays: dict[str, Any]) -> dict[str, Any]:
    return {name: array for name, array in arrays.items() if array is not None}
