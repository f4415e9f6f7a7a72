"""Learning step: a gradient as central differences say, a loss that falls, and a network that stays as it was."""

from collections.abc import Callable

import numpy as np
import pytest

from model.explanation.introspection import Introspection
from model.explanation.learning_step import learning_step
from model.network.activations import log_softmax, softmax
from model.network.architectures import build_dense
from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Flatten
from model.network.network import Network
from model.network.pooling import MaxPool2D
from tests.model.network.gradients import numeric_gradient, relative_error


def small_cnn(dtype: type = np.float32) -> Network:
    layers = [Conv2D(3, 5, bias=False), BatchNorm(activation="relu"), MaxPool2D(4), Flatten(), Dense(6), Dense(10)]
    return Network(layers, rng=np.random.default_rng(1), dtype=dtype)


def small_mlp() -> Network:
    return build_dense([12, 8], "tanh", np.random.default_rng(2))


def softmax_regression() -> Network:
    return Network([Flatten(), Dense(10)], rng=np.random.default_rng(3))


@pytest.fixture
def image(rng: np.random.Generator) -> np.ndarray:
    return rng.random((28, 28)).astype(np.float32)


@pytest.mark.parametrize("build", [small_cnn, small_mlp, softmax_regression])
@pytest.mark.parametrize("temperature", [1.0, 1.7])
def test_the_loss_falls_and_the_network_stays(
    build: Callable[[], Network], temperature: float, image: np.ndarray
) -> None:
    network = build()
    before = {name: array.copy() for name, array in network.arrays().items()}
    inside = Introspection(network)
    folded = inside.network.vector.copy()
    logits = network.predict_logits(image[None]) / temperature
    for target in range(10):
        step = learning_step(inside, image, target, temperature=temperature)
        assert step.target == target
        assert step.losses[0] == pytest.approx(-log_softmax(logits)[0, target], rel=1e-4)
        assert step.losses[1] < step.losses[0]
        np.testing.assert_allclose(step.probabilities[0], softmax(logits)[0], atol=1e-5)
        assert step.losses[1] == pytest.approx(-np.log(step.probabilities[1][target]), rel=1e-3)
        assert 0 < step.weights <= inside.network.parameter_count and step.rate > 0 and step.largest > 0
    for name, array in network.arrays().items():
        np.testing.assert_array_equal(array, before[name])
    np.testing.assert_array_equal(inside.network.vector, folded)


def test_without_a_target_the_second_likeliest_is_meant(image: np.ndarray) -> None:
    network = small_mlp()
    expected = int(np.argsort(network.predict_proba(image[None])[0])[-2])
    assert learning_step(Introspection(network), image, None).target == expected


def test_the_gradient_by_the_weights_is_that_of_central_differences() -> None:
    network = small_cnn(np.float64)
    inside = Introspection(network)
    images = np.random.default_rng(5).random((2, 28, 28))

    def head(logits: np.ndarray) -> np.ndarray:
        return np.cos(logits)

    logits, gradient = inside.weight_gradient(images, head)
    assert logits.shape == (2, 10) and gradient.shape == inside.network.vector.shape

    def total() -> float:
        return float(np.sin(inside.network.infer(inside.network.as_input(images), threads=1)).sum())

    for name in ("0.weight", "0.bias", "3.weight", "4.bias"):
        array = inside.network.arrays()[name]
        layer, parameter = name.split(".")
        own = inside.network.split(gradient)[int(layer)][parameter]
        some = (..., slice(0, 2))
        part = array[some]
        assert relative_error(own[some], numeric_gradient(total, part)) < 1e-5
