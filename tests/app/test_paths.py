"""Paths: each platform's own folders."""

import sys
from pathlib import Path

import pytest

from app import paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DIGITPAD_CONFIG", "DIGITPAD_DATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "config", "data"),
    [
        ("linux", ".config/digitpad", ".local/share/digitpad"),
        ("darwin", "Library/Application Support/digitpad", "Library/Application Support/digitpad"),
        ("win32", "AppData/Roaming/digitpad", "AppData/Local/digitpad"),
    ],
)
def test_folders(platform: str, config: str, data: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert paths.config_folder() == home / config
    assert paths.data_folder() == home / data


def test_drawings_go_among_the_pictures_where_there_is_such_a_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert paths.drawings_folder() == paths.data_folder() / "drawings"
    (home / "Bilder").mkdir()
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('# a comment\nXDG_PICTURES_DIR="$HOME/Bilder"\n')
    assert paths.drawings_folder() == home / "Bilder" / "Digitpad"


def test_the_environment_names_other_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIGITPAD_CONFIG", str(tmp_path / "a"))
    assert paths.config_folder() == tmp_path / "a"
