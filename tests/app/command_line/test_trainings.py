"""`digitpad trainings` prints what was trained in the program, or writes it to a CSV file."""

import csv
from pathlib import Path

import pytest

from app.store import trainings
from main import main
from tests.app.classroom import training_record


def test_a_table_of_all_trainings(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        trainings.note(training_record(number))
    assert main(["trainings"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["began", "network"]
    assert len(rows) == 4
    assert "99.11 %" in rows[0] and "99.32 %" in rows[0] and "kept as mlp-800-0" in rows[0]
    assert rows[3].endswith("broken off")
    assert {line.index("outcome") for line in [head]} == {rows[1].index("discarded")}


def test_all_figures_in_a_csv_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(2):
        trainings.note(training_record(number))
    out = tmp_path / "t.csv"
    assert main(["trainings", "--csv", str(out)]) == 0
    assert "2 trainings written" in capsys.readouterr().out
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["time"] for row in rows] == ["2026-11-01T17:05:00", "2026-11-02T17:05:00"]
    assert (rows[0]["kept_as"], rows[0]["accuracy_before"], rows[0]["seed"]) == ("mlp-800-0", "0.9911", "")
    assert main(["trainings", "--csv", str(out)]) == 2
    assert "exists" in capsys.readouterr().err


def test_before_the_first_training_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trainings"]) == 0
    assert "Nothing was trained" in capsys.readouterr().out


def test_broken_lines_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    trainings.note(training_record(0))
    with trainings.file().open("ab") as opened:
        opened.write(b"{\n7\n")
    assert main(["trainings"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err == "2 unreadable lines were passed over.\n"


def test_a_file_that_cannot_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    trainings.file().mkdir(parents=True)
    assert main(["trainings"]) == 2
    assert capsys.readouterr().err.startswith("digitpad: ")
