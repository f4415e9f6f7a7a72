"""The window's loop and the screenshot, on no display."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from app import paths, program, screenshot
from app.canvas.page_files import FileError
from app.class_mode.screen import ClassScreen
from app.options import Options
from app.store import networks
from app.store import settings as settings_file
from app.store.settings import Settings
from model.network.layers import Dense, Flatten
from model.network.network import Network

LINE = '{"drawing": [[[60, 190, 110], [60, 60, 220]]]}\n'


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    (tmp_path / "weights").mkdir()
    Network([Flatten(), Dense(10)], rng=np.random.default_rng(0)).save(tmp_path / "weights" / "cnn.npz")
    return tmp_path / "weights"


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    path = tmp_path / "seven.ndjson"
    path.write_text(LINE)
    return path


def key(code: int, mod: int = 0, text: str = "") -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text))


@pytest.mark.parametrize("driver", program.UNSEEN)
def test_without_a_display_the_program_does_not_run_unseen(driver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.display, "get_driver", lambda: driver)
    monkeypatch.setattr(program.Program, "run", lambda _: pytest.fail("it runs"))
    monkeypatch.delenv("SDL_VIDEODRIVER")
    with pytest.raises(pygame.error, match="no display"):
        program.run(Options())


def test_a_driver_that_is_asked_for_may_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[bool] = []
    monkeypatch.setattr(program.Program, "run", lambda _: ran.append(True))
    assert program.run(Options()) == 0
    assert ran == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_without_a_display_one_sentence_says_so() -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SDL_VIDEODRIVER")
    bare = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, str(paths.HOUSE / "main.py")]
    ended = subprocess.run(command, env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "no screen" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""


def test_the_program_opens_works_and_ends(drawing: Path) -> None:
    running = program.Program(Options(drawing=drawing, theme="dark"))
    key(pygame.K_F11)
    key(pygame.K_F11)
    key(pygame.K_m, text="m")
    key(pygame.K_q, pygame.KMOD_LCTRL)
    running.run()
    assert running.session.reader.answered
    assert running.main_view.quitting
    assert settings_file.load(paths.config_folder())[0].theme == "dark"


def test_the_first_frame_comes_before_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    running = program.Program(Options())
    happened: list[str] = []
    frame = running.frame
    monkeypatch.setattr(running, "frame", lambda: (happened.append("frame"), frame()))
    monkeypatch.setattr(running.session.reader, "use_network", lambda name: happened.append("network"))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert happened[:2] == ["frame", "network"]


def test_it_may_begin_with_the_digits_of_a_class(tmp_path: Path) -> None:
    running = program.Program(Options(class_mode=True))
    running.prepare()
    assert isinstance(running.main_view.screen, ClassScreen)
    screenshot.save_screenshot(tmp_path / "class.png", Options(class_mode=True, size=(480, 320)))
    assert Image.open(tmp_path / "class.png").size == (480, 320)


def test_memory_is_tidied_while_nothing_moves_and_not_in_each_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now, tidied = [100.0], []
    monkeypatch.setattr(program, "give_back_holes", lambda: tidied.append(now[0]))
    running = program.Program(Options(), lambda: now[0])
    for now[0] in (104.0, 111.0, 112.0, 120.0, 121.5):
        key(pygame.K_RIGHT)
        running.sleep()
    running.main_view.close()
    assert tidied == [111.0, 121.5]


@pytest.mark.parametrize(
    ("display", "kept", "size"),
    [
        ((800, 480), (1180, 720), (800, 420)),
        ((768, 1366), (1180, 720), (768, 720)),
        ((480, 320), (1180, 720), (480, 320)),
        ((320, 480), (1180, 720), (320, 480)),  # less would be cut off
        ((1366, 768), (1180, 720), (1180, 708)),
        ((1920, 1080), (1180, 720), (1180, 720)),
        ((1920, 1080), (1500, 900), (1500, 900)),
        ((3840, 2160), (1180, 720), (2276, 1389)),  # the usual one is too small to be read there
        ((3840, 2160), (1500, 900), (1500, 900)),
        ((240, 200), (1180, 720), (320, 320)),
    ],
)
def test_the_window_fits_the_display_that_it_opens_on(
    display: tuple[int, int], kept: tuple[int, int], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.save(Settings(width=kept[0], height=kept[1]), paths.config_folder())
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [display])
    assert program.Program(Options()).window.get_size() == size


def test_a_small_window_is_as_large_the_next_time() -> None:
    running = program.Program(Options())
    running.window = pygame.display.set_mode((480, 330))
    running._keep_size()
    assert program.Program(Options()).window.get_size() == (480, 330)


def test_the_window_follows_its_size() -> None:
    running = program.Program(Options(size=(1180, 720)))
    pygame.display.set_mode((900, 700), pygame.RESIZABLE)
    pygame.event.post(pygame.event.Event(pygame.WINDOWSIZECHANGED, x=900, y=700))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert running.main_view.size == (900, 700)


def test_full_screen_and_back_to_the_size_from_before() -> None:
    running = program.Program(Options(size=(900, 700)))
    running.toggle_full_screen()
    assert running.full_screen
    assert running.main_view.size == running.window.get_size()
    running.toggle_full_screen()
    assert running.main_view.size == (900, 700)


def test_an_event_fills_the_screen_and_the_organiser_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    savers: list[bool] = []
    before = pygame.display.get_allow_screensaver()
    monkeypatch.setattr(pygame.display, "set_allow_screensaver", savers.append)
    windowed = program.Program(Options()).window.get_size()
    running = program.Program(Options(event=True))
    assert running.window.get_size() == pygame.display.get_desktop_sizes()[0]  # from the first frame on
    seen: list[object] = []
    frame = running.frame

    def noted() -> None:
        seen.append((running.full_screen, type(running.shown).__name__))
        frame()
        if len(seen) == 2:
            key(pygame.K_q, pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT)
        elif len(seen) == 4:
            pygame.event.post(pygame.event.Event(pygame.QUIT))

    monkeypatch.setattr(running, "frame", noted)
    running.run()
    assert seen[0] == (True, "Kiosk")
    assert seen[3] == (False, "MainView")
    assert running.main_view.size == windowed
    assert savers == [False, before]


def test_a_signal_ends_the_program_in_the_middle_of_an_event() -> None:
    running = program.Program(Options(event=True, size=(900, 700)))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert running.event is None
    assert not running.full_screen


def test_a_turned_display_is_filled_anew_during_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    running = program.Program(Options(event=True))
    running.begin_event()
    assert running.event is not None
    modes: list[object] = []
    turned = pygame.Surface((600, 1000))
    monkeypatch.setattr(pygame.display, "set_mode", lambda *mode: (modes.append(mode), turned)[1])
    running.frame()
    assert modes == []
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(600, 1000)])
    running.frame()
    running.frame()
    assert modes == [((0, 0), pygame.FULLSCREEN)]
    assert running.event.size == (600, 1000)
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", list)  # unplugged
    running.frame()
    assert len(modes) == 1


def test_a_pointer_that_is_not_shown_is_empty_and_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    cursors: list[object] = []
    monkeypatch.setattr(pygame.mouse, "set_cursor", cursors.append)
    monkeypatch.setattr(pygame.mouse, "set_visible", lambda _: pytest.fail("some systems lose the touch then"))
    running = program.Program(Options(event=True, size=(900, 700)))
    running.begin_event()
    assert running.event is not None
    for shown in (False, False, True):
        running.event.shows_pointer = shown
        running.frame()
    running.event.shows_pointer = False
    running.frame()
    running.end_event()
    arrow = pygame.SYSTEM_CURSOR_ARROW
    assert cursors == [program.NO_POINTER, arrow, program.NO_POINTER, arrow]


def test_a_window_that_a_turned_display_has_no_room_for_becomes_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    running = program.Program(Options())
    for display, size in (((600, 1000), (600, 708)), ((1920, 1080), (600, 708)), ((700, 500), (600, 440))):
        monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda display=display: [display])
        running.frame()
        assert running.main_view.size == running.window.get_size() == size


def test_a_full_window_fills_a_turned_display_outside_an_event_too(monkeypatch: pytest.MonkeyPatch) -> None:
    running = program.Program(Options())
    running.toggle_full_screen()
    turned = pygame.Surface((600, 1000))
    monkeypatch.setattr(pygame.display, "set_mode", lambda *_: turned)
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(600, 1000)])
    running.frame()
    assert running.main_view.size == (600, 1000)


def test_broken_settings_are_told_in_the_window() -> None:
    paths.config_folder().mkdir(parents=True)
    (paths.config_folder() / "settings.json").write_text("{")
    running = program.Program(Options())
    assert running.session.context.notices.items[0].kind == "warning"


def test_a_screenshot_shows_the_drawing_read(drawing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    screenshot.save_screenshot(out, Options(drawing=drawing, size=(800, 600), theme="dark"))
    empty = tmp_path / "empty.png"
    screenshot.save_screenshot(empty, Options(size=(800, 600), theme="dark"))
    with Image.open(out) as read, Image.open(empty) as nothing:
        assert read.size == (800, 600)
        assert read.tobytes() != nothing.tobytes()
    assert not paths.config_folder().exists()
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["empty.png", "out.png"]


def test_a_screenshot_of_an_event(drawing: Path, tmp_path: Path) -> None:
    pictures = []
    for event in (True, False):
        out = tmp_path / f"{event}.png"
        screenshot.save_screenshot(out, Options(drawing=drawing, size=(800, 600), event=event))
        with Image.open(out) as read:
            pictures.append(read.tobytes())
    assert pictures[0] != pictures[1]
    assert not paths.event_folder().exists()


def test_a_screenshot_says_what_is_wrong(tmp_path: Path, drawing: Path) -> None:
    with pytest.raises(FileError):
        screenshot.save_screenshot(tmp_path / "out.png", Options(drawing=tmp_path / "absent.ndjson"))
    with pytest.raises(FileError):
        screenshot.save_screenshot(tmp_path / "out.jpg", Options(drawing=drawing))
    with pytest.raises(OSError):  # noqa: PT011  which one depends on the system
        screenshot.save_screenshot(drawing / "out.png", Options(drawing=drawing))


class SlowClock:
    """A clock by which every frame took a minute, as after the machine slept."""

    def tick(self, rate: float = 0) -> int:
        return 60_000


def test_motion_goes_on_by_a_little_after_a_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.time, "Clock", SlowClock)
    running = program.Program(Options(size=(900, 700)))
    passed: list[float] = []
    update = running.main_view.update

    def noted(seconds: float) -> list[pygame.Rect]:
        passed.append(seconds)
        key(pygame.K_RIGHT) if len(passed) < 4 else pygame.event.post(pygame.event.Event(pygame.QUIT))
        return update(seconds)

    monkeypatch.setattr(running.main_view, "update", noted)
    running.run()
    assert 1 / 60 < max(passed) <= 0.1


class StrictClock:
    """Counts the rates that are asked for; no time passes."""

    def __init__(self) -> None:
        self.rates: list[float] = []
        CLOCKS.append(self)

    def tick(self, rate: float = 0) -> int:
        self.rates.append(rate)
        return 16


CLOCKS: list[StrictClock] = []


def test_the_window_shows_sixty_frames_a_second_and_tells_motion_how_long_each_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    CLOCKS.clear()
    monkeypatch.setattr(pygame.time, "Clock", StrictClock)
    running = program.Program(Options(size=(900, 700)))
    passed: list[float] = []
    update = running.main_view.update
    monkeypatch.setattr(running.main_view, "update", lambda seconds: (passed.append(seconds), update(seconds))[1])
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    running.run()
    assert set(CLOCKS[0].rates) == {60}
    assert passed[0] == 0 and passed[1] == pytest.approx(0.016)


def test_the_idle_loop_looks_often_at_first_and_then_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[int] = []

    def wait(milliseconds: int) -> int:
        naps.append(milliseconds)
        if len(naps) == 150:
            pygame.event.post(pygame.event.Event(pygame.QUIT))
        return milliseconds

    running = program.Program(Options(size=(900, 700)))
    monkeypatch.setattr(pygame.time, "wait", wait)
    running.run()
    assert naps[:100] == [10] * 100 and set(naps[100:]) == {25}


def test_no_thread_beside_the_loop_keeps_the_interpreter_for_long() -> None:
    before = sys.getswitchinterval()
    try:
        with program.window_system():
            assert sys.getswitchinterval() == pytest.approx(0.001)
            assert pygame.display.get_init() and pygame.font.get_init()
        assert not pygame.display.get_init()
    finally:
        sys.setswitchinterval(before)
