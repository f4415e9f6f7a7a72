"""Pictures that are no digit: what a network is taught to doubt."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from model.handwriting.digits import write_strokes
from model.handwriting.hand import CORNER, ControlPoint, Form, Hand, write
from model.handwriting.letters import LETTERS, write_letter
from model.handwriting.signs import SIGNS
from model.pictures.normalize import normalize
from model.pictures.pen import paint

Strokes = list[np.ndarray]

# Halves that cannot be read any more: the lower half of a 9 would be a 1, a half of an 8 a 0.
HALVES = {0: "tblr", 2: "bl", 3: "bl", 5: "tr", 6: "r", 8: "l"}
# Digits on top of each other that hide both: a 1 on a 0 would be a 0 with a slash.
CLASHES = [
    (2, 4),
    (2, 5),
    (2, 6),
    (2, 0),
    (3, 4),
    (4, 5),
    (4, 6),
    (4, 8),
    (4, 0),
    (7, 3),
    (7, 5),
    (7, 6),
    (9, 2),
    (5, 0),
]
# Digits that a mirror turns into no other digit, and in which form (None: any).
MIRRORED = [(3, None), (7, None), (9, "straight")]


def images(count: int, rng: np.random.Generator, kinds: Sequence[str] | None = None) -> np.ndarray:
    """Pictures of no digit as networks see them, (count, 28, 28) uint8, ink 255; kinds: names in KINDS, else all.

    The kinds come in turn, each as often as KINDS says. The same generator state gives the same pictures.
    """
    names = list(KINDS) if kinds is None else list(kinds)
    turns = np.resize([name for name in names for _ in range(KINDS[name][0])], count)
    pictures = np.empty((count, 28, 28), np.uint8)
    for place, name in zip(pictures, turns, strict=True):
        place[...] = image(str(name), rng)
    return pictures


def image(kind: str, rng: np.random.Generator) -> np.ndarray:
    """One picture of this kind, (28, 28) uint8; what could be a 1 is left out, whatever it was meant to be."""
    while True:
        made = KINDS[kind][1](rng)
        if isinstance(made, list):
            pen_width = Hand.any(rng).pen_width
            made = normalize(paint(made, pen_width))
        if made is None:
            return np.zeros((28, 28), dtype=np.uint8)
        if not could_be_a_1(made):
            return np.rint(made * 255).astype(np.uint8)


def could_be_a_1(picture: np.ndarray) -> bool:
    """Whether the ink is twice as long as wide (standard deviations along its axes), and not lying flat."""
    rows, columns = np.nonzero(picture > 0.25)
    if len(rows) < 2:
        return False
    spreads, axes = np.linalg.eigh(np.cov(rows, columns))
    return bool(spreads[0] < 0.25 * spreads[1] and abs(axes[0, 1]) > 0.5)


def _letter(rng: np.random.Generator) -> Strokes:
    return write_letter(str(rng.choice(list(LETTERS))), Hand.any(rng), rng)


def _two_letters(rng: np.random.Generator) -> Strokes:
    first, second = _letter(rng), _letter(rng)
    return first + _beside(first, second, rng.uniform(0.05, 0.25))


def _sign(rng: np.random.Generator) -> Strokes:
    return write(SIGNS[str(rng.choice(list(SIGNS)))](rng), Hand.any(rng), rng)


def _invented(rng: np.random.Generator) -> Strokes:
    """A sign that nobody has: a few strokes through points by chance."""
    form: Form = []
    for _ in range(int(rng.integers(3, 6))):
        points = rng.uniform(0, 1, (int(rng.integers(2, 5)), 2))
        sharp = rng.random(len(points)) < 0.5
        stroke: list[ControlPoint] = []
        for (x, y), corner in zip(points, sharp, strict=True):
            stroke.append((x, y, CORNER) if corner else (x, y))
        form.append(stroke)
    strokes = write(form, Hand.any(rng), rng)
    return _invented(rng) if _is_narrow(strokes) else strokes


def _scribble(rng: np.random.Generator) -> Strokes:
    count = int(rng.integers(9, 22))
    points = rng.uniform(0, 1, (count, 2)) * [rng.uniform(0.7, 1.5), 1]
    return write([[(x, y) for x, y in points]], _steady(rng), rng)


def _loops(rng: np.random.Generator) -> Strokes:
    """Rounds that wander to the right, as when one tries a pen."""
    turns = rng.uniform(2.5, 6)
    angles = np.arange(0, turns * 2 * np.pi, np.pi / 4) + rng.uniform(0, 6)
    drift = rng.uniform(0.16, 0.5) * angles / (2 * np.pi)
    return write(
        [[(0.3 * np.cos(a) + d, 0.5 + 0.5 * np.sin(a)) for a, d in zip(angles, drift, strict=True)]], _steady(rng), rng
    )


def _spiral(rng: np.random.Generator) -> Strokes:
    turns = rng.uniform(2, 4.5) * (1 if rng.random() < 0.5 else -1)
    steps = np.linspace(0.04, 1, int(abs(turns) * 9))
    angles = 2 * np.pi * turns * steps + rng.uniform(0, 6)
    points = 0.5 + 0.5 * steps[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    stroke: list[ControlPoint] = [(x, y) for x, y in points]
    return write([stroke if rng.random() < 0.7 else stroke[::-1]], _steady(rng), rng)


def _zigzag(rng: np.random.Generator) -> Strokes:
    teeth = int(rng.integers(5, 14))
    along = np.linspace(0, rng.uniform(0.5, 2), teeth) + rng.normal(0, 0.03, teeth)
    across = np.arange(teeth) % 2 * rng.uniform(0.3, 1) + rng.normal(0, 0.05, teeth)
    corner = rng.random() < 0.7
    form: Form = [[(x, y, CORNER) if corner else (x, y) for x, y in zip(along, across, strict=True)]]
    return _turned(write(form, _steady(rng), rng), rng.uniform(-0.6, 0.6) if teeth < 8 else rng.uniform(-np.pi, np.pi))


def _line(rng: np.random.Generator) -> Strokes:
    """A line too flat for a 1."""
    angle = np.radians(rng.uniform(-32, 32))
    strokes = write([[(0.0, 0.0), (0.0, 0.5), (0.0, 1.0)]], replace(_steady(rng), slant=0.0, tilt=0.0), rng)
    return _turned(strokes, np.pi / 2 + angle)


def _lines(rng: np.random.Generator) -> Strokes:
    """Some lines side by side or in a grid."""
    count = int(rng.integers(2, 7))
    step = rng.uniform(0.15, 0.4)
    form: Form = [[(i * step, rng.normal(0, 0.05)), (i * step, 1 + rng.normal(0, 0.05))] for i in range(count)]
    if rng.random() < 0.4:
        form += [[(-0.2, y), (count * step, y)] for y in rng.uniform(0.1, 0.9, int(rng.integers(2, 5)))]
    return _turned(write(form, _steady(rng), rng), rng.uniform(-np.pi, np.pi))


def _dots(rng: np.random.Generator) -> Strokes:
    count = 1 if rng.random() < 0.25 else int(rng.integers(2, 14))
    return [rng.uniform(0, 1, (1, 2)).astype(np.float32) for _ in range(count)]


def _half(rng: np.random.Generator) -> Strokes:
    digit = int(rng.choice(list(HALVES)))
    strokes = write_strokes(digit, rng)
    side = str(rng.choice(list(HALVES[digit])))
    axis, sign = (1 if side in "tb" else 0), (1 if side in "tl" else -1)
    along = np.concatenate(strokes)[:, axis]
    cut = along.min() + np.ptp(along) * (0.5 - sign * rng.uniform(0, 0.08))
    pieces: Strokes = []
    for stroke in strokes:
        kept = sign * (stroke[:, axis] - cut) <= 0
        starts = np.flatnonzero(np.diff(kept)) + 1
        runs = np.split(np.arange(len(stroke)), starts)
        pieces += [stroke[run] for run in runs if kept[run[0]] and len(run) > 1]
    return _half(rng) if not pieces or _is_narrow(pieces) else pieces


def _two_digits(rng: np.random.Generator) -> Strokes:
    """Two digits on top of each other, or side by side."""
    if rng.random() < 0.3:
        first, second = write_strokes(int(rng.integers(10)), rng), write_strokes(int(rng.integers(10)), rng)
        return first + _beside(first, second, rng.uniform(0.08, 0.4))
    pair = CLASHES[int(rng.integers(len(CLASHES)))]
    first, second = write_strokes(pair[0], rng), write_strokes(pair[1], rng)
    return first + [stroke + rng.normal(0, 0.08, 2).astype(np.float32) for stroke in second]


def _turned_digit(rng: np.random.Generator) -> Strokes:
    """A digit in a mirror or lying on its side, where that makes no other digit."""
    if rng.random() < 0.5:
        digit, form = MIRRORED[int(rng.integers(len(MIRRORED)))]
        return [stroke * np.array([-1, 1], dtype=np.float32) for stroke in write_strokes(digit, rng, form)]
    return _turned(write_strokes(int(rng.choice([3, 4, 5, 8])), rng), float(rng.choice([-1, 1])) * np.pi / 2)


def _blob(rng: np.random.Generator) -> np.ndarray | None:
    """A thick stain: hardly a shape left."""
    points = rng.normal(0, 0.5, (int(rng.integers(3, 8)), 2)).astype(np.float32)
    return normalize(paint([points], rng.uniform(0.4, 0.9)))


def _filled(rng: np.random.Generator) -> np.ndarray | None:
    """Hatching, line by line, until the paper is nearly full."""
    count = int(rng.integers(8, 16))
    rows = np.linspace(0, 1, count) + rng.normal(0, 0.02, count)
    reach = np.where(np.arange(count) % 2 == 0, 0.0, rng.uniform(0.5, 1.2)) + rng.normal(0, 0.06, count)
    return normalize(paint(_turned([np.stack([reach, rows], axis=1)], rng.uniform(-3, 3)), rng.uniform(0.06, 0.14)))


def _paper(rng: np.random.Generator) -> np.ndarray:
    """Nothing at all, all ink, or noise over the whole picture."""
    kind = rng.random()
    if kind < 0.25:
        return np.full((28, 28), rng.uniform(0, 0.05) if rng.random() < 0.5 else rng.uniform(0.5, 1), dtype=np.float32)
    if kind < 0.5:
        height, width = rng.integers(10, 29, 2)
        block = normalize(np.ones((height, width), dtype=np.float32))
        return np.zeros((28, 28), dtype=np.float32) if block is None else block
    if kind < 0.75:
        return rng.random((28, 28), dtype=np.float32) ** np.float32(rng.uniform(0.5, 6))
    coarse = rng.random((7, 7), dtype=np.float32) > rng.uniform(0.3, 0.8)
    return np.kron(coarse, np.ones((4, 4))).astype(np.float32) * rng.uniform(0.4, 1)


def _is_narrow(strokes: Strokes) -> bool:
    """Whether these are hardly more than a line, which could be a 1."""
    extent = np.ptp(np.concatenate(strokes), axis=0)
    return bool(extent.min() < 0.35 * extent.max())


def _steady(rng: np.random.Generator) -> Hand:
    return replace(Hand.any(rng), gap=0.0, aim=0.02)


def _turned(strokes: Strokes, angle: float) -> Strokes:
    cos, sin = np.cos(angle), np.sin(angle)
    return [(stroke @ np.array([[cos, sin], [-sin, cos]])).astype(np.float32) for stroke in strokes]


def _beside(first: Strokes, second: Strokes, gap: float) -> Strokes:
    """The second moved to the right of the first."""
    right = np.concatenate(first)[:, 0].max()
    left = np.concatenate(second)[:, 0].min()
    return [stroke + np.array([right - left + gap, 0], dtype=np.float32) for stroke in second]


# How often each kind comes, and what makes it: strokes for the pen, or a picture (28, 28) in 0..1.
KINDS: dict[str, tuple[int, Callable[[np.random.Generator], Strokes | np.ndarray | None]]] = {
    "letter": (8, _letter),
    "two letters": (1, _two_letters),
    "sign": (4, _sign),
    "invented": (4, _invented),
    "scribble": (3, _scribble),
    "loops": (1, _loops),
    "spiral": (1, _spiral),
    "zigzag": (1, _zigzag),
    "line": (1, _line),
    "lines": (1, _lines),
    "dots": (1, _dots),
    "half": (2, _half),
    "two digits": (2, _two_digits),
    "turned digit": (2, _turned_digit),
    "blob": (1, _blob),
    "filled": (1, _filled),
    "paper": (1, _paper),
}
