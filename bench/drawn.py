"""How well drawings are read when the hand is unsteady, the pen odd, or the digit small, tilted or off its place.

    python -m bench.drawn [FILE.ndjson ...] [--network NAME|FILE] [--plain] [--sheet OUT.png] [--json]

Reads digits from the files, or such as the pen model writes, as they are and changed in every way of CHANGES. Intervals
are over writers, whom "key_id" names (writer/symbol/instance). Then come the writers that were read worst and the
commonest confusions, of the drawings as they are.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np

from app.store.networks import find
from bench.writers import Writer, confusions, draw_sheet, interval, worst_writers, writer_of
from model.console import exit_with
from model.handwriting.digits import write_digit
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, Stroke, read_drawings
from model.pictures.pen import paint, without_specks
from model.reading.reader import Reader, Reading

Strokes = list[np.ndarray]
DIGITS = tuple("0123456789")
PLAIN = "as drawn"
SIDE = 560  # of the canvas on which drawings are placed
GRAIN = 0.02  # distance of points along a stroke before it is changed, in parts of the digit's size


@dataclass(frozen=True)
class Row:
    """One way of changing the drawings, and how they were read; fractions from 0 to 1, low and high of the accuracy."""

    change: str
    count: int
    accuracy: float
    low: float
    high: float
    not_sure: float
    sure_but_wrong: float


def measure(reader: Reader, drawings: list[Drawing], rng: np.random.Generator) -> list[Row]:
    """Read the drawings, each with its digit as word, in every way of CHANGES and with every pen of PENS."""
    rows: list[Row] = []
    for name, change in CHANGES.items():
        changed = (_strokes(change(_unit(drawing), rng)) for drawing in drawings)
        rows.append(_row(name, drawings, reader.read_drawings(Drawing(strokes, (SIDE, SIDE)) for strokes in changed)))
    for name, width in PENS.items():
        pictures = (paint(without_specks(_unit(drawing)), width) for drawing in drawings)
        rows.append(_row(name, drawings, reader.read_pictures(pictures)))
    return rows


def _row(name: str, drawings: list[Drawing], readings: list[Reading]) -> Row:
    right, sure = hits_of(drawings, readings)
    low, high = interval(right, [writer_of(drawing) for drawing in drawings], np.random.default_rng(0))
    return Row(
        change=name,
        count=len(right),
        accuracy=float(right.mean()),
        low=low,
        high=high,
        not_sure=float((~sure).mean()),
        sure_but_wrong=float((sure & ~right).mean()),
    )


def hits_of(drawings: list[Drawing], readings: list[Reading]) -> tuple[np.ndarray, np.ndarray]:
    """Which drawings were read right, and which surely: (N,) bool each."""
    right = [str(reading.digit) == drawing.word for drawing, reading in zip(drawings, readings, strict=True)]
    return np.array(right), np.array([reading.sure for reading in readings])


def _unit(drawing: Drawing) -> Strokes:
    """The strokes in a box whose longer side is one, without the specks that would make it too large."""
    strokes = [stroke.points for stroke in drawing.strokes]
    points = np.concatenate(without_specks(strokes))
    low = points.min(axis=0)
    side = max(float(np.ptp(points, axis=0).max()), 1e-6)
    return [(stroke - low) / np.float32(side) for stroke in strokes]


def _strokes(strokes: Strokes) -> tuple[Stroke, ...]:
    return tuple(Stroke(stroke.astype(np.float32)) for stroke in strokes if len(stroke))


def _along(stroke: np.ndarray, step: float) -> np.ndarray:
    """The stroke with points this far apart."""
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    if way[-1] < 1e-6:
        return stroke
    stops = np.linspace(0, way[-1], max(2, round(way[-1] / step) + 1))
    return np.stack([np.interp(stops, way, stroke[:, 0]), np.interp(stops, way, stroke[:, 1])], axis=1)


def _placed(fraction: float) -> Callable[[Strokes, np.random.Generator], Strokes]:
    """Anywhere on the canvas, its longer side this fraction of the canvas's."""

    def place(strokes: Strokes, rng: np.random.Generator) -> Strokes:
        free = SIDE * (1 - fraction * np.ptp(np.concatenate(strokes), axis=0).clip(max=1))
        offset = rng.uniform(0, 1, 2) * free
        return [stroke * fraction * SIDE + offset for stroke in strokes]

    return place


def _tilted(degrees: float) -> Callable[[Strokes, np.random.Generator], Strokes]:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return lambda strokes, rng: [stroke @ np.array([[cos, sin], [-sin, cos]]) for stroke in strokes]


def _specks(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Three touches by mistake somewhere on the paper, one of them a little smear."""
    dots = [rng.uniform(-0.6, 1.6, (1, 2)) for _ in range(2)]
    smear = rng.uniform(-0.6, 1.6, 2) + np.cumsum(rng.normal(0, 0.01, (4, 2)), axis=0)
    return [*strokes, *dots, smear]


def _gaps(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Each stroke loses touch once, for 6 % of the digit's size."""
    pieces = []
    for stroke in strokes:
        fine = _along(stroke, GRAIN)
        cut = int(rng.integers(len(fine)))
        pieces += [fine[:cut], fine[cut + 3 :]]
    return [piece for piece in pieces if len(piece)]


def _broken(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Each stroke in three pieces, each a little out of its place."""
    pieces = [piece for stroke in strokes for piece in np.array_split(_along(stroke, GRAIN), 3) if len(piece)]
    return [piece + rng.normal(0, 0.02, 2) for piece in pieces]


def _shaky(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    fine = [_along(stroke, 0.05) for stroke in strokes]
    return [stroke + rng.normal(0, 0.018, stroke.shape) for stroke in fine]


def _fast(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """So fast that the pointer is seen only every fifth of the digit's size."""
    return [_along(stroke, 0.2) for stroke in strokes]


CHANGES: dict[str, Callable[[Strokes, np.random.Generator], Strokes]] = {
    PLAIN: lambda strokes, rng: strokes,
    "specks": _specks,
    "gaps": _gaps,
    "broken strokes": _broken,
    "shaky": _shaky,
    "fast, few points": _fast,
    **{f"size {percent} %, anywhere": _placed(percent / 100) for percent in (15, 30, 60, 100)},
    **{f"tilted {degrees:+d} degrees": _tilted(degrees) for degrees in (-15, -8, 8, 15)},
}
# The program draws strokes with its own pen: other widths come in with pictures.
PENS = {"thin pen": 0.05, "narrow pen": 0.09, "broad pen": 0.2, "thick pen": 0.26}


def read_digits(files: list[Path]) -> list[Drawing]:
    """The digits of all files; with several, the name of its file stands before a writer's. Raises DrawingError."""
    found = []
    for file in files:
        for drawing in read_drawings(file):
            if drawing.word in DIGITS and drawing.strokes:
                key = drawing.extra.get("key_id")
                several = len(files) > 1 and key is not None
                found.append(replace(drawing, extra={"key_id": f"{file.stem} {key}"}) if several else drawing)
    if not found:
        raise DrawingError(f"{', '.join(map(str, files))}: there is no drawing whose word is a digit")
    return found


def main() -> int:
    options = build_parser().parse_args()
    rng = np.random.default_rng(options.seed)
    try:
        reader = Reader(Network.load(find(options.network)))
        if options.files:
            drawings = read_digits(options.files)
        else:
            drawings = [write_digit(index % 10, rng) for index in range(max(1, options.count))]
        readings = reader.read_drawings(drawings)
        rows = [_row(PLAIN, drawings, readings)] if options.plain else measure(reader, drawings, rng)
        shown = None if options.sheet is None else draw_sheet(drawings, readings, options.sheet)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    right, sure = hits_of(drawings, readings)
    writers = [writer_of(drawing) for drawing in drawings]
    worst = worst_writers(right, sure, writers) if any(writers) else []
    confused = confusions(drawings, readings)
    if options.json:
        for row in rows:
            print(json.dumps(asdict(row)))
        print(json.dumps({"worst_writers": [asdict(writer) for writer in worst], "confusions": confused}))
        return 0
    print_table(rows)
    print_writers(worst)
    if confused:
        print("\nmost often: " + ", ".join(f"{drawn} read as {read}: {count}" for drawn, read, count in confused))
    if shown is not None:
        print(f"{options.sheet}: {shown} that were read surely and wrong")
    return 0


def build_parser() -> argparse.ArgumentParser:
    """All options of the command line."""
    parser = argparse.ArgumentParser(description="Accuracy on drawings that are changed in many ways.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled drawings; made ones if left out")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--count", type=int, default=1000, help="how many to make without a file (default 1000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plain", action="store_true", help="only the drawings as they are")
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help="draw what was read surely and wrong")
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    return parser


def print_table(rows: list[Row]) -> None:
    """One line for each way of changing the drawings."""
    print(f"{'change':<24}{'count':>7}{'read':>9}{'interval':>18}{'not sure':>10}{'sure but wrong':>16}")
    for row in rows:
        between = f"{row.low:.2%} - {row.high:.2%}"
        print(
            f"{row.change:<24}{row.count:>7}{row.accuracy:>9.2%}{between:>18}{row.not_sure:>10.2%}"
            f"{row.sure_but_wrong:>16.2%}"
        )


def print_writers(worst: list[Writer]) -> None:
    """One line for each of the writers that were read worst."""
    if worst:
        print(f"\n{'read worst':<24}{'count':>7}{'misread':>9}{'':>18}{'not sure':>10}{'sure but wrong':>16}")
    for writer in worst:
        print(
            f"{writer.name:<24}{writer.count:>7}{writer.misread:>9.2%}{'':>18}{writer.not_sure:>10.2%}"
            f"{writer.sure_but_wrong:>16.2%}"
        )


if __name__ == "__main__":
    exit_with(main)
