"""What a network learns from a few drawings of a writer: what is taught, what is tested, and the figures of all."""

import numpy as np
import pytest

from app.store.networks import find
from bench.personal import Row, by_writer, divide, kept_out, summary, worst
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, Stroke


def drawing(word: str, key: str) -> Drawing:
    return Drawing((Stroke(np.array([[0, 0], [9, 9]], np.float32)),), word=word, extra={"key_id": key})


def test_drawings_go_by_their_writer_and_letters_are_left_out() -> None:
    found = by_writer([drawing("1", "a/1/0"), drawing("x", "a/x/0"), drawing("2", "b/2/0"), drawing("3", "a/3/0")])
    assert {writer: [d.word for d in drawings] for writer, drawings in found.items()} == {"a": ["1", "3"], "b": ["2"]}
    for useless in ([], [drawing("1", "")]):
        with pytest.raises(DrawingError, match="key_id"):
            by_writer(useless)


def test_the_first_two_of_each_digit_are_taught() -> None:
    drawings = [drawing(word, f"a/{word}/{number}") for number, word in enumerate("1112122")]
    taught, tested = divide(drawings)
    assert [d.extra["key_id"] for d in taught] == ["a/1/0", "a/1/1", "a/2/3", "a/2/5"]
    assert [d.extra["key_id"] for d in tested] == ["a/1/2", "a/1/4", "a/2/6"]


def test_writers_of_whom_nothing_is_left_to_test_on_are_passed_over() -> None:
    network = Network.load(find("dense-16"))
    few, many = [drawing("1", "a/1/0")] * 2, [drawing("1", "b/1/0")] * 3
    assert worst(network, {"a": few, "b": many}, 2) == ["b"]
    with pytest.raises(DrawingError, match="nothing is left"):
        worst(network, {"a": few}, 2)


def test_the_figures_of_all_writers() -> None:
    rows = [Row("a", 40, 6, 2, 9, 5, 0.9960, 10.0), Row("b", 60, 4, 2, 3, 1, 0.9950, 30.0)]
    result = summary(rows, 0.9961)
    assert (result["tested"], result["misread_before"], result["misread_after"]) == (100, 10, 4)
    assert result["before"] == pytest.approx(0.9) and result["after"] == pytest.approx(0.96)
    assert result["misread_left"] == pytest.approx(0.4)
    assert result["mnist_lost"] == pytest.approx(0.0006)
    assert result["mnist_lost_worst"] == pytest.approx(0.0011)
    assert result["seconds"] == 20.0


def test_where_nothing_was_misread_nothing_is_left_of_it() -> None:
    assert summary([Row("a", 40, 0, 1, 0, 0, 0.99, 1.0)], 0.99)["misread_left"] is None


def test_the_writers_who_are_kept_out_of_training_have_digits_and_letters() -> None:
    drawings = kept_out()
    writers = by_writer(drawings)
    assert len(writers) > 10
    assert all(int(writer) % 6 == 4 for writer in writers)
    assert any(str(drawing.word).isalpha() for drawing in drawings)
