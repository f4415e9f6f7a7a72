"""Record of a training: what is noted of it for the list of all trainings of this computer."""

from __future__ import annotations

from app.retraining.curves import curves_over_epochs
from app.retraining.process import TrainingProcess
from app.retraining.task import TrainingTask
from app.store.trainings import Outcome, TrainingRecord


def record_of(
    task: TrainingTask, process: TrainingProcess, name: str, started: str, outcome: Outcome, kept_as: str
) -> TrainingRecord:
    """What was trained, on what, how, and what came of it. name: of the network, for people."""
    plan, recipe = task.plan, task.plan.recipe
    compared = process.result.comparison if process.result is not None else None
    seconds = process.advances[-1].seconds if process.advances else None
    return TrainingRecord(
        time=started,
        network=name,
        outcome=outcome,
        kept_as=kept_as,
        from_nothing=task.from_nothing,
        mnist=plan.mnist != 0,
        pen_strokes=plan.mixture.pen_digits > 0,
        drawings=len(task.drawings) if plan.own else 0,
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
        optimizer=recipe.optimizer,
        seed=recipe.seed,
        seconds=round(compared.seconds if compared is not None else seconds, 1) if seconds is not None else None,
        accuracy_before=compared.before.test_accuracy if compared is not None else None,
        accuracy_after=compared.after.test_accuracy if compared is not None else None,
        right_before=compared.before.own_right if compared is not None else None,
        right_after=compared.after.own_right if compared is not None else None,
        curves=curves_over_epochs(process),
    )
