"""A hand that writes: control points of a form -> strokes as a person would draw them, each time a little different."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.pictures.pen import PEN_WIDTH

# A form is a list of strokes; a stroke is a list of control points (x, y), (x, y, CORNER) where the pen turns sharply.
# Forms stand in a box about one unit high, y down; their curves run smoothly through the points between corners.
CORNER = 1
ControlPoint = tuple[float, float] | tuple[float, float, int]
Form = list[list[ControlPoint]]

SAMPLES = 7  # points on the curve between two control points
_T = np.arange(SAMPLES, dtype=np.float32)[:, None] / SAMPLES
# Hermite's basis: start, end, tangent at the start, tangent at the end.
_BASIS = np.concatenate(
    [2 * _T**3 - 3 * _T**2 + 1, 3 * _T**2 - 2 * _T**3, _T**3 - 2 * _T**2 + _T, _T**3 - _T**2], axis=1
).astype(np.float32)

SPEED = 1.8  # units of length a second, where the stroke bends with a radius of one unit
SLOWEST, FASTEST = 0.5, 2.2  # of SPEED
WINDOW = 3  # points over which a bend is measured: single points shake


@dataclass(frozen=True)
class Hand:
    """How a person writes just now; all sizes are parts of a digit's height."""

    slant: float  # sideways shift of the top against the bottom; above zero leans to the right
    tilt: float  # radians, the whole drawing turned
    width: float  # stretch sideways
    top: float  # exponent of the height: below one the upper half grows
    tension: float  # length of the tangents; one is Catmull and Rom's curve, 1.66 rounds a quarter turn
    aim: float  # how far control points are missed
    bend: float  # how far the whole drawing is bent, smoothly
    tremor: float  # shaking along the stroke
    pace: float  # distance between two recorded points; large for a fast hand
    gap: float  # length of the piece of a stroke that is missing; mostly none
    pen_width: float

    @classmethod
    def any(cls, rng: np.random.Generator) -> "Hand":
        """Some person's hand: mostly steady, sometimes shaky, hasty or careless."""
        kind = rng.random(4)
        return cls(
            slant=float(np.clip(rng.normal(0.08, 0.16), -0.35, 0.5)),
            tilt=float(np.clip(rng.normal(0, 0.085), -0.26, 0.26)),
            width=float(np.exp(rng.normal(0, 0.16))),
            top=float(np.exp(rng.normal(0, 0.12))),
            tension=rng.uniform(0.85, 1.4),
            aim=abs(rng.normal(0.015, 0.015)),
            bend=abs(rng.normal(0, 0.035)),
            tremor=rng.uniform(0.008, 0.022) if kind[0] < 0.2 else rng.uniform(0, 0.005),
            pace=rng.uniform(0.12, 0.3) if kind[1] < 0.2 else 0.0,
            gap=rng.uniform(0.03, 0.1) if kind[2] < 0.05 else 0.0,
            pen_width=PEN_WIDTH * (rng.uniform(0.5, 1.7) if kind[3] < 0.35 else 1.0),
        )


def write(form: Form, hand: Hand, rng: np.random.Generator) -> list[np.ndarray]:
    """The form in this hand: strokes (P, 2) float32 in units of the form's height."""
    strokes = [_curve(stroke, hand, rng) for stroke in form]
    cuts = np.cumsum([len(stroke) for stroke in strokes])[:-1]
    points = _posed(np.concatenate(strokes), hand, rng)
    strokes = [_shaken(stroke, hand, rng) for stroke in np.split(points, cuts)]
    if hand.gap and not hand.pace:
        strokes = _broken(strokes, hand.gap, rng)
    return strokes


def arc(
    rng: np.random.Generator, x: float, y: float, rx: float, ry: float, start: float, end: float, spiral: float = 0.0
) -> list[ControlPoint]:
    """Points on an ellipse, angles in degrees, clockwise on the screen from the right; spiral widens it to the end."""
    angles = np.radians(np.linspace(start, end, max(4, round(abs(end - start) / 45) + 1)))
    grow = np.linspace(1 - spiral / 2, 1 + spiral / 2, len(angles))
    square = rng.uniform(-0.06, 0.06)  # between a lens and a rounded box
    grow = grow * (1 + square * np.cos(4 * angles))
    return [(x + rx * g * c, y + ry * g * s) for g, c, s in zip(grow, np.cos(angles), np.sin(angles), strict=True)]


def flicked(stroke: list[ControlPoint], rng: np.random.Generator) -> list[ControlPoint]:
    """The stroke with a short way upwards at its foot, as when the pen hurries on; mostly to the right."""
    x, y = stroke[-1][0], stroke[-1][1]
    length, rise = rng.uniform(0.08, 0.26), np.radians(rng.uniform(38, 80))
    side = 1 if rng.random() < 0.8 else -1
    end = (x + side * length * float(np.cos(rise)), y - length * float(np.sin(rise)))
    foot: ControlPoint = (x, y, CORNER) if rng.random() < 0.6 else (x, y)
    return [*stroke[:-1], foot, end]


def _curve(stroke: Sequence[ControlPoint], hand: Hand, rng: np.random.Generator) -> np.ndarray:
    points = np.array([point[:2] for point in stroke], dtype=np.float32)
    points += rng.normal(0, hand.aim, points.shape).astype(np.float32)
    if len(points) == 1:
        return points
    steps = np.diff(points, axis=0)
    tangents = np.empty_like(points)
    tangents[1:-1] = (points[2:] - points[:-2]) / 2 * np.float32(hand.tension)
    tangents[0], tangents[-1] = steps[0], steps[-1]
    leaving, arriving = tangents[:-1], tangents[1:]
    corners = np.array([len(point) == 3 for point in stroke])
    leaving = np.where(corners[:-1, None], steps, leaving)
    arriving = np.where(corners[1:, None], steps, arriving)
    hermite = np.stack([points[:-1], points[1:], leaving, arriving], axis=1)  # (segments, 4, 2)
    curve = (_BASIS @ hermite).reshape(-1, 2)
    return np.concatenate([curve, points[-1:]])


def _posed(points: np.ndarray, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """Proportions, a smooth bend, slant and tilt: what changes the digit as a whole."""
    x, y = points[:, 0] * hand.width, np.clip(points[:, 1], 0, None) ** hand.top
    waves = rng.normal(0, 1, (3, 6))
    for along, across, phase_x, phase_y, by_x, by_y in waves:
        turn = 3 * (along * x + across * y)
        x, y = x + hand.bend * by_x * np.sin(turn + 6 * phase_x), y + hand.bend * by_y * np.sin(turn + 6 * phase_y)
    x = x - hand.slant * y
    cos, sin = np.cos(hand.tilt), np.sin(hand.tilt)
    return np.stack([cos * x - sin * y, sin * x + cos * y], axis=1).astype(np.float32)


def _shaken(stroke: np.ndarray, hand: Hand, rng: np.random.Generator) -> np.ndarray:
    """The stroke as a tablet records it: points left out where the hand is fast, and each a little off."""
    lengths = np.hypot(*np.diff(stroke, axis=0).T)
    way = np.concatenate([[0], np.cumsum(lengths)])
    if way[-1] < 1e-6:
        return stroke[:1]
    count = max(2, round(way[-1] / (hand.pace or 0.04)))
    stops = np.linspace(0, way[-1], count + 1)
    if hand.pace:
        stops[1:-1] += rng.uniform(-0.3, 0.3, count - 1) * hand.pace
    sampled = np.stack([np.interp(stops, way, stroke[:, 0]), np.interp(stops, way, stroke[:, 1])], axis=1)
    sampled += rng.normal(0, hand.tremor, sampled.shape)
    return sampled.astype(np.float32)


def _broken(strokes: list[np.ndarray], gap: float, rng: np.random.Generator) -> list[np.ndarray]:
    """One stroke in two, with a gap where the pen lost touch."""
    index = int(rng.integers(len(strokes)))
    stroke = strokes[index]
    missing = max(1, round(len(stroke) * gap))
    start = int(rng.integers(1, max(2, len(stroke) - missing)))
    pieces = [stroke[:start], stroke[start + missing :]]
    return [*strokes[:index], *(piece for piece in pieces if len(piece)), *strokes[index + 1 :]]


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
    factors = np.clip(np.maximum(curvature, 1e-9) ** (-1 / 3), SLOWEST, FASTEST)
    return np.concatenate([[0.0], np.cumsum(lengths / (speed * factors))]).astype(np.float32)
