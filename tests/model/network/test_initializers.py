"""Initial weights: even, around 0, and as wide as the papers say for every kind of layer."""

import math

import numpy as np
import pytest

from model.network.initializers import Initializer, uniform
from model.network.layers import BatchNorm, Conv2D, Dense, Flatten
from model.network.network import Network

LIMITS: list[tuple[Initializer, tuple[int, ...], float]] = [
    ("he", (50, 40), math.sqrt(6 / 50)),
    ("glorot", (50, 40), math.sqrt(6 / 90)),
    ("he", (3, 3, 8, 16), math.sqrt(6 / 72)),
    ("glorot", (3, 3, 8, 16), math.sqrt(6 / (72 + 144))),
    ("he", (5, 5, 1, 40), math.sqrt(6 / 25)),
]


@pytest.mark.parametrize(("initializer", "shape", "limit"), LIMITS)
def test_even_from_minus_limit_to_limit(
    initializer: Initializer, shape: tuple[int, ...], limit: float, rng: np.random.Generator
) -> None:
    values = uniform(initializer, shape, rng)
    assert values.shape == shape
    assert -limit <= values.min() < -0.97 * limit and 0.97 * limit < values.max() <= limit
    assert abs(values.mean()) < 0.1 * limit
    assert values.std() == pytest.approx(limit / math.sqrt(3), rel=0.05)


def test_signals_keep_their_size_through_a_layer(rng: np.random.Generator) -> None:
    x = rng.normal(size=(2000, 300))
    after_relu = np.maximum(x @ uniform("he", (300, 300), rng), 0)
    assert (after_relu**2).mean() == pytest.approx((x**2).mean(), rel=0.1)
    assert (x @ uniform("glorot", (300, 300), rng)).var() == pytest.approx(x.var(), rel=0.1)


def test_biases_and_shifts_begin_at_0_scales_and_variances_at_1() -> None:
    layers = [Conv2D(4, 3), BatchNorm(), Flatten(), Dense(5)]
    network = Network(layers, input_shape=(8, 8, 1), rng=np.random.default_rng(0))
    arrays = network.arrays()
    for name, value in {"0.bias": 0, "1.scale": 1, "1.shift": 0, "1.mean": 0, "1.variance": 1, "3.bias": 0}.items():
        assert (arrays[name] == value).all()
    assert arrays["0.weight"].std() > 0 and arrays["3.weight"].std() > 0


def test_the_generator_decides_the_weights() -> None:
    def vector(seed: int) -> np.ndarray:
        return Network([Flatten(), Dense(5)], rng=np.random.default_rng(seed)).vector

    np.testing.assert_array_equal(vector(1), vector(1))
    assert not np.array_equal(vector(1), vector(2))
    np.testing.assert_array_equal(Network([Flatten(), Dense(5)]).vector, vector(0))
