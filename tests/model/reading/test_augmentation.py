"""A network in doubt sees more views; a network that is sure is not asked twice."""

import numpy as np
import pytest

from model.network.activations import softmax
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.warp import resampled
from model.reading.augmentation import CLEAR, augmented_logits
from model.reading.reader import Reader


@pytest.fixture
def pictures() -> np.ndarray:
    return np.random.default_rng(1).random((6, 28, 28), np.float32)


def network(scale: float) -> Network:
    made = Network([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    made.vector *= scale
    return made


class Counting(Network):
    """Notes how many pictures it was asked about in each call."""

    def predict_logits(self, images: np.ndarray, *, threads: int | None = None) -> np.ndarray:
        self.asked = [*getattr(self, "asked", []), len(images)]
        return super().predict_logits(images, threads=threads)


def test_clear_pictures_are_seen_once(pictures: np.ndarray) -> None:
    counting = Counting([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    counting.vector *= 100
    single = counting.predict_logits(pictures)
    assert np.exp(single - single.max(axis=1, keepdims=True)).sum(axis=1).max() < 1 / CLEAR
    counting.asked = []
    np.testing.assert_array_equal(augmented_logits(counting, pictures), single)
    assert counting.asked == [6]


def test_in_doubt_five_views_are_averaged(pictures: np.ndarray) -> None:
    unsure = network(2)
    views = augmented_logits(unsure, pictures)
    assert not np.allclose(views, unsure.predict_logits(pictures))
    # A linear network's mean over views is its answer to the mean of what it saw, so no view lies far from the others.
    np.testing.assert_allclose(views, unsure.predict_logits(pictures), atol=2.0)


def test_only_the_doubtful_ones_are_seen_again(pictures: np.ndarray) -> None:
    counting = Counting([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    counting.vector *= 100
    counting.asked = []
    both = augmented_logits(counting, np.concatenate([pictures[:2], 0.02 * pictures[2:3]]))
    assert counting.asked == [3, 4]
    np.testing.assert_array_equal(both[:2], counting.predict_logits(pictures[:2]))


def test_a_glance_takes_one_view(pictures: np.ndarray) -> None:
    unsure = network(2)
    reader = Reader(unsure)
    read, glanced = (
        np.stack([r.probabilities for r in seen.read_images(pictures)]) for seen in (reader, reader.glance)
    )
    np.testing.assert_allclose(glanced, softmax(unsure.predict_logits(pictures)), rtol=1e-5)
    np.testing.assert_allclose(read, softmax(augmented_logits(unsure, pictures)), rtol=1e-5)
    assert not np.allclose(read, glanced)


def test_a_picture_that_looks_the_same_from_everywhere_is_read_the_same() -> None:
    y, x = np.mgrid[:28, :28] - 13.5
    cone = np.exp(-(x**2 + y**2) / 100).astype(np.float32)[None]
    unsure = network(2)
    np.testing.assert_allclose(augmented_logits(unsure, cone), unsure.predict_logits(cone), atol=0.05)


def test_a_reading_does_not_depend_on_what_is_read_beside_it(pictures: np.ndarray) -> None:
    unsure = network(2)
    alone = np.concatenate([augmented_logits(unsure, pictures[i : i + 1]) for i in range(len(pictures))])
    np.testing.assert_allclose(augmented_logits(unsure, pictures), alone, rtol=1e-4, atol=1e-5)


def test_reading_a_picture_at_its_own_places_changes_nothing(pictures: np.ndarray) -> None:
    rows, columns = np.mgrid[:28, :28].astype(np.float32)
    places = (np.repeat(at[None], len(pictures), axis=0) for at in (rows, columns))
    np.testing.assert_allclose(resampled(pictures, *places), pictures, atol=1e-6)
