"""Numbers from drawings: what is written side by side is read in order; one digit is read as ever."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.handwriting.digits import write_digit
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.reading.number import Number, as_json, as_text
from model.reading.number_reader import read_number, read_numbers
from model.reading.reader import Reader, Reading

WEIGHTS = Path(__file__).parents[3] / "weights"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Network.load(WEIGHTS / "cnn.npz"))


def beside(digits: str, gap: float = 40, line: float = 0) -> tuple[Stroke, ...]:
    """Plain printed-looking digits, each 100 high."""
    forms = {
        "0": [[(30, 0), (8, 15), (0, 50), (8, 85), (30, 100), (52, 85), (60, 50), (52, 15), (30, 0)]],
        "1": [[(0, 30), (25, 0), (25, 100)]],
        "2": [[(0, 25), (12, 5), (35, 0), (56, 15), (55, 38), (0, 100), (60, 100)]],
        "4": [[(40, 0), (0, 65), (62, 65)], [(45, 30), (45, 100)]],
        "7": [[(0, 0), (60, 0), (20, 100)], [(12, 50), (55, 50)]],
    }
    strokes, x = [], 0.0
    for digit in digits:
        form = [np.array(stroke, np.float32) for stroke in forms[digit]]
        strokes += [Stroke(stroke + np.array([x, line], np.float32)) for stroke in form]
        x += max(float(stroke[:, 0].max()) for stroke in form) + gap
    return tuple(strokes)


def read(reader: Reader, *strokes: Stroke) -> Number:
    return read_numbers(reader, [Drawing(strokes, (600, 300))])[0]


@pytest.mark.parametrize("digits", ["2024", "10", "447", "71", "100247"])
def test_digits_side_by_side(reader: Reader, digits: str) -> None:
    number = read(reader, *beside(digits))
    assert number.text == digits
    assert number.sure
    lefts = [figure.box[0] for figure in number.figures]
    assert lefts == sorted(lefts)


def test_the_order_of_writing_makes_no_difference(reader: Reader, rng: np.random.Generator) -> None:
    strokes = beside("4720")
    assert read(reader, *(strokes[i] for i in rng.permutation(len(strokes)))).text == "4720"


def test_a_figure_that_moves_takes_its_box_along(reader: Reader) -> None:
    strokes = beside("20")
    before = read(reader, *strokes).figures
    after = read(reader, strokes[0], Stroke(strokes[1].points + np.array([30, 12], np.float32))).figures
    assert before[0].box == after[0].box
    assert np.subtract(after[1].box, before[1].box) == pytest.approx([30, 12, 0, 0], abs=1e-4)


def test_one_digit_in_each_of_two_lines(reader: Reader) -> None:
    assert read(reader, *beside("7"), *beside("4", line=140)).text == "7 4"


def test_two_lines_are_read_from_the_top(reader: Reader) -> None:
    number = read(reader, *beside("20", line=150), *beside("71"))
    assert number.text == "71 20"
    assert [len(line) for line in number.lines] == [2, 2]


def test_one_digit_gets_the_very_reading_that_it_ever_got(reader: Reader) -> None:
    rng = np.random.default_rng(3)
    drawings = [write_digit(index % 10, rng) for index in range(40)]
    for number, reading in zip(read_numbers(reader, drawings), reader.read_drawings(drawings), strict=True):
        assert len(number.figures) == 1
        assert number.reading.probabilities == pytest.approx(reading.probabilities, abs=1e-5)


def test_an_empty_page_has_no_figures(reader: Reader) -> None:
    empty = Stroke(np.zeros((0, 2), np.float32))
    for drawing in (Drawing(()), Drawing((empty,))):
        number = read_numbers(reader, [drawing])[0]
        assert (number.figures, number.text, number.sure, number.reading.digit) == ((), "", False, None)


def test_figures_that_touch_are_not_sure(reader: Reader) -> None:
    number = read(reader, *beside("22", gap=4))
    assert not number.sure


def test_more_marks_than_can_be_told_apart_are_said_to_be_too_many(reader: Reader) -> None:
    dashes = tuple(Stroke(np.array([(x, 0), (x, 20)], np.float32)) for x in range(0, 20_000, 50))
    number = read_numbers(reader, [replace(Drawing(()), strokes=dashes, canvas=(20_000, 100))])[0]
    assert (len(number.figures), number.too_many, number.sure) == (1, True, False)
    assert "too many" in as_text("page", number)


def test_more_than_thirty_two_digits_are_read(reader: Reader) -> None:
    assert read(reader, *beside("2047" * 10)).text == "2047" * 10


@pytest.mark.parametrize("gap", [15, 25])
def test_one_digit_above_another_is_two(reader: Reader, gap: float) -> None:
    assert read(reader, *beside("2"), *beside("0", line=100 + gap)).text == "2 0"


def test_two_loops_above_each_other_are_not_sure(reader: Reader) -> None:
    assert not read(reader, *beside("0"), *beside("0", line=125)).sure


def test_an_eight_of_two_loops_stays_one_digit_between_others(reader: Reader) -> None:
    loop = np.array([(30, 0), (8, 8), (0, 24), (8, 40), (30, 48), (52, 40), (60, 24), (52, 8), (30, 0)], np.float32)
    first, last = beside("11", gap=140)
    eight = [Stroke(loop + np.array([60, line], np.float32)) for line in (0, 52)]
    number = read(reader, first, *eight, last)
    assert (number.text, len(number.lines)) == ("181", 1)


def test_an_i_is_no_one_above_another_for_sure(reader: Reader) -> None:
    dot = Stroke(np.array([(50, 50), (86, 192)], np.float32))
    stem = Stroke(np.array([(228, 571), (334, 950)], np.float32))
    number = read(reader, dot, stem)
    assert (number.text, number.sure) == ("1 1", False)


def round_(strokes: tuple[Stroke, ...], turns: float = 1.0) -> Stroke:
    """A ring drawn round these strokes by hand: its ends do not meet, or it goes on beyond its beginning."""
    points = np.concatenate([stroke.points for stroke in strokes])
    middle, reach = (points.min(axis=0) + points.max(axis=0)) / 2, 0.75 * np.ptp(points, axis=0) + 20
    angle = np.linspace(0, 2 * np.pi * turns, 60)
    return Stroke((middle + reach * np.stack([np.cos(angle), np.sin(angle)], axis=1)).astype(np.float32))


@pytest.mark.parametrize("turns", [0.93, 1.07])
@pytest.mark.parametrize("digits", ["4", "20"])
def test_a_ring_drawn_round_a_number_is_no_figure(reader: Reader, digits: str, turns: float) -> None:
    strokes = beside(digits)
    plain, ringed = read(reader, *strokes), read(reader, round_(strokes, turns), *strokes)
    assert (ringed.text, ringed.sure) == (digits, True)
    assert [figure.marks for figure in ringed.figures] == [
        tuple(mark + 1 for mark in figure.marks) for figure in plain.figures
    ]
    assert ringed.reading.probabilities == pytest.approx(plain.reading.probabilities, abs=1e-5)


def test_a_frame_of_four_strokes_is_no_figure(reader: Reader) -> None:
    corners = np.array([(-30, -30), (170, -30), (170, 130), (-30, 130), (-30, -30)], np.float32)
    sides = [Stroke(corners[i : i + 2]) for i in range(4)]
    number = read(reader, *beside("20"), *sides)
    assert (number.text, number.sure) == ("20", True)


def test_a_0_with_a_dot_in_it_keeps_its_ring(reader: Reader) -> None:
    zero = beside("0")
    dot = Stroke(np.array([(29, 49), (31, 52)], np.float32))
    assert read(reader, *zero, dot).figures[0].marks[0] == 0


def test_a_narrow_0_with_a_crooked_slash_keeps_its_ring(reader: Reader) -> None:
    slash = Stroke(np.array([(20, 66), (19, 52), (34, 48), (42, 46), (41, 32)], np.float32))
    assert read(reader, slash, *beside("0")).figures[0].marks == (0, 1)


def taken_for(monkeypatch: pytest.MonkeyPatch, sure_of: dict[int, int]) -> None:
    """Have the network take drawings of so many strokes (keys) for these digits, surely, and be not sure of others."""
    ask = Reader.read_drawings

    def answer(self: Reader, drawings: Iterable[Drawing]) -> list[Reading]:
        shown = list(drawings)
        return [
            replace(
                reading,
                digit=sure_of.get(len(drawing.strokes), 5),
                sure=len(drawing.strokes) in sure_of,
                confidence=0.999 if len(drawing.strokes) in sure_of else 0.3,
            )
            for drawing, reading in zip(shown, ask(self, shown), strict=True)
        ]

    monkeypatch.setattr(Reader, "read_drawings", answer)


@pytest.mark.parametrize(("gap", "sure"), [(3, True), (25, False)])
def test_tall_strokes_above_each_other_that_are_taken_for_one_digit_leave_doubt(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, gap: float, *, sure: bool
) -> None:
    taken_for(monkeypatch, {3: 1})
    column = [Stroke(stroke.points) for n in range(3) for stroke in beside("1", line=n * (100 + gap))]
    number = read(reader, *column)
    assert (number.text, number.sure) == ("1", sure)


@pytest.mark.parametrize(("above", "sure"), [(20, True), (60, False)])
def test_small_figures_in_a_corner_are_no_part_of_a_digit_for_sure(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, above: float, *, sure: bool
) -> None:
    taken_for(monkeypatch, {1: 2, 3: 2})
    small = [Stroke(stroke.points * np.float32(0.07) - np.array([0, above], np.float32)) for stroke in beside("00")]
    number = read(reader, *small, *beside("2"))
    assert (number.text, number.sure) == ("2", sure)


def test_a_point_between_digits_is_carried_in_the_text(reader: Reader) -> None:
    first, second = beside("20", gap=90)
    number = read(reader, first, Stroke(np.array([(105, 97), (106, 98)], np.float32)), second)
    assert number.text == "2.0"
    figures = json.loads(as_json("page", number))["digits"]
    assert [(figure["digit"], figure.get("sign")) for figure in figures] == [(2, None), (None, "."), (0, None)]


def test_ink_left_out_is_marked_and_leaves_doubt(reader: Reader) -> None:
    first, second = beside("20", gap=90)
    stray = Stroke(np.array([(104, 20), (108, 36)], np.float32))
    number = read(reader, first, stray, second)
    assert (number.text, number.sure) == ("20", False)
    assert number.left_out == ((104, 20, 4, 16),)
    assert json.loads(as_json("page", number))["left_out"] == [[104, 20, 4, 16]]
    assert "1 mark was left out" in as_text("page", number)


@pytest.mark.parametrize(("digits", "parts"), [("1", False), ("4", False), ("7", False), ("14", True)])
def test_the_parts_of_a_plain_digit_are_not_asked_about(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, *, digits: str, parts: bool
) -> None:
    shown: list[int] = []
    ask = Reader.read_drawings

    def count(self: Reader, drawings: Iterable[Drawing]) -> list[Reading]:
        readings = ask(self, drawings)
        shown.append(len(readings))
        return readings

    monkeypatch.setattr(Reader, "read_drawings", count)
    number = read(reader, *beside(digits))
    assert number.text == digits
    assert (sum(shown) > 1) is parts


def test_a_letter_of_two_strokes_is_no_number_for_sure(reader: Reader) -> None:
    left = Stroke(np.array([(0, 0), (30, 70), (46, 108)], np.float32))
    right = Stroke(np.array([(95, 0), (75, 60), (59, 106)], np.float32))
    number = read(reader, left, right)
    assert (number.text, number.sure) == ("11", False)
    assert all(figure.sure for figure in number.figures)


@pytest.mark.parametrize(("left", "sure"), [(178, False), (210, True)])
def test_a_mark_that_a_digit_does_not_need_leaves_doubt(reader: Reader, left: float, *, sure: bool) -> None:
    """A stray stroke beside a 4 is taken for a part of it; one that touches it may be one."""
    two, four = beside("2")[0], [Stroke(stroke.points + np.array([220, 0], np.float32)) for stroke in beside("4")]
    stray = Stroke(np.array([(left, 25), (left + 8, 55)], np.float32))
    number = read(reader, two, stray, *four)
    assert number.sure is sure


def test_on_paper_it_takes_more_to_be_sure_than_on_the_canvas(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.zeros((200, 120), np.float32)
    page[30:170, 50:66] = 1

    def taken(confidence: float, digit: int) -> bool:
        reading = Reading(np.full(10, 0.1, np.float32), digit, True, True, confidence, None)
        monkeypatch.setattr(Reader, "read_pictures", lambda self, pictures: [reading for _ in pictures])
        return read_number(reader, page).sure

    doubt = 1 - reader.sure_at
    assert not taken(1 - doubt / 8, 8)
    assert taken(1 - doubt / 16, 8)
    assert taken(1 - doubt / 2, 1)  # a network doubts right 1s more than wrong 8s


@pytest.mark.parametrize(("faint", "sure"), [(0.25, False), (0.05, True)])
def test_a_faint_figure_beside_a_number_leaves_doubt(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, faint: float, *, sure: bool
) -> None:
    reading = Reading(np.full(10, 0.1, np.float32), 1, True, True, 0.9999, None)
    monkeypatch.setattr(Reader, "read_pictures", lambda self, pictures: [reading for _ in pictures])
    page = np.zeros((200, 240), np.float32)
    page[30:170, 50:66] = 1
    traces = page.copy()
    traces[35:165, 120:134] = faint
    number = read_number(reader, page, traces)
    assert (number.sure, number.left_out) == (sure, () if sure else ((120, 35, 14, 130),))


def test_a_stamp_beside_a_figure_is_left_out_and_leaves_doubt(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(np.full(10, 0.1, np.float32), 1, True, True, 0.9999, None)
    monkeypatch.setattr(Reader, "read_pictures", lambda self, pictures: [reading for _ in pictures])
    page = np.zeros((300, 400), np.float32)
    page[200:260, 50:54] = 1
    page[20:120, 280:360] = 1
    number = read_number(reader, page)
    assert (number.text, number.sure, number.left_out) == ("1", False, ((280, 20, 80, 100),))


@pytest.mark.parametrize(("fuller", "sure"), [(8, False), (3, True)])
def test_a_figure_that_is_another_with_its_faint_ink_leaves_doubt(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, fuller: int, *, sure: bool
) -> None:
    page = np.zeros((200, 120), np.float32)
    page[30:170, 50:66] = 1
    traces = page.copy()
    traces[30:170, 66:72] = 0.5

    def taken(picture: np.ndarray) -> Reading:
        digit = fuller if picture.sum() > page.sum() else 3
        return Reading(np.full(10, 0.1, np.float32), digit, True, True, 0.9999, None)

    monkeypatch.setattr(Reader, "read_pictures", lambda self, pictures: [taken(picture) for picture in pictures])
    number = read_number(reader, page, traces)
    assert (number.text, number.sure) == ("3", sure)


def test_several_digits_in_a_picture_as_small_as_a_networks_are_told_apart(reader: Reader) -> None:
    image = Image.new("L", (38, 36))
    font = ImageFont.truetype(str(WEIGHTS.parent / "assets/fonts/Inter-Regular.otf"), 21)
    ImageDraw.Draw(image).text((1, 4), "974", 255, font)
    number = read_number(reader, np.asarray(image, np.float32) / np.float32(255))
    assert (number.text, number.sure) == ("974", True)
    assert 0 <= number.figures[0].box[0] < number.figures[2].box[0] < 38


def test_lines_of_digits_are_no_single_figure_that_is_no_digit(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where what is cut in too many pieces costs more together than one figure does."""
    monkeypatch.setattr("model.reading.number_reader.alone_cost", lambda *_: 1.0)
    number = read(reader, *beside("20", line=150), *beside("71"))
    assert (number.text, number.sure) == ("71 20", False)
    assert len(read(reader, *beside("2", line=150), *beside("7")).figures) == 1
