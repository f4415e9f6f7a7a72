"""The event mode, driven by events on no display and by a clock of its own."""

import time
from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.event import languages
from app.event.languages import LanguageChoice
from app.event.visit import VisitOutcome
from app.inside.screen import InsideScreen
from app.inside.topic import Topic
from app.session.session import Session
from app.store.settings import Settings
from model.data.images import Images
from model.handwriting.digits import images
from model.reading.reader import Reader
from tests.app.classroom import tiny_network
from tests.app.conftest import FakeReader
from tests.app.visitor import Visitor

LANDSCAPE, UPRIGHT = (1024, 600), (600, 1024)
CTRL_SHIFT = pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT


def digit_read(reader: FakeReader, first: float, second: float = 0.0) -> None:
    """Let it read a 4 and a 9 with these shares."""
    reader.probabilities = np.full(10, (1 - first - second) / 8, np.float32)
    reader.probabilities[[4, 9]] = first, second


# -- reading and clearing --------------------------------------------------------------------------------------


def test_it_reads_by_itself_and_clears_by_itself(visitor: Visitor) -> None:
    visitor.seven()
    visitor.wait(0.9)
    assert not visitor.session.reader.answered
    visitor.wait(0.2)
    assert visitor.session.reader.answered
    assert {"yes", "no", "keep", "clear"} <= visitor.names
    visitor.wait(11.8)
    assert not visitor.session.ink.empty
    visitor.wait(0.3)
    assert visitor.session.ink.empty
    assert not {"yes", "no", "keep", "clear"} & visitor.names


def test_its_times_are_settings(session: Session, visit: Callable[..., Visitor]) -> None:
    session.settings = Settings(event_read_after=0.3, event_clear_after=3.0, event_attract_after=20.0)
    visitor = visit()
    visitor.seven()
    visitor.wait(0.35)
    assert visitor.session.reader.answered
    visitor.wait(3.1)
    assert visitor.session.ink.empty
    visitor.wait(17)
    assert visitor.view.front.attract.active


def test_a_second_stroke_goes_on_with_the_drawing(visitor: Visitor) -> None:
    visitor.seven()
    visitor.wait(0.9)
    visitor.draw((90, 140), (170, 140))
    visitor.wait(0.9)
    assert not visitor.session.reader.answered, "the time to the answer begins again with each stroke"
    visitor.wait(0.2)
    assert visitor.session.reader.answered
    visitor.draw((90, 150), (170, 150))
    assert len(visitor.session.ink.page.strokes) == 3
    assert "keep" not in visitor.names
    visitor.wait(1.1)
    visitor.wait(11)
    assert visitor.session.reader.answered, "the time to the empty paper begins again too"


def test_the_countdown_is_seen_and_can_be_called_off(visitor: Visitor) -> None:
    visitor.seven()
    visitor.wait(1.1)
    clear = visitor.rect("clear")
    assert clear.width < visitor.view.front.layout.buttons["clear_wide"].width
    before = visitor.surface.copy()
    visitor.wait(3)
    seen = [pygame.surfarray.array3d(s.subsurface(clear)) for s in (before, visitor.surface)]
    assert not np.array_equal(seen[0], seen[1])
    visitor.tap("keep")
    visitor.wait(30)
    assert not visitor.session.ink.empty
    assert "keep" not in visitor.names
    visitor.tap("clear")
    assert visitor.session.ink.empty


def test_nothing_brings_back_what_somebody_else_drew(visitor: Visitor) -> None:
    visitor.seven()
    visitor.tap("clear")
    assert not visitor.session.ink.can_undo


# -- was it right ----------------------------------------------------------------------------------------------


def test_yes(visitor: Visitor, outcomes: list[VisitOutcome]) -> None:
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("yes")
    assert "yes" not in visitor.names
    visitor.wait(5.1)
    assert visitor.session.ink.empty, "a drawing that is done goes sooner"
    assert [outcome.truth for outcome in outcomes] == [7]


def test_no_it_was_another(visitor: Visitor, outcomes: list[VisitOutcome]) -> None:
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("no")
    assert {str(digit) for digit in range(10)} <= visitor.names
    visitor.tap("cancel")
    assert "yes" in visitor.names
    visitor.tap("no")
    visitor.tap("1")
    visitor.wait(6)
    assert [outcome.truth for outcome in outcomes] == [1]
    assert outcomes[0].reading.digit == 7
    assert len(outcomes[0].drawing.strokes) == 1


def test_after_the_truth_a_touch_begins_another_drawing(visitor: Visitor, outcomes: list[VisitOutcome]) -> None:
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("yes")
    visitor.draw((50, 50), (60, 200))
    assert len(visitor.session.ink.page.strokes) == 1
    assert len(outcomes) == 1


def test_a_doubtful_answer_offers_both(visitor: Visitor, reader: FakeReader, outcomes: list[VisitOutcome]) -> None:
    digit_read(reader, 0.5, 0.4)
    visitor.seven()
    visitor.wait(1.1)
    assert {"4", "9", "no"} <= visitor.names
    visitor.tap("9")
    visitor.tap("clear")
    assert outcomes[0].truth == 9


def test_what_is_no_digit_may_still_be_told(visitor: Visitor, reader: FakeReader, outcomes: list[VisitOutcome]) -> None:
    digit_read(reader, 0.2)
    visitor.seven()
    visitor.wait(1.1)
    assert "yes" not in visitor.names
    visitor.tap("no")
    visitor.tap("3")
    visitor.tap("clear")
    assert outcomes[0].truth == 3


def test_who_says_nothing_is_counted_too_and_what_was_never_read_is_not(
    visitor: Visitor, outcomes: list[VisitOutcome]
) -> None:
    visitor.seven()
    visitor.tap("clear")
    assert outcomes == []
    visitor.seven()
    visitor.wait(1.1)
    visitor.wait(12.1)
    assert [outcome.truth for outcome in outcomes] == [None]


def test_the_organisers_own_page_and_settings_stay_as_they_were(session: Session, visitor: Visitor) -> None:
    session.settings.live = False
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("no")
    visitor.tap("1")
    visitor.tap("clear")
    assert session.ink.empty
    assert not session.reader.answered
    collection = session.corrections.collection
    assert collection is not None
    assert len(collection) == 0


# -- language --------------------------------------------------------------------------------------------------


def test_a_visitors_language_is_for_this_visitor(session: Session, visitor: Visitor) -> None:
    visitor.tap("language")
    assert isinstance(visitor.view.screen, LanguageChoice)
    visitor.tap("de")
    assert visitor.session.context.messages.language == "de"
    assert session.context.messages.language == "en"
    assert visitor.view.dialogs == []
    visitor.wait(45.1)
    assert visitor.session.context.messages.language == "en"


@pytest.mark.parametrize("size", [(480, 320), (320, 480)])
def test_eight_languages_are_all_in_reach_on_the_smallest_display(
    size: tuple[int, int], visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    eight = {code: f"Language {code}" for code in ("de", "en", "es", "fr", "it", "nl", "pl", "tr")}
    monkeypatch.setattr(languages, "language_names", lambda: eight)
    visitor = visit(size)
    visitor.tap("language")
    places = [item.rect for item in visitor.view.screen.controls.items if item.name in eight]
    assert len(places) == len(eight)
    assert all(pygame.Rect((0, 0), size).contains(place) and place.height >= 40 for place in places)


# -- look inside -----------------------------------------------------------------------------------------------


@pytest.fixture
def network(session: Session) -> None:
    """Something that one can look into, and that is always sure."""
    reader = Reader(tiny_network())
    reader.sure_at = reader.digit_at = 0.0
    session.reader.current = reader


@pytest.mark.usefixtures("network")
def test_nothing_is_cleared_while_somebody_looks_inside(visitor: Visitor) -> None:
    assert "inside" not in visitor.names
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("inside")
    assert isinstance(visitor.view.screen, InsideScreen)
    visitor.wait(30)
    assert not visitor.session.ink.empty
    visitor.tap("close")
    assert visitor.view.dialogs == []
    assert visitor.session.reader.answered
    visitor.wait(11.9)
    assert not visitor.session.ink.empty
    visitor.wait(0.2)
    assert visitor.session.ink.empty


@pytest.mark.usefixtures("network")
def test_visitors_take_the_tour_by_touch_and_the_network_stays_as_it_is(visitor: Visitor) -> None:
    reader = visitor.session.reader.current
    assert reader is not None
    weights = reader.network.vector.copy()
    visitor.seven()
    visitor.tap("inside")
    screen = visitor.view.screen
    assert isinstance(screen, InsideScreen)
    for _ in range(7):
        visitor.tap("on")
        assert screen.shown is Topic.TOUR
    visitor.tap("meant 3")
    end = time.monotonic() + 30
    while screen.moving:
        assert time.monotonic() < end
        visitor.frame()
        time.sleep(0.001)
    learning = screen.worker.finding.learning if screen.worker.finding is not None else None
    assert learning is not None and learning.target == 3 and learning.losses[1] < learning.losses[0]
    np.testing.assert_array_equal(reader.network.vector, weights)
    visitor.tap("on")
    assert screen.shown is Topic.WAY
    visitor.tap("close")
    assert visitor.view.dialogs == []


@pytest.mark.usefixtures("network")
def test_what_was_drawn_inside_is_another_drawing(visitor: Visitor, outcomes: list[VisitOutcome]) -> None:
    visitor.seven()
    visitor.wait(1.1)
    visitor.tap("yes")
    visitor.tap("inside")
    visitor.tap("clear")
    paper = visitor.rect("canvas")
    visitor.down(paper.center)
    visitor.up(paper.center)
    visitor.tap("close")
    visitor.wait(1.1)
    assert visitor.session.reader.answered
    assert "yes" in visitor.names
    visitor.tap("clear")
    assert [outcome.truth for outcome in outcomes] == [None]


@pytest.mark.usefixtures("network")
def test_visitors_compare_networks_and_choose_none(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[object] = []
    monkeypatch.setattr(visitor.session, "choose_network", chosen.append)
    visitor.seven()
    visitor.tap("inside")
    visitor.tap("networks")
    end = time.monotonic() + 20
    while not any(name.startswith("network ") for name in visitor.names):
        assert time.monotonic() < end
        visitor.frame()
        time.sleep(0.001)
    visitor.tap(next(name for name in visitor.names if name.startswith("network ")))
    assert chosen == []


@pytest.mark.usefixtures("network")
def test_what_takes_a_moment_is_made_ready_before_anybody_asks(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    written = Images(*images(40, np.random.default_rng(3)))
    monkeypatch.setattr("app.inside.worker.first_images", lambda _, count: (read.append(count), written)[1])
    visitor.view.prepare()
    visitor.seven()
    visitor.tap("inside")
    visitor.tap(Topic.WHY.value)
    screen = visitor.view.screen
    assert isinstance(screen, InsideScreen)
    end = time.monotonic() + 30
    while screen.moving:
        assert time.monotonic() < end
        visitor.frame()
        time.sleep(0.001)
    assert len(read) == 2  # beforehand, for the map and for changes; the visitor asked for none
    assert screen.worker.finding is not None


@pytest.mark.usefixtures("network")
def test_the_next_visitor_looks_inside_from_the_beginning(visitor: Visitor) -> None:
    visitor.seven()
    for _ in range(2):
        visitor.tap("inside")
        screen = visitor.view.screen
        assert isinstance(screen, InsideScreen)
        assert screen.shown is Topic.TOUR
        assert screen.worker.finding is None
        visitor.tap(Topic.WHY.value)
        assert screen.shown is Topic.WHY
        visitor.tap("close")
        assert screen.views == {} and screen.drawing_area.ink_mask.shape == (1, 1)  # no large picture stays


@pytest.mark.usefixtures("network")
def test_who_leaves_while_looking_inside_makes_room_for_the_next(visitor: Visitor) -> None:
    visitor.seven()
    visitor.tap("inside")
    visitor.wait(45.1)
    assert visitor.view.dialogs == []
    assert visitor.session.ink.empty


# -- the keyboard alone ----------------------------------------------------------------------------------------


def test_the_keyboard_alone_is_enough(visitor: Visitor, outcomes: list[VisitOutcome]) -> None:
    visitor.key(pygame.K_SPACE)
    visitor.hold(pygame.K_DOWN)
    for _ in range(30):
        visitor.frame()
    visitor.release(pygame.K_DOWN)
    visitor.key(pygame.K_SPACE)
    visitor.wait(1.1)
    assert visitor.session.reader.answered
    visitor.key(pygame.K_TAB)
    assert visitor.view.front.controls.focused == "yes"
    visitor.key(pygame.K_RETURN)
    visitor.wait(6)
    assert outcomes[0].truth == 7


def test_after_the_truth_the_paper_is_soon_free_and_never_later_than_without(
    session: Session, visit: Callable[..., Visitor]
) -> None:
    for clear_after, gone in ((12.0, 5.0), (3.0, 3.0)):
        session.settings.event_clear_after = clear_after
        visitor = visit()
        visitor.seven()
        visitor.wait(1.1)
        visitor.click("yes")
        visitor.wait(gone - 0.3)
        assert not visitor.session.ink.empty
        visitor.wait(0.5)
        assert visitor.session.ink.empty
