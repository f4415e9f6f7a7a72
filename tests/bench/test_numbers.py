"""The measurement of numbers: what it writes and how it counts."""

import numpy as np

from bench.numbers import GAPS, by_writer, compose, measure
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.reading.reader import Reader


def digits(rng: np.random.Generator) -> list[Drawing]:
    made = [write_digit(digit, rng) for digit in range(10) for _ in range(2)]
    return [Drawing(d.strokes, d.canvas, d.word, {"key_id": f"{i % 2}/x"}) for i, d in enumerate(made)]


def test_a_number_is_written_left_to_right_by_one_writer(rng: np.random.Generator) -> None:
    writers = by_writer(digits(rng))
    assert set(writers) == {"0", "1"}
    written = [writers["0"][digit][0] for digit in "2026"]
    number = compose(written, GAPS["usual gaps"], rng)
    assert number.word == "2026"
    strokes = iter(number.strokes)
    right = 0.0
    for digit in written:
        points = np.concatenate([next(strokes).points for _ in digit.strokes])
        assert right < points[:, 0].min()
        right = float(points[:, 0].max())
        assert points.min() >= 0
        assert points[:, 1].max() <= number.canvas[1]
    assert right < number.canvas[0]


def test_rows_count_digits_and_numbers(rng: np.random.Generator) -> None:
    untaught = Reader(Network([Flatten(), Dense(10)], rng=rng))
    rows = {row.kind: row for row in measure(untaught, by_writer(digits(rng)), 3, rng)}
    assert rows["all"].count == 15
    assert rows["4 digits"].count == 3
    assert sum(rows[gaps].count for gaps in GAPS) == 15
    assert all(row.numbers <= row.parted for row in rows.values())
    assert rows["all"].digits < 0.5
