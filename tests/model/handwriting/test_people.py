"""Pictures of people's strokes: every drawing in its turn, the right labels, and no sign that could be a digit."""

import tracemalloc

import numpy as np
import pytest

from model.constants import SIDE
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.handwriting import people as pictures_of_people
from model.handwriting.people import (
    DIGITS,
    NON_DIGITS,
    digit_pictures,
    non_digit_pictures,
    plain_digits,
    plain_non_digits,
)
from model.handwriting.stroke_warp import StrokeWarp
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.pictures.normalize import normalize
from model.pictures.pen import picture_of
from model.reading.reader import Reader
from tests.test_weights import WEIGHTS


@pytest.fixture(scope="module")
def people() -> PenStrokes:
    everybody = load_pen_strokes()
    return everybody.only(np.arange(len(everybody)) % 61 == 0)


def test_digits_come_each_as_often_as_the_others(people: PenStrokes) -> None:
    digits = people.of_symbols(DIGITS)
    _, labels = digit_pictures(people, 2 * len(digits), np.random.default_rng(0), StrokeWarp())
    assert labels.dtype == np.uint8
    np.testing.assert_array_equal(np.bincount(labels), 2 * np.bincount(digits.symbols.astype(int)))


def test_a_network_reads_the_label_in_the_picture(people: PenStrokes) -> None:
    pictures, labels = digit_pictures(people, 200, np.random.default_rng(0), StrokeWarp())
    assert pictures.shape == (200, 28, 28) and pictures.dtype == np.uint8
    readings = Reader(Network.load(WEIGHTS / "cnn.npz")).read_images(pictures.astype(np.float32) / np.float32(255))
    assert np.mean([r.digit == label for r, label in zip(readings, labels, strict=True)]) > 0.95


def test_one_drawing_comes_differently_each_time(people: PenStrokes) -> None:
    one = people.of_symbols("5")
    pictures, _ = digit_pictures(one.only(np.arange(len(one)) == 0), 10, np.random.default_rng(0), StrokeWarp())
    assert len({picture.tobytes() for picture in pictures}) == 10


def test_the_same_seed_gives_the_same(people: PenStrokes) -> None:
    made = []
    for _ in range(2):
        rng = np.random.default_rng(4)
        digits, _ = digit_pictures(people, 9, rng, StrokeWarp())
        made.append(np.concatenate([digits, non_digit_pictures(people, 9, rng, StrokeWarp())]))
    np.testing.assert_array_equal(made[0], made[1])


def test_what_is_no_digit_is_none(people: PenStrokes) -> None:
    assert not set(NON_DIGITS) & set("0123456789OoDQIl|SsZzbqgBGT7i1jJ()/,.")
    pictures = non_digit_pictures(people, 150, np.random.default_rng(0), StrokeWarp())
    assert pictures.shape == (150, 28, 28)
    readings = Reader(Network.load(WEIGHTS / "cnn.npz")).read_images(pictures.astype(np.float32) / np.float32(255))
    assert np.mean([r.sure for r in readings]) < 0.2


def test_a_sign_that_could_be_a_1_is_left_out() -> None:
    line = [np.stack([np.full(9, 0.05), np.linspace(0, 1, 9)], axis=1).astype(np.float32)]
    cross = [line[0] - 0.02, line[0][:, ::-1].copy()]
    both = PenStrokes([line, cross], np.array(["V", "X"]), np.array([1, 1]))
    pictures = non_digit_pictures(both, 6, np.random.default_rng(0), StrokeWarp(shaky_rate=0, cut_rate=0))
    wide = [np.ptp(np.flatnonzero(picture.max(axis=0) > 60)) for picture in pictures]
    assert len(pictures) == 6 and min(wide) > 9


def test_none_at_all(people: PenStrokes) -> None:
    assert digit_pictures(people, 0, np.random.default_rng(0), StrokeWarp())[0].shape == (0, 28, 28)
    assert non_digit_pictures(people, 0, np.random.default_rng(0), StrokeWarp()).shape == (0, 28, 28)


def test_people_who_wrote_nothing_of_the_kind_are_refused(people: PenStrokes) -> None:
    only_fives = people.of_symbols("5")
    with pytest.raises(ValueError, match="None of these people"):
        non_digit_pictures(only_fives, 1, np.random.default_rng(0), StrokeWarp())
    with pytest.raises(ValueError, match="None of these people"):
        digit_pictures(people.of_symbols("A"), 1, np.random.default_rng(0), StrokeWarp())


def test_plain_pictures_are_what_a_reader_sees(people: PenStrokes) -> None:
    digits = people.of_symbols(DIGITS)
    pictures, labels = plain_digits(people)
    np.testing.assert_array_equal(labels, digits.symbols.astype(int))
    drawing = Drawing(tuple(Stroke(stroke) for stroke in digits.drawings[3]), (1, 1))
    picture = picture_of(drawing)
    assert picture is not None
    seen = normalize(picture)
    assert seen is not None
    np.testing.assert_allclose(pictures[3] / 255, seen, atol=0.5 / 255 + 1e-6)
    assert plain_non_digits(people).shape == (len(people.of_symbols(NON_DIGITS)), 28, 28)


def test_pictures_are_not_held_twice(people: PenStrokes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures_of_people, "_picture", lambda *_: np.zeros((SIDE, SIDE), np.uint8))
    tracemalloc.start()
    try:
        pictures, _ = digit_pictures(people, 3_000, np.random.default_rng(0), StrokeWarp())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * pictures.nbytes
