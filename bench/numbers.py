"""How well numbers of 2 to 6 digits are read, written side by side on a wide canvas by one writer.

    python -m bench.numbers [FILE.ndjson] [--network NAME|FILE] [--count N] [--seed K] [--json]

The digits come from the file, or are such as model/handwriting/ writes. Gaps, sizes and baselines vary. The last
rows read the same digits alone: what numbers lose against them is what telling the digits apart costs.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np

from app.store.networks import find
from model.console import exit_with
from model.handwriting.digits import write_strokes
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, Stroke, read_drawings
from model.pictures.pen import without_specks
from model.reading.number import Figure
from model.reading.number_reader import read_numbers
from model.reading.reader import Reader

LENGTHS = (2, 3, 4, 5, 6)
GAPS = {"narrow gaps": (0.03, 0.12), "usual gaps": (0.12, 0.35), "wide gaps": (0.35, 0.8)}  # of the writer's height
SIZE = 0.08  # standard deviation of the logarithm of a digit's size
BASELINE = 0.06  # standard deviation of a digit's place up and down, of the writer's height
CANVAS_HEIGHT = 256
MARGIN = 32
DIGITS = "0123456789"

Writers = dict[str, dict[str, list[Drawing]]]  # by writer and by digit


@dataclass(frozen=True)
class Row:
    """Numbers of one length, or with one kind of gaps; shares from 0 to 1.

    digits: read right, in their places; numbers: wholly right; parted: told apart into as many figures as were written.
    """

    kind: str
    count: int
    digits: float
    numbers: float
    parted: float


def by_writer(drawings: list[Drawing]) -> Writers:
    """Digits by who wrote them, as far as the key "key_id" (writer/symbol/instance) says."""
    writers: Writers = defaultdict(lambda: defaultdict(list))
    for drawing in drawings:
        if drawing.word is not None and drawing.word in DIGITS and drawing.strokes:
            writers[str(drawing.extra.get("key_id", "")).split("/")[0]][drawing.word].append(drawing)
    return writers


def compose(digits: list[Drawing], gap: tuple[float, float], rng: np.random.Generator) -> Drawing:
    """A number of these digits, in the sizes that their writer gave them, on a canvas as wide as it needs."""
    shapes = [[stroke.points for stroke in digit.strokes] for digit in digits]
    height = float(np.median([np.ptp(np.concatenate(without_specks(shape))[:, 1]) for shape in shapes]))
    scale = 0.5 * CANVAS_HEIGHT / max(height, 1e-6)
    strokes, x = [], float(MARGIN)
    for shape in shapes:
        points = np.concatenate(without_specks(shape))  # which would put a digit far from its place
        size = scale * np.exp(rng.normal(0, SIZE))
        low = np.array([points[:, 0].min(), points[:, 1].max()])
        base = 0.75 * CANVAS_HEIGHT + rng.normal(0, BASELINE) * 0.5 * CANVAS_HEIGHT
        strokes += [Stroke(((stroke - low) * size + [x, base]).astype(np.float32)) for stroke in shape]
        x += float(np.ptp(points[:, 0])) * size + rng.uniform(*gap) * 0.5 * CANVAS_HEIGHT
    word = "".join(str(digit.word) for digit in digits)
    return Drawing(tuple(strokes), (round(x) + MARGIN, CANVAS_HEIGHT), word)


def measure(reader: Reader, writers: Writers, count: int, rng: np.random.Generator) -> list[Row]:
    """Read so many numbers of each length, in every kind of gaps in turn."""
    names = sorted(name for name, digits in writers.items() if len(digits) == len(DIGITS))
    if not names:
        raise DrawingError("there is no writer with all ten digits")
    numbers: list[tuple[Drawing, str]] = []
    for length in LENGTHS:
        for index in range(count):
            digits = writers[str(rng.choice(names))]
            written = [options[int(rng.integers(len(options)))] for options in (digits[d] for d in _word(length, rng))]
            kind = list(GAPS)[index % len(GAPS)]
            numbers.append((compose(written, GAPS[kind], rng), kind))
    drawings = [drawing for drawing, _ in numbers]
    read = [_digits(number.figures) for number in read_numbers(reader, drawings)]
    lengths = {f"{n} digits": [len(str(drawing.word)) == n for drawing in drawings] for n in LENGTHS}
    gaps = {name: [kind == name for _, kind in numbers] for name in GAPS}
    kinds = {"all": [True] * len(numbers)} | lengths | gaps
    return [_row(kind, drawings, read, chosen) for kind, chosen in kinds.items()]


def _word(length: int, rng: np.random.Generator) -> str:
    return "".join(DIGITS[digit] for digit in rng.integers(len(DIGITS), size=length))


def _digits(figures: Iterable[Figure]) -> str:
    """The most probable digits, believed or not."""
    return "".join(str(figure.reading.digit) for figure in figures)


def _row(kind: str, drawings: list[Drawing], read: list[str], chosen: list[bool]) -> Row:
    pairs = [(str(drawing.word), text) for drawing, text, take in zip(drawings, read, chosen, strict=True) if take]
    digits = sum(len(word) for word, _ in pairs)
    right = sum(a == b for word, text in pairs if len(word) == len(text) for a, b in zip(word, text, strict=True))
    whole = sum(word == text for word, text in pairs)
    parted = sum(len(word) == len(text) for word, text in pairs)
    return Row(kind, len(pairs), right / digits, whole / len(pairs), parted / len(pairs))


def _made(digit: int, rng: np.random.Generator) -> Drawing:
    strokes = (Stroke(stroke * np.float32(CANVAS_HEIGHT / 2)) for stroke in write_strokes(digit, rng))
    return Drawing(tuple(strokes), word=str(digit))


def alone(reader: Reader, writers: Writers) -> float:
    """The share of the digits that is read right one by one."""
    digits = [drawing for options in writers.values() for drawings in options.values() for drawing in drawings]
    readings = reader.read_drawings(digits)
    return float(np.mean([str(r.digit) == drawing.word for r, drawing in zip(readings, digits, strict=True)]))


def main() -> int:
    """Run the measurement; the exit status, 2 after bad input."""
    parser = argparse.ArgumentParser(description="Accuracy on numbers of several digits.")
    parser.add_argument("file", nargs="?", type=Path, help="digits with their words; without it they are made")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--count", type=int, default=300, help="numbers of each length (default 300)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    try:
        reader = Reader(Network.load(find(options.network)))
        made = [_made(index % 10, rng) for index in range(500)]
        writers = by_writer(made if options.file is None else read_drawings(options.file))
        rows = measure(reader, writers, max(1, options.count), rng)
        single = alone(reader, writers)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        for row in rows:
            print(json.dumps(asdict(row)))
        print(json.dumps({"kind": "one by one", "digits": single}))
        return 0
    print(f"{'numbers':<14}{'count':>7}{'digits':>10}{'numbers':>10}{'told apart':>12}")
    for row in rows:
        print(f"{row.kind:<14}{row.count:>7}{row.digits:>10.2%}{row.numbers:>10.2%}{row.parted:>12.2%}")
    print(f"{'one by one':<21}{single:>10.2%}")
    return 0


if __name__ == "__main__":
    exit_with(main)
