"""The tour: eight steps on the drawing, by keys, mouse and finger, with the numbers of whichever network reads."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.inside import tour_pictures
from app.inside.topic import Topic
from app.inside.tour import ASKING, STEPS, TourStep, TourView
from app.inside.tour_numbers import contributions, pool, weighing
from app.inside.worker import Finding
from model.explanation.introspection import Introspection
from model.network.convolution import Conv2D
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.network.pooling import AveragePool2D, MaxPool2D
from model.reading.reader import Reader
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, UPRIGHT, found, on_paper, pixels, screen


def tour(hands: Hands) -> TourView:
    view = screen(hands).view
    assert isinstance(view, TourView)
    return view


def finding(hands: Hands) -> Finding:
    found(hands)
    now = screen(hands).worker.finding
    assert now is not None
    return now


def target(hands: Hands) -> int:
    """The digit towards which a step of training goes."""
    learning = finding(hands).learning
    assert learning is not None
    return learning.target


@pytest.fixture
def hands(hands: Hands) -> Hands:
    hands.click("tour")
    found(hands)
    return hands


@pytest.mark.parametrize("way", ["keys", "click", "tap", "tab"])
def test_on_back_and_leave_by_keys_mouse_and_finger(way: str, hands: Hands) -> None:
    def press(name: str, code: int) -> None:
        if way == "keys":
            hands.key(code)
        elif way == "tab":
            while screen(hands).controls.focused != name or not screen(hands).controls.shows_focus:
                hands.key(pygame.K_TAB)
            hands.key(pygame.K_RETURN, "\r")
        else:
            getattr(hands, way)(name)

    seen = [tour(hands).now]
    for _ in STEPS[1:]:
        press("on", pygame.K_RIGHT)
        seen.append(tour(hands).now)
    assert seen == list(STEPS)
    press("back", pygame.K_LEFT)
    assert tour(hands).now is STEPS[-2]
    for _ in STEPS:
        hands.key(pygame.K_LEFT)
    assert tour(hands).now is STEPS[0]
    if way == "keys":
        hands.key(pygame.K_ESCAPE)
        assert not hands.view.dialogs
    else:
        press("leave", 0)
        assert screen(hands).shown is Topic.WAY


def test_after_the_last_step_one_looks_around(hands: Hands) -> None:
    for _ in STEPS:
        hands.key(pygame.K_RIGHT)
    assert tour(hands).now is STEPS[-1]
    hands.click("on")
    assert screen(hands).shown is Topic.WAY


@pytest.mark.parametrize("network", ["cnn", "mlp"])
@pytest.mark.parametrize("size", [SIZE, UPRIGHT, (800, 600)])
def test_every_step_shows_a_picture_of_its_own(
    make_inside: Callable[..., Hands], network: str, size: tuple[int, int]
) -> None:
    hands = make_inside(size, network)
    hands.click("tour")
    shown: list[np.ndarray] = []
    for _ in STEPS:
        found(hands)
        picture = pixels(hands, tour(hands).places.picture)
        assert np.ptp(picture) > 60
        assert all(not np.array_equal(picture, other) for other in shown)
        shown.append(picture)
        assert hands.frame() == []
        hands.key(pygame.K_RIGHT)


def test_the_drawing_goes_on_beside_it(hands: Hands) -> None:
    hands.key(pygame.K_RIGHT)
    found(hands)
    before = pixels(hands, tour(hands).places.picture)
    hands.down(on_paper(hands, 60, 150))
    hands.move(on_paper(hands, 200, 150))
    hands.up(on_paper(hands, 200, 150))
    found(hands)
    assert np.any(pixels(hands, tour(hands).places.picture) != before)


def test_a_digit_says_what_was_meant_and_the_loss_of_the_loaded_network_falls(hands: Hands) -> None:
    reader = hands.session.reader.current
    assert reader is not None
    network = reader.network
    weights = network.vector.copy()
    hands.key(pygame.K_5, "5")
    assert tour(hands).target is None  # no step that asks
    while tour(hands).now is not TourStep.LOSS:
        hands.key(pygame.K_RIGHT)
    scores = finding(hands).scores
    assert scores is not None and target(hands) == np.argsort(scores)[-2]
    hands.key(pygame.K_5, "5")
    assert target(hands) == 5
    hands.tap("meant 3")
    learning = finding(hands).learning
    assert learning is not None and learning.target == 3
    hands.key(pygame.K_RIGHT)
    assert target(hands) == 3
    assert learning.losses[1] < learning.losses[0]
    np.testing.assert_array_equal(network.vector, weights)


def test_scores_are_what_softmax_makes_the_reading_of(hands: Hands) -> None:
    scores = finding(hands).scores
    reader = hands.session.reader.current
    network_input = finding(hands).network_input
    assert scores is not None and reader is not None and network_input is not None
    expected = reader.glance.read_images(network_input.image[None])[0].probabilities
    np.testing.assert_allclose(np.exp(scores) / np.exp(scores).sum(), expected, atol=1e-5)


@pytest.mark.parametrize("way", ["empty", "no network"])
def test_without_a_drawing_or_a_network_it_says_so(way: str, hands: Hands) -> None:
    if way == "empty":
        hands.key(pygame.K_c, "c")
    else:
        hands.session.reader.current = None
    for _ in STEPS:
        found(hands)
        assert not hands.view.moving
        hands.key(pygame.K_RIGHT)
    assert tour(hands).now in ASKING
    hands.tap("leave")
    assert screen(hands).shown is Topic.WAY


@pytest.mark.parametrize("first", [Conv2D(4, 5), Conv2D(3, 3, stride=2), Dense(7)])
def test_what_a_filter_or_unit_adds_up_is_its_value(first: Conv2D | Dense, rng: np.random.Generator) -> None:
    layers = [Flatten(), first, Dense(10)] if isinstance(first, Dense) else [first, Flatten(), Dense(10)]
    inside = Introspection(Network(layers, rng=rng))
    values = tuple(inside.activations(rng.random((28, 28)).astype(np.float32)))
    found = weighing(inside, values)
    assert found is not None and found.slides == isinstance(first, Conv2D)
    assert found.value == pytest.approx(float(values[1].max()))
    assert found.total == pytest.approx(float((found.seen * found.weights).sum()) + found.bias, rel=1e-4)
    assert found.value == pytest.approx(max(found.total, 0.0), rel=1e-3)  # relu


@pytest.mark.parametrize("layer", [AveragePool2D(2), MaxPool2D(2)])
def test_a_block_becomes_the_value_of_its_place(layer: AveragePool2D | MaxPool2D, rng: np.random.Generator) -> None:
    average = isinstance(layer, AveragePool2D)
    inside = Introspection(Network([Conv2D(3, 3), layer, Flatten(), Dense(10)], rng=rng))
    found = pool(inside, tuple(inside.activations(rng.random((28, 28)).astype(np.float32))))
    assert found is not None and found.block.shape == (2, 2) and found.takes_greatest is not average
    assert found.value == pytest.approx(float(found.block.mean() if average else found.block.max()), rel=1e-5)


def test_contributions_add_up_to_the_score_but_for_the_bias(rng: np.random.Generator) -> None:
    inside = Introspection(Network([Flatten(), Dense(9), Dense(10)], rng=rng))
    values = tuple(inside.activations(rng.random((28, 28)).astype(np.float32)))
    added = contributions(inside, values, 4)
    bias = inside.network.layers[-1].parameters["bias"][4]
    assert added is not None and float(added.sum() + bias) == pytest.approx(float(values[-1][4]), rel=1e-4)


def test_a_network_without_hidden_layers_has_a_tour_too(hands: Hands) -> None:
    network = Network([Flatten(), Dense(10)], rng=np.random.default_rng(1))
    hands.session.reader.current = Reader(network)
    for _ in STEPS:
        found(hands)
        assert np.ptp(pixels(hands, tour(hands).places.picture)) > 60
        hands.key(pygame.K_RIGHT)


def test_minus_is_a_real_one_and_nothing_is_minus_nothing(hands: Hands) -> None:
    messages = hands.session.context.messages
    assert tour_pictures.signed(-1.234, messages) == "−1.23"
    assert tour_pictures.signed(-0.001, messages) == "0.00"
