"""Growth: detectors see what they are made for, and leave all else as it was."""

from pathlib import Path

import numpy as np
import pytest

from model.network.activations import ActivationName
from model.network.growth import Detector, can_grow, features_of, grown, logits_from
from model.network.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer
from model.network.network import Network

HIDDEN: list[ActivationName] = ["relu", "leaky_relu", "tanh", "sigmoid"]


def network_of(*hidden: Layer, rng: np.random.Generator) -> Network:
    network = Network([Conv2D(3, 3, stride=4), Flatten(), *hidden, Dense(10)], rng=rng)
    for array in network.arrays().values():
        array += rng.uniform(0, 0.3, array.shape).astype(np.float32)  # batch norm and biases too
    return network


def detector_of(network: Network, images: np.ndarray, rng: np.random.Generator) -> Detector:
    """Wakes for about a quarter of the images."""
    weight = rng.standard_normal(features_of(network, images).shape[1:], np.float32)
    products = features_of(network, images) @ weight
    return Detector(7, weight, float(np.quantile(products, 0.75)), 1e-3 * float(np.ptp(products)), 9.0)


@pytest.fixture
def images(rng: np.random.Generator) -> np.ndarray:
    return rng.random((80, 28, 28)).astype(np.float32)


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("norm", [False, True])
def test_a_detector_adds_its_strength_where_it_sees_its_form_and_nothing_elsewhere(
    name: ActivationName, norm: bool, images: np.ndarray, rng: np.random.Generator
) -> None:
    hidden = [Dense(6), BatchNorm(activation=name), Dropout(0.5)] if norm else [Dense(6, activation=name)]
    network = network_of(*hidden, rng=rng)
    detector = detector_of(network, images, rng)
    added = detector.added(features_of(network, images))
    before, after = network.predict_logits(images), grown(network, [detector]).predict_logits(images)
    expected = before + added[:, None] * (np.arange(10) == 7)
    decided = (added == 0) | (added == 9)
    assert decided.sum() > 70
    assert 10 < (added == 9).sum() < 30
    np.testing.assert_allclose(after[decided], expected[decided], atol=0.02)


def test_a_network_of_ramps_reads_as_before_while_no_detector_wakes(
    images: np.ndarray, rng: np.random.Generator
) -> None:
    network = network_of(Dense(6, activation="relu"), rng=rng)
    asleep = Detector(7, np.zeros(147, np.float32), 1.0, 0.1, 9.0)
    after = grown(network, [asleep, asleep]).predict_logits(images)
    np.testing.assert_allclose(after, network.predict_logits(images), rtol=1e-5, atol=1e-4)


def test_several_detectors_add_up(images: np.ndarray, rng: np.random.Generator) -> None:
    network = network_of(Dense(6, activation="relu"), rng=rng)
    always = Detector(2, np.zeros(147, np.float32), -1.0, 0.5, 3.0)
    other = Detector(5, np.zeros(147, np.float32), -1.0, 0.5, 4.0)
    change = grown(network, [always, other, always]).predict_logits(images) - network.predict_logits(images)
    np.testing.assert_allclose(change[:, [2, 5, 0]], np.tile([6.0, 4.0, 0.0], (80, 1)), atol=1e-4)


def test_the_network_that_grows_stays_as_it_was(images: np.ndarray, rng: np.random.Generator) -> None:
    network = network_of(Dense(6, activation="relu"), rng=rng)
    before = {name: array.copy() for name, array in network.arrays().items()}
    other = grown(network, [detector_of(network, images, rng)])
    for array in other.arrays().values():
        array += 1
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_network_that_has_grown_is_saved_and_read_like_any_other(
    images: np.ndarray, rng: np.random.Generator, tmp_path: Path
) -> None:
    network = network_of(Dense(6), BatchNorm(activation="relu"), rng=rng)
    other = grown(network, [detector_of(network, images, rng)])
    other.save(tmp_path / "grown.npz")
    read = Network.load(tmp_path / "grown.npz")
    np.testing.assert_array_equal(read.predict_logits(images), other.predict_logits(images))
    assert can_grow(read)


def test_logits_come_of_features(images: np.ndarray, rng: np.random.Generator) -> None:
    for network in (
        network_of(Dense(6), BatchNorm(activation="relu"), rng=rng),
        Network([Flatten(), Dense(5, activation="tanh"), Dense(10)], rng=rng),
    ):
        features = features_of(network, images)
        np.testing.assert_allclose(logits_from(network, features), network.predict_logits(images), atol=1e-5)


@pytest.mark.parametrize(
    "layers",
    [
        [Flatten(), Dense(10)],
        [Flatten(), Dense(5), Dense(10)],
        [Flatten(), Dense(5, activation="relu"), Dense(10, activation="tanh")],
        [Flatten(), Dense(5, activation="relu"), BatchNorm(), Dense(10)],
        [Conv2D(3, 3, activation="relu"), Flatten(), Dense(10)],
        [Flatten(), Dense(5, activation="relu"), Dense(9)],
    ],
)
def test_networks_without_a_fit_hidden_layer_are_refused(layers: list[Layer]) -> None:
    network = Network(layers)
    assert not can_grow(network)
    with pytest.raises(ValueError, match="no hidden dense layer"):
        grown(network, [])
