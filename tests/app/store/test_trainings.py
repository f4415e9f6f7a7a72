"""The record of all trainings: grown by whole lines, of limited size, read whatever stands in it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.store import trainings
from app.store.trainings import TrainingRecord, file, note, recorded
from model import file_lock
from tests.app.classroom import training_record


def test_what_was_noted_is_read_again_in_its_order() -> None:
    for number in range(3):
        note(training_record(number))
    records, lost = recorded()
    assert [record.figures for record in records] == [training_record(number).figures for number in range(3)]
    assert records[0].curves is not None
    assert list(records[0].curves.loss) == [(0.1, 2.0), (3.0, 0.2)]
    assert not lost


def test_before_the_first_training_there_is_none() -> None:
    assert recorded() == ([], 0)
    assert not file().exists()


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"7",
        b"[]",
        b"\xff\xfe",
        b"[" * 5000,
        b"{}",
        json.dumps({"time": "yesterday", "network": "cnn", "outcome": "kept"}).encode(),
        json.dumps({"time": "2026-11-26T17:05:00", "network": "cnn", "outcome": "lost"}).encode(),
        json.dumps({"time": "2026-11-26T17:05:00", "network": 5, "outcome": "kept"}).encode(),
        json.dumps({"time": "2026-11-26T17:05:00", "network": "cnn", "outcome": "kept", "epochs": -1}).encode(),
        json.dumps({"time": "2026-11-26T17:05:00", "network": "cnn", "outcome": "kept", "epochs": 1.5}).encode(),
        json.dumps({"time": "2026-11-26T17:05:00", "network": "cnn", "outcome": "kept", "mnist": 1}).encode(),
        b'{"time": "2026-11-26T17:05:00", "network": "cnn", "outcome": "kept", "seconds": NaN}',
    ],
    ids=lambda line: line[-24:].decode("latin-1"),
)
def test_a_broken_line_is_passed_over(line: bytes) -> None:
    note(training_record(0))
    with file().open("ab") as opened:
        opened.write(line + b"\n")
    note(training_record(1))
    records, lost = recorded()
    assert [record.time for record in records] == [training_record(number).time for number in range(2)]
    assert lost == 1


def test_names_of_later_versions_and_signs_that_no_screen_has_do_no_harm() -> None:
    values = {"time": "2026-11-26T17:05:00", "network": "a\x1b[31m" + "b" * 500, "outcome": "kept", "colour": "blue"}
    file().parent.mkdir(parents=True)
    file().write_text(json.dumps(values) + "\n", encoding="utf-8")
    (record,), lost = recorded()
    assert record.network.isprintable()
    assert len(record.network) <= trainings.LONGEST_TEXT
    assert not lost


def test_a_line_that_a_crash_cut_off_takes_none_along() -> None:
    note(training_record(0))
    with file().open("ab") as opened:
        opened.write(training_record(1).as_line()[:40])
    note(training_record(2))
    records, lost = recorded()
    assert [record.time for record in records] == [training_record(number).time for number in (0, 2)]
    assert lost == 1


def test_several_windows_at_once_lose_nothing() -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, [training_record(number) for number in range(24)]))
    records, lost = recorded()
    assert {record.time for record in records} == {training_record(number).time for number in range(24)}
    assert not lost


def test_a_window_waits_for_another_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "WAIT", 0.02)
    with file_lock.locked(file().parent), pytest.raises(file_lock.FolderBusyError):
        note(training_record(0))
    note(training_record(1))
    assert [record.time for record in recorded()[0]] == [training_record(1).time]


def test_a_full_file_lets_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainings, "LARGEST_FILE", 6 * len(training_record(0).as_line()))
    for number in range(28):
        note(training_record(number))
        assert file().stat().st_size <= trainings.LARGEST_FILE
    records, lost = recorded()
    assert 2 <= len(records) <= 6
    assert records[-1].time == training_record(27).time
    assert not lost


def test_a_file_that_somebody_made_larger_is_read_from_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        note(training_record(number))
    monkeypatch.setattr(trainings, "LARGEST_FILE", 2 * len(training_record(0).as_line()) + 100)
    records, lost = recorded()
    assert [record.time for record in records] == [training_record(number).time for number in (7, 8)]
    assert not lost


def test_what_was_not_measured_stays_unknown() -> None:
    record = TrainingRecord(time="2026-11-26T17:05:00", network="cnn", outcome="failed")
    note(record)
    assert recorded()[0] == [record]
    assert replace(record, curves=None) == record


def test_a_folder_that_is_none_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no").write_text("")
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "no"))
    with pytest.raises(OSError, match="no"):
        note(training_record(0))
