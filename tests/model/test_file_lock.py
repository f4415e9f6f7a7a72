"""The lock of a folder: one at a time is in it, nobody who is gone holds it, and a folder without locks is used so."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from model import file_lock
from model.errors import sentence_of
from model.file_lock import FolderBusyError, locked
from tests.imports import ROOT


def test_the_second_waits_until_the_first_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, order = threading.Event(), []
    monkeypatch.setattr(file_lock, "WAIT", 60.0)
    monkeypatch.setattr("model.file_lock.time.sleep", lambda _: waits.set())

    def second() -> None:
        with locked(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with locked(tmp_path):
        thread.start()
        assert waits.wait(30)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "WAIT", 0.0)
    with locked(tmp_path):
        with locked(tmp_path / "another"):
            pass
        with pytest.raises(FolderBusyError) as caught, locked(tmp_path):
            raise AssertionError("two are in it at once")
    assert sentence_of(caught.value) == f"{tmp_path}: another window of the program is writing there."
    with locked(tmp_path):
        pass


def test_it_is_open_again_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "WAIT", 0.0)
    with pytest.raises(ValueError, match="wrong"), locked(tmp_path):
        raise ValueError("wrong")
    with locked(tmp_path):
        pass


def test_a_program_that_died_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from model.file_lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    os._exit(7)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == 7
    monkeypatch.setattr(file_lock, "WAIT", 0.0)
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF])
def test_a_folder_that_knows_no_locks_is_used_without(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(file_lock, "_lock", refuse)
    inside = []
    with locked(tmp_path):
        inside.append(True)
    assert inside


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_so_is_one_in_which_no_file_can_be_made(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("model.file_lock.os.open", refuse)
    inside = []
    with locked(tmp_path):
        inside.append(True)
    assert inside


def test_what_can_be_no_folder_is_left_to_who_writes_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    inside = []
    with locked(tmp_path / "file"):
        inside.append(True)
    assert inside


def test_a_folder_that_is_not_there_is_made_and_the_lock_is_all_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    with locked(folder):
        pass
    assert [path.name for path in folder.iterdir()] == [".lock"]
    assert (folder / ".lock").read_bytes() == b""
