"""System language: what the person's own system speaks, for the first start."""

from __future__ import annotations

import ctypes
import locale
import os
import sys
from collections.abc import Sequence

from app.messages import ENGLISH


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
