"""Reports: what travels between the window and the training process: orders one way, reports the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.messages import Messages

if TYPE_CHECKING:
    import numpy as np

    from model.evaluation.comparison import Comparison
    from model.training.fit import Progress


class Order(StrEnum):
    """What the window asks of the process while it trains.

    STEP: train one batch and pause again. STOP: train no more, but compare and report the network as it is.
    QUIT: end at once, without any report.
    """

    PAUSE = "pause"
    GO_ON = "go on"
    STEP = "step"
    STOP = "stop"
    QUIT = "quit"


class Report:
    """What the process tells the window."""


@dataclass(frozen=True)
class Prepared(Report):
    """Training begins: on how many pictures, and how many different drawings of the person are among them."""

    pictures: int
    drawings: int


@dataclass(frozen=True)
class Advance(Report):
    """Where training stands after a step; see model.training.fit.Progress.

    seconds, seconds_left: of training alone, without preparing and comparing. accuracy: of the batch, 0..1. The
    validation figures are None but after the last step of an epoch.
    """

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    learning_rate: float
    seconds: float
    seconds_left: float
    images_per_second: float
    validation_loss: float | None
    validation_accuracy: float | None

    @classmethod
    def of(cls, progress: Progress) -> Advance:
        """The figures of a Progress, without the network and what else only the process can use."""
        return cls(
            step=progress.step,
            steps=progress.steps,
            epoch=progress.epoch,
            epochs=progress.epochs,
            loss=progress.loss,
            accuracy=progress.accuracy,
            learning_rate=progress.learning_rate,
            seconds=progress.seconds,
            seconds_left=progress.seconds / progress.step * (progress.steps - progress.step),
            images_per_second=progress.images_per_second,
            validation_loss=progress.validation_loss,
            validation_accuracy=progress.validation_accuracy,
        )


@dataclass(frozen=True)
class Measured(Report):
    """How much the newest weights read right within an epoch, 0..1.

    validation_accuracy: of the first 1,000 validation pictures; own_accuracy: of those drawings of the person that
    are not trained on, None without any. seconds: of training.
    """

    step: int
    seconds: float
    validation_accuracy: float
    own_accuracy: float | None


@dataclass(frozen=True)
class Weights(Report):
    """The newest weights, by the names of Network.arrays."""

    step: int
    arrays: dict[str, np.ndarray]


@dataclass(frozen=True)
class Finishing(Report):
    """Training is over; the networks are being compared."""


@dataclass(frozen=True)
class Finished(Report):
    """The new network's weights and info, and how it compares with the present one. Nothing comes after it."""

    arrays: dict[str, np.ndarray]
    info: dict[str, Any]
    comparison: Comparison


@dataclass(frozen=True)
class Failed(Report):
    """Training broke off; the network in use is as it was. key: of the messages. Nothing comes after it."""

    key: str
    reason: str = ""

    def text(self, messages: Messages) -> str:
        """What happened, in one sentence."""
        return messages(self.key, reason=self.reason)


@dataclass(frozen=True)
class Done(Report):
    """Training is over, and there is nothing to compare. Nothing comes after it."""
