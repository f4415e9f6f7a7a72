"""Signs that are no digit: stars, arrows, hearts and their like, as forms for the pen."""

from collections.abc import Callable

import numpy as np

from model.handwriting.hand import CORNER, Form, arc


def _star(rng: np.random.Generator) -> Form:
    angles = np.radians(-90 + 144 * np.arange(6))
    return [[(0.5 + 0.5 * np.cos(a), 0.5 + 0.5 * np.sin(a), CORNER) for a in angles]]


def _asterisk(rng: np.random.Generator) -> Form:
    angles = np.arange(3) * np.pi / 3 + rng.uniform(0, 1)
    return [
        [(0.5 - c, 0.5 - s), (0.5 + c, 0.5 + s)]
        for c, s in zip(0.5 * np.cos(angles), 0.5 * np.sin(angles), strict=True)
    ]


def _arrow(rng: np.random.Generator) -> Form:
    head = rng.uniform(0.15, 0.35)
    right: Form = [[(0.0, 0.4), (1.0, 0.4)], [(1.0 - head, 0.4 - head), (1.0, 0.4, CORNER), (1.0 - head, 0.4 + head)]]
    down: Form = [[(0.4, 0.0), (0.4, 1.0)], [(0.4 - head, 1.0 - head), (0.4, 1.0, CORNER), (0.4 + head, 1.0 - head)]]
    left: Form = [[(1.0 - x, y, *corner) for x, y, *corner in stroke] for stroke in right]  # type: ignore[misc]
    return [right, down, left][int(rng.integers(3))]


def _heart(rng: np.random.Generator) -> Form:
    left = [(0.5, 0.25, CORNER), (0.35, 0.02), (0.08, 0.1), (0.04, 0.4), (0.5, 1.0, CORNER)]
    right = [(0.96, 0.4), (0.92, 0.1), (0.65, 0.02), (0.5, 0.25)]
    return [[*left, *right]]  # type: ignore[list-item]


def _face(rng: np.random.Generator) -> Form:
    mouth = arc(rng, 0.5, 0.6, 0.25, rng.uniform(0.08, 0.2), 20, 160)
    return [arc(rng, 0.5, 0.5, 0.5, 0.5, -90, 280), [(0.33, 0.36), (0.33, 0.42)], [(0.67, 0.36), (0.67, 0.42)], mouth]


def _triangle(rng: np.random.Generator) -> Form:
    top = rng.uniform(0.2, 0.8)
    up: Form = [[(top, 0.0, CORNER), (0.0, 0.9, CORNER), (1.0, 0.9, CORNER), (top, 0.0)]]
    return up


def _square(rng: np.random.Generator) -> Form:
    wide = rng.uniform(0.9, 1.7)
    square: Form = [[(0.0, 0.0, CORNER), (0.0, 1.0, CORNER), (wide, 1.0, CORNER), (wide, 0.0, CORNER), (0.0, 0.0)]]
    return [*square, [(0.0, 0.0), (wide, 1.0)], [(wide, 0.0), (0.0, 1.0)]] if rng.random() < 0.4 else square


def _house(rng: np.random.Generator) -> Form:
    walls = [(0.0, 0.45, CORNER), (0.0, 1.0, CORNER), (0.8, 1.0, CORNER), (0.8, 0.45, CORNER), (0.4, 0.0, CORNER)]
    return [[*walls, (0.0, 0.45, CORNER), (0.8, 0.45)]]


def _plus(rng: np.random.Generator) -> Form:
    return [[(0.0, 0.5), (1.0, 0.5)], [(0.5, 0.0), (0.5, 1.0)]]


def _equals(rng: np.random.Generator) -> Form:
    gap = rng.uniform(0.2, 0.5)
    return [[(0.0, 0.0), (1.0, 0.0)], [(0.0, gap), (1.0, gap)]]


def _check(rng: np.random.Generator) -> Form:
    return [[(0.0, 0.6), (rng.uniform(0.2, 0.35), 1.0, CORNER), (1.0, rng.uniform(0.0, 0.3))]]


def _hash(rng: np.random.Generator) -> Form:
    a, b = rng.uniform(0.2, 0.4), rng.uniform(0.6, 0.8)
    return [[(a, 0.0), (a, 1.0)], [(b, 0.0), (b, 1.0)], [(0.0, a), (1.0, a)], [(0.0, b), (1.0, b)]]


def _infinity(rng: np.random.Generator) -> Form:
    right = [(0.6, 0.3), (0.85, 0.0), (1.2, 0.3), (0.85, 0.6)]
    return [[*right, (0.6, 0.3), (0.35, 0.0), (0.0, 0.3), (0.35, 0.6), (0.6, 0.3)]]


def _wave(rng: np.random.Generator) -> Form:
    count, high = int(rng.integers(4, 10)), rng.uniform(0.1, 0.5)
    return [[(0.25 * i, high * (i % 2)) for i in range(count)]]


SIGNS: dict[str, Callable[[np.random.Generator], Form]] = {
    "star": _star,
    "asterisk": _asterisk,
    "arrow": _arrow,
    "heart": _heart,
    "face": _face,
    "triangle": _triangle,
    "square": _square,
    "house": _house,
    "plus": _plus,
    "equals": _equals,
    "check": _check,
    "hash": _hash,
    "infinity": _infinity,
    "wave": _wave,
}
