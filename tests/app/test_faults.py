"""Faults: whatever a screen raises, the program goes on with the first screen, and ink and settings are kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.canvas.ink import InkStroke, Page
from app.dialogs.browser import Browser
from app.dialogs.card import CardDialog
from app.dialogs.cell import CellDialog
from app.dialogs.charts import ChartsDialog
from app.dialogs.gallery import Gallery
from app.dialogs.menu import Menu
from app.dialogs.networks import NetworkChoice, NetworksDialog
from app.event.kiosk import Kiosk
from app.event.layout import Button
from app.fault_log import LARGEST, FaultLog
from app.options import Options
from app.pad.pad import Pad
from app.program import Program
from app.retraining.options import RetrainOptions
from app.retraining.process import Ended
from app.retraining.quit import QuitDialog
from app.retraining.result import ResultDialog
from app.session.live_reader import LiveReader
from app.store import networks
from app.ui.controls import Control
from app.ui.screen import Screen
from model.charts.curves import LearningCurves
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.training.card import Card
from tests.app.classroom import FakeProcess, comparison, confusion, tiny_network

POINTS = np.array([[60, 60], [190, 60], [110, 220]], np.float32)
PAGE = Page((InkStroke(18.0, [(60, 60), (190, 60), (110, 220)], [0, 8, 16]),))


class Fault(Exception):  # noqa: N818
    """What a screen raises in these tests."""


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    (tmp_path / "weights").mkdir()
    Network([Flatten(), Dense(10)], rng=np.random.default_rng(0)).save(tmp_path / "weights" / "cnn.npz")


@pytest.fixture
def program(processes: list[FakeProcess]) -> Iterator[Program]:
    running = Program(Options(size=(1180, 720)))
    running.prepare()
    running.session.ink.replace(PAGE)
    running.step()
    yield running
    running.end_event()
    running.main_view.close()
    running.faults.close()


def _train(program: Program) -> None:
    assert program.main_view.start_training(RetrainOptions(start="nothing", built="mlp-800"))


def _result(program: Program) -> Screen:
    _train(program)
    training = program.main_view.training
    assert training is not None
    return ResultDialog(program.session.context, training, Ended(tiny_network(), comparison(changed=0)))


def _quit(program: Program) -> Screen:
    _train(program)
    training = program.main_view.training
    assert training is not None
    return QuitDialog(program.session.context, training, lambda: None)


def _press(code: int, mod: int = 0, text: str = "") -> Callable[[Program], None]:
    """Opens what a key opens."""

    def press(program: Program) -> None:
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text))
        program.step()

    return press


def _show(make: Callable[[Program], Screen]) -> Callable[[Program], None]:
    return lambda program: program.shown.show(make(program))


def _import(program: Program) -> None:
    _press(pygame.K_d, text="d")(program)
    _press(pygame.K_i, text="i")(program)


def _event(name: str = "") -> Callable[[Program], None]:
    """Begins an event, and there presses the button of a screen."""

    def begin(program: Program) -> None:
        program.begin_event()
        assert program.event is not None
        program.event.prepare()
        program.event.session.ink.replace(PAGE)
        program.step()
        if name:
            screen = program.event.front.press(Control(name, pygame.Rect(0, 0, 1, 1), value=Button(name)))
            assert isinstance(screen, Screen)
            program.event.show(screen)

    return begin


# How each screen comes up.
OPENERS: dict[str, Callable[[Program], None]] = {
    "Pad": lambda program: None,
    "Menu": _press(pygame.K_m, text="m"),
    "Browser": _press(pygame.K_o, pygame.KMOD_LCTRL),
    "ImportBrowser": _import,
    "Gallery": _press(pygame.K_d, text="d"),
    "NetworksDialog": _press(pygame.K_n, text="n"),
    "AtOnceDialog": _press(pygame.K_a, text="a"),
    "LanguageDialog": _press(pygame.K_F2),
    "Help": _press(pygame.K_F1),
    "TrainingsDialog": _press(pygame.K_j, text="j"),
    "ChartsDialog": _show(lambda program: ChartsDialog(program.session.context, [LearningCurves()])),
    "CardDialog": _show(lambda program: CardDialog(program.session.context, "cnn", Card(parameters=1))),
    "CellDialog": _show(lambda program: CellDialog(program.session.context, confusion(), (1, 7))),
    "ClassScreen": _press(pygame.K_k, text="k"),
    "ClassChart": _press(pygame.K_k, pygame.KMOD_LCTRL),
    "EaseDialog": _press(pygame.K_F3),
    "InsideScreen": _press(pygame.K_i, text="i"),
    "RaisingScreen": _press(pygame.K_r, text="r"),
    "RetrainForm": _press(pygame.K_r, pygame.KMOD_LCTRL),
    "ResultDialog": _show(_result),
    "QuitDialog": _show(_quit),
    "OrganiserForm": _press(pygame.K_e, pygame.KMOD_LCTRL),
    "EventScreen": _event(),
    "FoolScreen": _event("fool"),
    "GuessScreen": _event("guess"),
    "LanguageChoice": _event("language"),
}


def screens(kind: type[Screen] = Screen) -> set[str]:
    """The names of all screens that can come up."""
    found = set() if kind.__abstractmethods__ else {kind.__name__}
    return found.union(*(screens(below) for below in kind.__subclasses__() if below.__module__.startswith("app.")))


def test_every_screen_is_tried_below() -> None:
    assert screens() == set(OPENERS)


@pytest.mark.parametrize("method", ["update", "draw", "handle"])
@pytest.mark.parametrize("name", OPENERS)
def test_a_fault_in_a_screen_ends_nothing(
    name: str, method: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    OPENERS[name](program)
    screen = program.shown.screen
    assert type(screen).__name__ == name
    faults = 0

    def fail(*_: object) -> None:
        nonlocal faults
        faults += 1
        raise Fault("of this test")

    pages = program.session.ink.page, (program.event or program.main_view).session.ink.page
    settings = program.session.settings
    with monkeypatch.context() as patch:
        patch.setattr(type(screen), method, fail)
        patch.setattr("pygame.time.wait", lambda milliseconds: 0)
        program.shown.context.note_change()
        program.shown.resize(program.shown.size)  # all is drawn
        for _ in range(3):
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F15, mod=0, unicode=""))
            program.step()
    assert faults
    assert program.shown.dialogs == [] and not program.shown.quitting
    assert program.session.ink.page == pages[0] and program.session.settings is settings
    if name != "EventScreen":  # there the drawing goes where the screen itself fails again and again
        assert (program.event or program.main_view).session.ink.page == pages[1]
    assert any(str(paths.log_file()) in notice.text for notice in program.shown.context.notices.items)
    log = paths.log_file().read_text(encoding="utf-8")
    assert "Fault: of this test" in log and log.count("Traceback") <= 2
    program.step()
    assert program.window.get_clip() == program.window.get_rect()
    OPENERS["Menu" if program.event is None else "LanguageChoice"](program)  # and all works as before
    assert program.shown.dialogs


@pytest.mark.parametrize("begin_again", [False, True])
def test_the_organiser_hears_of_a_fault_in_the_event_mode(
    begin_again: bool, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.begin_event()
    with monkeypatch.context() as patch:
        patch.setattr(Kiosk, "update", _raise)
        program.step()
    assert isinstance(program.shown, Kiosk)
    program.end_event()
    assert str(paths.log_file()) in program.session.context.notices.items[-1].text
    program.session.context.notices.dismiss()
    if begin_again:
        program.begin_event()
        program.end_event()
    assert not program.session.context.notices.items


def test_events_after_a_fault_are_not_lost(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Menu, "handle", _raise)
    _press(pygame.K_m, text="m")(program)
    for key in (pygame.K_DOWN, pygame.K_t):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="t" if key == pygame.K_t else ""))
    program.step()
    assert program.session.settings.theme == "dark"


def test_a_fault_with_every_frame_slows_the_loop_down_and_one_can_still_quit(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    monkeypatch.setattr("pygame.time.wait", waits.append)
    monkeypatch.setattr(Pad, "update", _raise)
    for _ in range(40):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F15, mod=0, unicode=""))
        program.step()
    assert waits[0] < waits[-1] <= 250 and waits == sorted(waits)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    program.step()
    assert program.main_view.quitting


@pytest.mark.parametrize("in_event", [False, True])
def test_a_fault_in_reading_along_is_logged_and_the_ink_goes_on_appearing(
    in_event: bool, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    if in_event:
        program.begin_event()
    monkeypatch.setattr(LiveReader, "_read_page", _raise)
    session, shown = program.shown.session, program.shown
    program.shown.context.notices.dismiss()
    session.settings.live = True
    session.ink.replace(Page())
    program.step()
    before = pygame.image.tobytes(program.window, "RGB")
    session.ink.replace(PAGE)
    session.reader._next_live = 0.0
    program.step()
    assert program.shown is shown and program._faults_in_a_row == 0
    assert pygame.image.tobytes(program.window, "RGB") != before
    assert "of this test" in paths.log_file().read_text(encoding="utf-8")
    assert str(paths.log_file()) in shown.context.notices.items[-1].text


def test_a_fault_before_the_first_frame_keeps_the_program_up(monkeypatch: pytest.MonkeyPatch) -> None:
    running = Program(Options(size=(1180, 720)))
    monkeypatch.setattr(running.session.reader, "use_network", _raise)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert "of this test" in paths.log_file().read_text(encoding="utf-8")


def _raise(*_: object) -> None:
    raise Fault("of this test")


def fault(text: str = "of this test") -> Exception:
    try:
        raise Fault(text)
    except Fault as error:
        return error


def test_the_log_holds_the_traceback_and_no_flood_of_the_same(tmp_path: Path) -> None:
    log = FaultLog(tmp_path / "folder" / "faults.log")
    written = [log.write(fault()) for _ in range(250)]
    log.close()
    text = log.path.read_text(encoding="utf-8")
    assert [i + 1 for i, new in enumerate(written) if new] == [1, 10, 100]
    assert text.count("Traceback") == text.count("Fault: of this test") == 3
    assert "The same fault for the 100th time" in text and "in fault" in text


def test_the_log_is_limited_in_size(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = FaultLog(folder / "faults.log")
    for number in range(40):
        code = compile("\n" * number + "raise KeyError('x' * 50_000)", "made", "exec")
        with pytest.raises(KeyError) as raised:
            exec(code)
        assert log.write(raised.value)
    log.close()
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["faults.log", "faults.log.1"]
    assert all(path.stat().st_size <= LARGEST + 60_000 for path in folder.iterdir())


def test_a_log_that_cannot_be_written_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("no folder")
    log = FaultLog(tmp_path / "taken" / "faults.log")
    assert log.write(fault())
    (tmp_path / "folder.log").mkdir()
    assert FaultLog(tmp_path / "folder.log").write(fault())
    assert capsys.readouterr().err == ""


# -- what goes away while a list is open ----------------------------------------------------------------------


def open_networks(program: Program) -> NetworksDialog:
    _press(pygame.K_n, text="n")(program)
    dialog = program.main_view.screen
    assert isinstance(dialog, NetworksDialog)
    return dialog


def test_a_network_that_was_opened_by_path_can_be_chosen_again(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "mine.npz"
    tiny_network().save(path)
    program.session.reader.use_network(path)
    dialog = open_networks(program)
    dialog.choose(next(row.value for row in dialog.rows if row.mark))
    used = program.session.reader.network
    assert used is not None and used.path == path
    assert program.session.context.notices.items == []


@pytest.mark.parametrize("brings_back", [False, True])
def test_a_network_that_has_gone_is_reported_and_leaves_the_list(brings_back: bool, program: Program) -> None:
    path = paths.networks_folder() / "mine.npz"
    tiny_network().save(path)
    tiny_network(seed=2).save(networks.previous_of(path))
    used = program.session.reader.network
    dialog = open_networks(program)
    row = next(row for row in dialog.rows if row.value == NetworkChoice(path, brings_back=brings_back))
    path.unlink()
    networks.previous_of(path).unlink()
    dialog.choose(row.value)
    assert program.session.reader.network is used
    assert program.session.context.notices.items[-1].kind == "warning"
    assert not any(str(path) in row.name for row in dialog.rows)


def test_a_drawing_that_has_gone_from_the_collection_cannot_be_deleted_twice(program: Program) -> None:
    collection = program.session.corrections.collection
    assert collection is not None
    collection.add(Drawing((Stroke(POINTS, None),)), 7)
    _press(pygame.K_d, text="d")(program)
    gallery = program.main_view.screen
    assert isinstance(gallery, Gallery)
    _press(pygame.K_LEFT)(program)
    assert gallery.chosen is not None
    collection.delete([gallery.chosen])
    for key, text in ((pygame.K_3, "3"), (pygame.K_DELETE, "")):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=text))
    program.step()
    assert program.main_view.screen is gallery
    assert gallery.shown == [] and not paths.log_file().exists()


def test_a_folder_that_has_gone_leaves_the_browser_open(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    _press(pygame.K_o, pygame.KMOD_LCTRL)(program)
    browser = program.main_view.screen
    assert isinstance(browser, Browser)
    browser.folder = tmp_path
    browser.refresh()
    row = next(row for row in browser.rows if row.label.endswith(folder.name))
    folder.rmdir()
    browser.choose(row.value)
    assert program.main_view.screen is browser
    assert program.session.context.notices.items[-1].kind == "warning"
