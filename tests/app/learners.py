"""A stand-in for the process that learns at once: it answers when a test lets it, and its forms see everything."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np

from app.learning.process import Learned, LearningProcess
from app.store import learned
from app.store.networks import LoadedNetwork
from model.network.growth import Detector, feature_count
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.at_once import Form, with_forms

STRENGTH = 50.0


def network_that_grows(seed: int = 0) -> Network:
    """One that reads everything as a 4."""
    network = Network([Flatten(), Dense(8, activation="relu"), Dense(10)], rng=np.random.default_rng(seed))
    network.layers[2].parameters["bias"][4] = 20
    return network


def loaded(path: Path, seed: int = 0) -> LoadedNetwork:
    """Such a network in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    network_that_grows(seed).save(path)
    return LoadedNetwork(path.stem, path, Network.load(path))


def form_of(network: Network, drawing: Drawing, strength: float = STRENGTH) -> Form:
    """A form that every picture is of: with it, all is read as the drawing's digit."""
    weight = np.zeros(feature_count(network), np.float32)
    return Form((drawing,), Detector(int(drawing.word or 0), weight, -1.0, 0.5, strength))


class FakeLearner(LearningProcess):
    """Has no thread and no process. asked: what is still to be answered, as (forms, drawing)."""

    def __init__(self) -> None:
        self.prepared: list[LoadedNetwork] = []
        self.asked: list[tuple[tuple[Form, ...], Drawing]] = []
        self.closed = False
        self._base: list[LoadedNetwork] = []
        self._futures: list[Future[Learned | None]] = []

    def prepare(self, base: LoadedNetwork) -> Future[None]:
        self.prepared.append(base)
        return _done(None)

    def learn(self, base: LoadedNetwork, forms: Sequence[Form], drawing: Drawing) -> Future[Learned | None]:
        self.asked.append((tuple(forms), drawing))
        self._base.append(base)
        self._futures.append(Future())
        return self._futures[-1]

    def save(self, base: LoadedNetwork, forms: Sequence[Form]) -> Future[None]:
        try:
            learned.save(base, forms)
        except OSError as error:
            return _done(error)
        return _done(None)

    def close(self) -> None:
        self.closed = True

    def answer(self, error: Exception | None = None, *, refuse: bool = False) -> None:
        """Learn what was asked first, refuse it, or fail."""
        forms, drawing = self.asked.pop(0)
        base, future = self._base.pop(0), self._futures.pop(0)
        if error is not None:
            future.set_exception(error)
        elif refuse:
            future.set_result(None)
        else:
            known = (*forms, form_of(base.network, drawing, STRENGTH * (len(forms) + 1)))  # the newest prevails
            future.set_result(Learned(known, with_forms(base.network, known)))


def _done(result: Exception | None) -> Future[None]:
    future: Future[None] = Future()
    if result is not None:
        future.set_exception(result)
    else:
        future.set_result(None)
    return future
