"""The reader turns logits into readings: in order, in batches, and with what the network's file says of itself."""

from typing import Any

import numpy as np
import pytest

from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.reading.reader import BATCH, Reader


def halves_network(**info: Any) -> Network:
    """Says 1 the more ink is in the left half, 7 the more is in the right half, by one logit for 20 pixels."""
    network = Network([Flatten(), Dense(10)], info=info)
    weights, bias = (network.arrays()[f"1.{name}"] for name in ("weight", "bias"))
    pixels = np.zeros((28, 28, 10), np.float32)
    pixels[:, :14, 1] = pixels[:, 14:, 7] = 0.05
    weights[...] = pixels.reshape(784, 10)
    bias[...] = 0
    return network


def image_of(left: float, right: float) -> np.ndarray:
    image = np.zeros((28, 28), np.float32)
    image[:, :14], image[:, 14:] = left, right
    return image


def stroke(*points: tuple[float, float]) -> Drawing:
    return Drawing((Stroke(np.array(points, np.float32)),))


NOTHING = Drawing(())
DRAWN = stroke((50, 50), (60, 200), (70, 220))


def test_a_clear_image_is_read_surely() -> None:
    reading = Reader(halves_network()).read_images(image_of(1, 0)[None])[0]
    assert (reading.digit, reading.sure, reading.is_digit) == (1, True, True)
    assert reading.confidence == pytest.approx(reading.probabilities.max())
    assert reading.probabilities.sum() == pytest.approx(1)


def test_an_unclear_image_is_not_sure_and_names_both() -> None:
    reading = Reader(halves_network()).read_images(image_of(1, 0.99)[None])[0]
    assert (reading.digit, reading.runner_up, reading.sure) == (1, 7, False)


def test_nothing_drawn_is_no_digit_and_even() -> None:
    for reading in (
        Reader(halves_network()).read_drawing(NOTHING),
        Reader(halves_network()).read_picture(np.zeros((50, 40), np.float32)),
    ):
        assert (reading.digit, reading.runner_up, reading.sure, reading.is_digit) == (None, None, False, False)
        assert reading.image is None
        np.testing.assert_allclose(reading.probabilities, 0.1)


def test_many_drawings_keep_their_order() -> None:
    reader = Reader(halves_network())
    drawings = [NOTHING if number % 3 else DRAWN for number in range(2 * BATCH + 5)]
    readings = reader.read_drawings(drawings)
    assert [reading.digit is None for reading in readings] == [not drawing.strokes for drawing in drawings]
    alone = reader.read_drawing(DRAWN)
    np.testing.assert_allclose(readings[-2 * BATCH - 5].probabilities, alone.probabilities, atol=1e-6)
    assert reader.read_drawings([]) == []


def test_what_the_network_saw_is_the_normalised_picture() -> None:
    reading = Reader(halves_network()).read_picture(np.pad(np.ones((200, 20), np.float32), 60))
    assert reading.image is not None
    assert reading.image.shape == (28, 28)
    assert reading.image.sum() == pytest.approx(40)


def test_the_networks_file_sets_temperature_and_thresholds() -> None:
    image = image_of(1, 0)[None]
    plain = Reader(halves_network()).read_images(image)[0].confidence
    mild = Reader(halves_network(temperature=4.0)).read_images(image)[0]
    assert mild.confidence < plain
    strict = Reader(halves_network(sure_at=1.5, digit_at=1.2)).read_images(image)[0]
    assert (strict.sure, strict.is_digit) == (False, False)


@pytest.mark.parametrize("value", ["much", None, float("nan"), -1.0, 0, [1]])
def test_nonsense_in_the_networks_file_counts_as_absent(value: Any) -> None:
    told = Reader(halves_network(temperature=value, sure_at=value, digit_at=value))
    plain = Reader(halves_network())
    assert (told.temperature, told.sure_at, told.digit_at) == (1.0, plain.sure_at, plain.digit_at)


def test_a_network_for_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="10 probabilities"):
        Reader(Network([Flatten(), Dense(2)], input_shape=(16, 16, 1)))


def test_a_hair_line_in_a_picture_is_seen_as_thick_as_a_drawn_one() -> None:
    picture = np.zeros((400, 400), np.float32)
    picture[50:350, 200:202] = 1
    seen = Reader(halves_network()).read_picture(picture).image
    drawn = Reader(halves_network()).read_drawing(stroke((128, 20), (128, 236))).image
    assert seen is not None
    assert drawn is not None
    assert seen.sum() == pytest.approx(drawn.sum(), rel=0.3)


def test_bold_print_is_seen_thinner_and_a_picture_for_a_network_as_it_is() -> None:
    bold = np.zeros((28, 28), np.float32)
    bold[4:24, 11:17] = 1
    reader = Reader(halves_network())
    large, small = (reader.read_picture(picture).image for picture in (bold.repeat(8, 0).repeat(8, 1), bold))
    assert large is not None
    assert small is not None
    assert large.sum() < 0.8 * small.sum()
    assert small.sum() == bold.sum()


@pytest.mark.parametrize(("digit_at", "is_digit"), [(0.3, True), (0.7, False)])
def test_the_file_says_from_where_on_it_is_a_digit(digit_at: float, is_digit: bool) -> None:
    reading = Reader(halves_network(digit_at=digit_at)).read_images(image_of(1, 0.99)[None])[0]
    assert 0.3 < reading.confidence < 0.7
    assert reading.is_digit is is_digit
