"""The worker that looks inside: the newest drawing, not so often that the pen suffers, and never an old answer."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from app.canvas.ink import InkStroke, Page
from app.inside.topic import Topic
from app.inside.worker import InsideWorker, Query
from app.messages import Messages
from app.session.session import Session
from app.store.settings import Settings
from app.ui.context import Context
from model.reading.reader import Reader

pytestmark = pytest.mark.usefixtures("weights")
PATIENCE = 20.0  # seconds


class Pen:
    """Draws on a session's paper while a worker follows; the clock goes on as a test says."""

    def __init__(self, now: list[float]) -> None:
        self.session = Session(Settings(), Context(Messages("en")))
        self.session.forget_settings()
        self.session.reader.use_network("cnn")
        self.worker = InsideWorker(self.session)
        self.now = now
        self.draw()

    def draw(self) -> None:
        """Another drawing."""
        self.session.ink.replace(Page((InkStroke(18.0, [(60, 60), (160, 70 + len(self.now)), (90, 200)], [0, 8, 16]),)))

    def answer(self, question: Query) -> None:
        """Wait for a new finding."""
        end = time.monotonic() + PATIENCE
        while not self.worker.follow(question):
            assert time.monotonic() < end
            time.sleep(0.001)

    def asks(self, question: Query) -> bool:
        """Whether the worker, followed once, goes and asks; waits for the answer then."""
        self.worker.follow(question)
        before = self.worker.finding
        end = time.monotonic() + 0.1  # far longer than a small network takes
        while time.monotonic() < end:
            self.worker.follow(question)
            if self.worker.finding is not before:
                return True
            time.sleep(0.001)
        return False


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def pen(now: list[float]) -> Pen:
    return Pen(now)


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch, now: list[float]) -> Callable[[float], None]:
    """Makes each reading take so many seconds."""
    read = Reader.read_images

    def takes(seconds: float) -> None:
        def slowly(reader: Reader, images: np.ndarray) -> object:
            now[0] += seconds
            return read(reader, images)

        monkeypatch.setattr(Reader, "read_images", slowly)

    return takes


@pytest.mark.parametrize(("taken", "pause"), [(0.0, 1 / 30), (0.04, 0.06), (2.0, 0.15)])
def test_a_drawing_that_goes_on_is_looked_at_with_pauses_that_leave_the_pen_its_time(
    taken: float, pause: float, pen: Pen, now: list[float], takes: Callable[[float], None]
) -> None:
    takes(taken)
    way = Query(Topic.WAY)
    pen.answer(way)
    pen.draw()
    assert pen.worker.behind(way)
    now[0] += pause - 0.005
    assert not pen.asks(way)
    now[0] += 0.01
    assert pen.asks(way)
    assert pen.worker.finding is not None and pen.worker.finding.revision == pen.session.ink.revision
    assert not pen.worker.behind(way)


def test_another_question_is_answered_at_once(pen: Pen) -> None:
    pen.answer(Query(Topic.WAY))
    for question in (Query(Topic.WHY), Query(Topic.WHY, 3), Query(Topic.NETWORKS)):
        pen.answer(question)
        assert pen.worker.finding is not None and pen.worker.finding.query == question


def test_what_is_known_is_not_asked_again(pen: Pen, now: list[float]) -> None:
    way = Query(Topic.WAY)
    pen.answer(way)
    now[0] += 10
    assert not pen.asks(way)
    pen.session.reader.use_network("mlp")
    assert pen.asks(way)


def test_who_looks_away_forgets_what_was_found(pen: Pen) -> None:
    way = Query(Topic.WAY)
    pen.answer(way)
    pen.worker.forget()
    assert pen.worker.finding is None and pen.worker.behind(way)
    pen.answer(way)
