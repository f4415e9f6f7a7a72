"""The named recipes: `train.py --recipe NAME`, and what each network is trained with where no other is named."""

from dataclasses import replace

from model.augment import Warp
from model.mixture import Mixture
from model.recipe import Recipe
from model.seed_recipes import seed_recipe

# plain: as a first lesson trains, and what --hidden_size begins from
PLAIN = Recipe(epochs=10, batch_size=32, learning_rate=0.1, optimizer="sgd", schedule="constant", warp=None)
# quick: a good network while people watch
QUICK = Recipe(epochs=2, batch_size=64, learning_rate=0.004, warp=None, averaging=0.98)
# full: what ships; slow growth of the average and label smoothing pay off only over many epochs
FULL = Recipe(
    epochs=40,
    batch_size=128,
    learning_rate=0.004,
    weight_decay=0.01,
    label_smoothing=0.03,
    warp=Warp(),
    warp_end=0.4,
    averaging=0.999,
)

RECIPES: dict[str, tuple[Recipe, Mixture]] = {
    "plain": (PLAIN, Mixture()),
    "quick": (QUICK, Mixture()),
    "full": (FULL, Mixture(handwriting=16_000, strange=3_000)),
}


def recipe(name: str, network: str) -> tuple[Recipe, Mixture]:
    """The recipe of that name, suited to the network. Raises ValueError with the names that there are."""
    if name in ("seed", "best"):
        return seed_recipe(name, network)
    if name not in RECIPES:
        raise ValueError(f"There is no recipe {name!r}; choose one of {', '.join(RECIPES)}, seed, best.")
    chosen, mixture = RECIPES[name]
    if name == "full" and network == "mlp":  # dense layers take less bending, and learn to doubt less easily
        chosen = replace(chosen, learning_rate=0.002, label_smoothing=0.02, warp=Warp() * 0.8, warp_end=1.0)
        mixture = Mixture(handwriting=20_000, strange=10_000)
    return chosen, mixture
