"""What networks learned at once: for each of them one npz file with the forms that it knows beside its weights.

The file holds `weights` (K, F) float32 and `numbers` (K, 4) float64, the digit, threshold, width and strength of each
detector, and `drawings`, the bytes of a JSON list with a list of drawings for each. It is found by the network's name
and what is in it: a network that was trained on knows nothing of what its predecessor had learned at once.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.messages import UserError
from app.paths import learned_folder
from app.store.networks import LoadedNetwork
from model.errors import reason_of
from model.files import replacing
from model.network.growth import Detector, feature_count
from model.pictures.drawing import Drawing
from model.pictures.pen import strokes_of

if TYPE_CHECKING:
    from model.training.at_once import Form

LARGEST = 64 * 2**20  # bytes of a file, unpacked


class LearnedError(UserError):
    """What was learned at once cannot be read."""


def file_of(base: LoadedNetwork) -> Path:
    """Where what this network learned is kept."""
    return learned_folder() / f"{base.name}-{base.network.fingerprint()[:16]}.npz"


def save(base: LoadedNetwork, forms: Sequence[Form]) -> None:
    """Keep the forms that a network knows; with none of them the file goes. Raises OSError."""
    path = file_of(base)
    if not forms:
        path.unlink(missing_ok=True)
        return
    detectors = [form.detector for form in forms]
    drawings = json.dumps([[drawing.to_json() for drawing in form.drawings] for form in forms])
    with replacing(path) as part, part.open("wb") as file:
        np.savez(
            file,
            weights=np.stack([detector.weight for detector in detectors]),
            numbers=np.array([[d.digit, d.at, d.width, d.strength] for d in detectors], np.float64),
            drawings=np.frombuffer(drawings.encode(), np.uint8),
        )


def load(base: LoadedNetwork) -> tuple[Form, ...]:
    """The forms that a network knows; none where there is no file. Raises LearnedError for one that is not sound."""
    path = file_of(base)
    try:
        if not path.exists():
            return ()
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise ValueError("it is too large")
            weights, numbers, drawings = (_array(archive, name) for name in ("weights", "numbers", "drawings"))
        return _forms(weights, numbers, drawings.tobytes(), feature_count(base.network))
    except Exception as error:  # noqa: BLE001  a broken archive can fail in many ways inside zipfile and numpy
        raise LearnedError("wrong.learned", path=path, reason=reason_of(error)) from None


def _array(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    return np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)


def _forms(weights: np.ndarray, numbers: np.ndarray, text: bytes, features: int) -> tuple[Form, ...]:
    from model.training.at_once import Form

    lines = json.loads(text)
    if weights.shape != (len(lines), features) or numbers.shape != (len(lines), 4) or weights.dtype != np.float32:
        raise ValueError("its arrays do not fit together")
    if not (np.isfinite(weights).all() and np.isfinite(numbers).all() and (numbers[:, 2] > 0).all()):
        raise ValueError("it holds what is no number")
    forms = []
    for weight, (digit, at, width, strength), drawings in zip(weights, numbers.tolist(), lines, strict=True):
        if digit not in range(10):
            raise ValueError(f"there is no digit {digit:g}")
        taught = tuple(Drawing.from_json(line) for line in drawings)
        if not taught or any(drawing.word != f"{digit:g}" or not strokes_of(drawing) for drawing in taught):
            raise ValueError(f"it holds a form of {digit:g} without drawings of it")
        forms.append(Form(taught, Detector(int(digit), weight, at, width, strength)))
    return tuple(forms)
