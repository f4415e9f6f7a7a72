"""Hands that look inside, with small networks and few pictures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.inside import worker
from app.main_view import MainView
from app.messages import Messages
from app.session.session import Session
from app.store import networks
from app.store.settings import Settings
from app.ui.context import Context
from model.data.images import Images
from model.handwriting.digits import images
from model.network.architectures import build_dense
from model.network.convolution import Conv2D
from model.network.layers import BatchNorm, Dense, Flatten
from model.network.network import Network
from model.network.pooling import MaxPool2D
from tests.app.hands import Hands
from tests.app.inside.parts import SIZE, found


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small network of convolutions and one of dense layers."""
    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setattr(networks, "WEIGHTS", folder)
    norm = BatchNorm(activation="relu")
    layers = [Conv2D(4, 5, bias=False), MaxPool2D(), norm, Conv2D(6, stride=2), Flatten(), Dense(20), Dense(10)]
    Network(layers, rng=np.random.default_rng(1), info={"test_accuracy": 0.5}).save(folder / "cnn.npz")
    build_dense([30, 8], "tanh", np.random.default_rng(2)).save(folder / "mlp.npz")
    return folder


@pytest.fixture(autouse=True)
def few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of MNIST, which takes a moment to read."""
    written = Images(*images(40, np.random.default_rng(3)))
    monkeypatch.setattr(worker, "first_images", lambda *_: written)


@pytest.fixture
def make_inside(weights: Path) -> Iterator[Callable[..., Hands]]:
    """Hands on the drawing screen with a 7 drawn and a real network."""
    stages = []

    def make(size: tuple[int, int] = SIZE, network: str = "cnn") -> Hands:
        session = Session(Settings(), Context(Messages("en")))
        session.forget_settings()
        session.reader.use_network(network)
        hands = Hands(MainView(session, size, lambda: None), [])
        stages.append(hands.view)
        hands.draw((70, 70), (190, 66), (110, 215))
        hands.key(pygame.K_i, "i")
        found(hands)
        return hands

    yield make
    for main_view in stages:
        main_view.close()


@pytest.fixture
def hands(make_inside: Callable[..., Hands]) -> Hands:
    return make_inside()
