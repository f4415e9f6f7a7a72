"""Layer: what every layer of a network can do, and what is known of it before memory is taken.

A layer keeps parameters, never activations. `forward` returns what `backward` will need as a value, the cache; so
several threads can run pieces of one batch through the same layer at once.
"""

import math
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

import numpy as np

from model.network.workspace import Shape, Workspace


class Plan(NamedTuple):
    """What a layer makes of inputs of a shape: shapes without the batch axis, known before memory is taken."""

    output: Shape
    parameters: dict[str, Shape]
    state: dict[str, Shape]

    @property
    def parameter_count(self) -> int:
        """How many numbers the layer trains."""
        return sum(math.prod(shape) for shape in self.parameters.values())


@dataclass(eq=False, kw_only=True)
class Layer:
    """A step of a network; each kind is a dataclass whose fields are its settings.

    parameters: arrays that are trained. state: arrays that are saved with the network and not trained.
    """

    parameters: dict[str, np.ndarray] = field(default_factory=dict, init=False, repr=False)
    state: dict[str, np.ndarray] = field(default_factory=dict, init=False, repr=False)

    def plan(self, shape: Shape) -> Plan:
        """What comes of inputs of this shape (without the batch axis); raises ValueError if they do not fit."""
        raise NotImplementedError

    def initial_value(self, name: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        """The value of a parameter or state array before training, float64, of that shape."""
        return np.zeros(shape)

    def forward(self, x: np.ndarray, work: Workspace) -> tuple[np.ndarray, Any]:
        """(n, *shape) -> (output, cache), for training. Does not change x."""
        raise NotImplementedError

    def infer(self, x: np.ndarray, work: Workspace) -> np.ndarray:
        """(n, *shape) -> output, for prediction: keeps nothing. Does not change x."""
        return self.forward(x, work)[0]

    def backward(
        self, dy: np.ndarray, cache: Any, gradients: dict[str, np.ndarray], work: Workspace, *, wants_dx: bool = True
    ) -> np.ndarray | None:
        """The loss's gradient by the output -> its gradient by the input (None unless wanted).

        Writes the gradient of each parameter into the array of its name in gradients. May overwrite dy.
        """
        raise NotImplementedError

    def observed(self, cache: Any) -> dict[str, np.ndarray]:
        """What forward saw of the batch that belongs into the state, by name."""
        return {}

    def __str__(self) -> str:
        """The layer as in a program, without the settings that have their default value."""
        defaults = {f.name: f.default for f in fields(self)}
        shown = [f"{name}={value!r}" for name, value in self.settings().items() if value != defaults[name]]
        return f"{type(self).__name__}({', '.join(shown)})"

    def settings(self) -> dict[str, Any]:
        """The arguments that make such a layer again."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.init}
