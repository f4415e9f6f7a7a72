"""Settings: what the program remembers from one time to the next, in one JSON file.

Several windows may share it: each writes what was changed in it, and leaves what the others have changed.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from app.canvas.ink import BRUSH, BRUSHES
from app.messages import languages
from app.ui.layout import SMALLEST, USUAL, ZOOMS
from app.ui.theme import THEMES
from model.file_lock import locked
from model.files import replacing

FILE = "settings.json"
SET_ASIDE = "settings.broken.json"
LARGEST_SIDE = 16_384
LARGEST_FILE = 65_536


@dataclass
class Settings:
    """brush: pen width in canvas units; theme by name; network: a name or a path; the window's size.

    text_size: one of ZOOMS; high_contrast, reduced_motion: for people who need them; left_handed: panel at the left;
    sounds: whether loss, certainty and pen are heard as tones; voice: whether answers are spoken.

    language: by its short name; "" as long as nobody has chosen one: then it is the system's.

    learn_at_once: whether the network learns from a correction by itself.
    speeds: how many pictures a second this machine trains each kind of network on.
    event_...: of the event mode: seconds from the pen's lifting to the answer, from the answer to an empty paper, and
    from the last touch to the attract loop; whether visitors' drawings are kept, whether the network learns from their
    corrections until the day's end, and whether visitors hear sounds and the voice.
    """

    brush: float = BRUSH
    theme: str = "light"
    high_contrast: bool = False
    reduced_motion: bool = False
    left_handed: bool = False
    sounds: bool = False
    voice: bool = False
    text_size: str = "normal"
    live: bool = True
    learn_at_once: bool = True
    network: str = "cnn"
    language: str = ""
    width: int = USUAL[0]
    height: int = USUAL[1]
    speeds: dict[str, float] = field(default_factory=dict)
    event_read_after: float = 1.0
    event_clear_after: float = 12.0
    event_attract_after: float = 45.0
    event_keep: bool = False
    event_learn: bool = False
    event_sounds: bool = False
    event_voice: bool = False


def _is_number(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


# The least and the most seconds of each timing.
TIMINGS = {
    "event_read_after": (0.3, 10.0),
    "event_clear_after": (3.0, 120.0),
    "event_attract_after": (10.0, 900.0),
}

CHECKS: dict[str, Callable[[Any], bool]] = {
    "brush": lambda value: value in BRUSHES,
    "theme": lambda value: value in THEMES,
    "high_contrast": lambda value: isinstance(value, bool),
    "reduced_motion": lambda value: isinstance(value, bool),
    "left_handed": lambda value: isinstance(value, bool),
    "sounds": lambda value: isinstance(value, bool),
    "voice": lambda value: isinstance(value, bool),
    "text_size": lambda value: value in ZOOMS,
    "live": lambda value: isinstance(value, bool),
    "network": lambda value: isinstance(value, str) and 0 < len(value) < 4096,
    "language": lambda value: value == "" or value in languages(),
    "width": lambda value: type(value) is int and SMALLEST <= value <= LARGEST_SIDE,
    "speeds": lambda value: isinstance(value, dict) and all(_is_number(speed, 1e-9, 1e9) for speed in value.values()),
    "height": lambda value: type(value) is int and SMALLEST <= value <= LARGEST_SIDE,
    "event_keep": lambda value: isinstance(value, bool),
    "event_learn": lambda value: isinstance(value, bool),
    "event_sounds": lambda value: isinstance(value, bool),
    "event_voice": lambda value: isinstance(value, bool),
    "learn_at_once": lambda value: isinstance(value, bool),
    **{name: partial(_is_number, least=least, most=most) for name, (least, most) in TIMINGS.items()},
}


def load(folder: Path) -> tuple[Settings, Path | None]:
    """The settings kept in `folder`, and where a broken file was set aside (None when there was nothing wrong).

    A value that cannot be is left at its usual one. Never raises: without a readable file all is as usual.
    """
    path = folder / FILE
    try:
        record = _record(path)
    except OSError:
        return Settings(), None
    except ValueError:
        return Settings(), _set_aside(path)
    known = {field.name for field in fields(Settings)}
    good = {key: value for key, value in record.items() if key in known and _may_be(key, value)}
    return Settings(**good), None


def save(settings: Settings, folder: Path, before: Settings | None = None) -> None:
    """Keep those settings in `folder` that are others than `before`; without it, and without a sound file, all.

    The file is replaced as a whole or not at all. Raises OSError.
    """
    path, values = folder / FILE, asdict(settings)
    with locked(folder):
        try:
            kept = _record(path) if before is not None else {}
        except (ValueError, FileNotFoundError):
            kept = {}
        old = asdict(before) if before is not None and kept else {}
        changed = {key: value for key, value in values.items() if key not in old or old[key] != value}
        if changed:
            with replacing(path) as part:
                part.write_text(json.dumps({**kept, **changed}, indent=1), encoding="utf-8")


def _record(path: Path) -> dict[str, Any]:
    """What a settings file holds. Raises OSError, and ValueError where it is no settings file."""
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError("it is too large")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(record, dict):
        raise ValueError("it is no object")
    return record


def _may_be(key: str, value: Any) -> bool:
    try:
        return CHECKS[key](value)
    except TypeError:  # a list or an object where a name should stand
        return False


def _set_aside(path: Path) -> Path:
    aside = path.with_name(SET_ASIDE)
    with contextlib.suppress(OSError):
        path.replace(aside)
    return aside
