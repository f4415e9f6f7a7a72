"""Every layer: its gradients against central differences in float64, its shapes, and what it must refuse."""

from typing import Any

import numpy as np
import pytest

from model.network.activations import ACTIVATIONS
from model.network.initializers import Initializer, uniform
from model.network.layers import (
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
    plan_layers,
)
from model.network.network import Network
from model.network.workspace import Workspace
from tests.model.network.gradients import numeric_gradient, relative_error

PICTURES = (6, 5, 3)
LAYERS = [
    *[(Dense(4, activation=name), (7,)) for name in ACTIVATIONS],  # type: ignore[arg-type]
    (Dense(4, initializer="glorot"), (7,)),
    *[(Conv2D(4, 3, activation=name), PICTURES) for name in ACTIVATIONS],  # type: ignore[arg-type]
    *[
        (Conv2D(2, kernel, stride=stride, padding=padding), PICTURES)
        for kernel in (1, 2, 3)
        for stride in (1, 2, 3)
        for padding in ("same", "valid")
    ],
    (Conv2D(2, 3, padding=2), PICTURES),
    (Conv2D(2, 5, stride=2, padding=4), PICTURES),
    (Conv2D(3, 3, bias=False), PICTURES),
    (MaxPool2D(), PICTURES),
    (MaxPool2D(3), PICTURES),
    (MaxPool2D(1), PICTURES),
    (AveragePool2D(), PICTURES),
    (AveragePool2D(3), PICTURES),
    (BatchNorm(), PICTURES),
    (BatchNorm(activation="relu"), PICTURES),
    (BatchNorm(activation="tanh"), (7,)),
    (Flatten(), PICTURES),
    (Dropout(0.4), (7,)),
]


def build(layer: Layer, shape: tuple[int, ...]) -> Network:
    rng = np.random.default_rng(5)
    network = Network([type(layer)(**layer.settings())], input_shape=shape, rng=rng, dtype=np.float64)
    network.vector += rng.normal(0, 0.1, network.vector.shape)  # biases away from 0 too
    return network


@pytest.mark.parametrize(("layer", "shape"), LAYERS, ids=[f"{layer!r}-{shape}" for layer, shape in LAYERS])
@pytest.mark.parametrize("wants_dx", [True, False])
def test_gradients(layer: Layer, shape: tuple[int, ...], wants_dx: bool) -> None:
    network = build(layer, shape)
    layer = network.layers[0]
    rng = np.random.default_rng(1)
    x = rng.normal(size=(3, *shape))
    direction = rng.normal(size=(3, *network.output_shape))

    def loss() -> float:
        return float((layer.forward(x, Workspace(np.random.default_rng(9)))[0] * direction).sum())

    work = Workspace(np.random.default_rng(9))
    _, cache = layer.forward(x, work)
    gradients = network.split(np.zeros_like(network.vector))[0]
    dx = layer.backward(direction.copy(), cache, gradients, work, wants_dx=wants_dx)
    for name, array in layer.parameters.items():
        assert relative_error(gradients[name], numeric_gradient(loss, array)) < 1e-6, name
    if wants_dx:
        assert dx is not None
        assert relative_error(dx, numeric_gradient(loss, x)) < 1e-6


def test_gradients_of_layers_in_a_row() -> None:
    layers = [
        Conv2D(3, 3, bias=False),
        MaxPool2D(),
        BatchNorm(activation="tanh"),
        Conv2D(4, 3, stride=2, padding=1, bias=False),
        BatchNorm(activation="relu"),
        AveragePool2D(),
        Conv2D(3, 2, padding="valid", stride=2, activation="sigmoid"),
        Flatten(),
        Dropout(0.3),
        Dense(5),
        BatchNorm(activation="leaky_relu"),
        Dense(4),
    ]
    network = Network(layers, input_shape=(16, 16, 1), rng=np.random.default_rng(0), dtype=np.float64)
    x = np.random.default_rng(1).normal(size=(4, 16, 16, 1))
    direction = np.random.default_rng(2).normal(size=(4, 4))

    def forward(work: Workspace) -> tuple[np.ndarray, list[Any]]:
        y, caches = x, []
        for layer in network.layers:
            y, cache = layer.forward(y, work)
            caches.append(cache)
        return y, caches

    work = Workspace(np.random.default_rng(9))
    _, caches = forward(work)
    gradient = np.zeros_like(network.vector)
    dy = direction.copy()
    for i, views in reversed(list(enumerate(network.split(gradient)))):
        dy = network.layers[i].backward(dy, caches[i], views, work, wants_dx=i > 0)
    numeric = numeric_gradient(
        lambda: float((forward(Workspace(np.random.default_rng(9)))[0] * direction).sum()), network.vector
    )
    assert relative_error(gradient, numeric) < 1e-6


@pytest.mark.parametrize(("layer", "shape"), LAYERS, ids=[f"{layer!r}-{shape}" for layer, shape in LAYERS])
def test_a_reused_workspace_changes_nothing(layer: Layer, shape: tuple[int, ...]) -> None:
    network = build(layer, shape)
    layer = network.layers[0]
    rng = np.random.default_rng(2)
    pieces = [rng.normal(size=(3, *shape)) for _ in range(3)]
    reused = Workspace()
    for x in pieces:
        reused.reset(np.random.default_rng(3))
        fresh = Workspace(np.random.default_rng(3))
        results = []
        for work in (reused, fresh):
            y, cache = layer.forward(x, work)
            y = y.copy()
            gradients = network.split(np.zeros_like(network.vector))[0]
            dx = layer.backward(np.ones_like(y), cache, gradients, work)
            results.append([y, dx, *gradients.values()])
        for a, b in zip(*results, strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(("layer", "shape"), LAYERS, ids=[f"{layer!r}-{shape}" for layer, shape in LAYERS])
def test_forward_and_infer_leave_the_input_alone(layer: Layer, shape: tuple[int, ...]) -> None:
    network = build(layer, shape)
    x = np.random.default_rng(1).normal(size=(3, *shape))
    kept = x.copy()
    network.layers[0].forward(x, Workspace())
    network.layers[0].infer(x, Workspace())
    np.testing.assert_array_equal(x, kept)


def test_convolution_against_the_definition() -> None:
    network = build(Conv2D(2, 3, stride=2, padding=1), PICTURES)
    layer = network.layers[0]
    x = np.random.default_rng(0).normal(size=(1, *PICTURES))
    y = layer.infer(x, Workspace())
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    weight, bias = layer.parameters["weight"], layer.parameters["bias"]
    for i in range(y.shape[1]):
        for j in range(y.shape[2]):
            window = padded[0, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
            for f in range(2):
                assert y[0, i, j, f] == pytest.approx((window * weight[..., f]).sum() + bias[f])


def test_max_pooling_gives_the_gradient_to_the_first_of_equals() -> None:
    layer = MaxPool2D()
    x = np.zeros((1, 2, 2, 1))
    _, cache = layer.forward(x, Workspace())
    dx = layer.backward(np.ones((1, 1, 1, 1)), cache, {}, Workspace())
    assert dx is not None
    assert dx.ravel().tolist() == [1, 0, 0, 0]


def test_batch_norm_predictions_do_not_depend_on_the_batch() -> None:
    network = build(BatchNorm(), (7,))
    network.layers[0].state["mean"][...] = 0.3
    x = np.random.default_rng(0).normal(size=(5, 7))
    together = network.layers[0].infer(x, Workspace())
    alone = np.vstack([network.layers[0].infer(row[None], Workspace()) for row in x])
    np.testing.assert_allclose(together, alone)


def test_dropout_keeps_the_mean_and_is_idle_in_prediction() -> None:
    layer = Dropout(0.25)
    x = np.ones((200, 500), np.float32)
    y, _ = layer.forward(x, Workspace(np.random.default_rng(0)))
    assert set(np.unique(y)) == {np.float32(0), np.float32(4 / 3)}
    assert abs(y.mean() - 1) < 0.02
    assert layer.infer(x, Workspace()) is x


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("kernel", [1, 2, 3, 5])
@pytest.mark.parametrize("side", [5, 6, 7])
def test_same_padding_keeps_the_side_over_the_stride_with_zeros_evenly_around(
    kernel: int, stride: int, side: int
) -> None:
    layer = Conv2D(1, kernel, stride=stride)
    rows, columns, _ = layer.plan((side, side + 1, 1)).output
    assert (rows, columns) == (-(-side // stride), -(-(side + 1) // stride))
    before, after = layer.pads(side)
    assert 0 <= after - before <= 1
    assert before + after == max((rows - 1) * stride + kernel - side, 0)


def test_pooling_takes_the_greatest_or_the_mean_and_leaves_out_what_fills_no_square() -> None:
    x = np.arange(35, dtype=np.float32).reshape(1, 5, 7, 1)
    greatest = MaxPool2D().infer(x, Workspace())[0, :, :, 0]
    assert greatest.tolist() == [[8, 10, 12], [22, 24, 26]]
    mean = AveragePool2D().infer(x, Workspace())[0, :, :, 0]
    assert mean.tolist() == [[4, 6, 8], [18, 20, 22]]
    assert MaxPool2D(3).infer(x, Workspace())[0, :, :, 0].tolist() == [[16, 19]]


def test_a_norm_starts_as_none_and_gives_each_channel_mean_0_and_variance_1() -> None:
    network = Network([BatchNorm()], input_shape=(4, 4, 2), dtype=np.float64)
    layer = network.layers[0]
    assert isinstance(layer, BatchNorm)
    x = np.random.default_rng(0).normal((5, -2), (3, 0.5), (8, 4, 4, 2))
    np.testing.assert_allclose(layer.infer(x, Workspace()), x, rtol=1e-4)
    y, cache = layer.forward(x, Workspace())
    np.testing.assert_allclose(y.mean(axis=(0, 1, 2)), 0, atol=1e-9)
    np.testing.assert_allclose(y.var(axis=(0, 1, 2)), 1, rtol=1e-3)
    seen = layer.observed(cache)
    np.testing.assert_allclose(seen["mean"], x.mean(axis=(0, 1, 2)))
    np.testing.assert_allclose(seen["variance"], x.var(axis=(0, 1, 2)))
    layer.state["mean"][...], layer.state["variance"][...] = seen["mean"], seen["variance"]
    np.testing.assert_allclose(layer.infer(x, Workspace()), y, rtol=1e-9, atol=1e-9)


def test_a_channel_without_variance_is_no_division_by_zero() -> None:
    layer = Network([BatchNorm(epsilon=0.01)], input_shape=(3,)).layers[0]
    with np.errstate(all="raise"):
        y, _ = layer.forward(np.full((4, 3), 7, np.float32), Workspace())
    assert not y.any()
    assert isinstance(layer, BatchNorm)
    layer.state["variance"][...] = 0.08
    assert layer.affine()[0] == pytest.approx(1 / 0.3, rel=1e-5)


@pytest.mark.parametrize(
    ("initializer", "shape", "limit"),
    [
        ("he", (24, 8), 0.5),
        ("glorot", (16, 8), 0.5),
        ("he", (2, 3, 4, 8), 0.5),
        ("glorot", (2, 3, 1, 3), 0.5),
    ],
)
def test_initial_weights_fill_the_range_that_keeps_signals_their_size(
    initializer: Initializer, shape: tuple[int, ...], limit: float
) -> None:
    draws = np.concatenate([uniform(initializer, shape, np.random.default_rng(k)).ravel() for k in range(200)])
    assert -limit <= draws.min() < -0.98 * limit
    assert 0.98 * limit < draws.max() <= limit
    assert abs(draws.mean()) < 0.02


def test_biases_start_at_zero_and_weights_do_not() -> None:
    for layer, shape in ((Dense(3), (5,)), (Conv2D(3), PICTURES)):
        made = Network([layer], input_shape=shape).layers[0]
        assert made.parameters["weight"].any()
        assert not made.parameters["bias"].any()


def test_networks_grow_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.network.layers.MOST_PARAMETERS", 785 * 10 + 11 * 2)
    layers: list[Layer] = [Flatten(), Dense(10), Dense(2)]
    assert [plan.parameter_count for plan in plan_layers(layers, (28, 28, 1))] == [0, 7850, 22]
    monkeypatch.setattr("model.network.layers.MOST_PARAMETERS", 785 * 10 + 11 * 2 - 1)
    with pytest.raises(ValueError, match="more than 7,871 parameters"):
        plan_layers(layers, (28, 28, 1))
    with pytest.raises(ValueError, match=r"^Layer 1 \(Conv2D\): .*pictures"):
        plan_layers([Flatten(), Conv2D(3)], (28, 28, 1))


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (Dense(10), "Dense(units=10)"),
        (Dense(10, "tanh", initializer="glorot"), "Dense(units=10, activation='tanh', initializer='glorot')"),
        (Conv2D(8, 5, bias=False), "Conv2D(filters=8, kernel=5, bias=False)"),
        (MaxPool2D(), "MaxPool2D()"),
        (Dropout(0.3), "Dropout(rate=0.3)"),
        (Dropout(), "Dropout()"),
    ],
    ids=str,
)
def test_a_layer_shows_what_is_unusual_of_it(layer: Layer, text: str) -> None:
    assert str(layer) == text
    assert eval(repr(layer)).settings() == layer.settings()


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ([Dense(3)], "Flatten"),
        ([Flatten(), Conv2D(3)], "pictures"),
        ([Conv2D(3, 40, padding="valid")], "larger"),
        ([Conv2D(3, padding="all")], "Padding"),  # type: ignore[arg-type]
        ([Conv2D(3, 3, padding=3)], "Padding"),
        ([Conv2D(0)], "at least one"),
        ([Flatten(), Dense(3, activation="step")], "no activation"),  # type: ignore[arg-type]
        ([Flatten(), Dense(3, initializer="zero")], "no initializer"),  # type: ignore[arg-type]
        ([Dropout(1.0)], "rate from 0"),
        ([Dropout(-0.1)], "rate from 0"),
        ([BatchNorm(epsilon=0.0)], "epsilon over 0"),
        ([BatchNorm(epsilon=float("nan"))], "epsilon over 0"),
        ([Flatten(), Dense(0)], "at least one unit"),
        ([MaxPool2D(29)], "do not fit"),
        ([Flatten(), MaxPool2D()], "pictures"),
        ([Flatten(), Dense(100_000_000)], "parameters"),
    ],
)
def test_layers_that_do_not_fit_are_explained(layers: list[Layer], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Network(layers)


def shape_of(layer: Layer, shape: tuple[int, ...]) -> tuple[int, ...]:
    return plan_layers([layer], shape)[0].output


def test_shapes_of_convolutions() -> None:
    assert shape_of(Conv2D(4), (9, 7, 2)) == (9, 7, 4)
    assert Conv2D(4).kernel == 3
    assert shape_of(Conv2D(4, 3, stride=2), (9, 7, 2)) == (5, 4, 4)
    assert shape_of(Conv2D(4, 5, padding="valid"), (9, 7, 2)) == (5, 3, 4)
    assert shape_of(Conv2D(4, 3, padding=2), (9, 7, 2)) == (11, 9, 4)
    assert shape_of(Conv2D(1, 1, padding=0), (1, 1, 1)) == (1, 1, 1)
    for tall_or_wide in ((9, 2, 1), (2, 9, 1)):
        with pytest.raises(ValueError, match="larger than its input"):
            plan_layers([Conv2D(4, 3, padding="valid")], tall_or_wide)
    for nothing in (Conv2D(0), Conv2D(1, 0), Conv2D(1, stride=0)):
        with pytest.raises(ValueError, match="at least one filter"):
            plan_layers([nothing], (9, 9, 1))
    for padding in (3, -1):
        with pytest.raises(ValueError, match="Padding"):
            plan_layers([Conv2D(1, 3, padding=padding)], (9, 9, 1))


def test_a_convolution_sees_its_neighbours_in_their_places() -> None:
    layer = Conv2D(1, 3, bias=False)
    network = Network([layer], input_shape=(3, 4, 1))
    kernel = np.arange(9, dtype=np.float32).reshape(3, 3)
    layer.parameters["weight"][...] = kernel[:, :, None, None]
    x = np.zeros((1, 3, 4, 1), np.float32)
    x[0, 1, 2] = 1
    y = network.infer(x)[0, :, :, 0]
    np.testing.assert_array_equal(y[:, 1:4], kernel[::-1, ::-1])
    assert (y[:, 0] == 0).all()


def test_shapes_of_pooling() -> None:
    for kind in (MaxPool2D, AveragePool2D):
        assert shape_of(kind(), (5, 4, 3)) == (2, 2, 3)
        assert shape_of(kind(3), (3, 7, 3)) == (1, 2, 3)
        for size, shape in ((0, (4, 4, 1)), (3, (2, 9, 1)), (3, (9, 2, 1))):
            with pytest.raises(ValueError, match="do not fit"):
                plan_layers([kind(size)], shape)


def test_dense_layers_of_one_unit_are_allowed_and_of_none_refused() -> None:
    assert shape_of(Dense(1), (5,)) == (1,)
    with pytest.raises(ValueError, match="at least one"):
        plan_layers([Dense(0)], (5,))
