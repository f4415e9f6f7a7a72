"""Every text of every screen, as it is really drawn: none is cut, none leaves the window, no two lie on each other."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import learning
from app.collection import Collection
from app.intents import Intent
from app.messages import Messages, languages
from app.painter import Painter
from app.quit_sheet import QuitSheet
from app.result_sheet import ResultSheet
from app.retrain_sheet import RetrainSheet
from app.retraining import Ended
from app.session import Session
from app.text import CAPITALS, Typeface
from app.trainer_process import Finishing
from app.wishes import Wishes
from model.comparison import Comparison
from model.drawing import Drawing, Stroke
from tests.app.classroom import FakeProcess, comparison, tiny_network
from tests.app.conftest import FakeReader
from tests.app.hands import Hands

SIZES = [(800, 600), (1024, 600), (1180, 720), (1366, 768), (1920, 1080), (3840, 2160), (800, 1180), (1080, 1920)]
STATES = ["empty", "guess", "answer", "doubt", "none", "waiting", "right", "wrong", "known"]
SHEETS = [Intent.MENU, Intent.HELP, Intent.NETWORKS, Intent.OPEN, Intent.COLLECTION, Intent.RETRAIN]
LEARNING = ["preparing", "running", "paused", "reached", "finishing", "result"]
RESULTS = [comparison(), comparison(5, 3), comparison(3, 3, changed=0), comparison(0, 0)]


class Recorder:
    """Notes each text that is drawn and where its capitals stand, and each that had to be cut."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.placed: list[tuple[str, pygame.Rect]] = []
        self.cut: list[str] = []
        line, shorten = Painter.line, Typeface.shorten

        def noted_line(
            painter: Painter, text: str, place: tuple, pixels: int, colour: tuple, weight: str, align: str = "left"
        ) -> int:
            width = line(painter, text, place, pixels, colour, weight, align)
            left = place[0] - {"left": 0, "center": width / 2, "right": width}[align]
            height = round(CAPITALS * pixels)
            rect = pygame.Rect(round(left), round(place[1] - height / 2), width, height)
            if painter.surface.get_clip().colliderect(rect):
                self.placed.append((text, rect))
            return width

        def noted_shorten(face: Typeface, text: str, *rest: object) -> str:
            short = shorten(face, text, *rest)  # type: ignore[arg-type]
            if short != text:
                self.cut.append(text)
            return short

        monkeypatch.setattr(Painter, "line", noted_line)
        monkeypatch.setattr(Typeface, "shorten", noted_shorten)

    def check(self, size: tuple[int, int]) -> None:
        assert self.placed
        assert self.cut == []
        window = pygame.Rect((0, 0), size)
        for text, rect in self.placed:
            assert window.contains(rect), (text, rect)
        for i, (text, rect) in enumerate(self.placed):
            hits = [other for other, place in self.placed[i + 1 :] if rect.colliderect(place.inflate(-2, 0))]
            assert hits == [], text


@pytest.fixture(autouse=True)
def processes(monkeypatch: pytest.MonkeyPatch) -> list[FakeProcess]:
    """Stand-ins for the processes that train, and a collection of five drawings to train on."""
    made: list[FakeProcess] = []

    def start(task: object) -> FakeProcess:
        made.append(FakeProcess(task))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(learning, "start_process", start)
    collection = Collection()
    for number in range(5):
        points = np.array([[50, 50 + number], [60, 120], [120, 200]], np.float32)
        collection.add(Drawing((Stroke(points, None),)), number, reading=7)
    return made


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    return Recorder(monkeypatch)


def draw_anew(hands: Hands, recorder: Recorder) -> None:
    hands.settle()
    recorder.placed.clear()
    recorder.cut.clear()
    hands.stage.draw(hands.surface, [hands.surface.get_rect()])


def bring_about(state: str, hands: Hands, reader: FakeReader) -> None:
    if state == "empty":
        return
    shares = {"doubt": (0.5, 0.4), "none": (0.2, 0.15)}.get(state, (0.98, 0.01))
    reader.probabilities = np.full(10, (1 - sum(shares)) / 8, np.float32)
    reader.probabilities[[4, 9]] = shares
    if state == "waiting":
        hands.key(pygame.K_l, "l")
    hands.draw((60, 60), (160, 70), (90, 200))
    if state not in ("guess", "waiting"):
        hands.key(pygame.K_s, "s")
    digits = {"right": "4", "wrong": "1", "known": "1"}.get(state, "")
    for digit in digits:
        hands.key(pygame.K_0, digit)
    if state == "known":  # the same drawing once more
        for code, text in ((pygame.K_c, "c"), (pygame.K_u, "u"), (pygame.K_s, "s"), (pygame.K_1, "1")):
            hands.key(code, text)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_the_drawing_screen(
    state: str,
    size: tuple[int, int],
    language: str,
    session: Session,
    reader: FakeReader,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
) -> None:
    session.messages = Messages(language)
    hands = make_hands(size)
    bring_about(state, hands, reader)
    draw_anew(hands, recorder)
    recorder.check(size)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets(
    sheet: Intent,
    size: tuple[int, int],
    language: str,
    session: Session,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "data" / "drawings").mkdir(parents=True)
    (tmp_path / "data" / "drawings" / "digit-2026-01-01-120000.png").touch()
    session.messages = Messages(language)
    hands = make_hands(size)
    hands.stage.perform(sheet)
    # The sheet alone: what lies behind it is veiled. The folder's path may be of any length, and is cut at its start.
    monkeypatch.setattr(hands.stage.pad, "draw", lambda painter: None)
    foot = getattr(hands.stage.screen, "foot", "")
    draw_anew(hands, recorder)
    recorder.cut = [text for text in recorder.cut if text != foot]
    body = hands.stage.screen.layout.body  # type: ignore[attr-defined]
    recorder.placed = [(t, r) for t, r in recorder.placed if body.contains(r) or not body.colliderect(r)]
    recorder.check(size)


@pytest.mark.parametrize("size", [(800, 600), (1920, 1080), (1080, 1920)])
def test_long_notices_are_shown_whole(
    size: tuple[int, int], session: Session, make_hands: Callable[..., Hands], recorder: Recorder
) -> None:
    hands = make_hands(size)
    session.notices.add(session.messages("notice.no_network"), "warning")
    session.notices.add(session.messages("notice.settings_broken", path="/home/someone/.config/digitpad"), "warning")
    hands.stage.pad.draw = lambda painter: None  # type: ignore[method-assign]
    draw_anew(hands, recorder)
    recorder.check(size)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", LEARNING)
def test_a_training(
    state: str,
    size: tuple[int, int],
    language: str,
    session: Session,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
    processes: list[FakeProcess],
) -> None:
    session.messages = Messages(language)
    hands = make_hands(size)
    hands.draw((60, 60), (160, 70), (90, 200))
    assert session.start_learning(Wishes(start="nothing", built="mlp-800"))
    if state != "preparing":
        processes[-1].train(steps=60, of=12000, accuracy=0.9812 if state == "reached" else 0.9)
    hands.settle()
    if state == "paused":
        hands.key(pygame.K_p, "p")
    elif state == "finishing":
        processes[-1].tell(Finishing())
    elif state == "result":
        processes[-1].end(comparison())
        hands.settle()
        hands.key(pygame.K_ESCAPE)
    session.notices.dismiss()
    draw_anew(hands, recorder)
    recorder.check(size)


def draw_alone(hands: Hands, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the uppermost sheet and nothing else; what is scrolled out of its sight does not count."""
    hands.session.notices.dismiss()
    monkeypatch.setattr(hands.stage.pad, "draw", lambda painter: None)
    draw_anew(hands, recorder)
    body = hands.stage.screen.layout.body  # type: ignore[attr-defined]
    shown = body.inflate(0, 16)  # what scrolls is seen a little beyond
    recorder.placed = [(t, r) for t, r in recorder.placed if body.contains(r) or not shown.colliderect(r)]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("result", RESULTS)
def test_results(
    result: Comparison,
    size: tuple[int, int],
    language: str,
    session: Session,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.messages = Messages(language)
    hands = make_hands(size)
    assert session.start_learning(Wishes(start="nothing", built="mlp-800"))
    assert session.learning is not None
    hands.stage.show(ResultSheet(session, session.learning, Ended(tiny_network(), result)))
    draw_alone(hands, recorder, monkeypatch)
    recorder.check(size)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", [0, 1])
def test_all_questions_of_the_retrain_screen(
    part: int,
    size: tuple[int, int],
    language: str,
    session: Session,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.messages = Messages(language)
    session.settings.speeds = {"784-x": 5.0}
    hands = make_hands(size)
    hands.stage.perform(Intent.RETRAIN)
    sheet = hands.stage.screen
    assert isinstance(sheet, RetrainSheet)
    wrong = {"epochs": "x", "batch_size": "x", "learning_rate": "x", "seed": "x", "hidden": "x"}
    for name, value in {"start": "nothing", "built": "own_layers", "advanced": "yes", **wrong}.items():
        sheet.answer(name, value)
    sheet.refresh()
    sheet.scroller.to(part * sheet.scroller.farthest)
    draw_alone(hands, recorder, monkeypatch)
    recorder.check(size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", languages())
def test_gallery_with_a_picture_chosen_and_the_question_before_quitting(
    language: str,
    size: tuple[int, int],
    session: Session,
    make_hands: Callable[..., Hands],
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.messages = Messages(language)
    hands = make_hands(size)
    hands.stage.perform(Intent.COLLECTION)
    hands.key(pygame.K_RIGHT)
    draw_alone(hands, recorder, monkeypatch)
    recorder.check(size)
    hands.stage.close_sheets()
    assert session.start_learning(Wishes(start="nothing", built="mlp-800"))
    hands.stage.show(QuitSheet(session, lambda: None))
    draw_alone(hands, recorder, monkeypatch)
    recorder.check(size)
