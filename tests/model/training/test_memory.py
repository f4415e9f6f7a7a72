"""Memory: what is remembered of pictures, and the harm that other logits would do."""

from itertools import islice

import numpy as np
import pytest

from model.data.datasets import load_dataset
from model.data.images import NO_DIGIT, Images
from model.network.growth import features_of
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.reading.reader import Reader
from model.training.memory import Memory, remembered_pictures


@pytest.fixture
def images(rng: np.random.Generator) -> Images:
    labels = np.resize(np.array([3, 5, NO_DIGIT], np.uint8), 1500)
    return Images(rng.integers(0, 256, (1500, 28, 28)).astype(np.uint8), labels)


@pytest.fixture
def network(rng: np.random.Generator) -> Network:
    return Network([Flatten(), Dense(20, activation="relu"), Dense(6, activation="relu"), Dense(10)], rng=rng)


def test_it_holds_what_the_last_hidden_layer_sees(network: Network, images: Images) -> None:
    memory = Memory.of(network, [images[:700], images[700:]])
    features = features_of(network, images.scaled())
    np.testing.assert_allclose(memory.products(np.eye(20, dtype=np.float32)), features, rtol=2e-3, atol=1e-3)
    np.testing.assert_allclose(memory.logits, network.predict_logits(images.scaled()), atol=1e-4)
    mean, inverse = memory.spread
    np.testing.assert_allclose(mean, features.mean(axis=0), rtol=1e-3, atol=1e-5)
    covariance = np.cov(features.T.astype(np.float64))
    product = inverse @ (covariance + 0.01 * np.trace(covariance) / 20 * np.eye(20))
    np.testing.assert_allclose(product, np.eye(20), atol=0.02)
    assert memory.counts.tolist() == [1000, 500]


def test_its_spread_is_measured_again_when_it_has_grown_by_half(network: Network, images: Images) -> None:
    memory = Memory.of(network, [images[:900]])
    first = memory.spread
    memory.add(images[900:1200])
    assert memory.spread is first
    memory.add(images[1200:])
    np.testing.assert_allclose(memory.spread.mean, features_of(network, images.scaled()).mean(axis=0), rtol=1e-3)
    assert memory.spread is not first


def test_harm_is_what_was_right_and_is_not_and_what_is_surely_a_digit_now(network: Network, images: Images) -> None:
    before = np.zeros((1500, 10), np.float32)
    before[0::3, 3] = 1  # right
    before[1::3, 0] = 1  # wrong
    memory = Memory.of(network, [images])
    memory.logits = before
    reader = Reader(network)
    assert memory.harm(before, reader).tolist() == [0, 0]
    after = before.copy()
    after[0:30:3, 9] = 2  # ten that were right
    after[1:31:3, 9] = 2  # ten that were wrong already
    after[2:17:3, 9] = 50  # five that are no digits, surely one now
    after[17:32:3, 9] = 0.1  # five still not sure
    assert memory.harm(after, reader).tolist() == [10, 5]
    chosen = np.arange(0, 9)
    assert memory.harm(after[chosen], reader, chosen).tolist() == [3, 3]


def test_what_is_remembered_is_of_digits_and_of_none_and_nothing_of_it_validates() -> None:
    held = {picture.tobytes() for picture in load_dataset().validation.images}
    seen: set[bytes] = set()
    for images in islice(remembered_pictures(), 2):
        digits = images.labels != NO_DIGIT
        assert set(images.labels[digits].tolist()) == set(range(10))
        assert 25 < (~digits).sum() < 50 < digits.sum()
        pictures = {picture.tobytes() for picture in images.images}
        assert not pictures & (held | seen)
        seen |= pictures
