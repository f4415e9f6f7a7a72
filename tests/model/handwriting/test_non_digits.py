import numpy as np
import pytest

from model.handwriting.hand import Hand
from model.handwriting.letters import LETTERS, write_letter
from model.handwriting.non_digits import KINDS, image, images
from model.handwriting.signs import SIGNS


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_drawn(kind: str) -> None:
    pictures = images(30, np.random.default_rng(0), [kind])
    assert pictures.shape == (30, 28, 28)
    assert pictures.dtype == np.uint8
    assert len({picture.tobytes() for picture in pictures}) > 15
    if kind != "paper":  # which is empty now and then
        assert pictures.max(axis=(1, 2)).min() > 60


@pytest.mark.parametrize("letter", list(LETTERS))
def test_every_letter_is_written(letter: str) -> None:
    rng = np.random.default_rng(0)
    strokes = write_letter(letter, Hand.any(rng), rng)
    assert all(np.isfinite(stroke).all() and stroke.shape[1] == 2 for stroke in strokes)


def test_signs_are_drawn() -> None:
    rng = np.random.default_rng(0)
    assert all(make(rng) for make in SIGNS.values())


def test_kinds_come_as_often_as_they_should() -> None:
    total = sum(weight for weight, _ in KINDS.values())
    pictures = images(total, np.random.default_rng(3))
    letters = KINDS["letter"][0]
    rng = np.random.default_rng(3)
    np.testing.assert_array_equal(pictures[:letters], [image("letter", rng) for _ in range(letters)])


def test_the_same_seed_draws_the_same() -> None:
    np.testing.assert_array_equal(images(60, np.random.default_rng(9)), images(60, np.random.default_rng(9)))


def test_none_at_all() -> None:
    assert images(0, np.random.default_rng(0)).shape == (0, 28, 28)
