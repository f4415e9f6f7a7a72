"""Introspection: a picture's values step by step, the receptive field of each, and gradients by the picture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

import numpy as np

from model.network.activations import activation
from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Layer
from model.network.network import Network
from model.network.pooling import AveragePool2D, MaxPool2D
from model.network.workspace import Shape, Workspace

Kind = Literal["picture", "convolution", "pooling", "norm", "dense", "output"]
PICTURE: Final = "picture"
CONVOLUTION: Final = "convolution"
POOLING: Final = "pooling"
NORM: Final = "norm"
DENSE: Final = "dense"
OUTPUT: Final = "output"

# (n, *shape) values of a step -> the gradient, of the same shape, that goes back from them
Head = Callable[[np.ndarray], np.ndarray]


class Field(NamedTuple):
    """A part of the picture, in pixels: rows from top up to, but without, bottom, and columns likewise."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Step:
    """Layers whose work is shown as one: one that adds up or pools, with the norm that follows it.

    shape: of its values without the batch axis, (height, width, maps) or (units,).
    layer: the one that does the work, None for the picture itself. end: how many layers are done after this step.
    """

    kind: Kind
    shape: Shape
    layer: Layer | None
    end: int

    @property
    def units(self) -> int:
        """How many maps it has, or single values."""
        return self.shape[-1]


class Introspection:
    """A network taken apart into steps, for pictures (28, 28) or of whatever size the network takes.

    Batch norms are folded into the layers before them where that is possible, see `Network.folded`. Nothing is kept
    from call to call, so several threads may use one Introspection.
    """

    def __init__(self, network: Network) -> None:
        """The network must not be trained meanwhile."""
        self.network = network.folded()
        self.steps: list[Step] = _steps(self.network)

    def __repr__(self) -> str:
        return f"Introspection({', '.join(f'{step.kind} {step.shape}' for step in self.steps)})"

    def activations(self, image: np.ndarray) -> list[np.ndarray]:
        """The picture (28, 28), pixels 0..1 -> the values after each step, each of the step's shape."""
        work, y, values = Workspace(), self.network.as_input(image[None]), []
        done = 0
        for step in self.steps:
            for layer in self.network.layers[done : step.end]:
                y = layer.infer(y, work)
            done = step.end
            values.append(y.reshape(step.shape))
        return values

    @property
    def last_hidden(self) -> int:
        """The number of the step before the output: the picture itself where no layer stands between."""
        return max(len(self.steps) - 2, 0)

    def features(self, images: np.ndarray, work: Workspace | None = None) -> tuple[np.ndarray, np.ndarray]:
        """(n, 28, 28) pictures -> what the last hidden step makes of them, (n, d), and the logits, (n, classes).

        work: memory that is used again from call to call.
        """
        work, y = work or Workspace(), self.network.as_input(images)
        work.reset()
        end = self.steps[self.last_hidden].end
        for layer in self.network.layers[:end]:
            y = layer.infer(y, work)
        features = y.reshape(len(images), -1).copy()
        for layer in self.network.layers[end:]:
            y = layer.infer(y, work)
        return features, y.copy()

    def field(self, number: int, row: int = 0, column: int = 0) -> Field:
        """The pixels that can change the value of step `number` at a place of its maps; its single values have none.

        It goes back from layer to layer: a kernel of k cells with stride s that starts p cells outside makes of the
        cells a..b the cells s a - p .. s b - p + k - 1 (Araujo, Norris and Sim, "Computing receptive fields of
        convolutional neural networks", Distill 2019, eq. 2), of which those outside are padding.
        """
        rows, columns = (row, row), (column, column)
        for layer, shape in reversed(self._inputs[: self.steps[number].end]):
            if isinstance(layer, Dense):
                height, width = self.network.input_shape[:2]
                return Field(0, 0, height, width)
            rows, columns = _seen(layer, rows, shape[0]), _seen(layer, columns, shape[1])
        return Field(rows[0], columns[0], rows[1] + 1, columns[1] + 1)

    def weights(self, number: int, unit: int) -> np.ndarray | None:
        """What a map or unit of step `number` multiplies by: (height, width, maps before); None where it does not.

        For a unit of a dense layer height and width are those of the maps before, or 1.
        """
        layer = self.steps[number].layer
        if isinstance(layer, Conv2D):
            return layer.parameters["weight"][..., unit]
        if isinstance(layer, Dense):
            before = self.steps[number - 1].shape
            return layer.parameters["weight"][:, unit].reshape(before if len(before) == 3 else (1, 1, before[0]))
        return None

    def gradient(self, images: np.ndarray, head: Head, number: int = -1) -> tuple[np.ndarray, np.ndarray]:
        """(n, 28, 28) pictures -> the values of step `number`, (n, *shape), and the gradient by the pixels, as images.

        head: from the values to the gradient that goes back from them, such as ones for the gradient of their sum.
        """
        values, dx, _ = self._back(images, head, number)
        return values, dx

    def weight_gradient(self, images: np.ndarray, head: Head) -> tuple[np.ndarray, np.ndarray]:
        """(n, 28, 28) pictures -> logits (n, classes), and the gradient by the parameters, as long as their vector.

        It is that of the sum over the pictures. A norm that is not folded counts as fixed: its gradients are 0.
        """
        logits, _, gradient = self._back(images, head, -1)
        return logits, gradient

    def _back(self, images: np.ndarray, head: Head, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The values of a step, the gradient by the pixels, and that by all parameters: 0 for those that come after."""
        step, work, caches = self.steps[number], Workspace(), []
        y = self.network.as_input(images)
        layers = self.network.layers[: step.end]
        for layer in layers:
            y, cache = _forward(layer, y, work)
            caches.append(cache)
        values = y.reshape(len(images), *step.shape)
        dy: np.ndarray | None = head(values).astype(y.dtype).reshape(y.shape)
        vector = np.zeros_like(self.network.vector)
        for layer, cache, gradients in reversed(list(zip(layers, caches, self.network.split(vector), strict=False))):
            assert dy is not None
            dy = _backward(layer, dy, cache, gradients, work)
        assert dy is not None
        return values, dy.reshape(images.shape), vector

    @cached_property
    def _inputs(self) -> list[tuple[Layer, Shape]]:
        """Every layer and the shape of what goes into it."""
        shapes = [self.network.input_shape, *(plan.output for plan in self.network.plans)]
        return list(zip(self.network.layers, shapes, strict=False))


def _steps(network: Network) -> list[Step]:
    steps = [Step(PICTURE, network.input_shape, None, 0)]
    for end, (layer, plan) in enumerate(zip(network.layers, network.plans, strict=True), 1):
        before = steps[-1]
        if isinstance(layer, Conv2D):
            steps.append(Step(CONVOLUTION, plan.output, layer, end))
        elif isinstance(layer, MaxPool2D | AveragePool2D):
            steps.append(Step(POOLING, plan.output, layer, end))
        elif isinstance(layer, Dense):
            steps.append(Step(DENSE, plan.output, layer, end))
        elif isinstance(layer, BatchNorm) and before.kind in (PICTURE, NORM):
            steps.append(Step(NORM, before.shape, layer, end))
        else:  # a norm, or one that only turns maps into a row of values
            steps[-1] = Step(before.kind, before.shape, before.layer, end)
    last = steps[-1]
    if last.kind == DENSE:
        steps[-1] = Step(OUTPUT, last.shape, last.layer, last.end)
    return steps


def _seen(layer: Layer, cells: tuple[int, int], length: int) -> tuple[int, int]:
    """The first and the last cell of an axis of `length` cells that the layer makes these cells of."""
    first, last = cells
    if isinstance(layer, Conv2D):
        before, _ = layer.pads(length)
        first, last = first * layer.stride - before, last * layer.stride - before + layer.kernel - 1
    elif isinstance(layer, MaxPool2D | AveragePool2D):
        first, last = first * layer.size, last * layer.size + layer.size - 1
    return max(first, 0), min(last, length - 1)


def _forward(layer: Layer, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
    """As `Layer.forward`, but with a norm's running averages, as in a prediction."""
    if isinstance(layer, BatchNorm):
        y = layer.infer(x, work)
        return y, y
    return layer.forward(x, work)


def _backward(
    layer: Layer, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace
) -> np.ndarray | None:
    if isinstance(layer, BatchNorm):
        activation(layer.activation).chain(dy, cache)
        dy *= layer.affine()[0]
        return dy
    return layer.backward(dy, cache, gradients, work)
