"""Figures: what was found on a page: one digit, or the digits of a number, each with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from model.pictures.patches import Box
from model.reading.reader import NOTHING, Reading

UNKNOWN = "?"


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its reading, its box (left, top, width, height), and the marks (indices) that it is made of.

    A box has the units of what was read: of the drawing's canvas, or pixels of the picture.
    """

    reading: Reading
    box: Box
    marks: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The digit; "?" for what looks like none."""
        return str(self.reading.digit) if self.reading.is_digit else UNKNOWN


@dataclass(frozen=True, eq=False)
class Number:
    """The figures of a page, line by line from the top, in a line from left to right; none on an empty page.

    apart: from 0 to 1, how plainly the figures are told apart; less than 1 where one touches the next.
    """

    lines: tuple[tuple[Figure, ...], ...] = ()
    apart: float = 1.0

    def scaled(self, scale: float) -> Number:
        """The same with boxes in other units, of which so many make one of these."""
        lines = [[replace(figure, box=_scaled(figure.box, scale)) for figure in line] for line in self.lines]
        return Number(tuple(map(tuple, lines)), self.apart)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order in which one reads."""
        return tuple(figure for line in self.lines for figure in line)

    @property
    def text(self) -> str:
        """The number as a whole, "2026"; a blank between lines; "?" for a figure that is no digit."""
        return " ".join("".join(figure.text for figure in line) for line in self.lines)

    @property
    def largest(self) -> int:
        """Which of the figures is the largest by its longer side; 0 on an empty page."""
        sides = [max(figure.box[2:]) for figure in self.figures]
        return sides.index(max(sides)) if sides else 0

    @property
    def reading(self) -> Reading:
        """The reading of the largest figure, which is the only one where one digit was written."""
        figures = self.figures
        return figures[self.largest].reading if figures else NOTHING

    @property
    def sure(self) -> bool:
        """Whether every digit is to be believed, and that there are so many."""
        return bool(self.lines) and self.apart >= 0.5 and all(figure.reading.sure for figure in self.figures)

    @property
    def confidence(self) -> float:
        """That of the least certain figure, less where they are not plainly apart; from 0 to 1."""
        return self.apart * min((figure.reading.confidence for figure in self.figures), default=0.0)


def _scaled(box: Box, scale: float) -> Box:
    left, top, width, height = box
    return left * scale, top * scale, width * scale, height * scale


def as_json(source: str, number: Number) -> str:
    """One number as one line of JSON: its largest digit first of all, then every digit with its box."""
    record: dict[str, Any] = {
        "source": source,
        "digit": number.reading.digit,
        "sure": number.sure,
        "confidence": round(number.confidence, 6),
        "probabilities": _rounded(number.reading.probabilities),
        "number": number.text,
        "digits": [
            {
                "box": [round(side, 2) for side in figure.box],
                "digit": figure.reading.digit,
                "sure": figure.reading.sure,
                "confidence": round(figure.reading.confidence, 6),
                "probabilities": _rounded(figure.reading.probabilities),
            }
            for figure in number.figures
        ],
    }
    return json.dumps(record)


def _rounded(probabilities: np.ndarray) -> list[float]:
    """Ten probabilities as JSON shows them."""
    return [round(float(probability), 6) for probability in probabilities]


def as_text(source: str, number: Number) -> str:
    """One number as one line for people."""
    reading = number.reading
    if reading.digit is None:
        return f"{source}: nothing is drawn"
    certainty = f"{100 * number.confidence:.0f} %"
    if number.sure:
        return f"{source}: {number.text} ({certainty})"
    if len(number.figures) > 1:
        return f"{source}: not sure, perhaps {number.text} ({certainty})"
    if not reading.is_digit:
        return f"{source}: no digit, but most like {reading.digit} ({certainty})"
    return f"{source}: not sure, perhaps {reading.digit} ({certainty}), else {reading.runner_up}"
