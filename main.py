"""Digitpad on the command line: opens the window, reads files, shows samples, takes a picture of the program."""

import argparse
import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.arguments import (
    add_command,
    add_network,
    check_folder,
    check_new,
    load_network,
    parse_count,
    parse_language,
    parse_minutes,
    parse_seed,
    parse_size,
    parse_speed,
)
from app.command_line.collection import add_collection_actions
from app.command_line.networks import add_network_actions
from app.command_line.trainings import add_trainings
from model.console import drop_output, write_any_text
from model.errors import UsageError, quoted, sentence_of
from model.version import ShowVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.options import Options
    from model.reading.number import Number
    from model.reading.reader import Reader

    Run = Callable[[argparse.Namespace], int]  # runs a command and returns its exit status

FAILED, WRONG, STOPPED = 1, 2, 130  # exit statuses: a soak that found a fault, bad input, Ctrl+C as shells count it


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (`sys.argv` when None) and return the exit status: 0, or 2 after bad input."""
    write_any_text()
    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        if sys.stdout is not None:  # as it is where a shell closed it, and in a program without a console
            sys.stdout.flush()
        return status
    except BrokenPipeError:
        drop_output()  # its reader has seen enough
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except (ValueError, OSError) as error:
        complain(error)
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            drop_output()
        return WRONG


def build_parser() -> argparse.ArgumentParser:
    """The command line and its help."""
    parser = argparse.ArgumentParser(
        prog="digitpad", description="Draw a digit, press S, and a neural network reads it."
    )
    parser.add_argument("--version", action=ShowVersion)
    add_window(parser)
    commands = parser.add_subparsers(title="without a window", metavar="COMMAND")
    add_read(add_command(commands.add_parser, "read", "read images and drawings"))
    add_sample(add_command(commands.add_parser, "sample", "show random test images"))
    add_collection_actions(add_command(commands.add_parser, "collection", "your labelled drawings"))
    add_tally_actions(add_command(commands.add_parser, "tally", "what was counted at events"))
    add_trainings(add_command(commands.add_parser, "trainings", "what was trained on this computer, in the program"))
    add_network_actions(add_command(commands.add_parser, "network", "networks for other programs, and from them"))
    return parser


def add_window(parser: argparse.ArgumentParser) -> None:
    """The options of the program in its window."""
    parser.set_defaults(run=run_window)
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="open a drawing (ndjson) or an image")
    parser.add_argument("--size", type=parse_size, metavar="WxH", help="size of the window, such as 1180x720")
    parser.add_argument("--theme", choices=("light", "dark"), help="colours of the window")
    parser.add_argument("--language", type=parse_language, metavar="NAME", help="language of the window, such as de")
    parser.add_argument("--event", action="store_true", help="full screen, for visitors of an event (docs/events.md)")
    parser.add_argument(
        "--class", dest="class_mode", action="store_true", help="collect the digits of a class (docs/class.md)"
    )
    parser.add_argument(
        "--soak", type=parse_minutes, metavar="MINUTES", help="with --event: random visitors for so long, and a report"
    )
    parser.add_argument(
        "--speed", type=parse_speed, metavar="TIMES", help="with --soak: visitors so many times as fast (default: 10)"
    )
    parser.add_argument("--soak-seed", type=parse_seed, default=0, metavar="K", help="the same visitors again")
    parser.add_argument("--json", dest="soak_json", action="store_true", help="with --soak: report as one JSON object")
    parser.add_argument("--screenshot", type=Path, metavar="OUT.png", help="save one frame as a PNG and end")
    add_network(parser)


def add_read(read: argparse.ArgumentParser) -> None:
    """The options of `read`."""
    read.set_defaults(run=run_read)
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an image, or drawings in ndjson")
    read.add_argument("--json", action="store_true", help="print one JSON object a line")
    read.add_argument("--explain", type=Path, metavar="OUT.png", help="save how one image was read, step by step")
    read.add_argument(
        "--animate", type=Path, metavar="OUT.webp", help="save how one drawing is read while it grows (or .gif, .png)"
    )
    add_network(read)


def add_sample(sample: argparse.ArgumentParser) -> None:
    """The options of `sample`."""
    sample.set_defaults(run=run_sample)
    sample.add_argument("--count", type=parse_count, default=1, metavar="N", help="how many (default: 1)")
    sample.add_argument("--seed", type=parse_seed, metavar="K", help="the same number shows the same images")
    add_network(sample)


def add_tally_actions(parser: argparse.ArgumentParser) -> None:
    """The actions of `tally`."""
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    export = add_command(
        actions.add_parser, "export", "write the counts of all days to a CSV file that is not there yet"
    )
    export.set_defaults(run=run_tally_export)
    export.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")


def complain(error: Exception) -> None:
    """One sentence on stderr."""
    print(f"digitpad: {sentence_of(error)}", file=sys.stderr)


def run_window(options: argparse.Namespace) -> int:
    """Open the program, or save a picture of it."""
    from app.options import Options

    asked = Options(
        network=getattr(options, "network", None),
        drawing=options.drawing,
        size=options.size,
        theme=options.theme,
        language=options.language,
        event=options.event,
        class_mode=options.class_mode,
    )
    if options.event and options.class_mode:
        raise UsageError("--event is for visitors and --class for pupils; give one of them")
    if options.screenshot is not None:
        check_folder(options.screenshot)
        from app.screenshot import save_screenshot

        save_screenshot(options.screenshot, asked)
        return 0
    if options.soak is not None and not options.event:
        raise UsageError("--soak tries the event mode; give --event with it")
    if options.speed is not None and options.soak is None:
        raise UsageError("--speed is that of random visitors; give --soak with it")
    import pygame

    from app.program import run

    try:
        return run(asked) if options.soak is None else run_soak(options, asked)
    except pygame.error as error:
        raise UsageError(
            f"there is no screen to draw on ({quoted(error)}); start it on a desktop, or use read, which needs none"
        ) from error


def run_soak(options: argparse.Namespace, asked: "Options") -> int:
    """Try the event mode with random visitors; 1 when an exception happened."""
    from app.soak.soak import PACE, soak

    report = soak(asked, options.soak, options.soak_seed, options.speed or PACE)
    print(report.to_json() if options.soak_json else report.to_text())
    return 0 if report.passed else FAILED


def run_read(options: argparse.Namespace) -> int:
    """Read every file, in order; one that cannot be read does not stop the others."""
    from model.reading.reader import Reader

    if options.explain is not None and (len(options.files) > 1 or holds_drawings(options.files[0])):
        raise UsageError("--explain shows how one image was read; give one image file")
    if options.animate is not None and (len(options.files) > 1 or not holds_drawings(options.files[0])):
        raise UsageError(
            "--animate shows how one drawing is read; give one file of drawings, of which it takes the first"
        )
    for out in (options.explain, options.animate):
        if out is not None:
            check_folder(out)
    reader = Reader(load_network(options))
    if options.animate is not None:
        save_animation(reader, options.files[0], options.animate)
    return max([print_readings(reader, file, options) for file in options.files])


def save_animation(reader: "Reader", file: Path, out: Path) -> None:
    """Save how the first drawing of a file is read. Raises ValueError, OSError."""
    from model.explanation.animation import animate
    from model.pictures.drawing import read_drawings

    drawings = read_drawings(file)
    if not drawings:
        raise UsageError(f"{file} holds no drawing")
    animate(reader, drawings[0], out)


def print_readings(reader: "Reader", file: Path, options: argparse.Namespace) -> int:
    """Print what one file says; the exit status is 2 where it cannot be read."""
    from model.reading.number import as_json, as_text

    show = as_json if options.json else as_text
    try:
        for source, number in read_file(reader, file, options.explain):
            print(show(source, number))
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        complain(error)
        return WRONG
    return 0


def read_file(reader: "Reader", file: Path, explained: Path | None) -> Iterator[tuple[str, "Number"]]:
    """What one file says and where each number comes from: the file, and in a file of drawings the place in it.

    explained: where to save the steps of reading a picture.
    """
    from model.reading.number_reader import read_numbers, read_photograph

    if holds_drawings(file):
        from model.pictures.drawing import read_drawings

        for place, number in enumerate(read_numbers(reader, read_drawings(file)), 1):
            yield f"{file}:{place}", number
    elif explained is not None:
        from model.explanation.reading_steps import explain

        yield str(file), explain(reader, file, explained)
    else:
        from model.pictures.photograph import load_photograph

        yield str(file), read_photograph(reader, load_photograph(file))


def holds_drawings(file: Path) -> bool:
    """Whether a file is ndjson: by its name, else by the brace that it starts with."""
    if file.suffix.lower() in (".ndjson", ".jsonl", ".json"):
        return True
    if not file.is_file():
        return False  # the reader of pictures says what is wrong
    with file.open("rb") as start:
        return start.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def run_sample(options: argparse.Namespace) -> int:
    """Show random images of the test set as text, each with the ten probabilities and the label."""
    import numpy as np

    from model.data.datasets import load_dataset
    from model.evaluation.samples import samples
    from model.reading.reader import Reader

    reader = Reader(load_network(options))
    for text in samples(reader, load_dataset().test, options.count, np.random.default_rng(options.seed)):
        print(text)
    return 0


def run_tally_export(options: argparse.Namespace) -> int:
    """Write the counts of all days of events to a new CSV file."""
    from app.event.tally import Tally

    check_new(options.file)
    days = Tally().export(options.file)
    print(f"{days} {'day' if days == 1 else 'days'} written to {options.file}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
