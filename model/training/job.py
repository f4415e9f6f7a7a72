"""Job: a training from start to end, as train.py and the program run it."""

import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from model.data.datasets import Dataset, load_dataset
from model.data.images import Images
from model.data.pen_strokes import load_pen_strokes
from model.errors import quoted
from model.evaluation.calibration import calibrate
from model.evaluation.evaluation import Evaluation, evaluate_network
from model.network import architectures
from model.network.network import Network
from model.pictures.warp import Warp
from model.training import checkpoint
from model.training.fit import Progress, fit
from model.training.history import Epoch, curves_of
from model.training.mixture import Mixture
from model.training.recipe import Recipe


@dataclass(frozen=True, kw_only=True)
class TrainingJob:
    """What decides a training's result.

    hidden_size, where given, replaces the named network by a dense one. data None stands for the bundled MNIST;
    transpose, invert: as in `load_dataset`.
    """

    network: str = "cnn"
    hidden_size: tuple[int, ...] | None = None
    activation: str = "relu"
    recipe: Recipe = field(default_factory=Recipe)
    mixture: Mixture = field(default_factory=Mixture)
    data: str | None = None
    transpose: bool = False
    invert: bool = False

    def build(self) -> Network:
        """The network with its first weights. Raises ValueError for names and sizes that there are not."""
        rng = np.random.default_rng(self.recipe.seed)
        if self.hidden_size is not None:
            return architectures.build_dense(self.hidden_size, self.activation, rng)
        return architectures.build(self.network, rng)

    def load_data(self) -> Dataset:
        """The data set with what the mixture adds to its training part. Raises DataError."""
        path = None if self.data is None else Path(self.data)
        dataset = load_dataset(path, transpose=self.transpose, invert=self.invert)
        mixed = self.mixture.added_to(dataset.train, self.recipe.seed)
        validation = dataset.validation
        own = Images(validation.images.copy(), validation.labels.copy())  # a part of an array would keep all of it
        return replace(dataset, train=mixed, validation=own)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "TrainingJob":
        """The job that `as_json` described. Raises ValueError for anything else."""
        try:
            recipe = dict(values["recipe"])
            recipe["warp"] = None if recipe["warp"] is None else Warp(**recipe["warp"])
            hidden = values["hidden_size"]
            return cls(
                **{
                    **values,
                    "recipe": Recipe(**recipe),
                    "mixture": Mixture.from_json(values["mixture"]),
                    "hidden_size": None if hidden is None else tuple(hidden),
                }
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"This does not describe a training ({quoted(error)}).") from error


class TrainingRun:
    """A job under way: keeps the best network by validation accuracy, the history, and a checkpoint of every epoch."""

    def __init__(self, job: TrainingJob, dataset: Dataset, out: Path, *, threads: int | None = None) -> None:
        self.job = job
        self.dataset = dataset
        self.out = out
        self.checkpoint = checkpoint.path_for(out)
        self.history: list[Epoch] = []
        self.best: Network | None = None
        self.test: Evaluation | None = None  # of the finished network on the test pictures
        self._threads = threads
        self._state: dict[str, np.ndarray] | None = None

    @classmethod
    def resumed(cls, job: TrainingJob, dataset: Dataset, out: Path, *, threads: int | None = None) -> "TrainingRun":
        """Go on from the checkpoint beside `out`; raises checkpoint.CheckpointError."""
        training = cls(job, dataset, out, threads=threads)
        saved = checkpoint.load(training.checkpoint)
        try:
            training.history = [Epoch(**epoch) for epoch in saved.header["history"]]
            training._state = saved.part("state.")
            training.best = job.build()
            training.best.assign(saved.part("best."))
        except (KeyError, TypeError, ValueError) as error:
            raise checkpoint.CheckpointError(
                f"{training.checkpoint} is not whole ({quoted(error)}); start the training again without it."
            ) from error
        return training

    def run(self) -> Iterator[Progress]:
        """Train; yields what `fit` yields. Stop by not asking for more. Raises what `fit` raises, and OSError."""
        progress = fit(
            self.job.build(),
            self.dataset.train,
            self.job.recipe,
            validation=self.dataset.validation,
            threads=self._threads,
            resume=self._state,
        )
        for p in progress:
            if p.ends_epoch:
                self._end_epoch(p)
            yield p

    def _end_epoch(self, p: Progress) -> None:
        self.history.append(Epoch.of(p))
        if self.best is None or self._is_among_the_best(p.validation_accuracy or 0.0):
            self.best = p.snapshot()
        arrays = {f"state.{name}": array for name, array in p.state().items()}
        arrays |= {f"best.{name}": array for name, array in self.best.arrays().items()}
        header = {"job": self.job.as_json(), "history": [asdict(e) for e in self.history]}
        checkpoint.save(self.checkpoint, header, arrays)

    def _is_among_the_best(self, accuracy: float) -> bool:
        """Whether no epoch was better by more than chance; of such the later is kept, whose rate has fallen further.

        Chance is one standard error (Breiman et al. 1984, "Classification and Regression Trees", p. 80).
        """
        best = max(e.validation_accuracy or 0.0 for e in self.history)
        error = math.sqrt(best * (1 - best) / max(len(self.dataset.validation), 1))
        return accuracy >= best - error

    def finish(self, command: str) -> Network | None:
        """Calibrate and measure the best network and write it to `out`; None if no epoch has ended. Raises OSError."""
        if self.best is None:
            return None
        network = self.best
        if self.job.mixture.teaches_doubt:  # without pictures of no digit it has not learnt to doubt
            found = calibrate(
                network,
                self.dataset.validation,
                np.random.default_rng([self.job.recipe.seed, 3]),
                load_pen_strokes().for_validation(),
            )
            network.info |= asdict(found)
        test = evaluate_network(network, self.dataset.test, threads=self._threads)
        validation = evaluate_network(network, self.dataset.validation, threads=self._threads)
        network.info |= {
            "trained": time.strftime("%Y-%m-%d"),
            "command": command,
            "job": json.loads(json.dumps(self.job.as_json())),
            "epochs": len(self.history),
            "seconds": round(self.history[-1].seconds, 1),
            "validation_accuracy": validation.accuracy,
            "test_accuracy": test.accuracy,
            "curves": curves_of(self.history).as_json(),
            "confusion": validation.confusion,
        }
        self.test = test
        network.save(self.out)
        self.checkpoint.unlink(missing_ok=True)
        return network
