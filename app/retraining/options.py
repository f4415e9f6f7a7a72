"""Retrain options: what a person chose on the retrain screen, what is wrong with it, and the task that it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.retraining.task import TrainingTask
from app.store.networks import LoadedNetwork
from app.ui.text_field import decimal, whole
from model.training.lesson_plans import LessonPlan, plan

if TYPE_CHECKING:
    from app.store.collection import Collection

PRESENT, NOTHING = "present", "nothing"
ALL, MNIST, PEN, OWN = "all", "mnist", "pen", "own"  # what to learn from
OWN_LAYERS = "own_layers"
BUILT = ("cnn", "mlp", "mlp-800", "A", "S", "B", OWN_LAYERS)
LIMITS = {"epochs": (1, 1000), "batch_size": (1, 4096), "seed": (0, 2**31 - 1)}
RATES = (1e-6, 10.0)
MOST_UNITS, MOST_LAYERS = 4096, 8


@dataclass
class RetrainOptions:
    """The fields as they stand on the screen; texts are empty where the length of training decides.

    source: a network's file to go on from; built: the architecture to begin from nothing with.
    """

    start: str = PRESENT
    source: Path | None = None
    built: str = "cnn"
    data: str = ALL
    length: str = "quick"
    epochs: str = ""
    batch_size: str = ""
    learning_rate: str = ""
    optimizer: str = ""
    seed: str = ""
    hidden: str = "128"
    activation: str = "relu"

    @property
    def from_nothing(self) -> bool:
        """Whether the network starts with random weights."""
        return self.start == NOTHING

    @property
    def own_layers(self) -> bool:
        """Whether layers are to be given."""
        return self.from_nothing and self.built == OWN_LAYERS

    @property
    def usual(self) -> LessonPlan:
        """The plan of the chosen length, before anything of it is changed."""
        mnist, pen, own = (self.data in (ALL, source) for source in (MNIST, PEN, OWN))
        return plan(self.length, from_nothing=self.from_nothing, mnist=mnist, pen=pen, own=own)

    def problems(self, drawings: int, pen_digits: int) -> dict[str, str]:
        """By field the message key of what is wrong with it.

        drawings: how many are in the collection; pen_digits: how many digits of people there are, 0 without their file.
        """
        found = {}
        if self.data == OWN and not drawings:
            found["data"] = "wrong.no_drawings"
        if self.data in (ALL, PEN) and not pen_digits:
            found["data"] = "wrong.no_pen_strokes"
        if self.start == PRESENT and self.source is None:
            found["start"] = "wrong.no_network"
        for name, (least, most) in LIMITS.items():
            if whole(getattr(self, name), least, most) is None and getattr(self, name):
                found[name] = f"wrong.{name}"
        if self.learning_rate and decimal(self.learning_rate, *RATES) is None:
            found["learning_rate"] = "wrong.learning_rate"
        if self.own_layers and layers(self.hidden) is None:
            found["hidden"] = "wrong.hidden"
        return found

    def plan(self) -> LessonPlan:
        """The plan with everything that was changed. The fields must be without problems."""
        usual = self.usual
        changes: dict[str, object] = {}
        for name, (least, most) in LIMITS.items():
            if getattr(self, name):
                changes[name] = whole(getattr(self, name), least, most)
        if self.learning_rate:
            changes["learning_rate"] = decimal(self.learning_rate, *RATES)
        if self.optimizer:
            changes["optimizer"] = self.optimizer
        return replace(usual, recipe=replace(usual.recipe, **changes))  # type: ignore[arg-type]

    def task(self, present: LoadedNetwork, collection: Collection | None) -> TrainingTask:
        """The task for the training process. The fields must be without problems."""
        lines = tuple(entry.line for entry in collection.entries) if collection is not None else ()
        source = self.source if self.start == PRESENT and self.source is not None else present.path
        return TrainingTask(
            plan=self.plan(),
            present=source,
            from_nothing=self.from_nothing,
            network="cnn" if self.built == OWN_LAYERS else self.built,
            hidden_size=layers(self.hidden) if self.own_layers else None,
            activation=self.activation,
            drawings=lines,
        )

    @property
    def kind(self) -> str:
        """By what a measured speed is remembered: networks of one kind train equally fast."""
        if not self.from_nothing:
            return str(self.source.stem if self.source is not None else "")
        return f"784-{self.hidden.strip()}" if self.built == OWN_LAYERS else self.built


def layers(text: str) -> tuple[int, ...] | None:
    """The sizes of hidden layers in a text such as "128, 64"; None when it is none."""
    parts = text.replace(",", " ").replace("-", " ").split()
    sizes = [whole(part, 1, MOST_UNITS) for part in parts]
    if not 1 <= len(sizes) <= MOST_LAYERS or None in sizes:
        return None
    return tuple(size for size in sizes if size is not None)
