"""The forms of the digits 4 to 6 as people write them: control points, and the ways in which they vary.

A form stands about one unit high, y down, and is our own; how it comes out is up to the hand.
"""

from collections.abc import Callable

import numpy as np

from model.handwriting.hand import CORNER, ControlPoint, Form

# --- 4 ---


def _four_open(rng: np.random.Generator) -> Form:
    bar = rng.uniform(0.5, 0.84)
    x = rng.uniform(0.42, 0.62)
    top = rng.uniform(0.1, 0.32)
    left: list[ControlPoint] = [(top, 0.0), (top * 0.45, bar / 2), (0.0, bar, CORNER)]
    reach = x + rng.uniform(0.05, 0.35)
    stem: list[ControlPoint] = [
        (x + rng.normal(0.04, 0.05), rng.uniform(0.12, min(0.55, bar - 0.12))),
        (x, 0.7),
        (x + rng.normal(-0.02, 0.05), 1.0),
    ]
    return [[*left, (reach, bar + rng.normal(0, 0.05))], stem]


def _four_rounded(rng: np.random.Generator) -> Form:
    bar = rng.uniform(0.5, 0.7)
    x = rng.uniform(0.45, 0.65)
    left: list[ControlPoint] = [(rng.uniform(0.15, 0.45), 0.0), (0.1, 0.25), (0.02, bar - 0.1), (0.15, bar), (0.4, bar)]
    stem: list[ControlPoint] = [
        (x + rng.normal(0.05, 0.04), rng.uniform(0.05, 0.45)),
        (x + rng.normal(-0.03, 0.05), 1.0),
    ]
    return [[*left, (x + rng.uniform(0.02, 0.35), bar + rng.normal(-0.03, 0.05))], stem]


def _four_closed(rng: np.random.Generator) -> Form:
    bar = rng.uniform(0.5, 0.75)
    x = rng.uniform(0.4, 0.62)
    reach = x + rng.uniform(0.04, 0.35)
    start = (x + rng.normal(0, 0.04), rng.uniform(-0.02, 0.08))
    left: list[ControlPoint] = [start, (x / 2, bar / 2), (0.0, bar, CORNER), (reach, bar + rng.normal(0, 0.04))]
    stem: list[ControlPoint] = [(x + rng.normal(0.01, 0.03), 0.0), (x + rng.normal(-0.03, 0.05), 1.0)]
    return [left, stem]


def _four_one_stroke(rng: np.random.Generator) -> Form:
    """Bar first, up to the top and down the stem without lifting the pen."""
    bar = rng.uniform(0.5, 0.65)
    x = rng.uniform(0.45, 0.6)
    left: list[ControlPoint] = [(rng.uniform(0.1, 0.3), 0.05), (0.0, bar, CORNER), (x - 0.02, bar - 0.04, CORNER)]
    return [[*left, (x + 0.04, rng.uniform(0.0, 0.25), CORNER), (x, 0.6), (x - 0.02, 1.0)]]


def _four_cup(rng: np.random.Generator) -> Form:
    """Like a U or an h upside down: left side down, a round turn, and a long stem on the right."""
    depth = rng.uniform(0.42, 0.62)
    x = rng.uniform(0.4, 0.62)
    cup: list[ControlPoint] = [
        (rng.uniform(-0.02, 0.1), rng.uniform(0, 0.12)),
        (0.0, depth * 0.7),
        (0.14, depth),
        (x - 0.12, depth * 0.95),
    ]
    stem: list[ControlPoint] = [(x, rng.uniform(-0.05, 0.15)), (x, 0.5), (x + rng.normal(-0.03, 0.05), 1.0)]
    return [[*cup, (x, depth * rng.uniform(0.75, 0.95))], stem]


def _four_angle(rng: np.random.Generator) -> Form:
    """An L and a stroke on its right: it crosses the L's foot, or only stands at its end, and may be short."""
    foot = rng.uniform(0.45, 0.75)
    wide = rng.uniform(0.4, 0.75)
    lean = rng.normal(0.05, 0.06)
    corner: list[ControlPoint] = [(lean, 0.0), (lean * 0.4, foot / 2), (0.0, foot, CORNER)]
    x = wide * rng.uniform(0.6, 0.95)
    high = foot * rng.uniform(0.35, 0.9)
    stem: list[ControlPoint] = [(x + rng.normal(0.03, 0.03), high), (x + rng.normal(-0.02, 0.04), 1.0)]
    return [[*corner, (wide, foot + rng.normal(0, 0.04))], stem]


# --- 5 ---


def _five_bowl(rng: np.random.Generator, x: float, y: float) -> list[ControlPoint]:
    wide = rng.uniform(0.34, 0.72)
    rise = rng.uniform(0.0, 0.1)
    end: list[ControlPoint] = [(x + wide * 0.4, 1.0), (rng.uniform(-0.12, 0.06), rng.uniform(0.8, 1.0))]
    return [
        (x + wide * 0.36, y - rise),
        (x + wide * 0.85, y + 0.08),
        (x + wide, (y + 1) / 2),
        (x + wide * 0.75, 0.92),
        *end,
    ]


def _five_one_stroke(rng: np.random.Generator) -> Form:
    y, x = rng.uniform(0.34, 0.58), rng.uniform(0.0, 0.16)
    top: list[ControlPoint] = [(rng.uniform(0.5, 0.95), rng.normal(-0.01, 0.05)), (x + 0.06, 0.02, CORNER)]
    return [[*top, (x, y, CORNER), *_five_bowl(rng, x, y)]]


def _five_two_strokes(rng: np.random.Generator) -> Form:
    y, x = rng.uniform(0.34, 0.56), rng.uniform(0.0, 0.16)
    body: list[ControlPoint] = [
        (x + rng.uniform(0, 0.12), rng.uniform(0.0, 0.08)),
        (x, y, CORNER),
        *_five_bowl(rng, x, y),
    ]
    start = x + rng.uniform(-0.06, 0.14)
    level = rng.normal(0.0, 0.05)
    return [body, [(start, level), (start + rng.uniform(0.35, 0.8), level + rng.normal(-0.03, 0.05))]]


def _five_curved(rng: np.random.Generator) -> Form:
    """Without corners, close to an S, but with its flat roof."""
    top: list[ControlPoint] = [(rng.uniform(0.6, 0.85), rng.normal(0, 0.04)), (0.3, 0.02), (0.1, 0.12), (0.06, 0.32)]
    return [[*top, *_five_bowl(rng, 0.1, 0.42)]]


def _five_detached(rng: np.random.Generator) -> Form:
    """The roof hangs in the air: beside the body, above it, or both."""
    body, (start, end) = _five_two_strokes(rng)
    across, up = rng.uniform(-0.05, 0.28), rng.uniform(-0.02, 0.18)
    return [body, [(point[0] + across, point[1] - up) for point in (start, end)]]


# --- 6 ---


def _six_loop(rng: np.random.Generator, height: float) -> list[ControlPoint]:
    wide = rng.uniform(0.5, 0.78)
    top = 1 - height
    close: list[ControlPoint] = [
        (0.2, top + rng.uniform(0.02, 0.14)),
        (rng.uniform(0.02, 0.12), rng.uniform(0.68, 0.86)),
    ]
    return [(0.05, 0.82), (wide * 0.5, 1.0), (wide * 0.95, 0.86), (wide, 1 - 0.55 * height), (wide * 0.6, top), *close]


def _six_curved(rng: np.random.Generator) -> Form:
    height = rng.uniform(0.36, 0.6)
    top: list[ControlPoint] = [(rng.uniform(0.4, 0.75), rng.uniform(0.0, 0.06)), (0.24, 0.14), (0.06, 0.4), (0.0, 0.62)]
    return [[*top, *_six_loop(rng, height)]]


def _six_straight(rng: np.random.Generator) -> Form:
    height = rng.uniform(0.34, 0.52)
    top: list[ControlPoint] = [(rng.uniform(0.15, 0.5), 0.0), (0.14, 0.32), (0.02, 0.64)]
    return [[*top, *_six_loop(rng, height)]]


def _six_hooked(rng: np.random.Generator) -> Form:
    height = rng.uniform(0.36, 0.56)
    hook: list[ControlPoint] = [
        (rng.uniform(0.6, 0.76), rng.uniform(0.1, 0.22)),
        (0.5, 0.0),
        (0.22, 0.1),
        (0.04, 0.4),
        (0.0, 0.62),
    ]
    return [[*hook, *_six_loop(rng, height)]]


def _six_open(rng: np.random.Generator) -> Form:
    """The loop ends before it meets the back."""
    six = _six_curved(rng)[0][:-2]
    return [[*six, (rng.uniform(0.14, 0.3), rng.uniform(0.58, 0.74))]]


def _six_crossing(rng: np.random.Generator) -> Form:
    """The loop ends across the back, on its left."""
    *six, _ = _six_curved(rng)[0]
    y = six[-1][1]
    return [[*six[:-1], (0.1, y + rng.normal(0, 0.02)), (-rng.uniform(0.05, 0.3), y + rng.uniform(-0.06, 0.14))]]


# How often each form is written, and what writes it.
FORMS: dict[int, dict[str, tuple[float, Callable[[np.random.Generator], Form]]]] = {
    4: {
        "open": (4, _four_open),
        "rounded": (2, _four_rounded),
        "closed": (2.5, _four_closed),
        "one stroke": (1, _four_one_stroke),
        "cup": (1.5, _four_cup),
        "angle": (1.5, _four_angle),
    },
    5: {
        "one stroke": (3, _five_one_stroke),
        "two strokes": (4, _five_two_strokes),
        "curved": (1.5, _five_curved),
        "detached": (1.2, _five_detached),
    },
    6: {
        "curved": (4, _six_curved),
        "straight": (2.5, _six_straight),
        "hooked": (1, _six_hooked),
        "open": (1, _six_open),
        "crossing": (1.2, _six_crossing),
    },
}
