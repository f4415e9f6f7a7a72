"""Learning at once: a form is known after one drawing of it, and nobody else's digits are read otherwise."""

import numpy as np
import pytest

from app.paths import WEIGHTS
from model.data.datasets import load_dataset
from model.data.images import NO_DIGIT, Images
from model.evaluation.evaluation import pictures_of
from model.handwriting import non_digits
from model.handwriting.digits import write_digit
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.reading.reader import Reader
from model.training.at_once import Form, QuickLearner, with_forms
from model.training.memory import Memory


def spiral(digit: str, rng: np.random.Generator, turns: float = 2.5) -> Drawing:
    """A form that stands for no digit anywhere else."""
    t = np.linspace(0, 2 * np.pi * turns, 60)
    points = np.stack([t * np.cos(t), t * np.sin(t)], axis=1) * (5 + rng.random()) + 120
    return Drawing((Stroke(points.astype(np.float32)),), word=digit)


def comb(digit: str, rng: np.random.Generator) -> Drawing:
    """Another one: a bar with four teeth."""
    teeth = [np.array([[x, 60.0], [x, 200.0]]) + rng.normal(0, 3, (2, 2)) for x in (60.0, 110.0, 160.0, 210.0)]
    strokes = [np.array([[60.0, 60.0], [210.0, 60.0]]), *teeth]
    return Drawing(tuple(Stroke(stroke.astype(np.float32)) for stroke in strokes), word=digit)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(WEIGHTS / "cnn.npz")


@pytest.fixture(scope="module")
def memory(network: Network) -> Memory:
    train = load_dataset().train[:1500]
    strange = non_digits.images(200, np.random.default_rng(0))
    labels = np.concatenate([train.labels, np.full(200, NO_DIGIT, np.uint8)])
    return Memory.of(network, [Images(np.concatenate([train.images, strange]), labels)])


@pytest.fixture(scope="module")
def learner(network: Network, memory: Memory) -> QuickLearner:
    return QuickLearner(network, memory)


def read(network: Network, drawing: Drawing) -> str:
    return str(Reader(network).read_drawings([drawing])[0].digit)


def test_one_drawing_teaches_others_of_its_form(
    learner: QuickLearner, network: Network, rng: np.random.Generator
) -> None:
    read_before = {read(network, spiral("7", rng)) for _ in range(5)}
    digit = next(digit for digit in "78901" if digit not in read_before)
    others = [spiral(digit, rng) for _ in range(5)]
    forms = learner.learn((), spiral(digit, rng))
    assert forms is not None
    assert [form.digit for form in forms] == [int(digit)]
    assert [read(with_forms(network, forms), drawing) for drawing in others] == [digit] * 5


def test_another_drawing_of_a_form_sharpens_it_and_one_of_another_form_adds_one(
    learner: QuickLearner, network: Network, rng: np.random.Generator
) -> None:
    first = learner.learn((), spiral("7", rng))
    assert first is not None
    second = learner.learn(first, spiral("7", rng, 2.6))
    assert second is not None
    assert [len(form.drawings) for form in second] == [2]
    third = learner.learn(second, comb("7", rng))
    assert third is not None
    assert [len(form.drawings) for form in third] == [2, 1]
    assert third[0] is second[0]
    taught = with_forms(network, third)
    assert [read(taught, spiral("7", rng)), read(taught, comb("7", rng))] == ["7", "7"]


def test_the_same_form_may_be_taught_as_another_digit_later(
    learner: QuickLearner, network: Network, rng: np.random.Generator
) -> None:
    drawing = spiral("7", rng)
    forms = learner.learn((), drawing)
    assert forms is not None
    forms = learner.learn(forms, Drawing(drawing.strokes, word="2"))
    assert forms is not None
    assert read(with_forms(network, forms), drawing) == "2"


@pytest.mark.parametrize("joke", [False, True])
def test_what_is_remembered_is_read_as_before(
    learner: QuickLearner, network: Network, rng: np.random.Generator, joke: bool
) -> None:
    """Also where somebody says of a plain 1 that it is a 7: only what is hardly like any other 1 is learnt of it."""
    plain = Drawing((Stroke(np.array([[120, 40], [120, 210]], np.float32)),), word="7")
    forms = learner.learn((), plain if joke else spiral("7", rng)) or ()
    assert joke or forms
    images = load_dataset().train[:1500]
    before, after = (some.predict(images.scaled()) for some in (network, with_forms(network, forms)))
    assert not ((before == images.labels) & (after != images.labels)).any()


def test_many_forms_together_do_no_harm(network: Network, memory: Memory, rng: np.random.Generator) -> None:
    """Not even many jokes about digits that all people write."""
    learner = QuickLearner(network, memory)
    forms: tuple[Form, ...] = ()
    for digit in range(10):
        strokes = write_digit(digit, rng).strokes
        forms = learner.learn(forms, Drawing(strokes, word=str((digit + 3) % 10))) or forms
    assert forms
    images = load_dataset().train[:1500]
    before, after = (some.predict(images.scaled()) for some in (network, with_forms(network, forms)))
    assert not ((before == images.labels) & (after != images.labels)).any()


def test_a_form_that_everybody_writes_otherwise_changes_nobodys_reading(
    learner: QuickLearner, memory: Memory, network: Network, rng: np.random.Generator
) -> None:
    """Where spirals are what everybody writes for a 2, one that is said to be a 7 takes no other spiral with it."""
    pictures = pictures_of([spiral("2", rng) for _ in range(200)])
    labels = network.predict(pictures.scaled()).astype(np.uint8)  # whatever it takes them for is right now
    train = load_dataset().train[:500]
    common = Images(np.concatenate([train.images, pictures.images]), np.concatenate([train.labels, labels]))
    drawing = spiral("7" if 7 not in labels else "8", rng)
    forms = QuickLearner(network, Memory.of(network, [common])).learn((), drawing) or ()
    np.testing.assert_array_equal(with_forms(network, forms).predict(pictures.scaled()), labels)


def test_the_same_drawings_teach_the_same_to_the_bit(learner: QuickLearner, rng: np.random.Generator) -> None:
    drawing = spiral("7", rng)
    one, two = learner.learn((), drawing), learner.learn((), drawing)
    assert one is not None and two is not None
    np.testing.assert_array_equal(one[0].detector.weight, two[0].detector.weight)
    assert one[0].detector.at == two[0].detector.at


@pytest.mark.parametrize(
    "drawing", [Drawing((), word="7"), Drawing((Stroke(np.array([[1, 1], [9, 90]], np.float32)),), word="A")]
)
def test_only_drawings_of_digits_are_taken(learner: QuickLearner, drawing: Drawing) -> None:
    with pytest.raises(ValueError, match="Only a drawing of a digit"):
        learner.learn((), drawing)
