"""Pictures of what people wrote: pen strokes, warped and drawn by the program's own pen, as networks see them."""

from collections.abc import Iterable, Iterator

import numpy as np

from model.constants import SIDE
from model.data.pen_strokes import PenStrokes
from model.handwriting.non_digits import could_be_a_1
from model.handwriting.stroke_warp import StrokeWarp, any_pen_width, warp_strokes
from model.pictures.normalize import normalize
from model.pictures.pen import PEN_WIDTH, paint

DIGITS = "0123456789"
# Letters and signs that nobody takes for a digit. Not among them: O o D Q U u C c (0), I l J j i t (1), Z z ? (2),
# S s $ (5), b G e (6), T L r (7 or 1), B & (8), g q a Y y (9 or 4), and lines, brackets, dots and commas (1).
NON_DIGITS = 'AEFHKMNPRVWXdfhkmnpvwx!"#%*+:;<=>@^~{}'


def digit_pictures(
    people: PenStrokes, count: int, rng: np.random.Generator, amount: StrokeWarp
) -> tuple[np.ndarray, np.ndarray]:
    """Digits of people, each as often as the others: pictures (count, 28, 28) uint8, ink 255, labels (count,) uint8.

    With a count beyond the number of drawings each is warped several times, differently. The same generator state gives
    the same pictures. Raises ValueError where nobody wrote any.
    """
    digits = _some(people, DIGITS)
    order = np.resize(rng.permutation(len(digits)), count)
    pictures = _stacked((_picture(digits.drawings[i], rng, amount) for i in order), count)
    return pictures, digits.symbols[order].astype(np.uint8)


def non_digit_pictures(people: PenStrokes, count: int, rng: np.random.Generator, amount: StrokeWarp) -> np.ndarray:
    """Letters and signs of people that cannot be taken for a digit: pictures (count, 28, 28) uint8, ink 255.

    Raises ValueError where nobody wrote any.
    """
    return _stacked(_without_1s(_some(people, NON_DIGITS), count, rng, amount), count)


def _without_1s(signs: PenStrokes, count: int, rng: np.random.Generator, amount: StrokeWarp) -> Iterator[np.ndarray]:
    """So many pictures of signs, in random order again and again, but for those that came out like a 1."""
    made = 0
    order = rng.permutation(len(signs))
    while made < count:
        for i in order[: count - made]:
            picture = _picture(signs.drawings[i], rng, amount)
            if not could_be_a_1(picture.astype(np.float32) / np.float32(255)):
                made += 1
                yield picture
        order = rng.permutation(len(signs))


def plain_digits(people: PenStrokes) -> tuple[np.ndarray, np.ndarray]:
    """Every digit once, as it was drawn: pictures (N, 28, 28) uint8, ink 255, and labels (N,) uint8."""
    digits = _some(people, DIGITS)
    pictures = _stacked((_painted(drawing, PEN_WIDTH) for drawing in digits.drawings), len(digits))
    return pictures, digits.symbols.astype(np.uint8)


def plain_non_digits(people: PenStrokes) -> np.ndarray:
    """Every letter and sign that is surely no digit once, as it was drawn: pictures (N, 28, 28) uint8, ink 255."""
    signs = _some(people, NON_DIGITS)
    return _stacked((_painted(drawing, PEN_WIDTH) for drawing in signs.drawings), len(signs))


def copies_of(drawing: list[np.ndarray], count: int, rng: np.random.Generator, amount: StrokeWarp) -> np.ndarray:
    """One drawing, strokes (P, 2), P >= 1, of any size, warped so many times: pictures (count, 28, 28) uint8."""
    side = max(float(np.ptp(np.concatenate(drawing), axis=0).max()), 1e-6)
    strokes = [stroke / np.float32(side) for stroke in drawing]
    return _stacked((_picture(strokes, rng, amount) for _ in range(count)), count)


def _some(people: PenStrokes, symbols: str) -> PenStrokes:
    found = people.of_symbols(symbols)
    if not len(found):
        raise ValueError(f"None of these people wrote any of {symbols}.")
    return found


def _picture(drawing: list[np.ndarray], rng: np.random.Generator, amount: StrokeWarp) -> np.ndarray:
    strokes = warp_strokes(drawing, rng, amount)
    return _painted(strokes, any_pen_width(rng, amount))


def _painted(strokes: list[np.ndarray], pen_width: float) -> np.ndarray:
    """(28, 28) uint8, ink 255."""
    normal = normalize(paint(strokes, pen_width))
    if normal is None:
        return np.zeros((SIDE, SIDE), np.uint8)
    return np.rint(normal * 255).astype(np.uint8)


def _stacked(pictures: Iterable[np.ndarray], count: int) -> np.ndarray:
    """So many pictures (28, 28) -> (count, 28, 28) uint8, written to their place one by one as they are made."""
    stacked = np.empty((count, SIDE, SIDE), np.uint8)
    for place, picture in zip(stacked, pictures, strict=True):
        place[...] = picture
    return stacked
