"""The tally of an event: what is counted, what is on the disk, and what a bad disk or file does to it."""

import csv
import errno
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from app.event.tally import (
    UNTOLD,
    DayCounts,
    FoolRecord,
    GuessRecord,
    ReadRecord,
    Record,
    Tally,
    TallyError,
    from_fields,
    read_day,
    to_fields,
)
from app.paths import event_folder

NOON = datetime(2026, 11, 21, 12, 0)
DIGITS = st.integers(0, 9)
RECORDS: st.SearchStrategy[Record] = st.one_of(
    st.builds(ReadRecord, st.none() | DIGITS, st.booleans(), st.none() | DIGITS),
    st.builds(FoolRecord, DIGITS, st.booleans()),
    st.builds(GuessRecord, st.floats(0.1, 3600)),
)


class Clock:
    """A clock that tests set."""

    def __init__(self, time: datetime = NOON) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def filled(folder: Path, clock: Clock | None = None) -> Tally:
    tally = Tally(folder, clock or Clock())
    for record in (
        ReadRecord(7, True, 7),
        ReadRecord(7, True, 1),
        ReadRecord(4, False, 9),
        ReadRecord(None, False),
        ReadRecord(3, True),
    ):
        tally.add(record)
    return tally


def test_each_drawing_counts_once_where_it_belongs(tmp_path: Path) -> None:
    day = filled(tmp_path).today
    assert (day.right[7], day.corrected[1], day.not_sure[9]) == (1, 1, 1)
    assert (day.not_sure[UNTOLD], day.not_told[UNTOLD]) == (1, 1)
    assert day.drawings == 5


def test_challenges_count_too(tmp_path: Path) -> None:
    tally = Tally(tmp_path, Clock())
    for record in (FoolRecord(4, True), FoolRecord(4, False), GuessRecord(14.5), GuessRecord(11.25), GuessRecord(20.0)):
        tally.add(record)
    day = tally.today
    assert (day.fool_tries[4], day.fooled[4], day.rounds, day.best) == (2, 1, 3, 11.25)
    assert day.drawings == 0


@given(st.lists(RECORDS, max_size=8))
def test_a_record_is_the_same_again_from_its_line(records: list[Record]) -> None:
    assert [from_fields(to_fields(record)) for record in records] == records


def test_an_export_holds_what_other_windows_counted(tmp_path: Path) -> None:
    tally, other = filled(tmp_path), filled(tmp_path)
    tally.export(tmp_path / "days.csv")
    other.export(tmp_path / "again.csv")
    last = (tmp_path / "days.csv").read_text().splitlines()[-1]
    assert last == (tmp_path / "again.csv").read_text().splitlines()[-1] == "2026-11-21,all,2,2,4,2,0,0,0,"


def test_the_next_start_counts_on(tmp_path: Path) -> None:
    before = filled(tmp_path).today
    assert Tally(tmp_path, Clock()).today == before


def test_a_new_day_begins_at_midnight_and_the_old_one_stays(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 21, 23, 59))
    tally = filled(tmp_path, clock)
    clock.time = datetime(2026, 11, 22, 0, 1)
    assert tally.today == DayCounts()
    tally.add(ReadRecord(5, True, 5))
    assert tally.dates() == [date(2026, 11, 21), date(2026, 11, 22)]
    assert read_day(tmp_path / "2026-11-21.tally.ndjson").drawings == 5
    assert Tally(tmp_path, clock).today.right[5] == 1


def test_a_crash_in_the_middle_of_a_line_costs_that_line_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / "2026-11-21.tally.ndjson"
    path.write_bytes(path.read_bytes()[:-20])
    tally = Tally(tmp_path, Clock())
    assert tally.today.drawings == 4
    tally.add(ReadRecord(6, True, 6))
    assert Tally(tmp_path, Clock()).today.drawings == 5


def test_what_a_full_disk_did_not_take_is_counted_and_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(datetime(2026, 11, 21, 23, 58))
    tally = Tally(tmp_path, clock)
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        tally.add(ReadRecord(7, True, 7))
        clock.time = datetime(2026, 11, 22, 0, 1)
        tally.add(ReadRecord(2, True, 2))
        assert "No space left" in tally.problem
    assert tally.today.right[2] == 1
    tally.add(ReadRecord(3, True, 3))
    assert tally.problem == ""
    assert read_day(tmp_path / "2026-11-21.tally.ndjson").right[7] == 1
    assert read_day(tmp_path / "2026-11-22.tally.ndjson").drawings == 2


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    tally = filled(tmp_path / "file" / "folder")
    assert tally.today.drawings == 5
    assert tally.problem
    assert tally.dates() == []


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b"\xff\xfe",
        b'{"kind":"read"}',
        b'{"kind":"read","said":true,"sure":true,"truth":1}',
        b'{"kind":"read","said":3,"sure":1,"truth":12}',
        b'{"kind":"fooled","asked":null,"fooled":true}',
        b'{"kind":"guessed","seconds":-1}',
        b'{"kind":"guessed","seconds":NaN}',
        b'{"kind":"__class__"}',
        b"[" * 100_000,
    ],
)
def test_a_strange_line_is_passed_over(line: bytes, tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / "2026-11-21.tally.ndjson"
    path.write_bytes(line + b"\n" + path.read_bytes())
    assert Tally(tmp_path, Clock()).today.drawings == 5


def test_the_csv_file_has_a_row_for_each_digit_and_their_sum(tmp_path: Path) -> None:
    tally = filled(tmp_path / "events")
    tally.add(FoolRecord(1, True))
    tally.add(GuessRecord(9.876))
    out = tmp_path / "tally.csv"
    assert tally.export(out) == 1
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["digit"] for row in rows] == [*map(str, range(10)), "unknown", "all"]
    assert {row["date"] for row in rows} == {"2026-11-21"}
    assert (rows[7]["right"], rows[1]["corrected"], rows[9]["not_sure"], rows[1]["fooled"]) == ("1",) * 4
    for name in ("right", "corrected", "not_sure", "not_told", "fool_tries"):
        assert int(rows[-1][name]) == sum(int(row[name]) for row in rows[:-1])
    assert (rows[-1]["guess_rounds"], rows[-1]["guess_best_seconds"]) == ("1", "9.88")


def test_without_a_day_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(TallyError, match="no tally yet"):
        Tally(tmp_path / "events").export(tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_export_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "tally.csv"
    assert main.main(["tally", "export", str(out)]) == 2
    assert "no tally yet" in capsys.readouterr().err
    filled(event_folder())
    assert main.main(["tally", "export", str(out)]) == 0
    assert capsys.readouterr().out == f"1 day written to {out}.\n"
    assert out.read_text().startswith("date,digit,right,")
    assert main.main(["tally", "export", str(out)]) == 2
    assert "choose another file" in capsys.readouterr().err


@pytest.mark.parametrize(("seconds", "counts"), [(0.0, False), (0.01, True), (3600, True), (3600.1, False)])
def test_a_round_takes_some_time_and_an_hour_at_most(seconds: float, counts: bool) -> None:
    record = from_fields({"kind": "guessed", "seconds": seconds})
    assert (record == GuessRecord(seconds)) is counts
    assert record is None or counts


@pytest.mark.parametrize(("digit", "counts"), [(-1, False), (0, True), (9, True), (10, False)])
def test_digits_go_from_0_to_9(digit: int, counts: bool) -> None:
    fields: list[dict[str, object]] = [
        {"kind": "read", "said": digit, "sure": True, "truth": None},
        {"kind": "read", "said": None, "sure": True, "truth": digit},
        {"kind": "fooled", "asked": digit, "fooled": True},
    ]
    assert [from_fields(one) is not None for one in fields] == [counts] * 3


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    path = tmp_path / "2026-11-21.tally.ndjson"
    monkeypatch.setattr("app.event.tally.LARGEST_FILE", path.stat().st_size)
    assert read_day(path).drawings == 5
    monkeypatch.setattr("app.event.tally.LARGEST_FILE", path.stat().st_size - 1)
    assert read_day(path).drawings == 0


def test_no_more_lines_wait_for_the_disk_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.event.tally.MOST_WAITING", 3)
    tally = Tally(tmp_path, Clock())
    with monkeypatch.context() as patch:
        patch.setattr("app.event.tally.append_lines", full_disk)
        for digit in range(5):
            tally.add(FoolRecord(digit, False))
    assert sum(tally.today.fool_tries) == 5
    tally.add(FoolRecord(9, False))
    assert [digit for digit, tries in enumerate(Tally(tmp_path, Clock()).today.fool_tries) if tries] == [3, 4, 9]


def test_the_best_round_is_the_fastest_and_every_one_counts() -> None:
    day = DayCounts()
    for seconds in (12.0, 9.0, 15.0):
        day.add(GuessRecord(seconds))
    assert (day.rounds, day.best) == (3, 9.0)
