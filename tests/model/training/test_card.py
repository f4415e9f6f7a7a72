"""Cards: what a network's file says of it, what lies beside it, and nothing that is not so."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.network.architectures import build_dense
from model.network.storage import NetworkFileError
from model.training.card import Card, card_file, card_of, counts_in, write_beside

COUNTS = np.diag(np.full(10, 90))
COUNTS[4, 9], COUNTS[9, 4], COUNTS[3, 5] = 10, 30, 2


def network(path: Path, *, seed: int = 0, **info: Any) -> Path:
    made = build_dense([4], "relu", np.random.default_rng(seed))
    made.info = dict(info)
    made.save(path)
    return path


def test_the_card_of_a_training(tmp_path: Path) -> None:
    job = {"data": None, "mixture": {"handwriting": 20, "strange": 30, "pen_digits": 40}}
    facts: dict[str, Any] = {
        "job": job,
        "command": "python train.py",
        "epochs": 3,
        "seconds": 9.5,
    }
    accuracies: dict[str, Any] = {
        "trained": "2026-11-26",
        "validation_accuracy": 0.9,
        "test_accuracy": 0.8,
        "confusion": COUNTS.tolist(),
    }
    card = card_of(network(tmp_path / "n.npz", **facts, **accuracies))
    assert dict(card.sources) == {"mnist": None, "handwriting": 20, "non_digits": 30, "pen_digits": 40}
    assert (card.command, card.epochs, card.seconds, card.trained) == ("python train.py", 3, 9.5, "2026-11-26")
    assert (card.validation_accuracy, card.test_accuracy) == (0.9, 0.8)
    assert not card.continued
    assert card.counts is not None and card.counts.tolist() == COUNTS.tolist()


def test_the_card_of_a_lesson(tmp_path: Path) -> None:
    lesson = {"from_nothing": False, "mnist": 4500, "mixture": {"pen_digits": 600}}
    card = card_of(network(tmp_path / "n.npz", lesson=lesson, drawings=12))
    assert dict(card.sources) == {"mnist": 4500, "drawings": 12, "pen_digits": 600}
    assert card.continued
    lesson |= {"from_nothing": True, "mnist": 0}
    card = card_of(network(tmp_path / "m.npz", lesson=lesson))
    assert dict(card.sources) == {"pen_digits": 600}
    assert not card.continued


def test_what_it_reads_badly() -> None:
    card = Card(parameters=1, counts=COUNTS)
    assert card.confusions == [(9, 4, 30), (4, 9, 10), (3, 5, 2)]
    assert [digit for digit, _ in card.worst] == [9, 4]
    assert card.per_digit[9] == pytest.approx(0.75)
    assert card.per_digit[0] == 1.0


def test_a_perfect_network_reads_nothing_badly() -> None:
    card = Card(parameters=1, counts=np.diag(np.full(10, 5)))
    assert card.confusions == card.worst == []


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"job": 3, "lesson": "x", "confusion": 7, "epochs": "many", "seconds": -1, "test_accuracy": 99},
        {"job": {"mixture": {"pens": 4}}, "command": 4, "trained": None, "confusion": [[1] * 10] * 9},
        {"lesson": {"mixture": [1]}, "drawings": 1.5, "validation_accuracy": True, "confusion": [[-1] * 10] * 10},
        {"confusion": [[1.5] * 10] * 10, "seconds": "9", "epochs": 10**99},
    ],
    ids=str,
)
def test_what_an_old_or_an_odd_file_says_of_itself_is_left_out(tmp_path: Path, info: dict[str, Any]) -> None:
    card = card_of(network(tmp_path / "n.npz", **info))
    assert card.counts is None
    assert (card.command, card.trained, card.epochs, card.seconds) == ("", "", None, None)
    assert (card.validation_accuracy, card.test_accuracy) == (None, None)
    assert card.parameters == 3190
    assert card.confusions == card.worst == []
    assert card.per_digit == [None] * 10


def test_what_was_measured_later_lies_beside_the_file_and_belongs_to_its_weights_alone(tmp_path: Path) -> None:
    path = network(tmp_path / "n.npz")
    before = path.read_bytes()
    assert write_beside(path, COUNTS) == tmp_path / "n.card.json"
    assert path.read_bytes() == before
    card = card_of(path)
    assert card.counts is not None and card.counts.tolist() == COUNTS.tolist()
    network(path, seed=1)
    assert card_of(path).counts is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 9999, '{"weights": 3}', "\x00", "x" * 99_999], ids=lambda t: t[:9]
)
def test_a_card_that_is_none_is_left_out(tmp_path: Path, text: str) -> None:
    path = network(tmp_path / "n.npz")
    card_file(path).write_text(text, encoding="utf-8")
    assert card_of(path).counts is None


def test_a_card_beside_with_odd_counts_is_left_out(tmp_path: Path) -> None:
    path = network(tmp_path / "n.npz")
    values = json.loads(write_beside(path, COUNTS).read_text(encoding="utf-8"))
    card_file(path).write_text(json.dumps({**values, "confusion": [[True] * 10] * 10}), encoding="utf-8")
    assert card_of(path).counts is None
    assert counts_in([[1] * 10] * 10) is not None


def test_what_is_no_network_has_no_card(tmp_path: Path) -> None:
    (tmp_path / "n.npz").write_bytes(b"no")
    with pytest.raises(NetworkFileError):
        card_of(tmp_path / "n.npz")
