"""Activations: elementwise functions with derivatives that need only the function's value, and softmax."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

ActivationName = Literal["linear", "relu", "leaky_relu", "tanh", "sigmoid"]

LEAK = 0.01  # slope of leaky relu below zero


@dataclass(frozen=True)
class Activation:
    """An elementwise function.

    apply(y) replaces y by f(y) in place. chain(dy, y) multiplies dy in place by f'(x), computed from y = f(x) alone: so
    a layer keeps its output and not its input. Both take float arrays of any shape.
    """

    name: ActivationName
    apply: Callable[[np.ndarray], None]
    chain: Callable[[np.ndarray, np.ndarray], None]


def _nothing(*_: np.ndarray) -> None:
    return None


def _relu(y: np.ndarray) -> None:
    # numpy takes the greater of two arrays three times as fast as that of an array and a number
    np.maximum(y, np.zeros(y.shape[1:], y.dtype), out=y)


def _chain_relu(dy: np.ndarray, y: np.ndarray) -> None:
    np.multiply(dy, y > 0, out=dy)


def _leaky_relu(y: np.ndarray) -> None:
    np.maximum(y, LEAK * y, out=y)


def _chain_leaky_relu(dy: np.ndarray, y: np.ndarray) -> None:
    dy[y < 0] *= LEAK


def _tanh(y: np.ndarray) -> None:
    np.tanh(y, out=y)


def _chain_tanh(dy: np.ndarray, y: np.ndarray) -> None:
    dy *= 1 - y * y


def _sigmoid(y: np.ndarray) -> None:
    # sigmoid(x) = (1 + tanh(x / 2)) / 2 cannot overflow, unlike 1 / (1 + exp(-x))
    y *= 0.5
    np.tanh(y, out=y)
    y += 1
    y *= 0.5


def _chain_sigmoid(dy: np.ndarray, y: np.ndarray) -> None:
    dy *= y * (1 - y)


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation("linear", _nothing, _nothing),
        Activation("relu", _relu, _chain_relu),
        Activation("leaky_relu", _leaky_relu, _chain_leaky_relu),
        Activation("tanh", _tanh, _chain_tanh),
        Activation("sigmoid", _sigmoid, _chain_sigmoid),
    )
}


def activation(name: str) -> Activation:
    """The activation of that name; raises ValueError with the names that there are."""
    if name not in ACTIVATIONS:
        raise ValueError(f"There is no activation {name!r}; choose one of {', '.join(ACTIVATIONS)}.")
    return ACTIVATIONS[name]


def softmax(logits: np.ndarray) -> np.ndarray:
    """(N, K) logits -> (N, K) probabilities, every row adding up to 1. Logits of any finite size are safe.

    -inf stands for a class that is ruled out, at most K - 1 of them a row.
    """
    e: np.ndarray = np.exp(logits - logits.max(axis=-1, keepdims=True))
    e /= e.sum(axis=-1, keepdims=True)
    return e


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """(N, K) logits -> the logarithms of their softmax, exact also where a probability is too small to be stored."""
    shifted: np.ndarray = logits - logits.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted
