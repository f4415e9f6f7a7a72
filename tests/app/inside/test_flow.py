"""The way of a drawing through the network."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.inside.mosaic import tiles_in
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, UPRIGHT, found, pixels, screen, way


@pytest.mark.parametrize("network", ["cnn", "mlp"])
@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_every_step_has_its_place_and_none_lie_on_each_other(
    make_inside: Callable[..., Hands], network: str, size: tuple[int, int]
) -> None:
    hands = make_inside(size, network)
    view = way(hands)
    main = screen(hands).layout.main
    assert len(view.columns) == {"cnn": 6, "mlp": 4}[network]
    rects = [column.rect for column in view.columns]
    for number, rect in enumerate(rects):
        assert main.contains(rect)
        assert rect.collidelist(rects[:number]) == -1
        assert all(rect.contains(view.columns[number].tile(unit)) for unit in range(view.columns[number].tiles.count))
    along = 1 if size == UPRIGHT else 0
    assert [rect.center[along] for rect in rects] == sorted(rect.center[along] for rect in rects)


@pytest.mark.parametrize("point", ["mouse", "finger"])
def test_pointing_tells_what_it_is_and_shows_where_it_looks(point: str, hands: Hands) -> None:
    view = way(hands)
    paper = screen(hands).layout.paper
    plain = pixels(hands, paper)
    place = view.columns[3].tile(4).center
    if point == "mouse":
        hands.move(place, pressed=False)
    else:
        hands.finger(pygame.FINGERDOWN, place)
        hands.finger(pygame.FINGERUP, place)
    assert view.chosen is not None and (view.chosen.step, view.chosen.unit) == (3, 4)
    assert np.any(pixels(hands, paper) != plain)
    detail = pixels(hands, screen(hands).layout.detail)
    hands.move(view.columns[3].tile(5).center, pressed=False)
    assert np.any(pixels(hands, screen(hands).layout.detail) != detail)


@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_arrows_lead_from_the_answer_to_the_picture_and_back(
    make_inside: Callable[..., Hands], size: tuple[int, int]
) -> None:
    hands = make_inside(size)
    view = way(hands)
    back, on = (pygame.K_UP, pygame.K_DOWN) if size == UPRIGHT else (pygame.K_LEFT, pygame.K_RIGHT)
    hands.key(pygame.K_4, "4")
    assert view.chosen is not None and (view.chosen.step, view.chosen.unit) == (5, 4)
    seen = set()
    for _ in range(60):
        seen.add(view.chosen.step)
        hands.key(back)
    assert view.chosen.step == 0 and seen >= set(range(1, 6))
    for _ in range(60):
        hands.key(on)
    assert view.chosen.step == 5


def test_the_first_arrow_points_at_what_is_read(hands: Hands) -> None:
    hands.key(pygame.K_LEFT)
    finding = screen(hands).worker.finding
    assert finding is not None and finding.reading is not None
    assert way(hands).chosen == (5, finding.reading.digit, 0, 0)


def test_another_network_lays_the_way_out_anew(hands: Hands) -> None:
    hands.key(pygame.K_9, "9")
    hands.session.reader.use_network("mlp")
    found(hands)
    assert len(way(hands).columns) == 4
    assert way(hands).chosen is None


def test_without_a_network_it_says_so(hands: Hands) -> None:
    hands.session.reader.current = None
    found(hands)
    assert way(hands).columns == []
    hands.key(pygame.K_LEFT)
    hands.move(screen(hands).layout.main.center, pressed=False)
    assert way(hands).chosen is None


@pytest.mark.parametrize("count", [1, 24, 96, 128, 300])
def test_tiles_are_never_higher_than_their_place(count: int) -> None:
    for size in ((1, 68), (3, 68), (40, 20), (200, 300)):
        assert tiles_in(size, count, 64).size[1] <= size[1]
