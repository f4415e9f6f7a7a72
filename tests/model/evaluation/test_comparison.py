"""Two networks side by side: what changed, and whether the new one should be kept."""

import numpy as np
import pytest

from model.data.images import Images
from model.evaluation.comparison import MOST_LOST, Comparison, Judgement, compare
from model.evaluation.evaluation import pictures_of
from model.network import Network
from model.network.layers import Dense, Flatten
from model.pictures.drawing import Drawing, Stroke
from model.reading import Reader


def always(digit: int) -> Network:
    """A network that reads everything as one digit."""
    network = Network([Flatten(), Dense(10)])
    network.vector[...] = 0
    network.layers[1].parameters["bias"][digit] = 5
    return network


def drawing(word: str) -> Drawing:
    return Drawing((Stroke(np.array([[50, 20], [52, 220]], np.float32)),), word=word)


def test_drawings_become_the_pictures_that_a_reader_shows_the_network() -> None:
    drawings = [drawing("1"), drawing("7")]
    images = pictures_of(drawings)
    assert images.labels.tolist() == [1, 7]
    seen = Reader(always(1)).read_drawing(drawings[1]).image
    assert seen is not None
    np.testing.assert_allclose(images.scaled()[1], seen, atol=0.5 / 255)
    assert images.images.max() == 255


def test_what_two_networks_read() -> None:
    test = Images(np.full((10, 28, 28), 9, np.uint8), np.array([1] * 6 + [2] * 3 + [3], np.uint8))
    result = compare(always(1), always(2), test, [drawing("1"), drawing("2"), drawing("2")], seconds=4.5)
    assert result.before == Judgement(0.6, 1)
    assert result.after == Judgement(0.3, 2)
    assert (result.better, result.worse) == (3, 6)
    assert result.own == 3
    assert result.changed == [(0, 1, 2), (1, 1, 2), (2, 1, 2)]
    assert result.seconds == 4.5
    same = compare(always(1), always(1), test, [], seconds=0)
    assert same.changed == []
    assert (same.better, same.worse, same.own) == (0, 0, 0)


@pytest.mark.parametrize(
    ("gained", "lost", "discard"),
    [
        (0, 0.0, False),
        (1, 0.0, False),
        (-1, 0.0, True),
        (-1, -0.01, True),
        (0, 0.0001, True),
        (0, -0.0001, False),
        (1, MOST_LOST - 0.0001, False),
        (1, MOST_LOST + 0.0001, True),
    ],
)
def test_a_network_that_loses_more_than_it_gains_should_go(gained: int, lost: float, discard: bool) -> None:
    before, after = Judgement(0.9, 5), Judgement(0.9 - lost, 5 + gained)
    assert Comparison(before, after, 9, [], 0, 0, 1.0).advises_discarding is discard
