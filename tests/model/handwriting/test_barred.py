"""Sevens with a bar are told from others by their strokes."""

import numpy as np

from model.data.pen_strokes import load_pen_strokes
from model.handwriting.barred import is_barred, is_plain

SEVEN = np.array([[0.2, 0], [0.8, 0], [0.4, 1]], np.float32)
BAR = np.array([[0.3, 0.5], [0.75, 0.48]], np.float32)


def test_a_bar_lies_level_across_the_middle() -> None:
    assert is_barred([SEVEN, BAR])
    assert not is_barred([SEVEN])
    assert not is_barred([SEVEN, BAR - np.array([0, 0.45], np.float32)])  # the roof, drawn by itself
    assert not is_barred([SEVEN, BAR[:, ::-1]])  # upright
    assert not is_barred([SEVEN, BAR[:1]])  # a dot


def test_a_bar_is_known_at_any_size() -> None:
    assert is_barred([SEVEN * 300, BAR * 300])


def test_most_people_of_the_bundled_strokes_draw_a_bar() -> None:
    sevens = load_pen_strokes().of_symbols("7").drawings
    barred = sum(map(is_barred, sevens))
    assert 0.5 < barred / len(sevens) < 0.9
    assert not any(is_barred(seven) and is_plain(seven) for seven in sevens)
