"""What is noticed of a data set beside MNIST's pictures: how they lie, which is ink, and that they are digits."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.data.datasets import BUNDLED, load_dataset
from model.data.images import Images
from model.data.keras_npz import first_images, read_keras
from model.data.likeness import ENOUGH, correlation, differences, means_of

TURNED, DARK, STRANGE = "--transpose", "--invert", "do not look like"


@pytest.fixture(scope="module")
def like() -> Images:
    return first_images(BUNDLED, 3_000)


@pytest.fixture(scope="module")
def others() -> Images:
    """Pictures of MNIST that are none of those that others are compared with."""
    _, test = read_keras(BUNDLED)
    assert test is not None
    return test[:600]


def shuffled(images: Images) -> Images:
    return Images(images.images, np.random.default_rng(0).permutation(images.labels))


def mirrored(images: Images) -> Images:
    return Images(np.ascontiguousarray(images.images[:, :, ::-1]), images.labels)


def turned(images: Images) -> Images:
    return Images(np.ascontiguousarray(np.rot90(images.images, axes=(1, 2))), images.labels)


CHANGES: list[tuple[Callable[[Images], Images], list[str]]] = [
    (lambda images: images, []),
    (Images.transposed, [TURNED]),
    (Images.inverted, [DARK]),
    (lambda images: images.transposed().inverted(), [TURNED, DARK]),
    (shuffled, [STRANGE]),
    (mirrored, [STRANGE]),
    (turned, [STRANGE]),
    (lambda images: Images(np.zeros_like(images.images), images.labels), [STRANGE]),
]


@pytest.mark.parametrize("count", [ENOUGH, 100, 600])
@pytest.mark.parametrize(("change", "says"), CHANGES)
def test_what_is_odd_is_noticed(
    like: Images, others: Images, change: Callable[[Images], Images], says: list[str], count: int
) -> None:
    found = differences(change(others[:count]), like)
    assert len(found) == len(says)
    for sentence, word in zip(found, says, strict=True):
        assert word in sentence


@pytest.mark.parametrize("digits", [(3,), (1, 7), (4, 9)])
def test_sets_of_few_digits_are_compared_with_the_same_ones(
    like: Images, others: Images, digits: tuple[int, ...]
) -> None:
    some = others[np.isin(others.labels, digits)]
    assert differences(some, like) == ()
    assert [TURNED in sentence for sentence in differences(some.transposed(), like)] == [True]


def test_of_few_pictures_nothing_is_said(like: Images, others: Images) -> None:
    assert differences(others[: ENOUGH - 1].inverted(), like) == ()
    assert differences(others[:ENOUGH].inverted(), like) != ()


def test_a_large_set_is_looked_at_all_over(like: Images, others: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.data.likeness.AT_MOST", 100)
    passed_over = np.arange(len(others)) % 6 != 0
    images = np.where(passed_over[:, None, None], 255 - others.images, others.images)
    assert differences(Images(images, others.labels), like) == ()
    assert differences(Images(255 - images, others.labels), like) != ()


def test_correlation() -> None:
    a = np.zeros((10, 2, 2))
    a[1], a[2] = [[1, 0], [0, 0]], [[0, 1], [0, 0]]
    assert correlation(a, a) == pytest.approx(1)
    assert correlation(a, 3 * a) == pytest.approx(1)
    b = a[[0, 2, 1, *range(3, 10)]]
    assert correlation(a, b) == pytest.approx(-1)
    assert correlation(a, np.zeros_like(a)) == 0
    assert correlation(a, np.roll(a, 5, axis=0)) == 0


def test_means_are_of_each_digit() -> None:
    pictures = np.array([[[10, 20]], [[30, 40]], [[5, 5]]], np.uint8)
    means = means_of(Images(pictures, np.array([7, 7, 0], np.uint8)))
    assert means[7].tolist() == [[20, 30]]
    assert means[0].tolist() == [[5, 5]]
    assert not means[[1, 2, 3, 4, 5, 6, 8, 9]].any()


def write(path: Path, train: Images, test: Images) -> Path:
    np.savez(path, x_train=train.images, y_train=train.labels, x_test=test.images, y_test=test.labels)
    return path


def test_a_set_is_mended_as_it_is_read(tmp_path: Path, others: Images) -> None:
    train, test = others[:400], others[400:]
    path = write(tmp_path / "odd.npz", train.transposed().inverted(), test.transposed().inverted())
    assert len(load_dataset(path).oddities) == 2
    assert [DARK in sentence for sentence in load_dataset(path, transpose=True).oddities] == [True]
    assert [TURNED in sentence for sentence in load_dataset(path, invert=True).oddities] == [True]
    mended = load_dataset(path, transpose=True, invert=True)
    assert mended.oddities == ()
    np.testing.assert_array_equal(np.concatenate([mended.train.images, mended.validation.images]), train.images)
    np.testing.assert_array_equal(mended.test.images, test.images)
    np.testing.assert_array_equal(mended.test.labels, test.labels)


def test_the_bundled_set_is_not_compared_with_itself() -> None:
    assert load_dataset().oddities == ()


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_an_npz_with_pixels_from_0_to_1_is_stretched(tmp_path: Path, others: Images, dtype: type) -> None:
    binary = np.where(others.images > 127, 255, 0).astype(np.uint8) if dtype is np.uint8 else others.images
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=(binary / 255).astype(dtype), y_train=others.labels)
    train, _ = read_keras(path)
    np.testing.assert_array_equal(train.images, binary)
