"""Keras-style npz files: which arrays are taken, which numbers fit, and how arrays may be packed."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.data.images import DataError
from model.data.keras_npz import first_images, read_keras

IMAGES = np.zeros((3, 28, 28), np.uint8)
LABELS = np.array([0, 1, 1], np.uint8)


def npy(array: np.ndarray, version: tuple[int, int] = (1, 0)) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def save(path: Path, *, packing: int = zipfile.ZIP_DEFLATED, **members: Any) -> Path:
    """Arrays, or the bytes of npy files, by name; those of the training part unless given."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, member in ({"x_train": IMAGES, "y_train": LABELS} | members).items():
            archive.writestr(f"{name}.npy", member if isinstance(member, bytes) else npy(member))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mnist.npz"


def test_without_a_test_part_there_is_none(path: Path) -> None:
    train, test = read_keras(save(path))
    assert (len(train), test) == (3, None)
    assert read_keras(save(path, x_test=IMAGES))[1] is None
    assert read_keras(save(path, y_test=LABELS))[1] is None
    both = read_keras(save(path, x_test=IMAGES[:2], y_test=LABELS[:2]))[1]
    assert both is not None and len(both) == 2


def test_labels_of_0_and_1_stay_and_pixels_of_0_and_1_are_stretched(path: Path) -> None:
    images = IMAGES.copy()
    images[0, 4, 4] = 1
    train, _ = read_keras(save(path, x_train=images))
    assert train.labels.tolist() == [0, 1, 1]
    assert train.images[0, 4, 4] == train.images.max() == 255


@pytest.mark.parametrize(
    ("dtype", "value", "byte"), [(np.float64, 1.0, 255), (np.float32, 0.2, 51), (np.int32, 255, 255)]
)
def test_numbers_up_to_the_limit_fit(path: Path, dtype: type, value: float, byte: int) -> None:
    images: np.ndarray = IMAGES.astype(dtype)
    images[2, 27, 0] = value
    images[2, 27, 1] = 1 if dtype is not np.int32 else 2
    train, _ = read_keras(save(path, x_train=images))
    assert train.images.dtype == np.uint8 and train.images[2, 27, 0] == byte


@pytest.mark.parametrize(("value", "says"), [(256, "outside 0 to 255"), (-1, "outside 0 to 255")])
def test_numbers_beyond_it_do_not(path: Path, value: int, says: str) -> None:
    images = IMAGES.astype(np.int16)
    images[0, 0, 0] = value
    with pytest.raises(DataError, match=says):
        read_keras(save(path, x_train=images))
    with pytest.raises(DataError, match=r"x_train holds float64 up to 1\.5"):
        read_keras(save(path, x_train=IMAGES + 1.5))


def test_columns_before_rows_are_refused(path: Path) -> None:
    with pytest.raises(DataError, match="Fortran order"):
        read_keras(save(path, x_train=np.asfortranarray(np.random.default_rng(0).integers(0, 9, (3, 28, 28)))))


def test_other_versions_of_npy_can_be_read(path: Path) -> None:
    images = IMAGES.copy()
    images[1, 2, 3] = 200
    train, _ = read_keras(save(path, x_train=npy(images, (2, 0))))
    np.testing.assert_array_equal(train.images, images)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused_and_none_is_read(path: Path, packing: int) -> None:
    with pytest.raises(DataError, match="packed in an unusual way"):
        read_keras(save(path, packing=packing))
    assert len(read_keras(save(path, packing=zipfile.ZIP_STORED))[0]) == 3


def test_what_cannot_be_in_the_file_is_refused_before_memory_is_taken(path: Path) -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|u1", "fortran_order": False, "shape": (900_000, 28, 28)})
    with pytest.raises(DataError, match="x_train is cut short: its header promises 705,600,000 bytes"):
        read_keras(save(path, x_train=header.getvalue()))
    with pytest.raises(DataError, match=r"x_train is cut short: it holds 2,\d{3} of 2,352 bytes"):
        read_keras(save(path, x_train=npy(IMAGES)[:-40]))


@pytest.mark.parametrize("header", [b"{'descr': '|u1', 'shape': (3", b"import os", b"'''", b"(" * 200])
def test_a_header_that_is_no_dictionary_is_refused(path: Path, header: bytes) -> None:
    member = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    with pytest.raises(DataError, match="x_train is no NumPy array"):
        read_keras(save(path, x_train=member))


def test_only_as_many_images_are_unpacked_as_are_wanted(path: Path) -> None:
    cut = npy(IMAGES)[:-1000]  # the last picture is not whole
    assert len(first_images(save(path, x_train=cut), 1)) == 1
    with pytest.raises(DataError, match="cut short"):
        first_images(path, 3)
