"""Pages as files: what the system says of a file or folder that fails is one sentence in the person's language."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.canvas import page_files
from app.canvas.ink import Ink, Page
from app.canvas.page_files import FileError


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied.", "/a/long/name")


@pytest.fixture
def ink() -> Ink:
    ink = Ink()
    ink.replace(Page(picture=np.ones((4, 4), np.float32)))
    return ink


@pytest.mark.parametrize(
    ("part", "act", "key"),
    [
        ("load_picture", lambda folder, ink: page_files.open_page(folder / "one.png"), "wrong.not_read"),
        ("Path.is_dir", lambda folder, ink: page_files.open_page(folder / "one.png"), "wrong.not_read"),
        ("os.scandir", lambda folder, ink: page_files.entries(folder), "wrong.not_read"),
        ("_write_png", lambda folder, ink: page_files.save_page(ink, folder), "wrong.not_written"),
    ],
)
def test_what_the_system_refuses_is_one_sentence(
    part: str, act: Callable[[Path, Ink], object], key: str, ink: Ink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"app.canvas.page_files.{part}", refuse)
    with pytest.raises(FileError) as caught:
        act(tmp_path, ink)
    assert caught.value.key == key
    assert str(caught.value).endswith(": Permission denied")


def test_a_picture_that_does_not_fit_into_memory_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(path: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(page_files, "load_picture", fill)
    with pytest.raises(FileError, match="too large"):
        page_files.open_page(tmp_path / "one.png")
