"""Recipe: everything that decides how a network is trained, apart from the network and the data."""

from dataclasses import asdict, dataclass, field
from typing import Any

from model.pictures.warp import Warp
from model.training.losses import LOSSES, Loss
from model.training.optimizers import OPTIMIZERS, SCHEDULES, Optimizer, optimizer


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to train.

    momentum is Adam's beta1 and Muon's too. weight_decay is per unit of learning rate. warp None leaves pictures as
    they are; warp_end (0 to 1) is the fraction of its strength that is left at the end, to which it falls evenly: so
    that the last epochs see pictures more like those that will be read.
    doubt (0 to 1): pictures of no digit teach only while the network gives a digit more than this; 0: always.
    averaging (0 to below 1) is the decay of a running average of the weights, which is what is kept and measured;
    0 keeps the last weights. ends_after: the epoch after which training ends, before its schedule does; None lets the
    schedule run to its end. epoch_size: so many pictures, others each time, make an epoch; None: all that there are.
    seed decides every random choice. Raises ValueError, one sentence, for values out of range.
    """

    epochs: int = 10
    batch_size: int = 64
    learning_rate: float = 0.002
    optimizer: str = "adam"
    momentum: float = 0.9
    weight_decay: float = 0.0
    schedule: str = "one_cycle"
    loss: str = "cross_entropy"
    label_smoothing: float = 0.0
    doubt: float = 0.0
    warp: Warp | None = field(default_factory=Warp)
    warp_end: float = 1.0
    averaging: float = 0.0
    ends_after: int | None = None
    epoch_size: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        _check(1 <= self.epochs <= 100_000, f"Epochs must be a whole number from 1 to 100000, not {self.epochs}.")
        _check(1 <= self.batch_size <= 100_000, f"The batch size must be from 1 to 100000, not {self.batch_size}.")
        _check(
            0 < self.learning_rate <= 100,
            f"The learning rate must be over 0 and at most 100, not {self.learning_rate}.",
        )
        _check(0 <= self.momentum < 1, f"Momentum must be from 0 up to, but without, 1, not {self.momentum}.")
        _check(0 <= self.weight_decay <= 100, f"Weight decay must be from 0 to 100, not {self.weight_decay}.")
        _check(0 <= self.label_smoothing < 1, f"Label smoothing must be from 0 up to 1, not {self.label_smoothing}.")
        _check(0 <= self.doubt <= 1, f"The doubt must be from 0 to 1, not {self.doubt}.")
        _check(0 <= self.warp_end <= 1, f"The warp's end must be from 0 to 1, not {self.warp_end}.")
        _check(0 <= self.averaging < 1, f"Averaging must be from 0 up to, but without, 1, not {self.averaging}.")
        _check(
            self.ends_after is None or 1 <= self.ends_after <= self.epochs,
            f"A training of {self.epochs} epochs cannot end after epoch {self.ends_after}.",
        )
        _check(
            self.epoch_size is None or self.epoch_size >= 1,
            f"An epoch must have at least 1 picture, not {self.epoch_size}.",
        )
        _check(0 <= self.seed < 2**63, f"The seed must be a whole number from 0, not {self.seed}.")
        for what, name, names in (
            ("optimizer", self.optimizer, OPTIMIZERS),
            ("schedule", self.schedule, SCHEDULES),
            ("loss", self.loss, LOSSES),
        ):
            _check(name in names, f"There is no {what} {name!r}; choose one of {', '.join(names)}.")

    @property
    def last_epoch(self) -> int:
        """The number of the epoch after which training ends."""
        return self.epochs if self.ends_after is None else self.ends_after

    def pictures_an_epoch(self, available: int) -> int:
        """How many of so many training pictures an epoch shows."""
        return available if self.epoch_size is None else min(self.epoch_size, available)

    def make_optimizer(self) -> Optimizer:
        return optimizer(self.optimizer, momentum=self.momentum, weight_decay=self.weight_decay)

    def loss_function(self) -> Loss:
        return LOSSES[self.loss]

    def learning_rate_at(self, step: int, steps: int) -> float:
        """The learning rate of step (from 0) of so many."""
        return self.learning_rate * SCHEDULES[self.schedule](step / max(steps, 1))

    def warp_at(self, step: int, steps: int) -> Warp | None:
        """How pictures are warped in step (from 0) of so many."""
        if self.warp is None:
            return None
        return self.warp * (1 - (1 - self.warp_end) * step / max(steps, 1))

    def as_json(self) -> dict[str, Any]:
        """The recipe as plain values, for the network's file."""
        return asdict(self)


def _check(holds: bool, sentence: str) -> None:  # noqa: FBT001  as assert has it
    if not holds:
        raise ValueError(sentence)
