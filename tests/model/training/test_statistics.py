"""renew_statistics: each batch norm expects what it gets in a prediction, the first ones' new output included."""

import numpy as np
import pytest

from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Dropout, Flatten
from model.network.network import Network
from model.network.pooling import MaxPool2D
from model.network.workspace import Workspace
from model.training.fit import fit
from model.training.recipe import Recipe
from model.training.statistics import renew_statistics
from tests.model.training.test_fit import DATA, last


def with_norms() -> Network:
    """A network with a norm of maps and one behind dropout, whose weights are far from their first ones."""
    layers = [
        Conv2D(4, 3, bias=False),
        MaxPool2D(),
        BatchNorm(activation="relu"),
        Flatten(),
        Dropout(0.5),
        Dense(12),
        BatchNorm(),
        Dense(10),
    ]
    network = Network(layers, rng=np.random.default_rng(1))
    network.vector += np.random.default_rng(2).normal(0, 0.3, network.vector.size).astype(np.float32)
    return network


def normed(network: Network) -> list[np.ndarray]:
    """What comes out of each norm before its scale, shift and activation, (values, channels)."""
    y, found = network.as_input(DATA.scaled()), []
    for layer in network.layers:
        if isinstance(layer, BatchNorm):
            values = y.reshape(-1, y.shape[-1])
            found.append((values - layer.state["mean"]) / np.sqrt(layer.state["variance"] + layer.epsilon))
        y = layer.infer(y, Workspace())
    return found


def test_every_norm_gives_mean_0_and_variance_1() -> None:
    network = with_norms()
    assert max(abs(values.mean(axis=0)).max() for values in normed(network)) > 0.3
    weights = network.vector.copy()
    renew_statistics(network, DATA, np.random.default_rng(0))
    for values in normed(network):
        np.testing.assert_allclose(values.mean(axis=0), 0, atol=1e-4)
        np.testing.assert_allclose(values.std(axis=0), 1, atol=2e-3)
    np.testing.assert_array_equal(network.vector, weights)


def test_a_network_without_norms_stays_as_it_is() -> None:
    network = Network([Flatten(), Dense(10)])
    before = network.fingerprint()
    renew_statistics(network, DATA, np.random.default_rng(0))
    assert network.fingerprint() == before


def test_an_epoch_ends_with_statistics_of_predictions() -> None:
    recipe = Recipe(epochs=2, batch_size=32, averaging=0.9)
    network = Network([Conv2D(4, 3, bias=False), BatchNorm(activation="relu"), Flatten(), Dropout(0.3), Dense(10)])
    progress = last(network, DATA, recipe, validation=DATA, threads=1)
    settled = progress.snapshot()
    again = settled.copy()
    renew_statistics(again, DATA, np.random.default_rng(1))
    for name in ("mean", "variance"):
        np.testing.assert_allclose(again.layers[1].state[name], settled.layers[1].state[name], rtol=1e-4, atol=1e-6)
    within = [p for p in fit(network, DATA, recipe, threads=1, gap=0) if not p.ends_epoch][-1].snapshot()
    assert not np.allclose(within.layers[1].state["variance"], again.layers[1].state["variance"], rtol=0.01)
    assert progress.validation_accuracy == pytest.approx(float((settled.predict(DATA.scaled()) == DATA.labels).mean()))
