"""Soak: the real program in the event mode, with random visitors in a hurry, and what that does to it.

A day at an event in less time: the clock of the event mode and the visitors run so many times as fast as a real clock.
On its way come troubles that a day may bring (`app.soak.troubles`), and at the end the tally must be what was counted.
Nothing of the person's own is read or changed: settings and tally are in a folder of their own, which is removed.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import active_children

import numpy as np
import pygame

from app.event.kiosk import Kiosk
from app.event.tally import ENDING, Tally, read_record
from app.fault_log import place_of
from app.options import Options
from app.paths import event_folder
from app.program import FRAMES, Program, window_system
from app.soak.metrics import Durations, ProcessMetrics
from app.soak.troubles import Troubles
from app.soak.visitors import Visitors

PACE = 10.0  # times as fast as real visitors, where nothing else is asked for
HOUR = 3600.0  # seconds of visitors after which memory should not grow any more
MOST_FAULTS = 20  # in the report
PATIENCE = 5.0  # seconds in which processes beside the window may end
SIZES = ((1280, 720), (720, 1280), (1024, 600), (1920, 1080), (1080, 1920))  # of a window that visitors turn


@dataclass(frozen=True)
class Report:
    """What a soak found. Times in seconds, memory in bytes; escapes: how often a visitor left the event mode.

    memory: with the first screen up; most_memory: whatever was up.

    processes_left: beside the window, still there when it had been closed for a while.

    counted, kept: things that the tally was told of, and those in its files at the end; troubles: what came on the way.

    gaps: from one frame to the next, where 60 a second were wanted; work: the processor's part of them, which other
    programs on a busy machine do not lengthen.
    """

    seconds: float
    settled_after: float
    pace: float
    seed: int
    window: tuple[int, int]
    driver: str
    visits: dict[str, int]
    events: int
    gaps: Durations
    work: Durations
    memory: list[int | None]
    memory_growth: float | None
    most_memory: int | None
    handles: list[int | None]
    counted: int
    kept: int
    troubles: list[str]
    escapes: int
    processes_left: int
    exceptions: list[str]

    @property
    def passed(self) -> bool:
        """Whether no exception happened, no visitor got out, no process is left, and the tally is whole."""
        faults = (self.exceptions, self.escapes, self.processes_left)
        return not any(faults) and self.counted == self.kept

    def to_json(self) -> str:
        """All of it as one JSON object."""
        times = {"frame_gaps": self.gaps.summary(), "frame_work": self.work.summary()}
        plain = {name: value for name, value in vars(self).items() if not isinstance(value, Durations)}
        return json.dumps({**plain, **times, "passed": self.passed})

    def to_text(self) -> str:
        """All of it for people."""
        visits = ", ".join(f"{count} {name}" for name, count in sorted(self.visits.items(), key=lambda item: -item[1]))
        moments = ("at the start", f"from {_spoken(self.settled_after)} on", "at the end")
        memory = [_or_not(m, _megabytes) for m in self.memory]
        most = _or_not(self.most_memory, _megabytes)
        growth = "" if self.memory_growth is None else f" ({100 * self.memory_growth:+.1f} %)"
        return "\n".join(
            (
                f"soak        {_spoken(self.seconds)} at {self.pace:g} times a visitor's pace, which is "
                f"{_spoken(self.seconds * self.pace)} of visitors, seed {self.seed}, "
                f"{self.window[0]} x {self.window[1]}, {self.driver}",
                f"visits      {sum(self.visits.values())}: {visits}",
                f"events      {self.events}",
                f"memory      {', '.join(f'{m} {when}' for m, when in zip(memory, moments, strict=False))}{growth}"
                f"; at most {most}",
                f"handles     {', '.join(_or_not(count, str) for count in self.handles)}",
                f"frame gaps  {_times(self.gaps)}, of {len(self.gaps)} at {FRAMES} a second",
                f"frame work  {_times(self.work)}, of the processor",
                f"tally       {self.kept} of {self.counted} on the disk",
                f"troubles    {', '.join(self.troubles) or 'none'}",
                f"escapes     {self.escapes or 'none'}",
                f"processes   {self.processes_left or 'none'} left",
                f"exceptions  {len(self.exceptions) or 'none'}",
                *self.exceptions,
            )
        )


class SoakProgram(Program):
    """The program with random visitors before it.

    Counts the gaps between frames of which 60 a second were wanted, less the time that it took to choose what they do.
    """

    def __init__(self, options: Options, seconds: float, seed: int, pace: float = PACE) -> None:
        self.troubles = Troubles(seconds)
        self.tallies: list[Tally] = []
        super().__init__(replace(options, event=True), lambda: time.monotonic() * pace, self.troubles.now)
        self.session.settings.event_keep = True
        self.session.forget_settings()
        turn = self.turn_window if options.size is not None else None
        self.visitors = Visitors(self._kiosk, np.random.default_rng(seed), self._clock, turn)
        self.gaps, self.work = Durations(), Durations()
        self.metrics = ProcessMetrics(seconds, HOUR / pace)
        self.escapes = 0
        self.exceptions: list[str] = []
        self._faulty: set[tuple[str, int, str]] = set()  # where they were raised
        self.seconds = seconds
        self._began = time.monotonic()
        self._last_frame: float | None = None  # None where the next frame follows no other at once
        self._acted = self._worked = 0.0
        self._sizes = [*SIZES, *(() if options.size is None else (options.size,))]

    def begin_event(self) -> None:
        """As for everybody; its tally will be looked at."""
        super().begin_event()
        self.tallies.append(self._kiosk().guestbook.tally)

    @property
    def counted(self) -> int:
        """How many things the tally was told of."""
        return sum(tally.added for tally in self.tallies)

    @property
    def kept(self) -> int:
        """How many of them are in its files."""
        files = event_folder().glob(f"*{ENDING}")
        return sum(read_record(line) is not None for file in files for line in file.read_bytes().splitlines())

    @property
    def elapsed(self) -> float:
        """Seconds since the visitors came."""
        return time.monotonic() - self._began

    def _kiosk(self) -> Kiosk:
        assert self.event is not None
        return self.event

    @property
    def due(self) -> bool:
        """Whether a visitor does something, the time is over, or the program itself has something to do."""
        return super().due or self.visitors.due or self.elapsed >= self.seconds

    def prepare(self) -> None:
        """Load the network; then the time begins."""
        super().prepare()
        self._began = time.monotonic()
        self.metrics.measure(0, comparable=True)

    def recover(self, error: Exception) -> None:
        """Go on as for everybody; each different fault goes into the report once."""
        place = place_of(error)
        if place not in self._faulty and len(self._faulty) < MOST_FAULTS:
            self._faulty.add(place)
            self.exceptions.append("".join(traceback.format_exception(error)))
        super().recover(error)

    def take_events(self) -> None:
        """Let the visitors act, then take the events of that; begin again where one found the way out."""
        if self.event is None:  # a visitor found the way out
            self.escapes += 1
            self.begin_event()
        self.metrics.measure(self.elapsed, comparable=not self._kiosk().dialogs)
        self.troubles.update(self.elapsed)
        began = time.perf_counter()
        self.visitors.act()
        self._acted = time.perf_counter() - began
        self._worked = time.thread_time()
        super().take_events()
        if self.elapsed >= self.seconds:
            self.main_view.quitting = self._kiosk().quitting = True

    def sleep(self) -> list[pygame.event.Event]:
        """Wait for something to do; the pause counts as no gap between frames."""
        self._last_frame = None
        return super().sleep()

    def frame(self) -> None:
        """Draw a frame, and note the gap before it and the work for it."""
        super().frame()
        now = time.perf_counter()
        if self._last_frame is not None and self.rate == FRAMES:
            self.gaps.add(max(0.0, now - self._last_frame - self._acted))
            self.work.add(time.thread_time() - self._worked)
        self._last_frame = now

    def turn_window(self) -> None:
        """Give the window the next size, as a display that is turned does."""
        self._sizes.append(self._sizes.pop(0))
        pygame.display.set_mode(self._sizes[0], pygame.RESIZABLE)
        self.follow_size()
        self._last_frame = None


def soak(options: Options, minutes: float, seed: int = 0, pace: float = PACE) -> Report:
    """Let random visitors use the program for so many minutes, `pace` times as fast as real ones.

    Raises pygame.error without a screen.
    """
    with _folders_of_its_own(), window_system():
        program = SoakProgram(options, minutes * 60, seed, pace)
        driver = pygame.display.get_driver()
        try:
            program.run()
        except Exception:  # noqa: BLE001  it goes into the report
            program.exceptions.append(traceback.format_exc())
        finally:
            program.troubles.end()
        return Report(
            seconds=round(program.elapsed, 1),
            settled_after=program.metrics.settled_after,
            pace=pace,
            seed=seed,
            window=program.window.get_size() if options.size is None else options.size,
            driver=driver,
            visits=dict(program.visitors.visits),
            events=program.visitors.events,
            gaps=program.gaps,
            work=program.work,
            memory=program.metrics.memory,
            memory_growth=program.metrics.growth,
            most_memory=program.metrics.most_memory,
            handles=program.metrics.handles,
            counted=program.counted,
            kept=program.kept,
            troubles=program.troubles.seen,
            escapes=program.escapes,
            processes_left=_processes_left(),
            exceptions=program.exceptions,
        )


def _processes_left() -> int:
    """How many processes beside the window do not end by themselves within a while after it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and active_children():
        time.sleep(0.05)
    return len(active_children())


@contextmanager
def _folders_of_its_own() -> Iterator[None]:
    """Settings and data in a folder that is removed at the end."""
    names = ("DIGITPAD_CONFIG", "DIGITPAD_DATA")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="digitpad-soak-", ignore_cleanup_errors=True) as folder:
        os.environ.update(dict.fromkeys(names, folder))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def _spoken(seconds: float) -> str:
    if seconds >= 2 * HOUR:
        return f"{seconds / HOUR:.1f} hours"
    return f"{seconds / 60:.1f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def _times(durations: Durations) -> str:
    times = {name: f"{1000 * seconds:.1f} ms" for name, seconds in durations.summary().items()}
    return f"{times['median']} median, {times['percentile_99']} 99th percentile, {times['longest']} longest"


def _megabytes(memory: int) -> str:
    return f"{memory / 2**20:.1f} MB"


def _or_not(value: int | None, show: Callable[[int], str]) -> str:
    return "not measured" if value is None else show(value)
