"""Arguments that several commands take: their types, the network, the new file. Loads nothing before it is used."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import UsageError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.network.network import Network

    AddParser = Callable[..., argparse.ArgumentParser]

DEFAULT_NETWORK = "cnn"


def add_command(add: "AddParser", name: str, about: str) -> argparse.ArgumentParser:
    """A subcommand; what it is about is a line of the list, and a sentence above its own options."""
    return add(name, help=about, description=f"{about[0].upper()}{about[1:]}.")


def add_network(parser: argparse.ArgumentParser) -> None:
    """Every command takes --network; SUPPRESS keeps a subcommand from forgetting what stood before its name."""
    parser.add_argument(
        "--network",
        default=argparse.SUPPRESS,
        metavar="NAME|FILE",
        help=f"a network that ships, such as {DEFAULT_NETWORK} or mlp, or an npz file",
    )


def load_network(options: argparse.Namespace) -> "Network":
    """The network that --network names, the default one without it. Raises a ValueError for people."""
    return named_network(getattr(options, "network", DEFAULT_NETWORK))


def named_network(name: str) -> "Network":
    """A network that ships or that people trained, or one of a file. Raises a ValueError for people."""
    from model.network.network import Network

    return Network.load(find_network(name))


def find_network(name: str) -> Path:
    """The file of a network given by its name or by its file. Raises UsageError where there is none."""
    from app.store.networks import available, find

    path = find(name)
    if not path.is_file():
        names = ", ".join(file.stem for file in available())
        raise UsageError(f"there is no network {name}; give an npz file or one of: {names or 'none'}")
    return path


def check_new(file: Path) -> None:
    """Raise UsageError for a file that is there already, as nothing is overwritten, or whose folder is not there."""
    if file.exists():
        raise UsageError(f"{file} exists; choose another file")
    check_folder(file)


def check_folder(file: Path) -> None:
    """Raise UsageError for a file to be written into a folder that is not there: a slip of the pen makes no folders."""
    if not file.parent.is_dir():
        raise UsageError(f"there is no folder {file.parent}; make it first")


def parse_size(text: str) -> tuple[int, int]:
    """Width and height of "1180x720"."""
    sides = re.fullmatch(r"(\d{1,5})[xX](\d{1,5})", text)
    if sides is None or not all(200 <= int(side) <= 8192 for side in sides.groups()):
        raise argparse.ArgumentTypeError(f"'{quoted(text)}' is no size; write WIDTHxHEIGHT, such as 1180x720")
    return int(sides[1]), int(sides[2])


def parse_language(text: str) -> str:
    """A language that there are texts of."""
    from app.messages import languages

    known = languages()
    if text not in known:
        raise argparse.ArgumentTypeError(f"there are no texts in '{quoted(text)}'; choose one of: {', '.join(known)}")
    return text


def parse_count(text: str) -> int:
    """A whole number of at least 1."""
    if not re.fullmatch(r"\d{1,6}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{quoted(text)}' is no count; give a whole number from 1 to 999999")
    return int(text)


def parse_seed(text: str) -> int:
    """A whole number of at least 0."""
    if not re.fullmatch(r"\d{1,18}", text):
        raise argparse.ArgumentTypeError(f"'{quoted(text)}' is no seed; give a whole number from 0")
    return int(text)


def parse_minutes(text: str) -> float:
    """Minutes, from a hundredth to a day."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text) or not 0.01 <= float(text) <= 1440:
        raise argparse.ArgumentTypeError(f"'{quoted(text)}' is no time; give minutes, from 0.01 to 1440")
    return float(text)


def parse_speed(text: str) -> float:
    """How many times as fast, from one to a hundred."""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text) or not 1 <= float(text) <= 100:
        raise argparse.ArgumentTypeError(f"'{quoted(text)}' is no speed; give a number from 1 to 100")
    return float(text)
