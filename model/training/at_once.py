"""Learning at once: a network learns a form of a digit from one drawing of it, in a moment, and unlearns nothing.

The last hidden layer gets a detector of the form: the linear discriminant (Fisher 1936) between warped copies of the
drawing and all that the network remembers, in what that layer sees. It wakes only well above a threshold from which
on none of the remembered digits is read otherwise than before. So what may be lost is measured before it is lost, and
to forget is to leave the detector out. More drawings of the same form sharpen its one detector.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.handwriting.people import copies_of
from model.handwriting.stroke_warp import StrokeWarp
from model.network.growth import Detector, features_of, grown, logits_from
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.pictures.normalize import normalize
from model.pictures.pen import paint, strokes_of
from model.reading.reader import Reader
from model.training.memory import Memory

_COPIES, _COPIES_IN_ALL = 48, 96  # warped copies of a drawing, and of all drawings of a form: each takes 1.5 ms
_MOST_DRAWINGS = 6  # of a form, the newest
_MOST_FORMS = 200  # beside a new one, the newest
_SPREAD = 0.3  # how much the spread of the copies counts beside that of all that is remembered
# Scores: 0 is the mean of what is remembered, 1 that of the copies.
_SAME_FORM = 0.3  # the least of a drawing that sharpens a detector
_LOWEST, _HIGHEST, _STEP = 0.3, 0.9, 0.01  # of the threshold
# Above the least threshold that does no harm to what is remembered, which is not everything: the less, the more.
_MARGIN, _MARGIN_OF = 0.06, 20_000  # of so many remembered pictures
_WIDTH = 0.1  # from the threshold to all of the strength
_CLEAR, _STRONGEST = 5.0, 40.0  # logits by which the digit is to lead; the most that are added
_MOST_COPIES = 0.9  # fraction of the copies in which it does
# None of the remembered digits may be misread because of a form. Of what is no digit, these fractions may be taken for
# one: because of one form, and of all.
_MISTAKEN, _MISTAKEN_IN_ALL = 2e-3, 1e-2


@dataclass(frozen=True, eq=False)
class Form:
    """A form of a digit: the drawings that taught it, whose `word` is the digit, and what sees it."""

    drawings: tuple[Drawing, ...]
    detector: Detector

    @property
    def digit(self) -> int:
        return self.detector.digit


def with_forms(network: Network, forms: Sequence[Form]) -> Network:
    """A network of its own that has learnt these forms. Raises ValueError for one that cannot grow."""
    return grown(network, [form.detector for form in forms])


class QuickLearner:
    """Learns forms for one network. `memory`: what it must not unlearn; it may grow from one drawing to the next."""

    def __init__(self, network: Network, memory: Memory) -> None:
        """Raises ValueError for a network that cannot grow, or that reads no digits."""
        self.network = network
        self.memory = memory
        self._reader = Reader(network)
        self._products: dict[bytes, np.ndarray] = {}  # of known detectors, by their weights, with all remembered

    def learn(self, forms: Sequence[Form], drawing: Drawing) -> tuple[Form, ...] | None:
        """The forms with that of a drawing, whose `word` is its digit; None where that would do harm.

        A form that the drawing is one of is sharpened; else there is one more. Raises ValueError for a drawing without
        a digit as word or without ink.
        """
        if drawing.word is None or drawing.word not in "0123456789" or not strokes_of(drawing):
            raise ValueError("Only a drawing of a digit can be learnt.")
        forms = forms[-_MOST_FORMS:]
        same = self._same_form(forms, drawing)
        attempts = [(same, (*same.drawings, drawing)[-_MOST_DRAWINGS:])] if same is not None else []
        for old, drawings in (*attempts, (None, (drawing,))):
            others = tuple(form for form in forms if form is not old)
            form = self._form(others, drawings)
            if form is not None and self._reads((*others, form), drawings[-1]):
                return (*others, form)
        return None

    def _reads(self, forms: Sequence[Form], drawing: Drawing) -> bool:
        """Whether a network with these forms says of a drawing what it is."""
        (reading,) = Reader(with_forms(self.network, forms)).read_drawings([drawing])
        return str(reading.digit) == drawing.word and reading.is_digit

    def _same_form(self, forms: Sequence[Form], drawing: Drawing) -> Form | None:
        """The form that a drawing is most like; None where it is like none of its digit."""
        seen = self._features([drawing])[0] - self.memory.spread.mean
        scores = [float(seen @ form.detector.weight) if str(form.digit) == drawing.word else -np.inf for form in forms]
        best = int(np.argmax(scores)) if scores else 0
        return forms[best] if scores and scores[best] >= _SAME_FORM else None

    def _form(self, others: Sequence[Form], drawings: tuple[Drawing, ...]) -> Form | None:
        """The form that these drawings are of; None where any detector of it would do harm."""
        digit = int(drawings[0].word or 0)
        each = min(_COPIES, _COPIES_IN_ALL // len(drawings))
        copies = np.concatenate([self._copies(drawing, each) for drawing in drawings])
        weight = self._direction(copies)
        logits = self._logits(copies, others)
        lead = logits[:, digit] - np.delete(logits, digit, axis=1).max(axis=1)
        strength = float(np.clip(np.quantile(-lead, _MOST_COPIES) + _CLEAR, _CLEAR, _STRONGEST))
        threshold = self._threshold(weight, digit, strength, others)
        if threshold is None:
            return None
        at = float(self.memory.spread.mean @ weight) + threshold
        return Form(drawings, Detector(digit, weight, at, _WIDTH, strength))

    def _features(self, drawings: Sequence[Drawing]) -> np.ndarray:
        pictures = [normalize(paint(strokes_of(drawing))) for drawing in drawings]
        return features_of(self.network, np.stack([picture for picture in pictures if picture is not None]))

    def _copies(self, drawing: Drawing, count: int) -> np.ndarray:
        """(count + 1, F): what the hidden layer sees of a drawing and of warped copies, the same ones each time."""
        pictures = copies_of(strokes_of(drawing), count, np.random.default_rng(0), StrokeWarp())
        scaled = pictures.astype(np.float32) / np.float32(255)
        return np.concatenate([self._features([drawing]), features_of(self.network, scaled)])

    def _direction(self, copies: np.ndarray) -> np.ndarray:
        """(F,) float32: the discriminant, scaled so that the mean of the copies scores 1.

        inverse(C + spread S) d for the covariances C of the memory and S of the copies, by Woodbury's identity.
        """
        mean, remembered = self.memory.spread
        middle = copies.mean(axis=0)
        apart = (middle - mean).astype(np.float64)
        spread = (copies - middle).T.astype(np.float64) * np.sqrt(_SPREAD / len(copies))
        inverse = remembered.astype(np.float64)
        there, across = inverse @ apart, inverse @ spread
        weight = there - across @ np.linalg.solve(np.eye(len(copies)) + spread.T @ across, spread.T @ there)
        scaled: np.ndarray = (weight / (apart @ weight)).astype(np.float32)
        return scaled

    def _logits(self, features: np.ndarray, forms: Sequence[Form]) -> np.ndarray:
        """(N, F) features -> (N, classes) logits of a network with these forms."""
        logits = logits_from(self.network, features)
        for form in forms:
            logits[:, form.digit] += form.detector.added(features)
        return logits

    def _threshold(self, weight: np.ndarray, digit: int, strength: float, others: Sequence[Form]) -> float | None:
        """The least score from which on a detector may wake without doing harm; None where there is none."""
        memory = self.memory
        scores = memory.products(weight) - memory.spread.mean @ weight
        before = self._remembered(others)
        near = np.flatnonzero((scores > _LOWEST) & (memory.labels != digit))  # the others stay as they are
        bound = self._bound(memory.harm(before, self._reader)) + memory.harm(before[near], self._reader, near)
        for threshold in np.arange(_LOWEST, _HIGHEST, _STEP):
            after = before[near]
            after[:, digit] += np.clip((scores[near] - threshold) / _WIDTH, 0, 1) * strength
            if (memory.harm(after, self._reader, near) <= bound).all():
                return float(threshold) + _MARGIN * math.sqrt(_MARGIN_OF / len(memory))
        return None

    def _bound(self, done: np.ndarray) -> np.ndarray:
        """(2,) how many more pictures one form may spoil, after what others have done: see `Memory.harm`."""
        non_digits = self.memory.counts[1]
        left = float(_MISTAKEN_IN_ALL * non_digits - done[1])
        return np.array([0.0, min(max(left, 0.0), _MISTAKEN * non_digits)])

    def _remembered(self, forms: Sequence[Form]) -> np.ndarray:
        """(N, classes) logits of all that is remembered, with these forms."""
        keys = [form.detector.weight.tobytes() for form in forms]
        known = {key: some for key, some in self._products.items() if key in keys and len(some) == len(self.memory)}
        new = {key: form.detector.weight for key, form in zip(keys, forms, strict=True) if key not in known}
        if new:
            products = self.memory.products(np.stack(list(new.values()), axis=1))
            known |= dict(zip(new, products.T, strict=True))
        self._products = known
        logits = self.memory.logits.copy()
        for key, form in zip(keys, forms, strict=True):
            logits[:, form.digit] += form.detector.added_at(known[key])
        return logits
