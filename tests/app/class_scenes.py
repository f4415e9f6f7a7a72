"""Scenes of the class mode, for tests that look at every screen."""

from app.canvas.ink import InkStroke, Page
from app.class_mode.screen import ClassScreen
from app.class_mode.turn import Turn
from app.commands import Command
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


CLASS_SCENES: dict[str, Play] = {
    "class, consent": _open,
    "class, declined": lambda scene: _open(scene).turn.decline(),
    "class, the first digit": lambda scene: _write(_open(scene), 0),
    "class, the last digit": lambda scene: _write(_open(scene), 9),
    "class, done": lambda scene: _write(_open(scene), 10),
    "class, all skipped": _skipped,
    "class, deleting": lambda scene: _write(_open(scene), 10).ask_to_delete(),
    "class, deleted": _deleted,
}
