"""Curves: loss and accuracy of trainings over their epochs, and the charts of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.charts.axes import Axis, axis_over, counting_axis
from model.charts.line_chart import Curve, LineChart, thinned
from model.charts.pen import Ink, Place
from model.charts.words import ENGLISH, ChartWords

Points = Sequence[Place]
CURVES = ("loss", "accuracy", "validation_loss", "validation_accuracy")
MOST_KEPT, MOST_READ = 100, 10_000  # points of a curve that is written down; of one that is read
INKS: tuple[Ink, ...] = ("first", "second")  # of the trainings in one chart


@dataclass(frozen=True)
class LearningCurves:
    """Points (epochs gone, value) of one training, epochs rising; losses from 0, accuracies from 0 to 1.

    name: tells the training from another one in the same chart; "" where it is alone.
    """

    loss: Points = ()
    accuracy: Points = ()
    validation_loss: Points = ()
    validation_accuracy: Points = ()
    name: str = ""

    def as_json(self, most: int = MOST_KEPT) -> dict[str, list[list[float]]]:
        """The points by curve, at most so many of each, with five digits; without the name."""
        return {
            name: [[round(x, 3), float(f"{y:.5g}")] for x, y in thinned(getattr(self, name), most)] for name in CURVES
        }

    @classmethod
    def from_json(cls, value: object, name: str = "") -> "LearningCurves | None":
        """The curves that `as_json` described; None for anything else, and where there is no point."""
        if not isinstance(value, dict):
            return None
        found = {curve: _points_in(value.get(curve, [])) for curve in CURVES}
        points = {curve: of_it for curve, of_it in found.items() if of_it is not None}
        return cls(**points, name=name) if len(points) == len(CURVES) and any(points.values()) else None


def _points_in(value: object) -> Points | None:
    """Points of a JSON list of pairs; None for anything else."""
    if not isinstance(value, list) or len(value) > MOST_READ:
        return None
    points = []
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) in (int, float) for n in pair)):
            return None
        if not all(math.isfinite(n) and abs(n) < 1e9 for n in pair):
            return None
        points.append((float(pair[0]), float(pair[1])))
    return points


def accuracy_chart(trainings: Sequence[LearningCurves], words: ChartWords = ENGLISH) -> LineChart:
    """Accuracy on validation pictures (whole lines) and on those trained on (dashed)."""

    def label(share: float, decimals: int) -> str:
        return words.percent(share, max(decimals - 2, 0))

    curves = _curves(trainings, words, lambda t: (t.validation_accuracy, t.accuracy))
    lowest = min((y for curve in curves for _, y in curve.points), default=0.0)
    upright = axis_over(min(lowest, 0.99), 1.0, label)
    return LineChart(curves, _across(curves, words), upright, title=words.accuracy)


def loss_chart(trainings: Sequence[LearningCurves], words: ChartWords = ENGLISH) -> LineChart:
    """Loss on validation pictures (whole lines) and on those trained on (dashed)."""
    curves = _curves(trainings, words, lambda t: (t.validation_loss, t.loss))
    highest = max((y for curve in curves for _, y in curve.points), default=1.0)
    upright = axis_over(0.0, max(highest, 1e-6), words.number)
    return LineChart(curves, _across(curves, words), upright, title=words.loss)


def progress_chart(
    training: LearningCurves, end: float, span: str, words: ChartWords, *, at: float | None = None
) -> LineChart:
    """Accuracy (at the left, 0 to 1) and loss (at the right, dotted) in one chart, of a training that may go on.

    Here x may count anything: end is its last value, span says that in words, and `at` is marked. Validation accuracy
    is a whole line, that of the pictures trained on dashed.
    """
    highest = max((y for _, y in training.loss), default=1.0)
    alone = not training.accuracy
    curves = (
        Curve(words.accuracy_curve if alone else words.validation, training.validation_accuracy),
        Curve(words.loss_curve, training.loss, "quiet", "dotted", right=True),
        Curve(words.training, training.accuracy, "first", "dashed"),
    )
    across = counting_axis(max(end, 1.0), words.number, end=span)
    shares = tuple((share, words.percent(share, 0)) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    losses = axis_over(0.0, max(highest, 1e-6), words.number)
    return LineChart(curves[:2] if alone else curves, across, Axis(0.0, 1.0, shares), losses, at=at)


def _curves(
    trainings: Sequence[LearningCurves], words: ChartWords, points_of: Callable[[LearningCurves], tuple[Points, Points]]
) -> tuple[Curve, ...]:
    """First the validation's of all trainings, then the others."""
    found = []
    for number, name in enumerate((words.validation, words.training)):
        for index, training in enumerate(trainings):
            points = points_of(training)[number]
            if points:
                named = f"{training.name}: {name}" if training.name else name
                ink = INKS[index % len(INKS)]
                found.append(Curve(named, points, ink, "dashed" if number else "whole", boxed=index > 0))
    return tuple(found)


def _across(curves: Sequence[Curve], words: ChartWords) -> Axis:
    """From 0 to the last epoch."""
    last = max((x for curve in curves for x, _ in curve.points), default=1.0)
    whole = max(1, round(last + 0.499))
    return counting_axis(float(whole), words.number, end=words.epochs(whole))
