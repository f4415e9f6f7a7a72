"""IDX files: which of several is read, what pixels become, and damage inside gzip."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from model.data.idx import find_idx, read_idx, read_idx_pair
from model.data.images import DataError
from tests.model.data.test_datasets import idx

IMAGES = np.zeros((2, 28, 28), np.uint8)
LABELS = np.array([3, 7], np.uint8)


def write(folder: Path, images: np.ndarray, labels: np.ndarray = LABELS) -> Path:
    (folder / "train-images-idx3-ubyte").write_bytes(idx(images))
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(labels))
    return folder


def test_a_plain_file_comes_before_a_gzipped_one(tmp_path: Path) -> None:
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(b"")
    plain = tmp_path / "train-images-idx3-ubyte"
    plain.write_bytes(b"")
    assert find_idx(tmp_path, "train-images") == plain
    assert find_idx(tmp_path, "t10k-images") is None


def test_a_folder_of_that_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "train-images").mkdir()
    assert find_idx(tmp_path, "train-images") is None
    file = tmp_path / "train-images-idx3-ubyte"
    file.write_bytes(b"")
    assert find_idx(tmp_path, "train-images") == file


def test_pixels_of_0_and_1_are_stretched_and_labels_are_not(tmp_path: Path) -> None:
    images = IMAGES.copy()
    images[1, 5, 6] = 1
    part = read_idx_pair(write(tmp_path, images, np.array([0, 1], np.uint8)), "train")
    assert part.images.sum() == part.images[1, 5, 6] == 255
    assert part.labels.tolist() == [0, 1]


def test_which_file_is_missing_is_said(tmp_path: Path) -> None:
    (write(tmp_path, IMAGES) / "train-images-idx3-ubyte").unlink()
    with pytest.raises(DataError, match=r"^train-images-idx3-ubyte is missing"):
        read_idx_pair(tmp_path, "train")


@pytest.mark.parametrize("place", [10, -6])  # the first of the packed bytes, and one of the check sum behind them
def test_a_wrong_byte_in_a_gzip_is_damage(tmp_path: Path, place: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (3, 28, 28), dtype=np.uint8)
    body = bytearray(gzip.compress(idx(pixels)))
    body[place] ^= 0xFF
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(body)
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte\.gz is damaged"):
        read_idx(path, 3)


def test_no_more_is_promised_than_the_file_can_hold(tmp_path: Path) -> None:
    head = bytes([0, 0, 8, 1]) + (5_000).to_bytes(4, "big")
    for name, body in (("plain", head), ("zipped", gzip.compress(head))):
        path = tmp_path / name
        path.write_bytes(body)
        with pytest.raises(DataError, match="5,000 bytes"):
            read_idx(path, 1)
