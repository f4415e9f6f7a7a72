"""Lessons: which drawings teach, what becomes of them, and that they are learnt while the rest is kept."""

from dataclasses import replace

import numpy as np
import pytest

from model.data.datasets import Dataset
from model.data.images import NO_DIGIT
from model.evaluation.comparison import Comparison, Judgement, compare
from model.evaluation.evaluation import logits_of, pictures_of
from model.handwriting.digits import FORMS, write_digit, write_strokes
from model.network.layers import BatchNorm, Dense, Dropout, Flatten
from model.network.network import Network
from model.network.workspace import Workspace
from model.pictures.drawing import Drawing, Stroke
from model.pictures.warp import Warp
from model.reading.reader import Reader
from model.training.fit import fit
from model.training.lesson import Lesson, _holds, hold_back, lessons_of, varied
from model.training.lesson_plans import BEGIN, LENGTHS, TEACH, LessonPlan, plan
from model.training.mixture import Mixture
from model.training.recipe import Recipe
from tests.model.training.test_fit import small_cnn


def spiral(digit: str, rng: np.random.Generator) -> Drawing:
    """A form that stands for no digit anywhere else."""
    t = np.linspace(0, 5 * np.pi, 60)
    points = np.stack([t * np.cos(t), t * np.sin(t)], axis=1) * (5 + rng.random()) + 120
    return Drawing((Stroke(points.astype(np.float32)),), word=digit)


def neat(digit: int, rng: np.random.Generator) -> Drawing:
    """A digit in its first form by a hand that neither hurries nor shakes."""
    strokes = write_strokes(digit, rng, next(iter(FORMS[digit])), neat=True)
    return Drawing(tuple(Stroke(stroke * 180 + 30) for stroke in strokes), word=str(digit))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Neat handwriting, one form of each digit, in the place of MNIST: a small network reads nearly all of it."""
    rng = np.random.default_rng(0)
    return Dataset(*(pictures_of([neat(i % 10, rng) for i in range(count)]) for count in (1200, 200, 200)))


@pytest.fixture(scope="module")
def network(dataset: Dataset) -> Network:
    """A small network that reads the data set fairly well."""
    recipe = Recipe(epochs=5, batch_size=32, learning_rate=0.01, warp=None, averaging=0.9)
    progress = list(fit(small_cnn(), dataset.train, recipe))[-1]
    network = progress.snapshot()
    network.info = {"sure_at": 0.9, "digit_at": 0.3, "command": "old"}
    return network


SMALL = LessonPlan(
    recipe=Recipe(epochs=2, batch_size=32, learning_rate=0.004, warp=Warp() * 0.5, averaging=0.9),
    mnist=600,
    own=300,
    mixture=Mixture(non_digits=20),
)


def test_a_drawing_teaches_once_and_only_with_ink_and_a_digit(rng: np.random.Generator) -> None:
    one, two = write_digit(1, rng), write_digit(1, rng)
    same_as_one = Drawing(one.strokes, one.canvas, "1", {"time": "later"})
    nothing = [Drawing((), word="1"), Drawing(one.strokes, word="cat"), Drawing(one.strokes)]
    assert lessons_of([one, *nothing, two, same_as_one]) == [one, two]
    assert len(lessons_of([one, replace(one, word="7")])) == 2


def test_drawings_are_held_back_only_where_there_are_enough(rng: np.random.Generator) -> None:
    few = [write_digit(1, rng) for _ in range(7)]
    many = [write_digit(2, rng) for _ in range(11)]
    taught, held = hold_back([*few, *many])
    assert held == [many[4], many[9]]
    assert len(taught) == 16


def test_pictures_are_what_a_reader_sees(rng: np.random.Generator, network: Network) -> None:
    drawings = [write_digit(d, rng) for d in range(10)]
    seen = np.stack([r.image for r in Reader(network).read_drawings(drawings) if r.image is not None])
    images = pictures_of(drawings)
    np.testing.assert_allclose(images.scaled(), seen, atol=0.5 / 255 + 1e-6)
    assert images.labels.tolist() == list(range(10))


def test_variants_differ_from_each_other_but_stay_near_the_drawing(rng: np.random.Generator) -> None:
    drawings = [write_digit(d, rng) for d in (2, 5)]
    images = varied(drawings, np.array([0, 1, 0, 0]), rng)
    assert images.labels.tolist() == [2, 5, 2, 2]
    assert len({image.tobytes() for image in images.images}) == 4
    plain = pictures_of(drawings).scaled()
    for image, label in zip(images.scaled(), images.labels, strict=True):
        near = plain[[2, 5].index(label)]
        assert np.corrcoef(image.ravel(), near.ravel())[0, 1] > 0.3


def test_a_dot_can_be_varied(rng: np.random.Generator) -> None:
    dot = Drawing((Stroke(np.array([[5, 5]], np.float32)),), word="0")
    assert varied([dot], np.zeros(3, int), rng).images.max() > 200


def test_a_handful_of_drawings_is_learnt_and_the_rest_kept(
    dataset: Dataset, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.training.lesson._MOST_LOST", 0.03)  # of 200 pictures, where each is half a hundredth
    rng = np.random.default_rng(3)
    taught, tested = [spiral("4", rng) for _ in range(5)], [spiral("4", rng) for _ in range(10)]
    lesson = Lesson(network, dataset, taught, SMALL, threads=2)
    epochs = [p for p in lesson.run() if p.ends_epoch]
    assert len(epochs) == 2
    new = lesson.finish()
    assert [r.digit for r in Reader(new).read_drawings(tested)] == [4] * 10
    result = compare(network, new, dataset.test, lesson.drawings, seconds=lesson.seconds)
    assert result.own == 5 and result.after.own_right == 5
    assert result.after.test_accuracy > result.before.test_accuracy - 0.03
    assert [c[2] for c in result.changed] == [4] * (5 - result.before.own_right)
    assert new.info["sure_at"] == 0.9 and "command" not in new.info
    assert new.info["temperature"] > 0


def test_a_lesson_that_spoils_the_rest_goes_only_part_of_the_way(dataset: Dataset, network: Network) -> None:
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    spoilt, weights = network.copy(), network.arrays()
    last = [name for name in weights if name.startswith(f"{len(network.layers) - 1}.")]
    # all the way the logits change their sign, and at three quarters of it still; half way they are only smaller
    spoilt.assign(weights | {name: weights[name] * np.float32(-0.5) for name in last})
    new = lesson.finish(spoilt).arrays()
    for name, before in weights.items():
        if not name.endswith(("mean", "variance")):  # which are taken anew
            np.testing.assert_allclose(new[name], before * (0.25 if name in last else 1), rtol=1e-5, atol=1e-7)


def louder(network: Network, by: float) -> Network:
    """With all logits larger, which changes no answer."""
    copy, last = network.copy(), f"{len(network.layers) - 1}."
    copy.assign({name: array * np.float32(by if name.startswith(last) else 1) for name, array in copy.arrays().items()})
    return copy


def loudness(network: Network, before: Network) -> float:
    return float(network.vector[-1] / before.vector[-1])


def spoil_from(
    loud: float, before: Network, dataset: Dataset, monkeypatch: pytest.MonkeyPatch, pictures: int = 200
) -> None:
    """Let networks that are so loud, beside the one before, misread so many pictures with more looks than one."""
    logits = before.predict_logits(dataset.validation.scaled())
    spoilt = logits * np.where(np.arange(len(logits)) < pictures, -1, 1)[:, None]
    monkeypatch.setattr(
        "model.training.lesson.logits_of", lambda net, *_, **__: spoilt if loudness(net, before) >= loud else logits
    )


def test_a_lesson_goes_half_way_where_all_of_it_reads_no_more(dataset: Dataset, network: Network) -> None:
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    assert loudness(lesson.finish(louder(network, 1.5)), network) == pytest.approx(1.25)


@pytest.mark.parametrize(("more", "spoilt_from", "goes"), [(0.005, 2, 1.25), (0.02, 2, 1.5), (0.02, 1.4, 1.25)])
def test_a_lesson_goes_all_the_way_where_that_reads_plainly_more_drawings_and_spoils_nothing(
    more: float, spoilt_from: float, goes: float, dataset: Dataset, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    monkeypatch.setattr(lesson, "own_accuracy", lambda net: 0.5 + more * (loudness(net, network) > 1.4))
    spoil_from(spoilt_from, network, dataset, monkeypatch)
    assert loudness(lesson.finish(louder(network, 1.5)), network) == pytest.approx(goes)


def test_a_lesson_goes_no_farther_for_drawings_that_cost_validation_pictures(
    dataset: Dataset, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.training.lesson._MOST_LOST", 0.03)  # of 200 pictures
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    monkeypatch.setattr(lesson, "own_accuracy", lambda net: 0.5 + 0.2 * (loudness(net, network) > 1.4))
    spoil_from(1.4, network, dataset, monkeypatch, pictures=5)
    assert loudness(lesson.finish(louder(network, 1.5)), network) == pytest.approx(1.25)


def test_a_poor_network_goes_all_the_way_to_a_good_one(dataset: Dataset, network: Network) -> None:
    lesson = Lesson(small_cnn(), dataset, [], SMALL)
    next(lesson.run(gap=0))
    good = network.copy()
    np.testing.assert_allclose(lesson.finish(good).vector, good.vector, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(("spoilt_from", "goes"), [(1.2, 1.125), (0, 1.25)])  # the last: as bad before
def test_a_lesson_is_judged_by_what_the_program_reads(
    spoilt_from: float, goes: float, dataset: Dataset, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one look all is well; it is with more looks that most of the way loses, or that nothing was read before."""
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    spoil_from(spoilt_from, network, dataset, monkeypatch)
    assert loudness(lesson.finish(louder(network, 1.5)), network) == pytest.approx(goes)


@pytest.mark.parametrize(("lost", "holds"), [(0, True), (2, True), (4, False)])
def test_a_lesson_may_lose_two_of_mnists_validation_pictures_but_not_four(
    lost: int, holds: bool, dataset: Dataset, network: Network
) -> None:
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    before = lesson.marks[0]
    assert _holds(replace(before, validation_accuracy=before.validation_accuracy - lost / 5_000), before) is holds


def test_a_lesson_that_only_spoils_changes_nothing(dataset: Dataset, network: Network) -> None:
    lesson = Lesson(network, dataset, [spiral("4", np.random.default_rng(4))], SMALL)
    next(lesson.run(gap=0))
    spoilt, weights = network.copy(), network.arrays()
    last = [name for name in weights if name.startswith(f"{len(network.layers) - 1}.")]
    # even a tenth of the way the logits change their sign
    spoilt.assign(weights | {name: weights[name] * np.float32(-20) for name in last})
    new = lesson.finish(spoilt)
    for name, before in weights.items():
        np.testing.assert_array_equal(new.arrays()[name], before)
    read = logits_of(network, dataset.validation).argmax(axis=1)
    assert new.info["validation_accuracy"] == (read == dataset.validation.labels).mean()


def test_a_stopped_lesson_keeps_the_weights_of_the_moment(dataset: Dataset, network: Network) -> None:
    drawings = [spiral("4", np.random.default_rng(5)) for _ in range(3)]
    lesson = Lesson(network, dataset, drawings, SMALL)
    progress = next(lesson.run(gap=0))
    new = lesson.finish(progress.snapshot())
    assert progress.step == 1
    assert not np.array_equal(new.vector, network.vector)
    with pytest.raises(ValueError, match="before its first step"):
        Lesson(network, dataset, drawings, SMALL).finish()


def test_a_stopped_lesson_has_statistics_of_predictions(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.training.statistics._PART", 1.0)
    network = Network([Flatten(), Dropout(0.5), Dense(12), BatchNorm(activation="relu"), Dense(10)])
    lesson = Lesson(
        network, dataset, [spiral("4", np.random.default_rng(5))], replace(SMALL, own=64), from_nothing=True
    )
    assert len(lesson.train) <= 1_000  # so that it is taken from all of them
    new = lesson.finish(next(lesson.run(gap=0)).snapshot())
    seen = new.layers[2].infer(lesson.train.scaled().reshape(len(lesson.train), -1), Workspace())
    np.testing.assert_allclose(new.layers[3].state["variance"], seen.var(axis=0), rtol=1e-3)


def test_the_same_seed_gives_the_same_lesson(dataset: Dataset, network: Network) -> None:
    drawings = [spiral("4", np.random.default_rng(6)) for _ in range(3)]
    short = replace(SMALL, mnist=64, own=64)
    vectors = []
    for threads in (1, 2):
        lesson = Lesson(network, dataset, drawings, short, threads=threads)
        list(lesson.run())
        vectors.append(lesson.finish().vector)
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_nothing_to_learn_from_is_said(dataset: Dataset, network: Network) -> None:
    with pytest.raises(ValueError, match="nothing to train on"):
        Lesson(network, dataset, [], replace(SMALL, mnist=0, mixture=Mixture()))


def test_pen_strokes_alone_are_enough_to_learn_from(dataset: Dataset, network: Network) -> None:
    lesson = Lesson(network, dataset, [], replace(SMALL, mnist=0, mixture=Mixture(pen_digits=40, pen_non_digits=5)))
    assert lesson.train.labels.tolist().count(NO_DIGIT) == 5 and len(lesson.train) == 45
    for _ in lesson.run():
        pass
    assert lesson.finish().info["drawings"] == 0


@pytest.mark.parametrize("plans", [TEACH, BEGIN])
def test_longer_plans_show_more_pictures(plans: dict[str, LessonPlan]) -> None:
    counts = [p.pictures(55_000) for p in plans.values()]
    assert counts == sorted(counts)


def test_plans_leave_out_what_is_not_wanted() -> None:
    assert plan("quick", from_nothing=False, mnist=False).mnist == 0
    assert plan("good", from_nothing=True, own=False).own == 0
    for length in LENGTHS:
        for from_nothing in (True, False):
            usual = plan(length, from_nothing=from_nothing)
            assert usual.mixture.pen_digits > 0 and usual.mnist != 0 and usual.own > 0
            without = plan(length, from_nothing=from_nothing, pen=False).mixture
            assert without == replace(usual.mixture, pen_digits=0, pen_non_digits=0)
            alone = plan(length, from_nothing=from_nothing, mnist=False, own=False)
            assert alone.mixture.pen_digits >= 5_000
            assert alone.mixture == replace(usual.mixture, pen_digits=alone.mixture.pen_digits)
    with pytest.raises(ValueError, match="quick, good, thorough"):
        plan("endless", from_nothing=True)
    with pytest.raises(ValueError, match="copies of drawings"):
        replace(SMALL, own=-1)


@pytest.mark.parametrize(
    ("before", "after", "advised"),
    [((0.99, 3), (0.99, 4), False), ((0.99, 3), (0.988, 5), True), ((0.99, 3), (0.991, 2), True),
     ((0.99, 3), (0.9895, 3), True), ((0.99, 3), (0.991, 3), False)],
)  # fmt: skip
def test_a_worse_network_is_advised_against(before: tuple[float, int], after: tuple[float, int], advised: bool) -> None:
    comparison = Comparison(Judgement(*before), Judgement(*after), 5, [], 0, 0, 1.0)
    assert comparison.advises_discarding == advised


def test_misread_drawings_are_shown_three_times_as_often(dataset: Dataset, rng: np.random.Generator) -> None:
    zeros = Network([Flatten(), Dense(10)], rng=np.random.default_rng(0))
    zeros.vector[:] = 0
    zeros.layers[1].parameters["bias"][0] = 1  # reads everything as 0
    drawings = [write_digit(0, rng), write_digit(1, rng)]
    alone = replace(SMALL, mnist=0, own=400, mixture=Mixture())
    counts = np.bincount(Lesson(zeros, dataset, drawings, alone).train.labels, minlength=2)
    assert counts.sum() == 400 and counts[1] / counts[0] == pytest.approx(3, rel=0.2)
    counts = np.bincount(Lesson(zeros, dataset, drawings, alone, from_nothing=True).train.labels, minlength=2)
    assert counts[1] / counts[0] == pytest.approx(1, rel=0.2)
