"""Keys on keyboards of many scripts, as SDL reports them."""

import pygame
import pytest

from app.commands import Command, command_of
from app.input import Key
from app.keyboard import KeyReader
from tests.app.hands import Hands
from tests.app.visitor import Visitor

A, C, M, Q, R, S, U, Z = (getattr(pygame, f"KSCAN_{letter}") for letter in "ACMQRSUZ")
CTRL, SHIFT = pygame.KMOD_LCTRL, pygame.KMOD_LSHIFT

# What SDL 2 reports for keys in these places: (place, code, text).
RUSSIAN = {S: "ы", U: "г", C: "с", M: "ь", Q: "й", Z: "я", R: "к"}
GREEK = {S: "σ", U: "θ", C: "ψ", M: "μ", Q: ";", Z: "ζ", R: "ρ"}
HEBREW = {S: "ד", U: "ו", C: "ב", M: "צ", Q: "/", Z: "ז", R: "ר"}
ARABIC = {S: "س", U: "ع", C: "ؤ", M: "ة", Q: "ض", Z: "ئ", R: "ق"}
KOREAN = {S: "ㄴ", U: "ㅕ", C: "ㅊ", M: "ㅡ", Q: "ㅂ", Z: "ㅋ", R: "ㄱ"}
THAI = {S: "ห", U: "ี", C: "แ", M: "ท", Q: "ๆ", Z: "ผ", R: "พ"}
WINDOWS = {place: letter.upper() for place, letter in RUSSIAN.items()}  # which reports capitals
SCRIPTS = {
    "Russian": RUSSIAN,
    "Russian on Windows": WINDOWS,
    "Greek": GREEK,
    "Hebrew": HEBREW,
    "Arabic": ARABIC,
    "Korean": KOREAN,
    "Thai": THAI,
}
ASKED = {S: Command.READ, U: Command.UNDO, C: Command.CLEAR, M: Command.MENU}
ASKED_WITH_CTRL = {S: Command.SAVE, Z: Command.UNDO, Q: Command.QUIT, R: Command.RETRAIN}


def down(place: int, text: str, mod: int = 0, *, code: int | None = None) -> pygame.event.Event:
    code = ord(text) if code is None else code
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text, scancode=place)


@pytest.mark.parametrize(
    ("mod", "ctrl", "shift"),
    [
        (0, False, False),
        (pygame.KMOD_LCTRL, True, False),
        (pygame.KMOD_RMETA, True, False),
        (pygame.KMOD_LCTRL | pygame.KMOD_RALT, False, False),  # AltGr, as Windows reports it
        (pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT, True, True),
    ],
)
def test_a_key_is_read_with_its_modifiers(mod: int, ctrl: bool, shift: bool) -> None:
    event = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_e, mod=mod, unicode="e")
    assert KeyReader().read(event) == Key(pygame.K_e, "e", ctrl=ctrl, shift=shift, down=True)
    assert not KeyReader().read(pygame.event.Event(pygame.KEYUP, key=pygame.K_e, mod=mod)).down


@pytest.mark.parametrize("script", SCRIPTS)
def test_keys_of_another_script_are_known_by_their_place(script: str) -> None:
    letters = SCRIPTS[script]
    for place, command in ASKED.items():
        assert command_of(KeyReader().read(down(place, letters[place]))) is command
    for place, command in ASKED_WITH_CTRL.items():  # the first key of all too
        assert command_of(KeyReader().read(down(place, letters[place], CTRL))) is command


def test_what_was_typed_is_left_as_it_is() -> None:
    key = KeyReader().read(down(S, "ы"))
    assert (key.code, key.text) == (pygame.K_s, "ы")


def test_a_french_keyboard_keeps_its_letters() -> None:
    reader = KeyReader()
    assert reader.read(down(Q, "a")).code == pygame.K_a
    assert reader.read(down(A, "q", CTRL)).code == pygame.K_q
    assert command_of(reader.read(down(pygame.KSCAN_SEMICOLON, "m"))) is Command.MENU
    assert command_of(reader.read(down(M, ","))) is None
    assert command_of(reader.read(down(M, ",", CTRL))) is None
    assert command_of(KeyReader().read(down(M, ","))) is None  # the first key of all


def test_a_german_keyboard_keeps_its_letters() -> None:
    reader = KeyReader()
    assert command_of(reader.read(down(Z, "y"))) is Command.RIGHT
    assert command_of(reader.read(down(pygame.KSCAN_Y, "z", CTRL))) is Command.UNDO
    assert reader.read(down(pygame.KSCAN_LEFTBRACKET, "ü")).code == ord("ü")
    assert (
        command_of(reader.read(down(pygame.KSCAN_8, "[", CTRL | pygame.KMOD_RALT, code=pygame.K_8))) is Command.THINNER
    )


def test_a_semicolon_where_q_is_belongs_to_the_script_that_is_written() -> None:
    reader = KeyReader()
    assert reader.read(down(Q, ";")).code == pygame.K_SEMICOLON  # nothing is known yet
    reader.read(down(S, "σ"))
    assert reader.read(down(Q, ";")).code == pygame.K_q
    reader.read(down(S, "s"))  # another layout was chosen
    assert reader.read(down(Q, ";", CTRL)).code == pygame.K_SEMICOLON


def test_a_key_without_a_code_is_known_by_its_place_in_another_script() -> None:
    no_code = pygame.KSCAN_B | 1 << 30  # an Arabic B writes two letters at once
    reader = KeyReader()
    reader.read(down(S, "س"))
    assert reader.read(down(pygame.KSCAN_B, "لا", code=no_code)).code == pygame.K_b
    reader.read(down(S, "s"))
    assert reader.read(down(pygame.KSCAN_B, "", code=no_code)).code == no_code


def test_russian_brackets_change_the_pen() -> None:
    for place, text, command in (
        (pygame.KSCAN_LEFTBRACKET, "х", Command.THINNER),
        (pygame.KSCAN_RIGHTBRACKET, "ъ", Command.THICKER),
    ):
        assert command_of(KeyReader().read(down(place, text))) is command


def test_no_other_key_is_known_by_its_place() -> None:
    russian_e = KeyReader().read(down(pygame.KSCAN_APOSTROPHE, "э"))
    assert russian_e.code == ord("э")
    assert KeyReader().read(down(pygame.KSCAN_F1, "", code=pygame.K_F1)).code == pygame.K_F1


@pytest.mark.parametrize(
    ("text", "code", "mod"),
    [
        ("7", pygame.K_7, 0),
        ("7", pygame.K_7, SHIFT),  # French, where without Shift it writes è
        ("7", pygame.K_KP7, pygame.KMOD_NUM),
        ("۷", pygame.K_7, 0),  # Persian
        ("٧", pygame.K_7, 0),  # Arabic
        ("７", pygame.K_7, 0),  # Japanese, full width
    ],
)
def test_a_digit_is_what_it_types(text: str, code: int, mod: int) -> None:
    assert command_of(KeyReader().read(down(pygame.KSCAN_7, text, mod, code=code))) is Command.DIGIT_7


@pytest.mark.parametrize(("text", "code"), [("è", pygame.K_7), ("²", 0xB2), ("½", pygame.K_5)])
def test_no_digit_is_what_looks_like_one(text: str, code: int) -> None:
    assert command_of(KeyReader().read(down(pygame.KSCAN_GRAVE, text, code=code))) is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_window_is_used_with_another_script(script: str, hands: Hands) -> None:
    hands.draw((60, 60), (200, 60), (110, 220))
    hands.view.take(down(S, SCRIPTS[script][S]))
    assert hands.session.reader.answered
    hands.view.take(down(U, SCRIPTS[script][U]))
    assert hands.session.ink.empty
    hands.view.take(down(M, SCRIPTS[script][M]))
    assert type(hands.view.screen).__name__ == "Menu"


@pytest.mark.parametrize("letters", [*SCRIPTS.values(), {Q: "q"}])
def test_the_organiser_leaves_the_event_with_another_script(letters: dict[int, str], visitor: Visitor) -> None:
    visitor.view.take(down(Q, letters[Q], CTRL))
    assert not visitor.view.over
    visitor.view.take(down(Q, letters[Q], CTRL | SHIFT))
    assert visitor.view.over
