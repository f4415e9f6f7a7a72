"""Screens over each other: who has the hands, what is drawn again, and what lies behind a dialog."""

import pygame
import pytest

from app.commands import Command
from app.input import Key, Pointer
from app.messages import Messages
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.painter import Painter
from app.ui.screen import Screen
from app.ui.screen_stack import ScreenStack
from app.ui.theme import DARK
from tests.app.hands import Hands

SIZE = (400, 300)
WINDOW = pygame.Rect((0, 0), SIZE)
RED, BLUE = (255, 0, 0), (0, 0, 255)


class FlatScreen(Screen):
    """A screen of one colour that notes what happens to it."""

    def __init__(self, context: Context, colour: tuple[int, int, int], place: pygame.Rect) -> None:
        super().__init__(context)
        self.colour, self.place = colour, place
        self.notes: list[str] = []
        self.asks: list[pygame.Rect] = []
        self.is_moving = False
        self.waits = 0

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self.notes.append("resize")
        self.controls.place([Control("all", self.place)])

    def leave(self) -> None:
        self.notes.append("leave")

    def handle(self, signal: Pointer | Key) -> None:
        return None

    def update(self, seconds: float) -> list[pygame.Rect]:
        self.notes.append(f"update {seconds}")
        self.waits = max(0, self.waits - 1)
        asked, self.asks = self.asks, []
        return asked

    @property
    def moving(self) -> bool:
        return self.is_moving

    @property
    def behind(self) -> bool:
        return self.waits > 0

    @property
    def solid(self) -> pygame.Rect:
        return self.place if self.place != WINDOW else pygame.Rect(0, 0, 0, 0)

    def draw(self, painter: Painter) -> None:
        self.notes.append("draw")
        painter.surface.fill(self.colour, self.place)


class Stack(ScreenStack):
    """A stack that notes the input that it is given and the commands which it is to perform."""

    def __init__(self, context: Context, ground: Screen, size: tuple[int, int]) -> None:
        super().__init__(context, ground, size)
        self.taken: list[Key | Pointer] = []
        self.performed: list[Command] = []

    def take_key(self, key: Key) -> None:
        self.taken.append(key)

    def take_pointer(self, pointer: Pointer) -> None:
        self.taken.append(pointer)

    def perform(self, command: Command) -> None:
        self.performed.append(command)

    def update(self, seconds: float) -> list[pygame.Rect]:
        return self.update_screens(seconds)


@pytest.fixture
def context() -> Context:
    return Context(Messages("en"))


@pytest.fixture
def ground(context: Context) -> FlatScreen:
    return FlatScreen(context, RED, WINDOW)


@pytest.fixture
def stack(context: Context, ground: FlatScreen) -> Stack:
    stack = Stack(context, ground, SIZE)
    stack.update(0)
    return stack


@pytest.fixture
def dialog(context: Context) -> FlatScreen:
    return FlatScreen(context, BLUE, pygame.Rect(100, 100, 200, 100))


def frame(stack: Stack) -> pygame.Surface:
    """All of the window."""
    surface = pygame.Surface(SIZE)
    stack.draw(surface, [WINDOW])
    return surface


def test_keys_mouse_and_fingers_are_input_and_nothing_else_is(stack: Stack) -> None:
    stack.take_input(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a, mod=0, unicode="a"))
    stack.take_input(pygame.event.Event(pygame.KEYUP, key=pygame.K_a, mod=0, unicode=""))
    stack.take_input(pygame.event.Event(pygame.FINGERDOWN, touch_id=1, finger_id=1, x=0.25, y=0.5))
    stack.take_input(pygame.event.Event(pygame.AUDIODEVICEADDED))
    down, up, finger = stack.taken
    assert isinstance(down, Key) and isinstance(up, Key)
    assert (down.code, down.down, up.down) == (pygame.K_a, True, False)
    assert finger == Pointer("down", (100.0, 150.0), touch=True)


def test_after_a_fault_no_finger_is_down(stack: Stack) -> None:
    stack.take_input(pygame.event.Event(pygame.FINGERDOWN, touch_id=1, finger_id=1, x=0.25, y=0.5))
    assert stack.pointers.pressed
    stack.recover(again=False)
    assert not stack.pointers.pressed
    stack.take_input(pygame.event.Event(pygame.FINGERDOWN, touch_id=1, finger_id=2, x=0.5, y=0.5))
    assert stack.taken[-1] == Pointer("down", (200.0, 150.0), touch=True)


def test_the_uppermost_has_the_hands(stack: Stack, ground: FlatScreen, dialog: FlatScreen) -> None:
    ground.controls.pointer(Pointer("down", (10.0, 10.0)))
    assert stack.screen is ground and ground.size == SIZE
    stack.show(dialog)
    assert stack.screen is dialog and dialog.size == SIZE
    assert ground.notes[-1] == "leave" and ground.controls.pressed is None
    assert stack.update(0) == [WINDOW]
    assert stack.update(0) == []
    stack.back()
    assert stack.screen is ground and dialog.notes[-1] == "leave"
    assert stack.update(0) == [WINDOW]
    stack.back()  # nothing is left to close
    assert stack.update(0) == []


def test_what_a_screen_returns_is_shown_or_performed(stack: Stack, ground: FlatScreen, dialog: FlatScreen) -> None:
    stack.follow(None)
    assert stack.screen is ground and not stack.performed
    stack.follow(Command.UNDO)
    assert stack.screen is ground and stack.performed == [Command.UNDO]
    stack.follow(dialog)
    assert stack.screen is dialog and stack.performed == [Command.UNDO]


def test_all_dialogs_close_at_once(stack: Stack, context: Context, ground: FlatScreen, dialog: FlatScreen) -> None:
    other = FlatScreen(context, BLUE, pygame.Rect(0, 0, 50, 50))
    stack.show(dialog)
    stack.show(other)
    stack.update(0)
    stack.close_dialogs()
    assert stack.screen is ground and stack.dialogs == []
    assert dialog.notes[-1] == other.notes[-1] == "leave"
    assert stack.update(0) == [WINDOW]


def test_what_lies_behind_a_dialog_is_darker_and_the_dialog_is_not(
    stack: Stack, ground: FlatScreen, dialog: FlatScreen
) -> None:
    assert frame(stack).get_at((5, 5))[:3] == RED
    stack.show(dialog)
    surface = frame(stack)
    assert surface.get_at((150, 150))[:3] == BLUE
    shaded = surface.get_at((5, 5))
    assert 100 < shaded.r < 230
    assert surface.get_at((395, 295)) == shaded  # as far as the window reaches


def test_only_what_is_asked_for_is_drawn(stack: Stack, ground: FlatScreen, dialog: FlatScreen) -> None:
    stack.show(dialog)
    ground.notes.clear()
    surface = pygame.Surface(SIZE)
    stack.draw(surface, [pygame.Rect(120, 120, 20, 20)])
    assert "draw" not in ground.notes  # the dialog hides it
    assert surface.get_at((130, 130))[:3] == BLUE and surface.get_at((150, 150))[:3] == (0, 0, 0)
    assert surface.get_clip() == WINDOW
    stack.draw(surface, [pygame.Rect(90, 120, 20, 20)])
    assert "draw" in ground.notes
    stack.draw(surface, [])
    assert ground.notes.count("draw") == 1


def test_parts_that_meet_are_put_together_and_none_reaches_over_the_window(stack: Stack, ground: FlatScreen) -> None:
    ground.asks = [pygame.Rect(10, 10, 20, 20), pygame.Rect(100, 100, 5, 5), pygame.Rect(25, 25, 20, 20)]
    ground.asks += [pygame.Rect(390, 290, 50, 50), pygame.Rect(500, 0, 9, 9)]
    damage = sorted(map(tuple, stack.update(0)))
    assert damage == [(10, 10, 35, 35), (100, 100, 5, 5), (390, 290, 10, 10)]


def test_what_a_dialog_hides_is_not_asked_for(stack: Stack, ground: FlatScreen, dialog: FlatScreen) -> None:
    stack.show(dialog)
    stack.update(0)
    ground.asks = [pygame.Rect(120, 120, 20, 20), pygame.Rect(90, 120, 20, 20)]
    dialog.asks = [pygame.Rect(250, 150, 5, 5)]
    assert sorted(map(tuple, stack.update(0.25))) == [(90, 120, 20, 20), (250, 150, 5, 5)]
    assert ground.notes[-1] == dialog.notes[-1] == "update 0.25"


def test_another_size_or_theme_draws_everything(
    stack: Stack, context: Context, ground: FlatScreen, dialog: FlatScreen
) -> None:
    stack.show(dialog)
    stack.update(0)
    stack.resize((500, 350))
    assert ground.size == dialog.size == (500, 350)
    assert stack.update(0) == [pygame.Rect(0, 0, 500, 350)]
    context.theme = DARK
    assert stack.update(0) == [pygame.Rect(0, 0, 500, 350)]
    assert stack.update(0) == []


def test_dialogs_lay_themselves_out_when_something_is_different(
    stack: Stack, context: Context, ground: FlatScreen, dialog: FlatScreen
) -> None:
    stack.show(dialog)
    stack.update(0)
    dialog.notes.clear()
    context.note_change()
    stack.update(0)
    stack.update(0)
    assert dialog.notes.count("resize") == 1


def test_a_notice_is_drawn_where_it_comes_and_again_where_it_went(hands: Hands) -> None:
    clean = pygame.image.tobytes(hands.surface, "RGB")
    hands.session.context.notices.add("Something to know.")
    damage = hands.frame()
    assert damage and all(rect.height < 100 for rect in damage)
    assert pygame.image.tobytes(hands.surface, "RGB") != clean
    assert hands.frame() == []
    hands.session.context.notices.dismiss()
    assert hands.frame() == damage
    assert pygame.image.tobytes(hands.surface, "RGB") == clean


def test_a_notice_goes_from_where_it_is_after_the_window_has_another_size(hands: Hands) -> None:
    hands.session.context.notices.add("Something to know.")
    hands.frame()
    hands.view.resize((900, 700))
    hands.surface = pygame.Surface((900, 700))
    hands.frame()
    assert hands.view.hits_notice((450, 20))
    hands.session.context.notices.dismiss()
    assert any(rect.collidepoint(450, 20) for rect in hands.frame())
    assert not hands.view.hits_notice((450, 20))


def test_of_two_notices_only_what_differs_is_drawn(hands: Hands) -> None:
    hands.session.context.notices.add("one")
    hands.frame()
    first = pygame.image.tobytes(hands.surface, "RGB")
    hands.session.context.notices.add("two")
    (damage,) = hands.frame()
    assert not damage.collidepoint(hands.view.size[0] / 2, 25)
    assert pygame.image.tobytes(hands.surface, "RGB") != first


def test_it_moves_while_anything_does(stack: Stack, ground: FlatScreen, dialog: FlatScreen) -> None:
    assert not stack.moving
    ground.is_moving = True
    assert stack.moving
    stack.show(dialog)
    assert stack.moving
    ground.is_moving = False
    assert not stack.moving
    dialog.is_moving = True
    assert stack.moving


def test_catching_up_waits_for_every_stroke(stack: Stack, ground: FlatScreen) -> None:
    ground.waits = 4
    stack.catch_up()
    assert not ground.behind
