"""Warps of strokes: each changes what it is there for and nothing else, and the seed decides all of it."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from model.handwriting.digits import write_strokes
from model.handwriting.stroke_warp import StrokeWarp, any_pen_width, warp_strokes
from model.pictures.pen import PEN_WIDTH

NOTHING: dict[str, Any] = {f.name: (0.1, 0.1) if isinstance(f.default, tuple) else 0.0 for f in fields(StrokeWarp)}
NONE = StrokeWarp(**NOTHING)
CORNER = np.array([[0, 0], [0.6, 0], [0.6, 1.0]])
STEM = np.stack([np.full(20, 0.3), np.linspace(0, 1, 20)], axis=1)
BAR = np.array([[0.1, 0.5], [0.5, 0.5]])


def centred(strokes: list[np.ndarray]) -> np.ndarray:
    points = np.concatenate(strokes)
    return points - (points.min(axis=0) + points.max(axis=0)) / 2


def warped(strokes: list[np.ndarray], seed: int = 0, **amount: Any) -> list[np.ndarray]:
    return warp_strokes(strokes, np.random.default_rng(seed), replace(NONE, **amount))


def length(strokes: list[np.ndarray]) -> float:
    return float(sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes))


def test_without_warps_only_points_are_added() -> None:
    strokes = warped([CORNER, BAR])
    assert [stroke.dtype for stroke in strokes] == [np.float32] * 2
    points = centred(strokes)
    for corner in (*CORNER, *BAR):
        assert np.hypot(*(points - (corner - [0.3, 0.5])).T).min() < 1e-6
    assert length(strokes) == pytest.approx(length([CORNER, BAR]), rel=1e-5)
    steps = np.hypot(*np.diff(strokes[0], axis=0).T)
    assert steps.max() < 0.032


def test_the_seed_decides() -> None:
    drawing = write_strokes(5, np.random.default_rng(1))
    one, same, other = (warp_strokes(drawing, np.random.default_rng(s), StrokeWarp()) for s in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not np.array_equal(one[0], other[0])


@pytest.mark.parametrize("seed", range(5))
def test_slant_moves_the_top_against_the_bottom_and_leaves_the_height(seed: int) -> None:
    (stem,) = warped([STEM], seed, slant=0.3)
    assert np.ptp(stem[:, 1]) == pytest.approx(1, abs=1e-5)
    assert 0 < abs(stem[0, 0] - stem[-1, 0]) <= 0.3


@pytest.mark.parametrize("seed", range(5))
def test_a_turn_leaves_every_length(seed: int) -> None:
    strokes = warped([CORNER, BAR], seed, turn=20.0)
    assert length(strokes) == pytest.approx(length([CORNER, BAR]), rel=1e-4)
    bar = strokes[1][-1] - strokes[1][0]
    assert 0 < abs(np.degrees(np.arctan2(bar[1], bar[0]))) <= 20


@pytest.mark.parametrize("seed", range(5))
def test_proportions_change_the_width_alone(seed: int) -> None:
    extent = np.ptp(np.concatenate(warped([CORNER], seed, proportion=0.2)), axis=0)
    assert extent[1] == pytest.approx(1, abs=1e-5)
    assert 0.6 * np.exp(-0.2) <= extent[0] <= 0.6 * np.exp(0.2)
    assert extent[0] != pytest.approx(0.6, abs=1e-4)


def test_strokes_stand_apart_as_wholes() -> None:
    stem, bar = warped([STEM, BAR], 3, apart=0.05)
    assert np.ptp(stem[:, 0]) < 1e-5
    assert np.ptp(bar[:, 1]) < 1e-5
    assert bar[0, 1] - stem[:, 1].mean() != pytest.approx(0, abs=1e-4)
    (alone,) = warped([STEM], 3, apart=0.05)
    np.testing.assert_allclose(centred([alone]), centred(warped([STEM])), atol=1e-6)


def test_a_bend_is_smooth() -> None:
    (stem,) = warped([STEM], 1, bend=0.05)
    assert 0.005 < np.ptp(stem[:, 0]) < 0.5
    assert np.abs(np.diff(stem[:, 0], n=2)).max() < 0.01


def test_a_fast_stroke_keeps_few_points_and_its_corners() -> None:
    slow, fast = (warped([CORNER], 0, fast_rate=rate, fast_step=(0.2, 0.2))[0] for rate in (0.0, 1.0))
    assert len(fast) < len(slow) / 4
    assert np.hypot(*(centred([fast]) - (CORNER[1] - [0.3, 0.5])).T).min() < 1e-6


def test_a_shaky_stroke_is_longer_but_stays_near() -> None:
    (shaky,) = warped([STEM], 0, shaky_rate=1.0, tremor=0.014)
    assert length([shaky]) > 1.05
    assert 0.005 < np.abs(centred([shaky])[:, 0]).max() < 0.08


def test_a_gap_breaks_one_stroke() -> None:
    strokes = warped([STEM], 0, gap_rate=1.0, gap=(0.08, 0.08))
    assert len(strokes) == 2
    hole = np.hypot(*(strokes[1][0] - strokes[0][-1]))
    assert 0.08 < hole < 0.16
    assert length(strokes) + hole == pytest.approx(1, abs=1e-4)


def test_short_strokes_are_not_broken() -> None:
    assert len(warped([np.array([[0.0, 0.0], [0.05, 0.0]])], 0, gap_rate=1.0)) == 1


@pytest.mark.parametrize("seed", range(8))
def test_a_cut_shortens_one_end_a_little(seed: int) -> None:
    assert 0.87 < length(warped([STEM], seed, cut_rate=1.0, cut=0.12)) <= 1.0001


def test_cuts_happen() -> None:
    assert min(length(warped([STEM], seed, cut_rate=1.0, cut=0.12)) for seed in range(8)) < 0.97


@pytest.mark.parametrize("seed", range(8))
def test_a_flick_leaves_the_foot_upwards(seed: int) -> None:
    (stem,) = warped([STEM], seed, flick_rate=1.0, flick=(0.1, 0.15))
    assert stem[-1, 1] < stem[-2, 1]
    assert 0.09 < np.hypot(*(stem[-1] - stem[-2])) < 0.16


def test_only_a_stroke_that_comes_down_is_flicked() -> None:
    plain, flicked = (warped([STEM, BAR], 0, flick_rate=rate) for rate in (0.0, 1.0))
    assert [len(stroke) for stroke in plain] == [len(stroke) for stroke in flicked]


def test_dots_survive_everything() -> None:
    for seed in range(20):
        strokes = warp_strokes([np.array([[0.5, 0.5]]), STEM], np.random.default_rng(seed), StrokeWarp(gap_rate=1.0))
        assert all(len(stroke) and np.isfinite(stroke).all() for stroke in strokes)


def test_pens_are_mostly_the_program_s_own() -> None:
    rng = np.random.default_rng(0)
    widths = np.array([any_pen_width(rng, StrokeWarp()) for _ in range(500)]) / PEN_WIDTH
    assert 0.5 < (widths == 1).mean() < 0.8
    assert 0.5 <= widths.min() < 0.6 and 1.6 < widths.max() <= 1.7
