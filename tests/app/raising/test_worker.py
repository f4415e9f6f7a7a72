"""What the process that raises a network sends and obeys, and that it is raised in a process of its own."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from app.raising.process import RaisingProcess
from app.raising.reports import Grown, Met
from app.raising.task import RaisingTask
from app.retraining.process import State
from app.retraining.reports import Done, Order
from model.training.raising import RECIPE, SNAPSHOTS, small_network, snapshot_steps
from tests.app.raising.pupils import data, raised

EVEN = frozenset({0, 2, 4, 6, 8})


@pytest.mark.parametrize("filters", [False, True])
def test_it_sends_what_is_to_be_remembered_up_to_the_end(filters: bool, tmp_path: Path) -> None:
    task = RaisingTask(filters=filters, many=False, data=data(tmp_path), gap=0)
    last, (met, *grown) = raised(task)
    assert isinstance(last, Done) and isinstance(met, Met)
    assert [one.step for one in grown] == snapshot_steps(met.steps)
    assert all(isinstance(one, Grown) and one.kept for one in grown)
    np.testing.assert_array_equal(grown[0].weights, task.first_network().vector.astype(np.float16))
    assert grown[0].seen == 0 and grown[-1].seen == RECIPE.epochs * 367  # a twelfth of 400 validates


def test_it_sees_no_digit_that_was_left_out(tmp_path: Path) -> None:
    _, (_, *grown) = raised(RaisingTask(many=True, filters=False, digits=EVEN, data=data(tmp_path), gap=0))
    assert set(grown[-1].judged.answers.tolist()) <= EVEN


def test_steps_that_were_asked_for_are_all_sent(tmp_path: Path) -> None:
    task = RaisingTask(many=False, filters=False, data=data(tmp_path), gap=0)
    orders = (Order.PAUSE, Order.STEP, Order.STEP, Order.STOP)
    _, (_, *grown) = raised(task, *orders)
    assert [one.step for one in grown] == [0, 1, 2, 3]


@pytest.mark.parametrize("filters", [False, True])
@pytest.mark.parametrize("many", [False, True])
def test_a_hundred_networks_take_less_than_25_megabytes(filters: bool, many: bool) -> None:
    network = small_network(np.random.default_rng(0), filters=filters, many=many)
    assert SNAPSHOTS * network.vector.astype(np.float16).nbytes < 25_000_000


@pytest.mark.parametrize("steps", [1, 2, 14, 99, 100, 1719, 5000])
def test_snapshots_begin_with_nothing_and_end_with_all(steps: int) -> None:
    found = snapshot_steps(steps)
    assert found[0] == 0 and found[-1] == steps and len(found) <= SNAPSHOTS + 1
    assert found == sorted(set(found))


def test_a_network_is_raised_in_a_process_that_ends(tmp_path: Path) -> None:
    raising = RaisingProcess(RaisingTask(many=False, filters=False, data=data(tmp_path), gap=0))
    end = time.monotonic() + 60
    while not raising.over:
        assert time.monotonic() < end
        raising.poll()
        time.sleep(0.01)
    assert raising.state is State.ENDED and raising.failure is None
    assert len(raising.kept) > 5 and raising.grown is raising.kept[-1]
    raising.close_soon()


def test_it_ends_when_it_is_no_longer_wanted(tmp_path: Path) -> None:
    raising = RaisingProcess(RaisingTask(data=data(tmp_path), gap=60))
    end = time.monotonic() + 60
    while raising.grown is None:
        assert time.monotonic() < end
        raising.poll()
        time.sleep(0.01)
    process = raising._process
    raising.close_soon()
    assert raising.over and process is not None
    for thread in threading.enumerate():
        if thread.name == "raising":
            thread.join(30)  # which waits for the process: of two who wait for one, only one is told how it ended
    assert process.exitcode is not None
