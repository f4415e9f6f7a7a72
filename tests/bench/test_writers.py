"""Figures by writer: intervals, the worst read, confusions, and the sheet of what was sure and wrong."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.writers import COLUMNS, TEXT, TILE, WORST, confusions, draw_sheet, interval, worst_writers, writer_of
from model.handwriting.digits import write_digit
from model.pictures.drawing import Drawing
from model.reading.reader import NOTHING, Reading


def reading(digit: int, *, sure: bool = True, confidence: float = 0.99) -> Reading:
    return replace(NOTHING, digit=digit, sure=sure, is_digit=True, confidence=confidence)


def drawings(*digits: int, writer: str = "w1") -> list[Drawing]:
    rng = np.random.default_rng(0)
    return [replace(write_digit(d, rng), extra={"key_id": f"{writer}/{d}/{i}"}) for i, d in enumerate(digits)]


def test_the_writer_is_the_first_part_of_the_key() -> None:
    assert writer_of(drawings(3, writer="w042")[0]) == "w042"
    assert writer_of(write_digit(3, np.random.default_rng(0))) == ""


def test_an_interval_is_over_writers_and_not_over_drawings() -> None:
    hits = np.repeat([True, True, True, False], 100)
    writers = [str(i // 100) for i in range(400)]
    low, high = interval(hits, writers, np.random.default_rng(0))
    assert low <= 0.25 and high == 1.0  # four people are few
    low, high = interval(hits, [""] * 400, np.random.default_rng(0))
    assert 0.69 < low < 0.75 < high < 0.81  # 1.96 times the square root of 0.75 * 0.25 / 400 is 0.042
    assert interval(np.ones(5, bool), list("abcde"), np.random.default_rng(0)) == (1.0, 1.0)


def test_writers_are_ordered_by_what_was_misread_then_by_doubt() -> None:
    right = np.array([True, True, False, True, True, True, False, False])
    sure = np.array([True, False, True, True, True, True, False, True])
    found = worst_writers(right, sure, list("aabbccdd"))
    assert [(w.name, w.count, w.misread, w.not_sure, w.sure_but_wrong) for w in found] == [
        ("d", 2, 1.0, 0.5, 0.5),
        ("b", 2, 0.5, 0.0, 0.5),
        ("a", 2, 0.0, 0.5, 0.0),
        ("c", 2, 0.0, 0.0, 0.0),
    ]
    many = [str(i) for i in range(30)]
    assert len(worst_writers(np.ones(30, bool), np.ones(30, bool), many)) == WORST


def test_confusions_are_counted_the_commonest_first() -> None:
    drawn = drawings(1, 1, 1, 2, 3)
    read = [reading(7), reading(7), reading(1), reading(7), reading(8, sure=False)]
    assert confusions(drawn, read) == [("1", "7", 2), ("2", "7", 1), ("3", "8", 1)]


@pytest.mark.parametrize(("wrong", "rows"), [(0, 1), (1, 1), (COLUMNS, 1), (COLUMNS + 1, 2)])
def test_the_sheet_has_a_tile_for_each_that_was_sure_and_wrong(wrong: int, rows: int, tmp_path: Path) -> None:
    drawn = drawings(*[5] * (wrong + 2))
    read = [*[reading(3)] * wrong, reading(5), reading(3, sure=False)]
    assert draw_sheet(drawn, read, tmp_path / "sheet.png") == wrong
    sheet = Image.open(tmp_path / "sheet.png")
    assert sheet.size == (COLUMNS * TILE, rows * (TILE + TEXT))
    tiles = np.asarray(sheet).reshape(rows, TILE + TEXT, COLUMNS, TILE)[:, TEXT:]
    inked = (tiles.min(axis=(1, 3)) < 128).ravel()
    assert inked.sum() == wrong and inked[:wrong].all()


def test_the_surest_fault_comes_first(tmp_path: Path) -> None:
    drawn = drawings(1, 0)
    draw_sheet(drawn, [reading(7, confidence=0.9), reading(8, confidence=0.99)], tmp_path / "sheet.png")
    tiles = np.asarray(Image.open(tmp_path / "sheet.png")).reshape(TILE + TEXT, COLUMNS, TILE)[TEXT:]
    dark = (tiles < 128).sum(axis=(0, 2))
    assert dark[0] > 1.3 * dark[1]  # the 0 has more ink than the 1
