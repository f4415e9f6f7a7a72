"""Checkpoints: what was saved comes back, and whatever else lies there is refused in a sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from model.training import checkpoint
from model.training.checkpoint import CheckpointError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return checkpoint.path_for(tmp_path / "mine.npz")


def test_what_was_saved_comes_back(path: Path) -> None:
    arrays = {"state.step": np.array(7), "state.network.a": np.arange(6.0).reshape(2, 3), "best": np.ones(2)}
    checkpoint.save(path, {"epoch": 3, "note": "äß"}, arrays)
    assert path.name == "mine.checkpoint.npz"
    found = checkpoint.load(path)
    assert found.header["epoch"] == 3 and found.header["note"] == "äß"
    assert found.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array)
    part = found.part("state.")
    assert set(part) == {"step", "network.a"} and part["step"] == 7


def test_a_missing_one_is_said(path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"There is no checkpoint .*without --resume"):
        checkpoint.load(path)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_checkpoint_is_refused(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="is no sound checkpoint"):
        checkpoint.load(path)


def test_one_of_another_version_is_refused(path: Path) -> None:
    np.savez(path, header=np.array(json.dumps({"format": checkpoint.FORMAT + 1})))
    with pytest.raises(CheckpointError, match="another version"):
        checkpoint.load(path)


def test_nothing_is_unpickled(path: Path) -> None:
    header = np.array(json.dumps({"format": checkpoint.FORMAT}))
    np.savez(path, header=header, thing=np.array([{"a": 1}], object), allow_pickle=True)
    with pytest.raises(CheckpointError, match="is no sound checkpoint"):
        checkpoint.load(path)


def test_a_full_disk_leaves_the_one_from_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint.save(path, {"epoch": 1}, {})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("model.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        checkpoint.save(path, {"epoch": 2}, {})
    assert checkpoint.load(path).header["epoch"] == 1
    assert [other.name for other in path.parent.iterdir()] == [path.name]
