"""ONNX files, run in onnxruntime: they give what the network gives."""

from pathlib import Path

import numpy as np
import pytest

from model.handwriting.digits import images
from model.network.layers import AveragePool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from model.network.network import Network

onnxruntime = pytest.importorskip("onnxruntime", reason="the package onnxruntime of the extra test is not installed")
onnx_file = pytest.importorskip(
    "model.exchange.onnx_file", reason="the package onnx is not installed", exc_type=ImportError
)
ROOT = Path(__file__).resolve().parents[3]


def run(network: Network, pictures: np.ndarray, path: Path) -> tuple[np.ndarray, np.ndarray]:
    """What onnxruntime makes of a network's file: (logits, probabilities)."""
    onnx_file.write_onnx(network, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    logits, probabilities = session.run(["logits", "probabilities"], {"pictures": network.as_input(pictures)})
    return logits, probabilities


@pytest.mark.parametrize("name", ["cnn", "mlp", "conv-5", "sigmoid-1"])
def test_a_shipped_network_gives_the_same(name: str, tmp_path: Path, rng: np.random.Generator) -> None:
    network = Network.load(ROOT / "weights" / f"{name}.npz")
    pictures = images(50, rng)[0] / np.float32(255)
    _, probabilities = run(network, pictures, tmp_path / "network.onnx")
    temperature = network.info.get("temperature", 1.0)
    logits = network.predict_logits(pictures) / temperature
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities, expected, atol=1e-4)


@pytest.mark.parametrize(
    "layers",
    [
        [Flatten(), Dense(7, activation="tanh"), BatchNorm(activation="relu"), Dense(10, activation="leaky_relu")],
        [Conv2D(3, 5, stride=2, activation="sigmoid"), AveragePool2D(3), Flatten(), Dense(10)],
        [Conv2D(4, 4, bias=False), MaxPool2D(), BatchNorm(activation="relu"), Flatten(), Dropout(0.5), Dense(10)],
        [BatchNorm(), Conv2D(4, 3, padding="valid"), BatchNorm(), Conv2D(2, 3, padding=1), Flatten(), Dense(10)],
    ],
    ids=str,
)
def test_every_kind_of_layer_gives_the_same(layers: list[Layer], tmp_path: Path, rng: np.random.Generator) -> None:
    network = Network(layers, rng=rng)
    network.vector += rng.normal(0, 0.05, network.vector.shape).astype(np.float32)
    for layer in network.layers:
        for name, array in layer.state.items():
            array[...] = rng.uniform(0.5, 1.5, array.shape) if name == "variance" else rng.normal(0, 0.1, array.shape)
    pictures = rng.random((5, 28, 28), np.float32)
    logits, _ = run(network, pictures, tmp_path / "network.onnx")
    np.testing.assert_allclose(logits, network.predict_logits(pictures), atol=1e-4)


def test_the_file_says_from_when_it_is_sure(tmp_path: Path, rng: np.random.Generator) -> None:
    network = Network([Flatten(), Dense(10)], rng=rng, info={"temperature": 1.5, "sure_at": 0.7, "digit_at": 0.3})
    onnx_file.write_onnx(network, tmp_path / "network.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "network.onnx", providers=["CPUExecutionProvider"])
    held = session.get_modelmeta().custom_metadata_map
    assert held == {"temperature": "1.5", "sure_at": "0.7", "digit_at": "0.3"}


def test_a_network_for_something_else_is_refused(tmp_path: Path, rng: np.random.Generator) -> None:
    with pytest.raises(ValueError, match="reading digits"):
        onnx_file.write_onnx(Network([Flatten(), Dense(3)], rng=rng), tmp_path / "network.onnx")
    assert list(tmp_path.iterdir()) == []
