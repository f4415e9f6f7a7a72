"""Every form of data set gives the same arrays, and a damaged file gives one sentence."""

import contextlib
import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.data import datasets
from model.data.csv_table import read_csv
from model.data.datasets import BUNDLED, Dataset, load_dataset
from model.data.idx import read_idx
from model.data.images import DataError, Images
from model.data.keras_npz import first_images, read_keras

TRAIN, TEST = 24, 6


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape) + array.tobytes()


@pytest.fixture
def parts(rng: np.random.Generator) -> tuple[Images, Images]:
    def some(count: int) -> Images:
        images = rng.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        return Images(images, rng.integers(0, 10, count, dtype=np.uint8))

    return some(TRAIN), some(TEST)


def write_idx(folder: Path, parts: tuple[Images, Images], *, zipped: bool = False) -> Path:
    folder.mkdir(exist_ok=True)
    for stem, part in zip(("train", "t10k"), parts, strict=True):
        for name, array in (("images-idx3-ubyte", part.images), ("labels-idx1-ubyte", part.labels)):
            body = idx(array)
            (folder / f"{stem}-{name}{'.gz' if zipped else ''}").write_bytes(gzip.compress(body) if zipped else body)
    return folder


def write_keras(path: Path, parts: tuple[Images, Images], **changed: np.ndarray) -> Path:
    train, test = parts
    arrays = {"x_train": train.images, "y_train": train.labels, "x_test": test.images, "y_test": test.labels}
    np.savez_compressed(path, **(arrays | changed))
    return path


def write_csv(path: Path, part: Images, *, header: bool = True, label_at: int = 0) -> Path:
    path.parent.mkdir(exist_ok=True)
    pixels = [f"{row}x{column}" for row in range(1, 29) for column in range(1, 29)]
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        if header:
            rows.writerow([*pixels[:label_at], "label", *pixels[label_at:]])
        for image, label in zip(part.images.reshape(-1, 784).tolist(), part.labels.tolist(), strict=True):
            rows.writerow([*image[:label_at], label, *image[label_at:]])
    return path


def assert_holds(dataset: Dataset, parts: tuple[Images, Images]) -> None:
    train, test = parts
    np.testing.assert_array_equal(np.concatenate([dataset.train.images, dataset.validation.images]), train.images)
    np.testing.assert_array_equal(np.concatenate([dataset.train.labels, dataset.validation.labels]), train.labels)
    np.testing.assert_array_equal(dataset.test.images, test.images)
    np.testing.assert_array_equal(dataset.test.labels, test.labels)
    assert len(dataset.validation) == TRAIN // 12


def test_bundled_mnist_is_whole_and_split_as_always() -> None:
    dataset = load_dataset()
    assert [len(part) for part in (dataset.train, dataset.validation, dataset.test)] == [55_000, 5_000, 10_000]
    assert dataset.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert dataset.validation.labels[-5:].tolist() == [8, 3, 5, 6, 8]
    assert np.bincount(dataset.test.labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert BUNDLED.stat().st_size <= 12_000_000


def test_scaled_images_are_float32_from_0_to_1() -> None:
    images = Images(np.array([0, 255] * 392, np.uint8).reshape(1, 28, 28), np.zeros(1, np.uint8))
    assert images.scaled().dtype == np.float32
    assert np.unique(images.scaled()).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("zipped", [False, True])
def test_idx_folder(tmp_path: Path, parts: tuple[Images, Images], *, zipped: bool) -> None:
    assert_holds(load_dataset(write_idx(tmp_path / "idx", parts, zipped=zipped)), parts)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_keras_npz_alone_and_in_a_folder(tmp_path: Path, parts: tuple[Images, Images], dtype: type) -> None:
    path = write_keras(tmp_path / "mnist.npz", parts, y_train=parts[0].labels.astype(dtype))
    assert_holds(load_dataset(path), parts)
    assert_holds(load_dataset(tmp_path), parts)


@pytest.mark.parametrize("header", [False, True])
def test_csv_folder(tmp_path: Path, parts: tuple[Images, Images], *, header: bool) -> None:
    write_csv(tmp_path / "mnist_train.csv", parts[0], header=header)
    write_csv(tmp_path / "mnist_test.csv", parts[1], header=header)
    assert_holds(load_dataset(tmp_path), parts)


def test_one_csv_file_is_divided_in_three_without_overlap(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    dataset = load_dataset(write_csv(tmp_path / "own.csv", parts[0]))
    together = [dataset.train, dataset.validation, dataset.test]
    np.testing.assert_array_equal(np.concatenate([part.images for part in together]), parts[0].images)
    assert all(len(part) for part in together)


def test_a_header_may_name_another_column_as_the_label(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    images = read_csv(write_csv(tmp_path / "last.csv", parts[0], label_at=784))
    np.testing.assert_array_equal(images.images, parts[0].images)
    np.testing.assert_array_equal(images.labels, parts[0].labels)


def test_a_test_file_without_labels_is_left_out(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    write_csv(tmp_path / "train.csv", parts[0])
    (tmp_path / "test.csv").write_text(",".join(["0"] * 784) + "\n")
    assert len(load_dataset(tmp_path).test) == TRAIN // 7


def test_idx_without_test_part_holds_some_out(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    folder = write_idx(tmp_path / "idx", parts)
    (folder / "t10k-images-idx3-ubyte").unlink()
    assert len(load_dataset(folder).test) == TRAIN // 7


def refused(path: Path | None, says: str) -> None:
    with pytest.raises(DataError, match=says) as caught:
        load_dataset(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")


BROKEN_IDX: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut short": (lambda body: body[:-1], "cut short|damaged"),
    "too long": (lambda body: body + b"x", "damaged"),
    "other magic": (lambda body: b"\0\0\x0d\3" + body[4:], "no IDX file"),
    "absurd count": (lambda body: body[:4] + b"\xff\xff\xff\xff" + body[8:], "4,294,967,295"),
    "more than the file": (lambda body: body[:4] + (900_000).to_bytes(4, "big") + body[8:], "cut short"),
    "other side": (lambda body: body[:8] + (32).to_bytes(4, "big") + body[12:], "28"),
    "only a header": (lambda body: body[:9], "cut short"),
    "empty": (lambda body: b"", "no IDX file"),
}


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("fault", BROKEN_IDX)
def test_broken_idx_is_refused(tmp_path: Path, parts: tuple[Images, Images], fault: str, *, zipped: bool) -> None:
    folder = write_idx(tmp_path / "idx", parts, zipped=zipped)
    change, says = BROKEN_IDX[fault]
    body = change(idx(parts[0].images))
    path = folder / f"train-images-idx3-ubyte{'.gz' if zipped else ''}"
    path.write_bytes(gzip.compress(body) if zipped else body)
    refused(folder, says)


def test_cut_gzip_and_gzip_bomb_are_refused(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    folder = write_idx(tmp_path / "idx", parts, zipped=True)
    path = folder / "train-images-idx3-ubyte.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(folder, "damaged or cut short")
    path.write_bytes(gzip.compress(idx(parts[0].images) + bytes(20_000_000)))
    refused(folder, "holds more")


def test_missing_companion_and_unequal_counts_are_refused(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    folder = write_idx(tmp_path / "idx", parts)
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(parts[0].labels[:-1]))
    refused(folder, "24 pictures but 23 labels")
    (folder / "train-labels-idx1-ubyte").unlink()
    refused(folder, "train-labels-idx1-ubyte is missing")


def test_broken_keras_npz_is_refused(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    path, train = tmp_path / "mnist.npz", parts[0]
    for changed, says in (
        ({"x_train": train.images.astype(np.float32)}, "float32"),
        ({"x_train": np.full((TRAIN, 28, 28), np.nan)}, "float64"),
        ({"x_train": np.full((TRAIN, 28, 28), -0.5)}, "outside 0 to 255"),
        ({"y_train": train.labels / 9}, "whole numbers"),
        ({"x_train": train.images[:, :20]}, "28"),
        ({"x_train": train.images.reshape(TRAIN, 784)}, "dimensions"),
        ({"y_train": train.labels.astype(np.int64) - 300}, "outside 0 to 255"),
        ({"y_train": np.full(TRAIN, 10, np.uint8)}, "labels have to be digits"),
        ({"y_train": np.full(TRAIN, 255, np.uint8)}, "labels have to be digits"),
        ({"y_train": train.labels[:3]}, "3 labels"),
    ):
        write_keras(path, parts, **changed)
        refused(path, says)
    np.savez(path, something=train.images)
    refused(path, "no x_train")


def test_pickles_are_never_opened(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    trap = np.array([print] * TRAIN, dtype=object)
    refused(write_keras(tmp_path / "mnist.npz", parts, y_train=trap), "object")


def test_keras_npz_that_declares_more_than_it_holds(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    header = io.BytesIO()
    shape = {"descr": "|u1", "fortran_order": False, "shape": (1_000_000, 28, 28)}
    np.lib.format.write_array_header_1_0(header, shape)
    for body in (header.getvalue(), b"\x93NUMPY\x01\x00\x10", b"nonsense"):
        path = tmp_path / "mnist.npz"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x_train.npy", body)
            archive.writestr("y_train.npy", body)
        refused(path, "cut short|no NumPy array")


BROKEN_CSV = {
    "": "columns",
    "label,1x1\n": "2 columns",
    "1" + ",0" * 784 + "\n2,3\n": "cannot be read",
    "1" + ",0" * 783 + ",256\n": "cannot be read",
    "1" + ",0" * 783 + ",-1\n": "cannot be read",
    "1" + ",0" * 783 + ",x\n": "cannot be read",
    "label" + ",p" * 784 + "\n": "no rows",
    ("12" + ",0" * 784 + "\n") * 9: "labels have to be digits",
    "1" + ",0" * 784 + "\n": "too few",
}


@pytest.mark.parametrize("text", BROKEN_CSV, ids=lambda text: text[:12])
def test_broken_csv_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text)
    refused(path, BROKEN_CSV[text])


def test_what_is_no_data_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", "no data at")
    refused(tmp_path, "holds no data")
    (tmp_path / "one.gz").write_bytes(gzip.compress(b"x"))
    refused(tmp_path / "one.gz", "give the folder")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.integers(0, 10_000))
def test_a_damaged_npz_is_read_or_refused_but_never_a_crash(
    tmp_path: Path, parts: tuple[Images, Images], place: int, value: int, cut: int
) -> None:
    path = tmp_path / "mnist.npz"
    body = bytearray(write_keras(path, parts).read_bytes())
    body[-1 - place % len(body)] = value
    path.write_bytes(body[: len(body) - cut if cut % 2 else len(body)])
    with contextlib.suppress(DataError):
        read_keras(path)


def test_the_first_images_of_an_npz(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    path = write_keras(tmp_path / "mnist.npz", parts)
    for count in (3, len(parts[0]), 10**6):
        first = first_images(path, count)
        np.testing.assert_array_equal(first.images, parts[0].images[:count])
        np.testing.assert_array_equal(first.labels, parts[0].labels[:count])
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DataError, match="damaged"):
        first_images(path, 3)


def test_read_idx_gives_the_array(tmp_path: Path, parts: tuple[Images, Images]) -> None:
    path = tmp_path / "labels"
    path.write_bytes(idx(parts[0].labels))
    np.testing.assert_array_equal(read_idx(path, 1), parts[0].labels)


def some_images(count: int, shade: int = 200) -> Images:
    """Pictures that differ, none of MNIST's kind, with labels 0, 1, 2, ..."""
    images = np.zeros((count, 28, 28), np.uint8)
    images[:, 3, 5] = shade
    images[np.arange(count), 10, np.arange(count) % 28] = shade
    return Images(images, (np.arange(count) % 10).astype(np.uint8))


@pytest.mark.parametrize(
    ("count", "train", "validation", "test"),
    [(3, 1, 1, 1), (20, 17, 1, 2), (70_000, 55_000, 5_000, 10_000), (130_000, 115_000, 5_000, 10_000)],
)
def test_how_many_pictures_are_held_out(count: int, train: int, validation: int, test: int) -> None:
    images = Images(np.zeros((count, 1, 1), np.uint8), np.zeros(count, np.uint8))
    divided = datasets._divide(images, None, ())
    assert (len(divided.train), len(divided.validation), len(divided.test)) == (train, validation, test)


def test_a_twelfth_validates(tmp_path: Path) -> None:
    divided = load_dataset(write_keras(tmp_path / "mnist.npz", (some_images(23), some_images(2))))
    assert (len(divided.train), len(divided.validation), len(divided.test)) == (22, 1, 2)


def test_two_pictures_are_too_few_and_so_is_an_empty_test_part(tmp_path: Path) -> None:
    refused(write_csv(tmp_path / "two.csv", some_images(2)), "too few")
    assert len(load_dataset(write_csv(tmp_path / "three.csv", some_images(3))).train) == 1
    with pytest.raises(DataError, match="too few"):
        datasets._check(tmp_path, some_images(9), some_images(0))


def test_labels_of_the_test_part_are_checked_too(tmp_path: Path) -> None:
    test = Images(some_images(3).images, np.array([1, 2, 11], np.uint8))
    refused(write_keras(tmp_path / "mnist.npz", (some_images(24), test)), "holds the label 11")


def test_one_table_of_any_name_is_taken_and_of_several_the_one_called_train(tmp_path: Path) -> None:
    write_csv(tmp_path / "Own.CSV", some_images(14))
    assert len(load_dataset(tmp_path).test) == 2
    write_csv(tmp_path / "other.csv", some_images(14))
    refused(tmp_path, "holds no data")
    plain = write_csv(tmp_path / "plain", some_images(28))
    (tmp_path / "my_TRAIN.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert len(load_dataset(tmp_path).test) == 4


def test_one_gzipped_table_is_no_idx_file(tmp_path: Path) -> None:
    plain = write_csv(tmp_path / "plain", some_images(14))
    zipped = tmp_path / "own.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(load_dataset(zipped).test) == 2


@pytest.mark.parametrize(
    ("error", "says"), [(PermissionError(13, "not allowed"), "cannot be read: not allowed"), (MemoryError(), "memory")]
)
def test_what_the_system_refuses_is_one_sentence(
    error: Exception, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path) -> Images:
        raise error

    monkeypatch.setattr(datasets, "read_csv", fails)
    refused(write_csv(tmp_path / "own.csv", some_images(3)), says)
