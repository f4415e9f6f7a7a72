"""Survey: what a network makes of people's drawings: what it misreads most, mixes up most, and finds the oddest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.constants import CLASSES
from model.evaluation.evaluation import pictures_of
from model.explanation.introspection import Introspection
from model.network.workspace import Workspace
from model.pictures.drawing import Drawing
from model.pictures.pen import strokes_of
from model.reading.reader import Reader

MOST: Final = 10_000  # drawings that are looked at, of which the features are held
LEAST: Final = 3  # drawings of a digit, of which one can be odder than the others
PIECE: Final = 16  # drawings that are looked at in one go
NO_DIGIT: Final = CLASSES  # the column of what was read as no digit
_WORDS = tuple(map(str, range(CLASSES)))


@dataclass(frozen=True, eq=False)
class DigitSurvey:
    """The drawings of one digit: how many there are and how many of them are misread.

    oddest: the one that is least like the others by the network's features; usual: the one that is most like them. Both
    are None where there are fewer than LEAST.
    """

    count: int = 0
    misread: int = 0
    usual: Drawing | None = None
    oddest: Drawing | None = None

    @property
    def rate(self) -> float:
        """The fraction that is misread, 0..1."""
        return self.misread / self.count if self.count else 0.0


@dataclass(frozen=True, eq=False)
class Survey:
    """confusion (10, 11) int64: rows true digits, columns what they were read as, the last one: as no digit."""

    confusion: NDArray[np.int64]
    digits: tuple[DigitSurvey, ...]

    @property
    def count(self) -> int:
        """How many drawings were looked at."""
        return sum(digit.count for digit in self.digits)

    @property
    def misread(self) -> int:
        """How many of them are misread."""
        return sum(digit.misread for digit in self.digits)

    @property
    def worst(self) -> int | None:
        """The digit of which most are misread, by fraction; None where none is."""
        rates = [digit.rate for digit in self.digits]
        return int(np.argmax(rates)) if self.misread else None

    @property
    def mixed_up(self) -> tuple[int, int, int] | None:
        """The two digits that are taken for each other most, and how often; None where none are."""
        square = self.confusion[:, :CLASSES]
        both = np.triu(square + square.T, 1)
        one, other = np.unravel_index(int(both.argmax()), both.shape)
        times = int(both[one, other])
        return (int(one), int(other), times) if times else None


class Surveyor:
    """Makes a survey piece by piece, so that other work comes between; `survey` is there when `fraction` is 1."""

    def __init__(self, reader: Reader, drawings: Sequence[Drawing]) -> None:
        """drawings: those with a digit as word and with ink are looked at, the last MOST of them."""
        labelled = [each for each in drawings if each.word in _WORDS and strokes_of(each)]
        self._drawings = labelled[-MOST:]
        self._reader = reader
        self._inside = Introspection(reader.network)
        self._features: list[np.ndarray] = []
        self._done = 0
        self._confusion = np.zeros((CLASSES, CLASSES + 1), np.int64)
        self._work = Workspace()
        self.survey: Survey | None = None

    @property
    def fraction(self) -> float:
        """How much is done, 0..1."""
        return 1.0 if self.survey is not None else self._done / (len(self._drawings) + PIECE)

    def go_on(self) -> None:
        """Look at the next drawings, or find the odd ones among all of them."""
        piece = self._drawings[self._done : self._done + PIECE]
        if self.survey is not None:
            return
        if not piece:
            self.survey = Survey(self._confusion, tuple(map(self._digit, range(CLASSES))))
            self._features = []
            return
        images = pictures_of(piece)
        scaled = images.scaled()
        for label, reading in zip(images.labels.tolist(), self._reader.read_images(scaled), strict=True):
            said = reading.digit if reading.is_digit and reading.digit is not None else NO_DIGIT
            self._confusion[label, said] += 1
        features = self._inside.features(scaled, self._work)[0]
        lengths = np.sqrt((features**2).sum(axis=1, keepdims=True))
        self._features += list(features / np.maximum(lengths, np.float32(1e-9)))
        self._done += len(piece)

    def _digit(self, digit: int) -> DigitSurvey:
        own = [number for number, drawing in enumerate(self._drawings) if drawing.word == str(digit)]
        count, misread = len(own), int(self._confusion[digit].sum() - self._confusion[digit, digit])
        if count < LEAST:
            return DigitSurvey(count, misread)
        features = np.stack([self._features[number] for number in own])
        # The mean cosine to all others: the sum of all, less its own length of 1, and the division changes no order.
        likeness = features @ features.sum(axis=0) - (features**2).sum(axis=1)
        usual, oddest = (self._drawings[own[int(at)]] for at in (likeness.argmax(), likeness.argmin()))
        return DigitSurvey(count, misread, usual, oddest)
