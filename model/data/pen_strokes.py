"""Pen strokes of many people: digits, letters and signs, packed in one small npz file.

The file holds five arrays. `points` (P, 2) uint8: x and y of all points one after another, y down, as differences from
the point before, modulo 256; the longer side of a drawing is 255. `strokes` (S,) uint16: the number of points of each
stroke. `drawings` (D,) uint8: the number of strokes of each drawing. `symbols` (D,) uint8: what was written, as its
ASCII code. `writers` (D,) uint16: who wrote it, as a number.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.data.images import DataError
from model.errors import quoted, reason_of

BUNDLED = Path(__file__).resolve().parents[2] / "assets" / "pen.npz"
SIDE = 255  # the longer side of a drawing
NAMES = ("points", "strokes", "drawings", "symbols", "writers")
HELD_OUT_EVERY, HELD_OUT_REST = 6, 4  # writers whose number leaves this rest are kept for validation
_MOST_BYTES = 64 * 2**20  # of the unpacked arrays together
_DTYPES = {"points": np.uint8, "strokes": np.uint16, "drawings": np.uint8, "symbols": np.uint8, "writers": np.uint16}


@dataclass(frozen=True, eq=False)
class PenStrokes:
    """Drawings of people: `drawings[i]` is a list of strokes (P, 2) float32, P >= 1, its longer side 1, y down.

    symbols (D,) are single characters, writers (D,) numbers.
    """

    drawings: list[list[np.ndarray]]
    symbols: np.ndarray
    writers: np.ndarray

    def __len__(self) -> int:
        return len(self.drawings)

    def only(self, chosen: np.ndarray) -> "PenStrokes":
        """The drawings for which `chosen` (D,) bool is true."""
        kept = [self.drawings[i] for i in np.flatnonzero(chosen)]
        return PenStrokes(kept, self.symbols[chosen], self.writers[chosen])

    def of_symbols(self, symbols: str) -> "PenStrokes":
        """The drawings of these characters."""
        return self.only(np.isin(self.symbols, list(symbols)))

    def for_training(self) -> "PenStrokes":
        """The drawings of the writers that networks learn from."""
        return self.only(~_held_out(self.writers))

    def for_validation(self) -> "PenStrokes":
        """The drawings of the writers that are kept out of training: about one writer in six."""
        return self.only(_held_out(self.writers))


def _held_out(writers: np.ndarray) -> np.ndarray:
    held_out: np.ndarray = writers % HELD_OUT_EVERY == HELD_OUT_REST
    return held_out


def load_pen_strokes(path: Path = BUNDLED) -> PenStrokes:
    """Read a file of pen strokes. Raises DataError, with one sentence, for a file that is missing or not sound."""
    arrays = _read(path, NAMES, _fits)
    ends = np.cumsum(arrays["strokes"], dtype=np.int64)
    points = np.cumsum(arrays["points"], axis=0, dtype=np.uint8).astype(np.float32) / np.float32(SIDE)
    strokes = np.split(points, ends[:-1])
    lasts = np.cumsum(arrays["drawings"], dtype=np.int64)
    drawings = [strokes[last - count : last] for last, count in zip(lasts, arrays["drawings"].tolist(), strict=True)]
    symbols = arrays["symbols"].view("S1").astype("U1")
    return PenStrokes(drawings, symbols, arrays["writers"].astype(np.int64))


def count_digits(path: Path = BUNDLED) -> int:
    """How many digits there are to learn from, without reading their strokes. Raises DataError, as for reading them."""
    arrays = _read(path, ("symbols", "writers"), _fit_one_by_one)
    digits = (arrays["symbols"] >= ord("0")) & (arrays["symbols"] <= ord("9"))
    return int((digits & ~_held_out(arrays["writers"])).sum())


def packed(drawings: list[list[np.ndarray]], symbols: str, writers: list[int]) -> dict[str, np.ndarray]:
    """The five arrays of the file: drawings of strokes (P, 2), P >= 1, of any size, scaled and rounded."""
    stepped = [_stepped(drawing) for drawing in drawings]
    points = np.concatenate([stroke for drawing in stepped for stroke in drawing])
    return {
        "points": np.diff(points, axis=0, prepend=np.zeros((1, 2), np.uint8)),
        "strokes": np.array([len(stroke) for drawing in stepped for stroke in drawing], np.uint16),
        "drawings": np.array([len(drawing) for drawing in stepped], np.uint8),
        "symbols": np.frombuffer(symbols.encode("ascii"), np.uint8),
        "writers": np.array(writers, np.uint16),
    }


def _stepped(drawing: list[np.ndarray]) -> list[np.ndarray]:
    points = np.concatenate(drawing)
    low = points.min(axis=0)
    scale = SIDE / max(float(np.ptp(points, axis=0).max()), 1e-6)
    return [np.rint((stroke - low) * scale).astype(np.uint8) for stroke in drawing]


def _read(path: Path, names: Sequence[str], fit: Callable[[dict[str, np.ndarray]], bool]) -> dict[str, np.ndarray]:
    """The arrays of these names, where they fit together. Raises DataError."""
    try:
        arrays = _unpacked(path, names)
        if not fit(arrays):
            raise DataError(f"{path} is no file of pen strokes: its arrays do not fit together.")
    except FileNotFoundError:
        raise DataError(f"There is no file {path}; the program's own pen strokes are missing.") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason_of(error)}.") from error
    except DataError:
        raise
    except Exception as error:  # a broken archive can fail in many ways inside zipfile and numpy
        raise DataError(f"{path} is no sound file of pen strokes ({quoted(error)}).") from error
    return arrays


def _unpacked(path: Path, names: Sequence[str]) -> dict[str, np.ndarray]:
    with zipfile.ZipFile(path) as archive:
        if sum(archive.getinfo(f"{name}.npy").file_size for name in NAMES) > _MOST_BYTES:
            raise DataError(f"{path} is too large for a file of pen strokes.")
        return {
            name: np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
            for name in names
        }


def _fit_one_by_one(arrays: dict[str, np.ndarray]) -> bool:
    """Whether types and dimensions are right, and all that has an entry for each drawing is equally long."""
    each = [len(arrays[name]) for name in ("drawings", "symbols", "writers") if name in arrays]
    return (
        all(array.dtype == _DTYPES[name] for name, array in arrays.items())
        and all(array.ndim == (2 if name == "points" else 1) for name, array in arrays.items())
        and min(each) == max(each) > 0
    )


def _fits(arrays: dict[str, np.ndarray]) -> bool:
    """Whether types, shapes and counts agree, and no stroke or drawing is empty."""
    points, strokes, drawings = arrays["points"], arrays["strokes"], arrays["drawings"]
    return (
        _fit_one_by_one(arrays)
        and points.shape[1] == 2
        and strokes.min(initial=1) > 0 < drawings.min()
        and int(strokes.sum(dtype=np.int64)) == len(points)
        and int(drawings.sum(dtype=np.int64)) == len(strokes)
        and bool((arrays["symbols"] < 128).all())
    )
