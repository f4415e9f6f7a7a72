"""Survey: what is misread, mixed up and odd among many drawings, by a network whose answers are known."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.evaluation import survey
from model.evaluation.survey import NO_DIGIT, Survey, Surveyor
from model.evaluation.survey_picture import draw_survey, sentences
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.pictures.writers import by_writer
from model.reading.reader import Reader


def line(word: str, *points: tuple[float, float], writer: int = 1) -> Drawing:
    return by_writer(Drawing((Stroke(np.array(points, np.float32)),), word=word), writer)


UPRIGHT = ((100.0, 20.0), (100.0, 220.0))
LEVEL = ((20.0, 100.0), (220.0, 100.0))


@pytest.fixture
def reader() -> Reader:
    """Takes everything that is higher than wide for a 1, and all else for a 7."""
    network = Network([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    weight = np.zeros((28, 28, 10), np.float32)
    weight[4:10, :, 1] = weight[18:24, :, 1] = weight[:, 4:10, 7] = weight[:, 18:24, 7] = 5.0
    arrays = network.arrays()
    network.assign({name: weight.reshape(784, 10) if a.ndim == 2 else np.zeros_like(a) for name, a in arrays.items()})
    return Reader(network)


def looked_through(reader: Reader, drawings: list[Drawing]) -> Survey:
    surveyor, before = Surveyor(reader, drawings), -1.0
    while surveyor.survey is None:
        assert before < surveyor.fraction < 1
        before = surveyor.fraction
        surveyor.go_on()
    assert surveyor.fraction == 1.0
    return surveyor.survey


def test_misread_digits_are_counted_and_the_worst_is_named(reader: Reader) -> None:
    drawings = [line("1", *UPRIGHT) for _ in range(30)] + [line("7", *UPRIGHT), line("7", *LEVEL), line("4", *LEVEL)]
    found = looked_through(reader, drawings)
    assert (found.count, found.misread, found.worst) == (33, 2, 4)
    assert found.confusion[7].tolist() == [0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert found.mixed_up is not None and found.mixed_up[2] == 1
    assert [found.digits[d].count for d in (1, 4, 7)] == [30, 1, 2]


def test_the_oddest_is_the_one_that_is_like_no_other(reader: Reader) -> None:
    drawings = [line("1", (100.0 + n, 20.0), (100.0, 220.0), writer=n) for n in range(1, 6)]
    odd = line("1", *LEVEL, writer=9)
    found = looked_through(reader, [*drawings[:2], odd, *drawings[2:]]).digits[1]
    assert found.oddest is odd and found.usual in drawings
    few = looked_through(reader, drawings[:2]).digits[1]
    assert few.count == 2 and few.oddest is None and few.usual is None


def test_what_is_no_digit_is_misread_but_mixed_up_with_nothing(reader: Reader) -> None:
    reader.digit_at = 1.1
    found = looked_through(reader, [line("1", *UPRIGHT)])
    assert found.confusion[1, NO_DIGIT] == 1 and found.misread == 1 and found.mixed_up is None


def test_drawings_without_digit_or_ink_are_passed_over(reader: Reader) -> None:
    found = looked_through(reader, [line("x", *UPRIGHT), Drawing((), word="1"), line("12", *UPRIGHT)])
    assert found.count == 0 and found.worst is None and found.mixed_up is None


def test_of_very_many_the_last_are_looked_at(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST", 3)
    assert looked_through(reader, [line("7", *LEVEL)] + [line("1", *UPRIGHT)] * 3).digits[1].count == 3


@pytest.mark.parametrize("count", [0, 5])
def test_the_picture_has_ink_where_something_was_found(reader: Reader, tmp_path: Path, count: int) -> None:
    rng = np.random.default_rng(0)
    found = looked_through(reader, [by_writer(write_digit(d, rng), 3) for d in range(10) for _ in range(count)])
    draw_survey(found, tmp_path / "out.png")
    pixels = np.asarray(Image.open(tmp_path / "out.png").convert("L"))
    assert pixels.shape == (760, 1180) and (pixels[160:, 500:] < 20).any() == bool(count)
    assert sentences(found)[0] == f"{found.misread} of {10 * count} digits misread"
