"""Controls: what pointer and keyboard press, hover and focus, and what they pass over."""

import pygame
import pytest

from app.commands import Command
from app.input import Key, Pointer
from app.ui.controls import Control, Controls, ControlState

A, B, C = (pygame.Rect(left, 0, 50, 50) for left in (0, 100, 200))
IN_A, IN_B, NOWHERE = (10.0, 10.0), (110.0, 10.0), (80.0, 10.0)


@pytest.fixture
def controls() -> Controls:
    controls = Controls()
    controls.place([Control("a", A, Command.READ), Control("b", B, enabled=False), Control("c", C)])
    return controls


def press(controls: Controls, code: int, shift: bool = False, down: bool = True) -> str | None:
    pressed = controls.key(Key(code, shift=shift, down=down))
    return pressed.name if pressed is not None else None


def test_a_press_is_down_and_up_on_the_same_control(controls: Controls) -> None:
    assert controls.pointer(Pointer("down", IN_A)) is None
    assert controls.pressed == "a"
    pressed = controls.pointer(Pointer("up", IN_A))
    assert pressed is not None and pressed.command is Command.READ
    assert controls.pressed is None


@pytest.mark.parametrize(("down", "up"), [(IN_A, NOWHERE), (NOWHERE, IN_A), (IN_A, IN_B), (IN_B, IN_A), (IN_B, IN_B)])
def test_anything_else_presses_nothing(controls: Controls, down: tuple[float, float], up: tuple[float, float]) -> None:
    controls.pointer(Pointer("down", down))
    assert controls.pointer(Pointer("up", up)) is None
    assert controls.pressed is None


def test_what_is_off_is_not_pressed_in_by_a_pointer(controls: Controls) -> None:
    controls.pointer(Pointer("down", IN_B))
    assert controls.pressed is None
    assert controls.state_of("b").enabled is False and controls.state_of("a").enabled is True


def test_a_press_that_is_called_off_presses_nothing(controls: Controls) -> None:
    controls.pointer(Pointer("down", IN_A))
    controls.pointer(Pointer("cancel", IN_A))
    assert controls.pressed is None and controls.hovered is None
    assert controls.pointer(Pointer("up", IN_A)) is None


def test_a_mouse_hovers_and_a_finger_does_not(controls: Controls) -> None:
    controls.pointer(Pointer("move", IN_A))
    assert controls.hovered == "a" and controls.state_of("a") == ControlState(hovered=True)
    controls.pointer(Pointer("move", NOWHERE))
    assert controls.hovered is None
    controls.pointer(Pointer("move", IN_A, touch=True))
    assert controls.hovered is None


def test_tab_goes_round_and_passes_over_what_is_off(controls: Controls) -> None:
    seen = []
    for _ in range(3):
        press(controls, pygame.K_TAB)
        seen.append(controls.focused)
    assert seen == ["a", "c", "a"]
    press(controls, pygame.K_TAB, shift=True)
    assert controls.focused == "c"
    assert controls.state_of("c").focused and not controls.state_of("a").focused


def test_shift_tab_begins_at_the_end(controls: Controls) -> None:
    press(controls, pygame.K_TAB, shift=True)
    assert controls.focused == "c"


@pytest.mark.parametrize("code", [pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE])
def test_enter_and_space_press_what_has_the_ring(controls: Controls, code: int) -> None:
    assert press(controls, code) is None  # nothing has it
    press(controls, pygame.K_TAB)
    assert press(controls, code, down=False) is None
    assert press(controls, code) == "a"
    controls.focused = "b"
    assert press(controls, code) is None  # is off


def test_other_keys_press_nothing(controls: Controls) -> None:
    press(controls, pygame.K_TAB)
    assert press(controls, pygame.K_a) is None and controls.focused == "a"


def test_a_pointer_takes_the_ring_away_and_moves_the_place_of_the_keyboard(controls: Controls) -> None:
    press(controls, pygame.K_TAB)
    assert controls.state[2] == "a"
    controls.pointer(Pointer("down", (210.0, 10.0)))
    assert not controls.shows_focus and controls.state[2] is None
    assert not controls.state_of("c").focused
    assert press(controls, pygame.K_RETURN) is None
    press(controls, pygame.K_TAB)
    assert controls.focused == "a"  # on from the one that was pressed


def test_what_a_control_is_doing_stays_when_it_moves_and_ends_when_it_goes(controls: Controls) -> None:
    press(controls, pygame.K_TAB)
    controls.pointer(Pointer("move", IN_A))
    controls.place([Control("a", A.move(0, 100))])
    assert (controls.hovered, controls.focused) == ("a", "a")
    controls.pointer(Pointer("down", (10.0, 110.0)))
    controls.place([Control("z", A)])
    assert (controls.hovered, controls.pressed, controls.focused) == (None, None, None)


def test_without_any_that_is_on_there_is_nowhere_to_go() -> None:
    controls = Controls()
    controls.place([Control("b", B, enabled=False)])
    press(controls, pygame.K_TAB)
    assert controls.focused is None and not controls.shows_focus
