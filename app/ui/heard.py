"""Heard: what of a screen is spoken or sounded, for people who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.commands import DIGITS, KEY_CAPS, Command
from app.messages import Messages

# Keys whose signs a voice would pass over.
SIGNS = {
    "[": "spoken.key.left_bracket",
    "]": "spoken.key.right_bracket",
    ".": "spoken.key.full_stop",
    "…": "spoken.key.to",
    "←": "spoken.key.left",
    "→": "spoken.key.right",
    "↑": "spoken.key.up",
    "↓": "spoken.key.down",
}

ENDS = tuple(".!?:;…")
BETWEEN = re.compile(r"\s*·\s*")  # texts on the screen
ARROWS = re.compile("[→←]")  # on the screen, which a voice would name


@dataclass(frozen=True)
class PenPlace:
    """Where a pen is on the paper: x, y from 0 to 1, from the top left; and whether it is down."""

    x: float
    y: float
    down: bool


@dataclass(frozen=True)
class Heard:
    """texts: sentences by what they are about. Each is said when it is another one than before; "" says that there is
    none now, and one that is left out stays as it was.

    sure: whether the answer on the screen is sure; None without an answer. pen: the keyboard's, None while not in use.
    loss: step and loss of a training that the screen shows.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    sure: bool | None = None
    pen: PenPlace | None = None
    loss: tuple[int, float] | None = None


def sentences(texts: Iterable[str]) -> str:
    """Several texts as one, each with a full stop where it has no end, without signs that only the eye needs."""
    plain = (" ".join(ARROWS.sub(" ", BETWEEN.sub(", ", text)).split()) for text in texts)
    return " ".join(text if text.endswith(ENDS) else f"{text}." for text in plain if text)


def spoken_cap(cap: str, messages: Messages) -> str:
    """What stands on keys, such as "Ctrl Z" or "[", in words."""
    return messages(SIGNS[cap]) if cap in SIGNS else messages.cap(cap)


def command_label(command: Command, messages: Messages) -> str:
    """What a command does, and its key."""
    if command is Command.BACK:
        return messages("event.back")
    if command in DIGITS:
        return messages("spoken.digit", digit=DIGITS.index(command))
    return f"{messages(f'help.{command.value}')}, {spoken_cap(KEY_CAPS[command][0], messages)}"
