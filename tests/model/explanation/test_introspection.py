"""Introspection: steps, values, receptive fields by brute force, gradients in float64, attributions, changes."""

import numpy as np
import pytest

from model.data.images import Images
from model.explanation.attribution import integrated_gradients, log_odds, log_odds_head
from model.explanation.counterfactual import Examples, find_counterfactual
from model.explanation.introspection import CONVOLUTION, DENSE, NORM, OUTPUT, PICTURE, POOLING, Field, Introspection
from model.network.architectures import NAMES, build, build_dense
from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Dropout, Flatten, Layer
from model.network.network import Network
from model.network.pooling import AveragePool2D, MaxPool2D
from tests.model.network.gradients import numeric_gradient, relative_error


def settled(layers: list[Layer], shape: tuple[int, ...] = (28, 28, 1)) -> Network:
    """A float64 network whose norms have seen something."""
    rng = np.random.default_rng(4)
    network = Network(layers, input_shape=shape, rng=rng, dtype=np.float64)
    network.vector += rng.normal(0, 0.05, network.vector.shape)
    for layer in network.layers:
        if isinstance(layer, BatchNorm):
            layer.state["mean"] += rng.normal(0, 0.2, layer.state["mean"].shape)
            layer.state["variance"] *= rng.uniform(0.5, 2, layer.state["variance"].shape)
    return network


def picture(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((28, 28))


@pytest.mark.parametrize("name", NAMES)
def test_the_last_values_are_the_prediction_and_every_step_has_its_shape(name: str) -> None:
    network = build(name, np.random.default_rng(1))
    inside = Introspection(network)
    values = inside.activations(picture().astype(np.float32))
    assert [value.shape for value in values] == [step.shape for step in inside.steps]
    np.testing.assert_allclose(values[-1], network.predict_logits(picture()[None])[0], rtol=1e-5)


def test_layers_that_belong_together_are_one_step() -> None:
    kinds = {name: [step.kind for step in Introspection(build(name, np.random.default_rng(1))).steps] for name in NAMES}
    two, three = [CONVOLUTION, CONVOLUTION], [CONVOLUTION, POOLING]
    assert kinds["cnn"] == [PICTURE, *three, *two, POOLING, *two, CONVOLUTION, DENSE, OUTPUT]
    assert kinds["A"] == [PICTURE, *three, *three, DENSE, OUTPUT]
    assert kinds["mlp"] == [PICTURE, DENSE, DENSE, OUTPUT]
    assert [s.kind for s in Introspection(build_dense([5], "tanh", np.random.default_rng(1))).steps] == [
        PICTURE,
        DENSE,
        OUTPUT,
    ]
    odd = settled([BatchNorm(), Dropout(0.5), Flatten(), Dense(10)])
    assert [step.kind for step in Introspection(odd).steps] == [PICTURE, NORM, OUTPUT]
    headless = settled([Conv2D(2, 3), MaxPool2D()])
    assert [step.kind for step in Introspection(headless).steps] == [PICTURE, CONVOLUTION, POOLING]


@pytest.mark.parametrize(
    "layers",
    [
        [Conv2D(2, 5), MaxPool2D(), BatchNorm(), Conv2D(3, 3, stride=2, padding="valid")],
        [Conv2D(2, 3, stride=2), Conv2D(2, 2, padding="valid"), AveragePool2D(3)],
        [Conv2D(2, 4, padding=3), MaxPool2D(3), Conv2D(2, 3, stride=3)],
    ],
    ids=str,
)
def test_a_field_holds_just_the_pixels_that_change_a_value(layers: list[Layer]) -> None:
    side = 11
    network = settled(layers, (side, side, 1))
    inside = Introspection(network)
    base = np.random.default_rng(2).random((side, side))
    # Each pixel alone, far up and far down, so that a greatest value changes too.
    alone = np.eye(side * side).reshape(-1, side, side)
    images = np.concatenate([base[None], base + 50 * alone, base - 50 * alone])
    for number, step in enumerate(inside.steps):
        values, _ = inside.gradient(images, np.zeros_like, number)
        differs = (values[1:] != values[0]).reshape(2, side, side, *step.shape).any(axis=(0, -1))
        for row, column in {(0, 0), (step.shape[0] // 2, step.shape[1] - 1), (step.shape[0] - 1, step.shape[1] // 2)}:
            seen = np.argwhere(differs[:, :, row, column])
            assert inside.field(number, row, column) == Field(*seen.min(axis=0), *(seen.max(axis=0) + 1))


def test_a_single_value_sees_the_whole_picture() -> None:
    inside = Introspection(build("cnn", np.random.default_rng(1)))
    assert inside.field(len(inside.steps) - 1) == Field(0, 0, 28, 28)


def test_weights_are_those_that_make_the_values() -> None:
    inside = Introspection(settled([Conv2D(3, 5, padding="valid"), Flatten(), Dense(4), Dense(2)], (7, 7, 1)))
    values = inside.activations(np.random.default_rng(3).random((7, 7)))
    for number, unit in ((1, 2), (2, 3), (3, 1)):
        weights, before = inside.weights(number, unit), values[number - 1]
        seen = before[:5, :5] if number == 1 else before
        layer = inside.steps[number].layer
        assert weights is not None and layer is not None
        bias = layer.parameters["bias"][unit]
        first = values[number].reshape(-1, inside.steps[number].units)[0, unit]
        assert weights.ravel() @ seen.ravel() + bias == pytest.approx(first)
    assert inside.weights(0, 0) is None


@pytest.mark.parametrize(
    "layers",
    [
        [Conv2D(2, 5, bias=False), MaxPool2D(), BatchNorm(activation="relu"), Conv2D(2, 3, stride=2, padding="valid")],
        [BatchNorm(activation="tanh"), AveragePool2D(3), Conv2D(2, 3, activation="sigmoid"), BatchNorm()],
    ],
    ids=str,
)
def test_gradients_by_the_picture(layers: list[Layer]) -> None:
    side = 7
    inside = Introspection(settled([*layers, Flatten(), Dropout(0.5), Dense(10)], (side, side, 1)))
    images = np.random.default_rng(6).random((2, side, side))
    for number in range(1, len(inside.steps)):
        direction = np.random.default_rng(7).normal(size=(2, *inside.steps[number].shape))
        values, gradient = inside.gradient(images, lambda values, d=direction: d, number)  # type: ignore[misc]
        np.testing.assert_allclose(values[1], inside.activations(images[1])[number], rtol=1e-9)

        def total(number: int = number, direction: np.ndarray = direction) -> float:
            return float(sum((inside.activations(i)[number] * d).sum() for i, d in zip(images, direction, strict=True)))

        assert relative_error(gradient, numeric_gradient(total, images)) < 1e-6


def test_the_gradient_of_the_log_odds() -> None:
    logits = np.random.default_rng(8).normal(0, 3, (4, 10))
    back = log_odds_head(3)(logits)
    assert relative_error(back, numeric_gradient(lambda: float(log_odds(logits, 3).sum()), logits)) < 1e-7
    far = np.array([[1000.0, 0, 0], [0, 0, -1000.0]])
    np.testing.assert_allclose(log_odds(far, 0), [1000 - np.log(2), 0], atol=1e-9)


@pytest.mark.parametrize("start", [None, 5])
def test_attributions_add_up_to_the_difference(start: int | None) -> None:
    inside = Introspection(settled([Conv2D(4, 3, activation="tanh"), AveragePool2D(), Flatten(), Dense(10)]))
    image, first = picture(1), np.zeros((28, 28)) if start is None else picture(start)
    shares = integrated_gradients(inside, image, 6, None if start is None else first, steps=200)
    there, here = (log_odds(inside.network.predict_logits(i[None]), 6)[0] for i in (first, image))
    assert shares.sum() == pytest.approx(here - there, rel=1e-3)
    assert not shares[image == first].any()


def bars(network_rng: int = 0) -> tuple[Introspection, Examples]:
    """A network that tells upright bars (1) from level ones (2), and examples of both."""
    network = Network([Flatten(), Dense(10)], rng=np.random.default_rng(network_rng))
    weight = np.zeros((28, 28, 10), np.float32)
    upright, level = np.zeros((28, 28), np.float32), np.zeros((28, 28), np.float32)
    upright[4:24, 13:15] = 1
    level[13:15, 4:24] = 1
    weight[..., 1], weight[..., 2] = upright - level, level - upright
    weight[..., 3] = -10
    network.assign({"1.weight": weight.reshape(784, 10), "1.bias": np.zeros(10, np.float32)})
    moved = [np.roll(image, k, axis=digit % 2) for digit, image in ((1, upright), (2, level), (3, level))
             for k in (-2, 0, 1)]  # fmt: skip
    samples = Images(np.uint8(255) * np.stack(moved).astype(np.uint8), np.repeat(np.array([1, 2, 3], np.uint8), 3))
    return Introspection(network), Examples(samples, each=3)


def test_what_would_make_it_another_digit() -> None:
    inside, examples = bars()
    image = examples.of(1)[1]
    assert inside.network.predict(image[None]) == 1
    change = find_counterfactual(inside, image, 2, examples)
    assert change is not None
    assert change.probability >= 0.8
    assert inside.network.predict(change.image[None]) == 2
    np.testing.assert_allclose(change.image, image + change.change)
    assert set(np.unique(change.change)) <= {-1.0, 0.0, 1.0}
    added, taken = change.change > 0, change.change < 0
    assert examples.of(2)[1][added].all()
    assert image[taken].all()
    assert 0 < added.sum() + taken.sum() < 76  # less than the whole way to a level bar


def test_no_change_where_the_network_knows_no_such_digit() -> None:
    inside, examples = bars()
    assert find_counterfactual(inside, examples.of(1)[1], 3, examples) is None
