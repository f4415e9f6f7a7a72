"""Winograd: the tiled convolution against the plain one, and its gradients against central differences."""

import numpy as np
import pytest

from model.network import winograd
from model.network.convolution import Conv2D, Padding
from model.network.network import Network
from model.network.workspace import Workspace
from tests.model.network.gradients import numeric_gradient, relative_error


def plain_and_tiled(
    layer: Conv2D, x: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """[output, dx, every parameter's gradient] of a layer, each way."""
    network = Network([layer], input_shape=x.shape[1:], rng=np.random.default_rng(3), dtype=x.dtype.type)
    network.vector += np.random.default_rng(4).normal(0, 0.1, network.vector.shape)
    ways = []
    for fewest in ({}, {3: 1, 5: 1}):
        monkeypatch.setattr(winograd, "_FEWEST", fewest)
        work = Workspace()
        y, cache = layer.forward(x, work)
        gradients = network.split(np.full_like(network.vector, 7))[0]
        direction = np.random.default_rng(5).normal(size=y.shape).astype(x.dtype)
        out = y.copy()
        dx = layer.backward(direction, cache, gradients, work)
        assert dx is not None
        ways.append([out, dx, *gradients.values()])
    return ways[0], ways[1]


@pytest.mark.parametrize("padding", ["same", "valid", 2, 0])
@pytest.mark.parametrize("shape", [(28, 28), (14, 14), (7, 7), (5, 5), (5, 10), (6, 9)])
@pytest.mark.parametrize("kernel", [3, 5])
def test_both_ways_give_the_same(
    kernel: int, shape: tuple[int, int], padding: Padding, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.random.default_rng(0).normal(size=(5, *shape, 3))
    for plain, tiled in zip(*plain_and_tiled(Conv2D(4, kernel, padding=padding), x, monkeypatch), strict=True):
        np.testing.assert_allclose(tiled, plain, rtol=1e-9, atol=1e-9)


def test_both_ways_agree_in_float32_with_activations_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winograd, "_BLOCK_BYTES", 200_000)  # the 4 tiles of a row in two blocks, the last one smaller
    x = np.random.default_rng(0).normal(size=(8, 14, 14, 48)).astype(np.float32)
    for plain, tiled in zip(*plain_and_tiled(Conv2D(24, activation="relu"), x, monkeypatch), strict=True):
        assert np.abs(tiled - plain).max() < 2e-5 * np.abs(plain).max()


def test_predictions_of_many_pictures_go_by_tiles_and_say_what_those_of_one_do(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = Network([Conv2D(16, activation="relu")], input_shape=(7, 7, 16)).layers[0]
    x = np.random.default_rng(0).normal(size=(8, 7, 7, 16)).astype(np.float32)
    alone = np.concatenate([layer.infer(x[i : i + 1], Workspace()) for i in range(8)])
    together = layer.infer(x, Workspace())
    assert np.abs(together - alone).max() < 1e-5 * np.abs(alone).max()
    monkeypatch.setattr(winograd, "_FEWEST", {})
    assert (layer.infer(x, Workspace()) != together).any()


@pytest.mark.parametrize(("kernel", "pads"), [(3, ((1, 1), (0, 2))), (5, ((2, 2), (4, 0)))])
def test_gradients(kernel: int, pads: winograd.Pads) -> None:
    rng = np.random.default_rng(1)
    x, weight = rng.normal(size=(6, 5, 2, 2)), rng.normal(size=(kernel, kernel, 2, 3))
    y = np.empty((6, 5, 2, 3))
    direction = rng.normal(size=y.shape)

    def loss() -> float:
        winograd.convolve(x, weight, pads, y, Workspace())
        return float((y * direction).sum())

    dx, dweight = np.empty_like(x), np.empty_like(weight)
    winograd.backward(x, direction, weight, pads, dx, dweight, Workspace())
    assert relative_error(dweight, numeric_gradient(loss, weight)) < 1e-6
    assert relative_error(dx, numeric_gradient(loss, x)) < 1e-6


def test_narrow_kernels_of_stride_1_with_many_channels_gain_by_it() -> None:
    assert winograd.suits(3, 1, 16, 32) and winograd.suits(5, 1, 16, 32)
    for kernel, stride, channels, filters in ((7, 1, 48, 96), (3, 2, 48, 96), (3, 1, 1, 96), (5, 1, 1, 96)):
        assert not winograd.suits(kernel, stride, channels, filters)
