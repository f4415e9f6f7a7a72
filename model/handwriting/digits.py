"""Digits written by a model of a pen: the forms that people use, those that MNIST lacks among them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.handwriting import digits_0_to_3, digits_4_to_6, digits_7_to_9
from model.handwriting.hand import Form, Hand, write
from model.pictures.drawing import Drawing, Stroke
from model.pictures.normalize import normalize
from model.pictures.pen import paint

CANVAS = 256
FORMS = digits_0_to_3.FORMS | digits_4_to_6.FORMS | digits_7_to_9.FORMS


def write_digit(digit: int, rng: np.random.Generator, form: str | None = None) -> Drawing:
    """One digit in some hand as strokes on a canvas of 256 x 256, its word the digit; form: a name in FORMS[digit]."""
    strokes = write_strokes(digit, rng, form)
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = np.float32(CANVAS * rng.uniform(0.3, 0.9)) / max(float(extent.max()), 1e-6)
    place = rng.uniform(0.05, 0.95, 2).astype(np.float32) * (CANVAS - extent * scale)
    return Drawing(
        strokes=tuple(Stroke((stroke - low) * scale + place) for stroke in strokes),
        canvas=(CANVAS, CANVAS),
        word=str(digit),
    )


def images(count: int, rng: np.random.Generator, digits: Sequence[int] | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Written digits as networks see them: pictures (count, 28, 28) uint8, ink 255, and labels (count,) uint8.

    digits are written in turn (all ten unless given); repeat one to have more of it. The same generator state
    gives the same pictures.
    """
    digits = range(10) if digits is None else digits
    labels = np.resize(np.array(digits, dtype=np.uint8), count)
    pictures = np.zeros((count, 28, 28), dtype=np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        hand = _hand(int(label), rng)
        strokes = write(_form(int(label), rng), hand, rng)
        normal = normalize(paint(strokes, hand.pen_width))
        if normal is not None:
            picture[:] = np.rint(normal * 255)
    return pictures, labels


def write_strokes(
    digit: int, rng: np.random.Generator, form: str | None = None, *, neat: bool = False
) -> list[np.ndarray]:
    """The strokes of one digit in some hand, each (P, 2) float32, about one unit high, y down.

    neat: the hand neither hurries nor shakes, and leaves no gap.
    """
    chosen, hand = _form(digit, rng, form), _hand(digit, rng)  # in this order, or a seed would write other digits
    if neat:
        hand = replace(hand, pace=0.0, tremor=0.0, gap=0.0)
    return write(chosen, hand, rng)


def _hand(digit: int, rng: np.random.Generator) -> Hand:
    hand = Hand.any(rng)
    if digit == 1:  # its forms lean by themselves, and its flag is small beside what a hand may miss
        return replace(hand, slant=0.0, width=1.0, tilt=hand.tilt * 0.8, aim=hand.aim * 0.5, bend=hand.bend * 0.5)
    if digit == 7:  # turned, its bar would be a flag
        return replace(hand, tilt=hand.tilt * 0.7, bend=hand.bend * 0.6)
    return hand


def _form(digit: int, rng: np.random.Generator, name: str | None = None) -> Form:
    forms = FORMS[digit]
    if name is None:
        weights = np.array([weight for weight, _ in forms.values()])
        name = list(forms)[int(rng.choice(len(weights), p=weights / weights.sum()))]
    return forms[name][1](rng)
