"""When a hand is where: as fast as hands are, and slower where a stroke bends."""

import numpy as np
import pytest

from model.handwriting.digits import write_strokes
from model.handwriting.pace import pen_times


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
