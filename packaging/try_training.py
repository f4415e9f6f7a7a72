"""Trains for a moment with the installed program, in a process of its own; the exit status says whether it could.

usage: python -P packaging/try_training.py, with the Python into which Digitpad was installed
"""

import sys
import time
from pathlib import Path

import digitpad

digitpad.put_first()

from app import paths
from app.retraining.process import State, TrainingProcess
from app.retraining.task import TrainingTask
from model.training.lesson_plans import TEACH

PATIENCE = 300.0  # seconds, on a slow machine


def main() -> str | None:
    """Train until the first step was taken, stop, and return what went wrong."""
    own = Path(digitpad.__file__).resolve().parent
    if own != paths.HOUSE:
        return f"the program was taken from {paths.HOUSE}, not from {own}"
    training = TrainingProcess(TrainingTask(plan=TEACH["quick"], present=paths.WEIGHTS / "mlp.npz"))
    deadline = time.monotonic() + PATIENCE
    while not training.over and time.monotonic() < deadline:
        training.poll()
        if training.advances and training.state is State.RUNNING:
            training.stop()
        time.sleep(0.05)
    training.close()
    if training.result is None:
        return f"the training came to nothing: {training.state}, {training.failure}"
    print(f"a training process took {training.advances[-1].step} steps and gave a network")
    return None


if __name__ == "__main__":
    sys.exit(main())
