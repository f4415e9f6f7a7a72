"""The drawing area of all screens with a paper, with mouse, finger and keyboard."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.canvas.drawing_area import NAME, DrawingArea, Tool
from app.canvas.ink import SIDE, Ink
from app.event.challenge import Challenge
from app.input import Key, Pointer, PointerKind
from app.inside.screen import InsideScreen
from app.ui.controls import Control, Controls
from app.ui.painter import Painter
from app.ui.theme import DARK, LIGHT
from app.ui.typeface import Typeface
from model.reading.reader import Reader
from tests.app.classroom import tiny_network
from tests.app.hands import Hands
from tests.app.visitor import Visitor

PLACE = pygame.Rect(20, 30, 512, 512)  # 2 pixels to a unit
BUTTON = pygame.Rect(600, 0, 40, 40)


class Desk:
    """A drawing area beside a button, with a tool that a test changes, and notes of each touch and lift."""

    def __init__(self, *, follows_mouse: bool = False) -> None:
        self.ink, self.controls = Ink(), Controls()
        self.tool, self.takes = Tool(9.0), True
        self.calls: list[str] = []
        self.area = DrawingArea(self.ink, lambda: self.tool, self._touch, self._lift, follows_mouse=follows_mouse)
        self.area.place(PLACE, LIGHT)
        self.controls.place([self.area.control, Control("button", BUTTON)])

    def _touch(self) -> bool:
        self.calls.append("touch")
        return self.takes

    def _lift(self) -> None:
        self.calls.append("lift")

    def pointer(self, kind: PointerKind, x: float = 0, y: float = 0, *, touch: bool = False) -> Control | None:
        """At a place in canvas units."""
        place = (PLACE.left + 2 * x, PLACE.top + 2 * y)
        return self.area.take(Pointer(kind, place, touch), self.controls)

    def key(self, code: int, *, down: bool = True) -> Control | None:
        return self.area.take(Key(code, down=down), self.controls)

    def picture(self) -> np.ndarray:
        surface = pygame.Surface((660, 600))
        painter = Painter(surface, LIGHT, Typeface(), 1.0)
        self.area.draw(painter, self.controls)
        self.area.draw_ring(painter)
        return pygame.surfarray.array3d(surface)


@pytest.fixture
def desk() -> Desk:
    return Desk(follows_mouse=True)


# -- pointer ---------------------------------------------------------------------------------------------------


def test_a_pointer_draws_from_where_it_comes_down_to_where_it_is_lifted(desk: Desk) -> None:
    desk.pointer("down", 10, 20)
    desk.pointer("move", 40, 60)
    desk.pointer("up", 40, 60)
    desk.pointer("move", 90, 90)
    (stroke,) = desk.ink.page.strokes
    assert stroke.points == [(10, 20), (40, 60)]
    assert stroke.width == 18
    assert desk.calls == ["touch", "lift"]


def test_a_pointer_beside_the_paper_presses_what_is_there(desk: Desk) -> None:
    for kind in ("down", "up"):
        pressed = desk.area.take(Pointer(kind, BUTTON.center), desk.controls)
    assert pressed is not None and pressed.name == "button"
    assert desk.ink.empty
    assert desk.calls == []


def test_a_paper_that_takes_no_stroke_stays_empty(desk: Desk) -> None:
    desk.takes = False
    desk.pointer("down", 10, 20)
    desk.pointer("move", 40, 60)
    desk.pointer("up", 40, 60)
    assert desk.ink.empty
    assert desk.calls == ["touch"]


def test_the_tool_of_a_stroke_is_the_one_that_came_down(desk: Desk) -> None:
    desk.pointer("down", 20, 100)
    desk.pointer("move", 230, 100)
    desk.pointer("up")
    desk.tool = Tool(5.0, erases=True)
    desk.pointer("down", 100, 10)
    desk.tool = Tool(40.0)
    desk.pointer("move", 100, 200)
    desk.pointer("up")
    left, right = (sorted(x for x, _ in stroke.points) for stroke in desk.ink.page.strokes)
    assert right[0] - left[-1] == pytest.approx(2 * (5 + 9), abs=1)  # the eraser, and half the line's width


# -- the ring --------------------------------------------------------------------------------------------------


def test_a_ring_shows_the_tool_under_a_mouse_alone(desk: Desk) -> None:
    bare = desk.picture()
    desk.area.update(0)
    desk.pointer("move", 100, 100, touch=True)
    assert desk.area.update(0) == []
    desk.pointer("move", 100, 100)
    (box,) = desk.area.update(0)
    assert box.center == (PLACE.left + 200, PLACE.top + 200)
    changed = np.argwhere(np.any(desk.picture() != bare, axis=2))
    assert changed.min(axis=0) == pytest.approx([220 - 18, 230 - 18], abs=4)
    assert all(box.collidepoint(place) for place in changed.tolist())
    desk.pointer("move", -5, 100)
    assert desk.area.update(0) == [box]
    assert np.array_equal(desk.picture(), bare)


def test_the_ring_of_a_pen_is_not_seen_while_it_draws_but_that_of_an_eraser_is(desk: Desk) -> None:
    desk.pointer("move", 100, 100)
    desk.area.update(0)
    desk.pointer("down", 100, 100)
    desk.pointer("move", 120, 100)
    assert desk.area._ring() is None
    desk.pointer("up")
    desk.tool = Tool(9.0, erases=True)
    desk.pointer("down", 200, 200)
    desk.pointer("move", 210, 200)
    assert desk.area._ring() is not None


def test_no_ring_follows_the_mouse_where_none_is_wanted() -> None:
    desk = Desk(follows_mouse=False)
    desk.area.update(0)
    desk.pointer("move", 100, 100)
    assert desk.area.update(0) == []


def test_the_ring_ends_where_the_paper_does(desk: Desk) -> None:
    bare = desk.picture()
    desk.pointer("move", 0.5, 100)
    changed = np.argwhere(np.any(desk.picture() != bare, axis=2))
    assert changed[:, 0].min() == PLACE.left


def test_the_ring_of_the_keyboard_changes_nothing_outside_its_box(desk: Desk) -> None:
    desk.area.update(0)
    bare = desk.picture()
    desk.key(pygame.K_UP)
    (box,) = desk.area.update(0)
    desk.controls.shows_focus = False  # else the paper has a frame as well
    changed = np.argwhere(np.any(desk.picture() != bare, axis=2))
    assert len(changed) > 100
    assert all(box.collidepoint(place) for place in changed.tolist())


# -- keyboard --------------------------------------------------------------------------------------------------


def test_space_and_arrows_draw_and_take_the_focus(desk: Desk) -> None:
    desk.key(pygame.K_SPACE)
    desk.key(pygame.K_RIGHT)
    desk.area.update(0.5)
    assert desk.area.moving
    desk.key(pygame.K_RIGHT, down=False)
    desk.key(pygame.K_SPACE)
    (stroke,) = desk.ink.page.strokes
    assert stroke.points[0] == (SIDE / 2, SIDE / 2)
    assert stroke.points[-1][0] > SIDE / 2 + 50
    assert desk.controls.focused == NAME and desk.controls.shows_focus
    assert desk.calls == ["touch", "lift"]
    assert not desk.area.moving


def test_on_a_button_arrows_move_the_focus_and_space_presses(desk: Desk) -> None:
    desk.key(pygame.K_TAB)
    desk.key(pygame.K_TAB)
    assert desk.controls.focused == "button"
    place = desk.area.pen.place
    pressed = desk.key(pygame.K_SPACE)
    assert pressed is not None and pressed.name == "button"
    desk.key(pygame.K_LEFT)
    assert desk.controls.focused == NAME
    desk.controls.focused = "button"
    desk.key(pygame.K_RIGHT, down=False)
    assert desk.controls.focused == "button"
    assert desk.area.pen.place == place
    assert desk.ink.empty


def test_a_stroke_ends_when_the_focus_goes_elsewhere(desk: Desk) -> None:
    desk.pointer("down", 10, 20)
    desk.key(pygame.K_TAB)
    assert desk.controls.focused == "button"
    assert not desk.ink.busy
    assert desk.calls == ["touch", "lift"]


def test_the_pen_of_the_keyboard_is_seen_only_at_the_paper(desk: Desk) -> None:
    seen = []
    for _ in range(3):
        desk.key(pygame.K_TAB)
        seen.append((desk.controls.focused, desk.area.pen.shown))
    assert seen == [(NAME, True), ("button", False), (NAME, True)]


def test_space_draws_when_the_control_with_the_focus_has_gone(desk: Desk) -> None:
    desk.key(pygame.K_TAB)
    desk.key(pygame.K_TAB)
    desk.controls.place([desk.area.control])
    desk.key(pygame.K_SPACE)
    assert desk.ink.busy


def test_a_held_arrow_moves_a_lifted_pen(desk: Desk) -> None:
    desk.key(pygame.K_LEFT)
    assert desk.area.moving
    desk.key(pygame.K_LEFT, down=False)
    assert not desk.area.moving


def test_a_pointer_hides_the_pen_of_the_keyboard(desk: Desk) -> None:
    desk.key(pygame.K_UP)
    assert desk.area.pen.shown
    desk.pointer("down", 10, 20, touch=True)
    assert not desk.area.pen.shown


# -- place -----------------------------------------------------------------------------------------------------


def test_the_same_paper_elsewhere_is_kept_and_another_is_made_for_another_size_or_theme(desk: Desk) -> None:
    desk.pointer("down", 10, 20)
    desk.area.update(0)
    mask = desk.area.ink_mask
    desk.area.place(PLACE.move(50, 60), LIGHT)
    assert desk.area.ink_mask is mask
    desk.area.place(PLACE, DARK)
    assert desk.area.ink_mask is not mask
    desk.area.place(pygame.Rect(PLACE.topleft, (100, 100)), DARK)
    assert desk.area.ink_mask.shape == (100, 100)
    assert desk.ink.busy


def test_no_ring_stays_where_the_paper_was(desk: Desk) -> None:
    desk.pointer("move", 100, 100)
    desk.area.place(PLACE.move(50, 60), LIGHT)
    assert desk.area.update(0) == []


# -- leaving ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["pad", "inside", "event", "fool", "guess"])
def at_paper(request: pytest.FixtureRequest, hands: Hands, visit: Callable[..., Visitor]) -> tuple[Hands, DrawingArea]:
    """Every screen with a paper, and its drawing area."""
    if request.param == "pad":
        return hands, hands.view.pad.drawing_area
    if request.param == "inside":
        hands.session.reader.current = Reader(tiny_network())
        hands.key(pygame.K_i, "i")
        assert isinstance(hands.view.screen, InsideScreen)
        return hands, hands.view.screen.drawing_area
    visitor = visit()
    if request.param == "event":
        return visitor, visitor.view.front.drawing_area
    visitor.tap(request.param)
    assert isinstance(visitor.view.screen, Challenge)
    return visitor, visitor.view.screen.drawing_area


@pytest.mark.parametrize("event", [pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED])
def test_a_window_that_is_left_ends_the_stroke_of_the_keyboard(event: int, at_paper: tuple[Hands, DrawingArea]) -> None:
    hands, area = at_paper
    ink = hands.view.screen.session.ink  # type: ignore[attr-defined]
    hands.key(pygame.K_SPACE, " ")
    hands.hold(pygame.K_DOWN)
    hands.frame()
    assert ink.busy and area.pen.moving
    hands.post(event)
    place = area.pen.place
    hands.frame()
    assert not ink.busy
    assert area.pen.place == place


@pytest.mark.parametrize("event", [pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED])
def test_a_window_that_is_left_ends_the_stroke_of_a_pointer(event: int, at_paper: tuple[Hands, DrawingArea]) -> None:
    hands, area = at_paper
    ink = hands.view.screen.session.ink  # type: ignore[attr-defined]
    hands.finger(pygame.FINGERDOWN, area.rect.center)
    assert ink.busy
    hands.post(event)
    assert not ink.busy
