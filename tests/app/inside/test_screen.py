"""Look inside, driven by keys, mouse and finger: coming and going, and the pen beside the views."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.canvas.view import Canvas
from app.inside.screen import InsideScreen
from app.inside.topic import Topic
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, UPRIGHT, found, on_paper, screen, way
from tests.app.test_pictures import compare, small


@pytest.mark.parametrize(
    "leave",
    [
        lambda hands: hands.key(pygame.K_i, "i"),
        lambda hands: hands.key(pygame.K_ESCAPE),
        lambda hands: hands.click("close"),
        lambda hands: hands.tap("close"),
    ],
)
def test_it_is_left_by_key_cross_and_finger_and_the_drawing_reads_on(
    leave: Callable[[Hands], None], hands: Hands
) -> None:
    drawing_area = screen(hands).drawing_area
    assert hands.session.reader.suspended
    leave(hands)
    assert not hands.view.dialogs and not hands.session.reader.suspended
    assert drawing_area.ink_mask.size < 10  # a hidden paper holds no large pictures
    hands.settle()
    assert hands.session.reader.shown_reading is not None


def test_a_stroke_ends_when_it_is_left(hands: Hands) -> None:
    hands.down(on_paper(hands, 60, 60))
    hands.move(on_paper(hands, 90, 90))
    assert hands.session.ink.busy
    hands.key(pygame.K_ESCAPE)
    assert not hands.view.dialogs and not hands.session.ink.busy


def test_whoever_catches_up_finds_its_paper_drawn_whole(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.down(on_paper(hands, 60, 60))
    for x in range(70, 200, 10):
        hands.move(on_paper(hands, x, 60 + x % 20))
    hands.up(on_paper(hands, 200, 60))
    monkeypatch.setattr(Canvas, "budget", 0.0)
    hands.view.resize((900, 700))
    hands.view.update(0)
    assert screen(hands).drawing_area.behind
    hands.view.catch_up()
    assert not screen(hands).drawing_area.behind


def test_the_menu_opens_it(hands: Hands) -> None:
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_m, "m")
    hands.click("inside")
    assert isinstance(hands.view.screen, InsideScreen)


@pytest.mark.parametrize("way_there", ["keys", "click", "tap", "tab"])
def test_all_views_by_keys_mouse_and_finger(way_there: str, hands: Hands) -> None:
    topics = list(Topic)
    for topic in (*topics[2:], topics[0], Topic.WAY):
        if way_there == "keys":
            hands.key(pygame.K_PAGEDOWN)
        elif way_there == "tab":
            while screen(hands).controls.focused != topic.value or not screen(hands).controls.shows_focus:
                hands.key(pygame.K_TAB)
            hands.key(pygame.K_RETURN, "\r")
        else:
            getattr(hands, way_there)(topic.value)
        assert screen(hands).shown is topic
    hands.key(pygame.K_PAGEUP)
    assert screen(hands).shown is Topic.TOUR


def test_n_shows_the_networks_and_letters_read_nothing(hands: Hands) -> None:
    hands.key(pygame.K_s, "s")
    assert not hands.session.reader.answered
    hands.key(pygame.K_n, "n")
    assert screen(hands).shown is Topic.NETWORKS


@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_what_is_drawn_beside_it_goes_through_the_network(
    make_inside: Callable[..., Hands], size: tuple[int, int]
) -> None:
    hands = make_inside(size)
    before = screen(hands).worker.finding
    assert before is not None and before.network_input is not None
    hands.down(on_paper(hands, 60, 150))
    hands.move(on_paper(hands, 200, 150))
    assert screen(hands).moving
    hands.up(on_paper(hands, 200, 150))
    found(hands)
    after = screen(hands).worker.finding
    assert after is not None and after.network_input is not None
    assert after.revision == hands.session.ink.revision
    assert not np.array_equal(before.network_input.image, after.network_input.image)
    assert len(hands.session.ink.page.strokes) == 2


def test_finger_and_keyboard_draw_too_and_undo_and_clear_work(hands: Hands) -> None:
    ink = hands.session.ink
    hands.finger(pygame.FINGERDOWN, on_paper(hands, 40, 40))
    hands.finger(pygame.FINGERMOTION, on_paper(hands, 90, 60))
    hands.finger(pygame.FINGERUP, on_paper(hands, 90, 60))
    assert len(ink.page.strokes) == 2
    hands.key(pygame.K_SPACE, " ")
    hands.key(pygame.K_RIGHT)
    hands.key(pygame.K_SPACE, " ")
    assert len(ink.page.strokes) == 3
    for number in (2, 1):
        hands.key(pygame.K_u, "u") if number == 2 else hands.click("undo")
        assert len(ink.page.strokes) == number
    hands.tap("clear")
    assert ink.empty
    found(hands)
    hands.key(pygame.K_u, "u")
    hands.key(pygame.K_c, "c")
    assert ink.empty


def test_nothing_is_drawn_when_nothing_changed(hands: Hands) -> None:
    for _ in Topic:
        hands.key(pygame.K_PAGEDOWN)
        found(hands)
        assert hands.frame() == [] and not hands.view.moving


def test_a_moving_pen_damages_little_until_something_is_found(hands: Hands) -> None:
    hands.down(on_paper(hands, 40, 200))
    found_before = screen(hands).worker.finding
    screen(hands).worker.follow = lambda query: False  # type: ignore[method-assign]
    hands.frame()
    hands.view.take(
        pygame.event.Event(pygame.MOUSEMOTION, pos=on_paper(hands, 44, 200), rel=(4, 0), buttons=(1, 0, 0), touch=False)
    )
    damage = hands.frame()
    assert screen(hands).worker.finding is found_before
    assert 0 < sum(rect.width * rect.height for rect in damage) < 60 * 60


@pytest.mark.parametrize(
    ("topic", "size", "theme"),
    [
        (Topic.WAY, SIZE, "light"),
        (Topic.WAY, UPRIGHT, "dark"),
        (Topic.WHY, SIZE, "dark"),
        (Topic.NETWORKS, SIZE, "light"),
    ],
)
def test_pictures(topic: Topic, size: tuple[int, int], theme: str, make_inside: Callable[..., Hands]) -> None:
    hands = make_inside(size)
    if theme == "dark":
        hands.key(pygame.K_t, "t")
    while screen(hands).shown is not topic:
        hands.key(pygame.K_PAGEDOWN)
    found(hands)
    if topic is Topic.WAY:
        hands.move(way(hands).columns[1].tile(2).center, pressed=False)
    elif topic is Topic.NETWORKS:  # the times differ from run to run
        hands.surface.fill((0, 0, 0), screen(hands).layout.main)
    compare(f"inside-{topic.value}-{theme}", small(hands.surface))


@pytest.mark.parametrize(("size", "invited"), [((480, 320), False), ((1180, 720), True)])
def test_only_paper_with_room_for_it_invites(
    size: tuple[int, int], invited: bool, make_inside: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    monkeypatch.setattr("app.tabs.screen.draw_invitation", lambda *parts: drawn.append(parts))
    hands = make_inside(size)
    hands.session.ink.clear()
    hands.frame()
    assert bool(drawn) is invited
