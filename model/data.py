"""Labelled pictures of digits: MNIST as it ships, and the files in which people keep such data.

Every reader gives the same thing: pictures (N, 28, 28) uint8 with ink 255 on background 0, and labels (N,) uint8 from
0 to 9. A file is never trusted: what it declares is compared with what it can hold before memory is taken for it.
"""

import csv
import gzip
import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

BUNDLED = Path(__file__).resolve().parent.parent / "assets" / "mnist.npz"
SIDE = 28
PIXELS = SIDE * SIDE
CLASSES = 10
# 55,000 + 5,000 + 10,000 for MNIST; smaller sets are divided in the same proportion.
VALIDATION_IMAGES, VALIDATION_SHARE = 5_000, 12
TEST_IMAGES, TEST_SHARE = 10_000, 7
MAX_IMAGES = 1_000_000
MAX_DEFLATE_RATIO = 1_032  # zlib's own limit (https://zlib.net/zlib_tech.html, "Maximum Compression Factor")
CSV_ROWS_AT_ONCE = 10_000
LABEL_NAMES = ("label", "class")
NO_DIGIT = 255  # the label of a picture that shows no digit: for training only, no file may hold it
CSV_HELP = f"a row is label,1x1,...,{SIDE}x{SIDE}, with or without a header"

Array = NDArray[np.uint8]


class DataError(ValueError):
    """A data set cannot be read; the message is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Images:
    """Pictures (N, height, width) uint8, ink 255, and labels (N,) uint8: classes from 0, or NO_DIGIT.

    What comes from files is always 28 x 28 pixels with the ten digits. Bytes take a quarter of the memory that float32
    would.
    """

    images: Array
    labels: Array

    def __post_init__(self) -> None:
        """Raise DataError unless both arrays fit together."""
        if self.images.ndim != 3:
            raise DataError(f"The pictures have the shape {self.images.shape}; (count, height, width) is needed.")
        if self.labels.shape != self.images.shape[:1]:
            raise DataError(f"There are {len(self.images)} pictures but {self.labels.size} labels; each needs one.")
        if self.images.dtype != np.uint8 or self.labels.dtype != np.uint8:
            raise DataError("Pictures and labels have to be unsigned bytes (uint8).")

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, part: slice | NDArray[np.intp] | NDArray[np.bool_]) -> "Images":
        """The pictures of a slice, or of an array of indices or of truth values."""
        return Images(self.images[part], self.labels[part])

    def scaled(self) -> NDArray[np.float32]:
        """The pictures as (N, height, width) float32 from 0 to 1, ink 1."""
        return np.multiply(self.images, np.float32(1 / 255), dtype=np.float32)


@dataclass(frozen=True)
class Dataset:
    """Three parts that share no picture: one to learn from, one to choose by, one to judge by."""

    train: Images
    validation: Images
    test: Images


def load_dataset(path: Path | None = None) -> Dataset:
    """Read a data set and divide it, always in the same way.

    `path` is None for the bundled MNIST, a Keras-style npz, a CSV file, or a folder that holds such files or the four
    IDX files of MNIST (gzipped or not). The last 5,000 training pictures validate (a twelfth of smaller sets). Where no
    test part is given, the last 10,000 pictures (a seventh of smaller sets) are held out for it first.

    Raises DataError, with one sentence that says what is wrong and what to do.
    """
    path = BUNDLED if path is None else Path(path)
    try:
        train, test = _read_folder(path) if path.is_dir() else _read_file(path)
    except FileNotFoundError as error:
        raise DataError(f"There is no data at {error.filename}; give a CSV file, an npz file or a folder.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error
    except MemoryError as error:
        raise DataError(f"{path} does not fit into memory; give a smaller data set.") from error
    except DataError as error:
        raise DataError(f"{path}: {error}") from error
    return _divide(path, train, test)


def first_images(count: int, path: Path = BUNDLED) -> Images:
    """At most so many of the first training pictures of a Keras-style npz, in the time and memory that they need.

    Raises DataError, OSError.
    """
    with path.open("rb") as file, _damage_told(), zipfile.ZipFile(file) as archive:
        return Images(_read_member(archive, "x_train", 3, count), _read_member(archive, "y_train", 1, count))


def _divide(path: Path, train: Images, test: Images | None) -> Dataset:
    for part in (train, test):
        if part is not None and len(part) and (largest := part.labels.max()) >= CLASSES:
            raise DataError(f"{path} holds the label {largest}; labels have to be digits from 0 to {CLASSES - 1}.")
    if len(train) < 3 or (test is not None and not len(test)):
        raise DataError(f"{path} holds too few pictures; at least 3 are needed to train, to validate and to test.")
    if test is None:
        train, test = _hold_out(train, TEST_IMAGES, TEST_SHARE)
    train, validation = _hold_out(train, VALIDATION_IMAGES, VALIDATION_SHARE)
    return Dataset(train, validation, test)


def _hold_out(images: Images, at_most: int, share: int) -> tuple[Images, Images]:
    """All but the last pictures, and the last: one of `share`, at least 1 and at most `at_most`."""
    kept = len(images) - max(1, min(at_most, len(images) // share))
    return images[:kept], images[kept:]


def _read_file(path: Path) -> tuple[Images, Images | None]:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"PK"):
        return read_keras(path)
    if start.startswith((b"\x1f\x8b", b"\x00\x00\x08")):
        raise DataError("this is one IDX file of several; give the folder that holds all of them.")
    return read_csv(path), None


def _read_folder(folder: Path) -> tuple[Images, Images | None]:
    if _find(folder, "train-images"):
        test = _read_idx_pair(folder, "t10k") if _find(folder, "t10k-images") else None
        return _read_idx_pair(folder, "train"), test
    names = {entry.name.lower(): entry for entry in sorted(folder.iterdir())}
    if "mnist.npz" in names:
        return read_keras(names["mnist.npz"])
    tables = {name: entry for name, entry in names.items() if name.endswith(".csv")}
    training = [entry for name, entry in tables.items() if "train" in name]
    if not training and len(tables) == 1:
        training = list(tables.values())
    if not training:
        raise DataError(
            "this folder holds no data that Digitpad knows: train-images-idx3-ubyte (or .gz) and its three "
            "companions, mnist.npz, or mnist_train.csv and mnist_test.csv."
        )
    # Kaggle's test.csv has no labels: nothing can be judged by it.
    tests = [entry for name, entry in tables.items() if "test" in name and _csv_layout(entry).columns != PIXELS]
    return read_csv(training[0]), read_csv(tests[0]) if tests else None


# --- IDX, the form of MNIST itself (http://yann.lecun.com/exdb/mnist, "FILE FORMATS FOR THE MNIST DATABASE")


def _find(folder: Path, stem: str) -> Path | None:
    """The IDX file whose name starts with `stem`; a plain one before a gzipped one."""
    return min(
        (entry for entry in folder.glob(f"{stem}*") if entry.is_file()), key=lambda entry: len(entry.name), default=None
    )


def _read_idx_pair(folder: Path, part: str) -> Images:
    found = [_find(folder, f"{part}-{kind}") for kind in ("images", "labels")]
    images, labels = found
    if images is None or labels is None:
        missing = "images-idx3-ubyte" if images is None else "labels-idx1-ubyte"
        raise DataError(f"{part}-{missing} is missing in the folder; put it beside the other files.")
    return Images(read_idx(images, 3), read_idx(labels, 1))


def read_idx(path: Path, dimensions: int) -> Array:
    """Read one IDX file of unsigned bytes, gzipped or not, as an array of that many dimensions.

    Raises DataError when the header is not what it should be or the file holds less or more than the header says.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=file) if zipped else file)
        try:
            shape = _read_idx_header(stream, path.name, dimensions)
            wanted = math.prod(shape)
            if wanted > size * (MAX_DEFLATE_RATIO if zipped else 1):
                raise DataError(f"{path.name} is cut short: its header promises {wanted:,} bytes; fetch it again.")
            body = stream.read(wanted + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DataError(f"{path.name} is damaged or cut short ({error}); fetch it again.") from error
    if len(body) != wanted:
        held = "more" if len(body) > wanted else f"only {len(body):,}"
        raise DataError(
            f"{path.name} is damaged: its header promises {wanted:,} bytes and it holds {held}; fetch it again."
        )
    return np.frombuffer(body, np.uint8).reshape(shape)


def _read_idx_header(stream: IO[bytes], name: str, dimensions: int) -> tuple[int, ...]:
    if stream.read(4) != bytes([0, 0, 8, dimensions]):
        raise DataError(f"{name} is no IDX file of bytes with {dimensions} dimensions; check which file it is.")
    sizes = stream.read(4 * dimensions)
    if len(sizes) != 4 * dimensions:
        raise DataError(f"{name} is cut short in its header; fetch it again.")
    shape = tuple(int.from_bytes(sizes[at : at + 4], "big") for at in range(0, len(sizes), 4))
    _check_shape(name, shape)
    return shape


def _check_shape(name: str, shape: tuple[int, ...]) -> None:
    """Refuse what is no array of pictures (N, 28, 28) and no array of labels (N,)."""
    if shape[1:] not in ((SIDE, SIDE), ()) or not shape:
        raise DataError(f"{name} has the shape {shape}; Digitpad needs (count, {SIDE}, {SIDE}).")
    if not 0 < shape[0] <= MAX_IMAGES:
        raise DataError(f"{name} declares {shape[0]:,} entries; Digitpad takes from 1 to {MAX_IMAGES:,}.")


# --- npz with x_train, y_train, x_test, y_test, as Keras keeps MNIST


def read_keras(path: Path) -> tuple[Images, Images | None]:
    """Read the training part and, where it is there, the test part of a Keras-style npz. Raises DataError, OSError."""
    with path.open("rb") as file, _damage_told(), zipfile.ZipFile(file) as archive:
        return _read_archive(archive)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (DataError, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail in many ways inside zipfile and numpy
        raise DataError(f"this npz file is damaged ({error}); fetch it again.") from error


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
        shape, fortran, dtype = _read_npy_header(member, name)
        if len(shape) != dimensions:
            raise DataError(f"{name} has {len(shape)} dimensions; {dimensions} are needed.")
        _check_shape(name, shape)
        if dtype.kind not in "ui" or fortran:
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


def _read_npy_header(member: IO[bytes], name: str) -> tuple[tuple[int, ...], bool, np.dtype]:
    try:
        version = np.lib.format.read_magic(member)
        if version == (1, 0):
            return np.lib.format.read_array_header_1_0(member)
        return np.lib.format.read_array_header_2_0(member)
    except (ValueError, SyntaxError, tokenize.TokenError) as error:  # the header is Python text, and may be any text
        raise DataError(f"{name} is no NumPy array that can be read; save the file again with numpy.savez.") from error


def _to_bytes(array: NDArray[np.integer], name: str) -> Array:
    """The same numbers as uint8. Raises DataError when one of them does not fit."""
    if array.dtype == np.uint8:
        return array.view(np.uint8)
    if array.min() < 0 or array.max() > 255:
        raise DataError(f"{name} holds numbers outside 0 to 255; pixels are 0 to 255 and labels 0 to 9.")
    return array.astype(np.uint8)


# --- CSV: label,1x1,1x2,...,28x28


@dataclass(frozen=True)
class _CsvLayout:
    columns: int
    header: bool
    label: int


def _csv_layout(path: Path) -> _CsvLayout:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        cells = next(csv.reader([file.readline(100_000).strip()]), [])
    names = [cell.strip().lower() for cell in cells]
    header = bool(names) and not names[0].isdecimal()
    labels = [at for at, name in enumerate(names) if name in LABEL_NAMES]
    return _CsvLayout(len(names), header, labels[0] if labels else 0)


def read_csv(path: Path) -> Images:
    """Read rows of `label,1x1,...,28x28`, whole numbers, with or without a header. Raises DataError.

    A header may name another column "label" or "class"; without one the label comes first.
    """
    layout = _csv_layout(path)
    if layout.columns != PIXELS + 1:
        raise DataError(f"the first line has {layout.columns} columns instead of {PIXELS + 1}; {CSV_HELP}.")
    rows = path.stat().st_size // (2 * (PIXELS + 1)) + 1  # a column takes two bytes at least
    if rows > MAX_IMAGES * 4:
        raise DataError(f"the file is too large; Digitpad takes at most {MAX_IMAGES:,} pictures.")
    table = np.concatenate(list(_csv_blocks(path, layout)))
    return Images(np.delete(table, layout.label, axis=1).reshape(-1, SIDE, SIDE), table[:, layout.label].copy())


def _csv_blocks(path: Path, layout: _CsvLayout) -> Iterator[Array]:
    """The rows, some thousand at a time, each block (rows, 785) uint8."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        if layout.header:
            file.readline()
        done = 0
        while lines := [line for _, line in zip(range(CSV_ROWS_AT_ONCE), file, strict=False) if line.strip()]:
            try:
                block = np.loadtxt(io.StringIO("".join(lines)), np.uint8, delimiter=",", ndmin=2, comments=None)
            except ValueError as error:
                raise DataError(f"after row {done} a row cannot be read ({error}); {CSV_HELP}.") from error
            if block.shape[1] != PIXELS + 1:
                raise DataError(f"after row {done} a row has {block.shape[1]} columns; {CSV_HELP}.")
            done += len(block)
            yield block
    if not done:
        raise DataError(f"there are no rows in the file; {CSV_HELP}.")
