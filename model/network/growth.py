"""Growth: a hidden layer gets units that see one form of a digit each and are silent for everything else.

The units go into the last hidden dense layer, so a network that has grown is a network like any other: it is saved,
exported, looked into and trained further as before. With no unit awake it reads exactly as it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.network.activations import LEAK
from model.network.layers import BatchNorm, Dense, Dropout, Layer
from model.network.network import Network
from model.network.workspace import Workspace

_AT_ONCE = 64  # pictures that features are computed of at a time
_STEEP = {"tanh": 4.0, "sigmoid": 8.0}  # the slope that makes of an S a step from 0 to 1, to less than a thousandth


@dataclass(frozen=True, eq=False)
class Detector:
    """Sees a form: adds `strength` to the logit of `digit` where weight . features is at + width or more.

    Below `at` it adds nothing, between the two a part. weight (F,) float32; width over 0.
    """

    digit: int
    weight: np.ndarray
    at: float
    width: float
    strength: float

    def added(self, features: np.ndarray) -> np.ndarray:
        """(N, F) features -> (N,) what it adds to the logit of its digit."""
        return self.added_at(features @ self.weight)

    def added_at(self, products: np.ndarray) -> np.ndarray:
        """The same of the products weight . features (N,)."""
        seen = (products - np.float32(self.at)) / np.float32(self.width)
        added: np.ndarray = np.clip(seen, 0, 1) * np.float32(self.strength)
        return added


def can_grow(network: Network) -> bool:
    """Whether it ends in a hidden dense layer that is not linear and a dense layer of logits."""
    return _hidden_place(network) is not None


def feature_count(network: Network) -> int:
    """F: how many features there are. Raises ValueError for a network that cannot grow."""
    count: int = network.layers[_hidden_index(network)].parameters["weight"].shape[0]
    return count


def features_of(network: Network, images: np.ndarray) -> np.ndarray:
    """(N, 28, 28) pictures, pixels 0..1 -> (N, F) float32: what the last hidden dense layer sees of them.

    Raises ValueError for a network that cannot grow.
    """
    folded = network.folded()
    hidden = _hidden_index(folded)
    inputs = folded.as_input(images)
    out = np.empty((len(inputs), *folded.plans[hidden - 1].output), np.float32) if hidden else inputs
    work = Workspace()
    for i in range(0, len(inputs) if hidden else 0, _AT_ONCE):
        work.reset()
        y = inputs[i : i + _AT_ONCE]
        for layer in folded.layers[:hidden]:
            y = layer.infer(y, work)
        out[i : i + _AT_ONCE] = y
    return out


def logits_from(network: Network, features: np.ndarray) -> np.ndarray:
    """(N, F) features as from `features_of` -> (N, classes) logits."""
    folded = network.folded()
    y = np.asarray(features, np.float32)
    work = Workspace()
    for layer in folded.layers[_hidden_index(folded) :]:
        y = layer.infer(y, work)
    return y


def grown(network: Network, detectors: Sequence[Detector]) -> Network:
    """A network of its own that reads as this one does, with the detectors. Raises ValueError where it cannot grow."""
    hidden = _hidden_index(network)
    logits = len(network.layers) - 1
    name = _activation_of(network)
    units = [unit for detector in detectors for unit in _units(detector, name)]
    layers: list[Layer] = []
    for i, layer in enumerate(network.layers):
        settings = layer.settings()
        if i == hidden:
            settings["units"] += len(units)
        layers.append(type(layer)(**settings))
    arrays = network.arrays()
    if units:
        for i in range(hidden, logits):
            arrays |= {f"{i}.{key}": value for key, value in _widened(network.layers[i], units).items()}
        rows = np.stack([unit.output for unit in units])
        arrays[f"{logits}.weight"] = np.concatenate([arrays[f"{logits}.weight"], rows])
        arrays[f"{logits}.bias"] = arrays[f"{logits}.bias"] + np.sum([unit.shift for unit in units], axis=0)
    other = Network(layers, input_shape=network.input_shape, dtype=network.dtype.type, info=network.info)
    other.assign(arrays)
    return other


@dataclass(frozen=True, eq=False)
class _Unit:
    """A hidden unit: weight (F,) and bias before its activation, output (classes,) after it, shift of the logits."""

    weight: np.ndarray
    bias: float
    output: np.ndarray
    shift: np.ndarray


def _units(detector: Detector, name: str) -> list[_Unit]:
    """The units of a detector: the difference of two ramps, or one S. `shift` takes away what they add asleep."""
    to_digit = np.zeros(10, np.float32)
    to_digit[detector.digit] = detector.strength
    weight, bias = detector.weight / np.float32(detector.width), -detector.at / detector.width
    if name in _STEEP:
        steep = np.float32(2 * _STEEP[name])
        low, high = (-1, 1) if name == "tanh" else (0, 1)
        output = to_digit / np.float32(high - low)
        return [_Unit(weight * steep, float(steep) * (bias - 0.5), output, -low * output)]
    leak = np.float32(LEAK if name == "leaky_relu" else 0)
    output, nothing = to_digit / (1 - leak), np.zeros_like(to_digit)
    return [_Unit(weight, bias, output, -leak * output), _Unit(weight, bias - 1, -output, nothing)]


def _widened(layer: Layer, units: list[_Unit]) -> dict[str, np.ndarray]:
    """The arrays of the hidden layer, or of the BatchNorm behind it, with those of the units; none for Dropout."""
    if isinstance(layer, Dense):
        new: dict[str, Any] = {
            "weight": np.stack([unit.weight for unit in units], axis=1),
            "bias": np.array([unit.bias for unit in units], np.float32),
        }
    elif isinstance(layer, BatchNorm):  # one that leaves its input as it is
        ones = np.ones(len(units), np.float32)
        new = {"scale": ones, "shift": 0 * ones, "mean": 0 * ones, "variance": ones - np.float32(layer.epsilon)}
    else:
        return {}
    old = {**layer.parameters, **layer.state}
    return {key: np.concatenate([old[key], value], axis=-1) for key, value in new.items()}


def _hidden_index(network: Network) -> int:
    place = _hidden_place(network)
    if place is None:
        raise ValueError("This network has no hidden dense layer that could grow.")
    return place


def _hidden_place(network: Network) -> int | None:
    """The index of the last hidden dense layer; None where there is none, or what follows it is not understood."""
    layers = network.layers
    last = layers[-1] if layers else None
    if not isinstance(last, Dense) or last.activation != "linear" or network.output_shape != (10,):
        return None
    at = len(layers) - 2
    while at >= 0 and isinstance(layers[at], BatchNorm | Dropout):
        at -= 1
    if at < 0 or not isinstance(layers[at], Dense):
        return None
    names = [layer.activation for layer in layers[at:-1] if isinstance(layer, Dense | BatchNorm)]
    if sum(name != "linear" for name in names) != 1 or names[-1] == "linear":
        return None  # a BatchNorm after the activation would scale what the units say
    return at


def _activation_of(network: Network) -> str:
    layers = network.layers[_hidden_index(network) : -1]
    return next(layer.activation for layer in reversed(layers) if isinstance(layer, Dense | BatchNorm))
