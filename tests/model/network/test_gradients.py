"""The gradient checker itself, on a function whose gradient is known."""

import numpy as np

from tests.model.network.gradients import numeric_gradient, relative_error


def test_finds_a_known_gradient() -> None:
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    numeric = numeric_gradient(lambda: float((x**3).sum()), x)
    assert relative_error(numeric, 3 * x**2) < 1e-9


def test_sees_a_wrong_gradient() -> None:
    x = np.array([1.0, -2.0])
    assert relative_error(numeric_gradient(lambda: float((x**2).sum()), x), 2.02 * x) > 1e-3


def test_leaves_the_array_as_it_was() -> None:
    x = np.array([1.0, -2.0])
    numeric_gradient(lambda: float(x.sum()), x)
    assert x.tolist() == [1.0, -2.0]
