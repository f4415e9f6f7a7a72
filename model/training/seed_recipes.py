"""Recipes of the seed networks: `--recipe seed` as its project trained each, `--recipe best` as well as we can.

The projects say what stands here, with these exceptions, which are our choice: the batch and learning rate of dense-16,
the batch of conv-5, and a momentum of 0.9. Hidden sizes are told in architectures.py.
"""

from dataclasses import replace

from model.pictures.warp import Warp
from model.training.mixture import Mixture
from model.training.recipe import Recipe

FULL_BATCH = 100_000  # more pictures than there are: every step sees them all

# plain gradient descent on pictures as they are
_PLAIN = Recipe(learning_rate=0.01, optimizer="sgd", schedule="constant", warp=None)
_MOMENTUM = replace(_PLAIN, optimizer="momentum", momentum=0.9, batch_size=128, epochs=10)

SEED: dict[str, Recipe] = {
    "dense-50-50": replace(_PLAIN, batch_size=32, learning_rate=0.1, epochs=10),
    "dense-16": replace(_PLAIN, batch_size=100, learning_rate=0.1, epochs=200),
    "dense-100": replace(_PLAIN, batch_size=FULL_BATCH, learning_rate=0.2, epochs=1_000),
    "conv-5": replace(_PLAIN, batch_size=32, learning_rate=0.01, epochs=20),
    "tanh-1": _MOMENTUM,
    "sigmoid-1": _MOMENTUM,
    "relu-2": _MOMENTUM,
}

# bent pictures ask for room: the smaller a network, the less it gains by them
_BEST = Recipe(
    epochs=20,
    batch_size=64,
    learning_rate=0.003,
    label_smoothing=0.02,
    warp=Warp() * 0.5,
    warp_end=0.3,
    averaging=0.999,
)

BEST: dict[str, Recipe] = {
    "dense-50-50": _BEST,
    "dense-16": replace(_BEST, warp=Warp() * 0.25),
    "dense-100": _BEST,
    "conv-5": replace(_BEST, learning_rate=0.002, weight_decay=0.01, warp=Warp() * 0.8),
    "tanh-1": _BEST,
    "sigmoid-1": replace(_BEST, learning_rate=0.006),
    "relu-2": _BEST,
}
BEST_MIXTURE = Mixture(handwriting=10_000, non_digits=5_000)


def seed_recipe(name: str, network: str) -> tuple[Recipe, Mixture]:
    """The recipe "seed" or "best" of a seed network. Raises ValueError with the networks that have one."""
    if network not in SEED:
        raise ValueError(f"The recipe {name!r} is for the networks {', '.join(SEED)}.")
    return (SEED[network], Mixture()) if name == "seed" else (BEST[network], BEST_MIXTURE)
