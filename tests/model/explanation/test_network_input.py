"""NetworkInput: the same picture as a Reader's, and its frame where the ink is."""

import numpy as np
import pytest

from model.constants import SIDE
from model.explanation.network_input import input_of_drawing, input_of_picture
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.pictures.normalize import Frame
from model.reading.reader import Reader


def reader() -> Reader:
    return Reader(Network([Flatten(), Dense(10)]))


@pytest.mark.parametrize("digit", range(10))
def test_a_drawing_is_seen_as_the_reader_sees_it_and_lies_on_its_ink(digit: int) -> None:
    drawing = write_digit(digit, np.random.default_rng(digit))
    given = input_of_drawing(drawing)
    assert given is not None
    assert given.frame is not None
    np.testing.assert_array_equal(given.image, reader().read_drawing(drawing).image)
    # Every point of the pen is on a pixel with ink.
    frame = given.frame
    points = np.concatenate([stroke.points for stroke in drawing.strokes])
    cells = np.floor((points - [frame.left, frame.top]) * [SIDE / frame.width, SIDE / frame.height]).astype(int)
    assert (given.image[cells[:, 1], cells[:, 0]] > 0.2).mean() > 0.99
    # And no ink is farther from a point than the pen is wide.
    inked = np.argwhere(given.image > 0.9)[:, ::-1] + 0.5
    gaps = np.abs(inked[:, None] - (points - [frame.left, frame.top]) * (SIDE / frame.width)).max(axis=2).min(axis=1)
    assert gaps.max() < 3.5


def test_a_picture_is_seen_as_the_reader_sees_it_and_lies_on_its_ink() -> None:
    picture = np.zeros((300, 200), np.float32)
    picture[40:240, 90:102] = 1
    given = input_of_picture(picture)
    assert given is not None
    assert given.frame is not None
    np.testing.assert_array_equal(given.image, reader().read_picture(picture).image)
    frame = given.frame
    rows = np.flatnonzero(given.image.max(axis=1) > 0.5)
    assert frame.top + rows[0] * frame.height / SIDE == pytest.approx(40, abs=10)
    assert frame.top + (rows[-1] + 1) * frame.height / SIDE == pytest.approx(240, abs=10)
    column = int(given.image.sum(axis=0).argmax()) + 0.5
    assert frame.left + column * frame.width / SIDE == pytest.approx(96, abs=10)


def test_nothing_is_seen_without_ink_and_a_dot_has_no_frame() -> None:
    assert input_of_drawing(Drawing(())) is None
    assert input_of_picture(np.zeros((50, 50), np.float32)) is None
    dot = input_of_drawing(Drawing((Stroke(np.array([[9, 9]], np.float32)),)))
    assert dot is not None
    assert dot.frame is None
    assert dot.image.max() == 1


def test_a_frame_can_be_told_in_other_units() -> None:
    assert Frame(1, 2, 10, 20).moved(2, (5, -1)) == Frame(7, 3, 20, 40)
