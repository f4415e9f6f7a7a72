"""Random pictures as text."""

import numpy as np

from model.data.images import Images
from model.evaluation.samples import as_art, samples
from model.network import Network
from model.network.layers import Dense, Flatten
from model.reading import Reader


def test_a_picture_is_drawn_in_shades() -> None:
    image = np.zeros((28, 28), np.float32)
    image[0, 0], image[1, 2], image[2, 27] = 1, 0.5, 0.05
    rows = as_art(image).split("\n")
    assert [len(row) for row in rows] == [56] * 28
    assert rows[0] == "@@" + " " * 54
    assert rows[1] == " " * 4 + "++" + " " * 50
    assert rows[2] == " " * 56


def test_samples_name_their_label_and_show_ten_bars() -> None:
    network = Network([Flatten(), Dense(10)])
    network.vector[...] = 0  # all digits alike
    labels = np.array([3, 5, 7], np.uint8)
    images = Images(np.full((3, 28, 28), 200, np.uint8), labels)
    texts = list(samples(Reader(network), images, 4, np.random.default_rng(1)))
    assert len(texts) == 4
    chosen = labels[np.random.default_rng(1).integers(3, size=4)]
    for text, label in zip(texts, chosen, strict=True):
        rows = text.split("\n")
        assert rows[-1] == ""
        bars = rows[28:-1]
        assert [row.split()[:4] for row in bars] == [[str(digit), "10.0", "%", "###"] for digit in range(10)]
        assert [row.endswith("<- label") for row in bars] == [digit == label for digit in range(10)]
