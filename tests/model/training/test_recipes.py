"""The named recipes: what the shipped networks were trained with, and rates at which training stays sound."""

from pathlib import Path

import pytest

from model.network.network import Network
from model.training.recipes import RECIPES, recipe

WEIGHTS = Path(__file__).resolve().parents[3] / "weights"
HIGHEST_RATE = {"adam": 0.02, "sgd": 0.5, "momentum": 0.1, "nesterov": 0.1, "muon": 0.05}
COMPARED = ("epochs", "batch_size", "learning_rate", "optimizer", "weight_decay", "label_smoothing", "averaging")


@pytest.mark.parametrize("path", sorted(WEIGHTS.glob("*.npz")), ids=lambda path: path.stem)
def test_a_shipped_network_was_trained_by_its_recipe(path: Path) -> None:
    info = Network.load(path).info
    named = info["command"].partition("--recipe ")[2].split()
    trained = info["job"]["recipe"]
    known, _ = recipe(named[0] if named else "full", info["job"]["network"])
    assert {name: getattr(known, name) for name in COMPARED} == {name: trained[name] for name in COMPARED}


@pytest.mark.parametrize("name", [*RECIPES, "seed", "best"])
@pytest.mark.parametrize("network", ["cnn", "mlp", "dense-100", "sigmoid-1"])
def test_no_recipe_learns_so_fast_that_it_breaks(name: str, network: str) -> None:
    try:
        chosen, _ = recipe(name, network)
    except ValueError:  # not every recipe is for every network
        return
    assert chosen.learning_rate <= HIGHEST_RATE[chosen.optimizer]
    assert chosen.epochs >= 1 and chosen.weight_decay <= 0.1 and chosen.averaging <= 0.9995


def test_an_unknown_recipe_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="plain, quick, full, seed, best"):
        recipe("none", "cnn")
