"""Every text on the screen, by key, from the table of its language in assets/messages."""

from __future__ import annotations

import ctypes
import json
import locale
import os
import re
import string
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.paths import ASSETS
from model.errors import reason_of
from model.file_lock import FolderBusyError

FOLDER = ASSETS / "messages"
ENGLISH = "en"  # the language of every text that another one lacks
ONE = ".one"  # ends the key of what is said of one thing, beside the text for several
FEW = ".few"  # ends the key of what is said of 2 to 4, of 22 to 24 and so on, where a language tells them from more
DOTTED = ("az", "tr")  # languages in which i keeps its dot as a capital
LARGEST_FILE = 1_048_576
BEFORE_VOWEL = re.compile(r"\b(a)(?=[ \u00a0](?:8|1[18]\b))")  # English has "an" before eight, eleven, eighteen
UNDRAWABLE = re.compile("[\x00-\x1f\ud800-\udfff]")  # control characters, and halves of a pair
GROUPED_FROM = 10_000  # shorter numbers are read without a mark between their thousands


@dataclass(frozen=True)
class TextProblem:
    """What is wrong with a language's file: why it cannot be read, or how many of its texts are missing or unsound."""

    path: Path
    reason: str = ""
    missing: int = 0


class Messages:
    """The texts of one language, and how it writes numbers.

    `messages("answer.digit", digit=7)` gives "It is a 7."
    """

    def __init__(self, language: str = ENGLISH, folder: Path = FOLDER) -> None:
        """A text that the language lacks is English, and `problem` says so. Raises ValueError without English."""
        self.language = language
        self.problem: TextProblem | None = None
        self.texts = _read(_path(ENGLISH, folder))
        if language != ENGLISH:
            self._translate(_path(language, folder))

    def _translate(self, path: Path) -> None:
        try:
            own = _read(path)
        except ValueError as error:
            self.problem = TextProblem(path, reason=str(error))
            return
        english = self.texts
        alike = {key: key if key in english else _for_several(key) for key in own}
        sound = {key: text for key, text in own.items() if _fields(text) == _fields(english.get(alike[key], ""))}
        needed = {key for key in english if not key.endswith(ONE)}
        # English says one thing otherwise than several; a language that has no such text says both alike.
        forms = {key for key in english if key.endswith(ONE) and key.removesuffix(ONE) in sound}
        self.texts = {key: text for key, text in english.items() if key not in forms} | sound
        if missing := needed - set(sound):
            self.problem = TextProblem(path, missing=len(missing))

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `values` put in, in the form that the language has for `count`. Raises KeyError."""
        form = key + self._form(values.get("count"))
        text = self.texts[form if form in self.texts else key].format(
            **{name: self.number(v) if type(v) is int else v for name, v in values.items()}  # True is no number
        )
        return BEFORE_VOWEL.sub(r"\1n", text) if self.language == ENGLISH else text

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it: "9.5", "60,000"; in German "9,5" and "60.000"."""
        grouped = abs(value) >= GROUPED_FROM
        text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
        return text.translate({ord(","): self.texts["number.thousands"], ord("."): self.texts["number.decimal"]})

    def capitalised(self, sentence: str) -> str:
        """The sentence with a capital at its begin, as the language writes it: in Turkish that of i is İ."""
        first = "İ" if sentence[:1] == "i" and self.language in DOTTED else sentence[:1].upper()
        return first + sentence[1:]

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share (0..1) as a percentage: "98.6%"; in German "98,6 %"."""
        return self("number.percent", value=self.number(share * 100, decimals))

    def cap(self, keys: str) -> str:
        """What stands on keys, such as "Ctrl Z"; in German "Strg Z"."""
        return " ".join(self.texts.get(f"key.{key.lower()}", key) for key in keys.split(" "))

    def _form(self, count: object) -> str:
        """The ending of the key of what is said of `count` things (Unicode CLDR, plural rules; Polish)."""
        if type(count) is not int:
            return ""
        if str(count) in self.texts["number.singular"].split():
            return ONE
        return FEW if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else ""


def languages(folder: Path = FOLDER) -> list[str]:
    """The languages that have a file, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.json"))


def language_names(folder: Path = FOLDER) -> dict[str, str]:
    """Each language and what it calls itself, such as "Deutsch"; its short name where its file does not say."""
    names = {}
    for language in languages(folder):
        try:
            names[language] = _read(_path(language, folder)).get("language.name", language)
        except ValueError:
            names[language] = language
    return names


def _for_several(key: str) -> str:
    """The key beside which a key of one or of few stands."""
    return key.removesuffix(ONE).removesuffix(FEW)


def _path(language: str, folder: Path) -> Path:
    return folder / f"{language}.json"


def _read(path: Path) -> dict[str, str]:
    """The sound texts of a file. Raises ValueError: the reason, without a full stop."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("it is too large")
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(reason_of(error)) from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("it is not JSON in UTF-8") from None
    if not isinstance(table, dict):
        raise ValueError("it is not a table of texts")
    return {key: text for key, text in table.items() if isinstance(text, str) and not UNDRAWABLE.search(text)}


def _fields(text: str) -> set[str] | None:
    """What is put into a text; None where braces stand wrong or ask for more than a name."""
    try:
        parts = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return None if any(spec or how for _, spec, how in parts) else {name for name, _, _ in parts}


class UserError(ValueError):
    """An error for the person at the screen, in their language: a message's key and values. As text it is English."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(Messages()(key, **values))
        self.key = key
        self.values = values


def error_text(error: Exception, messages: Messages) -> str:
    """What an error says, without a full stop: in the language of `messages` where it is a UserError.

    Of an error of the system only the reason, such as "Permission denied", without its number and file.
    """
    if isinstance(error, FolderBusyError):
        error = UserError("wrong.busy", path=error.filename)
    if isinstance(error, UserError):
        return messages(error.key, **error.values).rstrip(".")
    return reason_of(error)


def duration_text(seconds: float, messages: Messages) -> str:
    """Seconds as "12 s", "4 min" or "1 h 20 min", rounded as one would say it."""
    if seconds < 90:
        step = 1 if seconds < 20 else 5
        return messages("time.seconds", seconds=max(1, round(seconds / step) * step))
    minutes = round(seconds / 60)
    if minutes < 60:
        return messages("time.minutes", minutes=minutes)
    hours, minutes = divmod(round(minutes / 5) * 5, 60)
    return messages("time.hours", hours=hours) if not minutes else messages("time.both", hours=hours, minutes=minutes)


def system_language(known: Sequence[str]) -> str:
    """The first of the languages set in the system that is among the `known`, such as "de"; else English."""
    for name in _windows_names() if sys.platform == "win32" else _posix_names():
        name = name.partition(".")[0].partition("@")[0].replace("-", "_")
        for language in (name, name.partition("_")[0]):
            if language in known:
                return language
    return ENGLISH


def _posix_names() -> list[str]:
    """Names such as "de_AT.UTF-8", the most wanted first (POSIX.1-2017, 8.2; LANGUAGE: the GNU gettext manual, 2.3)."""
    place = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "C")
    if place.partition(".")[0] in ("C", "POSIX"):  # of no language, whatever LANGUAGE says
        return []
    return [*os.environ.get("LANGUAGE", "").split(":"), place]


def _windows_names() -> list[str]:
    if sys.platform != "win32":
        return []
    return [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
