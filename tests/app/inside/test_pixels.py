"""Pixels by hand: painted and wiped by mouse, finger and keys, undone, and changed into another digit."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.inside.pixels import PixelsView
from app.inside.worker import Finding
from model.explanation.counterfactual import Counterfactual
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, UPRIGHT, found, pixels, screen


def by_hand(hands: Hands) -> PixelsView:
    view = screen(hands).view
    assert isinstance(view, PixelsView)
    return view


def place(hands: Hands, row: int, column: int) -> tuple[float, float]:
    grid = by_hand(hands).places.grid
    cell = grid.width / 28
    return grid.left + (column + 0.5) * cell, grid.top + (row + 0.5) * cell


def finding(hands: Hands) -> Finding:
    found(hands)
    now = screen(hands).worker.finding
    assert now is not None
    return now


def seen(hands: Hands) -> np.ndarray:
    """The picture that the network was given."""
    network_input = finding(hands).network_input
    assert network_input is not None
    return network_input.image


def answer(hands: Hands) -> int:
    """The digit that is read."""
    reading = finding(hands).reading
    assert reading is not None and reading.digit is not None
    return reading.digit


@pytest.fixture
def hands(hands: Hands) -> Hands:
    hands.click("pixels")
    found(hands)
    return hands


@pytest.mark.parametrize("size", [SIZE, UPRIGHT, (800, 600)])
def test_grid_way_and_digits_have_their_places(make_inside: Callable[..., Hands], size: tuple[int, int]) -> None:
    hands = make_inside(size)
    hands.click("pixels")
    found(hands)
    places = by_hand(hands).places
    assert screen(hands).layout.paper.contains(places.grid) and places.grid.width % 28 == 0
    assert places.flow.collidelist([places.card, places.grid]) == -1
    assert all(places.card.contains(digit) for digit in places.digits)
    assert len(by_hand(hands).flow.columns) == 6
    assert all(places.flow.contains(column.rect) for column in by_hand(hands).flow.columns)


@pytest.mark.parametrize("point", ["mouse", "finger"])
def test_a_cell_is_painted_and_wiped_and_the_network_follows(point: str, hands: Hands) -> None:
    own = by_hand(hands).picture
    before = finding(hands)
    assert own.any() and own[2, 2] == 0

    def press(row: int, column: int) -> None:
        if point == "mouse":
            hands.down(place(hands, row, column))
            hands.up(place(hands, row, column))
        else:
            hands.finger(pygame.FINGERDOWN, place(hands, row, column))
            hands.finger(pygame.FINGERUP, place(hands, row, column))

    plain = pixels(hands, by_hand(hands).places.grid)
    press(2, 2)
    after = finding(hands)
    assert after.network_input is not None and before.reading is not None and after.reading is not None
    assert after.network_input.image[2, 2] == 1
    assert np.any(after.reading.probabilities != before.reading.probabilities)
    assert np.any(pixels(hands, by_hand(hands).places.grid) != plain)
    press(2, 2)
    np.testing.assert_array_equal(by_hand(hands).picture, own)
    row, column = (int(at) for at in np.unravel_index(own.argmax(), own.shape))
    press(row, column)
    assert by_hand(hands).picture[row, column] == 0
    assert seen(hands)[row, column] == 0


def test_a_fast_stroke_leaves_no_gaps_and_paints_only(hands: Hands) -> None:
    hands.down(place(hands, 1, 1))
    hands.move(place(hands, 1, 20))
    hands.move(place(hands, 0, 20))
    hands.up(place(hands, 0, 20))
    hands.move(place(hands, 26, 26), pressed=False)
    picture = by_hand(hands).picture
    assert (picture[1, 1:21] == 255).all() and picture[0, 20] == 255 and picture[26, 26] == 0


def test_keys_move_the_cursor_and_space_paints(hands: Hands) -> None:
    view = by_hand(hands)
    for _ in range(14):
        hands.key(pygame.K_UP)
        hands.key(pygame.K_LEFT)
    assert view.cursor == (0, 0) and screen(hands).controls.shows_focus
    hands.hold(pygame.K_SPACE)
    hands.key(pygame.K_RIGHT)
    hands.key(pygame.K_DOWN)
    hands.release(pygame.K_SPACE)
    hands.key(pygame.K_DOWN)
    picture = view.picture
    assert picture[0, 0] == picture[0, 1] == picture[1, 1] == 255 and picture[2, 1] == 0
    hands.hold(pygame.K_SPACE)
    hands.release(pygame.K_SPACE)
    assert view.picture[2, 1] == 255
    hands.key(pygame.K_TAB)
    hands.key(pygame.K_SPACE, " ")  # now "Undo" has the focus
    assert view.picture[2, 1] == 0 and view.picture[1, 1] == 255


def test_undo_clear_and_the_own_drawing(hands: Hands) -> None:
    view = by_hand(hands)
    own = view.picture
    strokes = hands.session.ink.page.strokes
    hands.down(place(hands, 1, 1))
    hands.up(place(hands, 1, 1))
    hands.key(pygame.K_c, "c")
    assert not view.picture.any() and finding(hands).reading is None
    hands.key(pygame.K_u, "u")
    assert view.picture[1, 1] == 255
    hands.tap("undo")
    np.testing.assert_array_equal(view.picture, own)
    for way in ("key", "click", "tap"):
        hands.click("clear")
        if way == "key":
            hands.key(pygame.K_o, "o")
        else:
            getattr(hands, way)("own")
        assert np.array_equal(view.picture, own) and view.query.pixels == b""
    assert hands.session.ink.page.strokes == strokes  # the drawing itself stays


def test_another_drawing_has_its_own_picture(hands: Hands) -> None:
    hands.click("clear")
    hands.click("way")
    hands.key(pygame.K_u, "u")
    hands.click("pixels")
    found(hands)
    assert by_hand(hands).query.pixels == b"" and not by_hand(hands).picture.any()
    hands.down(place(hands, 9, 9))
    hands.up(place(hands, 9, 9))
    assert finding(hands).reading is not None


@pytest.mark.parametrize("way", ["key", "click", "tap"])
def test_the_smallest_change_is_played_pixel_by_pixel(way: str, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    view = by_hand(hands)
    own = view.picture
    wanted = own.copy()
    wanted[4:7, 3] = 255
    wanted[own.argmax() // 28, own.argmax() % 28] = 0

    def change(*_: object, **__: object) -> Counterfactual:
        image = wanted / np.float32(255)
        return Counterfactual(image, image - own / np.float32(255), 0.9)

    monkeypatch.setattr("model.explanation.counterfactual.find_counterfactual", change)
    digit = (answer(hands) + 1) % 10
    if way == "key":
        hands.key(pygame.K_0 + digit, str(digit))
    else:
        getattr(hands, way)(f"become {digit}")
    counts = [0]
    while screen(hands).moving:
        hands.frame(0.05)
        if view.played is not None and view.played[0] != counts[-1]:
            counts.append(view.played[0])
            assert int((view.picture != own).sum()) == counts[-1]
    assert counts == [0, 1, 2, 3, 4] and view.played == (4, 4)
    np.testing.assert_array_equal(view.picture, wanted)
    assert seen(hands).sum() == pytest.approx(wanted.sum() / 255, rel=1e-5)
    hands.key(pygame.K_u, "u")
    np.testing.assert_array_equal(view.picture, own)


def test_what_it_is_already_needs_no_change_and_a_stroke_ends_the_question(hands: Hands) -> None:
    view = by_hand(hands)
    digit = answer(hands)
    hands.key(pygame.K_0 + digit, str(digit))
    found(hands)
    assert view.asked == digit and view.played is None and view.query.pixels == b""
    hands.down(place(hands, 1, 1))
    hands.up(place(hands, 1, 1))
    assert view.asked is None


def test_a_window_of_another_size_keeps_the_picture(hands: Hands) -> None:
    hands.down(place(hands, 1, 1))
    hands.up(place(hands, 1, 1))
    picture = by_hand(hands).picture
    hands.view.resize(UPRIGHT)
    hands.surface = pygame.Surface(UPRIGHT)
    found(hands)
    np.testing.assert_array_equal(by_hand(hands).picture, picture)
    hands.down(place(hands, 3, 3))
    assert by_hand(hands).picture[3, 3] == 255


def test_without_a_network_one_can_paint_all_the_same(hands: Hands) -> None:
    hands.session.reader.current = None
    found(hands)
    hands.down(place(hands, 1, 1))
    hands.up(place(hands, 1, 1))
    hands.key(pygame.K_3, "3")
    found(hands)
    assert by_hand(hands).picture[1, 1] == 255 and not hands.view.moving
