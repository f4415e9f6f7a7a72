"""The soak: a few seconds of random visitors, and whether it would tell of what it is there to find."""

import errno
import json
import multiprocessing
import os
import time
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import main
from app import memory
from app.event.kiosk import Kiosk
from app.event.tally import ENDING, ReadRecord, Tally, read_day
from app.options import Options
from app.session.session import Session
from app.soak import metrics, soak
from app.soak.metrics import LONGEST, STEP, Durations
from app.soak.troubles import Troubles
from app.soak.visitors import Visitors
from app.store import networks
from model.network.layers import Dense, Flatten
from model.network.network import Network

SECONDS = 1.2
SIZE = (800, 600)


@pytest.fixture(autouse=True)
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that reads at once."""
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    (tmp_path / "weights").mkdir()
    Network([Flatten(), Dense(10)], rng=np.random.default_rng(0)).save(tmp_path / "weights" / "cnn.npz")


@pytest.fixture
def time_passes_by_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A millisecond for each look at the soak's clock: on a slow machine it leaps over nothing."""
    looks = count()
    clock = {**vars(time), "monotonic": lambda: next(looks) / 1000}
    monkeypatch.setattr(soak, "time", SimpleNamespace(**clock))


@pytest.mark.usefixtures("time_passes_by_looking")
def test_a_short_soak_reports_all_that_it_measured(tmp_path: Path) -> None:
    report = soak.soak(Options(size=SIZE), SECONDS / 60, seed=1)
    assert report.passed, report.exceptions
    assert sum(report.visits.values()) >= 1
    assert report.events >= 1
    assert len(report.gaps) == len(report.work) > 0
    assert len(report.memory) == len(report.handles) == 3
    record = json.loads(report.to_json())
    assert record["frame_gaps"]["count"] == len(report.gaps)
    assert record["visits"] == report.visits
    assert report.troubles == [os.strerror(errno.ENOSPC), os.strerror(errno.EROFS), "The clock jumps"]
    assert report.counted == report.kept
    assert "exceptions  none" in report.to_text()
    # nothing of the person's own was written, and their folders are named as before
    assert list((tmp_path / "data").rglob("*")) == list((tmp_path / "config").rglob("*")) == []
    assert os.environ["DIGITPAD_DATA"] == str(tmp_path / "data")


def test_a_fault_is_reported_and_ends_with_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(kiosk: Kiosk, seconds: float) -> list[pygame.Rect]:
        raise ZeroDivisionError("of this test")

    monkeypatch.setattr(Kiosk, "update", fail)
    assert main.main(["--event", "--soak", "0.05", "--size", "800x600"]) == 1
    out = capsys.readouterr().out
    assert "exceptions  1" in out
    assert "ZeroDivisionError: of this test" in out


def test_a_visitor_who_gets_out_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = soak.SoakProgram.begin_event

    def begin_with_an_open_door(program: soak.SoakProgram) -> None:
        begin(program)
        assert program.event is not None
        program.event.over = True

    monkeypatch.setattr(soak.SoakProgram, "begin_event", begin_with_an_open_door)
    report = soak.soak(Options(size=SIZE), 0.3 / 60)
    assert report.escapes >= 1
    assert not report.passed


def test_a_tally_that_misses_a_line_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak.SoakProgram, "counted", 3)
    report = soak.soak(Options(size=SIZE), 0.2 / 60)
    assert not report.passed
    assert " of 3 on the disk" in report.to_text()


def test_a_process_that_stays_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "PATIENCE", 0.1)
    stays = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,), daemon=True)
    stays.start()
    try:
        report = soak.soak(Options(size=SIZE), 0.2 / 60)
    finally:
        stays.kill()
        stays.join()
    assert report.processes_left == 1
    assert not report.passed
    assert "1 left" in report.to_text()


def test_the_speed_is_told_to_the_visitors(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    paces: list[float] = []
    init = soak.SoakProgram.__init__

    def noted(self: soak.SoakProgram, options: Options, seconds: float, seed: int, pace: float) -> None:
        paces.append(pace)
        init(self, options, seconds, seed, pace)

    monkeypatch.setattr(soak.SoakProgram, "__init__", noted)
    for speed in ([], ["--speed", "24"]):
        assert main.main(["--event", "--soak", "0.01", "--size", "800x600", *speed]) == 0
    assert paces == [10, 24]
    assert "24 times a visitor's pace" in capsys.readouterr().out


def test_what_the_disk_refuses_for_a_while_is_written_later(tmp_path: Path) -> None:
    troubles = Troubles(100)
    tally = Tally(tmp_path, troubles.now)
    try:
        for second in range(100):
            troubles.update(second)
            tally.add(ReadRecord(7, sure=True, truth=7))
            assert bool(tally.problem) == (30 <= second < 34 or 50 <= second < 54)
    finally:
        troubles.end()
    days = sorted(tmp_path.glob(f"*{ENDING}"))
    assert len(days) == 2  # before the clock jumped, and after
    assert sum(read_day(day).drawings for day in days) == 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--soak", "1"], "give --event"),
        (["--event", "--soak", "0"], "no time"),
        (["--event", "--soak", "x"], "no time"),
        (["--event", "--soak", "1", "--speed", "0"], "no speed"),
        (["--event", "--soak", "1", "--speed", "fast"], "no speed"),
        (["--speed", "24"], "give --soak"),
    ],
)
def test_what_the_command_line_refuses(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    status: object
    try:
        status = main.main(arguments)
    except SystemExit as end:  # as argparse ends
        status = end.code
    assert status == 2
    assert words in capsys.readouterr().err


def acts(seed: int, session: Session) -> list[str]:
    """What visitors do in two minutes before a kiosk that does not answer."""
    now = [0.0]
    kiosk = Kiosk(session, SIZE, np.random.default_rng(0), lambda: now[0])
    visitors = Visitors(lambda: kiosk, np.random.default_rng(seed), lambda: now[0])
    done: list[str] = []
    pygame.event.clear()
    for _ in range(240):
        now[0] += 0.5
        visitors.act()
        done += [str(event) for event in pygame.event.get()]
    return done


def test_the_same_seed_gives_the_same_visitors(session: Session) -> None:
    pygame.display.set_mode(SIZE)
    assert acts(3, session) == acts(3, session) != acts(4, session)


def test_visitors_touch_click_and_type(session: Session) -> None:
    pygame.display.set_mode(SIZE)
    done = " ".join(act for seed in range(8) for act in acts(seed, session))
    for kind in ("FingerDown", "FingerUp", "MouseButtonDown", "MouseButtonUp", "KeyDown"):
        assert kind in done


@settings(max_examples=25)
@given(st.lists(st.floats(0, LONGEST), min_size=1, max_size=50), st.floats(0.01, 1))
def test_quantiles_are_those_of_the_sorted_times(times: list[float], share: float) -> None:
    durations = Durations()
    for seconds in times:
        durations.add(seconds)
    expected = sorted(times)[int(np.ceil(share * len(times) - 1e-9)) - 1]
    assert durations.quantile(share) == pytest.approx(expected, abs=1.01 * STEP)
    assert durations.longest == max(times)


def test_what_the_system_does_not_tell_is_not_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def absent(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", absent)
    monkeypatch.setattr(memory, "HANDLES", (tmp_path / "absent",))
    assert memory.memory() is None
    assert memory.handles() is None
    measured = metrics.ProcessMetrics(10)
    for second in range(11):
        measured.measure(second, comparable=True)
    assert measured.growth is measured.most_memory is None
    assert measured.memory == measured.handles == [None, None, None]


def test_memory_is_judged_by_medians_and_handles_by_the_fewest(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    peaks = {7.0: 500, 19.0: 500}  # for a moment
    dialogs = {3.0: 900, 16.0: 900, 17.0: 900, 18.0: 900}  # with another screen up
    monkeypatch.setattr(metrics, "memory", lambda: (peaks | dialogs).get(now, 100 if now < 15 else 110))
    monkeypatch.setattr(metrics, "handles", lambda: 9 if now in peaks else 7)
    measured = metrics.ProcessMetrics(20)
    for frame in range(400):
        now = frame / 20
        measured.measure(now, comparable=now not in dialogs)
    assert measured.settled_after == 10
    assert measured.memory == [100, 100, 110]  # of 100, 110 and 500 at the end
    assert measured.most_memory == 900
    assert measured.handles == [7, 7, 7]  # those of the peaks were closed again
    assert measured.growth == pytest.approx(0.1)


def test_a_minute_of_holes_in_the_heap_is_no_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(metrics, "memory", lambda: 110 if now >= 360 else 100)
    measured = metrics.ProcessMetrics(400)
    for second in range(401):
        now = float(second)
        measured.measure(now, comparable=True)
    assert measured.growth == 0
