"""Times from frame to frame while somebody draws: alone, while a network trains in its own process, or while it learns.

    python -m bench.frame_times [--seconds S] [--network NAME] [--json]
    python -m bench.frame_times --corrections 200 [--json]

Takes the real program with its window (SDL_VIDEODRIVER=dummy for none): a pen draws rounds on the paper without end,
live reading is on, and every snapshot of the training is read with from the moment it comes. Gaps are in ms.

--corrections: so many strange forms are learned at once meanwhile, one after the other, the first from a cold start.
Seconds are from the press of the true digit to reading with what was learned.
"""

import argparse
import json
import math
import os
import sys
import tempfile
import time
from typing import Any

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np
import pygame

from app.options import Options
from app.program import Program
from app.retraining.process import TrainingProcess
from app.retraining.task import TrainingTask
from app.store.networks import find
from bench.at_once import strange_cases
from bench.personal import by_writer, kept_out
from model.console import exit_with
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.reading.reader import Reader
from model.training.lesson_plans import plan

SPEED = 5.0  # of the pen, radians a second
POINTS = 4  # that the pointer reports a frame
THINKING = 4.0  # seconds from the first ink to the first correction
LOOK = 0.05  # seconds from one look at whether a correction is learned to the next


class Pen:
    """Draws rounds: posts what a mouse would report, and begins a new stroke, on a clean page, every three seconds.

    paper: where, in pixels of the window; None for that of the drawing screen.
    """

    def __init__(self, program: Program, paper: pygame.Rect | None = None) -> None:
        self._program = program
        self._paper = paper if paper is not None else program.main_view.pad.layout.canvas
        self._down = False
        self._until = 0.0
        self._last = time.perf_counter()

    def move(self) -> None:
        now = time.perf_counter()
        if now > self._until:
            if self._down:
                self._post(pygame.MOUSEBUTTONUP, now, button=1)
                self._program.session.ink.clear()
            self._post(pygame.MOUSEBUTTONDOWN, now, button=1)
            self._down, self._until = True, now + 3
        for moment in np.linspace(self._last, now, POINTS + 1)[1:]:
            self._post(pygame.MOUSEMOTION, moment, rel=(0, 0), buttons=(1, 0, 0))
        self._last = now

    def _post(self, kind: int, moment: float, **values: Any) -> None:
        canvas = self._paper
        angle, radius = moment * SPEED, canvas.width * (0.3 + 0.1 * math.sin(moment))
        place = canvas.centerx + radius * math.cos(angle), canvas.centery + radius * math.sin(angle)
        pygame.event.post(pygame.event.Event(kind, pos=place, touch=False, **values))


def gaps(program: Program, pen: Pen, seconds: float, retraining: TrainingProcess | None) -> np.ndarray:
    """Draw for so long; returns the times between one frame and the next, in ms."""
    times: list[float] = []
    read_with: Network | None = None
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pen.move()
        program.take_events()
        if retraining is not None:
            retraining.poll()
            if retraining.newest is not None and retraining.newest is not read_with:
                read_with = retraining.newest
                program.session.reader.read_with(Reader(read_with))
        program.frame()
        times.append(time.perf_counter())
    return np.diff(times) * 1000


def corrections(program: Program, pen: Pen, count: int) -> tuple[np.ndarray, list[float]]:
    """Correct so many drawings while somebody draws; returns gaps in ms, and the seconds that each of them took."""
    at_once = program.session.at_once
    gaps(program, pen, THINKING, None)  # with the first ink it makes itself ready
    found, seconds = [], []
    for drawing in drawings_to_correct(count):
        started = time.perf_counter()
        at_once.learn(drawing, int(drawing.word or 0), None)
        while at_once.busy:
            found.append(gaps(program, pen, LOOK, None))
        seconds.append(time.perf_counter() - started)
    return np.concatenate(found), seconds


def drawings_to_correct(count: int) -> list[Drawing]:
    """Drawings of the strange forms by writers who are kept out of training, all different."""
    drawings: list[Drawing] = []
    rng = np.random.default_rng(0)
    while len(drawings) < count:
        cases = strange_cases(by_writer(kept_out()))
        made = [drawing for case in cases for drawing in case.drawings]
        drawings += [made[i] for i in rng.permutation(len(made))]
    return drawings[:count]


def figures(times: np.ndarray) -> dict[str, float]:
    return {
        "frames": len(times),
        "median": round(float(np.median(times)), 2),
        "p99": round(float(np.quantile(times, 0.99)), 2),
        "worst": round(float(times.max()), 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Times from frame to frame while somebody draws.")
    parser.add_argument("--seconds", type=float, default=15, help="of each measurement (default 15)")
    parser.add_argument("--network", default="cnn", metavar="NAME", help="what is trained from nothing (default cnn)")
    parser.add_argument("--corrections", type=int, default=0, help="learn so many at once, and train nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    os.environ.setdefault("SDL_TOUCH_MOUSE_EVENTS", "0")
    # What is learned here stays here; the last of it may still be on its way to the disk at the end.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["DIGITPAD_DATA"] = folder
        return measure(options)


def measure(options: argparse.Namespace) -> int:
    """Measure and print."""
    pygame.display.init()
    pygame.font.init()
    program = Program(Options(size=(1180, 720)))
    program.session.forget_settings()
    program.session.settings.live = True
    program.session.reader.use_network("cnn")
    if program.session.reader.network is None:
        print("There is no network to read with.", file=sys.stderr)
        return 2
    pen = Pen(program)
    gaps(program, pen, 1, None)
    if options.corrections:
        return measure_corrections(program, pen, options)
    result: dict[str, object] = {"alone": figures(gaps(program, pen, options.seconds, None))}
    wanted = plan("good", from_nothing=True, own=False)
    retraining = TrainingProcess(
        TrainingTask(plan=wanted, present=find("cnn"), from_nothing=True, network=options.network)
    )
    try:
        while not retraining.advances:
            if retraining.over:
                print(f"The training ended too early: {retraining.failure}", file=sys.stderr)
                return 2
            gaps(program, pen, 0.1, retraining)
        result["training"] = figures(gaps(program, pen, options.seconds, retraining))
        last = retraining.advances[-1]
        result["images_per_second"] = round(last.images_per_second)
    finally:
        retraining.close()
        pygame.quit()
    if options.json:
        print(json.dumps(result))
        return 0
    for name in ("alone", "training"):
        row = result[name]
        assert isinstance(row, dict)
        print(f"{name:<10}" + "".join(f"{key} {value:<10}" for key, value in row.items()))
    print(f"trained on {result['images_per_second']} pictures a second")
    return 0


def measure_corrections(program: Program, pen: Pen, options: argparse.Namespace) -> int:
    """The same of learning at once."""
    times, seconds = corrections(program, pen, options.corrections)
    forms = len(program.session.at_once.forms)
    program.main_view.close()
    pygame.quit()
    result = {
        "learning": figures(times),
        "first": round(seconds[0], 2),
        "median": round(float(np.median(seconds)), 2),
        "worst of the others": round(max(seconds[1:], default=0.0), 2),
        "forms": forms,
    }
    print(json.dumps(result) if options.json else "\n".join(f"{key}: {value}" for key, value in result.items()))
    return 0


if __name__ == "__main__":
    exit_with(main)
