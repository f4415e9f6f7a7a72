"""Files are replaced as a whole or stay as they were, and lines are appended as a whole or not at all."""

import os
from pathlib import Path

import pytest

from model.files import append_lines, replacing


def test_a_file_is_replaced_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file"
    for text in ("first", "second"):
        with replacing(path) as part:
            assert part.parent == path.parent
            assert part != path
            part.write_text(text)
            assert not path.exists() or path.read_text() == "first"
        assert path.read_text() == text
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("error", [OSError(28, "full"), ValueError("wrong"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as part:
            part.write_text("half")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_before_anything_was_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), replacing(tmp_path / "file"):
        raise OSError(28, "full")
    assert list(tmp_path.iterdir()) == []


def test_it_is_on_the_disk_before_it_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, synced = tmp_path / "file", []
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", lambda number: synced.append((os.fstat(number).st_size, path.read_text())))
    with replacing(path) as part:
        part.write_text("newer")
    assert synced == [(5, "old")]


def test_lines_are_appended(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "lines"
    assert append_lines(path, b"one\n") == (0, 4)
    assert append_lines(path, b"two\nthree\n") == (4, 14)
    assert path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_line_that_was_cut_off_is_closed_first(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"one\nhal")
    assert append_lines(path, b"two\n") == (7, 12)
    assert path.read_bytes() == b"one\nhal\ntwo\n"


def test_what_cannot_be_kept_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lines"
    append_lines(path, b"one\n")

    def full(number: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        append_lines(path, b"two\n")
    assert path.read_bytes() == b"one\n"
