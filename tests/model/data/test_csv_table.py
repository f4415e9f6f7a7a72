"""CSV tables: the label wherever it stands, with or without a name, gzipped, separated in other ways, from 0 to 1."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.data.csv_table import MAX_LINE, has_labels, is_table, read_csv
from model.data.datasets import BUNDLED, load_dataset
from model.data.images import DataError, Images
from model.data.keras_npz import first_images

PIXELS = [f"pixel{at}" for at in range(784)]
SIDES = [f"{row}x{column}" for row in range(1, 29) for column in range(1, 29)]
PLACES = [0, 300, 784]


@pytest.fixture(scope="module")
def digits() -> Images:
    return first_images(BUNDLED, 60)


def table(path: Path, digits: Images, label_at: int, names: list[str] | None, scale: float = 1) -> Path:
    """Write the digits with their labels in that column, under these names (the label's is the first of them)."""
    rows = np.insert(digits.images.reshape(len(digits), -1) * scale, label_at, digits.labels, axis=1)
    lines = [",".join(f"{number:.6g}" for number in row) for row in rows]
    if names is not None:
        label, *pixels = names
        lines.insert(0, ",".join([*pixels[:label_at], label, *pixels[label_at:]]))
    path.write_text("\n".join(lines) + "\n")
    return path


def assert_equal(found: Images, wanted: Images) -> None:
    np.testing.assert_array_equal(found.images, wanted.images)
    np.testing.assert_array_equal(found.labels, wanted.labels)


@pytest.mark.parametrize("label_at", PLACES)
@pytest.mark.parametrize("name", ["label", "Class", " TARGET ", "digit", "y", "what it shows", "Unnamed"])
@pytest.mark.parametrize("pixels", [PIXELS, SIDES], ids=["pixel0", "1x1"])
def test_a_header_shows_the_label_by_any_name(
    tmp_path: Path, digits: Images, label_at: int, name: str, pixels: list[str]
) -> None:
    assert_equal(read_csv(table(tmp_path / "t.csv", digits, label_at, [name, *pixels])), digits)


def test_a_name_is_believed_before_what_the_columns_hold(tmp_path: Path, digits: Images) -> None:
    images = digits.images.copy()
    images[:, 0, 0] = digits.labels  # a corner that looks like labels
    zeros = Images(images, np.zeros(60, np.uint8))
    for name in ("label", "what it shows"):
        assert_equal(read_csv(table(tmp_path / "t.csv", zeros, 300, [name, *PIXELS])), zeros)
    both = ["target", *PIXELS[:-1], "class"]  # "class" is a pixel here, and the more usual name
    found = read_csv(table(tmp_path / "t.csv", digits, 0, both))
    np.testing.assert_array_equal(found.labels, digits.images[:, -1, -1])


@pytest.mark.parametrize("label_at", PLACES)
@pytest.mark.parametrize("names", [None, [f"c{at}" for at in range(785)]], ids=["no header", "names all alike"])
def test_without_a_name_the_label_is_known_by_what_it_holds(
    tmp_path: Path, digits: Images, label_at: int, names: list[str] | None
) -> None:
    assert_equal(read_csv(table(tmp_path / "t.csv", digits, label_at, names)), digits)


@pytest.mark.parametrize("start", [0, 1])
def test_columns_that_are_merely_counted_are_a_header(tmp_path: Path, digits: Images, start: int) -> None:
    path = table(tmp_path / "t.csv", digits, 784, None)
    path.write_text(",".join(str(at + start) for at in range(785)) + "\n" + path.read_text())
    assert_equal(read_csv(path), digits)
    named = table(tmp_path / "n.csv", digits, 784, ["label", *(str(at + start) for at in range(784))])
    assert_equal(read_csv(named), digits)


def test_a_speck_in_the_corner_is_no_label(tmp_path: Path, digits: Images) -> None:
    images = digits.images.copy()
    images[7, 0, 0] = images[30, 0, 0] = 3
    specked = Images(images, digits.labels)
    assert_equal(read_csv(table(tmp_path / "t.csv", specked, 784, None)), specked)
    letters = Images(images[:, ::-1, ::-1].copy(), digits.labels + np.uint8(10))  # and where no column is of digits
    with pytest.raises(DataError, match="holds the label 19"):
        load_dataset(table(tmp_path / "letters.csv", letters, 0, None))


def test_of_two_columns_of_digits_the_more_varied_is_the_label(tmp_path: Path, digits: Images) -> None:
    images = digits.images.copy()
    images[::4, 0, 0] = 1
    grainy = Images(images, digits.labels)
    assert_equal(read_csv(table(tmp_path / "last.csv", grainy, 784, None)), grainy)
    turned = Images(images[:, ::-1, ::-1].copy(), digits.labels)
    assert_equal(read_csv(table(tmp_path / "first.csv", turned, 0, None)), turned)


def test_a_table_that_shows_no_label_is_refused(tmp_path: Path, digits: Images) -> None:
    zeros = Images(digits.images, np.zeros(60, np.uint8))
    for label_at in PLACES:
        with pytest.raises(DataError, match='header that calls it "label"'):
            read_csv(table(tmp_path / "t.csv", zeros, label_at, None))
    binary = Images((digits.images > 127).astype(np.uint8), (digits.labels > 4).astype(np.uint8))
    with pytest.raises(DataError, match="no column shows itself"):
        read_csv(table(tmp_path / "t.csv", binary, 300, None))
    assert_equal(
        read_csv(table(tmp_path / "t.csv", binary, 784, None)), Images(binary.images * np.uint8(255), binary.labels)
    )


def test_labels_of_one_kind_may_come_first(tmp_path: Path, digits: Images) -> None:
    ones = Images(digits.images, np.ones(60, np.uint8))
    assert_equal(read_csv(table(tmp_path / "t.csv", ones, 0, None)), ones)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_separators_quotes_and_line_ends(
    tmp_path: Path, digits: Images, delimiter: str, quote: str, end: str
) -> None:
    path = table(tmp_path / "t.csv", digits, 784, ["label", *PIXELS])
    rows = [delimiter.join(f"{quote}{cell}{quote}" for cell in line.split(",")) for line in path.read_text().split()]
    path.write_bytes("\ufeff".encode() + end.join(rows).encode())
    assert_equal(read_csv(path), digits)


@pytest.mark.parametrize("label_at", [0, 784])
@pytest.mark.parametrize("names", [None, ["label", *PIXELS]], ids=["no header", "header"])
def test_pixels_from_0_to_1_are_stretched(
    tmp_path: Path, digits: Images, label_at: int, names: list[str] | None
) -> None:
    assert_equal(read_csv(table(tmp_path / "t.csv", digits, label_at, names, scale=1 / 255)), digits)


def test_fractions_above_1_are_rounded(tmp_path: Path, digits: Images) -> None:
    found = read_csv(table(tmp_path / "t.csv", digits, 0, None, scale=0.5))
    np.testing.assert_array_equal(found.images, np.rint(digits.images * 0.5))


def test_fractions_in_the_last_block_alone_count_for_all(
    tmp_path: Path, digits: Images, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.data.csv_table.ROWS_AT_ONCE", 20)
    binary = Images(np.where(digits.images > 127, np.uint8(255), np.uint8(0)), digits.labels)
    binary.images[-1, 14, 14] = 100
    assert_equal(read_csv(table(tmp_path / "t.csv", binary, 0, None, scale=1 / 255)), binary)


def test_labels_that_are_fractions_are_refused(tmp_path: Path, digits: Images) -> None:
    path = table(tmp_path / "t.csv", digits, 0, ["label", *PIXELS])
    path.write_text(path.read_text().replace("\n5,", "\n5.5,"))
    with pytest.raises(DataError, match="labels holds fractions"):
        read_csv(path)


@pytest.mark.parametrize("number", ["-1", "256", "-0.5", "255.5", "nan", "inf", "word", ""])
def test_numbers_that_are_no_pixels_are_refused_with_their_place(tmp_path: Path, digits: Images, number: str) -> None:
    path = table(tmp_path / "t.csv", digits[:3], 0, ["label", *PIXELS])
    path.write_text(path.read_text() + "1" + ",0" * 783 + f",{number}\n")
    with pytest.raises(DataError, match="after row 0 a row cannot be read"):
        read_csv(path)


def test_a_gzipped_table(tmp_path: Path, digits: Images) -> None:
    plain = table(tmp_path / "mnist_train.csv", digits, 784, ["label", *PIXELS])
    packed = tmp_path / "folder" / "mnist_train.csv.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert_equal(read_csv(packed), digits)
    for path in (packed, packed.parent):
        assert load_dataset(path).train.labels.tolist() == load_dataset(plain).train.labels.tolist()
    packed.write_bytes(packed.read_bytes()[:-2000])
    with pytest.raises(DataError, match="damaged or cut short"):
        load_dataset(packed)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"1" + b",0" * 30_000_000))
    with pytest.raises(DataError, match=f"more than {MAX_LINE:,} characters"):
        read_csv(path)
    monkeypatch.setattr("model.data.csv_table.MAX_IMAGES", 20)
    path.write_bytes(gzip.compress((b"1" + b",0" * 784 + b"\n") * 20))
    assert len(read_csv(path)) == 20
    path.write_bytes(gzip.compress((b"1" + b",0" * 784 + b"\n") * 21))
    with pytest.raises(DataError, match="at most 20 pictures"):
        read_csv(path)


def test_tables_and_labels_are_known_by_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for line, table_there, labels_there in (
        (",".join(["0"] * 784), True, False),
        (",".join(PIXELS), True, False),
        (",".join(["0"] * 785), True, True),
        ("1", False, True),
        ("x" * (MAX_LINE + 1), False, None),
    ):
        path.write_text(line)
        assert is_table(path) is table_there
        if labels_there is not None:
            assert has_labels(path) is labels_there


@given(text=st.text(alphabet="0123456789,.;\n\"' -ex", max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_text(text)
    with pytest.raises(DataError):  # no such text has 785 columns
        read_csv(path)
