"""Arrays of PyTorch's and Keras's layers: laid out as ours they give the same network, and odd ones get a sentence."""

from pathlib import Path

import numpy as np
import pytest

from model.exchange.layer_arrays import LayerArraysError, network_of_arrays
from model.network.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from model.network.network import Network

STATE = ("scale", "shift", "mean", "variance")


def layers() -> list[Layer]:
    return [
        Conv2D(4, 3, bias=False),
        BatchNorm(activation="relu"),
        MaxPool2D(2),
        Conv2D(3, 5, padding=2, activation="tanh"),
        Flatten(),
        Dropout(0.2),
        BatchNorm(),
        Dense(8, activation="relu"),
        Dense(10),
    ]


@pytest.fixture
def network(rng: np.random.Generator) -> Network:
    network = Network(layers(), rng=rng)
    network.vector += rng.normal(0, 0.05, network.vector.shape).astype(np.float32)
    for array in (*network.layers[1].state.values(), *network.layers[6].state.values()):
        array[...] = rng.uniform(0.5, 1.5, array.shape)
    return network


def as_pytorch(network: Network) -> dict[str, np.ndarray]:
    """A state dict: the layout of https://docs.pytorch.org/docs/stable/nn.html, written out for these layers."""
    a = network.arrays()
    flat = a["7.weight"].reshape(14, 14, 3, 8).transpose(3, 2, 0, 1).reshape(8, -1)
    behind = {name: a[f"6.{name}"].reshape(14, 14, 3).transpose(2, 0, 1).ravel() for name in STATE}
    return {
        "conv1.weight": a["0.weight"].transpose(3, 2, 0, 1),
        "norm.weight": a["1.scale"],
        "norm.bias": a["1.shift"],
        "norm.running_mean": a["1.mean"],
        "norm.running_var": a["1.variance"],
        "norm.num_batches_tracked": np.array(7),
        "conv2.weight": a["3.weight"].transpose(3, 2, 0, 1),
        "conv2.bias": a["3.bias"],
        **{f"behind.{name}": array for name, array in behind.items()},
        "dense1.weight": flat,
        "dense1.bias": a["7.bias"],
        "dense2.weight": a["8.weight"].T,
        "dense2.bias": a["8.bias"],
    }


def test_arrays_of_pytorch_give_the_same_network(network: Network, tmp_path: Path, rng: np.random.Generator) -> None:
    np.savez(tmp_path / "arrays.npz", **as_pytorch(network))  # type: ignore[arg-type]
    taken = network_of_arrays(tmp_path / "arrays.npz", "pytorch", Network(layers()))
    pictures = rng.random((4, 28, 28), np.float32)
    np.testing.assert_allclose(taken.predict_logits(pictures), network.predict_logits(pictures), atol=1e-6)


def test_pytorch_itself_gives_the_same(tmp_path: Path, rng: np.random.Generator) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch, of the extra bench, is not installed")
    nn = torch.nn
    torch.manual_seed(3)
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 3, 5, padding=2),
        nn.Tanh(),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.BatchNorm1d(588),
        nn.Linear(588, 8),
        nn.ReLU(),
        nn.Linear(8, 10),
    )
    pictures = torch.from_numpy(rng.random((8, 1, 28, 28), np.float32))
    model(pictures)  # moves the averages of the norm
    model.eval()
    np.savez(tmp_path / "arrays.npz", **{name: t.numpy() for name, t in model.state_dict().items()})
    taken = network_of_arrays(tmp_path / "arrays.npz", "pytorch", Network(layers()))
    with torch.no_grad():
        expected = model(pictures).numpy()
    np.testing.assert_allclose(taken.predict_logits(pictures.numpy()[:, 0]), expected, atol=1e-5)


def test_arrays_of_keras_are_as_ours_but_for_the_epsilon(
    network: Network, tmp_path: Path, rng: np.random.Generator
) -> None:
    np.savez(tmp_path / "arrays.npz", *network.arrays().values())
    taken = network_of_arrays(tmp_path / "arrays.npz", "keras", Network(layers()))
    for norm, other in zip(taken.layers, network.layers, strict=True):
        if isinstance(norm, BatchNorm) and isinstance(other, BatchNorm):
            assert norm.epsilon == 1e-3
            other.epsilon = 1e-3
    pictures = rng.random((4, 28, 28), np.float32)
    np.testing.assert_allclose(taken.predict_logits(pictures), network.predict_logits(pictures), atol=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"dense2.bias": np.zeros(9, np.float32)}, "the array 'dense2.bias' is 9, which is no bias of layer 8"),
        ({"conv1.weight": np.zeros((4, 9), np.float32)}, "the array 'conv1.weight' is 4 x 9"),
        ({"dense1.weight": np.zeros((8, 2), np.float32)}, "the array 'dense1.weight' is 8 x 2"),
        ({"more": np.zeros(3, np.float32)}, "holds 16 arrays; a network of these layers has 15"),
        ({"dense2.bias": np.full(10, np.nan, np.float32)}, "something else than finite fractions"),
        ({"dense2.bias": np.zeros(10, np.int64)}, "something else than finite fractions"),
        ({"dense2.bias": np.array([None] * 10)}, "is no npz file of arrays"),
    ],
)
def test_odd_arrays_get_one_sentence(
    change: dict[str, np.ndarray], said: str, network: Network, tmp_path: Path
) -> None:
    np.savez(tmp_path / "arrays.npz", **(as_pytorch(network) | change))  # type: ignore[arg-type]
    with pytest.raises(LayerArraysError, match=r"arrays\.npz") as refused:
        network_of_arrays(tmp_path / "arrays.npz", "pytorch", network)
    assert said in str(refused.value)


def test_a_file_of_something_else_gets_one_sentence(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    path.write_bytes(b"PK no archive")
    with pytest.raises(LayerArraysError, match="no npz file"):
        network_of_arrays(path, "keras", network)


def test_too_much_is_refused_before_it_is_unpacked(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.savez(tmp_path / "arrays.npz", *network.arrays().values())
    monkeypatch.setattr("model.exchange.layer_arrays.MOST_BYTES", 1000)
    with pytest.raises(LayerArraysError, match="more than"):
        network_of_arrays(tmp_path / "arrays.npz", "keras", network)
