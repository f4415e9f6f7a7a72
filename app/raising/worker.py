"""Raising worker: the main function of the process that raises a network. Imports no pygame.

It lives only as long as the window does; see app/retraining/worker.py.
"""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

import numpy as np

from app.raising.reports import Grown, Met
from app.raising.task import RaisingTask
from app.retraining.reports import Done
from app.retraining.worker import Inbox, serve
from model.data.datasets import load_dataset
from model.data.images import Images
from model.network.network import Network
from model.training.fit import fit
from model.training.raising import RECIPE, judge, judges, of_digits, snapshot_steps


def main(orders: Connection, reports: Connection) -> None:
    """Receive a RaisingTask, train, and send Reports until it is done. Runs as a process of its own."""
    serve(orders, reports, lambda task, inbox: raise_network(task, inbox, reports))


def raise_network(task: RaisingTask, inbox: Inbox, reports: Connection) -> Done:
    """Train from nothing and send the network after every step that is to be remembered, and after each single step.

    Raises ValueError, NotANumberError or OSError.
    """
    dataset = load_dataset(task.data)
    train, judged_by = of_digits(dataset.train, task.digits), judges(dataset.validation)
    network = task.first_network()
    steps = -(-len(train) // RECIPE.batch_size) * RECIPE.epochs
    kept = frozenset(snapshot_steps(steps))
    reports.send(Met(steps, judged_by))
    reports.send(_grown(network, judged_by, 0, 0, kept=True))
    due = time.perf_counter() + task.gap
    for progress in fit(network, train, RECIPE, gap=0):
        keeps = progress.step in kept
        if keeps or inbox.pausing:
            time.sleep(max(0.0, due - time.perf_counter()) if keeps and not inbox.pausing else 0.0)
            due = time.perf_counter() + task.gap
            seen = min(progress.step * RECIPE.batch_size, RECIPE.epochs * len(train))
            reports.send(_grown(progress.snapshot(), judged_by, progress.step, seen, kept=keeps))
        if not inbox.obey():
            break
    return Done()


def _grown(network: Network, judged_by: Images, step: int, seen: int, *, kept: bool) -> Grown:
    return Grown(step, seen, judge(network, judged_by), network.vector.astype(np.float16), kept)
