"""fit: the training loop, a generator. The caller prints, draws, stores, or stops by not asking for more."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from model.cores import core_count
from model.data.images import Images
from model.network.activations import log_softmax
from model.network.network import Network
from model.training.helpers import Helpers
from model.training.recipe import Recipe
from model.training.statistics import renew_statistics
from model.training.step_worker import (
    Order,
    Phase,
    StepWorker,
    Totals,
    averaging_in,
    observed_places,
    shared_arrays,
    states_of,
)

_STATE_MOMENTUM = 0.99  # how slowly running averages (batch norm) follow the batches
_WORTH_HELP = 2.0  # seconds of training left for which processes are started to help
GAP = 0.1  # seconds between two Progress values within an epoch, at the least


class NotANumberError(ArithmeticError):
    """Training met a loss that is no finite number; the text says where and what to try."""


@dataclass(frozen=True)
class Progress:
    """Where a training stands.

    step counts from 1 to steps, epoch from 1 to epochs. loss and accuracy (0 to 1) are means over the training
    pictures, as warped, since the epoch began; accuracy leaves out pictures of no digit. seconds: spent in this fit,
    without validation. At the end of an epoch `ends_epoch` is true and, where there are validation images, their loss
    and accuracy are given.
    """

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    learning_rate: float
    seconds: float
    images_per_second: float
    ends_epoch: bool
    validation_loss: float | None
    validation_accuracy: float | None
    # A network of its own with the weights (averaged, if so asked) of this moment. The statistics of its batch norms
    # follow the training; at the end of an epoch they are those of predictions.
    snapshot: Callable[[], Network]
    state: Callable[[], dict[str, np.ndarray]]  # everything that `fit` needs to go on from here, by name


def fit(
    network: Network,
    train: Images,
    recipe: Recipe,
    *,
    validation: Images | None = None,
    threads: int | None = None,
    resume: dict[str, np.ndarray] | None = None,
    gap: float = GAP,
) -> Iterator[Progress]:
    """Train a copy of the network; yields a Progress now and then and at the end of every epoch.

    train: uint8 pictures and labels (NO_DIGIT allowed). threads: as many as there are cores, if left out; the result
    does not depend on it. resume: the `state` of a Progress at an epoch's end, of a training with the same arguments.
    gap: seconds from one Progress to the next, at the least; 0 gives one after every step.
    Raises ValueError for data that does not fit the network, NotANumberError when the loss stops being a number,
    ChildProcessError when a process that helps has ended.
    """
    if not len(train.labels):
        raise ValueError("There is nothing to train on: the training set is empty.")
    trainer = Trainer(network, train, recipe, threads or core_count())
    if resume is not None:
        trainer.restore(resume)
    try:
        for epoch in range(trainer.step // trainer.steps_an_epoch + 1, recipe.last_epoch + 1):
            yield from _epoch(trainer, epoch, validation, gap)
    finally:
        trainer.close()


def _epoch(trainer: "Trainer", epoch: int, validation: Images | None, gap: float) -> Iterator[Progress]:
    count = len(trainer.train.labels)
    order = np.random.default_rng([trainer.recipe.seed, epoch]).permutation(count)
    order = order[: trainer.recipe.pictures_an_epoch(count)]
    loss = hits = known = seen = 0.0
    last = time.perf_counter()
    size = trainer.recipe.batch_size
    for start in range(0, len(order), size):
        now = time.perf_counter()
        totals = trainer.take_step(order[start : start + size])
        trainer.seconds += time.perf_counter() - now
        loss, hits = loss + totals.loss, hits + totals.hits
        known, seen = known + totals.digits, seen + totals.pictures
        ends = start + size >= len(order)
        if ends or time.perf_counter() - last >= gap:
            measured: tuple[float | None, float | None] = (None, None)
            settled = trainer.settled() if ends else None
            if settled is not None and validation is not None and len(validation.labels):
                measured = validate(settled, validation, threads=trainer.threads)
            yield trainer.progress(epoch, loss / seen, hits / max(known, 1), measured, settled)
            last = time.perf_counter()


def validate(network: Network, images: Images, *, threads: int | None = None) -> tuple[float, float]:
    """(mean cross-entropy, fraction read right) of a network on labelled uint8 pictures, each looked at once."""
    logs = log_softmax(network.predict_logits(images.scaled(), threads=threads))
    of_truth = logs[np.arange(len(images)), images.labels]
    return -float(of_truth.mean()), float((logs.argmax(axis=1) == images.labels).mean())


class Trainer:
    """The moving parts of one training: a network of its own, what its workers share, and processes that help."""

    def __init__(self, network: Network, train: Images, recipe: Recipe, threads: int) -> None:
        """threads: how many cores to use; for more than one, processes are started when that is worth its while."""
        self.train = train
        self.recipe = recipe
        self.threads = threads
        self.step = 0
        self.seconds = 0.0
        self._images_done = 0
        self.steps_an_epoch = math.ceil(recipe.pictures_an_epoch(len(train.labels)) / recipe.batch_size)
        self.steps = self.steps_an_epoch * recipe.epochs
        self._shared = shared_arrays(network, recipe, train)
        self._worker = StepWorker(network.copy(), recipe, self.steps, self._shared)
        self._helpers = Helpers()
        self._started = threads == 1
        self._duration = math.inf  # seconds of the quickest step so far

    @property
    def network(self) -> Network:
        """With the weights of this moment, not averaged."""
        return self._worker.network

    @property
    def workers(self) -> int:
        """How many processes take part in a step now."""
        return 1 + self._helpers.count

    def close(self) -> None:
        """End the processes that help."""
        self._helpers.close()

    def take_step(self, chosen: np.ndarray) -> Totals:
        """One step on these pictures. Raises NotANumberError, ChildProcessError."""
        begun = time.perf_counter()
        self._shared["pictures"][: len(chosen)] = self.train.images[chosen]
        self._shared["labels"][: len(chosen)] = self.train.labels[chosen]
        pieces = math.ceil(len(chosen) / self._worker.piece_size)
        self._helpers.share(self._worker, Order(Phase.PIECES, self.step, size=len(chosen), end=pieces))
        totals = Totals(*np.sum(self._shared["totals"][:pieces], axis=0))
        if not math.isfinite(totals.loss):
            raise NotANumberError(
                f"The loss stopped being a finite number in step {self.step + 1} of {self.steps}; "
                f"try a learning rate well under {self.recipe.learning_rate:g}."
            )
        self._helpers.share(self._worker, Order(Phase.PARTS, self.step, size=pieces, end=len(self._worker.parts)))
        self.step += 1
        self._images_done += len(chosen)
        self._observe(pieces)
        self._duration = min(self._duration, time.perf_counter() - begun)
        self._start_helpers()
        return totals

    def _start_helpers(self) -> None:
        """Start processes once it is known that so much is left to do that they earn their start."""
        left = self.steps_an_epoch * self.recipe.last_epoch - self.step
        if not self._started and left * self._duration > _WORTH_HELP:
            self._started = True
            tasks = max(len(self._shared["totals"]), len(self._worker.parts))
            self._helpers.start(min(self.threads, tasks) - 1, self._worker)

    def _observe(self, pieces: int) -> None:
        """Let running averages follow the mean over the pieces."""
        decay = averaging_in(_STATE_MOMENTUM, self.step)
        mean = np.sum(self._shared["observed"][:pieces], axis=0)
        for array, place in zip(states_of(self.network), observed_places(self.network), strict=True):
            array *= decay
            array += (1 - decay) / pieces * mean[place]

    def snapshot(self) -> Network:
        network = self.network.copy()
        if self.recipe.averaging:
            network.vector[...] = self._shared["average"]
        return network

    def settled(self) -> Network:
        """The snapshot with statistics of batch norms that suit its predictions."""
        network = self.snapshot()
        renew_statistics(network, self.train, np.random.default_rng([self.recipe.seed, 0]))  # epochs begin with 1
        return network

    def progress(
        self,
        epoch: int,
        loss: float,
        accuracy: float,
        measured: tuple[float | None, float | None],
        settled: Network | None,
    ) -> Progress:
        """settled: the network at the end of an epoch."""
        return Progress(
            step=self.step,
            steps=self.steps_an_epoch * self.recipe.last_epoch,
            epoch=epoch,
            epochs=self.recipe.last_epoch,
            loss=loss,
            accuracy=accuracy,
            learning_rate=self.recipe.learning_rate_at(self.step, self.steps),
            seconds=self.seconds,
            images_per_second=self._images_done / max(self.seconds, 1e-9),
            ends_epoch=settled is not None,
            validation_loss=measured[0],
            validation_accuracy=measured[1],
            snapshot=self.snapshot if settled is None else settled.copy,
            state=self.state,
        )

    def state(self) -> dict[str, np.ndarray]:
        arrays = {f"network.{name}": array.copy() for name, array in self.network.arrays().items()}
        arrays |= {f"moment.{i}": moment.copy() for i, moment in enumerate(self._shared["moments"])}
        if self.recipe.averaging:
            arrays["average"] = self._shared["average"].copy()
        arrays["step"] = np.array(self.step)
        arrays["seconds"] = np.array(self.seconds)
        return arrays

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Go on from a `state`; raises ValueError if it belongs to another training."""
        try:
            self.network.assign({n.removeprefix("network."): a for n, a in state.items() if n.startswith("network.")})
            for i, moment in enumerate(self._shared["moments"]):
                moment[...] = state[f"moment.{i}"]
            if self.recipe.averaging:
                self._shared["average"][...] = state["average"]
            self.step, self.seconds = int(state["step"]), float(state["seconds"])
        except (KeyError, ValueError):
            raise ValueError("The checkpoint belongs to a training with other settings.") from None
