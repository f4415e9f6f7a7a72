"""Training task: what the training process is given to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.network.network import Network
from model.training.lesson_plans import LessonPlan


@dataclass(frozen=True, kw_only=True)
class TrainingTask:
    """What to train.

    plan: the recipe, and the pictures to train on.
    present: the file of the network in use. Training goes on from it; with `from_nothing` it is only compared with.
    network: the name of the architecture to build from nothing; hidden_size and activation: of a dense one instead.
    drawings: lines of the collection, as `Drawing.to_json` writes them.
    data: a data set's file; None for the bundled MNIST.
    threads: how many to train on; None for as many as there are cores.
    """

    plan: LessonPlan
    present: Path
    from_nothing: bool = False
    network: str = "cnn"
    hidden_size: tuple[int, ...] | None = None
    activation: str = "relu"
    drawings: tuple[str, ...] = ()
    data: Path | None = None
    threads: int | None = None

    def first_network(self) -> Network:
        """The network with the weights that training begins with.

        Raises ValueError, with one sentence, for a file or an architecture that cannot be used, and OSError.
        """
        from model.training.job import TrainingJob

        if not self.from_nothing:
            return Network.load(self.present)
        job = TrainingJob(
            network=self.network, hidden_size=self.hidden_size, activation=self.activation, recipe=self.plan.recipe
        )
        return job.build()
