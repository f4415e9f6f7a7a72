"""The networks on disk: which there are, loading the wanted one or another in its place, and keeping new ones.

Nothing is ever written among the networks that ship: those can always be chosen again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.messages import UserError
from app.paths import WEIGHTS, networks_folder
from model.constants import CHECKPOINT
from model.errors import reason_of
from model.files import replacing
from model.network.network import Network
from model.reading.reader import Reader

USUAL = ("cnn", "mlp")  # in the order in which they stand in for each other
FIRST_STEPS = ("conv-5", "dense-100", "relu-2", "dense-50-50", "tanh-1", "sigmoid-1", "dense-16")
SHIPPED = (*USUAL, *FIRST_STEPS)  # in the order of lists
PREVIOUS = ".previous.npz"
LONGEST_NAME = 60
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no names for files on Windows


@dataclass(frozen=True)
class LoadedNetwork:
    """A network that is in use, its name and its file."""

    name: str
    path: Path
    network: Network

    @property
    def accuracy(self) -> float | None:
        """Its share of right answers on MNIST's test set, 0..1, as its file says; None where it does not."""
        return accuracy_in(self.network.info)


@dataclass(frozen=True)
class NetworkProblem:
    """Why a network could not be used: its name and one sentence."""

    name: str
    reason: str


class NetworkStoreError(UserError):
    """A network that cannot be kept."""


def accuracy_in(info: dict[str, Any]) -> float | None:
    """The share of MNIST's test set, 0..1, that a network's file says it reads right; None where it does not."""
    value = info.get("test_accuracy")
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None


def available() -> list[Path]:
    """The files of all networks: those that ship, then those that people trained, by name."""
    shipped = sorted(WEIGHTS.glob("*.npz"), key=lambda p: (SHIPPED.index(p.stem) if p.stem in SHIPPED else 99, p.stem))
    own = sorted(networks_folder().glob("*.npz"))
    return [path for path in (*shipped, *own) if not path.name.endswith((CHECKPOINT, PREVIOUS))]


def find(wanted: str | Path) -> Path:
    """The file of a network given by name or path; it need not exist."""
    for path in available():
        if path.stem == str(wanted):
            return path
    path = Path(wanted)
    return path if path.suffix else WEIGHTS / f"{wanted}.npz"


def is_shipped(path: Path) -> bool:
    """Whether a file is one of the networks that come with the program."""
    return path.parent == WEIGHTS and path.stem in SHIPPED


def load(wanted: str | Path) -> tuple[LoadedNetwork | None, list[NetworkProblem]]:
    """The wanted network, else the first shipped one that can be used, else None; and what was wrong."""
    problems: list[NetworkProblem] = []
    first = find(wanted)
    shipped = [WEIGHTS / f"{name}.npz" for name in USUAL]
    for path in (first, *(p for p in shipped if p != first)):
        try:
            return read(path), problems
        except (ValueError, OSError) as error:  # NetworkFileError is a ValueError
            problems.append(NetworkProblem(path.stem, reason_of(error)))
    return None, problems


def read(path: Path) -> LoadedNetwork:
    """The network of a file. Raises ValueError or OSError where it holds none that reads digits."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist")
    network = Network.load(path)
    Reader(network)  # refuses a network for something else, which must not surprise the session later
    return LoadedNetwork(path.stem, path, network)


# -- keeping new networks ---------------------------------------------------------------------------------


def own_name(present: LoadedNetwork) -> str:
    """The name under which what is learnt from this network on is kept: its own, or for one that ships a new one."""
    return present.name if present.path.parent == networks_folder() else f"{present.name}-mine"


def keep(network: Network, present: LoadedNetwork) -> Path:
    """Save the network in place of the present one, kept beside it; returns the file. Raises NetworkStoreError.

    A crash leaves the old network or the new one, whole.
    """
    path = networks_folder() / f"{own_name(present)}.npz"
    try:
        _copy(present.path, previous_of(path))
        network.save(path)
    except OSError as error:
        raise NetworkStoreError("wrong.not_written", path=path, reason=reason_of(error)) from None
    return path


def save_as(network: Network, name: str) -> Path:
    """Save the network under a new name; returns the file. Raises NetworkStoreError."""
    path = networks_folder() / f"{checked_name(name)}.npz"
    if path.exists():
        raise NetworkStoreError("wrong.name_there", name=path.stem)
    try:
        network.save(path)
    except OSError as error:
        raise NetworkStoreError("wrong.not_written", path=path, reason=reason_of(error)) from None
    return path


def can_bring_back(path: Path) -> bool:
    """Whether the network that this one took the place of is still there."""
    return path.parent == networks_folder() and previous_of(path).is_file()


def bring_back(path: Path) -> None:
    """Let a network and the one that it replaced change places; twice is as before. Raises NetworkStoreError."""
    previous = previous_of(path)
    try:
        Network.load(previous)  # only what is sound may take the place
        with replacing(previous) as part:
            part.write_bytes(path.read_bytes())
            _copy(previous, path)
    except (ValueError, OSError) as error:  # NetworkFileError is a ValueError
        raise NetworkStoreError("wrong.not_brought_back", reason=reason_of(error)) from None


def previous_of(path: Path) -> Path:
    """Where the network lies that this one took the place of."""
    return path.with_name(path.stem + PREVIOUS)


def checked_name(name: str) -> str:
    """The name without blanks around it. Raises NetworkStoreError for one that no file can have, or that ships."""
    name = name.strip()
    if not re.fullmatch(r"[\w][\w .-]*", name) or name.endswith("."):
        raise NetworkStoreError("wrong.name")
    if len(name) > LONGEST_NAME:
        raise NetworkStoreError("wrong.name_long", most=LONGEST_NAME)
    if (WEIGHTS / f"{name}.npz").exists() or RESERVED.fullmatch(name) or f"{name}.npz".endswith((PREVIOUS, CHECKPOINT)):
        raise NetworkStoreError("wrong.name_taken", name=name)
    return name


def _copy(source: Path, target: Path) -> None:
    with replacing(target) as part:
        part.write_bytes(source.read_bytes())
