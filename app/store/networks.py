"""Which networks there are, and the one in use: the wanted one, or another where that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.paths import WEIGHTS, networks_folder
from app.store.keeping import PREVIOUS
from model.constants import CHECKPOINT
from model.network.network import Network
from model.reading.reader import Reader

USUAL = ("cnn", "mlp")  # in the order in which they stand in for each other
FIRST_STEPS = ("conv-5", "dense-100", "relu-2", "dense-50-50", "tanh-1", "sigmoid-1", "dense-16")
SHIPPED = (*USUAL, *FIRST_STEPS)  # in the order of lists


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
class Problem:
    """Why a network could not be used: its name and one sentence."""

    name: str
    reason: str


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


def load(wanted: str | Path) -> tuple[LoadedNetwork | None, list[Problem]]:
    """The wanted network, else the first shipped one that can be used, else None; and what was wrong."""
    problems: list[Problem] = []
    first = find(wanted)
    shipped = [WEIGHTS / f"{name}.npz" for name in USUAL]
    for path in (first, *(p for p in shipped if p != first)):
        try:
            return read(path), problems
        except (ValueError, OSError) as error:  # NetworkFileError is a ValueError
            problems.append(Problem(path.stem, str(error).rstrip(".")))
    return None, problems


def read(path: Path) -> LoadedNetwork:
    """The network of a file. Raises ValueError or OSError where it holds none that reads digits."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist")
    network = Network.load(path)
    Reader(network)  # refuses a network for something else, which must not surprise the session later
    return LoadedNetwork(path.stem, path, network)
