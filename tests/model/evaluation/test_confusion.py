"""Confusion: counts by true digit and answer, with the pictures of each cell."""

import numpy as np

from model.data.images import Images
from model.evaluation.confusion import MOST_PICTURES, confusion_of, count_confusions


def test_rows_are_true_digits_and_columns_answers() -> None:
    counts = count_confusions(np.array([7, 7, 7, 2]), np.array([1, 7, 1, 2]))
    assert counts[7].tolist() == [0, 2, 0, 0, 0, 0, 0, 1, 0, 0]
    assert counts[2, 2] == 1
    assert counts.sum() == 4


def test_each_cell_has_its_pictures_in_their_order() -> None:
    pictures = np.arange(4 * 784).astype(np.uint8).reshape(4, 28, 28)
    images = Images(pictures, np.array([7, 3, 7, 7], np.uint8))
    confusion = confusion_of(images, np.array([1, 3, 7, 1]))
    assert set(confusion.pictures) == {(7, 1), (3, 3), (7, 7)}
    np.testing.assert_array_equal(confusion.pictures[7, 1], images.images[[0, 3]])


def test_a_full_cell_keeps_only_the_first() -> None:
    images = Images(np.zeros((MOST_PICTURES + 5, 28, 28), np.uint8), np.zeros(MOST_PICTURES + 5, np.uint8))
    confusion = confusion_of(images, np.zeros(MOST_PICTURES + 5, int))
    assert confusion.counts[0, 0] == MOST_PICTURES + 5
    assert len(confusion.pictures[0, 0]) == MOST_PICTURES
