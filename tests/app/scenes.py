"""Scenes: every screen of the program in every state that looks different, for tests that look at all of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pygame

from app.canvas.ink import InkStroke, Page
from app.commands import Command
from app.dialogs.card import CardDialog
from app.input import Key
from app.main_view import MainView
from app.messages import Messages
from app.paths import data_folder
from app.retraining.form import RetrainForm
from app.retraining.options import RetrainOptions
from app.retraining.process import Ended
from app.retraining.quit import QuitDialog
from app.retraining.reports import Finishing
from app.retraining.result import ResultDialog
from app.session.session import Session
from app.store import trainings
from app.store.collection import FILE, Collection
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.screen_stack import ScreenStack
from model.evaluation.comparison import Comparison
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.reading.number import Figure, Number
from model.training.card import Card
from tests.app.classroom import FakeProcess, advance, comparison, confusion, tiny_network, training_record
from tests.app.conftest import FakeReader

PAGE = Page((InkStroke(18.0, [(60, 60), (160, 70), (90, 200)], [0, 8, 16]),))
SURE, DOUBT, NO_DIGIT = (0.98, 0.01), (0.5, 0.4), (0.2, 0.15)


@dataclass
class Scene:
    """What a scene is played on. processes: those that train; shown: the layers to draw, the stage where not told."""

    session: Session
    reader: FakeReader
    view: MainView
    processes: list[FakeProcess] = field(default_factory=list)
    shown: ScreenStack | None = None

    def draw(self, shares: tuple[float, float]) -> None:
        """Draw something that is read as a 4 or a 9, with these shares."""
        self.reader.probabilities = np.full(10, (1 - sum(shares)) / 8, np.float32)
        self.reader.probabilities[[4, 9]] = shares
        self.session.ink.replace(PAGE)

    def train(self) -> FakeProcess:
        """Begin a training."""
        assert self.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
        return self.processes[-1]

    def press(self, code: int) -> None:
        """Press a key."""
        self.view.screen.handle(Key(code))


Play = Callable[[Scene], object]
SCENES: dict[str, Play] = {}


def scene(name: str) -> Callable[[Play], Play]:
    """Puts a function among the scenes."""

    def keep(play: Play) -> Play:
        SCENES[name] = play
        return play

    return keep


def prepare(folder: Path) -> bytes:
    """A folder of what a person has made: a saved drawing and a collection of five, whose content is returned."""
    (folder / "drawings").mkdir(parents=True)
    (folder / "drawings" / "digit-2026-01-01-120000.png").touch()
    os.environ["DIGITPAD_DATA"] = str(folder)
    collection = Collection()
    for number in range(5):
        points = np.array([[50, 50 + number], [60, 120], [120, 200]], np.float32)
        collection.add(Drawing((Stroke(points, None),)), number, reading=7)
    return collection.path.read_bytes()


def open_scene(messages: Messages, size: tuple[int, int], collection: bytes) -> Scene:
    """A stage on which nothing was done yet."""
    reader, session = FakeReader(), Session(Settings(), Context(messages))
    session.reader.adopt(LoadedNetwork("cnn", Path("cnn.npz"), Network([], info={"test_accuracy": 0.997})), reader)  # type: ignore[arg-type]
    session.forget_settings()
    (data_folder() / FILE).write_bytes(collection)
    return Scene(session, reader, MainView(session, size, lambda: None))


# -- the drawing screen ---------------------------------------------------------------------------------------


@scene("empty paper")
def _empty(scene: Scene) -> None:
    scene.session.settings.live = True


@scene("a guess")
def _guess(scene: Scene) -> None:
    scene.draw(SURE)


@scene("a doubtful guess")
def _doubtful_guess(scene: Scene) -> None:
    scene.draw(DOUBT)


@scene("a guess that it is no digit")
def _no_digit_yet(scene: Scene) -> None:
    scene.draw(NO_DIGIT)


@scene("waiting to be asked")
def _waiting(scene: Scene) -> None:
    scene.session.settings.live = False
    scene.draw(SURE)


@scene("erasing")
def _erasing(scene: Scene) -> None:
    scene.session.toggle_eraser()


def _answer(scene: Scene, shares: tuple[float, float] = SURE, *told: int) -> None:
    scene.draw(shares)
    scene.session.reader.read()
    for digit in told:
        scene.session.corrections.label(digit)


def _tell_again(scene: Scene) -> None:
    _answer(scene, SURE, 1)
    scene.session.ink.clear()
    scene.session.ink.undo()
    scene.session.corrections.label(1)


SCENES |= {
    "an answer": _answer,
    "a doubtful answer": lambda scene: _answer(scene, DOUBT),
    "no digit": lambda scene: _answer(scene, NO_DIGIT),
    "told that it was right": lambda scene: _answer(scene, SURE, 4),
    "told that it was wrong": lambda scene: _answer(scene, SURE, 1),
    "told of a drawing that is known": _tell_again,
}


def _number(scene: Scene, count: int, *, left_out: bool = False, too_many: bool = False, apart: float = 1.0) -> None:
    """A page that was read as so many digits."""
    _answer(scene)
    reader = scene.session.reader
    assert reader.reading is not None
    line = tuple(Figure(reader.reading, (50.0 * i, 50.0, 40.0, 100.0), (0,)) for i in range(count))
    reader.number = Number((line,), apart, ((200.0, 20.0, 20.0, 20.0),) * left_out, too_many)


SCENES |= {
    "a number": lambda scene: _number(scene, 4),
    "a number and ink left out": lambda scene: _number(scene, 4, left_out=True),
    "a digit and ink left out": lambda scene: _number(scene, 1, left_out=True),
    "a digit that may be several": lambda scene: _number(scene, 1, apart=0.3),
    "too many marks": lambda scene: _number(scene, 1, too_many=True),
}


@scene("no network")
def _no_network(scene: Scene) -> None:
    scene.session.reader.network = scene.session.reader.current = None


# -- training ---------------------------------------------------------------------------------------------------


@scene("preparing to train")
def _preparing(scene: Scene) -> None:
    scene.train()


def _training(scene: Scene, accuracy: float = 0.9) -> FakeProcess:
    process = scene.train()
    process.train(steps=60, of=12_000, accuracy=accuracy)
    scene.view.update(0)
    return process


@scene("paused")
def _paused(scene: Scene) -> None:
    _training(scene)
    scene.view.perform(Command.PAUSE)


@scene("comparing")
def _comparing(scene: Scene) -> None:
    _training(scene).tell(Finishing())


@scene("trained")
def _trained(scene: Scene) -> None:
    _training(scene).end(comparison())
    scene.view.update(0)
    scene.view.back()


def _result(scene: Scene, result: Comparison) -> ResultDialog:
    scene.train()
    assert scene.view.training is not None
    dialog = ResultDialog(scene.session.context, scene.view.training, Ended(tiny_network(), result))
    scene.view.show(dialog)
    return dialog


@scene("a name that cannot be")
def _wrong_name(scene: Scene) -> None:
    dialog = _result(scene, comparison())
    dialog.name.text = "?"
    dialog.press(next(item for item in dialog.controls.items if item.name == "save"))


def _quit(scene: Scene) -> None:
    assert scene.view.training is not None
    scene.view.show(QuitDialog(scene.session.context, scene.view.training, lambda: None))


@scene("quitting with a result")
def _quit_result(scene: Scene) -> None:
    _trained(scene)
    _quit(scene)


@scene("quitting while it trains")
def _quit_training(scene: Scene) -> None:
    _training(scene)
    _quit(scene)


def _charts(*keys: int) -> Play:
    """The charts of a training from nothing, after these keys."""

    def play(scene: Scene) -> None:
        process = scene.train()
        for epoch in range(1, 6):
            told, loss, right = advance(epoch * 40, 200), 2.0 / epoch, 1 - 0.2 / epoch
            process.tell(replace(told, epoch=epoch, epochs=5, validation_loss=loss, validation_accuracy=right))
        process.end(comparison())
        scene.view.update(0)
        for code in (pygame.K_c, *keys):
            scene.view.take(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0))
            scene.view.update(0)
            scene.view.draw(pygame.Surface(scene.view.size), [])

    return play


DOWN, RIGHT = pygame.K_DOWN, pygame.K_RIGHT
SCENES |= {
    "curves": _charts(),
    "confusion matrix": _charts(pygame.K_c),
    "a cell of the matrix": _charts(*(RIGHT,) * 8, *(DOWN,) * 1),
    "pictures of a cell": _charts(*(RIGHT,) * 8, *(DOWN,) * 1, pygame.K_RETURN),
}

SCENES |= {
    "training": _training,
    "training well": lambda scene: _training(scene, 0.9812),
    "a better result": lambda scene: _result(scene, comparison()),
    "a worse result": lambda scene: _result(scene, comparison(5, 3)),
    "the same result": lambda scene: _result(scene, comparison(3, 3, changed=0)),
    "a result without drawings": lambda scene: _result(scene, comparison(0, 0)),
}


def _noted(count: int, *keys: int) -> Play:
    """The list of so many trainings, after these keys."""

    def play(scene: Scene) -> None:
        for number in range(count):
            trainings.note(training_record(number))
        scene.view.perform(Command.TRAININGS)
        for code in keys:
            scene.view.take(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0))
            scene.view.update(0)
        trainings.file().unlink(missing_ok=True)

    return play


SCENES |= {
    "no trainings": _noted(0),
    "trainings": _noted(9, DOWN, pygame.K_RETURN, DOWN, pygame.K_RETURN),
    "two trainings": _noted(9, DOWN, pygame.K_RETURN, DOWN, pygame.K_RETURN, pygame.K_c),
}


# -- dialogs -----------------------------------------------------------------------------------------------------


def _dialog(command: Command) -> Play:
    return lambda scene: scene.view.perform(command)


def _card(*, known: bool) -> Play:
    """What is known of a network that learned from everything there is, or of one whose file says nothing."""
    counts = confusion().counts
    sources = ("mnist", "drawings", "pen_digits", "pen_non_digits", "handwriting", "non_digits")
    full = Card(
        parameters=416_722,
        trained="2026-11-26",
        command="python train.py --network cnn",
        sources=tuple((kind, 56_000) for kind in sources),
        continued=True,
        epochs=15,
        seconds=6174.6,
        validation_accuracy=0.9978,
        test_accuracy=0.9974,
        counts=counts + counts[::-1] // 30,
    )
    card = full if known else Card(parameters=7850)
    return lambda scene: scene.view.show(CardDialog(scene.session.context, "cnn", card))


SCENES |= {
    "card": _card(known=True),
    "card of little": _card(known=False),
    "menu": _dialog(Command.MENU),
    "networks": _dialog(Command.NETWORKS),
    "languages": _dialog(Command.LANGUAGE),
    "ease of use": _dialog(Command.EASE),
    "learn at once": _dialog(Command.AT_ONCE),
    "browser": _dialog(Command.OPEN),
    "gallery": _dialog(Command.COLLECTION),
    "retrain": _dialog(Command.RETRAIN),
}


def _paged(part: float) -> Play:
    def play(scene: Scene) -> None:
        scene.view.perform(Command.HELP)
        for _ in range(round(30 * part)):
            scene.press(pygame.K_DOWN)

    return play


SCENES |= {"help": _paged(0), "help, further down": _paged(0.5), "help, at its end": _paged(1)}


@scene("a picture in the gallery")
def _chosen(scene: Scene) -> None:
    scene.view.perform(Command.COLLECTION)
    scene.press(pygame.K_RIGHT)


@scene("an empty gallery")
def _empty_gallery(scene: Scene) -> None:
    collection = scene.session.corrections.collection
    assert collection is not None
    collection.delete(list(collection.entries))
    scene.view.perform(Command.COLLECTION)


def _questions(part: float) -> Play:
    """All questions of the retrain screen, with something wrong wherever that can be."""

    def play(scene: Scene) -> None:
        scene.view.perform(Command.RETRAIN)
        dialog = scene.view.screen
        assert isinstance(dialog, RetrainForm)
        wrong = {"epochs": "x", "batch_size": "x", "learning_rate": "x", "seed": "x", "hidden": "x"}
        for name, value in {"start": "nothing", "built": "own_layers", "advanced": "yes", **wrong}.items():
            dialog.answer(name, value)
        dialog.refresh()
        dialog.scroller.jump(part * dialog.scroller.farthest)
        dialog.refresh()

    return play


SCENES |= {f"questions {part}": _questions(part) for part in (0.0, 0.5, 1.0)}


def _hint(data: str, built: str) -> Play:
    def play(scene: Scene) -> None:
        scene.view.perform(Command.RETRAIN)
        dialog = scene.view.screen
        assert isinstance(dialog, RetrainForm)
        for name, value in {"start": "nothing", "built": built, "data": data}.items():
            dialog.answer(name, value)
        dialog.refresh()

    return play


@scene("training without the file of pen strokes")
def _no_pen_strokes(scene: Scene) -> None:
    scene.view.perform(Command.RETRAIN)
    dialog = scene.view.screen
    assert isinstance(dialog, RetrainForm)
    dialog.pen_digits = 0
    dialog.answer("data", "pen")
    dialog.refresh()


SCENES |= {
    f"training {built} on {data}": _hint(data, built)
    for data, built in (
        ("mnist", "cnn"),
        ("own", "mlp"),
        ("all", "mlp-800"),
        ("pen", "A"),
        ("all", "S"),
        ("own", "B"),
    )
}
