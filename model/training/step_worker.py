"""StepWorker: what each of the processes that train does in a step.

A batch is cut into pieces of fixed size, and the parameters into parts. Workers divide the pieces, warp their pictures
and run them forward and backward; then they divide the parts, add up the gradients of each, piece by piece in order,
and let the optimizer move it. Pieces, parts and order are fixed, and every random choice follows from the seed, the
step and the piece: so the same seed gives the same weights however many workers there are.
"""

import enum
import itertools
import math
from typing import Any, NamedTuple

import numpy as np

from model.data.images import NO_DIGIT, Images
from model.network.convolution import Conv2D
from model.network.network import Network
from model.network.workspace import Shape, Workspace
from model.pictures.warp import warp
from model.training.losses import is_doubted, targets_of
from model.training.optimizers import Optimizer
from model.training.recipe import Recipe
from model.training.shared_arrays import SharedArrays

_PIECE = 32  # images of a piece for networks with convolutions: their activations fill the cache
_DENSE_PIECES = 2  # of a batch for dense layers alone: small activations, and products that want many rows
# Parameters that an optimizer moves at a time, but for matrices that it takes whole: shorter slices fit a smaller
# cache, longer ones take fewer calls.
_SLICE = 131_072


class Phase(enum.IntEnum):
    """What workers share out among themselves, one after the other."""

    PIECES = 1  # of a batch; size is how many pictures it has
    PARTS = 2  # of the parameters; size is how many pieces the batch had


class Order(NamedTuple):
    """What a worker is to do: the numbers first, first + stride, ... below end, of a phase of a step (from 0)."""

    phase: Phase
    step: int
    size: int
    end: int
    first: int = 0
    stride: int = 1

    def divided(self, workers: int) -> "list[Order]":
        """The same for so many workers, or for fewer where there is not enough to do."""
        workers = min(workers, self.end)
        return [self._replace(first=first, stride=workers) for first in range(workers)]


class Totals(NamedTuple):
    """What a step saw, over all of its pictures."""

    loss: float  # summed
    hits: float
    digits: float  # pictures that show one
    pictures: float


class StepWorker:
    """Runs pieces of batches and moves parts of the parameters, all of which lie in shared arrays."""

    def __init__(self, network: Network, recipe: Recipe, steps: int, shared: SharedArrays) -> None:
        """network: its parameters will lie in `shared`. steps: of the whole training, for its schedule."""
        network.lie_in(shared["vector"])
        self.network = network
        self.recipe = recipe
        self.steps = steps
        self.optimizer = recipe.make_optimizer()
        self.parts = parts_of(network, self.optimizer)
        self.piece_size = piece_size(network, recipe.batch_size)
        self.shared = shared
        self._loss = recipe.loss_function()
        self._views = [network.split(gradient) for gradient in shared["gradients"]]
        self._first = next((i for i, layer in enumerate(network.layers) if layer.parameters), 0)
        self._work = Workspace()

    def obey(self, order: Order) -> None:
        """Run pieces, or move parts."""
        do = self._run_piece if order.phase == Phase.PIECES else self._move_part
        # Numbers that run away are reported once, by the loss (NotANumberError), not by numpy's warnings.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for number in range(order.first, order.end, order.stride):
                do(order.step, number, order.size)

    def _run_piece(self, step: int, piece: int, batch: int) -> None:
        """Forward and backward for one piece; leaves what comes of it in the rows of its number."""
        self._work.reset(np.random.default_rng([self.recipe.seed, step, piece]))
        at = slice(piece * self.piece_size, min((piece + 1) * self.piece_size, batch))
        labels = self.shared["labels"][at]
        y, caches = self._forward(self.shared["pictures"][at], step)
        losses, dy = self._loss(y, targets_of(labels, y.shape[1], self.recipe.label_smoothing, y.dtype.type))
        self.shared["totals"][piece] = Totals(
            losses.sum(), (y.argmax(axis=1) == labels).sum(), (labels != NO_DIGIT).sum(), len(labels)
        )
        if self.recipe.doubt:
            dy[is_doubted(y, labels, self.recipe.doubt)] = 0
        dy *= 1 / batch
        self._backward(dy, caches, self._views[piece])
        observed = self.shared["observed"][piece]
        for place, array in zip(observed_places(self.network), self._observed(caches), strict=True):
            observed[place] = array

    def _forward(self, pictures: np.ndarray, step: int) -> tuple[np.ndarray, list[Any]]:
        """(n, 28, 28) uint8 -> logits (n, 10), and the cache of every layer."""
        amount = self.recipe.warp_at(step, self.steps)
        x = pictures * np.float32(1 / 255) if amount is None else warp(pictures, self._work.rng, amount)
        y = self.network.as_input(x)
        caches = []
        for layer in self.network.layers:
            y, cache = layer.forward(y, self._work)
            caches.append(cache)
        return y, caches

    def _backward(self, dy: np.ndarray, caches: list[Any], gradients: list[dict[str, np.ndarray]]) -> None:
        for i in range(len(caches) - 1, self._first - 1, -1):
            layer = self.network.layers[i]
            dx = layer.backward(dy, caches[i], gradients[i], self._work, wants_dx=i > self._first)
            if dx is not None:
                dy = dx

    def _observed(self, caches: list[Any]) -> list[np.ndarray]:
        seen = [layer.observed(cache) for layer, cache in zip(self.network.layers, caches, strict=True)]
        return [seen[i][name] for i, layer in enumerate(self.network.layers) for name in layer.state]

    def _move_part(self, step: int, number: int, pieces: int) -> None:
        """Add up the gradients of the pieces and let the optimizer move this part."""
        part = self.parts[number]
        gradients = self.shared["gradients"][:pieces, part.at]
        gradient = gradients[0]
        for other in gradients[1:]:
            gradient += other
        p = self.network.vector[part.at]
        t = self._work.scratch(p.shape, p.dtype, "optimizer")
        self.optimizer.update(
            p,
            gradient,
            list(self.shared["moments"][:, part.at]),
            t,
            rate=self.recipe.learning_rate_at(step, self.steps),
            step=step + 1,
            decays=part.decays,
            matrix=part.matrix,
        )
        if self.recipe.averaging:
            average = self.shared["average"][part.at]
            np.subtract(p, average, out=t)
            t *= 1 - averaging_in(self.recipe.averaging, step + 1)
            average += t


def averaging_in(decay: float, step: int) -> float:
    """The decay of a running average in step (from 1), quicker at first so that the random start is soon forgotten."""
    return min(decay, (1 + step) / (10 + step))


def shared_arrays(network: Network, recipe: Recipe, train: Images) -> SharedArrays:
    """What the workers of a training on these pictures share; only the parameters have their values yet."""
    batch = min(recipe.batch_size, len(train))
    pieces = math.ceil(batch / piece_size(network, recipe.batch_size))
    length, dtype = network.vector.size, network.dtype
    shared = SharedArrays(
        {
            "vector": ((length,), dtype),
            "gradients": ((pieces, length), dtype),
            "moments": ((recipe.make_optimizer().moments, length), dtype),
            "average": ((length if recipe.averaging else 0,), dtype),
            "pictures": ((batch, *train.images.shape[1:]), np.uint8),
            "labels": ((batch,), np.uint8),
            "totals": ((pieces, len(Totals._fields)), np.float64),
            "observed": ((pieces, sum(array.size for array in states_of(network))), dtype),
        }
    )
    shared["vector"][...] = network.vector
    shared["average"][...] = network.vector[: shared["average"].size]
    return shared


def states_of(network: Network) -> list[np.ndarray]:
    """The arrays that follow what layers observe, in the order of `observed_places`."""
    return [array for layer in network.layers for array in layer.state.values()]


def observed_places(network: Network) -> list[slice]:
    """Where what layers observed of a piece stands in its row, in the order of their states."""
    ends = list(itertools.accumulate((array.size for array in states_of(network)), initial=0))
    return [slice(start, end) for start, end in itertools.pairwise(ends)]


def piece_size(network: Network, batch_size: int) -> int:
    """How many images a worker takes at a time; not to depend on the number of workers, as results must not."""
    if any(isinstance(layer, Conv2D) for layer in network.layers):
        return _PIECE
    return math.ceil(batch_size / _DENSE_PIECES)


class Part(NamedTuple):
    """Parameters that the optimizer moves at a time: where, whether they decay, and (inputs, outputs) of a matrix."""

    at: slice
    decays: bool
    matrix: Shape | None


def parts_of(network: Network, optimizer: Optimizer) -> list[Part]:
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
                parts.append(Part(where, name == "weight", matrix if whole else None))
            at += array.size
    return sorted(parts, key=lambda part: part.at.start - part.at.stop)
