"""Commands: one table from keys to what the program is asked."""

import pygame
import pytest

from app.commands import KEY_CAPS, KEYS, TYPED, WITH_SHIFT, Command, command_of
from app.keyboard import KeyReader

NAMES = {
    "S": pygame.K_s, "Enter": pygame.K_RETURN, "U": pygame.K_u, "C": pygame.K_c, "E": pygame.K_e, "L": pygame.K_l,
    "M": pygame.K_m, "N": pygame.K_n, "T": pygame.K_t, "H": pygame.K_h, "Esc": pygame.K_ESCAPE, "F1": pygame.K_F1,
    "D": pygame.K_d, "J": pygame.K_j, "K": pygame.K_k, "I": pygame.K_i, "R": pygame.K_r, "P": pygame.K_p,
    "X": pygame.K_x,
    "F2": pygame.K_F2, "F3": pygame.K_F3, "F11": pygame.K_F11,
    "A": pygame.K_a, "F": pygame.K_f, "Z": pygame.K_z, "Y": pygame.K_y, "O": pygame.K_o, "Q": pygame.K_q,
}  # fmt: skip
HELD = {"Ctrl": pygame.KMOD_LCTRL, "Shift": pygame.KMOD_LSHIFT}


def press(code: int, mod: int = 0, text: str = "") -> Command | None:
    return command_of(KeyReader().read(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text)))


@pytest.mark.parametrize(("command", "cap"), [(i, cap) for i, caps in KEY_CAPS.items() for cap in caps])
def test_what_a_key_cap_shows_is_what_the_key_does(command: Command, cap: str) -> None:
    if cap in "[].0123456789":
        given = press(pygame.K_a, text=cap)
    else:
        *held, name = cap.split(" ")
        given = press(NAMES[name], sum(HELD[key] for key in held))
    # Escape goes back, and where there is nothing to go back to opens the menu.
    assert given is command or (cap == "Esc" and given is Command.BACK)


def test_every_intent_has_a_key_and_shows_it() -> None:
    assert set(KEY_CAPS) == set(Command)
    reachable = set(KEYS.values()) | set(TYPED.values()) | set(WITH_SHIFT.values())
    assert reachable == set(Command)


def test_brackets_are_known_by_what_they_type() -> None:
    assert press(pygame.K_8, pygame.KMOD_LCTRL | pygame.KMOD_RALT, "[") is Command.THINNER  # a German keyboard
    assert press(pygame.K_RIGHTBRACKET, 0, "]") is Command.THICKER


def test_ctrl_makes_another_wish() -> None:
    assert press(pygame.K_s) is Command.READ
    assert press(pygame.K_s, pygame.KMOD_LCTRL) is Command.SAVE
    assert press(pygame.K_s, pygame.KMOD_LMETA) is Command.SAVE
    assert press(pygame.K_c, pygame.KMOD_LCTRL) is None
    assert press(pygame.K_z, pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT) is Command.REDO


def test_letting_a_key_go_is_no_command() -> None:
    assert command_of(KeyReader().read(pygame.event.Event(pygame.KEYUP, key=pygame.K_s, mod=0, unicode=""))) is None
