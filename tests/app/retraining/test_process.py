"""Retraining: a process that trains, is paused, stepped, stopped and killed, and never outlives the window."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.messages import Messages
from app.retraining.process import Snapshot, State, TrainingProcess
from app.retraining.reports import Advance, Finishing, Measured, Prepared, Report
from app.retraining.task import TrainingTask
from model.network.network import Network
from tests.app.lessons import task
from tests.processes import is_alive

LONG = 100_000  # epochs: longer than any test
Start = Callable[[TrainingTask], TrainingProcess]
PATIENCE = 120.0  # seconds that something may take that takes a moment on a quiet machine


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts retrainings, and ends them after the test."""
    started: list[TrainingProcess] = []

    def begin(wanted: TrainingTask) -> TrainingProcess:
        started.append(TrainingProcess(wanted))
        return started[-1]

    yield begin
    for retraining in started:
        retraining.close()
        assert retraining.process_id is None or not is_alive(retraining.process_id)


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def follow(retraining: TrainingProcess, until: Callable[[], object]) -> list[Report]:
    events: list[Report] = []

    def happened() -> object:
        events.extend(retraining.poll())
        return until() or retraining.state is State.FAILED

    wait_until(happened)
    return events


def test_it_trains_and_says_how_the_new_network_compares(start: Start, tmp_path: Path) -> None:
    retraining = start(task(tmp_path, epochs=8))
    assert retraining.state is State.PREPARING
    events = follow(retraining, lambda: retraining.over)
    assert retraining.failure is None
    assert [type(e) for e in events if isinstance(e, Prepared | Finishing)] == [Prepared, Finishing]
    assert any(isinstance(e, Snapshot) for e in events)
    assert any(isinstance(e, Measured) for e in events)
    assert retraining.advances[-1].step == retraining.advances[-1].steps
    assert retraining.advances[-1].validation_accuracy is not None
    assert retraining.result is not None
    network, comparison = retraining.result.network, retraining.result.comparison
    assert comparison.own == 3
    assert comparison.after.test_accuracy > comparison.before.test_accuracy
    assert comparison.seconds > 0
    assert network.info["test_accuracy"] == comparison.after.test_accuracy
    np.testing.assert_array_equal(Network.load(tmp_path / "old.npz").vector, retraining.task.first_network().vector)


def test_from_nothing_snapshots_begin_with_the_first_step(start: Start, tmp_path: Path) -> None:
    retraining = start(task(tmp_path, epochs=LONG, from_nothing=True, hidden_size=(9,), own=0, drawings=()))
    events = follow(retraining, lambda: retraining.newest)
    assert next(e for e in events if isinstance(e, Snapshot)).step == 1
    assert retraining.newest.predict(np.zeros((1, 28, 28), np.float32)).shape == (1,)


def test_pause_one_step_and_go_on(start: Start, tmp_path: Path) -> None:
    retraining = start(task(tmp_path, epochs=LONG))
    follow(retraining, lambda: retraining.advances)
    retraining.pause()
    assert retraining.state is State.PAUSED
    time.sleep(0.3)
    retraining.poll()
    retraining.step()
    seen = len(retraining.advances)
    follow(retraining, lambda: len(retraining.advances) > seen)
    first = retraining.advances[-1].step
    for number in (1, 2):
        retraining.step()
        follow(retraining, lambda: retraining.advances[-1].step >= first + number)  # noqa: B023
        assert retraining.advances[-1].step == first + number
    time.sleep(0.2)
    assert not [e for e in retraining.poll() if isinstance(e, Advance)]
    retraining.go_on()
    assert retraining.state is State.RUNNING
    follow(retraining, lambda: retraining.advances[-1].step > first + 10)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has priority classes")
def test_the_window_comes_first_for_the_processor(start: Start, tmp_path: Path) -> None:
    retraining = start(task(tmp_path, epochs=LONG))
    follow(retraining, lambda: retraining.advances)
    assert retraining.process_id is not None
    here, there = (os.getpriority(os.PRIO_PROCESS, process) for process in (0, retraining.process_id))
    assert there >= min(19, here + 10)


def test_stopping_keeps_what_was_learnt_so_far(start: Start, tmp_path: Path) -> None:
    retraining = start(task(tmp_path, epochs=LONG, rate=0.0001))
    follow(retraining, lambda: retraining.advances)
    retraining.stop()
    follow(retraining, lambda: retraining.over)
    assert retraining.state is State.ENDED
    assert retraining.result.comparison.own == 3


def test_a_killed_trainer_is_told_of_and_the_old_network_stays(start: Start, tmp_path: Path) -> None:
    wanted = task(tmp_path, epochs=LONG)
    before = wanted.present.read_bytes()
    for moment in (0.0, 0.05, 0.2, 0.4):
        retraining = start(wanted)
        wait_until(lambda: retraining.process_id)  # noqa: B023
        time.sleep(moment)
        os.kill(retraining.process_id, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)  # type: ignore[arg-type]
        follow(retraining, lambda: retraining.over)  # noqa: B023
        assert retraining.state is State.FAILED
        assert retraining.failure.text(Messages("en")).endswith(".")
        assert wanted.present.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no masks of signals")
def test_ctrl_c_in_the_terminal_is_not_for_a_process_that_has_just_begun(start: Start, tmp_path: Path) -> None:
    for moment in (0.0, 0.1, 0.3):
        retraining = start(task(tmp_path, epochs=LONG))
        wait_until(lambda: retraining.process_id)  # noqa: B023
        time.sleep(moment)
        os.kill(retraining.process_id, signal.SIGINT)  # type: ignore[arg-type]
        follow(retraining, lambda: retraining.advances)  # noqa: B023
        assert retraining.state is State.RUNNING
        retraining.close()


def test_a_loss_that_is_no_number_is_told_of(start: Start, tmp_path: Path) -> None:
    wanted = task(
        tmp_path, epochs=LONG, rate=100.0, from_nothing=True, hidden_size=(50, 50, 50), activation="leaky_relu"
    )
    recipe = replace(wanted.plan.recipe, optimizer="momentum", schedule="constant")
    retraining = start(replace(wanted, plan=replace(wanted.plan, recipe=recipe)))
    follow(retraining, lambda: retraining.over)
    assert retraining.failure.key == "retrain.failed.number"
    assert "learning rate" in retraining.failure.text(Messages("en"))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"data": Path("nowhere.npz")}, "retrain.failed.input"),
        ({"present": Path("nowhere.npz")}, "retrain.failed.input"),
        ({"drawings": ("no drawing",)}, "retrain.failed.input"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    start: Start, tmp_path: Path, changes: dict[str, Any], key: str
) -> None:
    retraining = start(replace(task(tmp_path), **changes))
    follow(retraining, lambda: retraining.over)
    assert retraining.failure.key == key
    text = retraining.failure.text(Messages("en"))
    assert text.endswith(".") and not text.endswith("..") and "Traceback" not in text


def test_a_closed_retraining_leaves_no_process_whenever_it_is_closed(start: Start, tmp_path: Path) -> None:
    wanted = task(tmp_path, epochs=LONG)
    for moment in (0.0, 0.02, 0.3, 0.8):
        retraining = start(wanted)
        time.sleep(moment)
        retraining.close()
        assert retraining.process_id is None or not is_alive(retraining.process_id)


WINDOW = """
import sys, time
from pathlib import Path
from app.store.collection import Collection
from app.retraining.process import TrainingProcess
from tests.app.lessons import stroke_drawing, task

def run(folder):
    collection = Collection(folder / "collection.ndjson")
    retraining = TrainingProcess(task(folder, epochs=100_000))
    number = 0
    while True:
        retraining.poll()
        collection.add(stroke_drawing(None, number), number % 10)
        if retraining.newest is not None:
            retraining.newest.save(folder / "kept.npz")
        if retraining.process_id:
            (folder / "process").write_text(str(retraining.process_id))
        number += 1

if __name__ == "__main__":
    run(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_killed_window_takes_its_trainer_along_and_leaves_whole_files(tmp_path: Path) -> None:
    from app.store.collection import Collection

    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    for number, moment in enumerate((0.05, 0.5)):
        folder = tmp_path / str(number)
        folder.mkdir()
        window = subprocess.Popen(
            [sys.executable, script, folder],
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: (folder / "process").exists() and (folder / "process").read_text())  # noqa: B023
        time.sleep(moment)
        window.kill()
        window.wait()
        trainer = int((folder / "process").read_text() or 0)
        wait_until(lambda: not trainer or not is_alive(trainer))  # noqa: B023
        assert len(Collection(folder / "collection.ndjson")) > 0
        if (folder / "kept.npz").exists():
            Network.load(folder / "kept.npz")


EXIT = """
import sys, time
from pathlib import Path
from app.retraining.process import TrainingProcess
from tests.app.lessons import task

if __name__ == "__main__":
    retraining = TrainingProcess(task(Path(sys.argv[1]), epochs=100_000))
    while not retraining.advances:
        retraining.poll()
        time.sleep(0.01)
    print(retraining.process_id, flush=True)
"""


def test_a_program_that_ends_without_closing_it_does_not_wait_for_it(tmp_path: Path) -> None:
    script = tmp_path / "exit.py"
    script.write_text(EXIT)
    ended = subprocess.run(
        [sys.executable, script, tmp_path],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert not is_alive(int(ended.stdout))
    assert not ended.stderr


@pytest.mark.parametrize("error", [OSError(12, "Cannot allocate memory"), RuntimeError("no process may be started.")])
def test_a_process_that_cannot_be_started_is_told_of(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(process: object) -> None:
        raise error

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    retraining = start(task(tmp_path))
    follow(retraining, lambda: retraining.over)
    assert retraining.failure.key == "retrain.failed.start"
    assert retraining.failure.text(Messages("en")).count(".") == 1


@pytest.mark.parametrize("part", ["first_network", "_start", "_event_of"])
def test_whatever_fails_before_the_first_word_is_told_of(
    part: str, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("of this test")

    monkeypatch.setattr(TrainingTask if part == "first_network" else TrainingProcess, part, fail)
    retraining = start(task(tmp_path))
    follow(retraining, lambda: retraining.over)
    assert retraining.failure is not None
    assert retraining.failure.text(Messages()).count("of this test") == 1
