"""The named recipes: `train.py --recipe NAME`, and what each network is trained with where no other is named."""

from dataclasses import replace

from model.pictures.warp import Warp
from model.training.mixture import Mixture
from model.training.recipe import Recipe

# plain: as a first lesson trains, and what --hidden_size begins from
PLAIN = Recipe(epochs=10, batch_size=32, learning_rate=0.1, optimizer="sgd", schedule="constant", warp=None)
# quick: a good network while people watch. The rate is at its highest from the first step on, as orthogonalised changes
# bear it, and falls to nothing; the average over the steps settles sooner. More pictures would take longer, and batches
# of 32 take more time than they spare. With a momentum of 0.85 six of seven seeds read 99 % of the validation pictures
# after 12,800 pictures, with 0.9 four.
QUICK = Recipe(
    epochs=1,
    epoch_size=16_000,
    batch_size=64,
    learning_rate=0.02,
    optimizer="muon",
    momentum=0.85,
    schedule="linear",
    label_smoothing=0.1,
    warp=None,
    averaging=0.97,
)
# full: what ships. Warps weaken a little towards the end, when the rate is low: the last epochs then settle on
# pictures like those that will be read. MNIST is taken three times an epoch, as made digits and people's strokes pull
# the network away from it: half an epoch of MNIST alone took a network of the whole mixture from 99.5 to 99.7 % of the
# validation pictures with one look. What is no digit teaches only as long as it is taken for one: doubt for its own
# sake took odd digits along.
FULL = Recipe(
    epochs=15,
    batch_size=128,
    learning_rate=0.004,
    weight_decay=0.05,
    label_smoothing=0.05,
    warp=Warp(shift=1.0, elastic=0.7),
    warp_end=0.8,
    averaging=0.998,
    doubt=0.3,
)

RECIPES: dict[str, tuple[Recipe, Mixture]] = {
    "plain": (PLAIN, Mixture()),
    "quick": (QUICK, Mixture()),
    "full": (FULL, Mixture(handwriting=24_000, non_digits=8_000, pen_digits=56_000, pen_non_digits=12_000, repeats=3)),
}

# The networks that people start with: recipe "seed" as its project trained each, "best" as well as we can. The projects
# say what stands here, with these exceptions, which are our choice: the batch and learning rate of dense-16, the batch
# of conv-5, and a momentum of 0.9. Hidden sizes are in architectures.py.

FULL_BATCH = 100_000  # more pictures than there are: every step sees them all

# plain gradient descent on pictures as they are
_SEED = Recipe(learning_rate=0.01, optimizer="sgd", schedule="constant", warp=None)
_SEED_MOMENTUM = replace(_SEED, optimizer="momentum", momentum=0.9, batch_size=128, epochs=10)

SEED: dict[str, Recipe] = {
    "dense-50-50": replace(_SEED, batch_size=32, learning_rate=0.1, epochs=10),
    "dense-16": replace(_SEED, batch_size=100, learning_rate=0.1, epochs=200),
    "dense-100": replace(_SEED, batch_size=FULL_BATCH, learning_rate=0.2, epochs=1_000),
    "conv-5": replace(_SEED, batch_size=32, learning_rate=0.01, epochs=20),
    "tanh-1": _SEED_MOMENTUM,
    "sigmoid-1": _SEED_MOMENTUM,
    "relu-2": _SEED_MOMENTUM,
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
BEST_MIXTURE = Mixture(handwriting=10_000, non_digits=5_000, pen_digits=14_000, pen_non_digits=3_000)


_CONVOLUTIONAL = ("cnn", "A", "S", "B", "conv-5")


def recipe(name: str, network: str) -> tuple[Recipe, Mixture]:
    """The recipe of that name, suited to the network. Raises ValueError with the names that there are."""
    if name in ("seed", "best"):
        return seed_recipe(name, network)
    if name not in RECIPES:
        raise ValueError(f"There is no recipe {name!r}; choose one of {', '.join(RECIPES)}, seed, best.")
    chosen, mixture = RECIPES[name]
    if name == "full" and network == "mlp":  # dense layers take less bending, and learn to doubt less easily
        chosen = replace(
            chosen,
            epochs=40,
            learning_rate=0.002,
            weight_decay=0.01,
            label_smoothing=0.02,
            warp=Warp() * 0.8,
            warp_end=0.5,
            averaging=0.999,
            doubt=0.0,
        )
        mixture = Mixture(handwriting=20_000, non_digits=10_000, pen_digits=28_000, pen_non_digits=6_000)
    if name == "quick" and network not in _CONVOLUTIONAL:  # dense layers learn less of each picture, in far less time
        chosen = replace(chosen, epoch_size=None)
    return chosen, mixture


def seed_recipe(name: str, network: str) -> tuple[Recipe, Mixture]:
    """The recipe "seed" or "best" of a seed network. Raises ValueError with the networks that have one."""
    if network not in SEED:
        raise ValueError(f"The recipe {name!r} is for the networks {', '.join(SEED)}.")
    return (SEED[network], Mixture()) if name == "seed" else (BEST[network], BEST_MIXTURE)
