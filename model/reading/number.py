"""Numbers: what was found on a page: one digit, or the digits and signs of a number, each with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from model.pictures.patches import Box
from model.reading.marks import union
from model.reading.reader import NOTHING, Reading

UNKNOWN = "?"
CLOSE = 0.25  # of the tallest figure's height: bits of ink that were left out so near to each other are one mark
LONGEST = 160  # characters: a number that is not sure and longer is cut short in a line for people ...
ENDS = 60  # ... to so many from its start and from its end


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its reading, its box (left, top, width, height), and the marks (indices) that it is made of.

    A box has the units of what was read: of the drawing's canvas, or pixels of the picture. sign: "" for a digit, else
    the sign that it is, one of those in signs.py; the reading then says what the network would take it for.
    """

    reading: Reading
    box: Box
    marks: tuple[int, ...] = ()
    sign: str = ""

    @property
    def text(self) -> str:
        """The digit or the sign; "?" for what looks like neither."""
        return self.sign or (str(self.reading.digit) if self.reading.is_digit else UNKNOWN)

    @property
    def sure(self) -> bool:
        """Whether to believe it by itself."""
        return bool(self.sign) or self.reading.sure


@dataclass(frozen=True, eq=False)
class Number:
    """The figures of a page, line by line from the top, in a line from left to right; none on an empty page.

    apart: from 0 to 1, how plainly the figures are told apart; less than 1 where one touches the next, or where the
    same ink may as well be another number. left_out: boxes of ink that belongs to no figure, which leaves doubt.
    too_many: there are more marks than are told apart, and the one figure stands for all of them.
    """

    lines: tuple[tuple[Figure, ...], ...] = ()
    apart: float = 1.0
    left_out: tuple[Box, ...] = ()
    too_many: bool = False

    def scaled(self, scale: float) -> Number:
        """The same with boxes in other units, of which so many make one of these."""
        lines = [[replace(figure, box=_scaled(figure.box, scale)) for figure in line] for line in self.lines]
        return replace(
            self, lines=tuple(map(tuple, lines)), left_out=tuple(_scaled(box, scale) for box in self.left_out)
        )

    def named(self, names: Sequence[int]) -> Number:
        """The same with these names for the marks."""
        lines = [
            tuple(replace(figure, marks=tuple(names[mark] for mark in figure.marks)) for figure in line)
            for line in self.lines
        ]
        return replace(self, lines=tuple(lines))

    def surer_than(self, least: Sequence[float]) -> Number:
        """The same, sure of no digit of less confidence than this; least: ten, one for each digit."""
        return self.doubting(
            lambda figure: figure.reading.digit is not None and figure.reading.confidence < least[figure.reading.digit]
        )

    def leaving_out(self, boxes: Sequence[Box]) -> Number:
        """The same with more ink that belongs to no figure; bits of it that lie close together are one box."""
        reach = CLOSE * max((figure.box[3] for figure in self.figures), default=0.0)
        return replace(self, left_out=_joined((*self.left_out, *boxes), reach))

    def doubting(self, doubtful: Callable[[Figure], bool]) -> Number:
        """The same, not sure of the figures of which this is true."""
        lines = [
            tuple(
                replace(figure, reading=replace(figure.reading, sure=False)) if doubtful(figure) else figure
                for figure in line
            )
            for line in self.lines
        ]
        return replace(self, lines=tuple(lines))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order in which one reads."""
        return tuple(figure for line in self.lines for figure in line)

    @property
    def text(self) -> str:
        """The number as a whole, "2026" or "12.5"; a blank between lines; "?" for a figure that is no digit or sign."""
        return " ".join("".join(figure.text for figure in line) for line in self.lines)

    @property
    def largest(self) -> int:
        """Which of the digits is the largest by its longer side; 0 on an empty page."""
        sides = [0.0 if figure.sign else max(figure.box[2:]) for figure in self.figures]
        return sides.index(max(sides)) if sides else 0

    @property
    def reading(self) -> Reading:
        """The reading of the largest figure, which is the only one where one digit was written."""
        figures = self.figures
        return figures[self.largest].reading if figures else NOTHING

    @property
    def sure(self) -> bool:
        """Whether every figure is to be believed, that there are so many, and that there is nothing else."""
        whole = bool(self.lines) and not self.left_out and not self.too_many
        return whole and self.apart >= 0.5 and all(figure.sure for figure in self.figures)

    @property
    def confidence(self) -> float:
        """That of the least certain digit, less where they are not plainly apart; from 0 to 1."""
        return self.apart * min((figure.reading.confidence for figure in self.figures if not figure.sign), default=0.0)


def _joined(boxes: Sequence[Box], reach: float) -> tuple[Box, ...]:
    """The boxes, those as one that are no farther apart than this, in the order in which they begin."""
    joined: list[Box] = []
    for box in boxes:
        while near := [other for other in joined if _gap(box, other) <= reach]:
            box = union([*near, box])
            joined = [other for other in joined if other not in near]
        joined.append(box)
    return tuple(joined)


def _gap(a: Box, b: Box) -> float:
    """How far two boxes are apart across or down, whichever is more; 0 where they overlap."""
    across, down = (max(a[i], b[i]) - min(a[i] + a[i + 2], b[i] + b[i + 2]) for i in (0, 1))
    return max(across, down, 0.0)


def _scaled(box: Box, scale: float) -> Box:
    left, top, width, height = box
    return left * scale, top * scale, width * scale, height * scale


def as_json(source: str, number: Number) -> str:
    """One number as one line of JSON: its largest digit first of all, then every figure with its box.

    A sign has the digit null and the key "sign". "left_out" has the boxes of ink that belongs to no figure.
    """
    record: dict[str, Any] = {
        "source": source,
        "digit": number.reading.digit,
        "sure": number.sure,
        "confidence": round(number.confidence, 6),
        "probabilities": _rounded(number.reading.probabilities),
        "number": number.text,
        "digits": [_figure_record(figure) for figure in number.figures],
        "left_out": [_rounded_box(box) for box in number.left_out],
    }
    if number.too_many:
        record["too_many"] = True
    return json.dumps(record)


def _figure_record(figure: Figure) -> dict[str, Any]:
    record: dict[str, Any] = {
        "box": _rounded_box(figure.box),
        "digit": None if figure.sign else figure.reading.digit,
        "sure": figure.sure,
        "confidence": round(figure.reading.confidence, 6),
        "probabilities": _rounded(figure.reading.probabilities),
    }
    return record | {"sign": figure.sign} if figure.sign else record


def _rounded_box(box: Box) -> list[float]:
    return [round(side, 2) for side in box]


def _rounded(probabilities: np.ndarray) -> list[float]:
    """Ten probabilities as JSON shows them."""
    return [round(float(probability), 6) for probability in probabilities]


def as_text(source: str, number: Number) -> str:
    """One number as one line for people."""
    reading = number.reading
    if reading.digit is None:
        return f"{source}: nothing is drawn"
    if number.too_many:
        return f"{source}: too many marks to tell figures apart; give a page with fewer"
    certainty = f"{100 * number.confidence:.0f} %"
    if number.sure:
        return f"{source}: {number.text} ({certainty})"
    rest = _told_left_out(number)
    if len(number.figures) > 1:
        return f"{source}: not sure, perhaps {_short(number)} ({certainty}){rest}"
    if not reading.is_digit:
        return f"{source}: no digit, but most like {reading.digit} ({certainty}){rest}"
    if reading.sure and rest:
        return f"{source}: not sure, perhaps {reading.digit} ({certainty}){rest}"
    return f"{source}: not sure, perhaps {reading.digit} ({certainty}), else {reading.runner_up}{rest}"


def _short(number: Number) -> str:
    """The number, cut short where it is so long that nobody reads it in a sentence: as pages full of ink are."""
    text = number.text
    if len(text) <= LONGEST:
        return text
    return f"{text[:ENDS].rstrip()} ... {text[-ENDS:].lstrip()}, {len(number.figures)} figures"


def _told_left_out(number: Number) -> str:
    """What is said of ink that was left out; "" where there is none."""
    count = len(number.left_out)
    return "" if not count else f"; {count} {'mark was' if count == 1 else 'marks were'} left out"
