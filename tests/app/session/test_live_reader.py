"""Reading along with the pen: how often, with how many looks, and what is shown of it."""

import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.canvas.ink import Ink, InkStroke, Page
from app.messages import Messages
from app.session.live_reader import LiveReader
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from model.network.network import Network
from model.reading.reader import Reader, Reading
from tests.app.conftest import FakeReader

PAGE = Page((InkStroke(18.0, [(60, 60), (160, 70), (90, 200)], [0, 8, 16]),))


class Looks(FakeReader):
    """Takes as long as a test says, and counts short looks and long ones."""

    def __init__(self, now: list[float]) -> None:
        super().__init__()
        self.takes = 0.0
        self.now = now
        self.glance = FakeReader()

    def read_drawing(self, drawing: object, picture_of: object = None) -> Reading:
        self.now[0] += self.takes
        return super().read_drawing(drawing, picture_of)

    read_picture = read_drawing


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def looks(now: list[float]) -> Looks:
    return Looks(now)


@pytest.fixture
def live(looks: Looks) -> LiveReader:
    live = LiveReader(Ink(), Settings(), Context(Messages("en")))
    live.read_with(looks)  # type: ignore[arg-type]
    return live


@pytest.fixture
def ink(live: LiveReader) -> Ink:
    return live._ink


@pytest.fixture
def drawn(live: LiveReader, ink: Ink) -> Callable[[], None]:
    """Changes the page."""
    return lambda: ink.replace(Page((InkStroke(18.0, [(60, 60), (160, 70)], [0, 8]),)))


@pytest.mark.parametrize(("takes", "pause"), [(0.0, 1 / 30), (0.01, 0.04), (0.1, 0.4)])
def test_it_reads_so_seldom_that_drawing_keeps_most_of_the_time(
    takes: float, pause: float, live: LiveReader, looks: Looks, now: list[float], drawn: Callable[[], None]
) -> None:
    looks.takes = takes
    drawn()
    live.update()
    assert looks.asked == 1
    began = now[0] - takes
    drawn()
    now[0] = began + pause - 0.003
    live.update()
    assert looks.asked == 1 and live.behind
    now[0] = began + pause + 0.003
    live.update()
    assert looks.asked == 2 and not live.behind


def test_what_is_read_is_not_read_again(live: LiveReader, looks: Looks, now: list[float], ink: Ink) -> None:
    ink.replace(PAGE)
    for _ in range(5):
        live.update()
        now[0] += 1
    live.read()
    assert looks.asked == 1 and live.answered


def test_while_the_pen_is_down_one_look_is_enough_and_then_comes_the_whole(
    live: LiveReader, looks: Looks, now: list[float], ink: Ink
) -> None:
    ink.begin((60, 60), 0, 18)
    live.update()
    assert (looks.glance.asked, looks.asked) == (1, 0)
    ink.end()
    assert live.behind
    now[0] += 1
    live.update()
    assert (looks.glance.asked, looks.asked) == (1, 1)
    assert not live.behind


def test_a_glance_is_no_answer(live: LiveReader, looks: Looks, ink: Ink) -> None:
    ink.begin((60, 60), 0, 18)
    live.update()
    live.read()
    assert looks.asked == 1 and live.answered and not ink.pen_down


def test_an_empty_page_shows_nothing_at_once(live: LiveReader, looks: Looks, ink: Ink) -> None:
    ink.replace(PAGE)
    live.update()
    assert live.shown_reading is not None
    ink.clear()
    assert live.shown_reading is None
    live.update()
    assert live.reading is None and not live.behind
    assert looks.asked == 1


def test_without_reading_along_only_the_answer_is_shown(live: LiveReader, looks: Looks, ink: Ink) -> None:
    live._settings.live = False
    ink.replace(PAGE)
    live.update()
    assert looks.asked == 0 and live.shown_reading is None and not live.behind
    live.read()
    assert looks.asked == 1 and live.shown_reading is not None
    ink.replace(PAGE)
    assert live.shown_reading is None and not live.answered


def test_suspended_it_rests(live: LiveReader, looks: Looks, ink: Ink) -> None:
    live.suspended = True
    ink.replace(PAGE)
    live.update()
    assert looks.asked == 0 and not live.behind
    live.suspended = False
    live.update()
    assert looks.asked == 1


def test_another_reader_reads_an_answered_page_at_once_and_any_other_when_it_is_time(
    live: LiveReader, looks: Looks, ink: Ink, now: list[float]
) -> None:
    ink.replace(PAGE)
    live.read()
    newer = Looks(now)
    newer.probabilities = np.roll(looks.probabilities, 1)
    live.read_with(newer)  # type: ignore[arg-type]
    assert newer.asked == 1 and live.answered
    assert live.reading is not None and live.reading.digit == 8
    ink.replace(PAGE)
    newest = Looks(now)
    live.read_with(newest)  # type: ignore[arg-type]
    assert newest.asked == 0 and live.behind
    live.update()
    assert newest.asked == 1


def test_nothing_to_read_and_nothing_to_read_with_are_said(looks: Looks) -> None:
    context = Context(Messages("en"))
    live = LiveReader(Ink(), Settings(), context)
    live.read()
    assert len(context.notices.items) == 1 and context.notices.items[0].kind == "info"
    live._ink.replace(PAGE)
    live.read()
    assert len(context.notices.items) == 1  # the network may still come
    live.waiting_for_network = False
    live.read()
    assert context.notices.items[-1].kind == "warning"
    assert not live.answered and not live.ready


def test_newer_weights_read_a_page_again_that_was_read_along(live: LiveReader, ink: Ink, now: list[float]) -> None:
    ink.replace(PAGE)
    live.update()
    assert not live.behind
    live.read_with(Looks(now))  # type: ignore[arg-type]
    assert live.behind


def test_following_the_same_network_changes_nothing(live: LiveReader, looks: Looks, ink: Ink) -> None:
    other = LiveReader(Ink(), Settings(), Context(Messages("en")))
    live.follow(other)  # it has no network yet
    assert live.current is looks
    newer = FakeReader()
    other.adopt(LoadedNetwork("cnn", Path("cnn.npz"), Network([])), newer)  # type: ignore[arg-type]
    live.follow(other)
    assert live.current is newer and live.network is other.network
    ink.replace(PAGE)
    live.read()
    live.follow(other)
    assert newer.asked == 1


def test_a_fault_while_reading_along_is_kept_and_does_not_come_through(
    live: LiveReader, looks: Looks, ink: Ink, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = ValueError("of this test")

    def fail(*_: object) -> Reading:
        raise fault

    ink.replace(PAGE)
    with monkeypatch.context() as patch:
        patch.setattr(looks, "read_drawing", fail)
        live.update()
    assert live.take_fault() is fault
    assert live.take_fault() is None
    assert live.reading is None and not live.behind  # the same page is not tried with every frame
    live.read()
    assert live.answered and live.reading is not None  # but on request


def test_a_ring_is_no_part_of_the_drawing_that_was_read() -> None:
    ring = [(128 + 90 * math.cos(a / 6), 128 + 100 * math.sin(a / 6)) for a in range(38)]
    strokes = (InkStroke(18.0, ring, list(range(38))), InkStroke(18.0, [(125, 90), (130, 165)], [50, 60]))
    live = LiveReader(Ink(), Settings(), Context(Messages("en")), reads_numbers=True)
    live.read_with(Reader(Network.load(Path(__file__).parents[3] / "weights" / "mlp.npz")))
    live._ink.replace(Page(strokes))
    live.read()
    assert [len(stroke.points) for stroke in live.chosen_drawing.strokes] == [2]
