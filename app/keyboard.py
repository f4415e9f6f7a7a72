"""Keyboard: keys as screens are given them, whatever script the keyboard writes."""

from __future__ import annotations

import unicodedata

import pygame

from app.input import Key

# The keys of a US keyboard by their place: of the letters, and of the brackets.
LETTERS = {pygame.KSCAN_A + i: pygame.K_a + i for i in range(26)}
BRACKETS = {pygame.KSCAN_LEFTBRACKET: pygame.K_LEFTBRACKET, pygame.KSCAN_RIGHTBRACKET: pygame.K_RIGHTBRACKET}


class KeyReader:
    """Turns pygame's key events into Keys. Remembers whether the keyboard writes Latin letters.

    A key that writes a Latin letter is known by that letter, so A, Q and M of a French keyboard are what they say. In
    another script no key writes one: there the place counts, and the key S is where it is on a US keyboard.
    """

    def __init__(self) -> None:
        self._latin: bool | None = None  # None as long as no letter was typed

    def read(self, event: pygame.event.Event) -> Key:
        """The Key of a KEYDOWN or KEYUP event."""
        alt_gr = event.mod & (pygame.KMOD_RALT | pygame.KMOD_MODE)  # Windows reports AltGr as Ctrl + right Alt
        ctrl = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)) and not alt_gr
        return Key(
            self._code(event, ctrl=ctrl),
            _western(getattr(event, "unicode", "")),
            ctrl,
            bool(event.mod & pygame.KMOD_SHIFT),
            event.type == pygame.KEYDOWN,
        )

    def _code(self, event: pygame.event.Event, *, ctrl: bool) -> int:
        """The code of the key, or of the one that a US keyboard has in its place.

        A Greek Q writes a semicolon and a Hebrew one a slash, where a French M writes a comma: which of them it is
        other letters tell. With Ctrl the place counts before any was typed, so that Ctrl+Q ends the program at once.
        """
        code: int = event.key
        place = getattr(event, "scancode", 0)
        if code >= 128 and _is_letter(code):
            self._latin = unicodedata.name(chr(code), "").startswith("LATIN")
            return code if self._latin else (LETTERS | BRACKETS).get(place, code)
        if place not in LETTERS:
            return code
        if pygame.K_a <= code <= pygame.K_z:
            self._latin = True
            return code
        by_place = ctrl if self._latin is None else not self._latin
        return LETTERS[place] if by_place else code


def _is_letter(code: int) -> bool:
    """Whether a key's code is that of a letter; above all characters are the codes of keys that write none."""
    return code <= 0x10FFFF and unicodedata.category(chr(code))[0] in "LM"  # M: Thai vowels


def _western(text: str) -> str:
    """What was typed, with the digits of any script as 0 to 9."""
    return str(unicodedata.decimal(text)) if len(text) == 1 and text.isdecimal() else text
