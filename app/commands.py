"""Intents: what a person can want. A key, a button and a menu row for the same wish are one intent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pygame


class Intent(Enum):
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


DIGITS = tuple(Intent(f"digit_{digit}") for digit in range(10))  # "it was a 0" and so on


@dataclass(frozen=True)
class Key:
    """A key that went down or came up. code: pygame's; text: the character it typed; ctrl: also a Mac's command key."""

    code: int
    text: str = ""
    ctrl: bool = False
    shift: bool = False
    down: bool = True


# (key, whether with Ctrl) -> intent
KEYS: dict[tuple[int, bool], Intent] = {
    (pygame.K_s, False): Intent.READ,
    (pygame.K_RETURN, False): Intent.READ,
    (pygame.K_KP_ENTER, False): Intent.READ,
    (pygame.K_u, False): Intent.UNDO,
    (pygame.K_z, True): Intent.UNDO,
    (pygame.K_y, True): Intent.REDO,
    (pygame.K_c, False): Intent.CLEAR,
    (pygame.K_e, False): Intent.ERASER,
    (pygame.K_l, False): Intent.LIVE,
    (pygame.K_s, True): Intent.SAVE,
    (pygame.K_o, True): Intent.OPEN,
    (pygame.K_m, False): Intent.MENU,
    (pygame.K_n, False): Intent.NETWORKS,
    (pygame.K_i, False): Intent.INSIDE,
    (pygame.K_t, False): Intent.THEME,
    (pygame.K_y, False): Intent.RIGHT,
    (pygame.K_d, False): Intent.COLLECTION,
    (pygame.K_r, True): Intent.RETRAIN,
    (pygame.K_e, True): Intent.EVENT,
    (pygame.K_p, False): Intent.PAUSE,
    (pygame.K_x, False): Intent.STOP,
    (pygame.K_F11, False): Intent.FULL_SCREEN,
    (pygame.K_F1, False): Intent.HELP,
    (pygame.K_F2, False): Intent.LANGUAGE,
    (pygame.K_h, False): Intent.HELP,
    (pygame.K_ESCAPE, False): Intent.BACK,
    (pygame.K_q, True): Intent.QUIT,
}

# On many keyboards brackets need AltGr and digits Shift, so they are known by what they type.
TYPED: dict[str, Intent] = {
    "[": Intent.THINNER,
    "]": Intent.THICKER,
    "-": Intent.THINNER,
    "+": Intent.THICKER,
    ".": Intent.STEP,
    **{str(digit): intent for digit, intent in enumerate(DIGITS)},
}

# What key caps and the help show.
KEY_CAPS: dict[Intent, tuple[str, ...]] = {
    Intent.READ: ("S", "Enter"),
    Intent.UNDO: ("U", "Ctrl Z"),
    Intent.REDO: ("Ctrl Y",),
    Intent.CLEAR: ("C",),
    Intent.ERASER: ("E",),
    Intent.THINNER: ("[",),
    Intent.THICKER: ("]",),
    Intent.LIVE: ("L",),
    Intent.SAVE: ("Ctrl S",),
    Intent.OPEN: ("Ctrl O",),
    Intent.MENU: ("M", "Esc"),
    Intent.NETWORKS: ("N",),
    Intent.INSIDE: ("I",),
    Intent.THEME: ("T",),
    Intent.LANGUAGE: ("F2",),
    Intent.FULL_SCREEN: ("F11",),
    Intent.HELP: ("F1", "H"),
    Intent.RIGHT: ("Y",),
    **{intent: (str(digit),) for digit, intent in enumerate(DIGITS)},
    Intent.COLLECTION: ("D",),
    Intent.RETRAIN: ("Ctrl R",),
    Intent.EVENT: ("Ctrl E",),
    Intent.PAUSE: ("P",),
    Intent.STEP: (".",),
    Intent.STOP: ("X",),
    Intent.BACK: ("Esc",),
    Intent.QUIT: ("Ctrl Q",),
}


def read_key(event: pygame.event.Event) -> Key:
    """The Key of a KEYDOWN or KEYUP event."""
    alt_gr = event.mod & (pygame.KMOD_RALT | pygame.KMOD_MODE)  # Windows reports AltGr as Ctrl + right Alt
    ctrl = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)) and not alt_gr
    text = getattr(event, "unicode", "")
    return Key(event.key, text, ctrl, bool(event.mod & pygame.KMOD_SHIFT), event.type == pygame.KEYDOWN)


def intent_of(key: Key) -> Intent | None:
    """What a key wishes, or None."""
    if not key.down:
        return None
    if not key.ctrl and key.text in TYPED:
        return TYPED[key.text]
    if key.ctrl and key.shift and key.code == pygame.K_z:
        return Intent.REDO
    return KEYS.get((key.code, key.ctrl))
