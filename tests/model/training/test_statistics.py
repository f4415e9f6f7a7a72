"""renew_statistics: each batch norm expects half of what it gets in a prediction, the first ones' output included."""

import numpy as np
import pytest

from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Dropout, Flatten
from model.network.network import Network
from model.network.pooling import MaxPool2D
from model.network.workspace import Workspace
from model.training import statistics
from model.training.fit import Trainer, fit
from model.training.recipe import Recipe
from model.training.statistics import renew_statistics
from tests.model.training.test_fit import DATA


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


def test_all_the_way_every_norm_gives_mean_0_and_variance_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_PART", 1.0)
    network = with_norms()
    assert max(abs(values.mean(axis=0)).max() for values in normed(network)) > 0.3
    weights = network.vector.copy()
    renew_statistics(network, DATA, np.random.default_rng(0))
    for values in normed(network):
        np.testing.assert_allclose(values.mean(axis=0), 0, atol=1e-4)
        np.testing.assert_allclose(values.std(axis=0), 1, atol=2e-3)
    np.testing.assert_array_equal(network.vector, weights)


def test_statistics_go_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    before, half, whole = with_norms(), with_norms(), with_norms()
    renew_statistics(half, DATA, np.random.default_rng(0))
    monkeypatch.setattr(statistics, "_PART", 1.0)
    renew_statistics(whole, DATA, np.random.default_rng(0))
    for name, array in half.arrays().items():
        np.testing.assert_allclose(array, (before.arrays()[name] + whole.arrays()[name]) / 2, rtol=1e-5, atol=1e-6)


def test_a_network_without_norms_stays_as_it_is() -> None:
    network = Network([Flatten(), Dense(10)])
    before = network.fingerprint()
    renew_statistics(network, DATA, np.random.default_rng(0))
    assert network.fingerprint() == before


def test_an_epoch_ends_with_statistics_of_predictions() -> None:
    recipe = Recipe(epochs=2, batch_size=32, averaging=0.9)
    network = Network([Conv2D(4, 3, bias=False), BatchNorm(activation="relu"), Flatten(), Dropout(0.3), Dense(10)])
    steps = list(fit(network, DATA, recipe, validation=DATA, threads=1, gap=0))
    settled = steps[-1].snapshot()
    trainer = Trainer(network, DATA, recipe, threads=1)
    trainer.restore(steps[-1].state())
    followed = trainer.snapshot()
    assert followed.fingerprint() != settled.fingerprint()
    renew_statistics(followed, DATA, np.random.default_rng([recipe.seed, 0]))
    assert followed.fingerprint() == settled.fingerprint()
    assert steps[-1].validation_accuracy == pytest.approx((settled.predict(DATA.scaled()) == DATA.labels).mean())
