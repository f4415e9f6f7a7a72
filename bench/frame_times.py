"""Times from frame to frame while somebody draws, without and with a network that trains in its own process.

    python -m bench.frame_times [--seconds S] [--network NAME] [--json]

Takes the real program with its window (SDL_VIDEODRIVER=dummy for none): a pen draws rounds on the paper without end,
live reading is on, and every snapshot of the training is read with from the moment it comes. Gaps are in ms.
"""

import argparse
import json
import math
import os
import sys
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
from model.console import exit_with
from model.network.network import Network
from model.reading.reader import Reader
from model.training.lesson_plans import plan

SPEED = 5.0  # of the pen, radians a second
POINTS = 4  # that the pointer reports a frame


class Pen:
    """Draws rounds: posts what a mouse would report, and begins a new stroke, on a clean page, every three seconds."""

    def __init__(self, program: Program) -> None:
        self._program = program
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
        canvas = self._program.main_view.pad.layout.canvas
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
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    os.environ.setdefault("SDL_TOUCH_MOUSE_EVENTS", "0")
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


if __name__ == "__main__":
    exit_with(main)
