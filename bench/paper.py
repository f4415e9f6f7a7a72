"""How well digits on paper are read, whatever the layout, the light, the paper, the ink, the camera and the file.

    python -m bench.paper [--kind NAME]... [--count N] [--seed K] [--keep FOLDER] [--sheet OUT.png]

Makes N pages of every kind, with random texts, strengths and hands, saves them as files, and reads them as `main.py
read` does. A quarter is printed, a quarter written by the pen model, and half by people whom no network learnt from.
With signs, or a digit crossed out, a page counts as right where those are told apart from digits, or the answer is
"not sure".
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np
from PIL import Image, ImageDraw

from app.store.networks import find
from bench.paper_cameras import CAMERAS
from bench.paper_devices import DEVICES
from bench.paper_everyday import EVERYDAY
from bench.paper_faults import FAULTS
from bench.paper_hands import Writer, handwritten, printed
from bench.paper_layouts import LAYOUTS
from bench.paper_objects import OBJECTS
from bench.paper_page import Fault, Photo, image_of
from bench.paper_scenes import SCENES
from model.console import exit_with
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.network.network import Network
from model.pictures.photograph import load_photograph
from model.reading.number_reader import read_photograph
from model.reading.reader import Reader

KINDS: dict[str, Fault] = FAULTS | CAMERAS | SCENES | LAYOUTS | EVERYDAY | OBJECTS | DEVICES
DIGITS = "0123456789"
MOST_DIGITS = 4
THUMBNAIL, COLUMNS, CAPTION = 240, 5, 16  # pixels, of the contact sheet


@dataclass(frozen=True)
class Page:
    """A page's file, its kind, and what a person reads on it, a blank between lines."""

    kind: str
    path: Path
    text: str


@dataclass(frozen=True)
class Answer:
    """What was read on a page, whether that is right, and whether it was sure."""

    page: Page
    read: str
    right: bool
    sure: bool


@dataclass(frozen=True)
class Row:
    """Pages of one kind: how many were read right, were right but "not sure", wrong and "not sure", wrong and sure."""

    kind: str
    count: int
    right: int
    doubted: int
    wrong_doubted: int
    wrong_sure: int


def is_right(text: str, read: str, *, sure: bool) -> bool:
    """Whether an answer is right: the digits in their order, and for each sign a sign; with signs doubt is right too.

    Where lines end makes no difference.
    """
    text, read = text.replace(" ", ""), read.replace(" ", "")
    if text.isdigit():
        return read == text
    return not sure or _without_signs(read) == _without_signs(text)


def _without_signs(text: str) -> str:
    return "".join(symbol if symbol in DIGITS else "?" for symbol in text)


def pages(kinds: list[str], count: int, seed: int, people: PenStrokes, folder: Path) -> Iterator[Page]:
    """Make so many pages of each kind; a page depends on its kind, its place and the seed alone."""
    for kind in kinds:
        for index in range(count):
            rng = np.random.default_rng([seed, list(KINDS).index(kind), index])
            length = int(rng.integers(1, MOST_DIGITS + 1)) if rng.random() < 0.5 else 1
            text = "".join(str(digit) for digit in rng.integers(10, size=length))
            name = "".join(symbol if symbol.isalnum() else "-" for symbol in kind)
            path, text = KINDS[kind](Photo(text, _hand(index, people, rng), rng), folder / f"{name}-{index}")
            yield Page(kind, path, text)


def _hand(index: int, people: PenStrokes, rng: np.random.Generator) -> Writer:
    if index % 4 == 0:
        return printed(rng)
    return handwritten(None if index % 4 == 2 else people, rng)


def answer(reader: Reader, page: Page) -> Answer:
    """Read a page."""
    number = read_photograph(reader, load_photograph(page.path))
    return Answer(page, number.text, is_right(page.text, number.text, sure=number.sure), number.sure)


def row(kind: str, answers: list[Answer]) -> Row:
    """Count the answers of one kind."""
    right = [a for a in answers if a.right]
    wrong = [a for a in answers if not a.right]
    sure = sum(a.sure for a in wrong)
    return Row(kind, len(answers), len(right), sum(not a.sure for a in right), len(wrong) - sure, sure)


def contact_sheet(answers: list[Answer]) -> Image.Image:
    """The pages of these answers, each above its kind, what it says and what was read."""
    high = THUMBNAIL + 2 * CAPTION
    rows = -(-len(answers) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * THUMBNAIL, max(1, rows) * high), "white")
    brush = ImageDraw.Draw(sheet)
    for place, one in enumerate(answers):
        left, top = place % COLUMNS * THUMBNAIL, place // COLUMNS * high
        small = image_of(load_photograph(one.page.path).colours * 255)
        small.thumbnail((THUMBNAIL - 6, THUMBNAIL - 6))
        sheet.paste(small, (left, top))
        brush.text((left, top + THUMBNAIL - 4), one.page.path.name, "black")
        brush.text((left, top + THUMBNAIL - 4 + CAPTION), f"{one.page.text} as {one.read or 'nothing'}", "black")
    return sheet


def show(rows: list[Row], answers: list[Answer]) -> None:
    """Print the table, below each kind what was wrong."""
    print(f"{'kind':<22}{'pages':>6}{'right':>7}{'doubted':>9}{'wrong':>7}{'wrong, sure':>13}")
    for one in rows:
        print(f"{one.kind:<22}{one.count:>6}{one.right:>7}{one.doubted:>9}{one.wrong_doubted:>7}{one.wrong_sure:>13}")
        for wrong in (a for a in answers if a.page.kind == one.kind and not a.right):
            sure = ", sure" if wrong.sure else ""
            print(f"    {wrong.page.text} as {wrong.read or 'nothing'} ({wrong.page.path.name}{sure})")
    total = rows[-1]
    print(f"{total.right / total.count:.1%} right, {total.wrong_sure / total.count:.2%} sure and wrong")


def main() -> int:
    """Run the measurement; the exit status, 2 after bad input."""
    parser = argparse.ArgumentParser(description="Accuracy on pictures of digits on paper.")
    parser.add_argument("--network", default="cnn", metavar="NAME|FILE")
    parser.add_argument("--kind", action="append", choices=list(KINDS), metavar="NAME", help="only pages of this kind")
    parser.add_argument("--count", type=int, default=9, help="pages of each kind (default 9, 600 and more in all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the pages there, and expected.json")
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help="draw what was wrong; what was sure comes first")
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    options = parser.parse_args()
    kinds = options.kind or list(KINDS)
    try:
        reader = Reader(Network.load(find(options.network)))
        people = load_pen_strokes().for_validation()
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            made = list(pages(kinds, max(1, options.count), options.seed, people, folder))
            (folder / "expected.json").write_text(json.dumps({p.path.name: p.text for p in made}), "utf-8")
            answers = [answer(reader, page) for page in made]
            if options.sheet is not None:
                wrong = sorted((a for a in answers if not a.right), key=lambda a: not a.sure)
                contact_sheet(wrong).save(options.sheet)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    rows = [row(kind, [a for a in answers if a.page.kind == kind]) for kind in kinds]
    rows.append(row("all", answers))
    if options.json:
        for one in rows:
            print(json.dumps(asdict(one)))
    else:
        show(rows, answers)
    return 0


if __name__ == "__main__":
    exit_with(main)
