"""Initializers: the weights of a layer before training, drawn so that signals keep their size from layer to layer."""

import math
from typing import Literal, get_args

import numpy as np

from model.network.workspace import Shape

Initializer = Literal["he", "glorot"]
INITIALIZERS: tuple[Initializer, ...] = get_args(Initializer)


def uniform(initializer: Initializer, shape: Shape, rng: np.random.Generator) -> np.ndarray:
    """Weights of that shape, float64, drawn evenly from -limit to limit; the last axis counts the outputs.

    he: limit sqrt(6 / inputs) (He et al. 2015, arXiv 1502.01852, p. 4), for activations that cut off one half.
    glorot: sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, AISTATS, p. 253). Raises ValueError for other names.
    """
    if initializer not in INITIALIZERS:
        raise ValueError(f"There is no initializer {initializer!r}; choose one of {', '.join(INITIALIZERS)}.")
    receptive = math.prod(shape[:-2])
    inputs, outputs = receptive * shape[-2], receptive * shape[-1]
    limit = math.sqrt(6 / inputs) if initializer == "he" else math.sqrt(6 / (inputs + outputs))
    return rng.uniform(-limit, limit, shape)
