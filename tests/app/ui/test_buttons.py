"""Buttons: each state of a control is seen, and the ring of the keyboard's focus lies round what has it."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.ui import buttons
from app.ui.controls import ControlState
from app.ui.painter import Painter
from app.ui.text_field import TextField
from app.ui.theme import DARK, LIGHT, Theme
from app.ui.typeface import Typeface

RECT = pygame.Rect(20, 20, 160, 44)
Draw = Callable[[Painter, ControlState], object]
WIDGETS: dict[str, Draw] = {
    "button": lambda p, state: buttons.draw_button(p, RECT, "Read", "S", state),
    "narrow button": lambda p, state: buttons.draw_button(p, RECT.inflate(-90, 0), "Retrain", "Ctrl R", state),
    "primary button": lambda p, state: buttons.draw_button(p, RECT, "Read", "S", state, primary=True),
    "pressed-in button": lambda p, state: buttons.draw_button(p, RECT, "Erase", "E", state, on=True),
    "ghost": lambda p, state: buttons.draw_ghost(p, RECT, "Help", "F1", state),
    "chip": lambda p, state: buttons.draw_chip(p, RECT, "MNIST", state, on=False),
    "chosen chip": lambda p, state: buttons.draw_chip(p, RECT, "MNIST", state, on=True),
    "switch": lambda p, state: buttons.draw_switch(p, RECT, "Live", "L", state, on=False),
    "text field": lambda p, state: TextField("12").draw(p, RECT, state),
    "thinner": lambda p, state: buttons.draw_brush(p, RECT, RECT.move(160, 0), (state, ControlState()), 0.5),
    "thicker": lambda p, state: buttons.draw_brush(p, RECT.move(-160, 0), RECT, (ControlState(), state), 0.5),
}
# What cannot be off is never drawn so; a field shows its caret, and has no ring.
NEVER_OFF = ("ghost", "switch", "text field")


def drawn(draw: Draw, state: ControlState | None = None, theme: Theme = LIGHT) -> np.ndarray:
    """The widget on an empty ground, (w, h, 3)."""
    surface = pygame.Surface((200, 84), 0, 32)
    surface.fill(theme.ground)
    draw(Painter(surface, theme, Typeface(), 1.0), state or ControlState())
    return pygame.surfarray.array3d(surface).astype(int)


def differs(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Where two pictures differ so much that it is seen, (w, h)."""
    return np.abs(a - b).sum(axis=2) > 20


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", WIDGETS)
def test_the_focus_is_seen(name: str, theme: Theme) -> None:
    draw = WIDGETS[name]
    focused = drawn(draw, ControlState(focused=True), theme)
    ring = differs(focused, drawn(draw, theme=theme))
    columns, rows = np.nonzero(ring)
    assert len(columns) > 100
    # in the accent's colour all round, not inside alone
    assert (np.abs(focused[ring] - theme.accent).sum(axis=1) < 30).mean() > 0.5
    assert columns.min() < 90 < 110 < columns.max() and rows.min() < 30 < 54 < rows.max()
    assert not ring[100, 35:49].any() or name == "text field"


@pytest.mark.parametrize("name", WIDGETS)
def test_pointed_at_pressed_and_at_rest_differ(name: str) -> None:
    draw = WIDGETS[name]
    states = [ControlState()]
    if name != "chosen chip":  # chosen already: nothing to invite to
        states.append(ControlState(hovered=True))
    if name not in ("text field", "thinner", "thicker"):
        states.append(ControlState(hovered=True, pressed=True))
    pictures = [drawn(draw, state) for state in states]
    for i, picture in enumerate(pictures):
        for other in pictures[:i]:
            assert (np.abs(picture - other).sum(axis=2) > 0).sum() > 400


@pytest.mark.parametrize("name", [name for name in WIDGETS if name not in NEVER_OFF])
def test_what_is_off_is_fainter(name: str) -> None:
    draw = WIDGETS[name]
    on, off = drawn(draw), drawn(draw, ControlState(enabled=False))
    changed = differs(on, off)
    assert changed.sum() > 10
    if "button" not in name or name in ("button", "narrow button"):  # on the strong fill the text turns dark
        assert off[changed].mean() > on[changed].mean()


@pytest.mark.parametrize("name", ["button", "chip", "switch"])
def test_on_and_off_differ_by_more_than_a_shade(name: str) -> None:
    on: dict[str, Draw] = {
        "button": WIDGETS["pressed-in button"],
        "chip": WIDGETS["chosen chip"],
        "switch": lambda p, state: buttons.draw_switch(p, RECT, "Live", "L", state, on=True),
    }
    assert differs(drawn(on[name]), drawn(WIDGETS[name])).sum() > 100


def test_a_switch_that_is_on_has_its_knob_at_the_right() -> None:
    def knob(on: bool) -> float:
        picture = drawn(lambda p, state: buttons.draw_switch(p, RECT, "", "", state, on=on))
        columns, _ = np.nonzero((picture == LIGHT.card).all(axis=2)[140:180])
        return float(columns.mean())

    assert knob(True) > knob(False) + 8


def test_the_dot_between_thinner_and_thicker_is_as_wide_as_the_pen() -> None:
    def ink(share: float) -> int:
        half = pygame.Rect(20, 20, 80, 44)
        looks = ControlState(), ControlState()
        picture = drawn(lambda p, _: buttons.draw_brush(p, half, half.move(80, 0), looks, share))
        return int((picture[80:120] == LIGHT.ink).all(axis=2).sum())

    assert 10 < ink(0) < ink(0.5) < ink(1)
    assert ink(1) > 6 * ink(0)


def test_a_wrong_field_has_a_sign_and_no_colour_alone() -> None:
    wrong = drawn(lambda p, state: TextField("x").draw(p, RECT, state, wrong=True))
    right = drawn(lambda p, state: TextField("x").draw(p, RECT, state))
    changed = differs(wrong, right)
    assert changed[RECT.right - 30 : RECT.right - 6].sum() > 100  # the "!" on its disc
    assert changed[RECT.left : RECT.left + 80, RECT.top + 1].sum() > 40  # the strong line


def test_an_empty_field_shows_what_is_usual_until_one_types() -> None:
    def words(field: TextField, state: ControlState, empty: str) -> int:
        with_words = drawn(lambda p, _: field.draw(p, RECT, state, empty))
        without = drawn(lambda p, _: field.draw(p, RECT, state))
        return int(differs(with_words, without).sum())

    assert words(TextField(), ControlState(), "0.001") > 50
    assert words(TextField(), ControlState(focused=True), "0.001") == 0
    assert words(TextField("5"), ControlState(), "0.001") == 0


def test_the_caret_stands_behind_the_text() -> None:
    def caret(text: str) -> float:
        focused = drawn(lambda p, state: TextField(text).draw(p, RECT, state), ControlState(focused=True))
        inside = (focused[RECT.left + 6 : RECT.right - 6, 30:54] == LIGHT.accent).all(axis=2)
        columns, _ = np.nonzero(inside)
        assert len(columns) > 20
        return float(columns.mean())

    assert caret("") < caret("1") < caret("1234")
