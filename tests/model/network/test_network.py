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
from model.network.layers import AveragePool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
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


def test_new_values_show_in_predictions_that_were_made_before() -> None:
    network = every_layer()
    before = network.predict_logits(IMAGES)
    network.assign({name: array * 2 for name, array in network.arrays().items()})
    x = network.as_input(IMAGES)
    assert not np.allclose(network.predict_logits(IMAGES), before)
    np.testing.assert_allclose(network.predict_logits(IMAGES), network.infer(x), atol=1e-5)
    with pytest.raises(KeyError):
        network.assign({})


def test_a_folded_network_is_folded_once() -> None:
    folded = every_layer().folded()
    assert folded.folded() is folded
    assert "Dropout" not in {type(layer).__name__ for layer in folded.layers}
    twice = Network([Flatten(), Dense(3, activation="relu"), BatchNorm(), BatchNorm()]).folded()
    assert [type(layer).__name__ for layer in twice.layers] == ["Flatten", "Dense", "BatchNorm", "BatchNorm"]


def test_the_first_weights_follow_the_generator() -> None:
    def layers() -> list[Layer]:
        return [Flatten(), Dense(4), Dense(3)]

    one, same, other = (Network(layers(), rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.vector, same.vector)
    assert not np.array_equal(one.vector, other.vector)
    np.testing.assert_array_equal(Network(layers()).vector, Network(layers(), rng=np.random.default_rng(0)).vector)


def test_all_parameters_lie_in_one_vector() -> None:
    network = every_layer()
    for layer, views in zip(network.layers, network.split(network.vector), strict=True):
        assert views.keys() == layer.parameters.keys()
        for name, view in views.items():
            assert np.shares_memory(view, layer.parameters[name])
    numbers = np.arange(network.parameter_count, dtype=np.float32)
    pieces = [view.ravel() for views in network.split(numbers) for view in views.values()]
    np.testing.assert_array_equal(np.concatenate(pieces), numbers)


def test_pictures_may_leave_out_their_only_channel() -> None:
    network = every_layer()
    np.testing.assert_array_equal(network.as_input(IMAGES), IMAGES[..., None])
    np.testing.assert_array_equal(network.as_input(IMAGES[..., None].astype(np.float64)), IMAGES[..., None])
    assert network.as_input(IMAGES[:, ::-1]).flags.c_contiguous
    colours = Network([Flatten(), Dense(2)], input_shape=(4, 4, 3))
    with pytest.raises(ValueError, match="takes pictures"):
        colours.as_input(np.zeros((5, 4, 4)))


def test_what_it_says_of_itself_is_its_own() -> None:
    info = {"name": "x"}
    network = Network([Flatten()], input_shape=(4, 2), info=info)
    info["name"] = "y"
    assert network.info == {"name": "x"}
    assert network.output_shape == (8,)
    assert Network([], input_shape=(4, 2)).output_shape == (4, 2)
    assert repr(network) == "Network([Flatten()], input_shape=(4, 2))"
    assert network.copy().info == {"name": "x"}


def test_the_summary_as_people_see_it() -> None:
    network = Network([Conv2D(2, 3), Flatten(), Dense(10, initializer="glorot")])
    assert network.summary().splitlines() == [
        "layer                                       output  parameters",
        "input                                  28 x 28 x 1           0",
        "Conv2D(filters=2)                      28 x 28 x 2          20",
        "Flatten()                                     1568           0",
        "Dense(units=10, initializer='glorot')           10      15,690",
        "together                                                15,710",
    ]


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
    kept = saved.read_bytes()
    for trap in (pickle.dumps(Trap()), npy(objects[:1], allow_pickle=True)):
        rewritten(saved, **{"10.bias": trap})
        refused(saved)
        saved.write_bytes(kept)
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


@pytest.mark.parametrize(
    "shape", [[], [1, 2, 3, 4], [0, 28, 1], [28.0, 28, 1], [True, 28, 1], [4097, 28, 1], "28", None], ids=str
)
def test_an_input_that_cannot_be_is_named(saved: Path, shape: object) -> None:
    rewritten(saved, header=npy(np.array(json.dumps({**header_of(saved), "input_shape": shape}))))
    assert "does not say what pictures it takes" in refused(saved)


@pytest.mark.parametrize("entry", [{"layer": "Exec"}, {"layer": None}, {}, 5, "Dense"], ids=str)
def test_a_layer_that_is_not_known_is_named(saved: Path, entry: object) -> None:
    rewritten(saved, header=npy(np.array(json.dumps({**header_of(saved), "layers": [entry]}))))
    assert "a layer that this program does not know" in refused(saved)


@pytest.mark.parametrize(
    ("layer", "setting", "value"),
    [
        ("Dense", "activation", "swish"),
        ("Dense", "units", 1.5),
        ("Dense", "initializer", None),
        ("Conv2D", "padding", "full"),
        ("Conv2D", "padding", 1.0),
        ("Conv2D", "bias", 1),
        ("Dropout", "rate", "0.5"),
        ("Dropout", "rate", True),
        ("BatchNorm", "epsilon", "small"),
    ],
)
def test_a_setting_that_cannot_be_is_named(saved: Path, layer: str, setting: str, value: object) -> None:
    entry = {"layer": layer, setting: value}
    rewritten(saved, header=npy(np.array(json.dumps({**header_of(saved), "layers": [entry]}))))
    assert f"a {layer} layer with an odd '{setting}'" in refused(saved)


def test_whole_numbers_will_do_for_fractions_and_numbers_for_padding(tmp_path: Path) -> None:
    path = tmp_path / "network.npz"
    Network([Conv2D(2, 3, padding=1), BatchNorm(epsilon=1), Dropout(0)]).save(path)
    assert [layer.settings() for layer in Network.load(path).layers][1:] == [
        {"activation": "linear", "epsilon": 1},
        {"rate": 0},
    ]


def test_the_format_is_written_and_a_later_one_refused(saved: Path) -> None:
    header = header_of(saved)
    assert header["format"] == 2
    rewritten(saved, header=npy(np.array(json.dumps({**header, "format": 4}))))
    assert refused(saved).endswith("has format 4; this program reads formats 1 to 3.")


def test_a_header_may_have_a_certain_size(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(saved) as archive:
        size = archive.getinfo("header.npy").file_size
    monkeypatch.setattr("model.network.storage._MOST_HEADER_BYTES", size)
    assert Network.load(saved).parameter_count == every_layer().parameter_count
    monkeypatch.setattr("model.network.storage._MOST_HEADER_BYTES", size - 1)
    assert "too large a header" in refused(saved)


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


def test_the_file_says_its_format_so_that_other_versions_know_it(saved: Path) -> None:
    with np.load(saved) as arrays:
        assert json.loads(str(arrays["header"]))["format"] == 2
