"""The forms of the digits 7 to 9 as people write them: control points, and the ways in which they vary.

A form stands about one unit high, y down, and is our own; how it comes out is up to the hand.
"""

from collections.abc import Callable

import numpy as np

from model.handwriting.hand import CORNER, ControlPoint, Form, arc, flicked

# --- 7: the roof is a bar, nearly level; without a bar in the middle its stem comes down to the left ---


def _seven(rng: np.random.Generator, foot: float, *, bow: float = 0.0, serif: bool = False) -> Form:
    wide = rng.uniform(0.45, 0.8)
    sag = rng.normal(0, 0.025)
    foot *= wide
    # A roof that falls to the left is a roof only on a stem that plainly comes down to the left.
    left = rng.uniform(-0.08, 0.01 + 0.3 * max(0.0, wide - foot - 0.2))
    roof: list[ControlPoint] = [(0.0, left), (wide / 2, left / 2 + sag), (wide, 0.0, CORNER)]
    if serif:
        drop = rng.uniform(0.08, 0.24)
        roof = [(rng.normal(-0.02, 0.03), left + drop), (0.0, left, CORNER), *roof[1:]]
    middle = ((wide + foot) / 2 - bow, 0.5)
    return [[*roof, middle, (foot, 1.0)]]


def _bar(seven: Form, rng: np.random.Generator, *, hooked: bool = False) -> Form:
    """The seven with a bar across its stem; hooked: the bar begins with a short way down or up, at any height."""
    (x0, *_), (x1, *_) = seven[0][-2], seven[0][-1]
    y = rng.uniform(0.36, 0.9) if hooked else rng.uniform(0.4, 0.62)
    x = x0 + (x1 - x0) * (y - 0.5) * 2
    left, right = rng.uniform(0.12, 0.4, 2)
    slope = rng.normal(-0.02, 0.05)
    bar: list[ControlPoint] = [(x - left, y - slope), (x + right, y + slope)]
    if hooked:
        down = rng.uniform(0.04, 0.26) if rng.random() < 0.6 else -rng.uniform(0.03, 0.2)
        bar = [(x - left + rng.normal(0.01, 0.03), y - slope - down), (x - left, y - slope, CORNER), bar[1]]
    return [*seven, bar]


def _seven_plain(rng: np.random.Generator) -> Form:
    return _seven(rng, rng.uniform(-0.1, 0.5), bow=rng.normal(0.02, 0.05), serif=rng.random() < 0.25)


def _seven_barred(rng: np.random.Generator) -> Form:
    return _bar(_seven(rng, rng.uniform(-0.1, 0.85), bow=rng.normal(0.02, 0.05), serif=rng.random() < 0.25), rng)


def _seven_rounded(rng: np.random.Generator) -> Form:
    barred = rng.random() < 0.6
    seven = _seven_round_roof(rng, rng.uniform(0.1, 0.6 if barred else 0.35))
    return _bar(seven, rng) if barred else seven


def _seven_round_roof(rng: np.random.Generator, foot: float) -> Form:
    """The roof turns into the stem without a corner; the foot stands at this part of the roof's width."""
    wide = rng.uniform(0.5, 0.75)
    start: ControlPoint = (0.0, rng.uniform(0.02, 0.16))
    roof: list[ControlPoint] = [start, (wide * 0.4, 0.0), (wide * 0.9, 0.04), (wide, 0.2)]
    return [[*roof, (wide * 0.75, 0.5), (wide * foot, 1.0)]]


def _seven_hooked_bar(rng: np.random.Generator) -> Form:
    """The bar begins with a hook: corner or round roof."""
    if rng.random() < 0.5:
        seven = _seven(rng, rng.uniform(-0.1, 0.7), bow=rng.normal(0.02, 0.05), serif=rng.random() < 0.25)
    else:
        seven = _seven_round_roof(rng, rng.uniform(0.1, 0.6))
    return _bar(seven, rng, hooked=True)


def _seven_flicked(rng: np.random.Generator) -> Form:
    seven = _seven(rng, rng.uniform(-0.1, 0.45), bow=rng.normal(0.02, 0.05), serif=rng.random() < 0.25)
    seven = [flicked(seven[0], rng)]
    if rng.random() < 0.5:
        return seven
    (x, *_) = seven[0][-3]
    y = rng.uniform(0.4, 0.6)
    return [*seven, [(x - rng.uniform(0.12, 0.35), y), (x + rng.uniform(0.12, 0.35), y + rng.normal(-0.03, 0.04))]]


def _seven_waved(rng: np.random.Generator) -> Form:
    """A roof like a wave: it starts high, sinks, and rises to the corner."""
    wide = rng.uniform(0.45, 0.75)
    dip = rng.uniform(0.06, 0.16)
    roof: list[ControlPoint] = [
        (0.0, rng.uniform(-0.02, 0.06)),
        (wide * 0.3, dip),
        (wide * 0.65, dip * 0.8),
        (wide, 0.0, CORNER),
    ]
    stem: list[ControlPoint] = [(wide * rng.uniform(0.7, 0.95), 0.5), (wide * rng.uniform(0.35, 0.8), 1.0)]
    if rng.random() < 0.3:  # and before it a hook from below
        roof = [(rng.uniform(-0.08, 0.04), rng.uniform(0.1, 0.25)), (roof[0][0], roof[0][1], CORNER), *roof[1:]]
    return _bar([[*roof, *stem]], rng)


# --- 8 ---


def _eight_waist(rng: np.random.Generator) -> tuple[float, float, float]:
    """Half width of the upper ring, of the lower ring, and the height of the crossing."""
    lower = rng.uniform(0.2, 0.4)
    ratio = rng.uniform(0.45, 1.15)
    return lower * ratio, lower, rng.uniform(0.3 if ratio < 0.7 else 0.4, 0.55)


def _eight_from_top(rng: np.random.Generator) -> Form:
    """An S down, and up again across it."""
    a, b, y = _eight_waist(rng)
    start: list[ControlPoint] = [
        (a * rng.uniform(0.5, 1.1), rng.uniform(0.02, 0.16)),
        (rng.normal(0, 0.05), 0.0),
        (-a, y * 0.45),
    ]
    low: list[ControlPoint] = [(0.0, y), (b, (1 + y) / 2), (0.0, 1.0), (-b, (1 + y) / 2), (0.0, y)]
    end: ControlPoint = (start[0][0] + rng.normal(-0.02, 0.07), start[0][1] + rng.normal(-0.01, 0.06))
    form: Form = [[*start, *low, (a * 0.9, y * 0.5), end]]
    return _mirrored(form) if rng.random() < 0.3 else form


def _eight_from_waist(rng: np.random.Generator) -> Form:
    a, b, y = _eight_waist(rng)
    high: list[ControlPoint] = [(0.0, y), (a, y * 0.5), (0.0, 0.0), (-a, y * 0.5), (0.0, y)]
    low: list[ControlPoint] = [
        (b, (1 + y) / 2),
        (0.0, 1.0),
        (-b, (1 + y) / 2),
        (rng.normal(0, 0.05), y + rng.normal(0, 0.04)),
    ]
    form: Form = [[*high, *low]]
    return _mirrored(form) if rng.random() < 0.5 else form


def _eight_rings(rng: np.random.Generator) -> Form:
    a, b, y = _eight_waist(rng)
    upper = arc(rng, rng.normal(0, 0.03), y / 2, a, y / 2, 90, 90 + rng.uniform(340, 400))
    lower = arc(rng, rng.normal(0, 0.03), (1 + y) / 2, b, (1 - y) / 2, -90, -90 - rng.uniform(340, 400))
    return [upper, lower]


def _eight_open_top(rng: np.random.Generator) -> Form:
    """Begun at the upper right like an S; the upper ring is left open by a gap at the right or on top."""
    a, b, y = _eight_waist(rng)
    start: ControlPoint = (a * rng.uniform(0.55, 1.1), y * rng.uniform(0.1, 0.55))
    down: list[ControlPoint] = [start, (0.0, 0.0), (-a, y * 0.5), (0.0, y), (b, (1 + y) / 2), (0.0, 1.0)]
    end: ControlPoint = (a * rng.uniform(0.5, 1.3), y * rng.uniform(0.25, 0.8))
    return [[*down, (-b, (1 + y) / 2), (rng.normal(0, 0.04), y + rng.normal(0, 0.03)), end]]


def _mirrored(form: Form) -> Form:
    return [[(-point[0], *point[1:]) for point in stroke] for stroke in form]


# --- 9 ---


def _nine_loop(rng: np.random.Generator, height: float, wide: float) -> list[ControlPoint]:
    """From the upper right round to the left and back up to where the stem begins."""
    start: ControlPoint = (wide * rng.uniform(0.8, 1.05), height * rng.uniform(0.1, 0.35))
    close: ControlPoint = (wide * 0.75, height * rng.uniform(0.7, 0.95))
    return [
        start,
        (wide * 0.55, 0.0),
        (wide * 0.08, height * 0.3),
        (wide * 0.08, height * 0.75),
        (wide * 0.4, height),
        close,
    ]


def _nine_ring(rng: np.random.Generator) -> tuple[float, float]:
    """Height and width of the loop; now and then it is so small that it nearly fills."""
    if rng.random() < 0.25:
        return rng.uniform(0.28, 0.42), rng.uniform(0.24, 0.4)
    return rng.uniform(0.36, 0.58), rng.uniform(0.38, 0.74)


def _nine_straight(rng: np.random.Generator) -> Form:
    height, wide = _nine_ring(rng)
    stem: list[ControlPoint] = [
        (wide, height * rng.uniform(0.2, 0.45), CORNER),
        (wide * 0.98, 0.6),
        (wide * rng.uniform(0.55, 1.05), 1.0),
    ]
    return [[*_nine_loop(rng, height, wide), *stem]]


def _nine_hooked(rng: np.random.Generator) -> Form:
    height, wide = _nine_ring(rng)
    stem: list[ControlPoint] = [(wide, height * rng.uniform(0.2, 0.45), CORNER), (wide * 1.02, 0.6), (wide * 0.85, 0.9)]
    return [[*_nine_loop(rng, height, wide), *stem, (wide * rng.uniform(0.3, 0.6), rng.uniform(0.96, 1.0))]]


def _nine_curled(rng: np.random.Generator) -> Form:
    height, wide = _nine_ring(rng)
    far = wide * rng.uniform(1.0, 1.2)
    stem: list[ControlPoint] = [
        (wide, height * rng.uniform(0.15, 0.5), CORNER),
        (far, 0.6),
        (far, 0.82),
        (wide * 0.6, 1.0),
    ]
    end: ControlPoint = (rng.uniform(-0.12, 0.15), rng.uniform(0.78, 0.98))
    return [[*_nine_loop(rng, height, wide), *stem, end]]


def _nine_angular(rng: np.random.Generator) -> Form:
    """A straight stem that turns sharply to the left at the bottom."""
    height, wide = rng.uniform(0.4, 0.58), rng.uniform(0.4, 0.65)
    foot = wide * rng.uniform(0.9, 1.25)
    stem: list[ControlPoint] = [(wide, height * 0.35, CORNER), (foot, rng.uniform(0.85, 0.95), CORNER)]
    return [[*_nine_loop(rng, height, wide), *stem, (rng.uniform(-0.05, 0.15), rng.uniform(0.92, 1.04))]]


def _nine_open(rng: np.random.Generator) -> Form:
    """The loop is left open at its top right, like a 4 with a round cup."""
    height, wide = _nine_ring(rng)
    gap = rng.uniform(0.08, 0.3) * wide
    cup: list[ControlPoint] = [
        (wide - gap, height * rng.uniform(-0.02, 0.2)),
        (wide * 0.3, height * 0.12),
        (0.0, height * 0.6),
        (wide * 0.35, height),
        (wide * 0.8, height * 0.8),
    ]
    top = (wide, height * rng.uniform(-0.1, 0.3), CORNER)
    return [[*cup, top, (wide * 0.98, 0.6), (wide * rng.uniform(0.5, 1.05), 1.0)]]


def _nine_flat(rng: np.random.Generator) -> Form:
    """The loop is wide and so flat that it nearly closes to a line."""
    height, wide = rng.uniform(0.16, 0.34), rng.uniform(0.5, 0.85)
    stem: list[ControlPoint] = [(wide, height * rng.uniform(0.1, 0.4), CORNER), (wide * 0.9, 0.6)]
    return [[*_nine_loop(rng, height, wide), *stem, (wide * rng.uniform(0.3, 0.95), 1.0)]]


def _nine_far_tail(rng: np.random.Generator) -> Form:
    """The tail swings far to the left of the loop."""
    height, wide = _nine_ring(rng)
    stem: list[ControlPoint] = [
        (wide, height * rng.uniform(0.2, 0.5), CORNER),
        (wide * rng.uniform(0.85, 1.05), rng.uniform(0.62, 0.75)),
        (wide * rng.uniform(0.4, 0.6), rng.uniform(0.85, 0.97)),
    ]
    end = (-rng.uniform(0.1, 0.55), rng.uniform(0.86, 1.05))
    return [[*_nine_loop(rng, height, wide), *stem, end]]


# How often each form is written, and what writes it.
FORMS: dict[int, dict[str, tuple[float, Callable[[np.random.Generator], Form]]]] = {
    7: {
        "plain": (3, _seven_plain),
        "barred": (4, _seven_barred),
        "rounded": (1.5, _seven_rounded),
        "waved": (1, _seven_waved),
        "hooked bar": (3, _seven_hooked_bar),
        "flicked": (0.8, _seven_flicked),
    },
    8: {
        "from the top": (4, _eight_from_top),
        "from the waist": (2, _eight_from_waist),
        "rings": (1.5, _eight_rings),
        "open top": (1.2, _eight_open_top),
    },
    9: {
        "straight": (2, _nine_straight),
        "hooked": (2, _nine_hooked),
        "curled": (4, _nine_curled),
        "angular": (1, _nine_angular),
        "open": (1, _nine_open),
        "flat loop": (0.8, _nine_flat),
        "far tail": (1.2, _nine_far_tail),
    },
}
