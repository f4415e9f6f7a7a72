"""Dialogs and lists: closing, choosing, moving the focus, scrolling, and what is drawn for it."""

import pygame
import pytest

from app.commands import Command
from app.ui.list_dialog import ListDialog, Row
from app.ui.screen import Action
from tests.app.ui.board import Board, context

CHOSEN = Command.HELP  # what choosing a row returns here


class Numbers(ListDialog[int]):
    """Rows with numbers; every fifth is off."""

    title = "menu.title"

    def __init__(self, count: int, *, enabled: bool = True, columns: int = 1) -> None:
        super().__init__(context())
        self.count, self.enabled, self._columns = count, enabled, columns
        self.asked = 0
        self.chosen: list[int] = []

    @property
    def columns(self) -> int:
        return self._columns

    def list_rows(self) -> list[Row[int]]:
        self.asked += 1
        on = [self.enabled and i % 5 != 4 for i in range(self.count)]
        return [Row(f"row {i}", f"number {i}", i, enabled=on[i], detail="d", group=i == 2) for i in range(self.count)]

    def choose(self, value: int) -> Action:
        self.chosen.append(value)
        return CHOSEN


def numbers(board: Board) -> Numbers:
    assert isinstance(board.dialog, Numbers)
    return board.dialog


@pytest.fixture
def short() -> Board:
    return Board(Numbers(4))


@pytest.fixture
def long() -> Board:
    return Board(Numbers(60))


def beside(board: Board) -> tuple[float, float]:
    return board.dialog.layout.dialog.left - 5, 300


def test_a_press_beside_it_closes_it(short: Board) -> None:
    assert short.press(beside(short)) is Command.BACK


def test_the_cross_closes_it(short: Board) -> None:
    assert short.click("close") is Command.BACK


def test_a_press_that_begins_or_ends_on_it_does_not_close_it(short: Board) -> None:
    inside = short.dialog.layout.title.center
    short.pointer("down", inside)
    assert short.pointer("up", beside(short)) is None
    short.pointer("down", beside(short))
    assert short.pointer("up", inside) is None
    assert short.pointer("up", beside(short)) is None  # a press that began elsewhere


def test_a_press_that_was_cancelled_does_not_close_it(short: Board) -> None:
    short.pointer("down", beside(short))
    short.pointer("cancel")
    assert short.pointer("up", beside(short)) is None


def test_a_row_is_chosen_by_its_value(short: Board) -> None:
    assert short.click("row 2") is CHOSEN
    assert numbers(short).chosen == [2]


def test_a_row_that_is_off_is_not_chosen() -> None:
    board = Board(Numbers(6))
    assert board.click("row 4") is None
    assert not numbers(board).chosen


def test_arrows_pass_over_rows_that_are_off_and_stop_at_the_ends() -> None:
    board = Board(Numbers(7))
    seen = []
    for _ in range(7):
        board.key(pygame.K_DOWN)
        seen.append(board.dialog.controls.focused)
    assert seen == ["row 0", "row 1", "row 2", "row 3", "row 5", "row 6", "row 6"]
    for _ in range(7):
        board.key(pygame.K_UP)
    assert board.dialog.controls.focused == "row 0"
    assert board.key(pygame.K_RETURN, "\r") is CHOSEN
    assert numbers(board).chosen == [0]
    assert board.is_up_to_date()


def test_up_begins_at_the_end() -> None:
    board = Board(Numbers(4))
    board.key(pygame.K_UP)
    assert board.dialog.controls.focused == "row 3"


def test_the_list_follows_the_focus(long: Board) -> None:
    for code, name in ((pygame.K_END, "row 58"), (pygame.K_HOME, "row 0"), (pygame.K_PAGEDOWN, None)):
        long.key(code)
        long.settle()
        focused = long.dialog.controls.focused
        control = long.dialog.controls.named(focused)
        assert control is not None and name in (None, focused)
        assert long.dialog.layout.body.contains(control.rect)
        assert control.rect.height == round(44 * long.dialog.layout.unit)
        assert long.is_up_to_date()
    page = int(str(long.dialog.controls.focused).split()[1])
    assert 5 < page < 16
    long.key(pygame.K_PAGEUP)
    assert long.dialog.controls.focused == "row 0"


def test_tab_brings_a_row_into_sight_too(long: Board) -> None:
    for _ in range(2):
        long.key(pygame.K_TAB, shift=True)
    long.settle()
    assert long.dialog.controls.focused == "row 57"
    assert long.dialog.scroller.place == pytest.approx(long.dialog.scroller.farthest, abs=60)


def test_the_wheel_scrolls_by_a_row_and_the_rows_go_along(long: Board) -> None:
    before = long.dialog.controls.named("row 5")
    long.pointer("wheel", long.dialog.layout.body.center, -2)
    long.settle()
    after = long.dialog.controls.named("row 5")
    assert before is not None and after is not None
    assert before.rect.top - after.rect.top == 2 * before.rect.height
    first = long.dialog.controls.named("row 0")
    assert first is not None and not first.rect.height
    assert long.is_up_to_date()


def test_a_drag_scrolls_and_chooses_nothing(long: Board) -> None:
    assert long.drag(long.dialog.layout.body.center, -100) is None
    assert not numbers(long).chosen
    assert long.dialog.scroller.place >= 100
    assert long.dialog.controls.pressed is None
    long.settle()
    assert long.is_up_to_date()


def test_a_press_after_a_drag_chooses_again(long: Board) -> None:
    long.drag(long.dialog.layout.body.center, -100)
    long.dialog.scroller.jump(0)
    long.frame()
    assert long.click("row 1") is CHOSEN


def test_scrolling_asks_for_no_rows_and_draws_only_the_list(long: Board) -> None:
    asked = numbers(long).asked
    long.pointer("wheel", (0, 0), -2)
    damage = long.frame()
    assert numbers(long).asked == asked
    assert damage and all(long.dialog.layout.dialog.contains(rect) for rect in damage)
    assert not any(rect.colliderect(long.dialog.layout.title) for rect in damage)


def test_rows_without_any_to_press_scroll_by_arrows() -> None:
    board = Board(Numbers(60, enabled=False))
    board.key(pygame.K_DOWN)
    board.settle()
    assert board.dialog.scroller.place == pytest.approx(board.dialog.layout.body.height / 11, abs=30)
    board.key(pygame.K_UP)
    board.settle()
    assert board.dialog.scroller.place == 0


def test_in_two_columns_the_focus_is_followed_down_the_second() -> None:
    board = Board(Numbers(60, columns=2))
    first, second = (board.dialog.controls.named(name) for name in ("row 0", "row 30"))
    assert first is not None and second is not None
    assert first.rect.top == second.rect.top and first.rect.right == second.rect.left
    board.key(pygame.K_END)
    board.settle()
    assert board.dialog.scroller.place == pytest.approx(board.dialog.scroller.farthest, abs=40)
    board.dialog.controls.focused = "row 30"
    numbers(board).follow_focus()
    board.settle()
    assert board.dialog.scroller.place == 0


def test_a_list_is_as_high_as_its_rows() -> None:
    heights = [Board(Numbers(count)).dialog.layout.dialog.height for count in (2, 3, 4)]
    assert heights[2] - heights[1] == heights[1] - heights[0] > 0


def test_an_empty_list_can_be_opened_and_closed() -> None:
    board = Board(Numbers(0))
    board.key(pygame.K_DOWN)
    board.key(pygame.K_END)
    assert board.click("close") is Command.BACK


def test_fewer_rows_are_shown_from_where_there_still_are_some(long: Board) -> None:
    long.key(pygame.K_END)
    long.settle()
    numbers(long).count = 20
    long.dialog.refresh()
    assert long.dialog.scroller.place == long.dialog.scroller.farthest
    long.frame()
    assert long.is_up_to_date()


def test_it_is_drawn_again_when_the_texts_are_others_and_not_otherwise(short: Board) -> None:
    assert short.frame() == []
    short.dialog.context.note_change()
    assert short.frame()
    assert short.frame() == []


def test_hover_press_and_focus_are_drawn(short: Board) -> None:
    control = short.dialog.controls.named("row 1")
    assert control is not None
    looks = {pygame.image.tobytes(short.surface, "RGB")}
    short.pointer("move", control.rect.center)
    looks.add(pygame.image.tobytes(short.surface, "RGB"))
    short.pointer("down", control.rect.center)
    looks.add(pygame.image.tobytes(short.surface, "RGB"))
    short.pointer("cancel")
    short.key(pygame.K_DOWN)
    looks.add(pygame.image.tobytes(short.surface, "RGB"))
    assert len(looks) == 4
    assert short.is_up_to_date()
