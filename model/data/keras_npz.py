"""npz with x_train, y_train, x_test, y_test, as Keras keeps MNIST."""

import math
import tokenize
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from model.data.images import MAX_DEFLATE_RATIO, MAX_IMAGES, Array, DataError, Images, as_bytes, check_shape
from model.errors import quoted


def read_keras(path: Path) -> tuple[Images, Images | None]:
    """Read the training part and, where it is there, the test part of a Keras-style npz. Raises DataError, OSError."""
    with path.open("rb") as file, _damage_reported(), zipfile.ZipFile(file) as archive:
        return _read_archive(archive)


def first_images(path: Path, count: int) -> Images:
    """At most so many of the first training pictures of a Keras-style npz, in the time and memory that they need.

    Raises DataError, OSError.
    """
    with path.open("rb") as file, _damage_reported(), zipfile.ZipFile(file) as archive:
        return Images(_read_member(archive, "x_train", 3, count), _read_member(archive, "y_train", 1, count))


@contextmanager
def _damage_reported() -> Iterator[None]:
    try:
        yield
    except (DataError, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail in many ways inside zipfile and numpy
        raise DataError(f"this npz file is damaged ({quoted(error)}); fetch it again.") from error


def _read_archive(archive: zipfile.ZipFile) -> tuple[Images, Images | None]:
    names = set(archive.namelist())
    if not {"x_train.npy", "y_train.npy"} <= names:
        raise DataError("this npz file has no x_train and y_train; Digitpad reads the form of Keras's mnist.npz.")
    train = Images(_read_member(archive, "x_train", 3), _read_member(archive, "y_train", 1))
    if not {"x_test.npy", "y_test.npy"} <= names:
        return train, None
    return train, Images(_read_member(archive, "x_test", 3), _read_member(archive, "y_test", 1))


def _read_member(archive: zipfile.ZipFile, name: str, dimensions: int, most: int = MAX_IMAGES) -> Array:
    """An array of the archive, or of its first axis so many."""
    with archive.open(f"{name}.npy") as member:
        shape, fortran, dtype = _read_header(member, name)
        if len(shape) != dimensions:
            raise DataError(f"{name} has {len(shape)} dimensions; {dimensions} are needed.")
        check_shape(name, shape)
        if dtype.kind not in ("uif" if dimensions == 3 else "ui") or fortran:
            raise DataError(
                f"{name} holds {dtype}{' in Fortran order' if fortran else ''}; whole numbers (uint8) are needed."
            )
        shape = (min(shape[0], most), *shape[1:])
        wanted = math.prod(shape) * dtype.itemsize
        entry = archive.getinfo(f"{name}.npy")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataError(f"{name} is packed in an unusual way; save the file again with numpy.savez_compressed.")
        if wanted > entry.compress_size * MAX_DEFLATE_RATIO:
            raise DataError(f"{name} is cut short: its header promises {wanted:,} bytes; fetch the file again.")
        body = member.read(wanted)
    if len(body) != wanted:
        raise DataError(f"{name} is cut short: it holds {len(body):,} of {wanted:,} bytes; fetch the file again.")
    return _to_bytes(np.frombuffer(body, dtype).reshape(shape), name)


def _read_header(member: IO[bytes], name: str) -> tuple[tuple[int, ...], bool, np.dtype]:
    try:
        version = np.lib.format.read_magic(member)
        if version == (1, 0):
            return np.lib.format.read_array_header_1_0(member)
        return np.lib.format.read_array_header_2_0(member)
    except (ValueError, SyntaxError, tokenize.TokenError) as error:  # the header is Python text, and may be any text
        raise DataError(f"{name} is no NumPy array that can be read; save the file again with numpy.savez.") from error


def _to_bytes(array: NDArray[np.integer | np.floating], name: str) -> Array:
    """Pixels from 0 to 255 or labels as uint8. Raises DataError when a number does not fit."""
    if array.dtype.kind == "f" and not array.max() <= 1:  # not-a-number too
        raise DataError(f"{name} holds {array.dtype} up to {array.max():g}; fractions have to be from 0 to 1.")
    if array.min() < 0 or array.max() > 255:
        raise DataError(f"{name} holds numbers outside 0 to 255; pixels are 0 to 255 and labels 0 to 9.")
    if array.ndim == 1:
        return array.astype(np.uint8)
    if array.dtype.kind == "f":
        return as_bytes(array.astype(np.float32, copy=False))
    return as_bytes(array.astype(np.uint8, copy=False))
