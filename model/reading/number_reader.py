"""Number reader: a drawing or a picture with one digit or several in, a Number out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from model.pictures.drawing import Drawing
from model.pictures.ink import ink_steps
from model.pictures.patches import Box, Patches, cut, patches_of
from model.pictures.photograph import Photograph
from model.pictures.stroke_width import SMALL
from model.reading.choice import Choice, boxes_left_out, choices_of
from model.reading.doubts import stand_oddly
from model.reading.grouping import TOUCH, Guess, alone_cost
from model.reading.marks import Mark, union
from model.reading.number import Figure, Number
from model.reading.page import MOST_MARKS, Page, Shown, enlarged, page_of_patches, page_of_strokes
from model.reading.reader import Reader, Reading
from model.reading.traces import filled_up, traces_beside

UNLIKE = 0.5  # of the taller digit's height: two in a column where one is lower may be a letter or a broken digit
AMBIGUOUS = 0.4  # how plainly apart digits in a column are that look like one digit together
PLAIN = 0.5  # of the narrower mark's width, or of a mark's height: strokes of one digit share so much
NARROW = 0.2  # of the height of all marks: the gap between a digit and its bar
LOW = 0.3  # of the same: the height of a bar
TALLEST = 0.65  # of the same: in one digit the tallest stroke is at least so tall, in a column of digits seldom
PLAIN_MARKS = 6  # of one digit, at most, to tell it quickly
SPARE = 0.1  # of a digit's height: a mark so far beside it that it does not need may be no part of it ...
SPARE_ABOVE = 0.25  # ... and one so far above or below
LEAST_DIGITS = 4  # fewer strokes in lines may be a face
HARDLY_MORE = 4.0  # nats: digits are likelier than what is no digit where they cost no more than this beside it
COLUMN_PART = 0.2  # of the height of all marks: what is so high above or below a gap may be a digit in a column
# Times less doubt: what a digit on paper takes to be sure, of what it takes on the canvas. Networks are less sure of
# right 1s, which may be 7s, than of any wrong digit: what is wrong on pages is a hooked 6 that is taken for an 8, a 7
# for a 9 or an open 4 for a 9.
PAPER = tuple(1.0 if digit == 1 else 12.0 for digit in range(10))

LARGER = 4  # times: a picture that was drawn for a network is so much enlarged where it may hold several digits

Picture = NDArray[np.float32]


def read_numbers(reader: Reader, drawings: Iterable[Drawing]) -> list[Number]:
    """Read drawings of one digit or several next to each other, also in lines below each other.

    A drawing that is one figure gets the very Reading that Reader.read_drawing would give it.
    """
    return _read_pages([page_of_strokes(drawing) for drawing in drawings], reader.read_drawings)


def read_number(reader: Reader, ink: Picture, traces: Picture | None = None) -> Number:
    """Read a picture (H, W) float32, ink 1 on 0, of one digit or several; boxes are in its pixels.

    traces: of the same form, also of what was taken for no ink: see `InkSteps`. Those beside the number leave doubt.
    Light, paper and camera leave more chance to be wrong than a drawing does: it takes more to be sure, but for
    a picture so small that it was drawn for a network.
    """
    patches = cut(patches_of(ink))
    number = _read_pages([page_of_patches(ink, patches)], reader.read_pictures)[0]
    if max(ink.shape) <= SMALL and not number.sure and len(patches.boxes) > 1:
        # Large enough that its figures are told apart: it may be a number that was cut out of a page.
        apart = read_number(reader, _times(ink, LARGER)).scaled(1 / LARGER)
        return apart if apart.sure and len(apart.figures) > 1 else number
    number = number.leaving_out(patches.foreign)
    if traces is not None and number.figures:
        beside = traces_beside([[figure.box for figure in line] for line in number.lines], ink, traces)
        number = number.leaving_out(beside)
        number = _doubted_where_fuller(reader, number, patches, ink, traces)
    return number if max(ink.shape) <= SMALL else number.surer_than([1 - (1 - reader.sure_at) / less for less in PAPER])


def _times(ink: Picture, factor: int) -> Picture:
    """The picture (H, W) float32, so many times as large."""
    size = ink.shape[1] * factor, ink.shape[0] * factor
    return np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BICUBIC), np.float32).clip(0, 1)


def _doubted_where_fuller(reader: Reader, number: Number, patches: Patches, ink: Picture, traces: Picture) -> Number:
    """The number, not sure of figures that with the faint ink close to them are other digits for sure."""
    figures = [figure for figure in number.figures if not figure.sign and figure.sure]
    if max(ink.shape) <= SMALL or not figures or number.too_many:
        return number
    pictures = []
    for figure in figures:
        left, top, wide, high = (round(side) for side in figure.box)
        room = max(wide, high) // 4
        part = slice(max(0, top - room), top + high + room), slice(max(0, left - room), left + wide + room)
        labels = patches.labels[part]
        own = np.isin(labels, [mark + 1 for mark in figure.marks])
        pictures.append(enlarged(filled_up(ink[part], own, (labels > 0) & ~own, traces[part])))
    other = {
        figure
        for figure, reading in zip(figures, reader.read_pictures(pictures), strict=True)
        if reading.sure and reading.digit != figure.reading.digit
    }
    return number.doubting(lambda figure: figure in other)


def read_photograph(reader: Reader, photograph: Photograph) -> Number:
    """Read what is written in an image file; boxes are in the file's own pixels, upright."""
    steps = ink_steps(photograph.colours)
    return read_number(reader, steps.ink, steps.traces).scaled(photograph.scale)


def _read_pages(pages: Sequence[Page[Shown]], read: Callable[[Iterable[Shown]], list[Reading]]) -> list[Number]:
    """Ask the network about each page as a whole, then about its possible figures where it may have several."""
    wholes = read(page.whole for page in pages)
    runs = [
        () if whole.digit is None or _is_settled(page, whole) else page.runs
        for page, whole in zip(pages, wholes, strict=True)
    ]
    readings = iter(read(page.only(run) for page, chosen in zip(pages, runs, strict=True) for run in chosen))
    numbers = [
        _number(page, whole, {run: next(readings) for run in chosen})
        for page, whole, chosen in zip(pages, wholes, runs, strict=True)
    ]
    return [
        number if page.names is None else number.named(page.names) for page, number in zip(pages, numbers, strict=True)
    ]


def _is_settled(page: Page[Shown], whole: Reading) -> bool:
    """Whether a drawing is one digit without a look at its parts, which takes most of the time."""
    return whole.sure and not any(mark.pen for mark in page.marks) and _is_plainly_one(page.marks)


def _is_plainly_one(marks: Sequence[Mark]) -> bool:
    """Whether every mark touches the others, or lies over the tallest as strokes of one digit do: quick to tell."""
    if len(marks) > PLAIN_MARKS:
        return False
    height = union([mark.path for mark in marks])[3]
    tallest = max(marks, key=lambda mark: mark.path[3])
    if tallest.path[3] < TALLEST * height:
        return False
    joined, rest = [tallest], [mark for mark in marks if mark is not tallest]
    while rest:
        near = [
            m for m in rest if _lies_over(m.path, tallest.path, height) or any(_touch(m, other) for other in joined)
        ]
        if not near:
            return False
        joined += near
        rest = [mark for mark in rest if mark not in near]
    return True


def _lies_over(path: Box, tallest: Box, height: float) -> bool:
    """Whether a stroke shares most of its width with the tallest one, and is not piled on it as in a column of digits.

    height: of all strokes together.
    """
    shared = min(path[0] + path[2], tallest[0] + tallest[2]) - max(path[0], tallest[0])
    if shared < PLAIN * min(path[2], tallest[2]):
        return False
    apart = max(path[1] - tallest[1] - tallest[3], tallest[1] - path[1] - path[3])
    return apart <= -PLAIN * path[3] or (path[3] < LOW * height and apart <= NARROW * height)


def _touch(a: Mark, b: Mark) -> bool:
    """Whether two strokes touch, seen at every third point of them."""
    gaps = a.sample[::3, None] - b.sample[None, ::3]
    return float((gaps**2).sum(axis=2).min()) < (TOUCH * max(a.path[3], b.path[3])) ** 2


def _number(page: Page[Shown], whole: Reading, read: dict[tuple[int, ...], Reading]) -> Number:
    """read: what the network makes of the page's runs; none where the page is one figure."""
    everything = tuple(range(len(page.marks)))
    if whole.digit is None:
        return Number()
    box = union([mark.box for mark in page.marks])
    if len(page.marks) > MOST_MARKS:
        return Number(((Figure(whole, box, everything),),), too_many=True)
    if not read:
        return Number(((Figure(whole, box, everything),),))
    read = read | {everything: whole}
    alone = Choice(((Figure(whole, box, everything),),), (), _alone(page.marks, whole), 0.0)
    choices = [alone, *(choice for lines in page.layouts for choice in choices_of(page, lines, read))]
    choices = sorted((choice for choice in choices if any(choice.lines)), key=lambda choice: choice.cost)
    best = choices[0]
    if best is alone and not whole.is_digit:
        best = _digits_instead(choices)
    other = next((choice.cost for choice in choices[1:] if choice.text != best.text), math.inf)
    apart = math.exp(-best.split) * (1 - math.exp(best.cost - other))
    if best is alone and not _are_digits(choices, best):
        apart = 1.0
    if best is not choices[0]:
        apart = AMBIGUOUS
    if best is alone and _may_be_column(page.marks):
        apart = min(apart, AMBIGUOUS)
    if _is_column(best) and (whole.sure or _are_unlike(best)):
        apart = min(apart, AMBIGUOUS)  # an 8 of two loops looks like a 0 above another, an i like a 1 above another
    if _is_cut(page, best) or stand_oddly(page.marks, best.lines) or _has_spare_part(page.marks, best, read):
        apart = min(apart, AMBIGUOUS)
    return Number(best.lines, apart).leaving_out(boxes_left_out(page, best))


def _may_be_column(marks: Sequence[Mark]) -> bool:
    """Whether a gap across the page parts its marks in two that are both tall, as digits above each other are."""
    boxes = sorted((mark.path for mark in marks), key=lambda box: box[1])
    _, top, _, height = union(boxes)
    foot = top
    for box in boxes:
        both_tall = min(foot - top, top + height - box[1]) >= COLUMN_PART * height
        if both_tall and box[1] - foot > TOUCH * height:
            return True
        foot = max(foot, box[1] + box[3])
    return False


def _has_spare_part(marks: Sequence[Mark], choice: Choice, read: dict[tuple[int, ...], Reading]) -> bool:
    """Whether marks apart from the rest of a digit make no difference to what it is: they may be no part of it."""
    for figure in (figure for line in choice.lines for figure in line if not figure.sign and len(figure.marks) > 1):
        largest = max(figure.marks, key=lambda mark: marks[mark].path[3])
        rests = [(largest,), *(tuple(m for m in figure.marks if m != mark) for mark in figure.marks)]
        for rest in rests:
            reading = read.get(rest)
            if reading is not None and reading.sure and reading.digit == figure.reading.digit:
                spare = [marks[mark].path for mark in figure.marks if mark not in rest]
                if _is_apart(union(spare), union([marks[mark].path for mark in rest]), figure.box[3]):
                    return True
    return False


def _is_apart(box: Box, other: Box, height: float) -> bool:
    """Whether there is so much room between two boxes that they may belong to two figures of that height."""
    beside = max(box[0] - other[0] - other[2], other[0] - box[0] - box[2])
    above = max(box[1] - other[1] - other[3], other[1] - box[1] - box[3])
    return beside > SPARE * height or above > SPARE_ABOVE * height


def _is_column(choice: Choice) -> bool:
    """Whether it is several figures above each other."""
    return len(choice.lines) > 1 and all(len(line) == 1 for line in choice.lines)


def _are_unlike(choice: Choice) -> bool:
    """Whether one figure is much lower than another."""
    heights = [figure.box[3] for line in choice.lines for figure in line]
    return min(heights) < UNLIKE * max(heights)


def _is_cut(page: Page[Shown], choice: Choice) -> bool:
    """Whether digits that touch were cut apart."""
    figures = [set(figure.marks) for line in choice.lines for figure in line]
    return any(not any(figure.issuperset(pieces) for figure in figures) for pieces in page.pieces)


def _alone(marks: Sequence[Mark], whole: Reading) -> float:
    return alone_cost(marks, Guess(whole.digit or 0, whole.confidence))


def _digits_instead(choices: Sequence[Choice]) -> Choice:
    """The first choice, which is no digit, or lines that are digits for the most part and cost hardly more."""
    for choice in choices[1:]:
        figures = [figure for line in choice.lines for figure in line]
        digits = sum(not figure.sign and figure.reading.is_digit for figure in figures)
        are_lines = len(choice.lines) > 1 and digits >= max(LEAST_DIGITS, len(figures) / 2) and not choice.left_out
        if are_lines and choice.cost <= choices[0].cost + HARDLY_MORE:
            return choice
    return choices[0]


def _are_digits(choices: Sequence[Choice], best: Choice) -> bool:
    """Whether the next best choice that says something else is digits to be believed, each for itself."""
    for choice in choices:
        if choice.text != best.text:
            return not choice.left_out and all(figure.sure for line in choice.lines for figure in line)
    return False
