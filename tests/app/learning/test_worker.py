"""The process that learns at once: it learns for the network that it is given, whatever lies on the disk."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from app.learning import worker
from app.learning.process import LearningProcess
from app.store.networks import LoadedNetwork
from model.data.datasets import load_dataset
from model.data.images import Images
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network

MORE = 3  # parts, beside those that are enough


def network(seed: int = 0) -> Network:
    layers = [Flatten(), Dense(64, activation="relu"), Dense(16, activation="relu"), Dense(10)]
    return Network(layers, rng=np.random.default_rng(seed))


def network_that_cannot_grow() -> LoadedNetwork:
    return LoadedNetwork("linear", Path("linear.npz"), Network([Flatten(), Dense(10)]))


@pytest.fixture(scope="module")
def images() -> Images:
    return load_dataset().train[: 20 * (worker.ENOUGH + MORE)]


@pytest.fixture(autouse=True)
def parts(images: Images, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is to be remembered is in parts of 20 pictures."""
    monkeypatch.setattr(
        worker, "remembered_pictures", lambda: iter([images[i : i + 20] for i in range(0, len(images), 20)])
    )
    yield
    worker._learners.clear()
    end_threads()


def end_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == worker.REMEMBERING:
            thread.join(10)


def test_it_can_answer_soon_and_remembers_more_by_and_by() -> None:
    with worker._learning:  # as while a drawing is learnt
        worker.prepare(network())
        (learner,) = worker._learners.values()
        assert len(learner.memory) == 20 * worker.ENOUGH
    end_threads()
    assert len(learner.memory) == 20 * (worker.ENOUGH + MORE)
    worker.prepare(network())  # as it was, from another load of the same file
    assert list(worker._learners.values()) == [learner]


def test_for_another_network_it_stops_to_remember_for_the_first() -> None:
    with worker._learning:
        worker.prepare(network())
        (first,) = worker._learners.values()
        worker.prepare(network(seed=1))
    end_threads()
    (second,) = worker._learners.values()
    assert [len(some.memory) // 20 for some in (first, second)] == [worker.ENOUGH, worker.ENOUGH + MORE]


def test_what_is_learnt_is_for_the_network_that_was_sent() -> None:
    drawing = write_digit(3, np.random.default_rng(0))
    forms = worker.learn(network(), (), drawing)
    assert forms is not None
    assert [(form.digit, form.detector.weight.shape) for form in forms] == [(3, (64,))]


def test_a_process_answers_says_what_cannot_be_and_goes_on_after_its_death() -> None:
    """The real one, with its pipe."""
    process = LearningProcess()
    try:
        with pytest.raises(ValueError, match="no hidden dense layer"):
            process.prepare(network_that_cannot_grow()).result(30)
        pid: Future[int] = process._thread.submit(process._ask, os.getpid)
        os.kill(pid.result(30), signal.SIGTERM)
        with pytest.raises(ValueError, match="no hidden dense layer"):
            process.prepare(network_that_cannot_grow()).result(30)
    finally:
        process.close()


def test_the_next_part_is_made_while_one_is_looked_at(images: Images) -> None:
    made: list[int] = []

    def make() -> Iterator[Images]:
        for number in range(5):
            made.append(number)
            yield images[number : number + 1]

    parts = make()
    ahead = worker._made_ahead(parts, 3)
    first = next(ahead)
    end = time.monotonic() + 30
    while len(made) < 2 and time.monotonic() < end:
        time.sleep(0.001)
    assert made == [0, 1]
    found = [first, *ahead]
    assert made == [0, 1, 2] and len(list(parts)) == 2
    for number, part in enumerate(found):
        np.testing.assert_array_equal(part.images, images[number : number + 1].images)


def test_fewer_parts_than_are_wanted_are_all_there_are(images: Images) -> None:
    assert len(list(worker._made_ahead(iter([images, images]), 3))) == 2
