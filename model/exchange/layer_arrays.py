"""Arrays of other libraries' layers, in an npz file, into a network of the same layers.

PyTorch, as `numpy.savez(file, **{name: t.numpy() for name, t in model.state_dict().items()})` writes them: dense
weights (units, inputs), convolutions (filters, channels, height, width), `num_batches_tracked` beside each norm.
Keras, as `numpy.savez(file, *model.get_weights())`: dense weights (inputs, units), convolutions (height, width,
channels, filters), epsilons of 0.001. Both keep arrays in the order of the layers, and in each layer in the order that
ours has: weight and bias; scale, shift, mean and variance. So arrays are told by their places, whatever their names.
"""

import math
import zipfile
from pathlib import Path
from typing import Any, Literal

import numpy as np

from model.errors import InputError, quoted
from model.network.layers import MOST_PARAMETERS, BatchNorm, Conv2D, Dense, Flatten, Layer
from model.network.network import Network
from model.network.workspace import Shape

Library = Literal["pytorch", "keras"]

KERAS_EPSILON = 1e-3
IGNORED = "num_batches_tracked"
MOST_BYTES = 8 * MOST_PARAMETERS


class LayerArraysError(InputError):
    """Arrays that do not make the network; the text is one sentence for the person who gave them."""


def network_of_arrays(path: Path, library: Library, like: Network) -> Network:
    """A network with the layers of `like` and the arrays of a file. Raises LayerArraysError, OSError.

    The arrays' network must take pictures as ours do: 28 x 28, ink 1 on 0.
    """
    found = read_arrays(path)
    network = Network(_layers(like, library), input_shape=like.input_shape)
    wanted = network.arrays()
    if len(found) != len(wanted):
        raise LayerArraysError(f"{path} holds {len(found)} arrays; a network of these layers has {len(wanted)}.")
    flattened = _flattened(network)
    arrays = {}
    for (name, target), (given, array) in zip(wanted.items(), found.items(), strict=True):
        number = int(name.partition(".")[0])
        layer = network.layers[number]
        taken = _laid_out(array, layer, flattened[number]) if library == "pytorch" else array
        if taken is None or taken.shape != target.shape:
            raise LayerArraysError(
                f"{path}: the array '{quoted(given)}' is {_by(array.shape)}, which is no {name.partition('.')[2]} "
                f"of layer {number}, {quoted(layer)}, in the order of {library}."
            )
        arrays[name] = taken
    network.assign(arrays)
    network.info = {"name": path.stem, "arrays_of": library}
    return network


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """The arrays of an npz file in their order, float32, but for counters. Raises LayerArraysError, OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise LayerArraysError(f"{path} holds more than {MOST_BYTES // 2**20} MB of arrays; choose another.")
        with np.load(path, allow_pickle=False) as arrays:
            names = [name for name in arrays.files if not name.endswith(IGNORED)]
            found = {name: arrays[name] for name in names}
    except (LayerArraysError, OSError):
        raise
    except Exception as error:  # a broken archive can fail in many ways inside zipfile and numpy
        raise LayerArraysError(f"{path} is no npz file of arrays ({quoted(error)}); see --help.") from error
    for name, array in found.items():
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise LayerArraysError(f"{path}: the array '{quoted(name)}' holds something else than finite fractions.")
    return {name: array.astype(np.float32) for name, array in found.items()}


def _layers(like: Network, library: Library) -> list[Layer]:
    """Fresh layers, with the library's own epsilon."""
    layers = []
    for layer in like.layers:
        settings: dict[str, Any] = layer.settings()
        if library == "keras" and isinstance(layer, BatchNorm):
            settings["epsilon"] = KERAS_EPSILON
        layers.append(type(layer)(**settings))
    return layers


def _flattened(network: Network) -> list[Shape | None]:
    """For each layer the pictures (height, width, channels) that its vectors were flattened from; None for others."""
    shapes: list[Shape | None] = []
    flattened = None
    before = network.input_shape
    for layer, plan in zip(network.layers, network.plans, strict=True):
        shapes.append(flattened)
        if isinstance(layer, Flatten) and len(before) == 3:
            flattened = before
        elif isinstance(layer, Dense):
            flattened = None
        before = plan.output
    return shapes


def _laid_out(array: np.ndarray, layer: Layer, flattened: Shape | None) -> np.ndarray | None:
    """PyTorch's array as ours; None where it has too many or too few axes.

    flattened: the pictures that the layer's inputs were flattened from: PyTorch's have the channel first.
    """
    if isinstance(layer, Conv2D) and array.ndim == 4:
        return array.transpose(2, 3, 1, 0)
    if isinstance(layer, Dense) and array.ndim == 2:
        return _channels_last(array.T, flattened)
    if array.ndim != 1:
        return None
    return _channels_last(array, flattened) if isinstance(layer, BatchNorm) else array


def _channels_last(values: np.ndarray, flattened: Shape | None) -> np.ndarray:
    """(channels height width, ...) in the order (height, width, channels)."""
    if flattened is None or len(values) != math.prod(flattened):
        return values
    height, width, channels = flattened
    turned = values.reshape(channels, height, width, -1).transpose(1, 2, 0, 3)
    return turned.reshape(values.shape)


def _by(shape: Shape) -> str:
    return " x ".join(map(str, shape)) or "a single number"
