"""Data: MNIST as it ships, and data sets in the files in which people keep them, divided in three.

Every reader gives the same thing: pictures (N, 28, 28) uint8 with ink 255 on background 0, and labels (N,) uint8 from
0 to 9. A file is never trusted: what it declares is compared with what it can hold before memory is taken for it.
"""

from dataclasses import dataclass, field
from pathlib import Path

from model.constants import CLASSES
from model.data.csv_table import has_labels, is_table, read_csv
from model.data.idx import find_idx, read_idx_pair
from model.data.images import DataError, Images
from model.data.keras_npz import first_images, read_keras
from model.data.likeness import differences
from model.errors import reason_of

BUNDLED = Path(__file__).resolve().parents[2] / "assets" / "mnist.npz"
# 55,000 + 5,000 + 10,000 for MNIST; smaller sets are divided in the same proportion.
VALIDATION_IMAGES, VALIDATION_PART = 5_000, 12
TEST_IMAGES, TEST_PART = 10_000, 7
_COMPARED = 3_000  # pictures of MNIST with which other sets are compared


@dataclass(frozen=True)
class Dataset:
    """Three parts that share no picture: one to learn from, one to choose by, one to judge by.

    oddities: sentences for the person who gave the data, on how it differs from MNIST's.
    """

    train: Images
    validation: Images
    test: Images
    oddities: tuple[str, ...] = field(default=(), kw_only=True)


def load_dataset(path: Path | None = None, *, transpose: bool = False, invert: bool = False) -> Dataset:
    """Read a data set and divide it, always in the same way.

    `path` is None for the bundled MNIST, a Keras-style npz, a CSV file, or a folder that holds such files or the four
    IDX files of MNIST (CSV and IDX gzipped or not). transpose, invert: exchange rows and columns, ink and paper.

    The last 5,000 training pictures validate (a twelfth of smaller sets). Where no test part is given, the last 10,000
    pictures (a seventh of smaller sets) are held out for it first.

    Raises DataError, with one sentence that says what is wrong and what to do.
    """
    compared = path is not None
    path = BUNDLED if path is None else Path(path)
    try:
        train, test = _read_folder(path) if path.is_dir() else _read_file(path)
    except FileNotFoundError as error:
        raise DataError(f"There is no data at {error.filename}; give a CSV file, an npz file or a folder.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {reason_of(error)}.") from error
    except MemoryError as error:
        raise DataError(f"{path} does not fit into memory; give a smaller data set.") from error
    except DataError as error:
        raise DataError(f"{path}: {error}") from error
    _check(path, train, test)
    if transpose:
        train, test = train.transposed(), test and test.transposed()
    if invert:
        train, test = train.inverted(), test and test.inverted()
    return _divide(train, test, differences(train, first_images(BUNDLED, _COMPARED)) if compared else ())


def _check(path: Path, train: Images, test: Images | None) -> None:
    """Raise DataError for labels that are no digits, and for too few pictures."""
    for part in (train, test):
        if part is not None and len(part) and (largest := part.labels.max()) >= CLASSES:
            raise DataError(
                f"{path} holds the label {largest}; labels have to be digits from 0 to {CLASSES - 1}: leave others out."
            )
    if len(train) < 3 or (test is not None and not len(test)):
        raise DataError(f"{path} holds too few pictures; at least 3 are needed to train, to validate and to test.")


def _divide(train: Images, test: Images | None, oddities: tuple[str, ...]) -> Dataset:
    if test is None:
        train, test = _hold_out(train, TEST_IMAGES, TEST_PART)
    train, validation = _hold_out(train, VALIDATION_IMAGES, VALIDATION_PART)
    return Dataset(train, validation, test, oddities=oddities)


def _hold_out(images: Images, at_most: int, part: int) -> tuple[Images, Images]:
    """All but the last pictures, and the last: one in `part`, at least 1 and at most `at_most`."""
    kept = len(images) - max(1, min(at_most, len(images) // part))
    return images[:kept], images[kept:]


def _read_file(path: Path) -> tuple[Images, Images | None]:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"PK"):
        return read_keras(path)
    if start.startswith(b"\x00\x00\x08") or (start.startswith(b"\x1f\x8b") and not is_table(path)):
        raise DataError("this is one IDX file of several; give the folder that holds all of them.")
    return read_csv(path), None


def _read_folder(folder: Path) -> tuple[Images, Images | None]:
    if find_idx(folder, "train-images"):
        test = read_idx_pair(folder, "t10k") if find_idx(folder, "t10k-images") else None
        return read_idx_pair(folder, "train"), test
    names = {entry.name.lower(): entry for entry in sorted(folder.iterdir())}
    if "mnist.npz" in names:
        return read_keras(names["mnist.npz"])
    tables = {name: entry for name, entry in names.items() if name.endswith((".csv", ".csv.gz"))}
    training = [entry for name, entry in tables.items() if "train" in name]
    if not training and len(tables) == 1:
        training = list(tables.values())
    if not training:
        raise DataError(
            "this folder holds no data that Digitpad knows: train-images-idx3-ubyte (or .gz) and its three "
            "companions, mnist.npz, or mnist_train.csv and mnist_test.csv."
        )
    # Kaggle's test.csv has no labels: nothing can be judged by it.
    tests = [entry for name, entry in tables.items() if "test" in name and has_labels(entry)]
    return read_csv(training[0]), read_csv(tests[0]) if tests else None
