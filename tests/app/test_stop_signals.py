"""What asks the program to end: each signal, with the program as it is then."""

import signal
import sys
from collections.abc import Callable, Iterator

import pygame
import pytest

from app import program
from app.event.kiosk import Kiosk
from app.main_view import MainView
from app.options import Options
from app.stop_signals import NAMES, StopSignals

SIGNALS = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Whatever the process that runs the tests does with signals, each test begins with what the system does."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def send_at(turn: int, monkeypatch: pytest.MonkeyPatch, *numbers: int) -> list[program.Program]:
    """Let signals come in a turn of the program's loop; returns where the program will be."""
    programs: list[program.Program] = []
    step = program.Program.step

    def stepped(self: program.Program) -> None:
        programs.append(self)
        if len(programs) == turn:
            for number in numbers:
                signal.raise_signal(number)
        assert len(programs) <= turn, "it goes on"
        step(self)

    monkeypatch.setattr(program.Program, "step", stepped)
    return programs


@pytest.mark.parametrize("number", [number for number in SIGNALS if number != signal.SIGINT])
def test_a_signal_ends_the_program_and_is_as_before_then(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = send_at(1, monkeypatch, number)
    assert program.run(Options()) == 0
    assert programs[0].stopped
    assert signal.getsignal(number) is signal.SIG_DFL


def test_ctrl_c_ends_it_by_its_own_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = send_at(1, monkeypatch, signal.SIGINT)
    closed: list[bool] = []
    monkeypatch.setattr(program.Program, "_keep_size", lambda _: closed.append(True))
    with pytest.raises(KeyboardInterrupt):  # so that the command line can say so to the shell
        program.run(Options())
    assert programs[0].stopped
    assert closed == [True]


def test_ctrl_c_once_more_ends_what_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with StopSignals() as signals:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signals.came is signal.SIGTERM
    assert not signals.interrupted


def test_a_signal_before_the_window_is_there_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "check_display", lambda: signal.raise_signal(signal.SIGTERM))
    monkeypatch.setattr(program.Program, "run", lambda _: pytest.fail("it runs"))
    assert program.run(Options()) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals that go away")
def test_what_nohup_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with StopSignals() as signals:
        signal.raise_signal(signal.SIGHUP)
        assert signals.came is None
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_the_idle_program_does_not_sleep_through_a_signal() -> None:
    running = program.Program(Options())
    pygame.event.clear()
    running.stop()
    assert running.sleep() == []


def test_an_event_ends_with_what_was_counted_and_without_its_window_again(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Kiosk] = []
    close = Kiosk.close
    monkeypatch.setattr(Kiosk, "close", lambda kiosk: (closed.append(kiosk), close(kiosk))[1])
    programs = send_at(2, monkeypatch, signal.SIGTERM)
    program.run(Options(event=True))
    assert len(closed) == 1
    assert programs[0].full_screen  # leaving it would only flicker


def test_nobody_is_asked_about_a_training(monkeypatch: pytest.MonkeyPatch) -> None:
    class Training:
        closed = busy = False
        unseen_result, result = False, None
        acts: list[str] = []  # noqa: RUF012

        def __getattr__(self, name: str) -> Callable[[], None]:
            return lambda: self.acts.append(name)

    programs = send_at(1, monkeypatch, signal.SIGTERM)
    monkeypatch.setattr(MainView, "training", Training())
    monkeypatch.setattr(MainView, "update", lambda *_: [])
    program.run(Options())
    assert not programs[0].main_view.dialogs
    assert Training.acts == ["set_aside", "close"]
