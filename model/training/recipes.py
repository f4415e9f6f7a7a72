"""The named recipes: `train.py --recipe NAME`, and what each network is trained with where no other is named."""

from dataclasses import replace

from model.pictures.warp import Warp
from model.training.mixture import Mixture
from model.training.recipe import Recipe
from model.training.seed_recipes import seed_recipe

# plain: as a first lesson trains, and what --hidden_size begins from
PLAIN = Recipe(epochs=10, batch_size=32, learning_rate=0.1, optimizer="sgd", schedule="constant", warp=None)
# quick: a good network while people watch
QUICK = Recipe(epochs=1, batch_size=64, learning_rate=0.008, warp=None, averaging=0.98)
# full: what ships; slow growth of the average and label smoothing pay off only over many epochs. Pictures are warped as
# strongly at the end as at first: with weaker warps towards the end the network learnt the training set by heart, and
# its validation accuracy fell from the 22nd epoch on.
FULL = Recipe(
    epochs=36,
    batch_size=128,
    learning_rate=0.004,
    weight_decay=0.05,
    label_smoothing=0.05,
    warp=Warp(shift=1.0, elastic=0.7),
    averaging=0.998,
)

RECIPES: dict[str, tuple[Recipe, Mixture]] = {
    "plain": (PLAIN, Mixture()),
    "quick": (QUICK, Mixture()),
    "full": (FULL, Mixture(handwriting=14_000, non_digits=2_000)),
}


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
            averaging=0.999,
        )
        mixture = Mixture(handwriting=20_000, non_digits=10_000)
    return chosen, mixture
