"""How much a network learns from a few drawings of one writer, and what that costs it on MNIST.

    python -m bench.personal [FILE.ndjson...] [--network NAME|FILE] [--length quick] [--writers 10] [--validation]
    python -m bench.personal --at-once [FILE.ndjson...] [--letters FILE.ndjson] [--validation]

FILE holds labelled digits of several writers, "key_id" telling them apart: writer/symbol/instance. Without FILE the
writers are those of the program's own pen strokes whom no training sees, and the letters theirs. For each of the
writers that the network reads worst it is taught 2 drawings of each digit, each time from its shipped weights on, and
tested on the others. Fractions are of all drawings that are tested on together.

--at-once: what it learns at once, from one, two and three corrections, of digits that it misreads and of strange forms
made of everybody's strokes: right and sure on the writer's other drawings of that form; points lost on MNIST and on the
other writers; letters that are surely a digit now and were not; the most seconds that a correction took. Then the same
of one network that is taught all of it, one drawing after another.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np

from app.store.networks import find
from bench.at_once import Outcome, Trial, misread_cases, strange_cases, table
from model.console import exit_with
from model.data.datasets import Dataset, load_dataset
from model.data.images import Images
from model.data.pen_strokes import load_pen_strokes
from model.evaluation.evaluation import logits_of
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, Stroke, read_drawings
from model.reading.reader import Reader
from model.training.at_once import QuickLearner
from model.training.lesson import DIGITS, Lesson
from model.training.lesson_plans import LessonPlan, plan
from model.training.memory import Memory, remembered_pictures

TAUGHT = 2  # drawings of each digit
CANVAS = 256  # units of the drawings of the program's own pen strokes


@dataclass(frozen=True)
class Row:
    """One writer: drawings tested on, how many of them were misread, and not sure, before and after."""

    writer: str
    tested: int
    wrong_before: int
    wrong_after: int
    unsure_before: int
    unsure_after: int
    mnist_after: float
    seconds: float


def by_writer(drawings: list[Drawing]) -> dict[str, list[Drawing]]:
    """The digits of each writer. Raises DrawingError where nothing says whose they are."""
    writers: dict[str, list[Drawing]] = {}
    for drawing in drawings:
        if drawing.word in DIGITS and drawing.strokes:
            writer = str(drawing.extra.get("key_id", "")).split("/")[0]
            writers.setdefault(writer, []).append(drawing)
    if not writers or "" in writers:
        raise DrawingError('every line needs a digit as "word" and a "key_id" such as writer/symbol/instance')
    return writers


def kept_out() -> list[Drawing]:
    """What the writers drew who are kept out of training, among the program's own pen strokes."""
    people = load_pen_strokes().for_validation()
    return [
        Drawing(
            tuple(Stroke(stroke * np.float32(CANVAS)) for stroke in strokes),
            (CANVAS, CANVAS),
            str(symbol),
            {"key_id": f"{writer}/{symbol}/{number}"},
        )
        for number, (strokes, symbol, writer) in enumerate(
            zip(people.drawings, people.symbols, people.writers, strict=True)
        )
    ]


def divide(drawings: list[Drawing]) -> tuple[list[Drawing], list[Drawing]]:
    """The first drawings of each digit, to teach; the others, to test on."""
    taught: list[Drawing] = []
    tested: list[Drawing] = []
    seen = dict.fromkeys(DIGITS, 0)
    for drawing in drawings:
        digit = str(drawing.word)
        (taught if seen[digit] < TAUGHT else tested).append(drawing)
        seen[digit] += 1
    return taught, tested


def read(network: Network, drawings: list[Drawing]) -> tuple[int, int, float]:
    """(misread, not sure, mean probability of the true digit) of drawings."""
    readings = Reader(network).read_drawings(drawings)
    wrong = sum(str(r.digit) != d.word for r, d in zip(readings, drawings, strict=True))
    truth = [float(r.probabilities[int(d.word or 0)]) for r, d in zip(readings, drawings, strict=True)]
    return wrong, sum(not r.sure for r in readings), statistics.fmean(truth)


def accuracy_of(network: Network, images: Images) -> float:
    """The fraction of labelled pictures that is read right, with test-time augmentation, as the program reads."""
    return float((logits_of(network, images).argmax(axis=1) == images.labels).mean())


def worst(network: Network, writers: dict[str, list[Drawing]], count: int) -> list[str]:
    """The writers with the most misread drawings; of equals, those with the least probability of the truth.

    Those of whom nothing is left to test on are passed over. Raises DrawingError where nobody is left.
    """
    figures = {writer: read(network, drawings) for writer, drawings in writers.items() if divide(drawings)[1]}
    if not figures:
        raise DrawingError(f"nobody drew a digit more than {TAUGHT} times: nothing is left to test on")
    return sorted(figures, key=lambda w: (-figures[w][0] / len(writers[w]), figures[w][2]))[:count]


def measure(
    network: Network, writer: str, drawings: list[Drawing], dataset: Dataset, lesson_plan: LessonPlan, mnist: Images
) -> Row:
    """Teach the network one writer's drawings, and test it, on the others and on these pictures of MNIST."""
    taught, tested = divide(drawings)
    before = read(network, tested)
    started = time.perf_counter()
    lesson = Lesson(network, dataset, taught, lesson_plan)
    for _ in lesson.run():
        pass
    new = lesson.finish()
    seconds = time.perf_counter() - started
    after = read(new, tested)
    mnist_after = accuracy_of(new, mnist)
    return Row(writer, len(tested), before[0], after[0], before[1], after[1], mnist_after, round(seconds, 1))


def main() -> int:
    parser = argparse.ArgumentParser(description="What a network learns from a few drawings of one writer.")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.ndjson")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--length", default="quick", help="quick, good or thorough")
    parser.add_argument("--writers", type=int, default=10, help="how many of the worst read (default 10)")
    parser.add_argument("--at-once", action="store_true", help="what it learns at once instead")
    parser.add_argument("--letters", type=Path, metavar="FILE.ndjson", help="what must stay not sure")
    parser.add_argument("--validation", action="store_true", help="MNIST's validation pictures, not its test pictures")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    try:
        network = Network.load(find(options.network))
        drawings = [drawing for path in options.files for drawing in read_drawings(path)]
        writers = by_writer(drawings or kept_out())
        if options.at_once:
            learn_at_once(network, writers, options)
            return 0
        lesson_plan = plan(options.length, from_nothing=False)
        dataset = load_dataset()
        mnist = dataset.validation if options.validation else dataset.test
        mnist_before = accuracy_of(network, mnist)
        rows = []
        for writer in worst(network, writers, options.writers):
            rows.append(measure(network, writer, writers[writer], dataset, lesson_plan, mnist))
            if not options.json:
                show(rows[-1])
    except BrokenPipeError:  # of what is printed after each writer
        raise
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    result = summary(rows, mnist_before)
    if options.json:
        print(json.dumps(result))
        return 0
    print(f"read right: {result['before']:.2%} before, {result['after']:.2%} after; ", end="")
    print(f"misread: {result['misread_before']} before, {result['misread_after']} after, of {result['tested']}", end="")
    print(f" ({result['misread_left']:.0%} left)" if result["misread_before"] else "")
    print(f"MNIST: {mnist_before:.2%} before, {result['mnist_after']:.2%} after on average, ", end="")
    print(
        f"{result['mnist_after_worst']:.2%} at worst: {100 * result['mnist_lost']:.2f} points lost on average, ", end=""
    )
    print(f"{100 * result['mnist_lost_worst']:.2f} at worst; {result['seconds']:.1f} seconds a lesson")
    return 0


def learn_at_once(network: Network, writers: dict[str, list[Drawing]], options: argparse.Namespace) -> None:
    """Teach every case, and print the figures. Raises ValueError or OSError for files that cannot be used."""
    letters = read_drawings(options.letters) if options.letters is not None else []
    if not options.files and not letters:
        letters = [drawing for drawing in kept_out() if str(drawing.word).isalpha()]
    dataset = load_dataset()
    mnist = dataset.validation if options.validation else dataset.test
    learner = QuickLearner(network, Memory.of(network, remembered_pictures()))
    trial = Trial(learner, mnist, writers, letters)
    outcomes: list[Outcome] = []
    cases = [*misread_cases(network, writers), *strange_cases(writers)]
    for case in cases:
        outcomes += trial.run(case)
    of_all = trial.run_all(cases)
    if options.json:
        print(json.dumps({"cases": [asdict(outcome) for outcome in outcomes], "all": asdict(of_all)}))
    else:
        print("\n".join([*table(outcomes), f"one network, all of it: {of_all}"]))


def show(row: Row) -> None:
    print(
        f"writer {row.writer}: misread {row.wrong_before} -> {row.wrong_after}, not sure {row.unsure_before} -> "
        f"{row.unsure_after} of {row.tested}; MNIST {row.mnist_after:.2%}; {row.seconds:.1f} s",
        flush=True,
    )


def summary(rows: list[Row], mnist_before: float) -> dict[str, Any]:
    """The figures of all writers together.

    misread_left: fraction of the misread drawings that still are; lost: below 0 where MNIST is read better than before;
    seconds: of one lesson, the median.
    """
    mnist = [row.mnist_after for row in rows]
    tested = sum(row.tested for row in rows)
    wrong_before, wrong_after = sum(r.wrong_before for r in rows), sum(r.wrong_after for r in rows)
    return {
        "before": 1 - wrong_before / tested,
        "after": 1 - wrong_after / tested,
        "mnist_before": mnist_before,
        "mnist_after": statistics.fmean(mnist),
        "mnist_after_worst": min(mnist),
        "mnist_lost": mnist_before - statistics.fmean(mnist),
        "mnist_lost_worst": mnist_before - min(mnist),
        "seconds": statistics.median(row.seconds for row in rows),
        "tested": tested,
        "misread_before": wrong_before,
        "misread_after": wrong_after,
        "misread_left": wrong_after / wrong_before if wrong_before else None,
        "writers": [asdict(row) for row in rows],
    }


if __name__ == "__main__":
    exit_with(main)
