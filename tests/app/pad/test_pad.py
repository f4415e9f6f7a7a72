"""The drawing screen, driven by a hand's events."""

import itertools
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pygame
import pytest

from app.canvas.ink import BRUSH, BRUSHES
from app.session.session import Session
from tests.app.conftest import FakeReader
from tests.app.hands import Hands


def test_draw_press_s_and_read_the_answer(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    assert not hands.session.reader.answered
    hands.key(pygame.K_s, "s")
    assert hands.session.reader.answered
    words = hands.view.pad.answer
    assert (words.glyph, words.headline) == ("7", "It is a 7.")
    assert "98.6" in words.detail
    hands.settle()
    assert hands.view.pad.bars.shown[7] == pytest.approx(0.986)


@pytest.mark.parametrize("way", ["key", "enter", "click", "tap", "menu"])
def test_key_button_tap_and_menu_are_one_wish(way: str, hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    if way == "key":
        hands.key(pygame.K_s, "s")
    elif way == "enter":
        hands.key(pygame.K_RETURN, "\r")
    elif way == "click":
        hands.click("read")
    elif way == "tap":
        hands.tap("read")
    else:
        hands.key(pygame.K_m, "m")
        hands.click("read")
    assert hands.session.reader.answered
    assert not hands.view.dialogs


def test_an_empty_page_gives_no_answer_and_no_bars(hands: Hands, reader: FakeReader) -> None:
    hands.key(pygame.K_s, "s")
    assert hands.session.reader.shown_reading is None
    assert not hands.view.pad.bars.filled
    assert reader.asked == 0
    assert hands.session.context.notices.items


def test_bars_follow_the_pen_while_live_and_stay_empty_otherwise(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.settle()
    assert hands.view.pad.bars.filled
    hands.key(pygame.K_c, "c")
    hands.settle()
    assert not hands.view.pad.bars.filled
    assert not hands.view.pad.bars.shown.any()
    hands.key(pygame.K_l, "l")
    hands.draw((60, 60), (190, 60))
    hands.settle()
    assert not hands.view.pad.bars.filled


def test_drawing_on_after_an_answer_takes_the_answer_back(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_s, "s")
    hands.draw((60, 90), (190, 90))
    assert not hands.session.reader.answered
    hands.key(pygame.K_u, "u")
    assert len(hands.session.ink.page.strokes) == 1


def test_bars_move_smoothly_and_arrive(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_s, "s")
    seen = [float(hands.view.pad.bars.shown[7])]
    while hands.view.pad.bars.moving:
        hands.frame()
        seen.append(float(hands.view.pad.bars.shown[7]))
    assert seen == sorted(seen)
    assert len(seen) > 8
    assert seen[-1] == pytest.approx(0.986)


def test_undo_and_redo_by_key_and_button(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.draw((60, 90), (190, 90))
    hands.key(pygame.K_z, mod=pygame.KMOD_LCTRL)
    assert len(hands.session.ink.page.strokes) == 1
    hands.click("undo")
    assert hands.session.ink.empty
    hands.click("redo")
    hands.key(pygame.K_y, mod=pygame.KMOD_LCTRL)
    assert len(hands.session.ink.page.strokes) == 2


def test_clear_loses_nothing(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    before = hands.session.ink.page
    hands.click("clear")
    assert hands.session.ink.empty
    hands.key(pygame.K_u, "u")
    assert hands.session.ink.page is before


def test_brackets_change_the_pen(hands: Hands) -> None:
    hands.key(pygame.K_RIGHTBRACKET, "]")
    assert hands.session.settings.brush > BRUSH
    hands.click("thinner")
    hands.click("thinner")
    assert hands.session.settings.brush < BRUSH
    for _ in range(10):
        hands.key(pygame.K_8, "[", pygame.KMOD_RALT)
    assert hands.session.settings.brush == BRUSHES[0]
    hands.draw((60, 60), (190, 60))
    assert hands.session.ink.page.strokes[0].width == BRUSHES[0]


def test_the_eraser_takes_ink_away_and_e_gives_the_pen_back(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_e, "e")
    hands.draw((125, 20), (125, 100))
    assert len(hands.session.ink.page.strokes) == 2
    hands.key(pygame.K_e, "e")
    hands.draw((60, 90), (190, 90))
    assert len(hands.session.ink.page.strokes) == 3


def test_a_finger_draws_once_though_its_echo_comes_as_mouse_events(hands: Hands) -> None:
    start, end = hands.on_paper(60, 60), hands.on_paper(190, 60)
    hands.finger(pygame.FINGERDOWN, start)
    hands.down(start, touch=True)
    hands.finger(pygame.FINGERMOTION, end)
    hands.move(end, touch=True)
    hands.finger(pygame.FINGERUP, end)
    hands.up(end, touch=True)
    (stroke,) = hands.session.ink.page.strokes
    assert len(stroke.points) == 2
    assert not hands.session.ink.busy


def test_a_second_finger_does_not_draw(hands: Hands) -> None:
    hands.finger(pygame.FINGERDOWN, hands.on_paper(60, 60), 1)
    hands.finger(pygame.FINGERDOWN, hands.on_paper(200, 200), 2)
    hands.finger(pygame.FINGERMOTION, hands.on_paper(210, 210), 2)
    hands.finger(pygame.FINGERUP, hands.on_paper(210, 210), 2)
    assert hands.session.ink.pen_down
    hands.finger(pygame.FINGERUP, hands.on_paper(60, 60), 1)
    (stroke,) = hands.session.ink.page.strokes
    assert len(stroke.points) == 1


@pytest.mark.parametrize("event", [pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED])
def test_the_pen_never_sticks_when_the_window_is_left(event: int, hands: Hands) -> None:
    hands.down(hands.on_paper(60, 60))
    hands.move(hands.on_paper(100, 60))
    hands.post(event)
    assert not hands.session.ink.busy
    hands.move(hands.on_paper(200, 200), pressed=False)
    (stroke,) = hands.session.ink.page.strokes
    assert len(stroke.points) == 2


def test_letting_go_outside_ends_the_stroke(hands: Hands) -> None:
    hands.down(hands.on_paper(60, 60))
    hands.move((-50, -50))
    hands.up((-50, -50))
    assert not hands.session.ink.busy


def test_resizing_in_the_middle_of_a_stroke_goes_on_with_it(hands: Hands) -> None:
    hands.down(hands.on_paper(60, 60))
    hands.move(hands.on_paper(100, 60))
    hands.surface = pygame.Surface((1600, 900))
    hands.view.resize((1600, 900))
    hands.frame()
    hands.move(hands.on_paper(180, 60))
    hands.up(hands.on_paper(180, 60))
    (stroke,) = hands.session.ink.page.strokes
    assert stroke.points[-1] == pytest.approx((180, 60), abs=0.5)


def test_opening_the_menu_lifts_the_pen(hands: Hands) -> None:
    hands.down(hands.on_paper(60, 60))
    hands.key(pygame.K_m, "m")
    assert not hands.session.ink.busy
    hands.move(hands.on_paper(100, 60))
    assert len(hands.session.ink.page.strokes[0].points) == 1


def test_space_and_arrows_draw(hands: Hands) -> None:
    hands.key(pygame.K_SPACE, " ")
    hands.hold(pygame.K_RIGHT)
    for _ in range(30):
        hands.frame()
    hands.release(pygame.K_RIGHT)
    hands.key(pygame.K_SPACE, " ")
    (stroke,) = hands.session.ink.page.strokes
    assert stroke.points[-1][0] - stroke.points[0][0] > 30
    assert not hands.session.ink.busy
    hands.hold(pygame.K_DOWN)
    hands.post(pygame.WINDOWFOCUSLOST)
    place = hands.view.pad.drawing_area.pen.place
    hands.frame()
    assert hands.view.pad.drawing_area.pen.place == place


def test_tab_reaches_every_button_and_enter_presses_it(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_u, "u")
    hands.draw((60, 60), (190, 60))
    seen = []
    for _ in range(len(hands.view.pad.controls.items)):
        hands.key(pygame.K_TAB, "\t")
        seen.append(hands.view.pad.controls.focused)
    assert {"canvas", "read", "undo", "clear", "eraser", "thinner", "thicker", "open", "save", "live", "menu"} <= set(
        seen
    )
    while hands.view.pad.controls.focused != "clear":
        hands.key(pygame.K_TAB, "\t", pygame.KMOD_LSHIFT)
    hands.key(pygame.K_RETURN, "\r")
    assert hands.session.ink.empty
    assert not hands.session.reader.answered


def test_nothing_is_drawn_when_nothing_changed(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.settle()
    assert hands.frame() == []
    assert not hands.view.moving
    hands.move((5, 5), pressed=False)
    assert hands.frame() == []


def test_what_is_drawn_in_parts_is_the_same_as_all_at_once(hands: Hands) -> None:
    """Damage is complete: after many acts the window shows what a whole new frame shows."""
    acts: list[Callable[[], None]] = [
        lambda: hands.draw((60, 60), (190, 60), (110, 220)),
        lambda: hands.key(pygame.K_s, "s"),
        lambda: hands.key(pygame.K_RIGHTBRACKET, "]"),
        lambda: hands.move(hands.on_paper(30, 200), pressed=False),
        lambda: hands.key(pygame.K_e, "e"),
        lambda: hands.draw((125, 20), (125, 100)),
        lambda: hands.key(pygame.K_TAB, "\t"),
        lambda: hands.key(pygame.K_TAB, "\t"),
        lambda: hands.key(pygame.K_m, "m"),
        lambda: hands.key(pygame.K_DOWN),
        lambda: hands.key(pygame.K_ESCAPE),
        lambda: hands.key(pygame.K_t, "t"),
        lambda: hands.move(hands.rect("menu").center, pressed=False),
        lambda: hands.post(pygame.WINDOWLEAVE),
        lambda: hands.key(pygame.K_c, "c"),
        lambda: hands.key(pygame.K_s, "s"),
        lambda: hands.key(pygame.K_u, "u"),
        lambda: hands.key(pygame.K_l, "l"),
        lambda: hands.key(pygame.K_SPACE, " "),
        lambda: hands.session.context.notices.dismiss(),
    ]
    for number, act in enumerate(acts):
        act()
        hands.settle()
        whole = pygame.Surface(hands.view.size)
        hands.view.draw(whole, [whole.get_rect()])
        assert np.array_equal(pygame.surfarray.array3d(hands.surface), pygame.surfarray.array3d(whole)), number


def test_a_slow_network_does_not_keep_every_frame(
    session: Session, hands: Hands, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()  # each look at the clock finds a millisecond gone by, however busy the machine is
    monkeypatch.setattr("app.session.live_reader.time", SimpleNamespace(perf_counter=lambda: 1e6 + next(ticks) / 1000))
    asked = reader.asked
    hands.down(hands.on_paper(20, 20))
    for i in range(200):
        hands.move(hands.on_paper(20 + i, 20))
    frames = 201
    assert 2 < reader.asked - asked < frames / 10
    hands.up(hands.on_paper(220, 20))
    hands.settle()
    assert not session.reader.behind


def test_the_line_in_the_header_says_what_reads(hands: Hands) -> None:
    reader, pad = hands.session.reader, hands.view.pad
    assert pad.network_status == "cnn  ·  99.7% on MNIST"
    network = reader.network
    assert network is not None
    network.network.info.clear()
    assert pad.network_status == "cnn"
    reader.network, reader.waiting_for_network = None, True
    assert pad.network_status == ""
    reader.waiting_for_network = False
    assert pad.network_status == pad.context.messages("network.absent")


def test_the_button_of_the_eraser_names_what_it_gives(hands: Hands) -> None:
    def seen() -> bytes:
        return pygame.image.tobytes(hands.surface.subsurface(hands.rect("eraser")), "RGB")

    pen = seen()
    hands.key(pygame.K_e, "e")
    erasing = seen()
    assert erasing != pen
    hands.key(pygame.K_e, "e")
    assert seen() == pen
