"""Scenes of the class mode, for tests that look at every screen."""

import numpy as np

from app.canvas.ink import InkStroke, Page
from app.class_mode.chart import ClassChart
from app.class_mode.screen import ClassScreen
from app.class_mode.turn import Turn
from app.commands import Command
from model.evaluation.survey import DigitSurvey, Survey
from model.pictures.writers import by_writer
from tests.app.lessons import stroke_drawing
from tests.app.scenes import Play, Scene


def _open(scene: Scene) -> ClassScreen:
    scene.view.perform(Command.CLASS)
    screen = scene.view.screen
    assert isinstance(screen, ClassScreen)
    return screen


def _write(screen: ClassScreen, count: int) -> Turn:
    """A turn in which so many digits are written, each another line."""
    screen.turn.agree()
    for number in range(count):
        points = [(60.0 + number, 60.0), (160.0, 70.0 + number), (90.0, 200.0)]
        screen.ink.replace(Page((InkStroke(18.0, points, [0, 8, 16]),)))
        screen.turn.next()
    return screen.turn


def _deleted(scene: Scene) -> None:
    turn = _write(_open(scene), 10)
    turn.ask_to_delete()
    turn.delete()


def _skipped(scene: Scene) -> None:
    turn = _write(_open(scene), 0)
    for _ in range(turn.count):
        turn.skip()


def survey(misread: int = 1234, count: int = 9876, *, pictures: bool = True) -> Survey:
    """Of as many drawings as there can be, or of few."""
    confusion = np.zeros((10, 11), np.int64)
    confusion[range(10), range(10)] = count - misread
    confusion[4, 9] = misread
    drawings = [by_writer(stroke_drawing(4, tilt), 1234) if pictures else None for tilt in range(2)]
    return Survey(confusion, tuple(DigitSurvey(count, misread if d == 4 else 0, *drawings) for d in range(10)))


def _chart(scene: Scene, found: Survey | None = None, failure: Exception | None = None) -> ClassChart:
    scene.view.perform(Command.CHART)
    chart = scene.view.screen
    assert isinstance(chart, ClassChart) and chart.worker is not None
    chart.worker.wait()
    chart.worker.survey, chart.worker.failure, chart.worker.fraction = found, failure, 0.55
    return chart


def _empty_chart(scene: Scene) -> None:
    scene.session.reader.current = None
    scene.view.perform(Command.CHART)


CLASS_SCENES: dict[str, Play] = {
    "class, consent": _open,
    "class, declined": lambda scene: _open(scene).turn.decline(),
    "class, the first digit": lambda scene: _write(_open(scene), 0),
    "class, the last digit": lambda scene: _write(_open(scene), 9),
    "class, done": lambda scene: _write(_open(scene), 10),
    "class, all skipped": _skipped,
    "class, deleting": lambda scene: _write(_open(scene), 10).ask_to_delete(),
    "class, deleted": _deleted,
    "chart, looking": _chart,
    "chart, found": lambda scene: _chart(scene, survey()),
    "chart, all right": lambda scene: _chart(scene, survey(0, 30)),
    "chart, few": lambda scene: _chart(scene, survey(1, 2, pictures=False)),
    "chart, failed": lambda scene: _chart(scene, None, ValueError("x")),
    "chart, empty": _empty_chart,
}
