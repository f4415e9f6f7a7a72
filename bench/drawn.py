"""How well drawings are read when the hand is unsteady, the pen odd, or the digit small, tilted or off its place.

    python -m bench.drawn [FILE.ndjson] [--network NAME|FILE] [--count N] [--seed K] [--json]

Reads digits from the file, or such as model/handwriting.py writes, as they are and changed in every way of CHANGES.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np

from app.store.networks import find
from model.handwriting.digits import write_digit
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, Stroke, read_drawings
from model.pictures.pen import paint, without_specks
from model.reading.reader import Reader, Reading

Strokes = list[np.ndarray]
SIDE = 560  # of the canvas on which drawings are placed
GRAIN = 0.02  # distance of points along a stroke before it is changed, in parts of the digit's size


@dataclass(frozen=True)
class Row:
    """One way of changing the drawings, and how they were read; shares from 0 to 1."""

    change: str
    count: int
    accuracy: float
    not_sure: float
    sure_but_wrong: float


def measure(reader: Reader, drawings: list[Drawing], rng: np.random.Generator) -> list[Row]:
    """Read the drawings, each with its digit as word, in every way of CHANGES and with every pen of PENS."""
    rows = []
    for name, change in CHANGES.items():
        changed = (_strokes(change(_unit(drawing), rng)) for drawing in drawings)
        rows.append(_row(name, drawings, reader.read_drawings(Drawing(strokes, (SIDE, SIDE)) for strokes in changed)))
    for name, width in PENS.items():
        pictures = (paint(without_specks(_unit(drawing)), width) for drawing in drawings)
        rows.append(_row(name, drawings, reader.read_pictures(pictures)))
    return rows


def _row(name: str, drawings: list[Drawing], readings: list[Reading]) -> Row:
    right = np.array([str(reading.digit) == drawing.word for drawing, reading in zip(drawings, readings, strict=True)])
    sure = np.array([reading.sure for reading in readings])
    return Row(name, len(right), float(right.mean()), float((~sure).mean()), float((sure & ~right).mean()))


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


def _placed(share: float) -> Callable[[Strokes, np.random.Generator], Strokes]:
    """Anywhere on the canvas, its longer side this share of the canvas's."""

    def place(strokes: Strokes, rng: np.random.Generator) -> Strokes:
        free = SIDE * (1 - share * np.ptp(np.concatenate(strokes), axis=0).clip(max=1))
        offset = rng.uniform(0, 1, 2) * free
        return [stroke * share * SIDE + offset for stroke in strokes]

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
    "as drawn": lambda strokes, rng: strokes,
    "specks": _specks,
    "gaps": _gaps,
    "broken strokes": _broken,
    "shaky": _shaky,
    "fast, few points": _fast,
    **{f"size {share} %, anywhere": _placed(share / 100) for share in (15, 30, 60, 100)},
    **{f"tilted {degrees:+d} degrees": _tilted(degrees) for degrees in (-15, -8, 8, 15)},
}
# The program draws strokes anew with its own pen: other widths come in with pictures.
PENS = {"thin pen": 0.05, "narrow pen": 0.09, "broad pen": 0.2, "thick pen": 0.26}


def main() -> int:
    parser = argparse.ArgumentParser(description="Accuracy on drawings that are changed in many ways.")
    parser.add_argument("file", nargs="?", type=Path, help="drawings with their digits; without it they are made")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--count", type=int, default=1000, help="how many to make without a file (default 1000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    try:
        reader = Reader(Network.load(find(options.network)))
        if options.file is None:
            drawings = [write_digit(index % 10, rng) for index in range(max(1, options.count))]
        else:
            drawings = [drawing for drawing in read_drawings(options.file) if drawing.word in set("0123456789")]
            drawings = [drawing for drawing in drawings if drawing.strokes]
        if not drawings:
            raise DrawingError(f"{options.file} holds no drawing whose word is a digit")
        rows = measure(reader, drawings, rng)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        for row in rows:
            print(json.dumps(asdict(row)))
        return 0
    print(f"{'change':<24}{'count':>7}{'read':>9}{'not sure':>10}{'sure but wrong':>16}")
    for row in rows:
        shares = f"{row.accuracy:>9.2%}{row.not_sure:>10.2%}{row.sure_but_wrong:>16.2%}"
        print(f"{row.change:<24}{row.count:>7}{shares}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
