"""Activations and softmax. Their derivatives are checked with the layers that use them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.network.activations import activation, log_softmax, softmax

LOGITS = arrays.arrays(np.float32, (3, 10), elements=st.floats(-1e4, 1e4, width=32))


@given(LOGITS)
def test_softmax_is_a_distribution_and_agrees_with_its_logarithm(logits: np.ndarray) -> None:
    p = softmax(logits)
    np.testing.assert_allclose(p.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.exp(log_softmax(logits)), p, atol=1e-5)
    assert p.dtype == np.float32
    assert (p[np.arange(3), logits.argmax(axis=1)] >= p.max(axis=1) - 1e-6).all()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("linear", [-2, 0, 3]),
        ("relu", [0, 0, 3]),
        ("leaky_relu", [-0.02, 0, 3]),
        ("tanh", [-0.9640276, 0, 0.9950547]),
        ("sigmoid", [0.1192029, 0.5, 0.9525741]),
    ],
)
def test_values(name: str, values: list[float]) -> None:
    y = np.array([-2.0, 0.0, 3.0])
    activation(name).apply(y)
    np.testing.assert_allclose(y, values, atol=1e-6)


def test_sigmoid_of_huge_numbers_does_not_overflow() -> None:
    y = np.array([-1e30, 1e30], np.float32)
    with np.errstate(over="raise"):
        activation("sigmoid").apply(y)
    assert y.tolist() == [0, 1]


def test_unknown_activations_are_refused() -> None:
    with pytest.raises(ValueError, match="relu, leaky_relu"):
        activation("swish")
