"""Signs in numbers: point, comma, colon, minus, plus and slash, told by shape, size and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.reading.marks import Mark, union

POINT, COMMA, COLON, MINUS, PLUS, SLASH = ".", ",", ":", "-", "+", "/"
BEFORE = (MINUS, PLUS)  # signs that may stand before the first digit; all others stand between two
LOW_SIGNS = (POINT, COMMA)  # signs that stand at the foot of the line
DOT = 0.09  # of the line's height: the path of a pen that hardly moved
LARGE_DOT = 0.14  # the same for the two of a colon
COLON_APART = 0.6  # of the line's height: the two of a colon are seldom farther apart, as the ends of a 2 are ...
COLON_FAR = 15.0  # ... and nats for a line's height more
LOW = 0.72  # of the line's height from its top: the middle of what stands on the line lies below this ...
PLUS_ARMS = 0.28  # of the shorter side of a plus: its arms reach at most so far from their middles, else it is a blot
PLUS_HEIGHT = 0.85  # of the line's height: a plus is lower than digits
MIDDLE = (0.28, 0.72)  # ... and that of a minus between these
SHORTER = 0.55  # of the line's height: strokes shorter than this are no 1
FLAT = 28  # degrees from level: a minus
UPRIGHT = 34  # degrees from upright: between a 1, as one in a hundred leans so far, and a slash
TURN = 4.0  # degrees that make a nat of difference there


@dataclass(frozen=True)
class Line:
    """Where the digits of a line stand: the top of its digits and their height, in units of the page."""

    top: float
    height: float

    def place(self, mark: Mark) -> float:
        """How far down the middle of a mark is, from 0 at the top of the digits to 1 at their foot."""
        box = mark.path
        return (box[1] + box[3] / 2 - self.top) / max(self.height, 1e-6)


def is_dot(mark: Mark, height: float) -> bool:
    """Whether a mark is a tap of the pen, in a line of that height."""
    return mark.is_dot or max(mark.path[2:]) <= DOT * height


def sign_of(marks: Sequence[Mark], line: Line) -> tuple[str, float] | None:
    """The sign that these marks may be, and what it costs in nats that they are; None where they can be none."""
    if len(marks) == 1:
        return _one_mark(marks[0], line)
    if len(marks) == 2:
        return _two_marks(marks[0], marks[1], line)
    return None


def _one_mark(mark: Mark, line: Line) -> tuple[str, float] | None:
    height = max(line.height, 1e-6)
    place, size = line.place(mark), mark.length / height
    if is_dot(mark, height):
        return (POINT, 0.2) if place > LOW else None
    if not mark.is_straight:
        return _plus_patch(mark, line)
    tilt = min(mark.angle, 180 - mark.angle)
    if tilt < FLAT:
        level = MIDDLE[0] < place < MIDDLE[1]
        return (MINUS, 0.3) if level and 0.12 < size < 1.3 else None
    if size < SHORTER:
        return (COMMA, 0.3) if place > LOW else None
    lean = 90 - mark.angle  # to the right
    if lean > 0 and mark.path[3] >= 0.6 * height:
        return SLASH, min(max((UPRIGHT - lean) / TURN, -1.5), 4.0)
    return None


def _plus_patch(mark: Mark, line: Line) -> tuple[str, float] | None:
    """A plus in one piece: ink along the middle row and the middle column of its box alone."""
    left, top, width, height = mark.box
    pen = max(mark.pen, 0.02 * line.height)
    if not (0.15 < mark.path[3] / max(line.height, 1e-6) < PLUS_HEIGHT and 0.55 < width / max(height, 1e-6) < 1.8):
        return None
    if not MIDDLE[0] < line.place(mark) < MIDDLE[1]:
        return None
    x, y = mark.points[:, 0] - left - width / 2, mark.points[:, 1] - top - height / 2
    tolerance = pen * 0.65 + 0.06 * max(width, height)
    if tolerance > PLUS_ARMS * min(width, height):
        return None
    near = (abs(x) <= tolerance) | (abs(y) <= tolerance)
    outer = (abs(x) > 0.3 * width) | (abs(y) > 0.3 * height)
    if near.mean() < 0.93 or outer.mean() < 0.25:
        return None
    arms = [(x < -0.3 * width).any(), (x > 0.3 * width).any(), (y < -0.3 * height).any(), (y > 0.3 * height).any()]
    return (PLUS, -0.5) if all(arms) else None


def _two_marks(a: Mark, b: Mark, line: Line) -> tuple[str, float] | None:
    height = max(line.height, 1e-6)
    box = union([a.path, b.path])
    if all(is_dot(mark, height) or mark.length < LARGE_DOT * height for mark in (a, b)):
        upper, lower = sorted((a, b), key=line.place)
        apart = line.place(lower) - line.place(upper)
        above = abs((a.path[0] + a.path[2] / 2) - (b.path[0] + b.path[2] / 2)) < 0.2 * height
        level = 0.12 < apart < 0.9 and 0.0 < line.place(upper) < 0.75
        return (COLON, 0.2 + COLON_FAR * max(0.0, apart - COLON_APART)) if above and level else None
    if a.is_straight and b.is_straight:
        flat, steep = sorted((a, b), key=lambda mark: min(mark.angle, 180 - mark.angle))
        crossing = _crosses(flat, steep)
        level = min(flat.angle, 180 - flat.angle) < FLAT and abs(90 - steep.angle) < FLAT
        if (
            crossing
            and level
            and box[3] < 1.0 * height
            and MIDDLE[0] < (box[1] + box[3] / 2 - line.top) / height < MIDDLE[1]
        ):
            return PLUS, -0.5
    return None


def _crosses(flat: Mark, steep: Mark) -> bool:
    """Whether each goes through the middle part of the other."""
    x, y = steep.path[0] + steep.path[2] / 2, flat.path[1] + flat.path[3] / 2
    across = (x - flat.path[0]) / max(flat.path[2], 1e-6)
    down = (y - steep.path[1]) / max(steep.path[3], 1e-6)
    return 0.2 < across < 0.8 and 0.2 < down < 0.8
