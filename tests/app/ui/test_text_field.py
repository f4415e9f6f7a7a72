"""A text field: editing, how it looks, and the numbers in it."""

import pygame
import pytest

from app.input import Key
from app.ui.controls import ControlState
from app.ui.painter import Painter
from app.ui.text_field import TextField, decimal, whole
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface

RECT = pygame.Rect(20, 20, 200, 40)


def typed(text: str) -> Key:
    return Key(ord(text), text)


def test_letters_join_the_end_and_backspace_takes_the_last() -> None:
    field = TextField("ab")
    assert field.key(typed("c"))
    assert field.text == "abc"
    assert field.key(Key(pygame.K_BACKSPACE, "\b"))
    assert field.text == "ab"
    assert field.key(Key(pygame.K_DELETE))
    assert field.text == ""
    assert field.key(Key(pygame.K_BACKSPACE, "\b"))
    assert field.text == ""


@pytest.mark.parametrize(
    "key",
    [Key(pygame.K_a, "a", down=False), Key(pygame.K_a, "a", ctrl=True), Key(pygame.K_TAB, "\t"), Key(pygame.K_F1)],
)
def test_what_is_no_text_is_left_to_others(key: Key) -> None:
    field = TextField("ab")
    assert not field.key(key)
    assert field.text == "ab"


def test_a_text_does_not_grow_without_end() -> None:
    field = TextField("abc", most=4)
    assert field.key(typed("d"))
    assert not field.key(typed("e"))
    assert field.text == "abcd"


def drawn(field: TextField, state: ControlState, *, empty: str = "", wrong: bool = False) -> bytes:
    surface = pygame.Surface((240, 80))
    surface.fill("white")
    field.draw(Painter(surface, LIGHT, Typeface(), 1.0), RECT, state, empty, wrong=wrong)
    return pygame.image.tobytes(surface, "RGB")


def test_every_state_looks_different() -> None:
    usual = ControlState()
    looks = [
        drawn(TextField(), usual),
        drawn(TextField(), usual, empty="none"),
        drawn(TextField("abc"), usual, empty="none"),
        drawn(TextField("abc"), ControlState(focused=True)),
        drawn(TextField("abc"), ControlState(hovered=True)),
        drawn(TextField("abc"), usual, wrong=True),
    ]
    assert len(set(looks)) == len(looks)


def test_what_stands_in_an_empty_field_goes_when_one_writes() -> None:
    focused = ControlState(focused=True)
    assert drawn(TextField(), focused, empty="none") == drawn(TextField(), focused)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), (" 12 ", 12), ("1", 1), ("20", 20), ("0", None), ("21", None), ("1.5", None), ("", None), ("x", None)],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert whole(text, 1, 20) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5", 1.5), ("1,5", 1.5), (" 2 ", 2.0), ("0.1", 0.1), ("0.09", None), ("10", 10.0), ("10.1", None)]
    + [(text, None) for text in ("nan", "inf", "-inf", "", "x", "1,2,3")],
)
def test_decimal_numbers(text: str, value: float | None) -> None:
    assert decimal(text, 0.1, 10) == value
