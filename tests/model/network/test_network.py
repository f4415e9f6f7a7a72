"""Network and its file: predictions, folding, summaries, and files that must not be trusted."""

import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.network.architectures import NAMES, build, build_dense
from model.network.layers import AveragePool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from model.network.network import Network
from model.network.storage import NetworkFileError, describe
from model.network.workspace import Workspace

IMAGES = np.random.default_rng(0).random((70, 28, 28), np.float32)


def every_layer() -> Network:
    layers = [
        Conv2D(4, 3, bias=False),
        BatchNorm(activation="relu"),
        MaxPool2D(),
        BatchNorm(),
        Conv2D(3, 3, stride=2, padding=1, activation="leaky_relu"),
        AveragePool2D(),
        Flatten(),
        Dense(6),
        BatchNorm(activation="tanh"),
        Dropout(0.3),
        Dense(10, initializer="glorot"),
    ]
    network = Network(layers, rng=np.random.default_rng(3), info={"name": "all", "test_accuracy": 0.5})
    rng = np.random.default_rng(4)
    for layer in network.layers:
        for array in (*layer.parameters.values(), *layer.state.values()):
            array[...] += rng.random(array.shape, np.float32) * 0.2
    return network


def test_probabilities_add_up_and_are_float32() -> None:
    p = every_layer().predict_proba(IMAGES)
    assert p.shape == (70, 10)
    assert p.dtype == np.float32
    np.testing.assert_allclose(p.sum(axis=1), 1, atol=1e-6)


def test_folding_batch_norm_changes_no_prediction() -> None:
    network = every_layer()
    x = network.as_input(IMAGES)
    for layer in network.layers:
        x = layer.infer(x, Workspace())
    kinds = [type(layer).__name__ for layer in network.folded().layers]
    assert kinds.count("BatchNorm") == 1  # the one behind a pooling layer cannot be drawn in
    np.testing.assert_allclose(network.predict_logits(IMAGES), x, atol=1e-5)


def test_predictions_depend_on_neither_batch_nor_threads() -> None:
    network = every_layer()
    together = network.predict_logits(IMAGES, threads=2)
    np.testing.assert_array_equal(together, network.predict_logits(IMAGES, threads=1))
    alone = np.vstack([network.predict_logits(image[None]) for image in IMAGES])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_array_equal(network.predict(IMAGES), together.argmax(axis=1))
    assert network.predict_proba(IMAGES[:0]).shape == (0, 10)


def test_pictures_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="takes pictures"):
        every_layer().predict_proba(np.zeros((2, 27, 28), np.float32))


def test_summary_counts_every_parameter() -> None:
    network = every_layer()
    text = network.summary()
    assert f"{network.parameter_count:,}" in text.splitlines()[-1]
    assert sum(a.size for layer in network.layers for a in layer.parameters.values()) == network.parameter_count
    assert all(type(layer).__name__ in text for layer in network.layers)
    assert len({len(line) for line in text.splitlines()}) == 1
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", NAMES)
def test_named_networks_read_pictures(name: str) -> None:
    network = build(name, np.random.default_rng(0))
    assert network.predict_proba(IMAGES[:2]).shape == (2, 10)
    assert network.info["name"] == name


def test_an_unknown_name_lists_the_others() -> None:
    with pytest.raises(ValueError, match="cnn"):
        build("resnet", np.random.default_rng(0))


def test_dense_networks_of_any_depth() -> None:
    assert build_dense([], "relu", np.random.default_rng(0)).parameter_count == 7850
    assert build_dense([5, 4, 3], "tanh", np.random.default_rng(0)).output_shape == (10,)
    with pytest.raises(ValueError, match="at least one"):
        build_dense([5, 0], "relu", np.random.default_rng(0))


def test_a_copy_is_a_network_of_its_own() -> None:
    network = every_layer()
    other = network.copy()
    np.testing.assert_array_equal(other.predict_logits(IMAGES), network.predict_logits(IMAGES))
    other.vector += 1
    assert not np.array_equal(other.vector, network.vector)


# Files


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "network.npz"
    every_layer().save(path)
    return path


def test_what_was_saved_is_loaded(saved: Path) -> None:
    network = Network.load(saved)
    np.testing.assert_array_equal(network.predict_logits(IMAGES), every_layer().predict_logits(IMAGES))
    assert network.info == {"name": "all", "test_accuracy": 0.5}
    assert network.summary() == every_layer().summary()
    assert [p.name for p in saved.parent.iterdir()] == ["network.npz"]


def test_a_failed_save_leaves_the_old_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved.read_bytes()
    monkeypatch.setattr(
        np, "savez_compressed", lambda file, **_: file.write(b"half") and (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(OSError, match="full"):
        every_layer().save(saved)
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.iterdir()] == ["network.npz"]


def rewritten(path: Path, **changes: bytes | None) -> None:
    """The file with some entries replaced (bytes), or left out (None)."""
    with zipfile.ZipFile(path) as archive:
        entries: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    entries.update({f"{name}.npy": data for name, data in changes.items()})
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            if data is not None:
                archive.writestr(name, data)


def npy(array: object, *, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asanyarray(array), allow_pickle=allow_pickle)
    return file.getvalue()


def header_of(path: Path) -> Any:
    with np.load(path) as arrays:
        return json.loads(str(arrays["header"]))


def refused(path: Path) -> str:
    with pytest.raises(NetworkFileError) as caught:
        Network.load(path)
    text = str(caught.value)
    assert "\n" not in text
    assert len(text) <= 280
    return text


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "none.npz")
    refused(tmp_path)


def test_a_file_that_is_no_network(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    path.write_bytes(b"hello")
    refused(path)
    path.write_bytes(b"")
    refused(path)
    np.savez(path, a=np.zeros(3))
    assert "not a network" in refused(path)


def test_a_file_is_described_without_its_arrays(saved: Path) -> None:
    network = Network.load(saved)
    assert describe(saved) == (network.parameter_count, network.info)
    saved.write_bytes(saved.read_bytes()[:-200])
    with pytest.raises(NetworkFileError, match="no sound network"):
        describe(saved)


def test_a_truncated_file(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-200])
    refused(saved)


@pytest.mark.parametrize("name", ["0.weight", "10.bias", "1.variance"])
def test_arrays_that_are_missing_or_wrong(saved: Path, name: str) -> None:
    kept = saved.read_bytes()
    shape = every_layer().arrays()[name].shape
    for bad in (None, npy(np.zeros((2, 2), np.float32)), npy(np.zeros(shape)), npy(np.full(shape, np.nan, np.float32))):
        saved.write_bytes(kept)
        rewritten(saved, **{name: bad})
        refused(saved)


def test_an_array_too_many(saved: Path) -> None:
    rewritten(saved, **{"99.weight": npy(np.zeros(3, np.float32))})
    assert "99.weight" in refused(saved)


def test_nothing_is_unpickled(saved: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (pytest.fail, ("unpickled",))

    objects = np.array([Trap()] * 10, dtype=object)
    rewritten(saved, **{"10.bias": pickle.dumps(Trap())})
    refused(saved)
    rewritten(saved, header=npy(objects, allow_pickle=True))
    refused(saved)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"layers": [{"layer": "Exec", "code": "1"}]},
        {"layers": "all"},
        {"layers": [5]},
        {"layers": [{"layer": "Flatten"}, {"layer": "Dense", "units": 10**12}]},
        {"layers": [{"layer": "Flatten"}, {"layer": "Dense", "units": "10"}]},
        {"layers": [{"layer": "Flatten"}, {"layer": "Dense", "units": True}]},
        {"layers": [{"layer": "Flatten"}, {"layer": "Dense", "unit": 10}]},
        {"layers": [{"layer": "Dense"}]},
        {"padding": "x" * 2_000_000},
        {"input_shape": [10**9, 10**9, 1]},
        {"input_shape": None},
    ],
    ids=str,
)
def test_headers_that_cannot_be_true(saved: Path, change: dict[str, Any]) -> None:
    rewritten(saved, header=npy(np.array(json.dumps({**header_of(saved), **change}))))
    refused(saved)


def test_a_bomb_is_seen_before_it_is_unpacked(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data if name != "0.weight.npy" else bytes(200_000_000))
    assert "0.weight" in refused(saved)


FORMER_NAMES = {"initializer": "start", "rate": "share"}


def test_a_file_with_the_former_names_of_settings_is_read(saved: Path) -> None:
    header = header_of(saved)
    layers = [{FORMER_NAMES.get(name, name): value for name, value in layer.items()} for layer in header["layers"]]
    assert {"start", "share"} <= {name for layer in layers for name in layer}
    rewritten(saved, header=npy(np.array(json.dumps({**header, "format": 1, "layers": layers}))))
    network = Network.load(saved)
    np.testing.assert_array_equal(network.predict_logits(IMAGES), every_layer().predict_logits(IMAGES))
    assert [layer.settings() for layer in network.layers] == [layer.settings() for layer in every_layer().layers]
    assert describe(saved) == (network.parameter_count, network.info)
    network.save(saved)
    assert header_of(saved) == header


def test_former_names_are_odd_in_a_new_file(saved: Path) -> None:
    header = header_of(saved)
    layers = [{FORMER_NAMES.get(name, name): value for name, value in layer.items()} for layer in header["layers"]]
    rewritten(saved, header=npy(np.array(json.dumps({**header, "layers": layers}))))
    assert "odd 'start'" in refused(saved)


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "weights").glob("*.npz")), ids=lambda p: p.stem)
def test_the_shipped_networks_are_those_of_their_architectures(path: Path) -> None:
    network = Network.load(path)
    assert network.summary() == build(path.stem, np.random.default_rng(0)).summary()
    kept = [layer.get("start", layer.get("initializer")) for layer in header_of(path)["layers"]]
    assert kept == [layer.settings().get("initializer") for layer in network.layers]
