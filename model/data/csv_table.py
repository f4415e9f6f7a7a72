"""CSV: a picture a row, 784 pixels and a label, gzipped or not. The label is found wherever it stands."""

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from model.constants import CLASSES, PIXELS, SIDE
from model.data.images import MAX_IMAGES, Array, DataError, Images, as_bytes
from model.errors import quoted

ROWS_AT_ONCE = 10_000
MAX_LINE = 100_000  # characters; 785 numbers take 20,000 with all their digits
LABEL_NAMES = ("label", "labels", "class", "target", "digit", "y")  # in the order in which they are believed
HELP = f"a row is label,1x1,...,{SIDE}x{SIDE}, with or without a header"

Table = Array | NDArray[np.float32]


@dataclass(frozen=True)
class _Layout:
    """What the first line shows: the columns' names, which are numbers where it is no header, and what parts them."""

    names: tuple[str, ...]
    header: bool
    delimiter: str

    @property
    def columns(self) -> int:
        return len(self.names)

    @property
    def named_label(self) -> int | None:
        """The column that the header shows to be the label: by a usual name, or as the one that is no pixel's."""
        if not self.header:
            return None
        for usual in LABEL_NAMES:
            if self.names.count(usual) == 1:
                return self.names.index(usual)
        stems = [re.sub(r"\d+", "0", name) for name in self.names]
        counts = Counter(stems)
        odd = [at for at, stem in enumerate(stems) if counts[stem] == 1]
        return odd[0] if len(odd) == 1 and len(counts) == 2 else None


def has_labels(path: Path) -> bool:
    """Whether its rows hold more than pixels, as far as the first line shows."""
    return _layout(path).columns != PIXELS


def is_table(path: Path) -> bool:
    """Whether the first line has several columns."""
    try:
        return _layout(path).columns > 1
    except DataError:
        return False


def read_csv(path: Path) -> Images:
    """Read rows of a label and 28x28 pixels from 0 to 255, or from 0 to 1. Raises DataError, OSError.

    The label is the column that a header calls "label" or the like, or whose name is no pixel's; where the names do
    not show it, the first or the last column if its numbers are digits of several kinds, or the only such column.
    """
    layout = _layout(path)
    if layout.columns != PIXELS + 1:
        raise DataError(f"the first line has {layout.columns} columns instead of {PIXELS + 1}; {HELP}.")
    table = np.concatenate(list(_blocks(path, layout)))
    named = layout.named_label
    label = _label_column(table) if named is None else named
    labels = table[:, label]
    if (labels != np.rint(labels)).any():
        raise DataError(f"the column of the labels holds fractions; {HELP}.")
    pixels = as_bytes(np.delete(table, label, axis=1))
    return Images(pixels.reshape(-1, SIDE, SIDE), labels.astype(np.uint8))


def _layout(path: Path) -> _Layout:
    with _opened(path) as file:
        line = next(_lines(file), "").strip()
    delimiter = max(",;\t", key=line.count)
    names = [cell.strip().lower() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    return _Layout(tuple(names), _is_header(names), delimiter)


def _is_header(cells: list[str]) -> bool:
    """Whether a line names columns: most cells are words, or the numbers among them count up as pandas' names do."""
    numbers = [cell for cell in cells if _is_number(cell)]
    counted = [[str(at + start) for at in range(len(numbers))] for start in (0, 1)]
    return 2 * len(numbers) < len(cells) or (len(numbers) > CLASSES and numbers in counted)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _label_column(table: Table) -> int:
    """The column that holds the labels, found by what it holds. Raises DataError where none does or several may.

    The corners of a picture are paper, seldom with a speck: a first or last column of digits that differ is no pixel.
    """
    ends = [at for at in (0, PIXELS) if _variety(table[:, at]) > 0.05]
    if ends:
        return max(ends, key=lambda at: _variety(table[:, at]))
    inner = [at for at in range(1, PIXELS) if _variety(table[:, at]) > 0.5]
    if len(inner) == 1:
        return inner[0]
    if table[:, 0].any():  # one kind of digit only, or none: where the label comes first as usual that is seen later
        return 0
    raise DataError('no column shows itself to be the labels; add a header that calls it "label".')


def _variety(column: Table) -> float:
    """The fraction of a column's numbers that differ from the commonest one; 0 where not all are digits."""
    if column.max() >= CLASSES or column.min() < 0 or (column != np.rint(column)).any():
        return 0.0
    return 1 - float(np.bincount(column.astype(np.intp)).max()) / len(column)


def _blocks(path: Path, layout: _Layout) -> Iterator[Table]:
    """The rows, some thousand at a time, each block (rows, 785): uint8, or float32 where there are fractions."""
    with _opened(path) as file:
        lines = _lines(file)
        if layout.header:
            next(lines)
        done = 0
        while rows := [line for _, line in zip(range(ROWS_AT_ONCE), lines, strict=False) if line.strip()]:
            try:
                block = _numbers("".join(rows), layout.delimiter)
            except ValueError as error:
                raise DataError(f"after row {done} a row cannot be read ({quoted(error)}); {HELP}.") from error
            if block.shape[1] != PIXELS + 1:
                raise DataError(f"after row {done} a row has {block.shape[1]} columns; {HELP}.")
            done += len(block)
            if done > MAX_IMAGES:
                raise DataError(f"the file is too large; Digitpad takes at most {MAX_IMAGES:,} pictures.")
            yield block
    if not done:
        raise DataError(f"there are no rows in the file; {HELP}.")


def _numbers(text: str, delimiter: str) -> Table:
    """Rows of numbers from 0 to 255 as uint8, or float32 where there are fractions. Raises ValueError."""

    def load(dtype: type) -> NDArray[np.generic]:
        return np.loadtxt(io.StringIO(text), dtype, delimiter=delimiter, ndmin=2, comments=None, quotechar='"')

    try:
        return cast("Array", load(np.uint8))
    except ValueError:
        numbers = cast("NDArray[np.float32]", load(np.float32))
    if not (numbers.min() >= 0 and numbers.max() <= 255):  # false for not-a-number as well
        raise ValueError("a number is not from 0 to 255")
    return numbers


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """The text of the file, unpacked where it is gzipped."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file) if zipped else file)
        with io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace") as text:
            yield text


def _lines(file: IO[str]) -> Iterator[str]:
    """The lines of the file. Raises DataError for one that is too long to hold a picture, and for a damaged gzip."""
    try:
        while line := file.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise DataError(f"a line has more than {MAX_LINE:,} characters; {HELP}.")
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"the file is damaged or cut short ({quoted(error)}); fetch it again.") from error
