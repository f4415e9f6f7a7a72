"""What a network learns at once from one, two and three corrections, and what that costs everybody else."""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.strange_forms import FORMS, made
from model.data.images import Images
from model.evaluation.evaluation import logits_of, pictures_of
from model.network.activations import softmax
from model.network.growth import features_of, logits_from
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.pictures.pen import strokes_of
from model.reading.augmentation import CLEAR, views_of
from model.reading.reader import Reader
from model.training.at_once import Form, QuickLearner, with_forms

CORRECTIONS = 3
MISREAD = "misread"


@dataclass(frozen=True)
class Case:
    """Drawings of one form of a digit by one writer: the first ones teach, in turn, the others test."""

    kind: str
    writer: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True)
class Outcome:
    """One case after so many corrections; after none, nothing is lost.

    right, sure, tested: of the writer's other drawings; mnist_lost, others_lost: fractions, below 0 where more are
    read right than before; letters_sure: how many more letters are surely a digit; refused: whether the last correction
    was not learnt, as it would have done harm.
    """

    kind: str
    writer: str
    corrections: int
    tested: int
    right: int
    sure: int
    mnist_lost: float = 0.0
    others_lost: float = 0.0
    letters_sure: int = 0
    refused: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class OfAll:
    """One network after all corrections of all cases: as Outcome; forms: how many it knows then."""

    corrections: int
    refused: int
    forms: int
    right: float
    mnist_lost: float
    others_lost: float
    letters_sure: int
    slowest: float

    def __str__(self) -> str:
        return (
            f"{self.corrections} corrections, {self.refused} refused, {self.forms} forms; right on the other drawings "
            f"{self.right:.1%}; lost {100 * self.mnist_lost:.2f} points of MNIST, {100 * self.others_lost:.2f} of all "
            f"writers' digits; {self.letters_sure} more letters sure; {self.slowest:.2f} s at most"
        )


class Judge:
    """Counts what is read right of labelled pictures, and looks at each of them as the program does.

    What the hidden layer sees of each picture, and of those of which the first look leaves doubt in all their views, it
    looks up once. A form only adds to the logits that come of that.
    """

    def __init__(self, network: Network, images: Images) -> None:
        self.images = images
        self._network = network
        parts = [images[i : i + 1000].scaled() for i in range(0, len(images), 1000)]
        self._features = np.concatenate([features_of(network, part) for part in parts])
        self._first = logits_from(network, self._features)
        self._doubtful = np.flatnonzero(_doubtful(self._first))
        views = views_of(images[self._doubtful].scaled())
        self._others = [features_of(network, view) for view in views]
        self._others_first = [logits_from(network, features) for features in self._others]

    def logits(self, network: Network, forms: Sequence[Form]) -> np.ndarray:
        """(N, 10) logits of the network that has learnt these forms."""
        logits = _with(forms, self._first, self._features)
        doubtful = _doubtful(logits)
        views = [logits[self._doubtful]]
        views += [_with(forms, *seen) for seen in zip(self._others_first, self._others, strict=True)]
        mean = (np.stack(views) / np.float32(len(views))).sum(axis=0)
        again = doubtful[self._doubtful]
        logits[self._doubtful[again]] = mean[again]
        doubtful[self._doubtful] = False
        if doubtful.any():  # because of the forms
            logits[doubtful] = logits_of(network, self.images[doubtful])
        return logits

    def right(self, network: Network, forms: Sequence[Form]) -> np.ndarray:
        """(N,) bool: what the network that has learnt these forms reads right."""
        right: np.ndarray = self.logits(network, forms).argmax(axis=1) == self.images.labels
        return right

    def sure(self, network: Network, forms: Sequence[Form]) -> int:
        """Of how many of the pictures it is sure."""
        reader = Reader(network)
        probabilities = softmax(self.logits(network, forms) / np.float32(reader.temperature))
        return int((probabilities.max(axis=1) >= reader.sure_at).sum())


def _doubtful(logits: np.ndarray) -> np.ndarray:
    doubtful: np.ndarray = softmax(logits).max(axis=1) < CLEAR
    return doubtful


def _with(forms: Sequence[Form], logits: np.ndarray, features: np.ndarray) -> np.ndarray:
    """(N, 10) logits, and what the forms add to them where the hidden layer sees such features (N, F)."""
    logits = logits.copy()
    for form in forms:
        logits[:, form.digit] += form.detector.added(features)
    return logits


def strange_cases(writers: dict[str, list[Drawing]], most: int = 12) -> list[Case]:
    """A case for each form and each writer who wrote enough of its digit; at most so many drawings of it."""
    cases = []
    for name, (digit, _) in FORMS.items():
        for number, (writer, drawings) in enumerate(sorted(writers.items())):
            rng = np.random.default_rng([number, int(digit)])
            own = [drawing for drawing in drawings if drawing.word == digit and strokes_of(drawing)][:most]
            if len(own) > CORRECTIONS:
                cases.append(Case(name, writer, tuple(made(name, drawing, rng) for drawing in own)))
    return cases


def misread_cases(network: Network, writers: dict[str, list[Drawing]]) -> list[Case]:
    """A case for each digit of each writer of which any drawing is misread: those first, then the others."""
    reader = Reader(network)
    cases = []
    for writer, drawings in sorted(writers.items()):
        readings = reader.read_drawings(drawings)
        wrong = [str(r.digit) != drawing.word for r, drawing in zip(readings, drawings, strict=True)]
        for digit in sorted({str(d.word) for d, is_wrong in zip(drawings, wrong, strict=True) if is_wrong}):
            own = [pair for pair in zip(drawings, wrong, strict=True) if pair[0].word == digit]
            own.sort(key=lambda pair: not pair[1])
            if len(own) > CORRECTIONS:
                cases.append(Case(MISREAD, writer, tuple(drawing for drawing, _ in own)))
    return cases


class Trial:
    """Teaches one case after another to the same network, each from its weights as they are on disk."""

    def __init__(
        self, learner: QuickLearner, mnist: Images, writers: dict[str, list[Drawing]], letters: Sequence[Drawing] = ()
    ) -> None:
        drawings = [(writer, d) for writer, own in writers.items() for d in own]
        self._learner = learner
        self._writers = np.array([writer for writer, _ in drawings])
        self._mnist = Judge(learner.network, mnist)
        self._people = Judge(learner.network, pictures_of([drawing for _, drawing in drawings]))
        self._letters = Judge(learner.network, pictures_of([_unlabelled(d) for d in letters])) if letters else None

    def run(self, case: Case) -> Iterator[Outcome]:
        """The outcome before any correction, and after each."""
        forms: tuple[Form, ...] = ()
        before = self._learner.network
        yield self._outcome(case, 0, before, forms)
        for count in range(1, CORRECTIONS + 1):
            started = time.perf_counter()
            learnt = self._learner.learn(forms, case.drawings[count - 1])
            forms = learnt if learnt is not None else forms
            network = with_forms(before, forms)
            seconds = time.perf_counter() - started
            yield self._outcome(case, count, network, forms, seconds=seconds, refused=learnt is None)

    def run_all(self, cases: Sequence[Case]) -> OfAll:
        """The outcome where one network is taught all cases, the drawings of all in turn."""
        forms: tuple[Form, ...] = ()
        refused, slowest = 0, 0.0
        for count in range(CORRECTIONS):
            for case in cases:
                started = time.perf_counter()
                learnt = self._learner.learn(forms, case.drawings[count])
                slowest = max(slowest, time.perf_counter() - started)
                forms, refused = (forms, refused + 1) if learnt is None else (learnt, refused)
        network = with_forms(self._learner.network, forms)
        tested = [drawing for case in cases for drawing in case.drawings[CORRECTIONS:]]
        readings = Reader(network).read_drawings(tested)
        right = sum(str(r.digit) == d.word for r, d in zip(readings, tested, strict=True))
        mnist, others = (self._lost(judge, network, forms, slice(None)) for judge in (self._mnist, self._people))
        letters = self._letters_sure(network, forms)
        return OfAll(
            CORRECTIONS * len(cases), refused, len(forms), right / len(tested), mnist, others, letters, slowest
        )

    def _letters_sure(self, network: Network, forms: tuple[Form, ...]) -> int:
        if self._letters is None:
            return 0
        return self._letters.sure(network, forms) - self._letters.sure(self._learner.network, ())

    def _outcome(
        self,
        case: Case,
        count: int,
        network: Network,
        forms: tuple[Form, ...],
        *,
        seconds: float = 0.0,
        refused: bool = False,
    ) -> Outcome:
        tested = case.drawings[count:]
        readings = Reader(network).read_drawings(tested)
        right = [str(r.digit) == d.word for r, d in zip(readings, tested, strict=True)]
        others = self._writers != case.writer
        return Outcome(
            case.kind,
            case.writer,
            count,
            len(tested),
            sum(right),
            sum(r.sure and is_right for r, is_right in zip(readings, right, strict=True)),
            self._lost(self._mnist, network, forms, slice(None)),
            self._lost(self._people, network, forms, others),
            self._letters_sure(network, forms),
            refused,
            seconds,
        )

    def _lost(self, judge: Judge, network: Network, forms: tuple[Form, ...], chosen: np.ndarray | slice) -> float:
        before, after = judge.right(self._learner.network, ()), judge.right(network, forms)
        return float(before[chosen].mean() - after[chosen].mean())


def _unlabelled(drawing: Drawing) -> Drawing:
    return Drawing(drawing.strokes, drawing.canvas, "0")


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The figures of each kind, a line for each number of corrections, and at the end of all kinds together."""
    kinds = list(dict.fromkeys(outcome.kind for outcome in outcomes))
    lines = [
        f"{'form':<18} {'corrections':>11} {'right':>7} {'sure':>7}   {'MNIST lost: mean, worst':>24}   "
        f"{'others lost: mean, worst':>24}   {'letters':>7}   {'seconds':>7}"
    ]
    for kind in (*kinds, "all"):
        for count in range(CORRECTIONS + 1):
            some = [o for o in outcomes if o.corrections == count and kind in (o.kind, "all")]
            lines.append(_line(kind, count, some))
    return lines


def _line(kind: str, count: int, outcomes: Sequence[Outcome]) -> str:
    tested = sum(o.tested for o in outcomes)
    mnist, others = ([100 * value for value in values] for values in _lost_by(outcomes))
    letters, seconds = [o.letters_sure for o in outcomes], [o.seconds for o in outcomes]
    refused = sum(o.refused for o in outcomes)
    return (
        f"{kind:<18} {count:>11} {sum(o.right for o in outcomes) / tested:>7.1%} "
        f"{sum(o.sure for o in outcomes) / tested:>7.1%}   {statistics.fmean(mnist):>16.3f}, {max(mnist):>6.3f}   "
        f"{statistics.fmean(others):>16.3f}, {max(others):>6.3f}   {statistics.fmean(letters):>7.2f}   "
        f"{max(seconds):>7.2f}" + (f"   {refused} refused" if refused else "")
    )


def _lost_by(outcomes: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    return [o.mnist_lost for o in outcomes], [o.others_lost for o in outcomes]
