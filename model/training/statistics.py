"""Statistics: what batch norms expect to see, taken half way to what they get when pictures are read.

While a network trains, its batch norms follow what they see of warped pictures, behind dropout, with weights that are
not yet averaged. All three differ from a prediction: averaged weights have statistics of their own (Izmailov et al.
2018, arXiv 1803.05407, section 3), and dropout widens what stands behind it (Li et al. 2019, CVPR, p. 2682). Only half
way, as what people draw lies farther from the training pictures than those lie from each other: all the way read a few
more of MNIST's validation pictures with one look, and a few less of the digits of people it had never seen.
"""

import numpy as np

from model.data.images import Images
from model.network.layer import Layer
from model.network.layers import BatchNorm
from model.network.network import Network
from model.network.workspace import Workspace

_PICTURES = 1_000  # that are drawn; more of them change nothing
_PART = 0.5  # of the way
_AT_ONCE = 100  # pictures


def renew_statistics(network: Network, images: Images, rng: np.random.Generator) -> None:
    """Move each batch norm's mean and variance half way to those of what it gets when some of these pictures are read.

    rng draws them. A network without any batch norm is left as it is.
    """
    norms = [i for i, layer in enumerate(network.layers) if isinstance(layer, BatchNorm)]
    if not norms:
        return
    trained = {norm: _state(network, norm) for norm in norms}
    y, start = network.as_input(images[rng.permutation(len(images))[:_PICTURES]].scaled()), 0
    for norm in norms:  # all the way, the first one first: those behind it see what it makes of its new statistics
        y = _inferred(y, network.layers[start:norm])
        values = y.reshape(-1, y.shape[-1])
        mean = values.mean(axis=0, dtype=np.float64)
        state = network.layers[norm].state
        state["mean"][...] = mean
        state["variance"][...] = np.einsum("ij,ij->j", values, values, dtype=np.float64) / len(values) - mean * mean
        start = norm
    for norm, before in trained.items():  # and back
        for name, array in network.layers[norm].state.items():
            array += np.float32(1 - _PART) * (before[name] - array)


def _state(network: Network, number: int) -> dict[str, np.ndarray]:
    return {name: array.copy() for name, array in network.layers[number].state.items()}


def _inferred(x: np.ndarray, layers: list[Layer]) -> np.ndarray:
    """What some layers make of inputs in a prediction."""
    parts = []
    work = Workspace()
    for start in range(0, len(x), _AT_ONCE):
        work.reset()
        y = x[start : start + _AT_ONCE]
        for layer in layers:
            y = layer.infer(y, work)
        parts.append(y.copy(order="C"))
    return np.concatenate(parts)
