"""Mixtures: what is added to a data set, the same for the same seed, and the names of older records."""

import tracemalloc

import numpy as np
import pytest

from model.data.images import NO_DIGIT
from model.data.pen_strokes import load_pen_strokes
from model.handwriting import digits, non_digits, people
from model.handwriting.stroke_warp import StrokeWarp
from model.training.mixture import Mixture
from tests.model.training.test_fit import bars

DATA = bars(12, np.random.default_rng(0))


def test_every_part_stands_behind_the_data_with_its_labels() -> None:
    mixture = Mixture(handwriting=7, non_digits=4, pen_digits=6, pen_non_digits=3, repeats=2)
    more, again = mixture.added_to(DATA, seed=1), mixture.added_to(DATA, seed=1)
    assert mixture.made == 20
    assert len(more) == 2 * len(DATA) + mixture.made
    np.testing.assert_array_equal(more.images[:12], DATA.images)
    np.testing.assert_array_equal(more.images[12:24], DATA.images)
    np.testing.assert_array_equal(more.labels[12:24], DATA.labels)
    made = more.labels[24:]
    assert made[:7].max() <= 9 and made[11:17].max() <= 9
    assert made[7:11].tolist() == [NO_DIGIT] * 4 and made[17:].tolist() == [NO_DIGIT] * 3
    np.testing.assert_array_equal(more.images, again.images)


def test_only_writers_for_training_are_drawn_on() -> None:
    found = Mixture(pen_digits=5).added_to(DATA, seed=3)
    of_training = people.digit_pictures(
        load_pen_strokes().for_training(), 5, np.random.default_rng([3, 4]), StrokeWarp()
    )
    np.testing.assert_array_equal(found.images[12:], of_training[0])
    np.testing.assert_array_equal(found.labels[12:], of_training[1])


@pytest.mark.parametrize("name", ["handwriting", "non_digits", "pen_digits", "pen_non_digits"])
def test_counts_out_of_range_are_refused(name: str) -> None:
    for count in (-1, 1_000_001):
        with pytest.raises(ValueError, match=f"number of {name} pictures must be"):
            Mixture(**{name: count})


@pytest.mark.parametrize("repeats", [0, 21])
def test_repeats_out_of_range_are_refused(repeats: int) -> None:
    with pytest.raises(ValueError, match="repeats must be from 1 to 20"):
        Mixture(repeats=repeats)


def test_records_of_older_networks_are_read() -> None:
    assert Mixture.from_json({"handwriting": 5, "strange": 6}) == Mixture(handwriting=5, non_digits=6)
    with pytest.raises(TypeError):
        Mixture.from_json({"odd": 1})


@pytest.mark.parametrize(("mixture", "teaches"), [(Mixture(handwriting=5, pen_digits=5), False),
                         (Mixture(non_digits=1), True), (Mixture(pen_non_digits=1), True)])  # fmt: skip
def test_doubt_is_learnt_from_what_is_no_digit(mixture: Mixture, teaches: bool) -> None:
    assert mixture.teaches_doubt is teaches


def test_only_one_part_is_held_beside_the_mixture(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 1_000
    part = count * 28 * 28
    monkeypatch.setattr(digits, "images", lambda n, rng: (np.ones((n, 28, 28), np.uint8), np.ones(n, np.uint8)))
    monkeypatch.setattr(non_digits, "images", lambda n, rng: np.ones((n, 28, 28), np.uint8))
    tracemalloc.start()
    try:
        mixed = Mixture(handwriting=count, non_digits=count, repeats=20).added_to(DATA, seed=0)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < mixed.images.nbytes + 1.5 * part


def test_data_to_which_nothing_is_added_are_not_copied() -> None:
    assert Mixture().added_to(DATA, seed=0) is DATA
