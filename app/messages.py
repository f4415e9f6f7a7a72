"""Every text on the screen, by key, from assets/messages."""

from __future__ import annotations

import json
from pathlib import Path

from app.paths import ASSETS

FOLDER = ASSETS / "messages"


class Messages:
    """The texts of one language.

    `messages("answer.digit", digit=7)` gives "It is a 7."
    """

    def __init__(self, language: str = "en", folder: Path = FOLDER) -> None:
        """Raises FileNotFoundError for a language that has no file."""
        self.language = language
        self.texts: dict[str, str] = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `values` put in. Raises KeyError for an unknown key."""
        return self.texts[key].format(**values)


def languages(folder: Path = FOLDER) -> list[str]:
    """The languages that have a file, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.json"))
