"""Pace: when a hand that writes would be at each point of a stroke."""

import numpy as np

SPEED = 1.8  # units of length a second, where the stroke bends with a radius of one unit
SLOWEST, FASTEST = 0.5, 2.2  # of SPEED
WINDOW = 3  # points over which a bend is measured: single points shake


def pen_times(points: np.ndarray, speed: float = SPEED) -> np.ndarray:
    """Seconds (P,) float32 from the start of a stroke at which the pen is at each of its points (P, 2), P >= 1.

    A hand is slower the sharper the bend: speed goes with curvature to the power of -1/3 (Lacquaniti, Terzuolo and
    Viviani, "The law relating the kinematic and figural aspects of drawing movements", Acta Psychologica 54, 1983).
    """
    if len(points) < 2:
        return np.zeros(len(points), np.float32)
    steps = np.diff(np.asarray(points, np.float64), axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    bends = np.abs(np.diff(angles, prepend=angles[0]))
    kernel = np.ones(min(WINDOW, len(lengths)))
    curvature = np.convolve(bends, kernel, "same") / np.maximum(np.convolve(lengths, kernel, "same"), 1e-9)
    shares = np.clip(np.maximum(curvature, 1e-9) ** (-1 / 3), SLOWEST, FASTEST)
    return np.concatenate([[0.0], np.cumsum(lengths / (speed * shares))]).astype(np.float32)
