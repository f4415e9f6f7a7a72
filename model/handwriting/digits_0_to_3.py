"""The forms of the digits 0 to 3 as people write them: control points, and the ways in which they vary.

A form stands about one unit high, y down, and is our own; how it comes out is up to the hand.
"""

from collections.abc import Callable

import numpy as np

from model.handwriting.hand import CORNER, ControlPoint, Form, arc, flicked

# --- 0 ---


def _ring(rng: np.random.Generator, start: float, turn: float, spiral: float) -> list[ControlPoint]:
    direction = -1 if rng.random() < 0.85 else 1
    return arc(rng, 0.36, 0.5, rng.uniform(0.2, 0.45), 0.5, start, start + direction * turn, spiral)


def _zero_plain(rng: np.random.Generator) -> Form:
    return [_ring(rng, rng.normal(-80, 30), rng.uniform(340, 400), rng.normal(0, 0.06))]


def _zero_open(rng: np.random.Generator) -> Form:
    return [_ring(rng, rng.normal(-75, 25), rng.uniform(305, 340), rng.normal(0, 0.15))]


def _zero_overlapped(rng: np.random.Generator) -> Form:
    return [_ring(rng, rng.normal(-90, 35), rng.uniform(400, 500), rng.normal(0, 0.25))]


def _zero_tailed(rng: np.random.Generator) -> Form:
    ring = _ring(rng, rng.normal(-70, 20), rng.uniform(340, 400), rng.normal(0, 0.1))
    tail = (ring[0][0] + rng.uniform(0.02, 0.25), ring[0][1] - rng.uniform(-0.02, 0.15))
    return [[tail, *ring]] if rng.random() < 0.5 else [[*ring, tail]]


def _zero_slashed(rng: np.random.Generator) -> Form:
    ring = _ring(rng, rng.normal(-80, 30), rng.uniform(345, 380), rng.normal(0, 0.05))
    reach, lean = rng.uniform(0.6, 1.25), rng.uniform(0.5, 0.85)
    half_x, half_y = 0.36 * reach * lean, 0.5 * reach * rng.uniform(0.65, 0.95)
    return [ring, [(0.36 + half_x, 0.5 - half_y), (0.36 - half_x, 0.5 + half_y)]]


def _zero_slashed_past(rng: np.random.Generator) -> Form:
    """The slash reaches past the ring, at one end or at both, by up to the ring's height."""
    ring = _ring(rng, rng.normal(-80, 30), rng.uniform(345, 380), rng.normal(0, 0.05))
    along = np.radians(rng.uniform(25, 78))  # above the level
    upper, lower = rng.uniform(0.45, 1.2, 2)
    x, y = 0.36 + rng.normal(0, 0.03), 0.5 + rng.normal(0, 0.04)
    cos, sin = float(np.cos(along)), float(np.sin(along))
    high, low = (x + upper * cos, y - upper * sin), (x - lower * cos, y + lower * sin)
    return [ring, [high, low] if rng.random() < 0.5 else [low, high]]


def _zero_dotted(rng: np.random.Generator) -> Form:
    """A dot, or a short dash, in the middle."""
    ring = _ring(rng, rng.normal(-80, 30), rng.uniform(345, 380), rng.normal(0, 0.05))
    x, y = 0.36 + rng.normal(0, 0.03), 0.5 + rng.normal(0, 0.05)
    long = rng.uniform(0.0, 0.06)
    return [ring, [(x, y), (x + long, y + rng.uniform(0, 0.06))]]


# --- 1: the flag comes down to the left at a marked angle; nearly level would be the bar of a 7 ---


def _stem(rng: np.random.Generator, lean: float) -> list[ControlPoint]:
    return [(-lean / 2 + rng.normal(0, 0.02), 0.5), (-lean, 1.0)]


def _lean(rng: np.random.Generator) -> float:
    """How far the foot of a 1 stands to the left of its tip."""
    return float(np.clip(rng.normal(0.06, 0.13), -0.22, 0.45))


def _one_bare(rng: np.random.Generator) -> Form:
    return [[(0.0, 0.0), *_stem(rng, float(np.clip(rng.normal(0.12, 0.2), -0.4, 0.7)))]]


def _one(rng: np.random.Generator, length: float, fall: float, lean: float, *, apart: bool = False) -> Form:
    """A flag that falls to the left by so many degrees below the level, and a stem; apart: in two strokes.

    The more the stem leans, the more it looks like a 7's, and the steeper a flag must fall to be a flag.
    """
    angle = np.radians(max(fall, 14 + 60 * max(0.0, lean - 0.05)))
    x, y = -length * np.cos(angle), length * np.sin(angle)
    bow = rng.normal(0, 0.06) * length
    middle = (x / 2 + bow * np.sin(angle), y / 2 + bow * np.cos(angle))
    if apart:
        joint = rng.uniform(-0.05, 0.25)
        flag: list[ControlPoint] = [(x, y + joint), (middle[0], middle[1] + joint), (rng.normal(0, 0.02), joint)]
        return [flag, [(0.0, 0.0), *_stem(rng, lean)]]
    tip: ControlPoint = (0.0, 0.0) if rng.random() < 0.15 else (0.0, 0.0, CORNER)
    return [[(x, y), middle, tip, *_stem(rng, lean)]]


def _one_short_flag(rng: np.random.Generator) -> Form:
    return _one(rng, rng.uniform(0.14, 0.35), rng.uniform(20, 62), _lean(rng))


def _one_long_flag(rng: np.random.Generator) -> Form:
    length = rng.uniform(0.35, 0.95)
    return _one(rng, length, rng.uniform(28 + 15 * max(0.0, length - 0.6), 70), _lean(rng))


def _one_apart(rng: np.random.Generator) -> Form:
    return _one(rng, rng.uniform(0.2, 0.75), rng.uniform(25, 65), _lean(rng), apart=True)


def _one_joined_low(rng: np.random.Generator) -> Form:
    """Like a lambda: the flag comes up steeply and meets the stem well below its top."""
    lean, joint = rng.uniform(-0.25, 0.15), rng.uniform(0.15, 0.5)
    x = -lean * joint
    low = min(0.98, joint + rng.uniform(0.25, 0.7))
    left = x - (low - joint) * np.tan(np.radians(rng.uniform(18, 50)))
    flag: list[ControlPoint] = [(left, low), ((left + x) / 2, (low + joint) / 2 + rng.normal(0, 0.02)), (x, joint)]
    return [flag, [(0.0, 0.0), *_stem(rng, lean)]]


def _one_level_flag(rng: np.random.Generator) -> Form:
    """The flattest flag that is still one: it hangs on an upright stem."""
    return _one(rng, rng.uniform(0.25, 0.55), rng.uniform(14, 30), rng.normal(0.03, 0.05), apart=rng.random() < 0.3)


def _one_footed(rng: np.random.Generator) -> Form:
    left, right = rng.uniform(0.15, 0.4, 2)
    lean = _lean(rng) / 2
    stem = _one(rng, rng.uniform(0.15, 0.6), rng.uniform(28, 62), lean)
    return [*stem, [(-lean - left, 1.0 + rng.normal(0, 0.02)), (-lean + right, 1.0 + rng.normal(0, 0.02))]]


def _one_rounded_flag(rng: np.random.Generator) -> Form:
    """A long flag that rises in a bow and turns into the stem without a corner."""
    lean = float(np.clip(rng.normal(0.04, 0.08), -0.1, 0.25))
    x, y = -rng.uniform(0.3, 0.75), rng.uniform(0.28, 0.6)
    hump = rng.uniform(0.0, 0.07)
    return [[(x, y), (x * 0.5, y * rng.uniform(0.4, 0.62)), (x * 0.12, hump), (0.02, hump + 0.06), *_stem(rng, lean)]]


def _one_flicked(rng: np.random.Generator) -> Form:
    """The pen leaves the foot with a flick, up to the right or to the left."""
    stem = _one_bare(rng)[0] if rng.random() < 0.4 else _one_short_flag(rng)[0]
    return [flicked(stem, rng)]


# --- 2 ---


def _two_top(rng: np.random.Generator) -> list[ControlPoint]:
    start = rng.uniform(0.15, 0.38)
    curl: list[ControlPoint] = [(0.16, start + 0.06)] if rng.random() < 0.25 else []
    return [*curl, (rng.uniform(0, 0.1), start), (0.12, 0.1), (0.4, 0.0), (0.68, 0.1), (0.72, rng.uniform(0.26, 0.36))]


def _two_plain(rng: np.random.Generator) -> Form:
    base = rng.uniform(0.55, 0.95)
    down: list[ControlPoint] = [(0.5, 0.62), (0.22, 0.84), (0.0, 1.0, CORNER)]
    return [[*_two_top(rng), *down, (base / 2, 1.0 + rng.normal(0, 0.04)), (base, 1.0 + rng.normal(-0.02, 0.06))]]


def _two_round(rng: np.random.Generator) -> Form:
    base = rng.uniform(0.6, 0.95)
    return [[*_two_top(rng), (0.5, 0.6), (0.16, 0.82), (0.12, 0.97), (0.4, 1.0), (base, rng.uniform(0.88, 1.0))]]


def _two_looped(rng: np.random.Generator) -> Form:
    loop = rng.uniform(0.08, 0.26)
    turn: list[ControlPoint] = [(0.5, 0.6), (0.26, 0.86), (0.08, 0.98), (-0.04, 0.92), (0.06, 0.98 - loop)]
    return [[*_two_top(rng), *turn, (0.3, 0.92), (0.52, 1.0), (rng.uniform(0.66, 0.95), rng.uniform(0.86, 0.98))]]


def _two_angular(rng: np.random.Generator) -> Form:
    base = rng.uniform(0.5, 0.85)
    top: list[ControlPoint] = [
        (0.02, rng.uniform(0.08, 0.25)),
        (0.3, 0.0),
        (0.6, 0.04),
        (0.66, rng.uniform(0.14, 0.26)),
    ]
    return [[*top, (0.36, 0.6), (0.0, 1.0, CORNER), (base, 1.0 + rng.normal(0, 0.05))]]


# --- 3 ---


def _three_bowl(rng: np.random.Generator, x: float) -> list[ControlPoint]:
    end = rng.uniform(0.72, 0.98)
    wide = rng.uniform(0.62, 0.85)
    return [(wide * 0.85, x + 0.06), (wide, 0.7), (wide * 0.8, 0.92), (0.36, 1.0), (rng.uniform(-0.08, 0.1), end)]


def _three_round(rng: np.random.Generator) -> Form:
    middle, wide = rng.uniform(0.4, 0.5), rng.uniform(0.55, 0.78)
    inner = rng.uniform(0.22, 0.45)
    top: list[ControlPoint] = [(rng.uniform(0, 0.12), rng.uniform(0.08, 0.26)), (0.32, 0.0), (wide, 0.1), (wide, 0.28)]
    return [[*top, (inner, middle, CORNER), *_three_bowl(rng, middle)]]


def _three_smooth(rng: np.random.Generator) -> Form:
    middle, wide = rng.uniform(0.42, 0.5), rng.uniform(0.5, 0.72)
    inner = rng.uniform(0.25, 0.42)
    top: list[ControlPoint] = [
        (rng.uniform(0, 0.12), rng.uniform(0.08, 0.2)),
        (0.3, 0.0),
        (wide, 0.12),
        (wide - 0.08, 0.33),
    ]
    return [[*top, (inner, middle), *_three_bowl(rng, middle)]]


def _three_looped(rng: np.random.Generator) -> Form:
    middle = rng.uniform(0.42, 0.5)
    top: list[ControlPoint] = [(rng.uniform(0, 0.12), rng.uniform(0.1, 0.22)), (0.3, 0.0), (0.6, 0.12), (0.52, 0.34)]
    return [[*top, (0.3, middle + 0.02), (0.22, middle - 0.04), (0.34, middle - 0.06), *_three_bowl(rng, middle)]]


def _three_curled(rng: np.random.Generator) -> Form:
    """Both ends turned in so far that it nearly closes to an 8."""
    middle = rng.uniform(0.42, 0.5)
    top: list[ControlPoint] = [(0.22, rng.uniform(0.26, 0.34)), (0.06, 0.16), (0.3, 0.0), (0.58, 0.14), (0.5, 0.34)]
    bowl: list[ControlPoint] = [(0.6, 0.56), (0.68, 0.76), (0.36, 1.0), (0.02, 0.86), (0.08, rng.uniform(0.68, 0.78))]
    return [[*top, (rng.uniform(0.28, 0.4), middle, CORNER), *bowl]]


def _three_flat(rng: np.random.Generator) -> Form:
    middle = rng.uniform(0.34, 0.46)
    top: list[ControlPoint] = [(rng.uniform(0, 0.12), rng.uniform(0, 0.06)), (rng.uniform(0.58, 0.8), 0.0, CORNER)]
    return [[*top, (rng.uniform(0.2, 0.36), middle, CORNER), *_three_bowl(rng, middle)]]


def _three_angular(rng: np.random.Generator) -> Form:
    wide = rng.uniform(0.6, 0.95)
    top: list[ControlPoint] = [(0.02, rng.uniform(0.0, 0.14)), (0.4, 0.0), (wide, rng.uniform(0.06, 0.18), CORNER)]
    return [[*top, (rng.uniform(0.25, 0.45), 0.45, CORNER), (wide, 0.68), (wide * 0.75, 0.86), (-0.05, 1.0)]]


# How often each form is written, and what writes it.
FORMS: dict[int, dict[str, tuple[float, Callable[[np.random.Generator], Form]]]] = {
    0: {
        "plain": (5, _zero_plain),
        "open": (1.5, _zero_open),
        "overlapped": (2, _zero_overlapped),
        "tailed": (1.5, _zero_tailed),
        "slashed": (1.0, _zero_slashed),
        "slashed past the ring": (1.2, _zero_slashed_past),
        "dotted": (0.7, _zero_dotted),
    },
    1: {
        "bare": (1.2, _one_bare),
        "short flag": (2, _one_short_flag),
        "long flag": (4, _one_long_flag),
        "apart": (1.5, _one_apart),
        "joined low": (0.8, _one_joined_low),
        "level flag": (0.8, _one_level_flag),
        "footed": (0.8, _one_footed),
        "rounded flag": (1.2, _one_rounded_flag),
        "flicked": (1.2, _one_flicked),
    },
    2: {"plain": (4, _two_plain), "round": (2, _two_round), "looped": (2, _two_looped), "angular": (1.5, _two_angular)},
    3: {
        "round": (4, _three_round),
        "smooth": (2, _three_smooth),
        "looped": (1, _three_looped),
        "curled": (1.5, _three_curled),
        "flat": (1.5, _three_flat),
        "angular": (1, _three_angular),
    },
}
