"""Scenes of "look inside", for tests that look at every screen. What is shown was found out once, by a real network."""

import time
from functools import cache

from app.inside.screen import InsideScreen
from app.inside.topic import Topic
from app.inside.worker import Finding, InsideWorker, Query
from app.messages import Messages
from app.session.session import Session
from app.store.settings import Settings
from app.ui.context import Context
from tests.app.scenes import PAGE, Play, Scene


@cache
def find(network: str, query: Query) -> Finding:
    """What the network has to say of the drawing."""
    session = Session(Settings(), Context(Messages()))
    session.reader.use_network(network)
    session.ink.replace(PAGE)
    worker = InsideWorker(session)
    while worker.behind(query):
        worker.follow(query)
        time.sleep(0.001)
    assert worker.finding is not None
    return worker.finding


def _open(scene: Scene, topic: Topic, finding: Finding | None) -> InsideScreen:
    """The screen with one finding, which stays."""
    screen = InsideScreen(scene.session, scene.session.choose_network)
    screen.worker.follow = lambda query: False  # type: ignore[method-assign]
    scene.view.show(screen)
    if finding is not None:
        scene.session.ink.replace(PAGE)
        screen.worker.finding = finding
    screen.turn_to(topic)
    return screen


def _empty(topic: Topic) -> Play:
    return lambda scene: _open(scene, topic, None)


def _way(network: str, back: int) -> Play:
    """Pointing so many steps before the answer."""

    def play(scene: Scene) -> None:
        screen = _open(scene, Topic.WAY, find(network, Query(Topic.WAY)))
        screen.view.choose(3)
        for _ in range(back):
            screen.view.step(-9, 0)

    return play


def _why(digit: int | None) -> Play:
    def play(scene: Scene) -> None:
        finding = find("cnn", Query(Topic.WHY, digit))
        screen = _open(scene, Topic.WHY, finding)
        if digit is not None:
            screen.view.choose(digit)
            screen.view.show(finding)

    return play


def _map(network: str, digit: int | None) -> Play:
    """Pointing at a digit."""

    def play(scene: Scene) -> None:
        screen = _open(scene, Topic.MAP, find(network, Query(Topic.MAP)))
        while screen.view.moving:
            screen.view.advance(1.0)
        if digit is not None:
            screen.view.choose(digit)

    return play


def _pixels(network: str, digit: int | None) -> Play:
    """As it is, or while a change to a digit is looked for, played, or done."""

    def play(scene: Scene) -> None:
        screen = _open(scene, Topic.PIXELS, find(network, Query(Topic.PIXELS)))
        if digit is not None:
            screen.view.choose(digit)
            screen.view.show(find(network, Query(Topic.PIXELS, digit)))

    return play


def _tour(network: str, number: int) -> Play:
    def play(scene: Scene) -> None:
        query = Query(Topic.TOUR) if number > 5 else Query(Topic.WAY)
        screen = _open(scene, Topic.TOUR, find(network, query))
        screen.view.step(number, 0)

    return play


def _networks(scene: Scene) -> None:
    _open(scene, Topic.NETWORKS, find("cnn", Query(Topic.NETWORKS)))


INSIDE_SCENES: dict[str, Play] = {
    **{f"inside, an empty paper, {topic.value}": _empty(topic) for topic in Topic},
    "inside, nothing pointed at": lambda scene: _open(scene, Topic.WAY, find("cnn", Query(Topic.WAY))),
    **{f"inside, {back} steps back": _way("cnn", back) for back in (0, 1, 2, 4, 6, 9)},
    **{f"inside dense layers, {back} steps back": _way("mlp", back) for back in (0, 1, 2)},
    "inside, why": _why(None),
    "inside, what if it were a 1": _why(1),
    "inside, the map": _map("cnn", None),
    "inside, the map, a digit": _map("cnn", 4),
    "inside dense layers, the map, a digit": _map("mlp", 9),
    **{f"tour, step {number + 1}": _tour("cnn", number) for number in range(8)},
    **{f"tour through dense layers, step {number + 1}": _tour("mlp", number) for number in (2, 3, 4)},
    "inside, pixels": _pixels("cnn", None),
    "inside, pixels that become a 1": _pixels("cnn", 1),
    "inside dense layers, pixels that become a 3": _pixels("mlp", 3),
    "inside, all networks": _networks,
}
