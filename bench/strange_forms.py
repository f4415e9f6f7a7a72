"""Strange forms of digits that some people write, made of the strokes of people who do not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from model.pictures.drawing import Drawing, Stroke
from model.pictures.pen import strokes_of

Strokes = list[np.ndarray]

_SIDE, _EDGE = 200, 28  # of the canvas of 256 x 256 on which they stand
_UNSTEADY = 0.03  # standard deviation of where a stroke is added, of the longer side


def crossed_1(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """A bar across, at half height."""
    return [*strokes, _bar(strokes, 0.5 + rng.normal(0, _UNSTEADY), 0.45, rng)]


def mirrored(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    return [stroke * np.array([-1, 1]) for stroke in strokes]


def dotted_0(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """A small ring in the middle."""
    points = np.concatenate(strokes)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2 + rng.normal(0, _UNSTEADY, 2)
    angles = np.linspace(0, 2 * np.pi, 9)
    radius = 0.065 * np.exp(rng.normal(0, 0.15))
    return [*strokes, middle + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)]


def twice_crossed_7(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Two bars across the stem."""
    shift = rng.normal(0, _UNSTEADY)
    return [*strokes, *(_bar(strokes, height + shift, 0.4, rng) for height in (0.42, 0.64))]


def turned(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Upside down."""
    return [-stroke for stroke in strokes]


FORMS: dict[str, tuple[str, Callable[[Strokes, np.random.Generator], Strokes]]] = {
    "1 with a crossbar": ("1", crossed_1),
    "mirrored 3": ("3", mirrored),
    "0 with a dot": ("0", dotted_0),
    "7 with two bars": ("7", twice_crossed_7),
    "upside-down 4": ("4", turned),
}


def made(name: str, drawing: Drawing, rng: np.random.Generator) -> Drawing:
    """A drawing of a form's digit, with ink, as somebody would write it whose digit has this form."""
    _, make = FORMS[name]
    strokes = _to_unit(make(_to_unit(strokes_of(drawing)), rng))
    placed = tuple(Stroke((stroke * _SIDE + _EDGE).astype(np.float32)) for stroke in strokes)
    return replace(drawing, strokes=placed, canvas=(256, 256))


def _to_unit(strokes: Strokes) -> Strokes:
    """Moved and scaled so that the longer side is 1, from 0 on."""
    points = np.concatenate(strokes)
    low, side = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-6)
    return [(stroke - low) / side for stroke in strokes]


def _bar(strokes: Strokes, height: float, length: float, rng: np.random.Generator) -> np.ndarray:
    """A level stroke across the ink at a height, in parts of all of it, as an unsteady hand draws it."""
    ink = np.concatenate([np.linspace(a, b, 12) for stroke in strokes for a, b in pairwise(stroke)])
    at = height * ink[:, 1].max()
    distances = np.abs(ink[:, 1] - at)
    middle = ink[distances <= max(0.03, distances.min())][:, 0].mean() + rng.normal(0, _UNSTEADY)
    half = length * np.exp(rng.normal(0, 0.12)) / 2
    return np.stack([[middle - half, middle + half], at + rng.normal(0, _UNSTEADY, 2)], axis=1)
