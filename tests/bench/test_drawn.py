import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench import drawn
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import write_drawings
from model.reading.reader import Reader


def always_seven() -> Network:
    network = Network([Flatten(), Dense(10)], info={"sure_at": 0.9})
    weights, bias = (network.arrays()[f"1.{name}"] for name in ("weight", "bias"))
    weights[...] = 0
    bias[...] = np.where(np.arange(10) == 7, 20, 0)
    return network


def test_every_change_has_a_row_of_all_drawings() -> None:
    rng = np.random.default_rng(0)
    drawings = [write_digit(digit, rng) for digit in (7, 7, 7, 1)]
    rows = drawn.measure(Reader(always_seven()), drawings, rng)
    assert [row.change for row in rows] == [*drawn.CHANGES, *drawn.PENS]
    for row in rows:
        assert (row.count, row.accuracy, row.not_sure, row.sure_but_wrong) == (4, 0.75, 0.0, 0.25)


@pytest.mark.parametrize("name", list(drawn.CHANGES))
def test_changes_keep_the_digit(name: str) -> None:
    """However it is changed, a long stroke stays where it was, in its own proportions."""
    stroke = np.stack([np.zeros(30), np.linspace(0, 1, 30)], axis=1)
    changed = np.concatenate(drawn.CHANGES[name]([stroke], np.random.default_rng(0)))
    assert np.isfinite(changed).all()
    if name.startswith("size"):
        fraction = float(name.split()[1]) / 100
        assert np.ptp(changed[:, 1]) == pytest.approx(fraction * drawn.SIDE)
        assert changed.min() >= 0
        assert changed.max() <= drawn.SIDE + 0.01
    elif name != "specks":
        assert np.ptp(changed[:, 1]) == pytest.approx(1, abs=0.15)


def test_the_table_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seven.npz"
    always_seven().save(file)
    monkeypatch.setattr(sys, "argv", ["drawn", "--network", str(file), "--count", "10", "--json"])
    assert drawn.main() == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["accuracy"] for row in rows[:-1]} == {0.1}
    assert rows[-1] == {"worst_writers": [], "confusions": [[str(d), "7", 1] for d in (0, 1, 2, 3, 4, 5, 6, 8, 9)]}


def test_a_file_without_digits_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    network, file = tmp_path / "seven.npz", tmp_path / "letters.ndjson"
    always_seven().save(network)
    file.write_text('{"word": "A", "drawing": [[[1, 2], [3, 4]]]}\n')
    monkeypatch.setattr(sys, "argv", ["drawn", str(file), "--network", str(network)])
    assert drawn.main() == 2
    assert "no drawing whose word is a digit" in capsys.readouterr().err


def test_several_files_are_read_together_and_their_writers_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    network, sheet = tmp_path / "seven.npz", tmp_path / "sheet.png"
    always_seven().save(network)
    rng = np.random.default_rng(0)
    files = []
    for name, digits in (("one", (7, 7, 7, 1)), ("two", (7, 1, 2, 2))):
        drawings = [replace(write_digit(d, rng), extra={"key_id": f"w1/{d}/{i}"}) for i, d in enumerate(digits)]
        files.append(str(tmp_path / f"{name}.ndjson"))
        write_drawings(Path(files[-1]), drawings)
    monkeypatch.setattr(sys, "argv", ["drawn", *files, "--network", str(network), "--plain", "--sheet", str(sheet)])
    assert drawn.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["as", "drawn", "8", "50.00%", "25.00%", "-", "75.00%", "0.00%", "50.00%"]
    assert lines[4].split() == ["two", "w1", "4", "75.00%", "0.00%", "75.00%"]
    assert lines[5].split() == ["one", "w1", "4", "25.00%", "0.00%", "25.00%"]
    assert lines[7:] == ["most often: 1 read as 7: 2, 2 read as 7: 2", f"{sheet}: 4 that were read surely and wrong"]
    assert Image.open(sheet).size[0] > 500
