"""Digitpad on the command line: opens the window, reads files, shows samples, takes a picture of the program."""

import argparse
import errno
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.console import drop_output, write_any_text

if TYPE_CHECKING:
    from app.options import Options
    from model.network.network import Network
    from model.reading.number import Number
    from model.reading.reader import Reader

DEFAULT_NETWORK = "cnn"
SHADES = " .:-=+*#%@"
FAILED, WRONG, STOPPED = 1, 2, 130  # exit statuses: a soak that found a fault, bad input, Ctrl+C as shells count it


class UsageError(ValueError):
    """What was asked for cannot be done; the message is one sentence for the person who asked."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (`sys.argv` when None) and return the exit status: 0, or 2 after bad input."""
    write_any_text()
    options = build_parser().parse_args(arguments)
    try:
        status = options.run(options)
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
    parser.set_defaults(run=run_window)
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="open a drawing (ndjson) or an image")
    parser.add_argument("--size", type=parse_size, metavar="WxH", help="size of the window, such as 1180x720")
    parser.add_argument("--theme", choices=("light", "dark"), help="colours of the window")
    parser.add_argument("--language", type=parse_language, metavar="NAME", help="language of the window, such as de")
    parser.add_argument("--event", action="store_true", help="full screen, for visitors of an event (see the README)")
    parser.add_argument(
        "--soak", type=parse_minutes, metavar="MINUTES", help="with --event: random visitors for so long, and a report"
    )
    parser.add_argument("--soak-seed", type=parse_seed, default=0, metavar="K", help="the same visitors again")
    parser.add_argument("--json", dest="soak_json", action="store_true", help="with --soak: report as one JSON object")
    parser.add_argument("--screenshot", type=Path, metavar="OUT.png", help="save one frame as a PNG and end")
    add_network(parser)
    commands = parser.add_subparsers(title="without a window", metavar="COMMAND")

    read = commands.add_parser("read", help="read images and drawings", description="Read images and drawings.")
    read.set_defaults(run=run_read)
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an image, or drawings in ndjson")
    read.add_argument("--json", action="store_true", help="print one JSON object a line")
    read.add_argument("--explain", type=Path, metavar="OUT.png", help="save how one image was read, step by step")
    add_network(read)

    sample = commands.add_parser("sample", help="show random test images", description="Show random test images.")
    sample.set_defaults(run=run_sample)
    sample.add_argument("--count", type=parse_count, default=1, metavar="N", help="how many (default: 1)")
    sample.add_argument("--seed", type=parse_seed, metavar="K", help="the same number shows the same images")
    add_network(sample)

    collection = commands.add_parser("collection", help="your labelled drawings", description="Your labelled drawings.")
    deeds = collection.add_subparsers(title="what to do", metavar="DEED", required=True)
    export = deeds.add_parser("export", help="write them to a file", description="Write your labelled drawings.")
    export.set_defaults(run=run_export)
    export.add_argument("file", type=Path, metavar="FILE", help="an ndjson file that is not there yet")

    tally = commands.add_parser("tally", help="what was counted at events", description="What was counted at events.")
    deeds = tally.add_subparsers(title="what to do", metavar="DEED", required=True)
    export = deeds.add_parser("export", help="write it to a file", description="Write the tally of all days.")
    export.set_defaults(run=run_tally_export)
    export.add_argument("file", type=Path, metavar="FILE.csv", help="a CSV file that is not there yet")
    return parser


def add_network(parser: argparse.ArgumentParser) -> None:
    """Every command takes --network; SUPPRESS keeps a subcommand from forgetting what stood before its name."""
    parser.add_argument(
        "--network",
        default=argparse.SUPPRESS,
        metavar="NAME|FILE",
        help=f"a network that ships, such as {DEFAULT_NETWORK} or mlp, or an npz file",
    )


def parse_size(text: str) -> tuple[int, int]:
    """Width and height of "1180x720"."""
    sides = re.fullmatch(r"(\d{1,5})[xX](\d{1,5})", text)
    if sides is None or not all(200 <= int(side) <= 8192 for side in sides.groups()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write WIDTHxHEIGHT, such as 1180x720")
    return int(sides[1]), int(sides[2])


def parse_language(text: str) -> str:
    """A language that there are texts of."""
    from app.messages import languages

    known = languages()
    if text not in known:
        raise argparse.ArgumentTypeError(f"there are no texts in {text!r}; choose one of: {', '.join(known)}")
    return text


def parse_count(text: str) -> int:
    """A whole number of at least 1."""
    if not re.fullmatch(r"\d{1,6}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number from 1 to 999999")
    return int(text)


def parse_seed(text: str) -> int:
    """A whole number of at least 0."""
    if not re.fullmatch(r"\d{1,18}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; give a whole number from 0")
    return int(text)


def parse_minutes(text: str) -> float:
    """Minutes, from a hundredth to a day."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text) or not 0.01 <= float(text) <= 1440:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; give minutes, from 0.01 to 1440")
    return float(text)


def complain(error: Exception) -> None:
    """One sentence on stderr, whatever the error's own text has for line ends."""
    text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
    sentence = " ".join(text.split()).rstrip(".")
    print(f"digitpad: {sentence}.", file=sys.stderr)


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
    )
    if options.screenshot is not None:
        from app.screenshot import save_screenshot

        save_screenshot(options.screenshot, asked)
        return 0
    if options.soak is not None and not options.event:
        raise UsageError("--soak tries the event mode; give --event with it")
    import pygame

    from app.program import run

    try:
        return run(asked) if options.soak is None else run_soak(options, asked)
    except pygame.error as error:
        raise UsageError(f"there is no screen to draw on ({error}); reading files needs none") from error


def run_soak(options: argparse.Namespace, asked: "Options") -> int:
    """Try the event mode with random visitors; 1 when an exception happened."""
    from app.soak.soak import soak

    report = soak(asked, options.soak, options.soak_seed)
    print(report.to_json() if options.soak_json else report.to_text())
    return 0 if report.passed else FAILED


def run_read(options: argparse.Namespace) -> int:
    """Read every file, in order; a file that cannot be read is told of and does not stop the others."""
    from model.reading.number import as_json, as_text
    from model.reading.reader import Reader

    if options.explain is not None and (len(options.files) > 1 or holds_drawings(options.files[0])):
        raise UsageError("--explain shows how one image was read; give one image file")
    reader = Reader(load_network(options))
    status = 0
    for file in options.files:
        try:
            for source, number in read_file(reader, file, options.explain):
                show = as_json if options.json else as_text
                print(show(source, number))
        except (ValueError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            complain(error)
            status = WRONG
    return status


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
    from model.reading.reader import Reader

    reader = Reader(load_network(options))
    test = load_dataset().test
    chosen = test[np.random.default_rng(options.seed).integers(len(test), size=options.count)]
    for image, label, reading in zip(chosen.scaled(), chosen.labels, reader.read_images(chosen.scaled()), strict=True):
        print(as_art(image))
        for digit, probability in enumerate(reading.probabilities):
            mark = " <- label" if digit == label else ""
            print(f"  {digit} {100 * probability:5.1f} % {'#' * round(30 * float(probability))}{mark}")
        print()
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the collection of labelled drawings to a new file."""
    from app.store.collection import Collection

    if options.file.exists():
        raise UsageError(f"{options.file} exists; choose another file")
    collection = Collection()
    if collection.lost:
        print(f"{collection.lost} unreadable lines were set aside in {collection.set_aside}.", file=sys.stderr)
    if not len(collection):
        raise UsageError(f"there are no labelled drawings yet in {collection.path}")
    print(f"{collection.export(options.file)} drawings written to {options.file}.")
    return 0


def run_tally_export(options: argparse.Namespace) -> int:
    """Write the counts of all days of events to a new CSV file."""
    from app.event.tally import Tally

    if options.file.exists():
        raise UsageError(f"{options.file} exists; choose another file")
    days = Tally().export(options.file)
    print(f"{days} {'day' if days == 1 else 'days'} written to {options.file}.")
    return 0


def as_art(image: Any) -> str:
    """An image (28, 28) float32, ink 1, as lines of characters, two to a pixel so that it keeps its shape."""
    return "\n".join("".join(2 * SHADES[int(value * (len(SHADES) - 1) + 0.5)] for value in row) for row in image)


def load_network(options: argparse.Namespace) -> "Network":
    """The network that --network names, the default one without it. Raises a ValueError for people."""
    from app.store.networks import available, find
    from model.network.network import Network

    name = getattr(options, "network", DEFAULT_NETWORK)
    path = find(name)
    if not path.is_file():
        names = ", ".join(file.stem for file in available())
        raise UsageError(f"there is no network {name}; give an npz file or one of: {names or 'none'}")
    return Network.load(path)


if __name__ == "__main__":
    sys.exit(main())
