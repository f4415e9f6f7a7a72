"""The measurement on paper: its pages, and how it counts."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.paper import KINDS, Answer, Page, contact_sheet, is_right, pages, row
from bench.paper_hands import handwritten, inked_strokes, printed
from bench.paper_layouts import LAYOUTS
from bench.paper_page import BLACK, SIZE, WHITE, Photo, inked, plain
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.pictures.photograph import load_photograph

SIGN_OF = {"comma": ",", "point": ".", "colon": ":", "slash": "/", "minus": "-", "plus": "+"}
MARKS_OF = SIGN_OF | {
    "date": "./-",
    "time": ":",
    "price": ",.",
    "telephone": "-",
    "receipt": ",",
    "crossed out": "?",
    "like MNIST": ",",
}
LARGE = ("huge", "many digits")


@pytest.fixture(scope="module")
def people() -> PenStrokes:
    return load_pen_strokes().for_validation()


def made(kinds: list[str], people: PenStrokes, folder: Path, count: int = 1, seed: int = 3) -> list[Page]:
    folder.mkdir(exist_ok=True)
    return list(pages(kinds, count, seed, people, folder))


def test_pages_are_the_same_again_and_stand_for_themselves(people: PenStrokes, tmp_path: Path) -> None:
    kinds = [kind for kind in KINDS if kind not in LARGE][::6]
    first = made(kinds, people, tmp_path / "first", count=2)
    again = {page.path.name: page for page in made(kinds[::-2], people, tmp_path / "again", count=2)}
    same = [page for page in first if page.path.name in again]
    assert len(same) == len(again) == 2 * len(kinds[::-2])
    assert all(page.text == again[page.path.name].text for page in same)
    assert all(page.path.read_bytes() == again[page.path.name].path.read_bytes() for page in same)
    assert len({page.path.read_bytes() for page in first}) == 2 * len(kinds)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LARGE])
def test_a_page_of_a_kind_holds_ink(kind: str, people: PenStrokes, tmp_path: Path) -> None:
    (page,) = made([kind], people, tmp_path)
    assert set(page.text) <= set("0123456789 " + MARKS_OF.get(kind, ""))
    assert any(symbol.isdigit() for symbol in page.text)
    assert float(np.ptp(load_photograph(page.path).colours)) > 0.08


@pytest.mark.parametrize(("kind", "sign"), SIGN_OF.items())
def test_a_sign_stands_in_the_text_of_its_kind(kind: str, sign: str, people: PenStrokes, tmp_path: Path) -> None:
    assert all(page.text.count(sign) == 1 for page in made([kind], people, tmp_path, count=4))


def test_the_text_says_what_was_written(tmp_path: Path) -> None:
    """Every layout is written by a hand that keeps a record."""
    for kind, spoil in LAYOUTS.items():
        written: list[str] = []

        def write(text: str, height: int, rng: np.random.Generator, written: list[str] = written) -> Image.Image:
            written.append(text)
            return Image.new("L", (max(2, height // 2) * len(text), height), 255)

        _, text = spoil(Photo("2605", write, np.random.default_rng(5)), tmp_path / "page")
        there, said = "".join(written), text.replace(" ", "")
        # A small digit is written a second time, small.
        assert said == there or (kind == "small digit" and sorted(set(said)) == sorted(set(there))), kind


def test_right_is_every_digit_and_with_signs_also_doubt() -> None:
    assert is_right("20 26", "2026", sure=True)
    assert not is_right("2026", "2025", sure=False)
    assert is_right("12.5", "12.5", sure=True)
    assert is_right("12.5", "12?5", sure=True)
    assert is_right("12.5", "1215", sure=False)
    assert not is_right("12.5", "1215", sure=True)


def test_rows_count_every_answer_once() -> None:
    page = Page("plain", Path("x.png"), "1")
    answers = [
        Answer(page, "1", right=True, sure=True),
        Answer(page, "1", right=True, sure=False),
        Answer(page, "7", right=False, sure=False),
        Answer(page, "7", right=False, sure=True),
        Answer(page, "7", right=False, sure=True),
    ]
    counted = row("plain", answers)
    assert (counted.count, counted.right, counted.doubted) == (5, 2, 1)
    assert (counted.wrong_doubted, counted.wrong_sure) == (1, 2)


def test_the_sheet_shows_every_page(people: PenStrokes, tmp_path: Path) -> None:
    answers = [Answer(page, "", right=False, sure=True) for page in made(["plain", "chalk"], people, tmp_path, count=3)]
    sheet = np.asarray(contact_sheet(answers).convert("L"))
    assert sheet.shape[0] == 2 * np.asarray(contact_sheet(answers[:5]).convert("L")).shape[0]
    assert sheet[sheet.shape[0] // 2 :, :100].min() < 128


def test_people_write_who_are_kept_for_validation(people: PenStrokes, rng: np.random.Generator) -> None:
    marks = [np.asarray(handwritten(people, np.random.default_rng(i))("7", 100, rng)) for i in range(4)]
    assert len({mark.tobytes() for mark in marks}) > 1
    assert all(abs(len(mark) - 100) < 25 for mark in marks)
    nobody = people.only(np.zeros(len(people), bool))
    with pytest.raises(ValueError, match="empty"):
        handwritten(nobody, rng)


def test_signs_stand_where_they_belong(rng: np.random.Generator) -> None:
    """A comma goes below the foot of the digits, a minus stands in their middle."""
    for write in (handwritten(None, rng), printed(rng)):
        digit = np.asarray(write("1", 100, rng)).shape[0]
        assert np.asarray(write("1,", 100, rng)).shape[0] > digit * 1.03
        rows = np.flatnonzero((np.asarray(write("-1", 100, rng))[:, :12] > 128).any(axis=1))
        assert 0.25 * digit < rows.mean() < 0.75 * digit


def test_a_dot_is_as_wide_as_the_pen() -> None:
    assert np.asarray(inked_strokes([np.zeros((1, 2), np.float32)], 12.0)).shape == (13, 13)


def test_a_mark_is_made_smaller_where_it_does_not_fit(rng: np.random.Generator) -> None:
    photo = Photo("1", printed(rng), rng)
    sheet = photo.placed(Image.new("L", (4000, 100), 255))
    left, top, right, bottom = sheet.getbbox() or (0, 0, 0, 0)
    assert sheet.size == SIZE
    assert 0 < left < right < SIZE[0]
    assert 0 < top < bottom < SIZE[1]
    page = inked(plain(WHITE), sheet, BLACK)
    assert page[top, left].tolist() == list(BLACK)
    assert page[0, 0].tolist() == list(WHITE)
