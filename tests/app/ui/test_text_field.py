"""Text field: what keys do to its text. How it looks is tested with the buttons."""

import pygame
import pytest

from app.input import Key
from app.ui.text_field import TextField


def typed(field: TextField, text: str) -> None:
    for letter in text:
        assert field.key(Key(pygame.K_a, letter))


def test_typing_adds_at_the_end() -> None:
    field = TextField("1")
    typed(field, "2,ä")
    assert field.text == "12,ä"


def test_backspace_takes_one_delete_all() -> None:
    field = TextField("123")
    assert field.key(Key(pygame.K_BACKSPACE, "\b"))
    assert field.text == "12"
    assert field.key(Key(pygame.K_DELETE, "\x7f"))
    assert field.text == ""
    assert field.key(Key(pygame.K_BACKSPACE))  # of nothing: still the field's
    assert field.text == ""


@pytest.mark.parametrize(
    "key",
    [
        Key(pygame.K_a, "a", ctrl=True), Key(pygame.K_a, "a", down=False), Key(pygame.K_RETURN, "\r"),
        Key(pygame.K_TAB, "\t"), Key(pygame.K_ESCAPE, "\x1b"), Key(pygame.K_LEFT), Key(pygame.K_BACKSPACE, ctrl=True),
        Key(pygame.K_BACKSPACE, down=False),
    ],
)  # fmt: skip
def test_other_keys_are_not_for_the_text(key: Key) -> None:
    field = TextField("12")
    assert not field.key(key)
    assert field.text == "12"


def test_it_takes_only_so_many_characters() -> None:
    field = TextField("", most=3)
    typed(field, "123")
    assert not field.key(Key(pygame.K_a, "4"))
    assert field.text == "123"
    assert field.key(Key(pygame.K_BACKSPACE))
    typed(field, "5")
    assert field.text == "125"
    assert TextField("x" * 59).key(Key(pygame.K_a, "y")) and not TextField("x" * 60).key(Key(pygame.K_a, "y"))
