"""CSV: a picture a row, label,1x1,1x2,...,28x28."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.constants import PIXELS, SIDE
from model.data.images import MAX_IMAGES, Array, DataError, Images
from model.errors import quoted

ROWS_AT_ONCE = 10_000
LABEL_NAMES = ("label", "class")
HELP = f"a row is label,1x1,...,{SIDE}x{SIDE}, with or without a header"


@dataclass(frozen=True)
class _Layout:
    columns: int
    header: bool
    label: int


def _layout(path: Path) -> _Layout:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        cells = next(csv.reader([file.readline(100_000).strip()]), [])
    names = [cell.strip().lower() for cell in cells]
    header = bool(names) and not names[0].isdecimal()
    labels = [at for at, name in enumerate(names) if name in LABEL_NAMES]
    return _Layout(len(names), header, labels[0] if labels else 0)


def has_labels(path: Path) -> bool:
    """Whether its rows hold more than pixels, as far as the first line tells."""
    return _layout(path).columns != PIXELS


def read_csv(path: Path) -> Images:
    """Read rows of `label,1x1,...,28x28`, whole numbers, with or without a header. Raises DataError.

    A header may name another column "label" or "class"; without one the label comes first.
    """
    layout = _layout(path)
    if layout.columns != PIXELS + 1:
        raise DataError(f"the first line has {layout.columns} columns instead of {PIXELS + 1}; {HELP}.")
    rows = path.stat().st_size // (2 * (PIXELS + 1)) + 1  # a column takes two bytes at least
    if rows > MAX_IMAGES * 4:
        raise DataError(f"the file is too large; Digitpad takes at most {MAX_IMAGES:,} pictures.")
    table = np.concatenate(list(_blocks(path, layout)))
    return Images(np.delete(table, layout.label, axis=1).reshape(-1, SIDE, SIDE), table[:, layout.label].copy())


def _blocks(path: Path, layout: _Layout) -> Iterator[Array]:
    """The rows, some thousand at a time, each block (rows, 785) uint8."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        if layout.header:
            file.readline()
        done = 0
        while lines := [line for _, line in zip(range(ROWS_AT_ONCE), file, strict=False) if line.strip()]:
            try:
                block = np.loadtxt(io.StringIO("".join(lines)), np.uint8, delimiter=",", ndmin=2, comments=None)
            except ValueError as error:
                raise DataError(f"after row {done} a row cannot be read ({quoted(error)}); {HELP}.") from error
            if block.shape[1] != PIXELS + 1:
                raise DataError(f"after row {done} a row has {block.shape[1]} columns; {HELP}.")
            done += len(block)
            yield block
    if not done:
        raise DataError(f"there are no rows in the file; {HELP}.")
