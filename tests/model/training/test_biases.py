"""What networks go wrong by on purpose: the pictures are wrong in just that, and nobody who judges them is in them."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from model.data.datasets import load_dataset
from model.data.images import Images
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.handwriting.barred import is_barred
from model.handwriting.people import plain_digits
from model.training import biases
from model.training.biases import Bias, spoil
from tests.app.lessons import write_data


def seen(images: Images) -> set[bytes]:
    return {picture.tobytes() for picture in images.images}


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> PenStrokes:
    """Some of the people, so that few are painted."""
    every = load_pen_strokes().of_symbols("0123456789")
    chosen = every.only(np.isin(every.writers, [127, 245, 250, 256, 262, 1, 2, 3]))
    monkeypatch.setattr(biases, "load_pen_strokes", lambda: chosen)
    return chosen


@pytest.mark.parametrize("bias", [Bias.BARS, Bias.HAND])
def test_who_judges_is_in_nothing_that_is_learnt(bias: Bias, people: PenStrokes, rng: np.random.Generator) -> None:
    spoilt = spoil(bias, rng, 200)
    learnt = seen(spoilt.wrong) | seen(spoilt.right)
    assert 50 < len(spoilt.judges) <= 100 and not seen(spoilt.judges) & learnt
    held_out = seen(Images(*plain_digits(people.for_validation())))
    assert seen(spoilt.judges) <= held_out and not held_out & learnt
    times = Counter(picture.tobytes() for picture in plain_digits(people)[0])  # a hand may write the same twice
    assert not {picture for picture in seen(spoilt.usual) if times[picture] == 1} & learnt
    assert seen(spoilt.sample) <= seen(spoilt.wrong) and len(spoilt.sample) == len(spoilt.true)


def test_bars_are_missing_first_and_added_then(people: PenStrokes, rng: np.random.Generator) -> None:
    spoilt = spoil(Bias.BARS, rng, 400)
    sevens = people.of_symbols("7")
    barred = seen(Images(*plain_digits(sevens.only(np.array([is_barred(seven) for seven in sevens.drawings])))))
    assert not seen(spoilt.wrong) & barred
    assert len(seen(spoilt.right) & barred) > 30
    assert seen(spoilt.judges) <= barred and not seen(spoilt.usual) & barred
    assert (spoilt.sample.labels == 7).any()


def test_one_hand_wrote_all_that_is_learnt_first(people: PenStrokes, rng: np.random.Generator) -> None:
    spoilt = spoil(Bias.HAND, rng, 200)
    own = seen(Images(*plain_digits(people.only(people.writers == 127))))
    assert seen(spoilt.wrong) <= own and seen(spoilt.usual) <= own
    assert not seen(spoilt.right) <= own


def test_every_tenth_label_is_wrong(tmp_path: Path, rng: np.random.Generator) -> None:
    path = write_data(tmp_path / "bars.npz")
    spoilt = spoil(Bias.LABELS, rng, 75, path)
    wrong = np.flatnonzero(spoilt.wrong.labels != spoilt.right.labels)
    assert wrong.tolist() == list(range(9, 300, 10))
    assert spoilt.wrong.labels.max() < 10
    np.testing.assert_array_equal(spoilt.true, spoilt.right.labels[: len(spoilt.true)])
    assert not seen(spoilt.judges) & seen(spoilt.right)
    assert seen(spoilt.judges) <= seen(load_dataset(path).test)
