"""Bars of a drawing program are left out; what is no bar stays."""

import numpy as np
import pytest

from model.pictures.window import without_bars


def canvas(paper: float = 1.0) -> np.ndarray:
    picture = np.full((300, 400, 3), paper, np.float32)
    picture[120:200, 180:190] = 1 - paper
    return picture


@pytest.mark.parametrize("paper", [1.0, 0.0])
def test_bars_on_any_side_get_the_colour_of_the_canvas(paper: float) -> None:
    picture = canvas(paper)
    for bar in (np.s_[:40], np.s_[:, :50], np.s_[285:], np.s_[:, 380:]):
        picture[bar] = 0.85
    picture[10:30, 60:80] = 0.2  # a button
    picture[100:120, 10:30] = 0.3
    assert np.array_equal(without_bars(picture), canvas(paper))


def test_a_plain_canvas_is_the_same_array() -> None:
    picture = canvas()
    assert without_bars(picture) is picture


def test_fading_light_is_no_bar() -> None:
    picture = canvas() * np.concatenate([np.linspace(0.7, 1, 120), np.ones(280)])[:, None].astype(np.float32)
    assert without_bars(picture) is picture


def test_a_stem_as_high_as_the_picture_parts_no_canvas() -> None:
    picture = canvas()
    picture[5:295, 250:262] = 0
    picture[60:200, 300:310] = 0
    assert without_bars(picture) is picture


def test_a_dark_thing_of_many_shades_at_the_edge_is_no_bar(rng: np.random.Generator) -> None:
    picture = canvas()
    picture[:60] = rng.uniform(0, 0.5, (60, 400, 3))
    assert without_bars(picture) is picture
