"""Intents: what a person can want. A key, a button and a menu row for the same wish are one intent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pygame


class Command(Enum):
    """A wish; the value is the stem of its message keys."""

    READ = "read"
    UNDO = "undo"
    REDO = "redo"
    CLEAR = "clear"
    ERASER = "eraser"
    THINNER = "thinner"
    THICKER = "thicker"
    LIVE = "live"
    SAVE = "save"
    OPEN = "open"
    MENU = "menu"
    NETWORKS = "networks"
    INSIDE = "inside"
    THEME = "theme"
    LANGUAGE = "language"
    FULL_SCREEN = "full_screen"
    HELP = "help"
    RIGHT = "right"
    DIGIT_0 = "digit_0"
    DIGIT_1 = "digit_1"
    DIGIT_2 = "digit_2"
    DIGIT_3 = "digit_3"
    DIGIT_4 = "digit_4"
    DIGIT_5 = "digit_5"
    DIGIT_6 = "digit_6"
    DIGIT_7 = "digit_7"
    DIGIT_8 = "digit_8"
    DIGIT_9 = "digit_9"
    COLLECTION = "collection"
    RETRAIN = "retrain"
    EVENT = "event"
    PAUSE = "pause"
    STEP = "step"
    STOP = "stop"
    BACK = "back"
    QUIT = "quit"


DIGITS = tuple(Command(f"digit_{digit}") for digit in range(10))  # "it was a 0" and so on


@dataclass(frozen=True)
class Key:
    """A key that went down or came up. code: pygame's; text: the character it typed; ctrl: also a Mac's command key."""

    code: int
    text: str = ""
    ctrl: bool = False
    shift: bool = False
    down: bool = True


# (key, whether with Ctrl) -> intent
KEYS: dict[tuple[int, bool], Command] = {
    (pygame.K_s, False): Command.READ,
    (pygame.K_RETURN, False): Command.READ,
    (pygame.K_KP_ENTER, False): Command.READ,
    (pygame.K_u, False): Command.UNDO,
    (pygame.K_z, True): Command.UNDO,
    (pygame.K_y, True): Command.REDO,
    (pygame.K_c, False): Command.CLEAR,
    (pygame.K_e, False): Command.ERASER,
    (pygame.K_l, False): Command.LIVE,
    (pygame.K_s, True): Command.SAVE,
    (pygame.K_o, True): Command.OPEN,
    (pygame.K_m, False): Command.MENU,
    (pygame.K_n, False): Command.NETWORKS,
    (pygame.K_i, False): Command.INSIDE,
    (pygame.K_t, False): Command.THEME,
    (pygame.K_y, False): Command.RIGHT,
    (pygame.K_d, False): Command.COLLECTION,
    (pygame.K_r, True): Command.RETRAIN,
    (pygame.K_e, True): Command.EVENT,
    (pygame.K_p, False): Command.PAUSE,
    (pygame.K_x, False): Command.STOP,
    (pygame.K_F11, False): Command.FULL_SCREEN,
    (pygame.K_F1, False): Command.HELP,
    (pygame.K_F2, False): Command.LANGUAGE,
    (pygame.K_h, False): Command.HELP,
    (pygame.K_ESCAPE, False): Command.BACK,
    (pygame.K_q, True): Command.QUIT,
}

# On many keyboards brackets need AltGr and digits Shift, so they are known by what they type.
TYPED: dict[str, Command] = {
    "[": Command.THINNER,
    "]": Command.THICKER,
    "-": Command.THINNER,
    "+": Command.THICKER,
    ".": Command.STEP,
    **{str(digit): command for digit, command in enumerate(DIGITS)},
}

# What key caps and the help show.
KEY_CAPS: dict[Command, tuple[str, ...]] = {
    Command.READ: ("S", "Enter"),
    Command.UNDO: ("U", "Ctrl Z"),
    Command.REDO: ("Ctrl Y",),
    Command.CLEAR: ("C",),
    Command.ERASER: ("E",),
    Command.THINNER: ("[",),
    Command.THICKER: ("]",),
    Command.LIVE: ("L",),
    Command.SAVE: ("Ctrl S",),
    Command.OPEN: ("Ctrl O",),
    Command.MENU: ("M", "Esc"),
    Command.NETWORKS: ("N",),
    Command.INSIDE: ("I",),
    Command.THEME: ("T",),
    Command.LANGUAGE: ("F2",),
    Command.FULL_SCREEN: ("F11",),
    Command.HELP: ("F1", "H"),
    Command.RIGHT: ("Y",),
    **{command: (str(digit),) for digit, command in enumerate(DIGITS)},
    Command.COLLECTION: ("D",),
    Command.RETRAIN: ("Ctrl R",),
    Command.EVENT: ("Ctrl E",),
    Command.PAUSE: ("P",),
    Command.STEP: (".",),
    Command.STOP: ("X",),
    Command.BACK: ("Esc",),
    Command.QUIT: ("Ctrl Q",),
}


def read_key(event: pygame.event.Event) -> Key:
    """The Key of a KEYDOWN or KEYUP event."""
    alt_gr = event.mod & (pygame.KMOD_RALT | pygame.KMOD_MODE)  # Windows reports AltGr as Ctrl + right Alt
    ctrl = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)) and not alt_gr
    text = getattr(event, "unicode", "")
    return Key(event.key, text, ctrl, bool(event.mod & pygame.KMOD_SHIFT), event.type == pygame.KEYDOWN)


def command_of(key: Key) -> Command | None:
    """What a key wishes, or None."""
    if not key.down:
        return None
    if not key.ctrl and key.text in TYPED:
        return TYPED[key.text]
    if key.ctrl and key.shift and key.code == pygame.K_z:
        return Command.REDO
    return KEYS.get((key.code, key.ctrl))
