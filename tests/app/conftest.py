"""A session and a stage on no display, with a reader that answers what a test tells it."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.canvas.view import Canvas
from app.event.kiosk import Kiosk
from app.event.visit import VisitOutcome
from app.main_view import MainView
from app.messages import Messages
from app.retraining import controller as training
from app.session import at_once
from app.session.session import Session
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.layout import zoom_to
from model.network.network import Network
from model.reading.reader import Reading
from tests.app.classroom import FakeProcess
from tests.app.hands import Hands
from tests.app.learners import FakeLearner
from tests.app.visitor import Clock, Visitor

SIZE = (1180, 720)


@pytest.fixture(autouse=True)
def usual_text_size() -> Iterator[None]:
    """The text size is that of the program: no test leaves another one behind."""
    yield
    zoom_to("normal")


class FakeReader:
    """Reads every page as the same digit, or as what `probabilities` says; counts how often it was asked."""

    def __init__(self) -> None:
        self.probabilities = np.full(10, 0.014 / 9, np.float32)
        self.probabilities[7] = 0.986
        self.asked = 0
        self.sure_at = 0.8
        self.digit_at = 0.4
        self.glance = self

    def read_drawing(self, drawing: object, picture_of: object = None) -> Reading:
        self.asked += 1
        image = np.zeros((28, 28), np.float32)
        image[6:22, 12:16] = 1
        best = int(self.probabilities.argmax())
        share = float(self.probabilities[best])
        return Reading(self.probabilities.copy(), best, share >= self.sure_at, share >= self.digit_at, share, image)

    read_picture = read_drawing


@pytest.fixture(autouse=True)
def all_strokes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a picture is whole after one update."""
    monkeypatch.setattr(Canvas, "budget", math.inf)


@pytest.fixture(autouse=True)
def no_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ink starts no process that learns: dozens of them would take the cores from the tests."""
    monkeypatch.setattr(at_once, "start_process", FakeLearner)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has folders of its own."""
    monkeypatch.setenv("DIGITPAD_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def pygame_ready() -> Iterator[None]:
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def session(reader: FakeReader) -> Session:
    session = Session(Settings(), Context(Messages("en")))
    session.reader.adopt(LoadedNetwork("cnn", Path("cnn.npz"), Network([], info={"test_accuracy": 0.997})), reader)  # type: ignore[arg-type]
    return session


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[FakeProcess]:
    """Stand-ins for the processes that the program would have started."""
    made: list[FakeProcess] = []

    def start(task: object) -> FakeProcess:
        made.append(FakeProcess(task))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(training, "start_process", start)
    return made


@pytest.fixture
def make_hands(session: Session) -> Callable[..., Hands]:
    """Hands on a stage of a given size."""

    def make(size: tuple[int, int] = SIZE) -> Hands:
        asked: list[str] = []
        return Hands(MainView(session, size, lambda: asked.append("full screen")), asked)

    return make


@pytest.fixture
def hands(make_hands: Callable[..., Hands]) -> Hands:
    return make_hands()


@pytest.fixture
def visit(session: Session) -> Callable[..., Visitor]:
    """Begins an event on a display of a size."""

    def start(size: tuple[int, int] = (1024, 600)) -> Visitor:
        clock = Clock()
        return Visitor(Kiosk(session, size, np.random.default_rng(0), clock), clock)

    return start


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    return visit()


@pytest.fixture
def outcomes(visitor: Visitor) -> list[VisitOutcome]:
    """What was handed to the guestbook."""
    noted: list[VisitOutcome] = []
    visitor.view.front.visit._record = noted.append
    return noted
