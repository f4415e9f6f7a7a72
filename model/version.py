"""The program's version, as --version shows it."""

import argparse
import tomllib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final

NAME: Final = "digitpad"
UNKNOWN: Final = "unknown"
CHECKOUT: Final = Path(__file__).resolve().parents[1]


def version(folder: Path = CHECKOUT) -> str:
    """The version in the checkout that lies in the folder, else that of the installed package; "unknown" without both.

    The checkout comes first: an older package may be installed beside it.
    """
    try:
        with (folder / "pyproject.toml").open("rb") as file:
            project = tomllib.load(file)["project"]
        if project["name"] == NAME:
            return str(project["version"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no checkout, or not of this program
    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        return UNKNOWN


class ShowVersion(argparse.Action):
    """An option that prints the version and ends; looks it up only when asked, unlike argparse's own."""

    def __init__(self, option_strings: Sequence[str], dest: str, **settings: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and end", **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"{NAME} {version()}")
        parser.exit()
