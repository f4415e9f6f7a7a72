"""Checkpoints: a training's whole state in one npz file, from which it goes on as if it had never stopped."""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from model.constants import CHECKPOINT
from model.errors import InputError, quoted
from model.files import replacing

FORMAT = 1
_MOST_BYTES = 2_000_000_000  # of all arrays together


class CheckpointError(InputError):
    """A checkpoint that cannot be used; the text is one sentence."""


@dataclass(frozen=True)
class Checkpoint:
    """What was saved: a JSON-like header and arrays by name."""

    header: dict[str, Any]
    arrays: dict[str, np.ndarray]

    def part(self, prefix: str) -> dict[str, np.ndarray]:
        """The arrays whose names begin with the prefix, without it."""
        return {name.removeprefix(prefix): array for name, array in self.arrays.items() if name.startswith(prefix)}


def path_for(out: Path) -> Path:
    """Where the checkpoint of a training that writes to `out` lies."""
    return out.with_name(f"{out.stem}{CHECKPOINT}")


def save(path: Path, header: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write a checkpoint in place of the last one. Raises OSError."""
    text = np.array(json.dumps({"format": FORMAT, **header}))
    with replacing(path) as part, part.open("wb") as file:
        np.savez(file, header=text, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Checkpoint:
    """Read a checkpoint. Raises CheckpointError if it is missing or not sound."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise CheckpointError(f"{path} is too large for a checkpoint; start the training again without it.")
            arrays = {
                name.removesuffix(".npy"): np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)
                for name in archive.namelist()
            }
        header = json.loads(str(arrays.pop("header")))
        if header["format"] != FORMAT:
            raise CheckpointError(f"{path} was written by another version; start the training again without it.")
        return Checkpoint(header, arrays)
    except CheckpointError:
        raise
    except FileNotFoundError:
        raise CheckpointError(f"There is no checkpoint {path}; start the training without --resume.") from None
    except Exception as error:  # noqa: BLE001  a broken archive can fail in many ways inside zipfile, numpy and json
        raise CheckpointError(
            f"{path} is no sound checkpoint ({quoted(error)}); start the training again without it."
        ) from None
