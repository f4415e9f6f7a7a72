"""The command `trainings`: what was trained on this computer."""

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.arguments import check_new

if TYPE_CHECKING:
    from app.store.trainings import TrainingRecord

COLUMNS = ("began", "network", "learned from", "epochs", "seconds", "before", "after", "outcome")


def add_trainings(parser: argparse.ArgumentParser) -> None:
    """The options of `trainings`."""
    parser.set_defaults(run=run_trainings)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write all figures to a file that is not there yet")


def run_trainings(options: argparse.Namespace) -> int:
    """Print all trainings as a table, the oldest first, or write them to a CSV file."""
    from app.store.trainings import file, recorded

    if options.csv is not None:
        check_new(options.csv)
    records, lost = recorded()
    if lost:
        print(f"{lost} unreadable {'line was' if lost == 1 else 'lines were'} passed over.", file=sys.stderr)
    if options.csv is not None:
        write_csv(records, options.csv)
        print(f"{len(records)} {'training' if len(records) == 1 else 'trainings'} written to {options.csv}.")
    elif not records:
        print(f"Nothing was trained in the program yet, so there is no {file()}.")
    else:
        print(as_table(records))
    return 0


def write_csv(records: "list[TrainingRecord]", path: Path) -> None:
    """One row a training under the names of its figures. Raises OSError."""
    from app.store.trainings import KINDS
    from model.files import replacing

    with replacing(path) as part, part.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(KINDS)
        rows.writerows([["" if v is None else v for v in record.figures.values()] for record in records])


def as_table(records: "list[TrainingRecord]") -> str:
    """Lines for a terminal, in columns."""
    rows = [COLUMNS, *(cells_of(record) for record in records)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def cells_of(record: "TrainingRecord") -> tuple[str, ...]:
    """What stands in the columns of a training."""
    data = [word for word, used in (("MNIST", record.mnist), ("pen strokes", record.pen_strokes)) if used]
    if record.drawings:
        data.append(f"{record.drawings} drawings")
    shares = ("-" if a is None else f"{100 * a:.2f} %" for a in (record.accuracy_before, record.accuracy_after))
    outcome = f"kept as {record.kept_as}" if record.kept_as else record.outcome.replace("_", " ")
    numbers = ("-" if n is None else f"{n:g}" for n in (record.epochs, record.seconds))
    start = " (from nothing)" if record.from_nothing else ""
    return (record.time[:16].replace("T", " "), record.network + start, ", ".join(data), *numbers, *shares, outcome)
