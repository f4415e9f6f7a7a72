"""One drawing, many networks."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.input import Pointer
from app.inside.networks import NetworksView
from app.inside.screen import InsideScreen
from model.network.architectures import build_dense
from model.reading.reader import Reader
from tests.app.hands import Hands
from tests.app.inside.parts import found, screen


def rows_of(hands: Hands) -> NetworksView:
    view = screen(hands).view
    assert isinstance(view, NetworksView)
    return view


def test_all_networks_read_the_drawing(hands: Hands, weights: Path) -> None:
    (weights / "broken.npz").write_bytes(b"no network")
    hands.key(pygame.K_n, "n")
    found(hands)
    rows = rows_of(hands).rows
    assert [row.loaded.name for row in rows] == ["cnn", "mlp"]
    for row in rows:
        assert row.reading is not None and row.milliseconds is not None and row.milliseconds > 0
        assert row.kilobytes == -(-row.loaded.path.stat().st_size // 1000)
        image = row.reading.image
        assert image is not None
        assert Reader(row.loaded.network).read_images(image[None])[0].digit == row.reading.digit


@pytest.mark.parametrize("choose", ["click", "tap", "keys"])
def test_a_network_can_be_chosen(choose: str, hands: Hands, weights: Path) -> None:
    hands.key(pygame.K_n, "n")
    found(hands)
    name = f"network {weights / 'mlp.npz'}"
    if choose == "keys":
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RETURN, "\r")
    else:
        getattr(hands, choose)(name)
    assert hands.session.reader.network is not None and hands.session.reader.network.name == "mlp"
    assert isinstance(hands.view.screen, InsideScreen)


@pytest.mark.parametrize("press", ["click", "tap"])
def test_a_network_whose_file_is_gone_is_not_chosen(press: str, hands: Hands, weights: Path) -> None:
    hands.key(pygame.K_n, "n")
    found(hands)
    used = hands.session.reader.network
    (weights / "mlp.npz").unlink()
    getattr(hands, press)(f"network {weights / 'mlp.npz'}")
    assert hands.session.reader.network is used
    assert hands.session.context.notices.items[-1].text == "mlp.npz is not there any more."
    assert isinstance(hands.view.screen, InsideScreen)


def test_many_networks_scroll_by_wheel_finger_and_keys(make_inside: Callable[..., Hands], weights: Path) -> None:
    for number in range(6):
        build_dense([3], "relu", np.random.default_rng(number)).save(weights / f"own-{number}.npz")
    hands = make_inside((800, 600))
    hands.key(pygame.K_n, "n")
    found(hands)
    scroller = rows_of(hands).scroller
    hands.view.screen.handle(pointer_wheel(-2))
    found(hands)
    assert scroller.place > 0
    for _ in range(9):
        hands.key(pygame.K_DOWN)
    found(hands)
    assert scroller.place == pytest.approx(scroller.farthest)
    middle = screen(hands).layout.main.center
    used = hands.session.reader.network
    hands.finger(pygame.FINGERDOWN, middle)
    for step in range(1, 9):
        hands.finger(pygame.FINGERMOTION, (middle[0], middle[1] + 20 * step))
    hands.finger(pygame.FINGERUP, (middle[0], middle[1] + 160))
    assert scroller.place < scroller.farthest
    assert hands.session.reader.network is used  # dragging presses nothing


def pointer_wheel(steps: float) -> Pointer:
    return Pointer("wheel", steps=steps)
