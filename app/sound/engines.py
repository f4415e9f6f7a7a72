"""Engines: the programs that speak on each system, and how they are asked to."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

LANGUAGE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")
LISTING = 5.0  # seconds that a list of voices may take
# Windows' own voice. Says what comes in, once all of it is there.
POWERSHELL = """
Add-Type -AssemblyName System.Speech
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voice = $speech.GetInstalledVoices() | Where-Object {{ $_.Enabled -and $_.VoiceInfo.Culture.Name -like '{language}*' }}
if ($voice) {{ $speech.SelectVoice(@($voice)[0].VoiceInfo.Name) }}
$in = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)
$speech.Speak($in.ReadToEnd())
"""


@dataclass(frozen=True)
class Engine:
    """A program that says a text and ends. It is run without a shell.

    command: its arguments for a language, such as "de". by_argument: whether the text is its last argument; else it
    comes by the standard input, in UTF-8. slow_start: whether one is started ahead, to wait for its text.
    stop: what ends the speech where another program does the speaking, and goes on when this one ends.
    """

    command: Callable[[str], list[str]]
    by_argument: bool = False
    slow_start: bool = False
    stop: tuple[str, ...] = ()


def find_engine() -> Engine | None:
    """The first program here that can speak; None where there is none."""
    if sys.platform == "win32":
        path = shutil.which("powershell")
        return Engine(lambda language: _powershell(path, language), slow_start=True) if path else None
    if sys.platform == "darwin":
        path = shutil.which("say")
        return Engine(lambda language: _say(path, language)) if path else None
    for name in ("espeak-ng", "espeak"):
        path = shutil.which(name)
        if path is not None:
            return _espeak(path)
    path = shutil.which("spd-say")
    return _speech_dispatcher(path) if path is not None else None


def plain(language: str) -> str:
    """A language's short name; English where it is none that may go into a command."""
    return language if LANGUAGE.fullmatch(language) else "en"


def _espeak(path: str) -> Engine:
    return Engine(lambda language: [path, "-b", "1", "-v", plain(language).replace("_", "-").lower(), "--stdin"])


def _speech_dispatcher(path: str) -> Engine:
    return Engine(
        lambda language: [path, "--wait", "-l", plain(language).replace("_", "-"), "--"],
        by_argument=True,
        stop=(path, "--stop"),
    )


def _powershell(path: str, language: str) -> list[str]:
    script = POWERSHELL.format(language=plain(language).replace("_", "-"))
    return [path, "-NoProfile", "-NonInteractive", "-Command", script]


def _say(path: str, language: str) -> list[str]:
    voices = _voices(path)
    short = plain(language).replace("-", "_").lower()
    voice = next((name for name, place in voices if place.lower().replace("-", "_").startswith(short)), None)
    return [path, *(("-v", voice) if voice is not None else ()), "-f", "-"]


@cache
def _voices(path: str) -> tuple[tuple[str, str], ...]:
    """The names of the voices of macOS, each with its language; none where they cannot be listed."""
    try:
        listed = subprocess.run([path, "-v", "?"], capture_output=True, timeout=LISTING, check=True)
    except (OSError, subprocess.SubprocessError):
        return ()
    return parse_voices(listed.stdout.decode("utf-8", "replace"))


def parse_voices(listed: str) -> tuple[tuple[str, str], ...]:
    """Names and languages of lines such as "Anna  de_DE  # Hallo!"."""
    found = (re.match(r"(.+?)\s+([a-z]{2,3}[_-]\w+)\s+#", line) for line in listed.splitlines())
    return tuple((match[1], match[2]) for match in found if match is not None)
