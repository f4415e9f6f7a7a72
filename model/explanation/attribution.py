"""Why: how much every pixel of a picture spoke for an answer of the network, and how much against it."""

import numpy as np

from model.explanation.introspection import Head, Introspection
from model.network.activations import softmax

# Points on the way between two pictures: so many that what is shown stays the same with more. The sum of the shares
# misses the difference by 8 % of it on average with the network cnn, by 2 % with mlp (bench/attributions.py).
STEPS = 16


def log_odds(logits: np.ndarray, target: int) -> np.ndarray:
    """(n, classes) logits -> (n,) how far the target is ahead of all others: log(p / (1 - p))."""
    others = np.delete(logits, target, axis=1)
    highest = others.max(axis=1)
    ahead: np.ndarray = logits[:, target] - highest - np.log(np.exp(others - highest[:, None]).sum(axis=1))
    return ahead


def log_odds_head(target: int) -> Head:
    """What goes back for the gradient of `log_odds`."""

    def head(logits: np.ndarray) -> np.ndarray:
        others = logits.copy()
        others[:, target] = -np.inf
        back = -softmax(others)
        back[:, target] = 1
        return back

    return head


def integrated_gradients(
    inside: Introspection, image: np.ndarray, target: int, start: np.ndarray | None = None, steps: int = STEPS
) -> np.ndarray:
    """(28, 28) image -> (28, 28): what each pixel added to the log odds of class `target` since the picture `start`.

    All together they are the difference of the log odds, as nearly as a sum of `steps` gradients is an integral.
    start is the empty picture unless given, so that paper without ink adds nothing. The method is that of
    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks" (2017, arXiv 1703.01365, section 3, eq. 1),
    taken at the middles of equal steps. `python -m bench.attributions` compares it with others: taking ink away in its
    order lowers the probability most.
    """
    start = np.zeros_like(image) if start is None else start
    along = ((np.arange(steps, dtype=image.dtype) + 0.5) / steps)[:, None, None]
    _, gradients = inside.gradient(start + along * (image - start), log_odds_head(target))
    parts: np.ndarray = (image - start) * gradients.mean(axis=0)
    return parts


def blurred(images: np.ndarray) -> np.ndarray:
    """(..., h, w) -> the same, each pixel the mean of its 3 x 3 neighbours, weighted 1 2 1 both ways; 0 beyond."""
    for axis in (-1, -2):
        moved = np.moveaxis(images, axis, -1)
        padded = np.pad(moved, [(0, 0)] * (moved.ndim - 1) + [(1, 1)])
        moved = (padded[..., :-2] + 2 * padded[..., 1:-1] + padded[..., 2:]) / 4
        images = np.moveaxis(moved, -1, axis)
    return images
