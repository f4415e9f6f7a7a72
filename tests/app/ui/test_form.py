"""Forms: choosing, typing, stepping and scrolling, by keyboard, mouse and finger."""

from dataclasses import replace

import pygame
import pytest

from app.commands import Command
from app.ui.form import WHEEL, Form
from app.ui.form_fields import FormField, Option
from app.ui.screen import Action
from tests.app.ui.board import Board, context

SIZES = (Option("s", "small"), Option("m", "middle"), Option("l", "large", "the largest"))


class Order(Form):
    """Two fields with chips, a number with steps, a text, and as many more texts as there are to be."""

    title = "menu.title"
    start = "retrain.begin"
    promise = "retrain.promise"

    def __init__(self, more: int = 0) -> None:
        super().__init__(context())
        self.values = {"size": "m", "colour": "", "count": "3", "name": ""}
        self.values |= {f"more-{i}": "" for i in range(more)}
        self.wrong = ""
        self.submitted = 0

    def fields_now(self) -> list[FormField]:
        values = self.values
        colours = (Option("red", "red"), Option("blue", "blue"))
        fields = [
            FormField("size", "Size", SIZES, values["size"]),
            FormField("colour", "Colour", colours, values["colour"]),
            FormField("count", "Count", value=values["count"], steps=True, wrong=self.wrong),
        ]
        texts = [name for name in values if name not in ("size", "colour", "count")]
        return fields + [FormField(name, name, value=values[name], empty="none") for name in texts]

    def answer(self, name: str, value: str) -> None:
        self.values[name] = value

    def step(self, name: str, *, up: bool) -> None:
        self.values[name] = str(int(self.values[name]) + (1 if up else -1))

    def submit(self) -> Action:
        self.submitted += 1
        return Command.BACK


@pytest.fixture
def board() -> Board:
    return Board(Order())


@pytest.fixture
def long() -> Board:
    return Board(Order(more=20))


def order(board: Board) -> Order:
    assert isinstance(board.dialog, Order)
    return board.dialog


def test_a_chip_chooses_its_option(board: Board) -> None:
    board.click("size=l")
    board.click("colour=blue")
    assert order(board).values["size"] == "l" and order(board).values["colour"] == "blue"
    assert board.is_up_to_date()


def test_buttons_beside_a_number_step_it(board: Board) -> None:
    board.click("count>")
    board.click("count>")
    board.click("count<")
    assert order(board).values["count"] == "4"
    assert board.is_up_to_date()


def test_a_text_is_typed_where_the_focus_is(board: Board) -> None:
    board.key(pygame.K_a, "a")
    assert order(board).values["name"] == ""
    board.click("name")
    assert board.dialog.controls.state_of("name").focused
    for letter in "abc":
        board.key(ord(letter), letter)
    board.key(pygame.K_BACKSPACE, "\b")
    assert order(board).values["name"] == "ab"
    assert board.is_up_to_date()


def test_arrows_go_from_field_to_field_and_choose(board: Board) -> None:
    board.key(pygame.K_DOWN)
    assert board.dialog.controls.focused == "size=m"
    board.key(pygame.K_RIGHT)
    assert order(board).values["size"] == "l" and board.dialog.controls.focused == "size=l"
    board.key(pygame.K_RIGHT)
    assert order(board).values["size"] == "s"
    board.key(pygame.K_LEFT)
    assert order(board).values["size"] == "l"
    board.key(pygame.K_DOWN)
    assert board.dialog.controls.focused == "colour=red"  # nothing is chosen: the first
    board.key(pygame.K_DOWN)
    assert board.dialog.controls.focused == "count"
    board.key(pygame.K_LEFT)
    assert order(board).values["count"] == "2"
    board.key(pygame.K_UP)
    board.key(pygame.K_UP)
    board.key(pygame.K_UP)
    assert board.dialog.controls.focused == "size=l"
    assert board.is_up_to_date()


def test_up_begins_at_the_last_field(board: Board) -> None:
    board.key(pygame.K_UP)
    assert board.dialog.controls.focused == "name"


def test_arrows_step_a_number_from_its_buttons_too(board: Board) -> None:
    board.dialog.controls.focused, board.dialog.controls.shows_focus = "count<", True
    board.key(pygame.K_RIGHT)
    assert order(board).values["count"] == "4"
    board.key(pygame.K_DOWN)
    assert board.dialog.controls.focused == "name"


def test_enter_submits_but_on_a_chip_that_is_not_chosen_chooses_it(board: Board) -> None:
    assert board.key(pygame.K_RETURN, "\r") is Command.BACK
    board.key(pygame.K_TAB)
    board.key(pygame.K_TAB)
    assert board.dialog.controls.focused == "size=s"
    board.key(pygame.K_RETURN, "\r")
    assert order(board).values["size"] == "s" and order(board).submitted == 1
    board.key(pygame.K_RETURN, "\r")
    assert order(board).submitted == 2
    board.click("start")
    assert order(board).submitted == 3
    board.click("name")
    board.key(pygame.K_RETURN, "\r")
    assert order(board).submitted == 4


def test_a_step_button_is_pressed_by_space(board: Board) -> None:
    board.dialog.controls.focused, board.dialog.controls.shows_focus = "count>", True
    board.key(pygame.K_SPACE, " ")
    assert order(board).values["count"] == "4"
    board.key(pygame.K_RETURN, "\r")
    assert order(board).values["count"] == "5" and not order(board).submitted


@pytest.mark.parametrize("steps", [-1, -3])
def test_the_wheel_turned_down_shows_what_is_below(steps: int, long: Board) -> None:
    long.pointer("wheel", long.dialog.layout.body.center, steps)
    long.settle()
    assert long.dialog.scroller.place == pytest.approx(-steps * WHEEL * long.dialog.layout.unit)
    assert long.is_up_to_date()


def test_a_finger_drags_the_fields_and_presses_none(long: Board) -> None:
    body = long.dialog.layout.body
    chip = long.dialog.controls.named("count")
    assert chip is not None
    long.pointer("down", chip.rect.center)
    x, y = chip.rect.center
    for step in range(1, 6):
        long.pointer("move", (x, y - 20 * step))
    assert long.dialog.scroller.place == 100
    assert long.dialog.controls.pressed is None
    long.pointer("up", (x, y - 100))
    assert not long.dialog.controls.shows_focus
    assert long.dialog.scroller.place >= 100
    long.settle()
    assert long.is_up_to_date()
    placed = long.dialog.controls.named("count")
    assert placed is not None and placed.rect.top < max(chip.rect.top - 99, body.top + 1)


def test_a_form_that_is_short_does_not_scroll_and_takes_a_wandering_press(board: Board) -> None:
    chip = board.dialog.controls.named("size=l")
    assert chip is not None
    board.pointer("down", chip.rect.midtop)
    board.pointer("move", chip.rect.center)
    board.pointer("up", chip.rect.center)
    assert order(board).values["size"] == "l"


def test_what_is_scrolled_away_cannot_be_pressed_but_has_the_focus_and_comes_into_sight(long: Board) -> None:
    away = long.dialog.controls.named("more-19")
    assert away is not None and not away.rect.height
    long.key(pygame.K_UP)
    assert long.dialog.controls.focused == "more-19"
    long.settle()
    seen = long.dialog.controls.named("more-19")
    assert seen is not None and long.dialog.layout.body.contains(seen.rect) and seen.rect.height
    assert long.is_up_to_date()


def test_page_keys_scroll(long: Board) -> None:
    long.key(pygame.K_PAGEDOWN)
    long.settle()
    page = long.dialog.scroller.place
    assert 0.5 * long.dialog.layout.body.height < page < long.dialog.layout.body.height
    long.key(pygame.K_PAGEDOWN)
    long.settle()
    assert long.dialog.scroller.place > page
    long.key(pygame.K_PAGEUP)
    long.key(pygame.K_PAGEUP)
    long.settle()
    assert long.dialog.scroller.place == 0


def test_a_form_that_shrinks_shows_again_what_lay_behind_it() -> None:
    board = Board(Order(more=3), (1180, 1000))
    before = board.dialog.layout.dialog
    order(board).values = {name: order(board).values[name] for name in ("size", "colour", "count", "name")}
    board.dialog.refresh()
    damage = board.frame()
    assert board.dialog.layout.dialog.height < before.height
    assert any(rect.contains(before) for rect in damage)
    assert board.is_up_to_date()


def test_what_is_wrong_stands_below_its_field(board: Board) -> None:
    before = pygame.image.tobytes(board.surface, "RGB")
    order(board).wrong = "A whole number."
    board.dialog.refresh()
    board.frame()
    assert pygame.image.tobytes(board.surface, "RGB") != before
    assert board.is_up_to_date()


def test_nothing_is_drawn_while_nothing_changes(board: Board) -> None:
    assert board.frame() == []
    board.pointer("move", board.dialog.layout.title.center)
    assert board.frame() == []


def test_a_field_knows_its_chosen_option() -> None:
    field = FormField("size", "Size", SIZES, "m")
    assert field.chosen.value == "m"
    assert replace(field, value="").chosen.value == "s"
