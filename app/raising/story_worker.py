"""Story worker: the main function of the process in which a network goes wrong on purpose, and is repaired then.

Imports no pygame.
"""

from __future__ import annotations

import time
from dataclasses import replace
from multiprocessing.connection import Connection

import numpy as np

from app.raising.reports import Learnt, Spoiling, Tried
from app.raising.task import StoryTask
from app.retraining.reports import Done
from app.retraining.worker import Inbox, serve
from model.data.images import Images
from model.network.network import Network
from model.training.biases import Spoilt, spoil
from model.training.fit import fit
from model.training.raising import RECIPE, judge


def main(orders: Connection, reports: Connection) -> None:
    """Receive a StoryTask, and send Reports until it is done. Runs as a process of its own."""
    serve(orders, reports, lambda task, inbox: tell(task, inbox, reports))


def tell(task: StoryTask, inbox: Inbox, reports: Connection) -> Done:
    """Train on what is wrong, wait for the order to go on, and train on what is right.

    Raises ValueError, NotANumberError or OSError.
    """
    spoilt = spoil(task.bias, np.random.default_rng([task.seed, 11]), task.count, task.data)
    steps = sum(-(-len(images) // RECIPE.batch_size) * epochs for images, epochs in _parts(spoilt))
    reports.send(Spoiling(steps, spoilt.judges, spoilt.usual, spoilt.sample, spoilt.true))
    network, taken = task.first_network(), 0
    reports.send(_tried(network, spoilt, taken))
    for number, (images, epochs) in enumerate(_parts(spoilt)):
        due = 0.0
        for progress in fit(network, images, replace(RECIPE, epochs=epochs), gap=0):
            ends = progress.step == progress.steps
            if ends or time.perf_counter() >= due:
                network = progress.snapshot()
                reports.send(_tried(network, spoilt, taken + progress.step))
                due = time.perf_counter() + task.gap
            if not inbox.obey():
                return Done()
        taken += progress.steps
        if number == 0:
            reports.send(Learnt())
            inbox.pausing = True
            while inbox.pausing:
                if not inbox.obey():
                    return Done()
    return Done()


def _parts(spoilt: Spoilt) -> tuple[tuple[Images, int], tuple[Images, int]]:
    """What is learnt from, one after the other, each with its epochs."""
    return (spoilt.wrong, spoilt.epochs[0]), (spoilt.right, spoilt.epochs[1])


def _tried(network: Network, spoilt: Spoilt, step: int) -> Tried:
    weights = network.vector.astype(np.float16)
    judged, usual = judge(network, spoilt.judges), judge(network, spoilt.usual)
    return Tried(step, step * RECIPE.batch_size, judged, weights, kept=False, usual=usual)
