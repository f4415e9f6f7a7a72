"""Networks that visitors raise: seconds to 97 %, what their moments take, frames meanwhile; and those that go wrong.

    python -m bench.raising [--pictures N] [--seconds S] [--stories K] [--json]

Everything by the processes that the program starts, at their own priority; nothing of the person's own is touched.
Seconds count from the press of the button. --pictures: of MNIST's test, by which each remembered moment is judged.
--seconds: that a pen draws while a network is raised, in the real window (SDL_VIDEODRIVER=dummy for none); gaps in ms.
--stories: networks for each way to go wrong; before and after its repair, of a hundred drawings each.
"""

import argparse
import json
import os
import tempfile
import time
from itertools import product
from typing import Any

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import pygame

from app.commands import Command
from app.options import Options
from app.program import Program
from app.raising.process import RaisingProcess
from app.raising.reports import Grown, Tried
from app.raising.screen import RaisingScreen
from app.raising.story_process import StoryProcess
from app.raising.task import RaisingTask, StoryTask
from bench.frame_times import Pen, figures, gaps
from model.console import exit_with
from model.data.datasets import load_dataset
from model.data.images import Images
from model.training.biases import Bias

GOAL = 0.97
LOOK = 0.005  # seconds from one look at what a process reported to the next


def raised(task: RaisingTask, test: Images) -> dict[str, Any]:
    """Raise one network to its end.

    seconds, seen: time and pictures to GOAL, None where it never gets there; bytes: of all moments.
    """
    began = time.perf_counter()
    process = RaisingProcess(task)
    came: list[tuple[float, Grown]] = []
    while not process.over:
        process.poll()
        came += [(time.perf_counter() - began, grown) for grown in process.kept[len(came) :]]
        time.sleep(LOOK)
    came += [(time.perf_counter() - began, grown) for grown in process.kept[len(came) :]]
    ended = time.perf_counter() - began
    process.close_soon()
    if process.failure is not None:
        raise ValueError(f"The network was not raised: {process.failure}.")
    seconds, seen, accuracy = first_at(came, process, test)
    return {
        "units": "many" if task.many else "few",
        "filters": task.filters,
        "seconds": seconds,
        "seen": seen,
        "seconds_in_all": round(ended, 1),
        "accuracy": round(accuracy, 4),
        "moments": len(came),
        "bytes": sum(grown.weights.nbytes for _, grown in came),
    }


def first_at(
    came: list[tuple[float, Grown]], process: RaisingProcess, test: Images
) -> tuple[float | None, int | None, float]:
    """When the first moment that reads GOAL of the pictures came, what it had seen; and the accuracy of the last."""
    scaled, accuracy = test.scaled(), 0.0
    found: float | None = None
    seen: int | None = None
    for seconds, grown in came:
        accuracy = float((process.network_of(grown).predict(scaled) == test.labels).mean())
        if found is None and accuracy >= GOAL:
            found, seen = round(seconds, 1), grown.seen
    return found, seen, accuracy


def told(bias: Bias, seed: int) -> dict[str, Any]:
    """One story to its end: how many of a hundred before and after the repair, of what it fails on and of others."""
    began = time.perf_counter()
    process = StoryProcess(StoryTask(bias=bias, seed=seed))
    usual_before = None
    while not process.over:
        process.poll()
        if process.can_repair and isinstance(process.grown, Tried):
            usual_before = process.usual(process.grown)
            process.repair()
        time.sleep(LOOK)
    process.close_soon()
    if not isinstance(process.grown, Tried):
        raise ValueError(f"The story was not told: {process.failure}.")
    return {
        "bias": bias.value,
        "seed": seed,
        "before": process.before,
        "after": process.right(process.grown),
        "usual_before": usual_before,
        "usual_after": process.usual(process.grown),
        "seconds": round(time.perf_counter() - began, 1),
    }


def frames(seconds: float) -> dict[str, float]:
    """Gaps between frames, in ms, while somebody draws and a network is raised."""
    pygame.display.init()
    pygame.font.init()
    program = Program(Options(size=(1180, 720)))
    program.session.forget_settings()
    program.main_view.perform(Command.RAISE)
    screen = program.main_view.screen
    assert isinstance(screen, RaisingScreen)
    screen.school.begin()
    pen = Pen(program, screen.layout.paper)
    while screen.school.raised is not None and screen.school.raised.grown is None:
        gaps(program, pen, 0.1, None)
    found = figures(gaps(program, pen, seconds, None))
    program.main_view.close()
    pygame.quit()
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Networks that visitors raise, and those that go wrong on purpose.")
    parser.add_argument("--pictures", type=int, default=2000, help="of MNIST's test to judge by (default 2000)")
    parser.add_argument("--seconds", type=float, default=8, help="of frames, while a pen moves (default 8)")
    parser.add_argument("--stories", type=int, default=3, help="networks for each way to go wrong (default 3)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    os.environ.setdefault("SDL_TOUCH_MOUSE_EVENTS", "0")
    test = load_dataset().test[: options.pictures]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITPAD_DATA"] = os.environ["DIGITPAD_CONFIG"] = folder
        result = {
            "raised": [
                raised(RaisingTask(filters=filters, many=many, seed=1), test)
                for filters, many in product((True, False), (True, False))
            ],
            "frames": frames(options.seconds),
            "stories": [told(bias, seed) for bias, seed in product(Bias, range(1, options.stories + 1))],
        }
    print(json.dumps(result) if options.json else in_lines(result))
    return 0


def in_lines(result: dict[str, Any]) -> str:
    """For people: a line for each network, and one of the frames."""
    lines = ["  ".join(f"{key} {value}" for key, value in row.items()) for row in result["raised"]]
    lines.append("frames  " + "  ".join(f"{key} {value}" for key, value in result["frames"].items()))
    lines += ["  ".join(f"{key} {value}" for key, value in row.items()) for row in result["stories"]]
    return "\n".join(lines)


if __name__ == "__main__":
    exit_with(main)
