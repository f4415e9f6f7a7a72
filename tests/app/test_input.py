"""Pointer: mouse and finger as one, never doubled, never stuck."""

import pygame

from app.input import OUTSIDE, Pointer, PointerReader

SIZE = (800, 600)


def mouse(kind: int, pos: tuple[int, int] = (10, 20), touch: bool = False, pressed: bool = True) -> pygame.event.Event:
    if kind == pygame.MOUSEMOTION:
        return pygame.event.Event(kind, pos=pos, rel=(0, 0), buttons=(int(pressed), 0, 0), touch=touch)
    return pygame.event.Event(kind, pos=pos, button=1, touch=touch)


def finger(kind: int, x: float = 0.5, y: float = 0.5, number: int = 1) -> pygame.event.Event:
    return pygame.event.Event(kind, touch_id=3, finger_id=number, x=x, y=y, dx=0.0, dy=0.0)


def test_a_finger_is_given_in_window_pixels() -> None:
    assert PointerReader().read(finger(pygame.FINGERDOWN, 0.25, 0.5), SIZE) == Pointer("down", (200, 300), touch=True)


def test_mouse_events_that_echo_a_finger_are_passed_over() -> None:
    reader = PointerReader()
    assert reader.read(finger(pygame.FINGERDOWN), SIZE)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP):
        assert reader.read(mouse(kind, touch=True), SIZE) is None
        assert reader.read(mouse(kind), SIZE) is None  # some drivers do not mark them


def test_a_second_finger_does_nothing() -> None:
    reader = PointerReader()
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    assert reader.read(finger(pygame.FINGERDOWN, number=2), SIZE) is None
    assert reader.read(finger(pygame.FINGERMOTION, number=2), SIZE) is None
    assert reader.read(finger(pygame.FINGERUP, number=2), SIZE) is None
    assert reader.read(finger(pygame.FINGERUP), SIZE) == Pointer("up", (400, 300), touch=True)


def test_other_mouse_buttons_do_nothing() -> None:
    reader = PointerReader()
    assert reader.read(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(1, 1), button=3, touch=False), SIZE) is None
    assert not reader.pressed


def test_a_button_let_go_outside_is_noticed_at_the_next_motion() -> None:
    reader = PointerReader()
    reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE)
    lifted = reader.read(mouse(pygame.MOUSEMOTION, (30, 40), pressed=False), SIZE)
    assert lifted == Pointer("up", (30, 40))
    assert reader.read(mouse(pygame.MOUSEBUTTONUP), SIZE) is None


def test_losing_the_focus_cancels_what_is_pressed() -> None:
    reader = PointerReader()
    lost = pygame.event.Event(pygame.WINDOWFOCUSLOST)
    assert reader.read(lost, SIZE) == Pointer("cancel")  # the keyboard may be at work
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    assert reader.read(lost, SIZE) == Pointer("cancel", touch=True)
    assert reader.read(finger(pygame.FINGERMOTION), SIZE) is None
    assert reader.read(finger(pygame.FINGERDOWN), SIZE) is not None


def test_an_echo_that_comes_before_its_finger_or_after_it_is_passed_over_too() -> None:
    reader = PointerReader()
    assert reader.read(mouse(pygame.MOUSEBUTTONDOWN, touch=True), SIZE) is None
    assert reader.read(finger(pygame.FINGERDOWN), SIZE) is not None
    assert reader.read(finger(pygame.FINGERUP), SIZE) is not None
    assert reader.read(mouse(pygame.MOUSEBUTTONDOWN, touch=True), SIZE) is None
    assert not reader.pressed


def test_a_mouse_that_leaves_the_window_is_outside_unless_its_button_is_down() -> None:
    reader = PointerReader()
    left = pygame.event.Event(pygame.WINDOWLEAVE)
    assert reader.read(left, SIZE) == Pointer("move", OUTSIDE)
    reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE)
    assert reader.read(left, SIZE) is None  # its motion is still reported


def test_a_finger_does_nothing_while_a_mouse_button_is_down() -> None:
    reader = PointerReader()
    reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE)
    assert reader.read(finger(pygame.FINGERDOWN), SIZE) is None
    assert reader.read(mouse(pygame.MOUSEBUTTONUP), SIZE) == Pointer("up", (10, 20))
    assert reader.read(finger(pygame.FINGERDOWN), SIZE) is not None
