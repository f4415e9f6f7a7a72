"""fit: it learns, the same seed gives the same weights whatever the threads, and it goes on where it stopped."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.data.images import NO_DIGIT, Images
from model.network.architectures import build_dense
from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Dropout, Flatten
from model.network.network import Network
from model.network.pooling import MaxPool2D
from model.training import fit as training
from model.training.fit import NotANumberError, Progress, fit, validate
from model.training.recipe import Recipe
from model.training.step_worker import Totals


def bars(count: int, rng: np.random.Generator) -> Images:
    """Pictures of a bar at one of ten heights: a task that a small network learns in seconds."""
    labels = rng.integers(0, 10, count).astype(np.uint8)
    images = rng.integers(0, 60, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 4 : 2 * label + 6, 4:24] = 255
    return Images(images, labels)


def small_cnn() -> Network:
    layers = [
        Conv2D(4, 3, bias=False),
        BatchNorm(activation="relu"),
        MaxPool2D(),
        Flatten(),
        Dropout(0.2),
        Dense(10),
    ]
    return Network(layers, rng=np.random.default_rng(1))


DATA = bars(300, np.random.default_rng(0))
RECIPE = Recipe(epochs=2, batch_size=96, averaging=0.9, weight_decay=0.01, label_smoothing=0.05)


def last(*arguments: Any, **settings: Any) -> Progress:
    return list(fit(*arguments, **settings))[-1]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adam", "muon"])
@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_learns(optimizer: str, loss: str) -> None:
    rate = {"adam": 0.01, "muon": 0.01, "sgd": 0.2}.get(optimizer, 0.05)
    rate *= 8 if loss == "mse" and optimizer not in ("adam", "muon") else 1
    recipe = Recipe(
        epochs=12, batch_size=32, learning_rate=rate, optimizer=optimizer, loss=loss, warp=None, schedule="cosine"
    )
    network = build_dense([32], "relu", np.random.default_rng(0))
    before = validate(network, DATA)[1]
    after = last(network, DATA, recipe, validation=DATA)
    assert before < 0.3
    assert after.validation_accuracy > 0.95  # type: ignore[operator]


def test_a_convolutional_network_learns_from_warped_pictures() -> None:
    recipe = Recipe(epochs=8, batch_size=32, learning_rate=0.01, averaging=0.9)
    assert last(small_cnn(), DATA, recipe, validation=DATA, threads=2).validation_accuracy > 0.9  # type: ignore[operator]


def test_an_epoch_may_show_a_part_of_the_pictures_others_each_time() -> None:
    shown: list[np.ndarray] = []
    trainer = training.Trainer

    class Watched(trainer):  # type: ignore[misc,valid-type]
        def take_step(self, chosen: np.ndarray) -> Totals:
            shown.append(chosen)
            return super().take_step(chosen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "Trainer", Watched)
        progress = last(small_cnn(), DATA, Recipe(epochs=2, batch_size=32, epoch_size=80, schedule="linear"))
    assert [len(chosen) for chosen in shown] == [32, 32, 16] * 2
    first, second = (set(np.concatenate(shown[i : i + 3]).tolist()) for i in (0, 3))
    assert len(first) == len(second) == 80 and first != second
    assert (progress.step, progress.steps) == (6, 6)


def test_seeds_differ() -> None:
    one, two = (last(small_cnn(), DATA, Recipe(epochs=1, seed=seed)).snapshot().vector for seed in (1, 2))
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("optimizer", ["momentum", "adam", "muon"])
def test_resuming_gives_what_an_unbroken_run_gives(optimizer: str) -> None:
    recipe = Recipe(epochs=3, batch_size=96, averaging=0.9, optimizer=optimizer)
    epochs = [p for p in fit(small_cnn(), DATA, recipe, threads=1) if p.ends_epoch]
    stopped = next(p for p in fit(small_cnn(), DATA, recipe, threads=1) if p.ends_epoch)
    resumed = last(small_cnn(), DATA, recipe, resume=stopped.state(), threads=1)
    assert [p.epoch for p in epochs] == [1, 2, 3]
    assert resumed.epoch == 3
    for name, array in epochs[-1].snapshot().arrays().items():
        np.testing.assert_array_equal(array, resumed.snapshot().arrays()[name])


def test_a_state_of_another_network_is_refused() -> None:
    other = build_dense([3], "relu", np.random.default_rng(0))
    state = last(other, DATA, Recipe(epochs=1)).state()
    with pytest.raises(ValueError, match="other settings"):
        last(small_cnn(), DATA, Recipe(epochs=1), resume=state)


def test_the_network_given_is_left_alone() -> None:
    network = small_cnn()
    kept = network.vector.copy()
    last(network, DATA, Recipe(epochs=1))
    np.testing.assert_array_equal(network.vector, kept)


@pytest.mark.filterwarnings("error")
def test_a_loss_that_is_no_number_names_the_step() -> None:
    recipe = Recipe(epochs=3, batch_size=50, learning_rate=100.0, optimizer="momentum", loss="cross_entropy", warp=None)
    layers = [Flatten(), Dense(50), Dense(50), Dense(50), Dense(10)]
    with pytest.raises(NotANumberError, match=r"step \d+ of 18; try a learning rate well under 100"):
        last(Network(layers), DATA, recipe)


def test_pictures_of_no_digit_are_learnt_as_doubt() -> None:
    non_digits = Images(np.zeros((60, 28, 28), np.uint8), np.full(60, NO_DIGIT, np.uint8))
    both = Images(np.concatenate([DATA.images, non_digits.images]), np.concatenate([DATA.labels, non_digits.labels]))
    recipe = Recipe(epochs=15, batch_size=32, learning_rate=0.01, warp=None)
    network = last(build_dense([32], "relu", np.random.default_rng(0)), both, recipe).snapshot()
    assert network.predict_proba(non_digits.scaled()).max() < 0.3
    assert network.predict_proba(DATA.scaled()).max(axis=1).mean() > 0.8


def test_pictures_of_no_digit_teach_no_more_doubt_than_asked_for() -> None:
    non_digits = Images(np.full((60, 28, 28), 90, np.uint8), np.full(60, NO_DIGIT, np.uint8))
    start = build_dense([32], "relu", np.random.default_rng(0))
    start.vector *= 3  # so that it is surer of one class

    def likeliest(doubt: float) -> float:
        recipe = Recipe(epochs=8, batch_size=30, learning_rate=0.003, warp=None, doubt=doubt)
        network = last(start, non_digits, recipe).snapshot()
        return float(network.predict_proba(non_digits.scaled()).max())

    before = float(start.predict_proba(non_digits.scaled()).max())
    assert likeliest(1.0) == pytest.approx(before)  # nothing is learnt
    assert likeliest(0.0) < 0.2 < likeliest(0.3) <= 0.3 < before


def test_progress_adds_up() -> None:
    seen = list(fit(small_cnn(), DATA, RECIPE, validation=DATA))
    ends = [p for p in seen if p.ends_epoch]
    assert [(p.step, p.epoch) for p in ends] == [(4, 1), (8, 2)]
    assert all(p.steps == 8 and p.epochs == 2 for p in seen)
    assert all(0 <= p.accuracy <= 1 for p in seen)
    assert ends[-1].validation_loss == pytest.approx(validate(ends[-1].snapshot(), DATA)[0])


def test_a_training_may_end_before_its_schedule() -> None:
    whole = Recipe(epochs=4, batch_size=100, warp=None)
    network = build_dense([8], "relu", np.random.default_rng(0))
    steps = list(fit(network, DATA, replace(whole, ends_after=2), gap=0))
    assert [p.epoch for p in steps if p.ends_epoch] == [1, 2]
    assert {(p.epochs, p.steps) for p in steps} == {(2, 6)}
    assert steps[-1].step == 6
    uncut = [p.snapshot().vector for p in fit(network, DATA, whole, gap=0) if p.step == 6]
    np.testing.assert_array_equal(steps[-1].snapshot().vector, uncut[0])


def test_warps_weaken_towards_the_end() -> None:
    recipe = Recipe(warp_end=0.5)
    warps = [recipe.warp_at(step, 100) for step in (0, 50, 100)]
    assert [warp and warp.turn for warp in warps] == [12.0, 9.0, 6.0]
    assert Recipe(warp=None, warp_end=0.5).warp_at(3, 100) is None


def test_an_empty_training_set_is_refused() -> None:
    empty = DATA[:0]
    with pytest.raises(ValueError, match="empty"):
        last(small_cnn(), empty, RECIPE)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"epochs": 0}, "Epochs"),
        ({"batch_size": 0}, "batch size"),
        ({"learning_rate": -1.0}, "learning rate"),
        ({"learning_rate": float("nan")}, "learning rate"),
        ({"momentum": 1.0}, "Momentum"),
        ({"optimizer": "magic"}, "no optimizer"),
        ({"schedule": "none"}, "no schedule"),
        ({"loss": "l1"}, "no loss"),
        ({"averaging": 1.0}, "Averaging"),
        ({"warp_end": 1.1}, "warp's end"),
        ({"label_smoothing": 1.0}, "smoothing"),
        ({"weight_decay": -0.1}, "Weight decay"),
        ({"seed": -1}, "seed"),
        ({"epoch_size": 0}, "at least 1 picture"),
    ],
)
def test_recipes_out_of_range_are_explained(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Recipe(**settings)


def dots(count: int, side: int, rng: np.random.Generator) -> Images:
    """Pictures of which every pixel is black or white by chance."""
    return Images((rng.integers(0, 2, (count, side, side)) * 255).astype(np.uint8), np.zeros(count, np.uint8))


def test_running_statistics_follow_slowly_and_forget_the_start() -> None:
    data = dots(4_000, 28, np.random.default_rng(2))
    network = Network([Flatten(), BatchNorm(), Dense(10)], rng=np.random.default_rng(0))
    still = Recipe(epochs=1, batch_size=4, learning_rate=1e-9, optimizer="sgd", warp=None, schedule="constant")
    seen = {p.step: p for p in fit(network, data, still, gap=0) if p.step in (20, 1000)}
    for step, widest in ((20, 0.15), (1000, 0.03)):
        mean = seen[step].snapshot().layers[1].state["mean"]
        assert mean.mean() == pytest.approx(0.5, abs=0.03)
        assert mean.std() < widest  # a batch of its own, or of two: 0.18


def test_averaged_weights_forget_the_start_soon_and_then_move_smoothly() -> None:
    recipe: dict[str, Any] = {
        "epochs": 3,
        "batch_size": 32,
        "learning_rate": 0.01,
        "warp": None,
        "schedule": "constant",
    }
    network = build_dense([16], "relu", np.random.default_rng(0))
    plain = last(network, DATA, Recipe(**recipe)).snapshot().vector
    averaged = last(network, DATA, Recipe(**recipe, averaging=0.999)).snapshot().vector
    way, apart = np.linalg.norm(plain - network.vector), np.linalg.norm(plain - averaged)
    assert 0.02 * way < apart < 0.3 * way
    quick = last(network, DATA, Recipe(**recipe, averaging=0.2)).snapshot().vector
    assert np.linalg.norm(plain - quick) < 0.5 * apart


def test_weights_decay_and_biases_do_not() -> None:
    # Black pictures, each digit once, and equal biases: no gradient anywhere, so that decay alone moves anything.
    data = Images(np.zeros((10, 28, 28), np.uint8), np.arange(10, dtype=np.uint8))
    network = Network([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    network.layers[1].parameters["bias"][:] = 5
    recipe = Recipe(
        epochs=3, batch_size=10, learning_rate=0.1, optimizer="sgd", weight_decay=0.5, warp=None, schedule="constant"
    )
    after = last(network, data, recipe).snapshot().layers[1].parameters
    np.testing.assert_allclose(after["bias"], 5, rtol=1e-5)
    np.testing.assert_allclose(after["weight"], network.layers[1].parameters["weight"] * 0.95**3, rtol=1e-4, atol=1e-7)
