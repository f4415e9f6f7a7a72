"""Options of train.py: what they make of the named recipes."""

import pytest

from model.training.job import TrainingJob
from model.training.options import build_parser, new_job
from model.training.recipes import recipe


def job(*words: str) -> TrainingJob:
    return new_job(build_parser().parse_args(words))


def test_nothing_given_is_the_full_recipe() -> None:
    chosen, mixture = recipe("full", "cnn")
    assert (job().recipe, job().mixture) == (chosen, mixture)


@pytest.mark.parametrize("epochs", [1, 30])
def test_as_many_epochs_are_trained_as_are_asked_for(epochs: int) -> None:
    asked = job("--epochs", str(epochs)).recipe
    assert (asked.last_epoch, asked.ends_after) == (epochs, None)
    assert job("--epochs", "30", "--ends-after", "4").recipe.last_epoch == 4


def test_each_part_of_the_mixture_can_be_set() -> None:
    found = job(
        "--handwriting", "1", "--non_digits", "2", "--pen-digits", "3", "--pen_non_digits", "4", "--repeats", "5"
    )
    mixture = found.mixture
    assert (mixture.handwriting, mixture.non_digits, mixture.pen_digits, mixture.pen_non_digits) == (1, 2, 3, 4)
    assert mixture.repeats == 5
    assert job("--pen_digits", "0").mixture.handwriting == recipe("full", "cnn")[1].handwriting
