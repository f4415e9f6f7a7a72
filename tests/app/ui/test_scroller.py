"""Scrolling: by wheel, finger and keys, within the content, and rolling on."""

from itertools import pairwise

import numpy as np
import pygame
import pytest

from app.input import Pointer
from app.ui.painter import Painter
from app.ui.scroller import GLIDE, Scroller
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface

AREA = pygame.Rect(100, 50, 200, 300)
LENGTH, STEP = 1000, 40
FRAME = 1 / 60


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def scroller(time: Time) -> Scroller:
    scroller = Scroller(time)
    scroller.fit(AREA, LENGTH, 1.0, STEP)
    return scroller


def settle(scroller: Scroller) -> float:
    for _ in range(1000):
        if not scroller.moving:
            return scroller.place
        scroller.update(FRAME)
    raise AssertionError("it never stands still")


def drag(scroller: Scroller, time: Time, *ys: float, seconds: float = 0.01) -> list[bool]:
    """Press in the area at the first y, and move through the others."""
    taken = [scroller.pointer(Pointer("down", (150, ys[0])))]
    for y in ys[1:]:
        time.now += seconds
        taken.append(scroller.pointer(Pointer("move", (150, y))))
    return taken


def test_the_wheel_moves_by_a_step_and_smoothly(scroller: Scroller) -> None:
    assert scroller.pointer(Pointer("wheel", (150, 100), steps=-2))
    scroller.update(FRAME)
    assert 0 < scroller.place < 2 * STEP
    assert settle(scroller) == 2 * STEP
    scroller.pointer(Pointer("wheel", (150, 100), steps=1))
    assert settle(scroller) == STEP


def test_nothing_scrolls_beyond_the_ends(scroller: Scroller) -> None:
    scroller.by(5000)
    assert settle(scroller) == scroller.farthest == LENGTH - AREA.height
    scroller.by(-9000)
    assert settle(scroller) == 0


def test_a_content_that_is_short_does_not_scroll(scroller: Scroller) -> None:
    scroller.fit(AREA, 200, 1.0, STEP)
    scroller.by(100)
    assert settle(scroller) == 0 == scroller.farthest


def test_a_shorter_content_keeps_what_can_be_kept(scroller: Scroller) -> None:
    scroller.jump(600)
    scroller.fit(AREA, 500, 1.0, STEP)
    assert scroller.place == 200
    assert settle(scroller) == 200


def test_a_finger_moves_the_content_with_it_and_takes_the_press(scroller: Scroller, time: Time) -> None:
    assert drag(scroller, time, 300, 295, 200) == [False, False, True]
    assert scroller.place == 100
    time.now += 1
    assert scroller.pointer(Pointer("up", (150, 200)))
    assert settle(scroller) == 100


def test_a_press_that_wanders_little_is_a_press(scroller: Scroller, time: Time) -> None:
    assert drag(scroller, time, 300, 293, 307) == [False, False, False]
    assert not scroller.pointer(Pointer("up", (150, 307)))
    assert settle(scroller) == 0


def test_how_far_a_press_may_wander_grows_with_the_window(scroller: Scroller, time: Time) -> None:
    scroller.fit(AREA, LENGTH, 3.0, STEP)
    assert drag(scroller, time, 300, 280) == [False, False]
    assert drag(scroller, time, 300, 270) == [False, True]


def test_a_drag_that_comes_back_is_still_a_drag(scroller: Scroller, time: Time) -> None:
    drag(scroller, time, 300, 200, 299)
    assert scroller.pointer(Pointer("up", (150, 299)))


def test_a_press_beside_the_area_scrolls_nothing(scroller: Scroller, time: Time) -> None:
    scroller.pointer(Pointer("down", (20, 300)))
    assert not scroller.held
    assert not scroller.pointer(Pointer("move", (20, 100)))
    assert scroller.place == 0


def test_what_a_finger_set_in_motion_rolls_on(scroller: Scroller, time: Time) -> None:
    drag(scroller, time, 300, 280, 260, 240, 220)  # 2000 pixels a second
    lifted = scroller.place
    scroller.pointer(Pointer("up", (150, 220)))
    assert scroller.moving
    rolled = settle(scroller) - lifted
    assert 0.5 * 2000 * GLIDE < rolled < 2000 * GLIDE


def test_a_faster_finger_rolls_farther(time: Time) -> None:
    def rolled(step: float) -> float:
        scroller = Scroller(time)
        scroller.fit(AREA, 100_000, 1.0, STEP)
        drag(scroller, time, *(300 - step * i for i in range(6)))
        lifted = scroller.place
        scroller.pointer(Pointer("up", (150, 300 - 5 * step)))
        return settle(scroller) - lifted

    assert rolled(40) > 1.8 * rolled(20) > 0


def test_a_finger_that_stood_still_before_it_was_lifted_leaves_the_content_where_it_is(
    scroller: Scroller, time: Time
) -> None:
    drag(scroller, time, 300, 280, 260, 240)
    time.now += 0.3
    scroller.pointer(Pointer("up", (150, 240)))
    assert settle(scroller) == 60


def test_a_press_stops_what_rolls(scroller: Scroller, time: Time) -> None:
    drag(scroller, time, 300, 280, 260, 240)
    scroller.pointer(Pointer("up", (150, 240)))
    scroller.update(FRAME)
    place = scroller.place
    scroller.pointer(Pointer("down", (150, 200)))
    scroller.update(FRAME)
    assert scroller.place == place


def test_a_cancelled_drag_lets_go(scroller: Scroller, time: Time) -> None:
    drag(scroller, time, 300, 200)
    scroller.pointer(Pointer("cancel"))
    assert not scroller.held and not scroller.dragging


@pytest.mark.parametrize(
    ("top", "bottom", "place"), [(900, 940, 640), (0, 40, 0), (310, 350, 100), (500, 540, 240), (150, 190, 150)]
)
def test_it_goes_just_so_far_that_a_row_is_seen(scroller: Scroller, top: int, bottom: int, place: int) -> None:
    scroller.jump(100 if top == 310 else 200 if top == 150 else 0 if top else 300)
    scroller.show(top, bottom)
    assert settle(scroller) == place


def test_an_update_says_whether_there_is_something_to_draw(scroller: Scroller, time: Time) -> None:
    assert not scroller.update(FRAME)
    drag(scroller, time, 300, 200)
    assert scroller.update(FRAME)
    assert not scroller.update(FRAME)
    scroller.jump(0)
    assert scroller.update(FRAME)


def test_pieces_of_the_content_are_seen_where_they_are_scrolled_to(scroller: Scroller) -> None:
    scroller.jump(100)
    assert scroller.seen(pygame.Rect(10, 120, 50, 40)) == (110, 70, 50, 40)
    assert scroller.seen(pygame.Rect(10, 80, 50, 40)) == (110, 50, 50, 20)
    assert scroller.seen(pygame.Rect(10, 20, 50, 40)).height == 0
    assert scroller.placed(pygame.Rect(10, 20, 50, 40)) == (110, -30, 50, 40)


def bar_rows(scroller: Scroller) -> np.ndarray:
    """The rows of the window in which the scroll bar stands."""
    surface = pygame.Surface((400, 400))
    scroller.draw_bar(Painter(surface, LIGHT, Typeface(), 1.0))
    beside = pygame.surfarray.array3d(surface)[AREA.right :].any(axis=(0, 2))
    assert not pygame.surfarray.array3d(surface)[: AREA.right].any()
    return np.flatnonzero(beside)


def test_the_bar_shows_which_part_is_seen(scroller: Scroller) -> None:
    top = bar_rows(scroller)
    assert top[0] == AREA.top and len(top) == pytest.approx(AREA.height * AREA.height / LENGTH, abs=2)
    scroller.jump(scroller.farthest)
    assert bar_rows(scroller)[-1] == AREA.bottom - 1
    scroller.jump(scroller.farthest / 2)
    assert bar_rows(scroller).mean() == pytest.approx(AREA.centery, abs=2)


def test_without_anything_to_scroll_there_is_no_bar(scroller: Scroller) -> None:
    scroller.fit(AREA, 300, 1.0, STEP)
    assert len(bar_rows(scroller)) == 0


def test_what_is_drawn_again_covers_area_and_bar(scroller: Scroller) -> None:
    pictures = []
    for clip in (scroller.damage, None):
        surface = pygame.Surface((400, 400))
        surface.set_clip(clip)
        scroller.draw_bar(Painter(surface, LIGHT, Typeface(), 1.0))
        pictures.append(pygame.surfarray.array3d(surface))
    assert (pictures[0] == pictures[1]).all() and pictures[0].any()
    assert scroller.damage.contains(AREA)


def test_drawing_is_kept_to_the_area_and_its_rim(scroller: Scroller) -> None:
    surface = pygame.Surface((400, 400))
    painter = Painter(surface, LIGHT, Typeface(), 1.0)
    with scroller.clipped(painter):
        surface.fill("white")
    assert surface.get_bounding_rect() == surface.get_rect()
    filled = np.argwhere(pygame.surfarray.array3d(surface).any(axis=2))
    assert tuple(filled.min(axis=0)) == (AREA.left - 6, AREA.top - 3)
    assert tuple(filled.max(axis=0)) == (AREA.right + 5, AREA.bottom + 2)
    assert surface.get_clip() == surface.get_rect()


def test_a_smooth_way_is_no_jump_and_slows_down(scroller: Scroller) -> None:
    scroller.by(300)
    seen = [scroller.place]
    for _ in range(6):
        assert scroller.update(FRAME)
        seen.append(scroller.place)
    steps = [b - a for a, b in pairwise(seen)]
    assert 0 < seen[1] < 150
    assert all(a > b > 0 for a, b in pairwise(steps))


def test_turns_of_the_wheel_add_up_before_the_first_has_ended(scroller: Scroller) -> None:
    scroller.by(100)
    scroller.update(FRAME)
    scroller.by(100)
    assert settle(scroller) == 200


def test_it_rolls_on_at_the_finger_s_speed_and_stops_at_the_end(scroller: Scroller, time: Time) -> None:
    drag(scroller, time, *(300 - 400 * FRAME * i for i in range(13)), seconds=FRAME)
    lifted = scroller.place
    scroller.pointer(Pointer("up", (150, 0)))
    assert scroller.update(FRAME)
    assert scroller.place - lifted == pytest.approx(400 * FRAME, rel=0.1)
    assert settle(scroller) - lifted == pytest.approx(GLIDE * 400, rel=0.15)
    scroller.jump(60)
    drag(scroller, time, *(100 + 800 * FRAME * i for i in range(4)), seconds=FRAME)
    scroller.pointer(Pointer("up", (150, 0)))
    assert settle(scroller) == 0


def frames(scroller: Scroller) -> int:
    """How many frames it moves on for."""
    for number in range(1000):
        if not scroller.moving:
            return number
        scroller.update(FRAME)
    raise AssertionError("it never stands still")


def test_wheel_and_keys_arrive_within_half_a_second_and_ever_slower(scroller: Scroller) -> None:
    scroller.by(300)
    seen = [scroller.place]
    for _ in range(6):
        assert scroller.update(FRAME)
        seen.append(scroller.place)
    steps = [b - a for a, b in pairwise(seen)]
    assert all(a > b > 0 for a, b in pairwise(steps))
    assert 200 < scroller.place < 280  # after a tenth of a second
    assert frames(scroller) < 30 and scroller.place == 300


def test_what_rolls_goes_on_at_the_finger_s_speed_for_a_second_or_two(scroller: Scroller, time: Time) -> None:
    scroller.fit(AREA, 100_000, 1.0, STEP)
    drag(scroller, time, *(300 - 8 * i for i in range(16)))  # 800 pixels a second
    lifted = scroller.place
    scroller.pointer(Pointer("up", (150, 180)))
    scroller.update(FRAME)
    assert scroller.place - lifted == pytest.approx(800 * FRAME, rel=0.1)
    assert 60 < frames(scroller) < 120
    assert scroller.place - lifted == pytest.approx(0.35 * 800, rel=0.15)


@pytest.mark.parametrize(("rest", "rolls"), [(0.06, True), (0.14, False)])
def test_a_finger_that_hardly_rested_still_throws(rest: float, rolls: bool, scroller: Scroller, time: Time) -> None:
    drag(scroller, time, *(300 - 8 * i for i in range(16)))
    lifted = scroller.place
    time.now += rest
    scroller.pointer(Pointer("up", (150, 180)))
    assert (settle(scroller) > lifted) == rolls
