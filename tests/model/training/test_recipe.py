"""Recipe: what is in range at its ends, and how rate and warp run over a training."""

import pytest

from model.pictures.warp import Warp
from model.training.recipe import Recipe

RANGES: dict[str, tuple[tuple[float | None, ...], tuple[float, ...]]] = {
    "epochs": ((1, 100_000), (0, -1, 100_001)),
    "batch_size": ((1, 100_000), (0, 100_001)),
    "learning_rate": ((1e-9, 100), (0, -0.1, 100.1)),
    "momentum": ((0, 0.999), (1, -0.1)),
    "weight_decay": ((0, 100), (-0.01, 100.1)),
    "label_smoothing": ((0, 0.99), (1, -0.1)),
    "doubt": ((0, 1), (-0.1, 1.01)),
    "warp_end": ((0, 1), (-0.1, 1.01)),
    "averaging": ((0, 0.9999), (1, -0.1)),
    "ends_after": ((1, 10, None), (0, 11, -1)),
    "seed": ((0, 2**63 - 1), (-1, 2**63)),
}


@pytest.mark.parametrize("name", RANGES)
def test_the_ends_of_each_range_are_in_it(name: str) -> None:
    good, bad = RANGES[name]
    for value in good:
        assert getattr(Recipe(**{name: value}), name) == value  # type: ignore[arg-type]
    for value in bad:
        with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
            Recipe(**{name: value})  # type: ignore[arg-type]


def test_the_rate_runs_by_its_schedule_from_the_first_step_to_the_last() -> None:
    cosine = Recipe(learning_rate=0.5, schedule="cosine")
    assert [cosine.learning_rate_at(step, 4) for step in range(5)] == pytest.approx(
        [0.5, 0.4267767, 0.25, 0.0732233, 0]
    )
    assert Recipe(learning_rate=0.5, schedule="constant").learning_rate_at(0, 0) == 0.5


def test_a_training_that_ends_early_keeps_its_schedule() -> None:
    whole, cut = Recipe(epochs=4, learning_rate=0.5), Recipe(epochs=4, ends_after=2, learning_rate=0.5)
    assert [cut.learning_rate_at(s, 400) for s in range(201)] == [whole.learning_rate_at(s, 400) for s in range(201)]
    assert (cut.last_epoch, whole.last_epoch) == (2, 4)


def test_warps_keep_their_strength_unless_asked_to_weaken() -> None:
    assert Recipe().warp_at(0, 10) == Recipe().warp_at(10, 10) == Warp()
    assert Recipe(warp_end=0).warp_at(10, 10) == Warp() * 0
    assert Recipe(warp_end=0.5).warp_at(0, 0) == Warp()
    assert Recipe(warp=None).warp_at(0, 10) is None


def test_what_it_is_made_of_reaches_loss_and_optimizer() -> None:
    made = Recipe(optimizer="momentum", momentum=0.7, weight_decay=0.3).make_optimizer()
    assert (made.momentum, made.weight_decay) == (0.7, 0.3)  # type: ignore[attr-defined]
    assert Recipe(loss="mse").loss_function() is not Recipe(loss="cross_entropy").loss_function()
    assert Recipe(**Recipe(epochs=3, warp=None).as_json()) == Recipe(epochs=3, warp=None)
