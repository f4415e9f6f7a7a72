"""fit: the training loop, a generator. The caller prints, draws, stores, or stops by not asking for more.

How a step is divided. A batch is cut into pieces of fixed size. Python threads take one piece after another, warp
its pictures and run it forward and backward; numpy lets go of the interpreter's lock in every product and pass, so
threads run side by side, and a piece is small enough that what one layer writes is still in the cache when the next
reads it. Then the threads divide the parameter vector: each slice's gradients are added up, piece by piece in
order, and the optimizer moves it. Pieces and order are fixed, and every random choice follows from the seed, the step
and the piece: so the same seed gives the same weights whatever the number of threads.
"""

import math
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from model.cores import core_count
from model.data.images import NO_DIGIT, Images
from model.network.activations import log_softmax
from model.network.convolution import Conv2D
from model.network.network import Network
from model.network.workspace import Shape, Workspace
from model.pictures.warp import warp
from model.training.losses import is_doubted, targets_of
from model.training.optimizers import Optimizer
from model.training.recipe import Recipe

_PIECE = 32  # images of a piece for networks with convolutions: their activations fill the cache
_DENSE_PIECES = 2  # of a batch for dense layers alone: small activations, and products that want many rows
# Parameters that an optimizer moves at a time, but for matrices that it takes whole. Shorter slices fit a smaller
# cache, but then two threads wait for the interpreter's lock more than they work: with 32,768 they took twice as long
# as one, with 131,072 two thirds.
_SLICE = 131_072
_STATE_MOMENTUM = 0.99  # how slowly running averages (batch norm) follow the batches
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
    snapshot: Callable[[], Network]  # a network of its own with the weights (averaged, if so asked) of this moment
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
    Raises ValueError for data that does not fit the network, NotANumberError when the loss stops being a number.
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
        loss, hits, known, seen = loss + totals[0], hits + totals[1], known + totals[2], seen + totals[3]
        ends = start + size >= len(order)
        if ends or time.perf_counter() - last >= gap:
            measured: tuple[float | None, float | None] = (None, None)
            if ends and validation is not None and len(validation.labels):
                measured = validate(trainer.snapshot(), validation, threads=trainer.threads)
            yield trainer.progress(epoch, loss / seen, hits / max(known, 1), measured, ends=ends)
            last = time.perf_counter()


def validate(network: Network, images: Images, *, threads: int | None = None) -> tuple[float, float]:
    """(mean cross-entropy, fraction read right) of a network on labelled uint8 pictures, each looked at once."""
    logs = log_softmax(network.predict_logits(images.scaled(), threads=threads))
    of_truth = logs[np.arange(len(images)), images.labels]
    return -float(of_truth.mean()), float((logs.argmax(axis=1) == images.labels).mean())


class Trainer:
    """The moving parts of one training: a network of its own, the optimizer's memory, threads and their workspaces."""

    def __init__(self, network: Network, train: Images, recipe: Recipe, threads: int) -> None:
        self.network = network.copy()
        self.train = train
        self.recipe = recipe
        self.threads = threads
        self.step = 0
        self.seconds = 0.0
        self._images_done = 0
        self.steps_an_epoch = math.ceil(recipe.pictures_an_epoch(len(train.labels)) / recipe.batch_size)
        self.steps = self.steps_an_epoch * recipe.epochs
        self._optimizer = recipe.make_optimizer()
        self._loss = recipe.loss_function()
        vector = self.network.vector
        self._moments = [np.zeros_like(vector) for _ in range(self._optimizer.moments)]
        self._average = vector.copy() if recipe.averaging else None
        self._piece = _piece_size(network, recipe.batch_size)
        pieces = math.ceil(min(recipe.batch_size, len(train.labels)) / self._piece)
        self._gradients = [np.zeros_like(vector) for _ in range(pieces)]
        self._views = [self.network.split(g) for g in self._gradients]
        self._parts = _parts(self.network, self._optimizer)
        self._first = next((i for i, layer in enumerate(network.layers) if layer.parameters), 0)
        self._pool = ThreadPoolExecutor(threads - 1) if threads > 1 else None
        self._workspaces: queue.SimpleQueue[Workspace] = queue.SimpleQueue()
        for _ in range(threads):
            self._workspaces.put(Workspace())

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def take_step(self, chosen: np.ndarray) -> np.ndarray:
        """One step on these pictures; returns (sum of losses, hits, pictures of digits, pictures)."""
        starts = range(0, len(chosen), self._piece)
        results = self._divide(
            lambda k: self._run_piece(k, chosen[starts[k] : starts[k] + self._piece], len(chosen)), len(starts)
        )
        totals = np.sum([totals for totals, _ in results], axis=0)
        if not math.isfinite(totals[0]):
            raise NotANumberError(
                f"The loss stopped being a finite number in step {self.step + 1} of {self.steps}; "
                f"try a learning rate well under {self.recipe.learning_rate:g}."
            )
        rate = self.recipe.learning_rate_at(self.step, self.steps)
        self.step += 1
        self._images_done += len(chosen)
        self._divide(lambda number: self._move(self._parts[number], len(starts), rate), len(self._parts))
        self._observe([seen for _, seen in results])
        return totals

    def _divide(self, task: Callable[[int], Any], count: int) -> list[Any]:
        """The results of task(0) to task(count - 1); this thread works too, which spares waking one."""
        results: list[Any] = [None] * count
        waiting = iter(range(count))

        def work() -> None:
            # Numbers that run away are reported once, by the loss (NotANumberError), not by numpy's warnings.
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                for number in waiting:
                    results[number] = task(number)

        others = [self._pool.submit(work) for _ in range(min(self.threads, count) - 1)] if self._pool else []
        work()
        for other in others:
            other.result()
        return results

    def _run_piece(self, piece: int, chosen: np.ndarray, batch: int) -> tuple[np.ndarray, list[dict[str, np.ndarray]]]:
        """Forward and backward for one piece; leaves its gradients in its own vector."""
        work = self._workspaces.get()
        work.reset(np.random.default_rng([self.recipe.seed, self.step, piece]))
        pictures, labels = self.train.images[chosen], self.train.labels[chosen]
        amount = self.recipe.warp_at(self.step, self.steps)
        x = pictures * np.float32(1 / 255) if amount is None else warp(pictures, work.rng, amount)
        y = self.network.as_input(x)
        caches = []
        for layer in self.network.layers:
            y, cache = layer.forward(y, work)
            caches.append(cache)
        losses, dy = self._loss(y, targets_of(labels, y.shape[1], self.recipe.label_smoothing, y.dtype.type))
        totals = np.array([losses.sum(), (y.argmax(axis=1) == labels).sum(), (labels != NO_DIGIT).sum(), len(labels)])
        if self.recipe.doubt:
            dy[is_doubted(y, labels, self.recipe.doubt)] = 0
        dy *= 1 / batch
        for i in range(len(caches) - 1, self._first - 1, -1):
            dx = self.network.layers[i].backward(dy, caches[i], self._views[piece][i], work, wants_dx=i > self._first)
            if dx is not None:
                dy = dx
        seen = [layer.observed(cache) for layer, cache in zip(self.network.layers, caches, strict=True)]
        self._workspaces.put(work)
        return totals, seen

    def _move(self, part: "_Part", pieces: int, rate: float) -> None:
        """Add up the pieces' gradients and let the optimizer move this part of the parameters."""
        at = part.at
        gradient = self._gradients[0][at]
        for other in self._gradients[1:pieces]:
            gradient += other[at]
        p = self.network.vector[at]
        moments = [m[at] for m in self._moments]
        work = self._workspaces.get()
        t = work.scratch(p.shape, p.dtype, "optimizer")
        self._optimizer.update(
            p, gradient, moments, t, rate=rate, step=self.step, decays=part.decays, matrix=part.matrix
        )
        if self._average is not None:
            np.subtract(p, self._average[at], out=t)
            t *= 1 - self._averaging_now()
            self._average[at] += t
        self._workspaces.put(work)

    def _averaging_now(self) -> float:
        """The decay of the running average, quicker in the first steps so that the random start is soon forgotten."""
        return min(self.recipe.averaging, (1 + self.step) / (10 + self.step))

    def _observe(self, seen: list[list[dict[str, np.ndarray]]]) -> None:
        """Let running averages follow the mean over the pieces."""
        decay = min(_STATE_MOMENTUM, (1 + self.step) / (10 + self.step))
        for i, layer in enumerate(self.network.layers):
            for name, array in layer.state.items():
                array *= decay
                array += (1 - decay) / len(seen) * np.sum([piece[i][name] for piece in seen], axis=0)

    def snapshot(self) -> Network:
        network = self.network.copy()
        if self._average is not None:
            network.vector[...] = self._average
        return network

    def progress(
        self, epoch: int, loss: float, accuracy: float, measured: tuple[float | None, float | None], *, ends: bool
    ) -> Progress:
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
            ends_epoch=ends,
            validation_loss=measured[0],
            validation_accuracy=measured[1],
            snapshot=self.snapshot,
            state=self.state,
        )

    def state(self) -> dict[str, np.ndarray]:
        arrays = {f"network.{name}": array.copy() for name, array in self.network.arrays().items()}
        arrays |= {f"moment.{i}": moment.copy() for i, moment in enumerate(self._moments)}
        if self._average is not None:
            arrays["average"] = self._average.copy()
        arrays["step"] = np.array(self.step)
        arrays["seconds"] = np.array(self.seconds)
        return arrays

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Go on from a `state`; raises ValueError if it belongs to another training."""
        try:
            self.network.assign({n.removeprefix("network."): a for n, a in state.items() if n.startswith("network.")})
            for i, moment in enumerate(self._moments):
                moment[...] = state[f"moment.{i}"]
            if self._average is not None:
                self._average[...] = state["average"]
            self.step, self.seconds = int(state["step"]), float(state["seconds"])
        except (KeyError, ValueError):
            raise ValueError("The checkpoint belongs to a training with other settings.") from None


def _piece_size(network: Network, batch_size: int) -> int:
    """How many images a thread takes at a time; not to depend on the number of threads, as results must not."""
    if any(isinstance(layer, Conv2D) for layer in network.layers):
        return _PIECE
    return math.ceil(batch_size / _DENSE_PIECES)


class _Part(NamedTuple):
    """Parameters that the optimizer moves at a time: where, whether they decay, and (inputs, outputs) of a matrix."""

    at: slice
    decays: bool
    matrix: Shape | None


def _parts(network: Network, optimizer: Optimizer) -> list[_Part]:
    """All parameters, the longest part first: whole matrices of hidden layers, and slices of at most _SLICE numbers."""
    parts, at = [], 0
    last = max((i for i, layer in enumerate(network.layers) if "weight" in layer.parameters), default=0)
    for i, layer in enumerate(network.layers):
        for name, array in layer.parameters.items():
            matrix = (array.size // array.shape[-1], array.shape[-1])
            whole = name == "weight" and i < last and optimizer.takes_whole(matrix)
            length = array.size if whole else _SLICE
            for start in range(at, at + array.size, length):
                where = slice(start, min(start + length, at + array.size))
                parts.append(_Part(where, name == "weight", matrix if whole else None))
            at += array.size
    return sorted(parts, key=lambda part: part.at.start - part.at.stop)
