"""Curves of a training in the program: of what its process has reported so far."""

from __future__ import annotations

from app.retraining.process import TrainingProcess
from model.charts.curves import LearningCurves


def curves_over_steps(process: TrainingProcess) -> LearningCurves:
    """Over the steps; accuracy on validation pictures as it was measured within the epochs."""
    return LearningCurves(
        loss=[(float(a.step), a.loss) for a in process.advances],
        accuracy=[(float(a.step), a.accuracy) for a in process.advances],
        validation_accuracy=[(float(m.step), m.validation_accuracy) for m in process.measurements],
    )


def curves_over_epochs(process: TrainingProcess) -> LearningCurves:
    """Over the epochs; on validation pictures as measured within them on some, and at their ends on all."""
    advances = process.advances
    if not advances:
        return LearningCurves()
    an_epoch = advances[-1].steps / advances[-1].epochs
    ends = [(a.step / an_epoch, a) for a in advances if a.validation_accuracy is not None]
    measured = [(m.step / an_epoch, m.validation_accuracy) for m in process.measurements]
    whole = [(x, a.validation_accuracy) for x, a in ends if a.validation_accuracy is not None]
    return LearningCurves(
        loss=[(a.step / an_epoch, a.loss) for a in advances],
        accuracy=[(a.step / an_epoch, a.accuracy) for a in advances],
        validation_loss=[(x, a.validation_loss) for x, a in ends if a.validation_loss is not None],
        validation_accuracy=sorted(dict([*measured, *whole]).items()),
    )
