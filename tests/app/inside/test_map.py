"""The map of digits that are alike for the network."""

import math
from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.inside import worker
from app.inside.layout import map_places
from app.inside.map import MapView
from app.inside.topic import Topic
from app.tabs.layout import tab_layout
from model.explanation.feature_map import FeatureMapMaker
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, UPRIGHT, found, on_paper, pixels, screen


def map_of(hands: Hands) -> MapView:
    view = screen(hands).view
    assert isinstance(view, MapView)
    return view


@pytest.fixture
def hands(hands: Hands) -> Hands:
    hands.click("map")
    found(hands)
    return hands


@pytest.mark.parametrize("network", ["cnn", "mlp"])
@pytest.mark.parametrize("size", [SIZE, UPRIGHT, (800, 600)])
def test_map_and_neighbours_have_their_places(
    make_inside: Callable[..., Hands], network: str, size: tuple[int, int]
) -> None:
    hands = make_inside(size, network)
    hands.click("map")
    found(hands)
    view = map_of(hands)
    assert view.landscape is not None and len(view.landscape.images) == 40
    assert screen(hands).layout.main.contains(view.places.chart)
    tiles = view.places.neighbours
    assert len(tiles) == 8
    for number, tile in enumerate(tiles):
        assert screen(hands).layout.detail.contains(tile) and tile.width > 20
        assert tile.collidelist(tiles[:number]) == -1
    assert np.ptp(pixels(hands, view.places.chart)) > 100


@pytest.mark.parametrize(("size", "count"), [((480, 320), 3), ((320, 480), 8), ((1024, 600), 8)])
def test_so_many_neighbours_have_a_place_as_one_can_see(size: tuple[int, int], count: int) -> None:
    layout = tab_layout(size, tuple(Topic), 40, 0.0, ("undo", "clear"))
    places = map_places(layout, 8)
    assert len(places.neighbours) == count
    for number, tile in enumerate(places.neighbours):
        assert layout.detail.contains(tile) and tile.width >= 22
        assert not tile.colliderect(places.heading) and tile.collidelist(places.neighbours[:number]) == -1


def test_the_neighbours_are_those_of_the_features(hands: Hands) -> None:
    finding = screen(hands).worker.finding
    assert finding is not None and finding.landscape is not None and finding.inside is not None
    features = finding.values[finding.inside.last_hidden].ravel()
    assert finding.neighbours == tuple(finding.landscape.nearest(features, 8))
    assert finding.place == finding.landscape.place_of(features)


def test_the_drawing_moves_on_the_map_while_it_is_drawn(hands: Hands) -> None:
    view = map_of(hands)
    before = view.shown_place
    assert before is not None
    hands.down(on_paper(hands, 60, 150))
    hands.move(on_paper(hands, 200, 150))
    hands.move(on_paper(hands, 210, 30))
    while screen(hands).worker.behind(view.query):
        hands.frame(0.0)
    finding = screen(hands).worker.finding
    hands.frame(0.01)
    between = view.shown_place
    hands.up(on_paper(hands, 210, 30))
    found(hands)
    assert finding is not None and finding.place is not None and between is not None
    assert math.dist(before, finding.place) > 0.01
    assert 0 < math.dist(before, between) < math.dist(before, finding.place)
    last = screen(hands).worker.finding
    assert last is not None and view.shown_place == last.place


@pytest.mark.parametrize("point", ["mouse", "finger"])
def test_pointing_shows_the_digit_there(point: str, hands: Hands) -> None:
    view = map_of(hands)
    assert view.landscape is not None
    plain = pixels(hands, view.places.chart)
    middle = tuple(view._middles()[17])
    if point == "mouse":
        hands.move(middle, pressed=False)
    else:
        hands.finger(pygame.FINGERDOWN, middle)
        hands.finger(pygame.FINGERUP, middle)
    assert view.chosen is not None
    np.testing.assert_allclose(view.landscape.places[view.chosen], view.landscape.places[17], atol=1e-6)
    assert np.any(pixels(hands, view.places.chart) != plain)
    hands.move((view.places.chart.left + 1, view.places.chart.bottom - 2), pressed=False)
    assert view.chosen is None


def test_arrows_go_from_digit_to_digit_and_digit_keys_to_the_middle_of_their_kind(hands: Hands) -> None:
    view = map_of(hands)
    assert view.landscape is not None
    hands.key(pygame.K_5, "5")
    assert view.chosen is not None and view.landscape.images.labels[view.chosen] == 5
    seen = []
    for _ in range(60):
        hands.key(pygame.K_LEFT)
        seen.append(float(view.landscape.places[view.chosen][0]))
    assert seen == sorted(seen, reverse=True) and seen[-1] < 0.1
    for _ in range(60):
        hands.key(pygame.K_RIGHT)
    assert view.landscape.places[view.chosen][0] > 0.9
    for code, across in ((pygame.K_UP, 0), (pygame.K_DOWN, 1)):
        for _ in range(60):
            hands.key(code)
        assert abs(float(view.landscape.places[view.chosen][1]) - across) < 0.1


@pytest.mark.parametrize("press", ["click", "tap"])
def test_a_neighbour_is_shown_on_the_map(press: str, hands: Hands) -> None:
    finding = screen(hands).worker.finding
    assert finding is not None
    getattr(hands, press)("neighbour 3")
    assert map_of(hands).chosen == finding.neighbours[3].number


def test_the_map_of_a_network_is_made_once(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    first = map_of(hands).landscape
    monkeypatch.setattr(FeatureMapMaker, "go_on", lambda _: pytest.fail("it is there already"))
    hands.click("way")
    found(hands)
    hands.click("map")
    found(hands)
    assert map_of(hands).landscape is first


def test_another_network_has_another_map(hands: Hands) -> None:
    first = map_of(hands).landscape
    hands.key(pygame.K_5, "5")
    hands.session.reader.use_network("mlp")
    found(hands)
    assert map_of(hands).landscape is not first and map_of(hands).chosen is None


def test_a_map_that_is_being_made_says_how_far_it_is_and_ends(
    make_inside: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = FeatureMapMaker.go_on
    monkeypatch.setattr(FeatureMapMaker, "go_on", lambda maker: None)
    monkeypatch.setattr(worker, "AT_ONCE", 0.0)
    hands = make_inside()
    hands.click("map")
    view = map_of(hands)
    while view.finding is None or view.finding.query != view.query:
        hands.frame()
    assert view.landscape is None and hands.view.moving and screen(hands).worker.behind(view.query)
    monkeypatch.setattr(FeatureMapMaker, "go_on", go_on)
    monkeypatch.setattr(worker, "AT_ONCE", 10.0)
    found(hands)
    assert view.landscape is not None and not hands.view.moving
    assert hands.frame() == []


def test_without_pictures_or_network_it_says_so(
    make_inside: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(worker, "first_images", gone)
    hands = make_inside()
    hands.click("map")
    found(hands)
    assert map_of(hands).landscape is None and not hands.view.moving
    hands.session.reader.current = None
    found(hands)
    assert screen(hands).shown is Topic.MAP and not hands.view.moving
    hands.key(pygame.K_LEFT)
    hands.key(pygame.K_5, "5")
    hands.move(screen(hands).layout.main.center, pressed=False)


def test_an_empty_paper_leaves_the_map_without_a_drawing(hands: Hands) -> None:
    hands.key(pygame.K_c, "c")
    found(hands)
    assert map_of(hands).shown_place is None and map_of(hands).landscape is not None
    hands.key(pygame.K_LEFT)
    assert map_of(hands).chosen is not None


def test_with_less_motion_the_drawing_is_at_its_place_at_once(hands: Hands) -> None:
    hands.session.context.calm = True
    hands.key(pygame.K_u, "u")
    hands.down(on_paper(hands, 60, 150))
    hands.up(on_paper(hands, 60, 150))
    found(hands)
    hands.down(on_paper(hands, 60, 30))
    hands.move(on_paper(hands, 200, 200))
    view = map_of(hands)
    before = view.shown_place
    while screen(hands).worker.behind(view.query):
        hands.frame(0.0)
    hands.frame(0.001)
    last = screen(hands).worker.finding
    assert last is not None and view.shown_place == last.place != before
