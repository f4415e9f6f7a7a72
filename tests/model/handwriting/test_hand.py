from dataclasses import replace

import numpy as np
import pytest

from model.handwriting.digits import write_strokes
from model.handwriting.hand import CORNER, Form, Hand, arc, pen_times, write
from model.pictures.pen import PEN_WIDTH

STEADY = Hand(
    slant=0.0,
    tilt=0.0,
    width=1.0,
    top=1.0,
    tension=1.0,
    aim=0.0,
    bend=0.0,
    tremor=0.0,
    pace=0.0,
    gap=0.0,
    pen_width=PEN_WIDTH,
)
SEVEN: Form = [[(0.0, 0.0), (0.6, 0.0, CORNER), (0.2, 1.0)], [(0.1, 0.5), (0.6, 0.5)]]


def near(strokes: list[np.ndarray], point: tuple[float, float]) -> float:
    return float(np.hypot(*(np.concatenate(strokes) - np.array(point)).T).min())


def test_a_steady_hand_meets_every_control_point(rng: np.random.Generator) -> None:
    strokes = write(SEVEN, STEADY, rng)
    assert len(strokes) == 2
    for point in ((0.0, 0.0), (0.6, 0.0), (0.2, 1.0), (0.1, 0.5), (0.6, 0.5)):
        assert near(strokes, point) < 0.03
    assert np.concatenate(strokes)[:, 0].max() < 0.601  # a corner does not swing out


def test_without_a_corner_the_curve_is_round(rng: np.random.Generator) -> None:
    curve = write([[(0.0, 1.0), (0.5, 0.0), (1.0, 1.0)]], STEADY, rng)[0]
    turns = np.diff(np.unwrap(np.arctan2(*np.diff(curve, axis=0).T[::-1])))
    assert np.abs(turns).max() < 0.5


@pytest.mark.parametrize(
    ("habit", "value", "point"),
    [("slant", 0.3, (-0.1, 1.0)), ("width", 2.0, (1.2, 0.0)), ("tilt", np.pi / 2, (0.0, 0.6))],
)
def test_habits_change_the_whole(
    rng: np.random.Generator, habit: str, value: float, point: tuple[float, float]
) -> None:
    assert near(write(SEVEN, replace(STEADY, **{habit: value}), rng), point) < 0.03


def test_a_fast_hand_leaves_few_points(rng: np.random.Generator) -> None:
    slow, fast = write(SEVEN, STEADY, rng), write(SEVEN, replace(STEADY, pace=0.25), rng)
    assert len(fast[0]) < len(slow[0]) / 4
    np.testing.assert_allclose(fast[0][[0, -1]], slow[0][[0, -1]], atol=1e-6)


def test_a_gap_breaks_one_stroke(rng: np.random.Generator) -> None:
    strokes = write(SEVEN, replace(STEADY, gap=0.1), rng)
    assert len(strokes) == 3
    assert sum(map(len, strokes)) < sum(map(len, write(SEVEN, STEADY, rng)))


def test_a_single_point_stays_one(rng: np.random.Generator) -> None:
    assert [len(stroke) for stroke in write([[(0.5, 0.5)]], STEADY, rng)] == [1]


def test_arcs_are_on_their_ellipse(rng: np.random.Generator) -> None:
    points = np.array(arc(rng, 1.0, 2.0, 0.5, 1.0, 0, 360))
    radius = np.hypot((points[:, 0] - 1) / 0.5, points[:, 1] - 2)
    assert np.abs(radius - 1).max() < 0.07


def test_hands_differ(rng: np.random.Generator) -> None:
    hands = [Hand.any(rng) for _ in range(300)]
    assert 0.1 < np.mean([hand.pace > 0 for hand in hands]) < 0.35
    assert np.std([hand.slant for hand in hands]) > 0.1
    assert all(0.05 < hand.pen_width < 0.25 for hand in hands)


def circle(radius: float, points: int = 60) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, points)
    return (radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)).astype(np.float32)


def test_time_only_grows(rng: np.random.Generator) -> None:
    for digit in range(10):
        for stroke in write_strokes(digit, rng):
            times = pen_times(stroke)
            assert times.shape == (len(stroke),)
            assert times.dtype == np.float32
            assert times[0] == 0
            assert np.all(np.diff(times) >= 0)


def test_a_digit_takes_a_hand_about_a_second_or_two(rng: np.random.Generator) -> None:
    seconds = [sum(float(pen_times(s)[-1]) for s in write_strokes(digit, rng)) for digit in list(range(10)) * 5]
    assert 0.8 < np.median(seconds) < 3
    assert max(seconds) < 6


def test_speed_goes_with_the_cube_root_of_the_radius() -> None:
    wide, narrow = (2 * np.pi * r / float(pen_times(circle(r))[-1]) for r in (0.8, 0.2))
    assert wide / narrow == pytest.approx(4 ** (1 / 3), rel=0.02)


def test_a_corner_is_taken_slowly() -> None:
    leg = np.linspace(0, 1, 20)
    corner = np.concatenate([np.stack([leg, 0 * leg], 1), np.stack([1 + 0 * leg[1:], leg[1:]], 1)])
    steps = np.diff(pen_times(corner))
    assert steps[18:20].min() > 2 * steps[5]


@pytest.mark.parametrize("points", [[[3, 4]], [[3, 4], [3, 4]], [[0, 0], [1, 0], [1, 0], [0, 0]]])
def test_dots_and_repeated_points_are_no_trouble(points: list) -> None:
    times = pen_times(np.array(points, np.float32))
    assert np.all(np.isfinite(times))
    assert len(times) == len(points)
