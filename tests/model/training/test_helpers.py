"""Helpers: they do their share, change no result, and end with the training however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.network.network import Network
from model.training import fit as training
from model.training import step_worker
from model.training.fit import Trainer, fit
from model.training.helpers import Helpers
from model.training.recipe import Recipe
from model.training.shared_arrays import SharedArrays
from tests.model.training.test_fit import DATA, small_cnn
from tests.processes import is_alive

PATIENCE = 60.0  # seconds that something may take that takes a moment on a quiet machine
RECIPE = Recipe(epochs=50, batch_size=96, averaging=0.9, weight_decay=0.01)
STEPS = 8


@contextmanager
def trainer_of(recipe: Recipe, threads: int) -> Iterator[Trainer]:
    """A trainer of which all processes take part from its second step on."""
    trainer = Trainer(small_cnn(), DATA, recipe, threads)
    try:
        trainer.take_step(np.arange(96))
        deadline = time.monotonic() + PATIENCE
        while trainer.workers < threads and time.monotonic() < deadline:
            trainer._helpers._welcome()
            time.sleep(0.01)
        yield trainer
    finally:
        trainer.close()


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are started for the shortest training."""
    monkeypatch.setattr(training, "_WORTH_HELP", 0.0)


def processes_of(trainer: Trainer) -> list[int]:
    return [process.pid or 0 for process, _ in trainer._helpers._ready]


def ends(process: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(process)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("optimizer", ["adam", "muon"])
def test_the_number_of_processes_changes_nothing(optimizer: str) -> None:
    recipe = replace(RECIPE, optimizer=optimizer, learning_rate=0.01)
    results: list[tuple[list[float], Network]] = []
    for threads in (1, 2, 3):
        with trainer_of(recipe, threads) as trainer:
            assert trainer.workers == threads
            order = np.random.default_rng(0).permutation(len(DATA))
            losses = [trainer.take_step(np.roll(order, step)[:90]).loss for step in range(STEPS)]
            results.append((losses, trainer.snapshot()))
    for losses, network in results[1:]:
        assert losses == results[0][0]
        for name, array in results[0][1].arrays().items():
            np.testing.assert_array_equal(array, network.arrays()[name])


@pytest.mark.usefixtures("eager")
def test_a_helper_does_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    run = step_worker.StepWorker._run_piece

    def watched(self: step_worker.StepWorker, step: int, piece: int, batch: int) -> None:
        done.append(piece)
        run(self, step, piece, batch)

    monkeypatch.setattr(step_worker.StepWorker, "_run_piece", watched)  # in this process alone
    with trainer_of(RECIPE, 2) as trainer:
        done.clear()
        trainer.take_step(np.arange(96))
    assert done == [0, 2]


@pytest.mark.usefixtures("eager")
def test_helpers_are_gone_when_the_training_is_over() -> None:
    with trainer_of(RECIPE, 2) as trainer:
        (helper,) = processes_of(trainer)
        trainer.take_step(np.arange(96))
    assert trainer.workers == 1
    assert not is_alive(helper)


def test_a_short_training_starts_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(Helpers, "start", lambda self, count, worker: started.append(count))
    list(fit(small_cnn(), DATA, replace(RECIPE, epochs=1), threads=4))
    assert not started
    monkeypatch.setattr(training, "_WORTH_HELP", 0.0)
    list(fit(small_cnn(), DATA, replace(RECIPE, epochs=1), threads=1))
    assert not started
    list(fit(small_cnn(), DATA, replace(RECIPE, epochs=1), threads=4))
    assert started == [3]  # once


@pytest.mark.usefixtures("eager")
def test_a_helper_that_dies_ends_the_training_with_a_sentence() -> None:
    with trainer_of(RECIPE, 2) as trainer:
        (helper,) = processes_of(trainer)
        os.kill(helper, signal.SIGTERM)
        assert ends(helper)
        with pytest.raises(ChildProcessError, match=r"has ended; start the training again\.$"):
            trainer.take_step(np.arange(96))


@pytest.mark.usefixtures("eager")
def test_a_training_goes_on_alone_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    progress = list(fit(small_cnn(), DATA, replace(RECIPE, epochs=1), threads=2))[-1]
    assert progress.ends_epoch


KILLED = """
import sys, time
import numpy as np
from tests.model.training.test_helpers import RECIPE, processes_of, trainer_of
from model.training import fit
if __name__ == "__main__":
    fit._WORTH_HELP = 0.0
    with trainer_of(RECIPE, 2) as trainer:
        print(*processes_of(trainer), flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_helper_outlives_no_training_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        helper = int(process.stdout.readline())
        assert is_alive(helper)
        process.kill()
    assert ends(helper)


def test_shared_arrays_lie_apart_and_begin_with_zeros() -> None:
    arrays = SharedArrays({"a": ((3, 5), np.float32), "none": ((0,), np.float32), "b": ((7,), np.int64)})
    assert not arrays["a"].any() and not arrays["b"].any()
    arrays["a"][...], arrays["b"][...] = 1, 2
    assert (arrays["a"] == 1).all() and (arrays["b"] == 2).all()
    assert arrays["none"].size == 0
    assert arrays["a"].ctypes.data % 64 == arrays["b"].ctypes.data % 64 == 0
