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


@pytest.mark.parametrize("name", ["linear", "relu", "leaky_relu", "tanh", "sigmoid"])
def test_derivatives(name: str) -> None:
    x = np.array([-3.0, -0.7, 0.4, 2.5])
    above, below, y = x + 1e-6, x - 1e-6, x.copy()
    for values in (above, below, y):
        activation(name).apply(values)
    dy = np.array([2.0, -1.0, 3.0, 0.5])
    expected = dy * (above - below) / 2e-6
    activation(name).chain(dy, y)
    np.testing.assert_allclose(dy, expected, rtol=1e-5, atol=1e-9)


def test_what_relu_cuts_off_learns_nothing_at_its_edge_too() -> None:
    dy = np.array([1.0])
    activation("relu").chain(dy, np.array([0.0]))
    assert dy[0] == 0


def test_softmax_goes_row_by_row_and_a_class_may_be_ruled_out() -> None:
    logits = np.log(np.array([[1.0, 2.0, 1.0], [8.0, 1.0, 1.0]])) + np.array([[1000.0], [-1000.0]])
    np.testing.assert_allclose(softmax(logits), [[0.25, 0.5, 0.25], [0.8, 0.1, 0.1]])
    np.testing.assert_allclose(np.exp(log_softmax(logits)), softmax(logits))
    assert softmax(np.array([[0.0, -np.inf]])).tolist() == [[1, 0]]
