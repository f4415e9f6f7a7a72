"""How well digits on paper are read, whatever the light, the paper, the ink, the camera and the file are like.

    python -m bench.paper [FILE.ndjson] [--network NAME|FILE] [--count N] [--seed K] [--keep FOLDER] [--json]

Makes pictures of printed and handwritten digits with every fault of bench/paper_faults.py, N of each, saves them as
files, and reads them as `main.py read` does. With a file, half of the handwriting is drawings from it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.paths import ASSETS
from app.store.networks import find
from bench.paper_faults import FAULTS, NUMBERS, Photo
from model.handwriting.digits import write_strokes
from model.network.network import Network
from model.pictures.drawing import DrawingError, read_drawings
from model.pictures.photograph import load_photograph
from model.reading.number_reader import read_photograph
from model.reading.reader import Reader

FACES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "InterDisplay-Bold.otf", None)  # None: Pillow's own
PEN = (0.04, 0.13)  # width of the pen, of the digit's height

Writer = Callable[[str, int, np.random.Generator], Image.Image]


@dataclass(frozen=True)
class Row:
    """Pictures with one fault, and the share of them that was read right, from 0 to 1."""

    fault: str
    count: int
    right: float
    wrong: list[str]  # "written as read", for each of the others


def printed(text: str, height: int, rng: np.random.Generator) -> Image.Image:
    """Printed digits of about that height in pixels: an "L" image, ink 255, cut to the ink."""
    face = FACES[int(rng.integers(len(FACES)))]
    size = round(height * 1.35)
    font = ImageFont.load_default(size) if face is None else ImageFont.truetype(str(ASSETS / "fonts" / face), size)
    image = Image.new("L", (size * (len(text) + 1), size * 2))
    ImageDraw.Draw(image).text((size // 2, size // 4), text, 255, font)
    return image.crop(image.getbbox())


def handwritten(drawn: dict[str, list[list[np.ndarray]]]) -> Writer:
    """A writer of digits side by side with the pen model; every other number is copied from drawings, if there are."""

    def write(text: str, height: int, rng: np.random.Generator) -> Image.Image:
        copied = bool(drawn) and rng.random() < 0.5
        pen = rng.uniform(*PEN) * height
        strokes: list[np.ndarray] = []
        x = 0.0
        for digit in text:
            shape = drawn[digit][int(rng.integers(len(drawn[digit])))] if copied else write_strokes(int(digit), rng)
            points = np.concatenate(shape)
            low = points.min(axis=0)
            scale = height / max(float(np.ptp(points[:, 1])), 1e-6)
            strokes += [(stroke - low) * scale + [x, 0] for stroke in shape]
            x += float(np.ptp(points[:, 0])) * scale + pen + rng.uniform(0.1, 0.4) * height
        return _inked(strokes, pen)

    return write


def _inked(strokes: list[np.ndarray], pen: float) -> Image.Image:
    extent = np.concatenate(strokes).max(axis=0)
    image = Image.new("L", (int(extent[0] + pen + 4), int(extent[1] + pen + 4)))
    brush = ImageDraw.Draw(image)
    radius = pen / 2
    for stroke in strokes:
        places = [(float(x + radius + 2), float(y + radius + 2)) for x, y in stroke]
        brush.line(places, 255, max(1, round(pen)), "curve")
        for x, y in (places[0], places[-1]):
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    return image.crop(image.getbbox())


def measure(
    reader: Reader, drawn: dict[str, list[list[np.ndarray]]], count: int, rng: np.random.Generator, folder: Path
) -> list[Row]:
    """Make and read so many pictures with each fault."""
    writers: tuple[Writer, Writer] = (printed, handwritten(drawn))
    rows = []
    for fault, spoil in FAULTS.items():
        wrong = []
        for index in range(count):
            length = int(rng.integers(2, 5)) if fault in NUMBERS else 1
            text = "".join(str(digit) for digit in rng.integers(10, size=length)) if length > 1 else str(index % 10)
            photo = Photo(text, writers[index % 2], rng)
            path, text = spoil(photo, folder / f"{fault.replace(' ', '-')}-{index}")
            read = " ".join(
                "".join(str(figure.reading.digit) for figure in line)
                for line in read_photograph(reader, load_photograph(path)).lines
            )
            if read != text:
                wrong.append(f"{text} as {read or 'nothing'} ({path.name})")
        rows.append(Row(fault, count, 1 - len(wrong) / count, wrong))
    return rows


def main() -> int:
    """Run the measurement; the exit status, 2 after bad input."""
    parser = argparse.ArgumentParser(description="Accuracy on pictures of digits on paper.")
    parser.add_argument("file", nargs="?", type=Path, help="drawings with their digits")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--count", type=int, default=20, help="pictures with each fault (default 20)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the pictures there")
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    options = parser.parse_args()
    try:
        reader = Reader(Network.load(find(options.network)))
        drawn: dict[str, list[list[np.ndarray]]] = {}
        for drawing in read_drawings(options.file) if options.file is not None else []:
            if drawing.word is not None and drawing.word in "0123456789" and drawing.strokes:
                drawn.setdefault(drawing.word, []).append([stroke.points for stroke in drawing.strokes])
        if options.file is not None and len(drawn) < 10:
            raise DrawingError(f"{options.file} does not hold all ten digits")
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            rows = measure(reader, drawn, max(1, options.count), np.random.default_rng(options.seed), folder)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    total = sum(row.count for row in rows)
    rows.append(Row("all", total, sum(row.count * row.right for row in rows) / total, []))
    for row in rows:
        print(json.dumps(asdict(row)) if options.json else f"{row.fault:<22}{row.count:>6}{row.right:>10.1%}")
        for line in row.wrong if not options.json else ():
            print(f"    {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
