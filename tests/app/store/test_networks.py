"""Keeping networks: the old one stays beside the new one, and those that ship are never written to."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.paths import networks_folder
from app.store import networks
from app.store.networks import LoadedNetwork, NetworkStoreError
from model.network.architectures import build_dense
from model.network.layers import Dense, Flatten
from model.network.network import Network


def network(seed: int) -> Network:
    return build_dense([5], "relu", np.random.default_rng(seed))


def same(path: Path, other: Network) -> bool:
    return np.array_equal(Network.load(path).vector, other.vector)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoadedNetwork:
    weights = tmp_path / "weights"
    network(0).save(weights / "cnn.npz")
    monkeypatch.setattr(networks, "WEIGHTS", weights)
    return LoadedNetwork("cnn", weights / "cnn.npz", network(0))


def test_a_kept_network_stands_beside_the_one_before_and_they_can_change_places(shipped: LoadedNetwork) -> None:
    before = shipped.path.read_bytes()
    path = networks.keep(network(1), shipped)
    assert (path.parent, path.stem) == (networks_folder(), "cnn-mine")
    assert networks.available() == [shipped.path, path]
    assert networks.keep(network(2), LoadedNetwork("cnn-mine", path, network(1))) == path
    assert same(path, network(2)) and same(networks.previous_of(path), network(1))
    assert networks.can_bring_back(path)
    networks.bring_back(path)
    assert same(path, network(1)) and same(networks.previous_of(path), network(2))
    assert shipped.path.read_bytes() == before


def test_a_broken_earlier_network_is_not_brought_back(shipped: LoadedNetwork) -> None:
    path = networks.keep(network(1), shipped)
    networks.previous_of(path).write_bytes(b"nothing")
    with pytest.raises(NetworkStoreError, match="brought back"):
        networks.bring_back(path)
    assert same(path, network(1))


def test_a_full_disk_leaves_the_old_network(shipped: LoadedNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    path = networks.keep(network(1), shipped)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("model.network.storage.np.savez_compressed", full)
    with pytest.raises(NetworkStoreError, match="No space left"):
        networks.keep(network(2), LoadedNetwork("cnn-mine", path, network(1)))
    assert same(path, network(1))
    assert sorted(p.name for p in networks_folder().iterdir()) == ["cnn-mine.npz", "cnn-mine.previous.npz"]


def test_saving_under_a_name(shipped: LoadedNetwork) -> None:
    path = networks.save_as(network(1), " for Ada ")
    assert path.stem == "for Ada"
    with pytest.raises(NetworkStoreError, match="already"):
        networks.save_as(network(2), "for Ada")


@pytest.mark.parametrize(
    "name", ["", "  ", "../x", "a/b", "a\\b", ".hidden", "con", "COM1", "cnn", "x" * 61, "a.previous", "a."]
)
def test_names_that_no_file_should_have(shipped: LoadedNetwork, name: str) -> None:
    with pytest.raises(NetworkStoreError):
        networks.save_as(network(1), name)


def test_a_long_name_is_kept_whole(shipped: LoadedNetwork) -> None:
    assert networks.save_as(network(1), "x" * 60).stem == "x" * 60


def test_a_name_that_only_begins_like_a_reserved_one_is_free(shipped: LoadedNetwork) -> None:
    assert networks.save_as(network(1), "console").is_file()


@pytest.mark.parametrize(
    ("said", "accuracy"), [(0.99, 0.99), (1, 1.0), (0, 0.0), (1.01, None), (-0.1, None), ("0.9", None), (None, None)]
)
def test_an_accuracy_that_cannot_be_is_none(said: object, accuracy: float | None) -> None:
    assert networks.accuracy_in({"test_accuracy": said}) == accuracy


def test_a_network_for_something_else_is_refused(tmp_path: Path) -> None:
    Network([Flatten(), Dense(3)], rng=np.random.default_rng(0)).save(tmp_path / "three.npz")
    with pytest.raises(ValueError, match="digits"):
        networks.read(tmp_path / "three.npz")


@pytest.mark.parametrize("act", ["keep", "save_as", "bring_back"])
def test_what_the_system_refuses_is_one_sentence(
    act: str, shipped: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = networks.keep(network(1), shipped)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied.", "/a/long/name")

    monkeypatch.setattr("model.files.os.fsync", refuse)
    acts: dict[str, Callable[[], object]] = {
        "keep": lambda: networks.keep(network(2), shipped),
        "save_as": lambda: networks.save_as(network(2), "mine"),
        "bring_back": lambda: networks.bring_back(path),
    }
    with pytest.raises(NetworkStoreError) as caught:
        acts[act]()
    assert str(caught.value).endswith(": Permission denied")


def test_a_network_that_the_system_does_not_give_out_is_told_of(
    shipped: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(networks, "read", refuse)
    loaded, problems = networks.load("cnn")
    assert loaded is None and {problem.reason for problem in problems} == {"Permission denied"}
