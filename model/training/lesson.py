"""Lessons: a network learns from somebody's own drawings, beside what it must not forget.

A few drawings have to count among thousands of other pictures without spoiling what the network knew. So each of them
becomes many, drawn again from its strokes with small changes; those that the network misreads come more often; MNIST,
handwriting and pictures of no digit are rehearsed with them; and the weights half way from the old network to the new
one are taken (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", arXiv 2109.01903, p. 3): all of the way
where that reads plainly more and costs nothing, less of it where validation does not stay as it was.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.constants import SIDE
from model.data.datasets import Dataset
from model.data.images import Images
from model.evaluation.calibration import best_temperature
from model.evaluation.confusion import count_confusions
from model.evaluation.evaluation import logits_of, pictures_of
from model.handwriting.people import copies_of
from model.handwriting.stroke_warp import StrokeWarp
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.pictures.pen import without_specks
from model.training.card import lesson_facts
from model.training.fit import Progress, fit, validate
from model.training.history import Epoch, curves_of
from model.training.lesson_plans import LessonPlan
from model.training.statistics import renew_statistics

DIGITS = tuple("0123456789")
_HELD_BACK = 5  # one in so many of a digit's drawings is held back to judge by ...
_ENOUGH = 8  # ... where there are this many of the digit: of fewer, every one is needed to learn from
_MISREAD = 3.0  # how much more often a misread drawing is shown than one that is read right
_CHECKS = 300  # copies of taught drawings to judge by where none are held back
_MOST_LOST = 0.0006  # fraction of the validation pictures that may be read worse than before
_PLAINLY_MORE = 0.01  # fraction of the drawings to judge by
_SMALL_PARTS = (0.25, 0.1, 0.0)  # of the way from the old weights to the new ones, where half of it loses too much


def lessons_of(drawings: Sequence[Drawing]) -> list[Drawing]:
    """The drawings that teach something: with a digit as word and with ink, each but once."""
    found: dict[tuple[str | None, bytes], Drawing] = {}
    for drawing in drawings:
        if drawing.word in DIGITS and any(len(stroke.points) for stroke in drawing.strokes):
            found.setdefault(identity(drawing), drawing)
    return list(found.values())


def identity(drawing: Drawing) -> tuple[str | None, bytes]:
    """Equal for drawings with the same word and strokes, to a hundredth of a unit, as they are stored."""
    strokes = [np.rint(stroke.points * 100).astype(np.int32).tobytes() for stroke in drawing.strokes]
    return drawing.word, b"|".join(strokes)


def hold_back(drawings: Sequence[Drawing]) -> tuple[list[Drawing], list[Drawing]]:
    """(to learn from, to judge by): every fifth drawing of each digit that has enough of them."""
    taught: list[Drawing] = []
    held: list[Drawing] = []
    seen: dict[str | None, int] = {}
    counts = {word: sum(drawing.word == word for drawing in drawings) for word in DIGITS}
    for drawing in drawings:
        number = seen[drawing.word] = seen.get(drawing.word, 0) + 1
        is_held = counts[str(drawing.word)] >= _ENOUGH and number % _HELD_BACK == 0
        (held if is_held else taught).append(drawing)
    return taught, held


def varied(drawings: Sequence[Drawing], chosen: np.ndarray, rng: np.random.Generator) -> Images:
    """The drawings at the chosen indices, each drawn again as the same hand, or another, might do it the next time."""
    strokes = [without_specks([s.points for s in drawing.strokes if len(s.points)]) for drawing in drawings]
    images = np.zeros((len(chosen), SIDE, SIDE), np.uint8)
    for number, index in enumerate(chosen):
        images[number] = copies_of(strokes[index], 1, rng, StrokeWarp())[0]
    return Images(images, np.array([int(drawings[index].word or 0) for index in chosen], np.uint8))


@dataclass(frozen=True)
class Mark:
    """How well weights read: accuracy on the validation pictures, and on the drawings to judge by, if any."""

    validation_accuracy: float
    own_accuracy: float | None


class Lesson:
    """A training that starts from a network and takes drawings along; like `job.TrainingRun`, but it writes no file.

    from_nothing: the network has only its first weights, so there is nothing to keep. Raises ValueError where there
    are no pictures at all to train on.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        drawings: Sequence[Drawing],
        plan: LessonPlan,
        *,
        from_nothing: bool = False,
        threads: int | None = None,
    ) -> None:
        self.network = network
        self.dataset = dataset
        self.plan = plan
        self.from_nothing = from_nothing
        self.drawings = lessons_of(drawings)
        self.seconds = 0.0
        self._threads = threads
        self._known = 0  # pictures of the data set among those trained on
        rng = np.random.default_rng([plan.recipe.seed, 4])
        taught, held = hold_back(self.drawings)
        self.train = self._training_pictures(taught, rng)
        self.judged_by = pictures_of(held) if held else varied(taught, _spread(len(taught), _CHECKS), rng)
        self.marks: list[Mark] = []
        self.history: list[Epoch] = []
        self._best: tuple[Mark, Network] | None = None

    def _training_pictures(self, taught: list[Drawing], rng: np.random.Generator) -> Images:
        train = self.dataset.train
        wanted = len(train) if self.plan.mnist is None else min(self.plan.mnist, len(train))
        self._known = wanted
        parts = [train[np.sort(rng.permutation(len(train))[:wanted])]]
        if taught and self.plan.own:
            weights = np.ones(len(taught))
            if not self.from_nothing:
                plain = pictures_of(taught)
                weights[self.network.predict(plain.scaled()) != plain.labels] = _MISREAD
            parts.append(varied(taught, rng.choice(len(taught), self.plan.own, p=weights / weights.sum()), rng))
        if not sum(map(len, parts)) and not self.plan.mixture.pen_digits:
            raise ValueError(
                "There is nothing to train on: choose MNIST or pen strokes, or draw and label some digits first."
            )
        known = Images(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))
        return self.plan.mixture.added_to(known, self.plan.recipe.seed)

    def run(self, *, gap: float = 0.1) -> Iterator[Progress]:
        """Train; yields what `fit` yields. Stop by not asking for more. Raises what `fit` raises."""
        started = time.perf_counter()
        if not self.from_nothing:
            self.marks = [self.mark(self.network)]
        validation = self.dataset.validation
        for p in fit(self.network, self.train, self.plan.recipe, validation=validation, threads=self._threads, gap=gap):
            if p.ends_epoch:
                assert p.validation_accuracy is not None
                self.history.append(Epoch.of(p))
                network = p.snapshot()
                self._consider(Mark(p.validation_accuracy, self.own_accuracy(network)), network)
            self.seconds = time.perf_counter() - started
            yield p

    def own_accuracy(self, network: Network) -> float | None:
        """Fraction of the drawings to judge by that it reads right."""
        if not len(self.judged_by):
            return None
        return float((network.predict(self.judged_by.scaled()) == self.judged_by.labels).mean())

    def mark(self, network: Network) -> Mark:
        """With one look at each picture, which is quicker than as the program reads."""
        _, accuracy = validate(network, self.dataset.validation, threads=self._threads)
        return Mark(accuracy, self.own_accuracy(network))

    def finish(self, last: Network | None = None) -> Network:
        """The best network, with the calibration of the old one but for its temperature, which is found again.

        last: the weights of the moment, where the training was stopped before its end.
        """
        if last is not None:
            renew_statistics(last, self.train, np.random.default_rng([self.plan.recipe.seed, 0]))
            self._consider(self.mark(last), last)
        if self._best is None:
            raise ValueError("The training ended before its first step.")
        mark, network = self._best
        if not self.from_nothing:
            mark, network = self._part_of_the_way(network)
        network.info = {**self.network.info}
        for stale in ("command", "test_accuracy", "seconds", "job", "epochs", "curves", "confusion"):
            network.info.pop(stale, None)
        logits = logits_of(network, self.dataset.validation, threads=self._threads)
        labels = self.dataset.validation.labels
        network.info |= {
            "temperature": best_temperature(logits, labels),
            "validation_accuracy": mark.validation_accuracy,
            "drawings": len(self.drawings),
            "curves": curves_of(self.history).as_json(),
            "confusion": count_confusions(labels, logits.argmax(axis=1)).tolist(),
            "lesson": lesson_facts(self.plan.mixture, self._known, from_nothing=self.from_nothing),
            "trained": time.strftime("%Y-%m-%d"),
        }
        if self.history:
            network.info["epochs"] = len(self.history)
        return network

    def _consider(self, mark: Mark, network: Network) -> None:
        """Keep these weights if no earlier ones were better; of equals the later ones have settled for longer."""
        self.marks.append(mark)
        if self._best is None or self._rank(mark) >= self._rank(self._best[0]):
            self._best = mark, network

    def _rank(self, mark: Mark) -> tuple[bool, float, float]:
        holds = self.from_nothing or _holds(mark, self.marks[0])
        own = 0.0 if mark.own_accuracy is None else mark.own_accuracy
        return (holds, own, mark.validation_accuracy) if holds else (holds, mark.validation_accuracy, own)

    def _part_of_the_way(self, network: Network) -> tuple[Mark, Network]:
        """Weights between the old ones and these, and how they read; at worst the old ones."""
        before = self._mark_as_read(self.network)
        half, whole = self._between(network, 0.5), self._between(network, 1.0)
        if _holds(whole[0], before) and _reads_more(whole[0], half[0]):
            return whole
        way = half
        for part in _SMALL_PARTS:
            if _holds(way[0], before):
                break
            way = self._between(network, part)
        return way

    def _between(self, network: Network, part: float) -> tuple[Mark, Network]:
        """The weights at that part of the way from the old network to this one, and how they read."""
        between = network.copy()
        old = self.network.arrays()
        between.assign({n: old[n] + np.float32(part) * (a - old[n]) for n, a in network.arrays().items()})
        return self._mark_as_read(between), between

    def _mark_as_read(self, network: Network) -> Mark:
        """As the program reads, with more looks where the first one leaves doubt."""
        validation = self.dataset.validation
        read = logits_of(network, validation, threads=self._threads).argmax(axis=1)
        return Mark(float((read == validation.labels).mean()), self.own_accuracy(network))


def _holds(mark: Mark, before: Mark) -> bool:
    return mark.validation_accuracy >= before.validation_accuracy - _MOST_LOST


def _reads_more(mark: Mark, other: Mark) -> bool:
    """Whether it reads plainly more validation pictures, or no fewer and plainly more of the drawings to judge by."""
    own = (mark.own_accuracy or 0.0) - (other.own_accuracy or 0.0)
    validation = mark.validation_accuracy - other.validation_accuracy
    return validation > _MOST_LOST or (own > _PLAINLY_MORE and validation >= 0)


def _spread(count: int, at_most: int) -> np.ndarray:
    """Indices of `count` things in turn, about `at_most` of them; each at least once where there are fewer."""
    return np.resize(np.arange(count), max(at_most - at_most % max(count, 1), 0)) if count else np.zeros(0, int)
