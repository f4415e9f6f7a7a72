"""The same network in PyTorch, to compare results and speeds with (extra `bench`)."""

import math
from collections.abc import Iterable

import numpy as np
import torch
from torch import nn

from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Dropout, Flatten, Layer
from model.network.network import Network
from model.network.pooling import AveragePool2D, MaxPool2D

_ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def translate(network: Network) -> nn.Sequential:
    """A PyTorch module with the same layers and weights. It takes (N, 1, 28, 28), pixels 0..1, and gives logits.

    Raises ValueError for layers that PyTorch has no direct counterpart of ("same" padding with a stride).
    """
    modules: list[nn.Module] = []
    shape = network.input_shape
    for layer, plan in zip(network.layers, network.plans, strict=True):
        modules += _translated(layer, shape)
        shape = plan.output
    _order_flattened_inputs(network, modules)
    return nn.Sequential(*modules)


def _translated(layer: Layer, shape: tuple[int, ...]) -> list[nn.Module]:
    match layer:
        case Dense():
            dense = nn.Linear(shape[0], layer.units)
            dense.weight.data = _tensor(layer.parameters["weight"].T)
            dense.bias.data = _tensor(layer.parameters["bias"])
            return [dense, *_activation(layer.activation)]
        case Conv2D():
            padding = layer.padding if layer.stride == 1 or layer.padding != "same" else None
            if padding is None:
                raise ValueError('PyTorch has no "same" padding with a stride.')
            conv = nn.Conv2d(shape[2], layer.filters, layer.kernel, layer.stride, padding, bias=layer.bias)
            conv.weight.data = _tensor(layer.parameters["weight"].transpose(3, 2, 0, 1))
            if layer.bias and conv.bias is not None:
                conv.bias.data = _tensor(layer.parameters["bias"])
            return [conv, *_activation(layer.activation)]
        case BatchNorm():
            norm = (nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[-1], eps=layer.epsilon)
            norm.weight.data = _tensor(layer.parameters["scale"])
            norm.bias.data = _tensor(layer.parameters["shift"])
            norm.running_mean = _tensor(layer.state["mean"])
            norm.running_var = _tensor(layer.state["variance"])
            return [norm, *_activation(layer.activation)]
        case MaxPool2D():
            return [nn.MaxPool2d(layer.size)]
        case AveragePool2D():
            return [nn.AvgPool2d(layer.size)]
        case Dropout():
            return [nn.Dropout(layer.rate)]
        case Flatten():
            return [nn.Flatten()]
    raise ValueError(f"{layer!r} has no counterpart in PyTorch.")


def _activation(name: str) -> list[nn.Module]:
    if name == "leaky_relu":
        return [nn.LeakyReLU(0.01)]
    return [] if name == "linear" else [_ACTIVATIONS[name]()]


def _order_flattened_inputs(network: Network, modules: list[nn.Module]) -> None:
    """PyTorch flattens channels first, this program channels last: reorder the weights of the layer behind Flatten."""
    for i, layer in enumerate(network.layers[:-1]):
        after = network.layers[i + 1]
        before = network.plans[i - 1].output if i else network.input_shape
        if isinstance(layer, Flatten) and isinstance(after, Dense):
            weight = after.parameters["weight"].reshape(*before, after.units)
            linear = next(m for m in modules[_position(modules) :] if isinstance(m, nn.Linear))
            linear.weight.data = _tensor(weight.transpose(3, 2, 0, 1).reshape(after.units, -1))


def _position(modules: list[nn.Module]) -> int:
    return next(i for i, m in enumerate(modules) if isinstance(m, nn.Flatten))


def _tensor(array: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32).copy())


class Muon:
    """As model/training/optimizers.py has it, for weights of any number of axes; PyTorch's own takes two only."""

    def __init__(self, weights: Iterable[nn.Parameter], *, momentum: float) -> None:
        self._moments = [(weight, torch.zeros_like(weight)) for weight in weights]
        self._momentum = momentum

    def step(self, rate: float) -> None:
        """Move every weight by its gradient."""
        with torch.no_grad():
            for p, v in self._moments:
                v.mul_(self._momentum).add_(p.grad)
                change = _orthogonalized((p.grad + self._momentum * v).flatten(1))
                p.sub_(change.view_as(p), alpha=0.2 * math.sqrt(max(change.shape)) * rate)


def _orthogonalized(matrix: torch.Tensor) -> torch.Tensor:
    """Newton-Schulz step by step, on the whole matrix (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon)."""
    x = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    x = x / (x @ x.T).norm().sqrt()
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return x if matrix.shape[0] <= matrix.shape[1] else x.T
