"""Random warps of strokes: somebody's digit as another hand, or the same hand on another day, would have drawn it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from model.pictures.pen import PEN_WIDTH

_STEP = 0.03  # of the longer side: distance of points along a stroke before it is shaken or cut
_HARD_TURN = np.cos(np.radians(60))  # a stroke turns sharply where its direction changes by more


@dataclass(frozen=True)
class StrokeWarp:
    """How strokes are warped: limits of evenly drawn values unless said otherwise; rates are how often it happens.

    Lengths are parts of the drawing's longer side.
    """

    slant: float = 0.18  # sideways shift of the top against the bottom
    turn: float = 5.0  # degrees
    proportion: float = 0.2  # logarithm of width against height
    bend: float = 0.025  # standard deviation of a smooth bend of the whole drawing
    apart: float = 0.025  # standard deviation of the shift of each stroke against the others
    shaky_rate: float = 0.15
    tremor: float = 0.014  # standard deviation, where the hand shakes
    fast_rate: float = 0.15
    fast_step: tuple[float, float] = (0.1, 0.24)  # distance of the points that are left of a fast stroke
    gap_rate: float = 0.08
    gap: tuple[float, float] = (0.03, 0.1)  # length of the piece that is missing
    cut_rate: float = 0.1
    cut: float = 0.12  # the most that is missing at a stroke's start or end
    flick_rate: float = 0.06
    flick: tuple[float, float] = (0.05, 0.16)  # length of the flick at the end of the last stroke
    odd_pen_rate: float = 0.35
    odd_pen: tuple[float, float] = (0.5, 1.7)  # width of an odd pen, in parts of the usual one


def warp_strokes(drawing: list[np.ndarray], rng: np.random.Generator, amount: StrokeWarp) -> list[np.ndarray]:
    """Strokes (P, 2), P >= 1, y down, longer side about 1 -> as many or more strokes (P, 2) float32, P >= 1."""
    strokes = [_along(stroke, _STEP) for stroke in drawing]
    strokes = _cut(strokes, rng, amount)
    if rng.random() < amount.flick_rate:
        strokes = [*strokes[:-1], _flicked(strokes[-1], rng, amount)]
    strokes = _posed(strokes, rng, amount)
    if rng.random() < amount.gap_rate:
        strokes = _broken(strokes, rng, amount)
    if rng.random() < amount.fast_rate:
        step = rng.uniform(*amount.fast_step)
        strokes = [_along(stroke, step) for stroke in strokes]
    if rng.random() < amount.shaky_rate:
        strokes = [stroke + rng.normal(0, amount.tremor, stroke.shape) for stroke in strokes]
    return [stroke.astype(np.float32) for stroke in strokes]


def any_pen_width(rng: np.random.Generator, amount: StrokeWarp) -> float:
    """Mostly the program's own pen, sometimes a thinner or a broader one, in parts of the longer side."""
    odd = rng.random() < amount.odd_pen_rate
    return float(PEN_WIDTH * (rng.uniform(*amount.odd_pen) if odd else 1.0))


def _along(stroke: np.ndarray, step: float) -> np.ndarray:
    """The stroke with points at most about this far apart, at even distances, its sharp turns kept."""
    if len(stroke) < 2:
        return stroke
    turns = _sharp_turns(stroke)
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    if way[-1] < 1e-6:
        return stroke[:1]
    corners = way[np.concatenate([[0], turns, [len(stroke) - 1]])]
    pieces = [np.linspace(a, b, max(2, round((b - a) / step) + 1))[:-1] for a, b in pairwise(corners)]
    stops = np.concatenate([*pieces, way[-1:]])
    return np.stack([np.interp(stops, way, stroke[:, 0]), np.interp(stops, way, stroke[:, 1])], axis=1)


def _sharp_turns(stroke: np.ndarray) -> np.ndarray:
    steps = np.diff(stroke, axis=0)
    lengths = np.hypot(*steps.T)
    cosines = (steps[:-1] * steps[1:]).sum(axis=1)
    return np.flatnonzero(cosines < _HARD_TURN * lengths[:-1] * lengths[1:]) + 1


def _posed(strokes: list[np.ndarray], rng: np.random.Generator, amount: StrokeWarp) -> list[np.ndarray]:
    """Proportions, a smooth bend, slant and turn, and each stroke a little off its place."""
    cuts = np.cumsum([len(stroke) for stroke in strokes])[:-1]
    points = np.concatenate(strokes)
    points = points - (points.min(axis=0) + points.max(axis=0)) / 2
    wide = np.exp(rng.uniform(-amount.proportion, amount.proportion))
    x, y = points[:, 0] * wide, points[:, 1]
    for along, across, phase_x, phase_y, *pushes in rng.normal(0, 1, (3, 6)):
        angle = 3 * (along * x + across * y)
        by_x, by_y = (amount.bend * push for push in pushes)
        x, y = x + by_x * np.sin(angle + 6 * phase_x), y + by_y * np.sin(angle + 6 * phase_y)
    x = x - rng.uniform(-amount.slant, amount.slant) * y
    turn = np.radians(rng.uniform(-amount.turn, amount.turn))
    cos, sin = np.cos(turn), np.sin(turn)
    posed = np.split(np.stack([cos * x - sin * y, sin * x + cos * y], axis=1), cuts)
    if len(posed) == 1:
        return posed
    return [stroke + rng.normal(0, amount.apart, 2) for stroke in posed]


def _cut(strokes: list[np.ndarray], rng: np.random.Generator, amount: StrokeWarp) -> list[np.ndarray]:
    """Now and then a stroke begins late or ends early."""
    kept = []
    for stroke in strokes:
        if len(stroke) > 8 and rng.random() < amount.cut_rate:
            missing = min(int(rng.uniform(0, amount.cut) / _STEP), len(stroke) // 4)
            stroke = stroke[missing:] if rng.random() < 0.5 else stroke[: len(stroke) - missing]
        kept.append(stroke)
    return kept


def _broken(strokes: list[np.ndarray], rng: np.random.Generator, amount: StrokeWarp) -> list[np.ndarray]:
    """One stroke in two, with a gap where the pen lost touch."""
    index = int(rng.integers(len(strokes)))
    stroke = strokes[index]
    missing = max(1, round(rng.uniform(*amount.gap) / _STEP))
    if len(stroke) < missing + 4:
        return strokes
    start = int(rng.integers(2, len(stroke) - missing - 1))
    return [*strokes[:index], stroke[:start], stroke[start + missing :], *strokes[index + 1 :]]


def _flicked(stroke: np.ndarray, rng: np.random.Generator, amount: StrokeWarp) -> np.ndarray:
    """A stroke that comes down to its end goes on from there a little, upwards; mostly to the right."""
    if len(stroke) < 4 or stroke[-1, 1] - stroke[-4, 1] < 0.6 * float(np.hypot(*(stroke[-1] - stroke[-4]))):
        return stroke
    length, rise = rng.uniform(*amount.flick), np.radians(rng.uniform(35, 80))
    side = 1 if rng.random() < 0.8 else -1
    end = stroke[-1] + length * np.array([side * np.cos(rise), -np.sin(rise)])
    return np.concatenate([stroke, end[None]])
