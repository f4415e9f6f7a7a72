"""Keeping a new network: in place of the last one of one's own, which stays beside it, or under a name of its own.

Nothing is ever written among the networks that ship: those can always be chosen again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.messages import UserError
from app.paths import WEIGHTS, networks_folder
from model.constants import CHECKPOINT
from model.files import replacing
from model.network.network import Network

if TYPE_CHECKING:
    from app.store.networks import LoadedNetwork

PREVIOUS = ".previous.npz"
LONGEST_NAME = 60
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no names for files on Windows


class NetworkStoreError(UserError):
    """A network that cannot be kept."""


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
        raise NetworkStoreError("wrong.not_written", path=path, reason=error.strerror or error) from None
    return path


def save_as(network: Network, name: str) -> Path:
    """Save the network under a new name; returns the file. Raises NetworkStoreError."""
    path = networks_folder() / f"{checked_name(name)}.npz"
    if path.exists():
        raise NetworkStoreError("wrong.name_there", name=path.stem)
    try:
        network.save(path)
    except OSError as error:
        raise NetworkStoreError("wrong.not_written", path=path, reason=error.strerror or error) from None
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
        reason = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise NetworkStoreError("wrong.not_brought_back", reason=reason) from None


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
