"""A visit: when a drawing is read, when it is cleared, and what is handed on of it."""

import pytest

from app.event.visit import Visit, VisitOutcome
from app.session.session import Session
from tests.app.conftest import FakeReader
from tests.app.scenes import PAGE
from tests.app.visitor import Clock

READ_AFTER, CLEAR_AFTER = 1.5, 9.0


class Guest:
    """A visit with a clock of its own, and what was handed on."""

    def __init__(self, session: Session) -> None:
        session.settings.event_read_after, session.settings.event_clear_after = READ_AFTER, CLEAR_AFTER
        self.clock, self.session = Clock(), session
        self.outcomes: list[VisitOutcome] = []
        self.visit = Visit(session, self.outcomes.append, self.clock)

    def draw(self) -> None:
        assert self.visit.touch()
        self.session.ink.replace(PAGE)
        self.visit.lift()

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.visit.update()

    def read(self) -> None:
        self.draw()
        self.wait(READ_AFTER + 0.01)
        assert self.visit.answered

    @property
    def cleared(self) -> bool:
        return self.session.ink.empty


@pytest.fixture
def guest(session: Session) -> Guest:
    return Guest(session)


def test_it_reads_when_its_time_is_over_and_not_before(guest: Guest) -> None:
    guest.draw()
    guest.wait(READ_AFTER - 0.01)
    assert not guest.visit.answered
    assert not guest.visit.due
    guest.clock.now += 0.02
    assert guest.visit.due
    guest.visit.update()
    assert guest.visit.answered


def test_it_clears_when_its_time_is_over_and_not_before(guest: Guest) -> None:
    guest.read()
    guest.wait(CLEAR_AFTER - 0.02)
    assert not guest.cleared
    guest.wait(0.04)
    assert guest.cleared
    assert [outcome.truth for outcome in guest.outcomes] == [None]


@pytest.mark.parametrize(("clear_after", "stays"), [(9.0, 5.0), (3.0, 3.0)])
def test_after_the_truth_it_stays_for_thanks_but_no_longer_than_otherwise(
    clear_after: float, stays: float, guest: Guest
) -> None:
    guest.session.settings.event_clear_after = clear_after
    guest.read()
    guest.visit.label(3)
    guest.wait(stays - 0.02)
    assert not guest.cleared
    guest.wait(0.04)
    assert guest.cleared
    assert [outcome.truth for outcome in guest.outcomes] == [3]


def test_nothing_is_read_or_cleared_while_it_pauses(guest: Guest) -> None:
    guest.draw()
    guest.visit.pause()
    guest.wait(60)
    assert not guest.visit.answered
    guest.visit.resume()
    guest.wait(READ_AFTER + 0.01)
    assert guest.visit.answered
    guest.visit.pause()
    guest.wait(60)
    assert not guest.cleared
    guest.visit.resume()
    guest.wait(CLEAR_AFTER + 0.01)
    assert guest.cleared


def test_to_deny_asks_which_and_both_begin_the_time_again(guest: Guest) -> None:
    guest.read()
    guest.wait(CLEAR_AFTER - 1)
    guest.visit.deny()
    assert guest.visit.asks_which
    guest.wait(CLEAR_AFTER - 1)
    guest.visit.undeny()
    assert not guest.visit.asks_which
    guest.wait(CLEAR_AFTER - 1)
    assert not guest.cleared
    guest.wait(1.01)
    assert guest.cleared


def test_before_an_answer_there_is_nothing_to_say(guest: Guest) -> None:
    guest.draw()
    guest.visit.deny()
    guest.visit.label(3)
    guest.visit.confirm()
    assert not guest.visit.asks_which
    assert guest.visit.truth is None
    guest.wait(READ_AFTER + 0.01)
    assert guest.visit.truth is None


def test_a_confirmed_answer_is_the_truth(guest: Guest, reader: FakeReader) -> None:
    guest.read()
    guest.visit.confirm()
    assert guest.visit.truth == int(reader.probabilities.argmax())


def test_an_empty_paper_is_not_read(guest: Guest) -> None:
    guest.visit.touch()
    guest.visit.lift()
    guest.wait(60)
    assert not guest.visit.due
    assert guest.outcomes == []


def test_a_stroke_more_begins_the_time_to_the_answer_again(guest: Guest) -> None:
    guest.draw()
    guest.wait(READ_AFTER - 0.1)
    guest.visit.touch()
    guest.wait(1)
    assert not guest.visit.answered
    guest.visit.lift()
    guest.wait(READ_AFTER - 0.1)
    assert not guest.visit.answered


def test_without_a_network_it_waits(guest: Guest) -> None:
    guest.session.reader.current = None
    guest.draw()
    guest.wait(60)
    assert not guest.visit.due
    assert not guest.cleared


def test_a_pen_that_leaves_an_empty_paper_starts_no_reading(guest: Guest) -> None:
    assert guest.visit.touch()
    guest.visit.lift()
    assert not guest.visit.reading_in.running
