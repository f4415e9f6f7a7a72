"""Network: an ordered list of layers."""

import hashlib
import math
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from model.cores import core_count
from model.network import storage
from model.network.activations import softmax
from model.network.layers import BatchNorm, Conv2D, Dense, Dropout, Layer, plan_layers
from model.network.workspace import Shape, Workspace

_PIECE = 32  # images that a prediction takes at a time: small enough for the cache


class Network:
    """Layers in order, from pictures to the logits of the classes.

    All parameters lie in one vector (`vector`, float32), and each layer's arrays are views of it: optimizers,
    averages and files deal with one array. Treat a network that others may be reading with as finished: train a
    `copy()`.
    """

    def __init__(
        self,
        layers: Iterable[Layer],
        *,
        input_shape: Shape = (28, 28, 1),
        rng: np.random.Generator | None = None,
        dtype: type = np.float32,
        info: dict[str, Any] | None = None,
    ) -> None:
        """layers must be fresh ones. rng draws the first weights (a seed of 0 where it is left out). info is JSON-like.

        Raises ValueError where layers do not fit together or are too large.
        """
        self.layers: list[Layer] = list(layers)
        self.input_shape: Shape = tuple(input_shape)
        self.info: dict[str, Any] = dict(info or {})
        self.dtype = np.dtype(dtype)
        self.plans = plan_layers(self.layers, self.input_shape)
        self.vector = np.empty(sum(plan.parameter_count for plan in self.plans), self.dtype)
        self._folded: Network | None = None
        self._of_thread = threading.local()  # a Workspace for each thread that predicts, so that memory is used again
        self._initialize(rng if rng is not None else np.random.default_rng(0))

    def _initialize(self, rng: np.random.Generator) -> None:
        for layer, shapes, views in zip(self.layers, self.plans, self.split(self.vector), strict=True):
            layer.parameters = views
            for name, view in views.items():
                view[...] = layer.initial_value(name, view.shape, rng)
            layer.state = {n: layer.initial_value(n, s, rng).astype(self.dtype) for n, s in shapes.state.items()}

    def split(self, vector: np.ndarray) -> list[dict[str, np.ndarray]]:
        """A vector as long as the parameters -> for each layer, views of it by parameter name."""
        views, at = [], 0
        for shapes in self.plans:
            named = {}
            for name, shape in shapes.parameters.items():
                size = math.prod(shape)
                named[name] = vector[at : at + size].reshape(shape)
                at += size
            views.append(named)
        return views

    def lie_in(self, vector: np.ndarray) -> None:
        """Let the parameters be views of this vector, of the same length and dtype, with the values in it."""
        self.vector = vector
        for layer, views in zip(self.layers, self.split(vector), strict=True):
            layer.parameters = views
        self._folded = None

    @property
    def output_shape(self) -> Shape:
        """The shape of what comes out, without the batch axis: (10,) for the ten digits."""
        return self.plans[-1].output if self.plans else self.input_shape

    @property
    def parameter_count(self) -> int:
        """How many numbers are trained."""
        return self.vector.size

    def arrays(self) -> dict[str, np.ndarray]:
        """Every parameter and state array by a name such as "3.weight"; changing one changes the network."""
        return {
            f"{i}.{name}": array
            for i, layer in enumerate(self.layers)
            for name, array in (*layer.parameters.items(), *layer.state.items())
        }

    def copy(self) -> "Network":
        """A network of its own with the same values."""
        other = Network(self.fresh_layers(), input_shape=self.input_shape, dtype=self.dtype.type, info=self.info)
        other.assign(self.arrays())
        return other

    def fresh_layers(self) -> list[Layer]:
        """Layers with the same settings, for another network."""
        return [type(layer)(**layer.settings()) for layer in self.layers]

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        """Take over the values of arrays named as in `arrays`; raises KeyError or ValueError where they do not fit."""
        for name, array in self.arrays().items():
            array[...] = arrays[name]
        self._folded = None

    # Prediction

    def predict_proba(self, images: np.ndarray, *, threads: int | None = None) -> np.ndarray:
        """(N, 28, 28) pictures, pixels 0..1 -> (N, 10) float32 probabilities. For other input shapes likewise."""
        return softmax(self.predict_logits(images, threads=threads))

    def predict(self, images: np.ndarray) -> np.ndarray:
        """(N, 28, 28) pictures -> (N,) the likeliest class of each."""
        classes: np.ndarray = self.predict_logits(images).argmax(axis=1)
        return classes

    def predict_logits(self, images: np.ndarray, *, threads: int | None = None) -> np.ndarray:
        """(N, 28, 28) pictures, pixels 0..1 -> (N, 10) logits. Raises ValueError for other shapes."""
        return self.folded().infer(self.as_input(images), threads=threads)

    def infer(self, x: np.ndarray, *, threads: int | None = None) -> np.ndarray:
        """(N, *input_shape) as from `as_input` -> (N, *output_shape), through the layers as they are, unfolded.

        threads: as many as there are cores if left out; the result does not depend on it.
        """
        out = np.empty((len(x), *self.output_shape), self.dtype)
        starts = range(0, len(x), _PIECE)
        threads = min(threads or core_count(), len(starts))
        if threads <= 1:
            self._infer_pieces(x, out, starts)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(lambda k: self._infer_pieces(x, out, starts[k::threads]), range(threads)))
        return out

    def _infer_pieces(self, x: np.ndarray, out: np.ndarray, starts: Sequence[int]) -> None:
        work = self._workspace()
        for i in starts:
            work.reset()
            y = x[i : i + _PIECE]
            for layer in self.layers:
                y = layer.infer(y, work)
            out[i : i + _PIECE] = y

    def _workspace(self) -> Workspace:
        """This thread's own: a fresh one for each picture would cost a tenth of the time of reading it."""
        if not hasattr(self._of_thread, "workspace"):
            self._of_thread.workspace = Workspace()
        work: Workspace = self._of_thread.workspace
        return work

    def as_input(self, images: np.ndarray) -> np.ndarray:
        """Pictures -> (N, *input_shape) contiguous floats; a last axis of one channel may be left out."""
        images = np.asarray(images)
        one_channel = self.input_shape[-1:] == (1,) and images.shape[1:] == self.input_shape[:-1]
        if images.shape[1:] != self.input_shape and not one_channel:
            raise ValueError(f"This network takes pictures of {self.input_shape}, not {images.shape[1:]}.")
        return np.ascontiguousarray(images, self.dtype).reshape(len(images), *self.input_shape)

    def folded(self) -> "Network":
        """A network that predicts the same, every BatchNorm folded into the convolution or dense layer before it."""
        if self._folded is None:
            self._folded = _fold(self)
        return self._folded

    # Files and text

    @classmethod
    def load(cls, path: Path | str) -> "Network":
        """Read a network from an npz file. Raises storage.NetworkFileError, one sentence, if it is not sound."""
        return cls._of(storage.load(Path(path)))

    @classmethod
    def _of(cls, parts: storage.Parts) -> "Network":
        network = cls(parts.layers, input_shape=parts.input_shape, info=parts.info)
        network.assign(parts.arrays)
        return network

    def __reduce__(self) -> tuple[Any, ...]:
        """How it goes to another process: as its parts, without what a thread of this one has."""
        return Network._of, (storage.Parts(self.fresh_layers(), self.input_shape, self.info, self.arrays()),)

    def fingerprint(self) -> str:
        """Of the weights, in hexadecimal: equal for networks that read the same."""
        digest = hashlib.sha256()
        for name, array in self.arrays().items():
            digest.update(name.encode())
            digest.update(array.tobytes())
        return digest.hexdigest()

    def save(self, path: Path | str, *, bits: storage.Bits = 32) -> None:
        """Write the network to an npz file, which is replaced only once the new one is whole. Raises OSError.

        bits: of each weight. With 8 the file is a quarter as large, and its weights are rounded.
        """
        storage.save(storage.Parts(self.layers, self.input_shape, self.info, self.arrays()), Path(path), bits=bits)

    def summary(self) -> str:
        """A table of the layers with output shapes and parameter counts."""
        rows = [("layer", "output", "parameters"), ("input", _by(self.input_shape), "0")]
        for layer, shapes in zip(self.layers, self.plans, strict=True):
            rows.append((str(layer), _by(shapes.output), f"{shapes.parameter_count:,}"))
        rows.append(("together", "", f"{self.parameter_count:,}"))
        first, second, third = (max(map(len, column)) for column in zip(*rows, strict=True))
        return "\n".join(f"{a:<{first}}  {b:>{second}}  {c:>{third}}" for a, b, c in rows)

    def __repr__(self) -> str:
        return f"Network({self.layers!r}, input_shape={self.input_shape})"


class _FoldedNetwork(Network):
    """A network without any BatchNorm that can be folded."""

    def folded(self) -> Network:
        return self


def _by(shape: Shape) -> str:
    return " x ".join(map(str, shape))


def _fold(network: Network) -> _FoldedNetwork:
    """See `Network.folded`. Only a linear layer directly before can take BatchNorm's scale and shift."""
    layers: list[Layer] = []
    arrays: list[dict[str, np.ndarray]] = []
    for layer in network.layers:
        if isinstance(layer, Dropout):
            continue
        before = layers[-1] if layers else None
        if isinstance(layer, BatchNorm) and isinstance(before, Conv2D | Dense) and before.activation == "linear":
            a, b = layer.affine()
            bias = arrays[-1].get("bias", np.zeros_like(b))
            changes: dict[str, Any] = {"activation": layer.activation}
            if isinstance(before, Conv2D):
                changes["bias"] = True
            layers[-1] = type(before)(**{**before.settings(), **changes})
            arrays[-1] = {"weight": arrays[-1]["weight"] * a, "bias": bias * a + b}
        else:
            layers.append(type(layer)(**layer.settings()))
            arrays.append({**layer.parameters, **layer.state})
    folded = _FoldedNetwork(layers, input_shape=network.input_shape, dtype=network.dtype.type)
    folded.assign({f"{i}.{name}": array for i, named in enumerate(arrays) for name, array in named.items()})
    return folded
