"""The hostile files: each is refused, and what the measurement calls right is what it should be."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench.hostile import answer, fault_of, faults, files
from bench.mutations import mutated, sound_files
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.photograph import PictureError, load_picture


def test_every_file_is_refused_with_one_sentence(tmp_path: Path) -> None:
    for path in files(tmp_path):
        with pytest.raises(PictureError) as caught:
            load_picture(path)
        assert str(caught.value).count("\n") == 0
        assert path.name in str(caught.value)


def test_a_file_that_is_read_is_no_right_answer(tmp_path: Path) -> None:
    path = tmp_path / "one.ndjson"
    path.write_text('{"drawing": [[[50, 52, 50], [20, 120, 220]]]}')
    assert not answer(path).right


@pytest.fixture
def network(tmp_path: Path, rng: np.random.Generator) -> Path:
    path = tmp_path / "network.npz"
    Network([Flatten(), Dense(10)], rng=rng).save(path)
    path.with_suffix(".png").write_bytes(sound_files(b"")["png"][0])
    return path


def test_sound_files_are_read(network: Path, tmp_path: Path) -> None:
    for ending, bodies in sound_files(network.read_bytes()).items():
        for body in bodies:
            path = tmp_path / f"sound.{ending}"
            path.write_bytes(body)
            assert fault_of(ending, path, network) is None, ending


def test_mutated_files_are_the_same_again_and_no_longer_sound() -> None:
    files_of = sound_files(b"PK")
    files_of.pop("npz")
    first = list(mutated(files_of, 60, 7))
    assert first == list(mutated(files_of, 60, 7))
    assert first != list(mutated(files_of, 60, 8))
    assert {ending for ending, _ in first} == set(files_of)
    assert sum(body not in files_of[ending] for ending, body in first) > 50


def test_mutated_files_are_answered(tmp_path: Path) -> None:
    assert [fault.what for fault in faults(100, 1, tmp_path)] == []


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (lambda: 1 / 0, "ZeroDivisionError"),
        (lambda: 5, "status 5"),
        (lambda: 2, "status 2 with 0 lines"),
        (lambda: print("digitpad: " + 300 * "x" + ".", file=sys.stderr) or 2, "said"),
        (lambda: print("Traceback.", file=sys.stderr) or 2, "said"),
    ],
)
def test_what_is_no_answer_is_a_fault(
    act: Callable[[], int], what: str, network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("main.main", lambda arguments: act())
    assert (fault_of("png", network.with_suffix(".png"), network) or "").startswith(what)
