"""Pointer: mouse and finger as one, never doubled, never stuck."""

import pygame
import pytest

from app.input import OUTSIDE, Pointer, PointerReader
from tests.app.hands import Hands

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


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def tap(reader: PointerReader, watch: Watch, x: float = 0.5, lasts: float = 0.1) -> list[str]:
    """The kinds of what a short touch of a finger gives."""
    down = reader.read(finger(pygame.FINGERDOWN, x), SIZE)
    watch.now += lasts
    up = reader.read(finger(pygame.FINGERUP, x), SIZE)
    return [pointer.kind for pointer in (down, up) if pointer is not None]


def test_a_mouse_press_without_a_mark_after_a_touch_is_no_second_tap(watch: Watch) -> None:
    reader = PointerReader(watch)
    assert tap(reader, watch) == ["down", "up"]
    watch.now += 0.3
    for kind in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP):
        assert reader.read(mouse(kind, (402, 297), pressed=kind == pygame.MOUSEBUTTONDOWN), SIZE) is None
    assert not reader.pressed


def test_a_mouse_elsewhere_or_later_is_one(watch: Watch) -> None:
    reader = PointerReader(watch)
    tap(reader, watch)
    assert reader.read(mouse(pygame.MOUSEBUTTONDOWN, (10, 20)), SIZE) == Pointer("down", (10, 20))
    reader.read(mouse(pygame.MOUSEBUTTONUP, (10, 20)), SIZE)
    tap(reader, watch)
    watch.now += 1
    assert reader.read(mouse(pygame.MOUSEBUTTONDOWN, (402, 297)), SIZE) == Pointer("down", (402, 297))


def test_a_finger_whose_lifting_was_lost_keeps_another_away_for_a_moment_only(watch: Watch) -> None:
    reader = PointerReader(watch)
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    watch.now += 0.9
    assert reader.read(finger(pygame.FINGERDOWN, number=2), SIZE) is None  # a palm, a second finger
    watch.now += 0.2
    assert reader.read(finger(pygame.FINGERDOWN, 0.25, number=3), SIZE) == Pointer("down", (200, 300), touch=True)
    assert reader.read(finger(pygame.FINGERUP, number=1), SIZE) is None
    assert reader.read(finger(pygame.FINGERMOTION, number=3), SIZE) == Pointer("move", (400, 300), touch=True)
    assert reader.read(finger(pygame.FINGERUP, number=3), SIZE) == Pointer("up", (400, 300), touch=True)


def test_a_finger_that_still_moves_keeps_others_away(watch: Watch) -> None:
    reader = PointerReader(watch)
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    for step in range(5):
        watch.now += 0.8
        assert reader.read(finger(pygame.FINGERMOTION, 0.5 + step / 100), SIZE) is not None
        assert reader.read(finger(pygame.FINGERDOWN, number=2), SIZE) is None
        assert reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE) is None


def test_the_same_finger_comes_down_again_when_its_lifting_was_lost(watch: Watch) -> None:
    reader = PointerReader(watch)
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    assert reader.read(finger(pygame.FINGERDOWN, 0.25), SIZE) == Pointer("down", (200, 300), touch=True)


def test_a_mouse_takes_over_from_a_finger_whose_lifting_was_lost(watch: Watch) -> None:
    reader = PointerReader(watch)
    reader.read(finger(pygame.FINGERDOWN), SIZE)
    watch.now += 1.1
    assert reader.read(mouse(pygame.MOUSEMOTION, pressed=False), SIZE) is None
    assert reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE) == Pointer("down", (10, 20))
    assert reader.read(mouse(pygame.MOUSEBUTTONUP), SIZE) == Pointer("up", (10, 20))


def test_touches_and_lifts_in_place_of_motion_are_one_line(watch: Watch) -> None:
    reader = PointerReader(watch)
    kinds: list[str] = []
    for step in range(10):
        kinds += tap(reader, watch, 0.3 + step / 50, lasts=0.004)
        watch.now += 0.008
        assert reader.late() is None
    assert kinds == 3 * ["down", "up"] + ["down"] + 6 * ["move"]
    assert reader.waiting and reader.pressed
    watch.now += 0.1
    assert reader.late() == Pointer("up", pytest.approx((0.48 * 800, 300)), touch=True)  # type: ignore[arg-type]
    assert not reader.waiting and not reader.pressed
    assert tap(reader, watch) == ["down", "up"]


def test_a_touch_far_from_such_a_line_begins_another(watch: Watch) -> None:
    reader = PointerReader(watch)
    for step in range(6):
        tap(reader, watch, 0.3 + step / 50, lasts=0.004)
        watch.now += 0.008
    assert reader.read(finger(pygame.FINGERDOWN, 0.9), SIZE) == Pointer("down", pytest.approx((720, 300)), touch=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("step", "lasts", "gap"), [(0.0, 0.004, 0.008), (0.02, 0.06, 0.008), (0.02, 0.004, 0.1)])
def test_quick_taps_of_a_hand_stay_taps(step: float, lasts: float, gap: float, watch: Watch) -> None:
    reader = PointerReader(watch)
    for number in range(10):
        assert tap(reader, watch, 0.3 + number * step, lasts) == ["down", "up"]
        watch.now += gap


def test_a_pen_whose_side_button_is_pressed_draws_on() -> None:
    reader = PointerReader()
    reader.read(mouse(pygame.MOUSEBUTTONDOWN), SIZE)
    side = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(30, 40), button=3, touch=False)
    assert reader.read(side, SIZE) is None
    both = pygame.event.Event(pygame.MOUSEMOTION, pos=(50, 60), rel=(0, 0), buttons=(1, 0, 1), touch=False)
    assert reader.read(both, SIZE) == Pointer("move", (50, 60))
    let_go = pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(50, 60), button=3, touch=False)
    assert reader.read(let_go, SIZE) is None
    assert reader.pressed


def test_such_a_screen_draws_a_line_in_the_window(hands: Hands, watch: Watch) -> None:
    hands.view.pointers = PointerReader(watch)
    for step in range(12):
        place = hands.on_paper(60 + 8 * step, 100)
        hands.finger(pygame.FINGERDOWN, place)
        hands.finger(pygame.FINGERUP, place)
        watch.now += 0.01
    assert hands.view.moving  # it looks for the lift soon
    watch.now += 1
    hands.frame()
    strokes = hands.session.ink.page.strokes
    assert len(strokes) == 4
    assert len(strokes[-1].points) == 9
    assert not hands.session.ink.busy
