"""History: the figures of a training, epoch by epoch, as a CSV file and as curves."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from model.charts.curves import LearningCurves
from model.files import replacing
from model.training.fit import Progress


@dataclass(frozen=True)
class Epoch:
    """One epoch: losses, accuracies from 0 to 1, the learning rate at its end, seconds since the start."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    learning_rate: float
    seconds: float

    @classmethod
    def of(cls, progress: Progress) -> "Epoch":
        return cls(**{f.name: getattr(progress, f.name) for f in fields(cls)})


def write_csv(history: list[Epoch], path: Path) -> None:
    """One row an epoch under a header. Raises OSError."""
    names = [f.name for f in fields(Epoch)]
    with replacing(path) as part, part.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(names)
        rows.writerows([["" if v is None else v for v in (getattr(e, n) for n in names)] for e in history])


def curves_of(history: Sequence[Epoch]) -> LearningCurves:
    """The curves over epochs; without what was not measured."""

    def points(name: str) -> list[tuple[float, float]]:
        values = [(float(epoch.epoch), getattr(epoch, name)) for epoch in history]
        return [(x, y) for x, y in values if y is not None]

    return LearningCurves(
        loss=points("loss"),
        accuracy=points("accuracy"),
        validation_loss=points("validation_loss"),
        validation_accuracy=points("validation_accuracy"),
    )
