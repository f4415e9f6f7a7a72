"""A whole day of the event mode: nobody there, visitors who want out, displays, disks and fingers that fail."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.event.kiosk import FEW_FRAMES, FRAMES
from app.event.visit import VisitOutcome
from app.session.session import Session
from tests.app.conftest import FakeReader
from tests.app.visitor import Visitor

LANDSCAPE, UPRIGHT = (1024, 600), (600, 1024)
CTRL_SHIFT = pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT


# -- nobody there ----------------------------------------------------------------------------------------------


def test_digits_are_written_and_read_while_nobody_is_there(
    visitor: Visitor, reader: FakeReader, outcomes: list[VisitOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.event.attract.READ_GAP", 0.0)
    visitor.wait(45.1)
    assert visitor.view.front.attract.active
    answers = 0
    for _ in range(120):
        was = visitor.session.reader.answered
        visitor.wait(0.12)
        answers += visitor.session.reader.answered and not was
    assert 1 <= answers <= 4
    assert reader.asked > 8 * answers
    assert not {"yes", "no", "keep", "clear"} & visitor.names
    visitor.wait(3600)
    assert outcomes == []


def test_a_touch_ends_it_at_once_and_already_draws(visitor: Visitor) -> None:
    visitor.wait(45.1)
    visitor.wait(2, step=0.04)
    assert not visitor.session.ink.empty
    place = visitor.on_paper(100, 100)
    visitor.finger(pygame.FINGERDOWN, place)
    assert not visitor.view.front.attract.active
    strokes = visitor.session.ink.page.strokes
    assert [stroke.points for stroke in strokes] == [[(pytest.approx(100, abs=0.5), pytest.approx(100, abs=0.5))]]
    visitor.finger(pygame.FINGERMOTION, visitor.on_paper(120, 200))
    visitor.finger(pygame.FINGERUP, visitor.on_paper(120, 200))
    visitor.wait(1.1)
    assert visitor.session.reader.answered
    assert len(strokes[0].points) == 2


def test_it_goes_on_after_the_last_visitor(visitor: Visitor) -> None:
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("keep")
    visitor.tap("language")
    visitor.wait(45.1)
    assert visitor.view.front.attract.active
    assert visitor.view.dialogs == []
    assert visitor.session.ink.empty


def test_frames_are_few_while_nobody_draws(visitor: Visitor) -> None:
    assert not visitor.view.moving
    visitor.down(visitor.on_paper(100, 100))
    assert visitor.view.frames == FRAMES
    visitor.up(visitor.on_paper(100, 100))
    visitor.wait(45.1)
    visitor.wait(1.5, step=0.04)
    assert visitor.view.moving
    assert visitor.view.frames == FEW_FRAMES


def test_nothing_is_drawn_while_nothing_changes(visitor: Visitor) -> None:
    visitor.settle()
    assert visitor.frame() == []
    assert not visitor.view.due
    visitor.seven()
    visitor.settle()
    assert visitor.frame() == []
    visitor.clock.now += 1.1
    assert visitor.view.due


def test_what_is_drawn_in_parts_is_what_is_drawn_at_once(visitor: Visitor) -> None:
    def same() -> bool:
        whole = pygame.Surface(visitor.view.size)
        visitor.view.draw(whole, [whole.get_rect()])
        return np.array_equal(pygame.surfarray.array3d(whole), pygame.surfarray.array3d(visitor.surface))

    visitor.seven()
    assert same()
    visitor.wait(1.1)
    assert same()
    visitor.tap("no")
    assert same()
    visitor.tap("2")
    assert same()
    visitor.wait(5.5)
    visitor.wait(50)
    visitor.wait(4, step=0.1)
    assert visitor.view.front.attract.active
    assert same()
    visitor.tap("language")
    visitor.tap("fr")
    visitor.settle()
    assert same()


# -- leaving ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [LANDSCAPE, UPRIGHT])
def test_the_held_corner_leaves(visit: Callable[..., Visitor], size: tuple[int, int]) -> None:
    visitor = visit(size)
    corner = (size[0] - 3, 3)
    visitor.finger(pygame.FINGERDOWN, corner)
    before = visitor.surface.copy()
    visitor.wait(2.5)
    ring = visitor.view.corner.rect
    seen = [pygame.surfarray.array3d(s.subsurface(ring)) for s in (before, visitor.surface)]
    assert not np.array_equal(seen[0], seen[1])
    assert not visitor.view.over
    visitor.wait(0.6)
    visitor.frame()
    assert visitor.view.over
    assert visitor.session.ink.empty


def test_a_tap_into_the_corner_of_a_machine_that_stands_still_does_not_leave(visitor: Visitor) -> None:
    visitor.finger(pygame.FINGERDOWN, (1021, 3))
    visitor.wait(6)  # the finger went up long ago, but that is still among the events
    visitor.finger(pygame.FINGERUP, (1021, 3))
    visitor.frame()
    assert not visitor.view.over


def test_a_corner_that_is_let_go_or_left_does_not(visitor: Visitor) -> None:
    corner = (1021, 3)
    visitor.finger(pygame.FINGERDOWN, corner)
    visitor.wait(2.9)
    visitor.finger(pygame.FINGERUP, corner)
    visitor.wait(5)
    visitor.finger(pygame.FINGERDOWN, corner)
    visitor.finger(pygame.FINGERMOTION, (800, 3))
    visitor.finger(pygame.FINGERMOTION, corner)
    visitor.wait(5)
    assert not visitor.view.over


def test_keys_dropped_files_and_a_closed_window_do_nothing(visitor: Visitor) -> None:
    visitor.seven()
    for code, mod in (
        (pygame.K_ESCAPE, 0),
        (pygame.K_F11, 0),
        (pygame.K_r, pygame.KMOD_LCTRL),
        (pygame.K_q, pygame.KMOD_LCTRL),
        (pygame.K_m, 0),
        (pygame.K_c, 0),
    ):
        visitor.key(code, mod=mod)
    visitor.view.take(pygame.event.Event(pygame.WINDOWCLOSE))
    visitor.view.take(pygame.event.Event(pygame.QUIT))
    visitor.post(pygame.DROPFILE, file="x.png")
    assert not visitor.view.quitting
    assert not visitor.view.over
    assert visitor.view.dialogs == []
    assert not visitor.session.ink.empty


def test_the_chord_leaves_and_a_signal_ends_the_program(visitor: Visitor) -> None:
    visitor.view.take(pygame.event.Event(pygame.WINDOWCLOSE))
    visitor.frame()
    visitor.key(pygame.K_q, mod=CTRL_SHIFT)
    assert visitor.view.over
    assert not visitor.view.quitting
    visitor.view.take(pygame.event.Event(pygame.QUIT))
    assert visitor.view.quitting


# -- a long day ------------------------------------------------------------------------------------------------


def test_a_turned_display_keeps_the_drawing(visitor: Visitor) -> None:
    visitor.finger(pygame.FINGERDOWN, visitor.on_paper(60, 60))
    visitor.finger(pygame.FINGERMOTION, visitor.on_paper(160, 60))
    visitor.view.resize(UPRIGHT)
    visitor.surface = pygame.Surface(UPRIGHT)
    visitor.finger(pygame.FINGERMOTION, visitor.on_paper(160, 200))
    visitor.finger(pygame.FINGERUP, visitor.on_paper(160, 200))
    visitor.wait(1.1)
    assert visitor.session.reader.answered
    assert [round(x) for x, _ in visitor.session.ink.page.strokes[0].points] == [60, 160, 160]
    assert visitor.view.corner.rect.topright == (600, 0)


def test_a_finger_hides_the_mouse_and_a_mouse_shows_it(visitor: Visitor) -> None:
    visitor.finger(pygame.FINGERDOWN, (500, 500))
    visitor.finger(pygame.FINGERUP, (500, 500))
    assert not visitor.view.shows_pointer
    visitor.move((600, 600), pressed=False)
    assert visitor.view.shows_pointer


def test_a_long_stroke_is_somebody(visitor: Visitor) -> None:
    visitor.finger(pygame.FINGERDOWN, visitor.on_paper(60, 60))
    for y in (80, 100, 120):
        visitor.wait(30)
        visitor.finger(pygame.FINGERMOTION, visitor.on_paper(60, y))
    visitor.wait(30)
    assert len(visitor.session.ink.page.strokes[0].points) == 4
    assert not visitor.view.front.attract.active


def test_a_finger_of_which_nothing_more_is_heard_keeps_nobody_away(visitor: Visitor) -> None:
    visitor.finger(pygame.FINGERDOWN, visitor.on_paper(60, 60), finger=1)
    visitor.wait(45.1)
    visitor.finger(pygame.FINGERDOWN, visitor.on_paper(100, 100), finger=2)
    visitor.finger(pygame.FINGERUP, visitor.on_paper(100, 100), finger=2)
    visitor.wait(1.1)
    assert visitor.session.reader.answered


def test_a_full_disk_is_told_the_organiser_and_hinders_nobody(
    session: Session, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.event.tally.append_lines", full)
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("yes")
    visitor.tap("clear")
    visitor.frame()
    assert "No space left" in visitor.view.front.concern
    assert visitor.session.context.notices.items == []
    visitor.seven()
    visitor.wait(1.1)
    assert visitor.session.reader.answered
    visitor.view.close()
    assert "No space left" in session.context.notices.items[-1].text


def test_without_a_network_it_can_still_be_drawn_on(session: Session, visit: Callable[..., Visitor]) -> None:
    session.reader.current = session.reader.network = None
    session.reader.waiting_for_network = False
    visitor = visit()
    visitor.seven()
    visitor.wait(2)
    assert not visitor.session.ink.empty
    assert visitor.view.front.concern
    visitor.wait(50)
    visitor.wait(10, step=0.2)
    assert visitor.view.front.attract.active


def test_the_network_may_come_after_the_first_frame(
    session: Session, reader: FakeReader, visit: Callable[..., Visitor]
) -> None:
    loaded, session.reader.network, session.reader.current = session.reader.network, None, None
    visitor = visit()
    visitor.seven()
    visitor.wait(2)
    assert loaded is not None
    session.reader.adopt(loaded, reader)  # type: ignore[arg-type]
    visitor.frame()
    assert visitor.session.reader.answered
