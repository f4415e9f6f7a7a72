"""Commands: all that a person can ask of the program, and their keys. Key, button and menu row give the same one."""

from __future__ import annotations

from enum import Enum

import pygame

from app.input import Key


class Command(Enum):
    """What the program can be asked to do; the value is the stem of its message keys."""

    READ = "read"
    UNDO = "undo"
    REDO = "redo"
    CLEAR = "clear"
    ERASER = "eraser"
    THINNER = "thinner"
    THICKER = "thicker"
    LIVE = "live"
    SAVE = "save"
    ANIMATE = "animate"
    OPEN = "open"
    MENU = "menu"
    NETWORKS = "networks"
    INSIDE = "inside"
    RAISE = "raise"
    THEME = "theme"
    LANGUAGE = "language"
    EASE = "ease"
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
    CLASS = "class"
    CHART = "chart"
    AT_ONCE = "at_once"
    FORGET = "forget"
    RETRAIN = "retrain"
    TRAININGS = "trainings"
    EVENT = "event"
    PAUSE = "pause"
    STEP = "step"
    STOP = "stop"
    BACK = "back"
    QUIT = "quit"


DIGITS = tuple(Command(f"digit_{digit}") for digit in range(10))  # "it was a 0" and so on


# (key, whether with Ctrl) -> command
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
    (pygame.K_k, False): Command.CLASS,
    (pygame.K_k, True): Command.CHART,
    (pygame.K_a, False): Command.AT_ONCE,
    (pygame.K_f, False): Command.FORGET,
    (pygame.K_r, False): Command.RAISE,
    (pygame.K_r, True): Command.RETRAIN,
    (pygame.K_j, False): Command.TRAININGS,
    (pygame.K_e, True): Command.EVENT,
    (pygame.K_p, False): Command.PAUSE,
    (pygame.K_x, False): Command.STOP,
    (pygame.K_F11, False): Command.FULL_SCREEN,
    (pygame.K_F1, False): Command.HELP,
    (pygame.K_F2, False): Command.LANGUAGE,
    (pygame.K_F3, False): Command.EASE,
    (pygame.K_h, False): Command.HELP,
    (pygame.K_ESCAPE, False): Command.BACK,
    (pygame.K_q, True): Command.QUIT,
    (pygame.K_LEFTBRACKET, False): Command.THINNER,  # where a keyboard of another script writes a letter with it
    (pygame.K_RIGHTBRACKET, False): Command.THICKER,
}

# With Ctrl and Shift.
WITH_SHIFT = {pygame.K_z: Command.REDO, pygame.K_s: Command.ANIMATE}

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
    Command.ANIMATE: ("Ctrl Shift S",),
    Command.OPEN: ("Ctrl O",),
    Command.MENU: ("M", "Esc"),
    Command.NETWORKS: ("N",),
    Command.INSIDE: ("I",),
    Command.RAISE: ("R",),
    Command.THEME: ("T",),
    Command.LANGUAGE: ("F2",),
    Command.EASE: ("F3",),
    Command.FULL_SCREEN: ("F11",),
    Command.HELP: ("F1", "H"),
    Command.RIGHT: ("Y",),
    **{command: (str(digit),) for digit, command in enumerate(DIGITS)},
    Command.COLLECTION: ("D",),
    Command.CLASS: ("K",),
    Command.CHART: ("Ctrl K",),
    Command.AT_ONCE: ("A",),
    Command.FORGET: ("F",),
    Command.RETRAIN: ("Ctrl R",),
    Command.TRAININGS: ("J",),
    Command.EVENT: ("Ctrl E",),
    Command.PAUSE: ("P",),
    Command.STEP: (".",),
    Command.STOP: ("X",),
    Command.BACK: ("Esc",),
    Command.QUIT: ("Ctrl Q",),
}


def command_of(key: Key) -> Command | None:
    """The command of a key, or None."""
    if not key.down:
        return None
    if not key.ctrl and key.text in TYPED:
        return TYPED[key.text]
    if key.ctrl and key.shift and key.code in WITH_SHIFT:
        return WITH_SHIFT[key.code]
    return KEYS.get((key.code, key.ctrl))
