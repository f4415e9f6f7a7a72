"""The named networks: what `train.py --network NAME` builds."""

from collections.abc import Callable, Sequence

import numpy as np

from model.network.activations import ActivationName, activation
from model.network.initializers import Initializer
from model.network.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from model.network.network import Network


def dense(hidden_size: Sequence[int], activation: ActivationName) -> list[Layer]:
    """784 - hidden sizes - 10."""
    initializer: Initializer = "he" if activation in ("relu", "leaky_relu") else "glorot"
    hidden = [Dense(units, activation=activation, initializer=initializer) for units in hidden_size]
    return [Flatten(), *hidden, Dense(10, initializer="glorot")]


def conv_norm(filters: int, kernel: int = 3) -> list[Layer]:
    """A "same" convolution, normalised and rectified."""
    return [Conv2D(filters, kernel, bias=False), BatchNorm(activation="relu")]


def cnn() -> list[Layer]:
    """The default network: two poolings and a stride, widening as pictures shrink; 417,000 parameters."""
    return [
        Conv2D(24, 5, bias=False),
        MaxPool2D(),  # before the norm, which then has a quarter of the work
        BatchNorm(activation="relu"),
        *conv_norm(48),
        *conv_norm(48),
        MaxPool2D(),
        *conv_norm(96),
        *conv_norm(96),
        Conv2D(128, 3, stride=2, padding="valid", bias=False),
        BatchNorm(activation="relu"),
        Flatten(),
        Dropout(0.3),
        Dense(128),
        BatchNorm(activation="relu"),
        Dropout(0.3),
        Dense(10, initializer="glorot"),
    ]


def mlp() -> list[Layer]:
    """The small dense network that ships beside the default one."""
    return [
        Flatten(),
        Dense(256),
        BatchNorm(activation="relu"),
        Dropout(0.2),
        Dense(256),
        BatchNorm(activation="relu"),
        Dropout(0.2),
        Dense(10, initializer="glorot"),
    ]


def small_cnn() -> list[Layer]:
    """A plain small convolutional network, for comparing speeds."""
    return [
        Conv2D(16, 5, activation="relu"),
        MaxPool2D(),
        Conv2D(32, 5, activation="relu"),
        MaxPool2D(),
        Flatten(),
        Dense(128, activation="relu"),
        Dense(10, initializer="glorot"),
    ]


def medium_cnn() -> list[Layer]:
    """A medium convolutional network with batch norm, for comparing speeds."""
    return [
        *conv_norm(16, 5),
        MaxPool2D(),
        *conv_norm(32),
        *conv_norm(32),
        MaxPool2D(),
        *conv_norm(64),
        Flatten(),
        Dense(128, activation="relu"),
        Dense(10, initializer="glorot"),
    ]


def large_cnn() -> list[Layer]:
    """A large convolutional network with batch norm and dropout, for comparing speeds."""
    return [
        *conv_norm(32),
        *conv_norm(32),
        MaxPool2D(),
        *conv_norm(64),
        *conv_norm(64),
        MaxPool2D(),
        Flatten(),
        Dense(128, activation="relu"),
        Dropout(0.3),
        Dense(10, initializer="glorot"),
    ]


def conv_5() -> list[Layer]:
    """Five filters and a dense layer, all with tanh: a first convolutional network."""
    return [
        Conv2D(5, 3, padding="valid", activation="tanh", initializer="glorot"),
        Flatten(),
        Dense(100, activation="tanh", initializer="glorot"),
        Dense(10, initializer="glorot"),
    ]


_BUILDERS: dict[str, Callable[[], list[Layer]]] = {
    "cnn": cnn,
    "mlp": mlp,
    "mlp-800": lambda: dense([800], "relu"),
    "A": small_cnn,
    "S": medium_cnn,
    "B": large_cnn,
    # The networks that people start with (see training/recipes.py). The sizes of the last three are our choice.
    "conv-5": conv_5,
    "dense-100": lambda: dense([100], "relu"),
    "dense-50-50": lambda: dense([50, 50], "relu"),
    "dense-16": lambda: dense([16], "relu"),
    "relu-2": lambda: dense([64, 64], "relu"),
    "tanh-1": lambda: dense([64], "tanh"),
    "sigmoid-1": lambda: dense([64], "sigmoid"),
}
NAMES = tuple(_BUILDERS)


def build(name: str, rng: np.random.Generator) -> Network:
    """A network of that name with first weights drawn by rng. Raises ValueError with the names that there are."""
    if name not in _BUILDERS:
        raise ValueError(f"There is no network {name!r}; choose one of {', '.join(NAMES)}.")
    return Network(_BUILDERS[name](), rng=rng, info={"name": name})


def build_dense(hidden_size: Sequence[int], activation_name: str, rng: np.random.Generator) -> Network:
    """A dense network with hidden layers of these sizes, as many as there are. Raises ValueError for sizes under 1.

    activation_name: of the hidden layers, one of activations.ACTIVATIONS.
    """
    if any(units < 1 for units in hidden_size):
        raise ValueError("Hidden layers need at least one unit each.")
    name = "-".join(map(str, (784, *hidden_size, 10)))
    return Network(dense(hidden_size, activation(activation_name).name), rng=rng, info={"name": name})
