"""PyTorch computes the same: logits and gradients of the same weights (only where the extra `bench` is installed)."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from bench.pytorch import Muon, translate
from model.network.architectures import NAMES, build
from model.network.layers import Dropout
from model.network.network import Network
from model.network.workspace import Workspace
from model.training.losses import cross_entropy, targets_of
from model.training.optimizers import optimizer

IMAGES = np.random.default_rng(0).random((48, 28, 28), np.float32)
LABELS = np.arange(48) % 10


def without_dropout(name: str, dtype: type = np.float32) -> Network:
    """The named network, its random part left out, with weights and averages that are not those of the start."""
    source = build(name, np.random.default_rng(3))
    layers = [type(layer)(**layer.settings()) for layer in source.layers if not isinstance(layer, Dropout)]
    network = Network(layers, rng=np.random.default_rng(3), dtype=dtype)
    rng = np.random.default_rng(4)
    for layer in network.layers:
        for array in layer.state.values():
            array += rng.random(array.shape, np.float32)
    noise = rng.normal(0, 0.01, network.vector.shape)
    network.vector[...] = (network.vector + noise).astype(np.float32)  # values that PyTorch's float32 holds too
    return network


@pytest.mark.parametrize("name", NAMES)
def test_logits(name: str) -> None:
    network = without_dropout(name)
    module = translate(network).eval()
    with torch.inference_mode():
        theirs = module(torch.from_numpy(IMAGES[:, None])).numpy()
    ours = network.predict_logits(IMAGES)
    np.testing.assert_allclose(ours, theirs, atol=1e-4 * np.abs(theirs).max())


@pytest.mark.parametrize("name", NAMES)
def test_gradients(name: str) -> None:
    # in float64: a last bit that tips one maximum in a million would show in a float32 gradient
    network = without_dropout(name, np.float64)
    module = translate(network).train().double()
    x = torch.from_numpy(IMAGES[:, None].astype(np.float64))
    loss = torch.nn.CrossEntropyLoss()(module(x), torch.from_numpy(LABELS))
    loss.backward()

    work = Workspace()
    y, caches = network.as_input(IMAGES), []
    for layer in network.layers:
        y, cache = layer.forward(y, work)
        caches.append(cache)
    losses, dy = cross_entropy(y, targets_of(LABELS, 10, dtype=np.float64))
    dy /= len(LABELS)
    gradient = np.zeros_like(network.vector)
    views = network.split(gradient)
    for i in range(len(caches) - 1, -1, -1):
        dx = network.layers[i].backward(dy, caches[i], views[i], work, wants_dx=i > 0)
        dy = dx if dx is not None else dy

    assert losses.mean() == pytest.approx(loss.item(), rel=1e-4)
    # what PyTorch's parameters become when they move by their gradients is what ours become: so compare by translating
    moved = network.copy()
    moved.vector[...] = gradient
    for theirs, ours in zip(module.parameters(), translate(moved).parameters(), strict=True):
        assert theirs.grad is not None
        scale = max(float(theirs.grad.abs().max()), 1e-3)
        np.testing.assert_allclose(ours.detach().numpy(), theirs.grad.numpy(), atol=1e-4 * scale)


@pytest.mark.parametrize("shape", [(3, 3, 8, 5), (40, 6), (6, 40)])
def test_muon_moves_weights_alike(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    weight = np.zeros(shape, np.float32)
    theirs = torch.nn.Parameter(torch.zeros(tuple(reversed(shape))))
    ours, muon = optimizer("muon", momentum=0.8), Muon([theirs], momentum=0.8)
    moments = [np.zeros(weight.size, np.float32) for _ in range(2)]
    matrix = (weight.size // shape[-1], shape[-1])
    for step in (1, 2, 3):
        gradient = rng.standard_normal(shape).astype(np.float32)
        theirs.grad = torch.from_numpy(np.ascontiguousarray(gradient.transpose()))
        muon.step(0.1)
        room = np.empty(weight.size, np.float32)
        ours.update(
            weight.reshape(-1), gradient.flatten(), moments, room, rate=0.1, step=step, decays=False, matrix=matrix
        )
    assert np.abs(weight).max() > 0.01
    np.testing.assert_allclose(theirs.detach().numpy().transpose(), weight, atol=0.01 * np.abs(weight).max())
