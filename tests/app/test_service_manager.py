"""What systemd hears of the program: with a socket of the test in the place of systemd's."""

import os
import secrets
import socket
import sys
from collections.abc import Callable, Iterator

import pygame
import pytest

from app import program
from app.options import Options
from app.service_manager import SIGNS, ServiceManager

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no systemd, and no such socket")

Heard = Callable[[], list[str]]
ABSTRACT = pytest.param("@", marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these names"))


@pytest.fixture(params=["/", ABSTRACT])
def listener(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """Listens where NOTIFY_SOCKET says, a file or an abstract name; WATCHDOG_USEC is 9 seconds."""
    path = tmp_path_factory.mktemp("s") / "notify"
    name = str(path) if request.param == "/" else f"@digitpad-{secrets.token_hex(8)}"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(name.replace("@", "\0", 1) if name.startswith("@") else name)
    listening.setblocking(False)
    monkeypatch.setenv("NOTIFY_SOCKET", name)
    monkeypatch.setenv("WATCHDOG_USEC", "9000000")
    yield listening
    listening.close()


@pytest.fixture
def heard(listener: socket.socket) -> Heard:
    """What was sent since this was last asked."""

    def receive() -> list[str]:
        lines: list[str] = []
        try:
            while True:
                lines += listener.recv(4096).decode().splitlines()
        except BlockingIOError:
            return lines

    return receive


def test_it_is_ready_once_and_alive_as_often_as_is_needed(heard: Heard) -> None:
    now = [50.0]
    manager = ServiceManager(clock=lambda: now[0])
    assert heard() == []
    manager.loop_turned()
    assert heard() == ["READY=1", "WATCHDOG=1"]
    for now[0] in (50.1, 52.9, 53.0, 53.1, 55.9, 57.0):
        manager.loop_turned()
    assert heard() == ["WATCHDOG=1"] * 2
    assert SIGNS >= 2  # one that comes late costs nothing
    manager.stopping()
    assert heard() == ["STOPPING=1"]
    manager.close()
    manager.loop_turned()
    manager.stopping()
    assert heard() == []


@pytest.mark.parametrize("interval", [None, "", "0", "-5", "soon"])
def test_without_a_watchdog_one_sign_of_life_is_all(
    interval: str | None, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    if interval is None:
        monkeypatch.delenv("WATCHDOG_USEC")
    else:
        monkeypatch.setenv("WATCHDOG_USEC", interval)
    now = [50.0]
    manager = ServiceManager(clock=lambda: now[0])
    for now[0] in (50.0, 500.0, 50_000.0):
        manager.loop_turned()
    manager.close()
    assert heard() == ["READY=1", "WATCHDOG=1"]


@pytest.mark.parametrize("name", [None, "", "vsock:2:1234", "relative"])
def test_where_nobody_listens_nothing_is_opened(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("a socket is opened"))
    manager = ServiceManager({} if name is None else {"NOTIFY_SOCKET": name})
    manager.loop_turned()
    manager.stopping()
    manager.close()


def test_a_system_without_such_sockets_is_none_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    manager = ServiceManager({"NOTIFY_SOCKET": "/run/systemd/notify"})
    manager.loop_turned()
    manager.close()


def test_a_listener_that_has_gone_or_does_not_listen_ends_nothing(listener: socket.socket) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": os.environ["NOTIFY_SOCKET"], "WATCHDOG_USEC": "1"})
    for _ in range(2_000):  # more than fit into a socket that nobody reads
        manager.loop_turned()
    listener.close()
    manager.loop_turned()
    manager.close()


def test_the_program_is_ready_with_its_first_frame_and_says_its_end(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = program.Program(Options())
    happened: list[str] = []
    monkeypatch.setattr(running, "prepare", lambda: happened.extend(heard()))
    close = running.main_view.close
    monkeypatch.setattr(running.main_view, "close", lambda **how: (happened.extend(heard()), close(**how))[1])
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert happened == ["READY=1", "WATCHDOG=1", "STOPPING=1"]


def test_a_loop_that_waits_is_alive(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    running = program.Program(Options())
    running._service._clock = lambda: now[0]

    def nap(_: int) -> None:
        now[0] += 1
        if now[0] >= 110:
            running.stop()

    monkeypatch.setattr(pygame.time, "wait", nap)
    pygame.event.clear()
    running.sleep()
    running.main_view.close()
    assert heard() == ["READY=1", *["WATCHDOG=1"] * 4]


def test_a_loop_that_fails_in_each_turn_gives_no_sign_of_life(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    running = program.Program(Options())
    now = [100.0]
    running._service._clock = lambda: now[0]
    monkeypatch.setattr(pygame.time, "wait", lambda _: pygame.event.post(pygame.event.Event(pygame.USEREVENT)))
    monkeypatch.setattr(running.main_view, "update", lambda _: 1 / 0)
    pygame.event.clear()
    running.step()  # one fault alone may be that of an event
    assert heard() == ["READY=1", "WATCHDOG=1"]
    running.step()
    heard()
    for now[0] in (200.0, 300.0, 400.0):
        running.step()
    assert heard() == []
    running.main_view.close()
