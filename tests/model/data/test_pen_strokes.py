"""The file of pen strokes: what ships is whole and small, hostile files get one sentence, and packing loses little."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from string import ascii_letters

import numpy as np
import pytest

from assets import build_pen
from model.data.images import DataError
from model.data.pen_strokes import BUNDLED, NAMES, count_digits, load_pen_strokes, packed
from model.pictures.drawing import Drawing, Stroke, write_drawings
from tests.imports import ROOT

DRAWINGS = [
    [np.array([[0, 0], [100, 0], [40, 200]]), np.array([[20, 90], [80, 90]])],
    [np.array([[5, 5]])],
    [np.array([[0, 0], [300, 150]])],
]


def arrays() -> dict[str, np.ndarray]:
    return packed(DRAWINGS, "7.-", [4, 5, 300])


def write(path: Path, content: dict[str, np.ndarray]) -> Path:
    np.savez(path, **content)  # type: ignore[arg-type]
    return path


def test_what_is_packed_is_read_again_to_half_a_step(tmp_path: Path) -> None:
    people = load_pen_strokes(write(tmp_path / "pen.npz", arrays()))
    assert people.symbols.tolist() == ["7", ".", "-"]
    assert people.writers.tolist() == [4, 5, 300]
    assert [len(drawing) for drawing in people.drawings] == [2, 1, 1]
    for read, drawn, side in zip(people.drawings, DRAWINGS, (200, 1, 300), strict=True):
        low = np.concatenate(drawn).min(axis=0)
        for stroke, points in zip(read, drawn, strict=True):
            assert stroke.dtype == np.float32
            np.testing.assert_allclose(stroke, (points - low) / side, atol=0.5 / 255 + 1e-6)


def test_the_file_that_ships() -> None:
    people = load_pen_strokes()
    assert BUNDLED.stat().st_size < 2_000_000
    counts = {symbol: int((people.symbols == symbol).sum()) for symbol in "0123456789"}
    assert min(counts.values()) > 1_400
    assert len(people) == 24_968
    sides = [np.ptp(np.concatenate(drawing), axis=0).max() for drawing in people.drawings[::50]]
    assert max(sides) == 1 and np.median(sides) == 1
    with np.load(BUNDLED) as file:
        found = hashlib.sha256(b"".join(file[name].tobytes() for name in NAMES)).hexdigest()
    assert found == build_pen.SHA256


def test_its_licence_says_how_many_wrote_what() -> None:
    text = " ".join((ROOT / "assets" / "PEN-LICENSE.md").read_text(encoding="utf-8").split())
    pen = load_pen_strokes()
    digits, letters = pen.of_symbols("0123456789"), pen.of_symbols(ascii_letters)
    signs = pen.only(~np.isin(pen.symbols, list("0123456789" + ascii_letters)))
    counts = f"{len(digits):,} digits, {len(letters):,} letters and {len(signs):,} signs"
    assert f"{len(pen):,} drawings" in text and counts in text
    everybody, *each = (len(set(part.writers)) for part in (pen, digits, letters, signs))
    assert f"{everybody} writers. {each[0]} of them wrote digits, {each[1]} letters and {each[2]} signs." in text
    for part in (pen.for_validation(), pen.for_training()):
        of_digits = len(set(part.of_symbols("0123456789").writers))
        assert re.search(rf"{len(set(part.writers))}( are left to learn from)?, of whom {of_digits} wrote digits", text)


def test_the_digits_to_learn_from_are_counted_without_their_strokes(tmp_path: Path) -> None:
    assert count_digits() == len(load_pen_strokes().for_training().of_symbols("0123456789"))
    symbols, writers = "0919/:7", [4, 5, 6, 300, 5, 5, 10]  # writers 4 and 10 are held out
    path = write(tmp_path / "pen.npz", packed(DRAWINGS[:1] * 7, symbols, writers))
    assert count_digits(path) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"symbols": np.array([55, 45], np.uint8)},
        {"symbols": np.array([[55, 45, 45]], np.uint8)},
        {"symbols": np.array([55, 45, 45], np.int64)},
        {"symbols": np.zeros(0, np.uint8), "writers": np.zeros(0, np.uint16)},
    ],
)
def test_what_cannot_be_counted_is_refused(change: dict[str, np.ndarray], tmp_path: Path) -> None:
    path = write(tmp_path / "pen.npz", arrays() | change)
    with pytest.raises(DataError, match="do not fit together"):
        count_digits(path)
    with pytest.raises(DataError, match="There is no file"):
        count_digits(tmp_path / "none.npz")


def test_no_writer_is_in_both_parts() -> None:
    people = load_pen_strokes()
    training, validation = people.for_training(), people.for_validation()
    assert not set(training.writers) & set(validation.writers)
    assert len(training) + len(validation) == len(people)
    digits = validation.of_symbols("0123456789")
    assert set(digits.symbols) == set("0123456789")
    assert 0.08 < len(digits) / len(people.of_symbols("0123456789")) < 0.2


@pytest.mark.parametrize(
    "change",
    [
        {"points": np.zeros((4, 2), np.uint8)},
        {"points": np.zeros((8, 3), np.uint8)},
        {"points": np.zeros((8, 2), np.float32)},
        {"strokes": np.array([3, 2, 1, 0], np.uint16)},
        {"strokes": np.array([[3, 2], [1, 2]], np.uint16)},
        {"drawings": np.array([4, 0, 0], np.uint8)},
        {"drawings": np.array([2, 1, 2], np.uint8)},
        {"drawings": np.array([2, 2], np.uint8)},
        {"symbols": np.array([55, 200, 45], np.uint8)},
        {"writers": np.array([1, 2], np.uint16)},
        {"writers": np.array(["a", "b", "c"], dtype=object)},
        dict.fromkeys(("strokes", "drawings", "symbols", "writers"), np.zeros(0, np.uint8)),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_together_are_refused(change: dict[str, np.ndarray], tmp_path: Path) -> None:
    path = write(tmp_path / "pen.npz", arrays() | change)
    with pytest.raises(DataError) as caught:
        load_pen_strokes(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_files_that_are_no_file_of_strokes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pen.npz"
    with pytest.raises(DataError, match="There is no file"):
        load_pen_strokes(path)
    for content in (b"", b"PK\x03\x04 and no more", b"some text"):
        path.write_bytes(content)
        with pytest.raises(DataError, match="no sound file"):
            load_pen_strokes(path)
    write(path, {"points": np.zeros((1, 2), np.uint8)})
    with pytest.raises(DataError, match="no sound file"):
        load_pen_strokes(path)


def test_a_file_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pen.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            member = io.BytesIO()
            np.lib.format.write_array(member, np.zeros(70_000_000 if name == "points" else 1, np.uint8))
            archive.writestr(f"{name}.npy", member.getvalue())
    with pytest.raises(DataError, match="too large"):
        load_pen_strokes(path)


def test_points_on_a_line_are_left_out_and_corners_stay() -> None:
    line = np.stack([np.linspace(0, 1, 11), np.zeros(11)], axis=1)
    corner = np.concatenate([line, [[1.0, 0.5], [1.0, 1.0]]])
    assert build_pen.simplified(corner, 0.003).tolist() == [[0, 0], [1, 0], [1, 1]]
    bent = line + np.array([[0, 0.1]]) * (np.arange(11) == 5)[:, None]
    assert len(build_pen.simplified(bent, 0.003)) == 5
    assert build_pen.simplified(line[:1], 0.003).tolist() == [[0, 0]]
    assert len(build_pen.simplified(np.array([[0.0, 0], [1, 1], [0, 0]]), 0.003)) == 3


def test_the_file_is_built_of_ndjson_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drawings = [
        Drawing((Stroke(np.array([[0, 0], [9, 9]], np.float32)),), word=word, extra={"key_id": key})
        for word, key in (("1", "w004/1/0"), ("1", "w004/1/1"), ("x", "w012/x/0"))
    ]
    for name, part in zip(build_pen.FILES, (drawings[:2], drawings[2:], []), strict=True):
        write_drawings(tmp_path / name, part)
    monkeypatch.setattr(build_pen, "DROPPED", {"wrong": ["w004/1/1"]})
    words = ["build_pen", str(tmp_path), "--out", str(tmp_path / "pen.npz")]
    monkeypatch.setattr("sys.argv", words)
    assert build_pen.main() == 2
    assert "not the files that pen.npz was built from" in capsys.readouterr().err
    assert not (tmp_path / "pen.npz").exists()
    monkeypatch.setattr(build_pen, "SHA256", "")
    assert build_pen.main() == 0
    people = load_pen_strokes(tmp_path / "pen.npz")
    assert (people.symbols.tolist(), people.writers.tolist()) == (["1", "x"], [4, 12])


@pytest.mark.parametrize(("word", "key"), [(None, "w1/1/0"), ("12", "w1/12/0"), ("1", "me/1/0"), ("1", "")])
def test_drawings_without_symbol_or_writer_are_refused(word: str | None, key: str) -> None:
    drawing = Drawing((Stroke(np.zeros((2, 2), np.float32)),), word=word, extra={"key_id": key})
    with pytest.raises(DataError, match="lacks strokes"):
        build_pen.arrays_of([drawing])
