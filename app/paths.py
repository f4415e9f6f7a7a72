"""Where things are kept: the platform's own folders, and the files that come with the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "digitpad"
HOUSE = Path(__file__).resolve().parent.parent
ASSETS = HOUSE / "assets"
WEIGHTS = HOUSE / "weights"


def config_folder() -> Path:
    """The folder for settings; DIGITPAD_CONFIG names another one. It may not exist yet."""
    return _folder("DIGITPAD_CONFIG", ("APPDATA", "AppData/Roaming"), ("XDG_CONFIG_HOME", ".config"))


def data_folder() -> Path:
    """The folder for what people make; DIGITPAD_DATA names another one. It may not exist yet."""
    return _folder("DIGITPAD_DATA", ("LOCALAPPDATA", "AppData/Local"), ("XDG_DATA_HOME", ".local/share"))


def networks_folder() -> Path:
    """The folder for networks that people trained."""
    return data_folder() / "networks"


def learned_folder() -> Path:
    """The folder for what networks learned at once."""
    return data_folder() / "learned"


def event_folder() -> Path:
    """The folder for what happened at events: the tally of each day, and the drawings that visitors let be kept."""
    return data_folder() / "events"


def log_file() -> Path:
    """The file in which faults of the program are noted. It may not exist."""
    return data_folder() / "log" / "digitpad.log"


def drawings_folder() -> Path:
    """The folder for saved drawings: "Digitpad" among the person's pictures, else in the data folder."""
    if "DIGITPAD_DATA" not in os.environ:
        pictures = _pictures_folder()
        if pictures is not None:
            return pictures / "Digitpad"
    return data_folder() / "drawings"


def _folder(override: str, windows: tuple[str, str], xdg: tuple[str, str]) -> Path:
    """The folder of this platform; for each its environment variable and the place below home without it."""
    if os.environ.get(override):
        return Path(os.environ[override])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    variable, place = windows if sys.platform == "win32" else xdg
    return Path(os.environ.get(variable) or Path.home() / place) / NAME


def _pictures_folder() -> Path | None:
    named = _xdg_pictures() if sys.platform not in ("win32", "darwin") else None
    folder = named or Path.home() / "Pictures"
    return folder if folder.is_dir() else None


def _xdg_pictures() -> Path | None:
    """The pictures folder of a Linux desktop, which may bear a name in the person's own language."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "user-dirs.dirs"
    try:
        lines = config.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        key, _, value = line.partition("=")
        if key.strip() == "XDG_PICTURES_DIR":
            return Path(value.strip().strip('"').replace("$HOME", str(Path.home())))
    return None
