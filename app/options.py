"""Options: how the program is to start, as the command line says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the command line asks of the window; None leaves a thing to the settings.

    network: a shipped network's name or the path of an npz file
    drawing: an image or an ndjson file that is opened at the start
    size: width and height of the window in pixels
    theme: "light" or "dark"
    language: the short name of one that there are texts of
    event: whether it starts in the event mode
    class_mode: whether it starts with the collecting of a class's digits
    """

    network: str | Path | None = None
    drawing: Path | None = None
    size: tuple[int, int] | None = None
    theme: str | None = None
    language: str | None = None
    event: bool = False
    class_mode: bool = False
