"""The command `collection`: labelled drawings, those of this computer and those of several."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.arguments import add_command, add_network, check_folder, check_new, load_network
from model.errors import UsageError

if TYPE_CHECKING:
    from app.store.merging import Merged


def add_collection_actions(parser: argparse.ArgumentParser) -> None:
    """The actions of `collection`."""
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    export = add_command(actions.add_parser, "export", "write them to an ndjson file that is not there yet")
    export.set_defaults(run=run_export)
    export.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    chart = add_command(actions.add_parser, "chart", "draw what a network misreads of a class's drawings, as a PNG")
    chart.set_defaults(run=run_chart)
    chart.add_argument("out", type=Path, metavar="OUT.png", help="a file that is not there yet")
    chart.add_argument("file", type=Path, metavar="FILE", help="labelled drawings in ndjson")
    add_network(chart)
    merge = add_command(actions.add_parser, "merge", "make one file of the collections of several computers")
    merge.set_defaults(run=run_merge)
    merge.add_argument("out", type=Path, metavar="OUT", help="the file to write")
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE", help="drawings in ndjson")
    merge.add_argument("--force", action="store_true", help="write OUT anew where it is there already")


def run_export(options: argparse.Namespace) -> int:
    """Write the collection of labelled drawings to a new file."""
    from app.store.collection import Collection

    check_new(options.file)
    collection = Collection()
    if collection.lost:
        print(f"{collection.lost} unreadable lines were set aside in {collection.set_aside}.", file=sys.stderr)
    if not len(collection):
        raise UsageError(f"there are no labelled drawings yet in {collection.path}")
    print(f"{collection.export(options.file)} drawings written to {options.file}.")
    return 0


def run_chart(options: argparse.Namespace) -> int:
    """Read a class's drawings and draw what came of it."""
    from model.evaluation.survey import Surveyor
    from model.evaluation.survey_picture import draw_survey, sentences
    from model.pictures.drawing import read_drawings
    from model.reading.reader import Reader

    check_new(options.out)
    if options.out.suffix.lower() != ".png":
        raise UsageError(f"{options.out} does not end in .png, as a picture of that form does")
    surveyor = Surveyor(Reader(load_network(options)), read_drawings(options.file))
    while surveyor.survey is None:
        surveyor.go_on()
    if not surveyor.survey.count:
        raise UsageError(f"{options.file} holds no drawing whose word is a digit")
    draw_survey(surveyor.survey, options.out)
    print(" ".join(f"{line.rstrip('.')}." for line in sentences(surveyor.survey)))
    print(f"Drawn to {options.out}.")
    return 0


def run_merge(options: argparse.Namespace) -> int:
    """Merge files of drawings; lines that hold none are told and left out."""
    from app.paths import data_folder
    from app.store.collection import FILE
    from app.store.merging import merge

    out: Path = options.out
    if out.resolve() == (data_folder() / FILE).resolve():
        raise UsageError('OUT is where "My drawings" lie; choose another file, and import it there')
    if out.exists() and (not options.force or not out.is_file()):
        raise UsageError(f"{out} exists; choose another file, or add --force")
    check_folder(out)
    merged = merge(options.files, out)
    _tell_left_out(merged)
    if not merged.drawings:
        raise UsageError("there is no drawing with a digit as its word in what was given; nothing was written")
    copies = f" ({_counted(merged.twice, 'copy', 'copies')} left out)" if merged.twice else ""
    people = f" by {_counted(merged.writers, 'writer', 'writers')}" if merged.writers else ""
    print(f"{_counted(merged.drawings, 'drawing', 'drawings')}{people} written to {out}{copies}.")
    return 0


def _tell_left_out(merged: "Merged") -> None:
    for line in merged.broken:
        print(f"digitpad: {line.path}, line {line.number} is left out: {line.reason}.", file=sys.stderr)
    told = {path: sum(line.path == path for line in merged.broken) for path in merged.broken_count}
    for path, count in merged.broken_count.items():
        if count > told[path]:
            more = _counted(count - told[path], "more line is", "more lines are")
            print(f"digitpad: {path}: {more} left out.", file=sys.stderr)
    if merged.left_out:
        left = _counted(merged.left_out, "drawing", "drawings")
        print(f"digitpad: {left} without ink or a digit left out.", file=sys.stderr)


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
