"""The bench of the networks that people start with, on a small data set of its own."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench import seed_networks
from examples import lines
from model.data.datasets import Dataset
from model.data.pen_strokes import load_pen_strokes
from model.evaluation import calibration
from model.handwriting.digits import write_digit
from model.pictures.drawing import write_drawings
from model.training import job, recipes
from model.training.mixture import Mixture
from model.training.recipes import BEST, FULL_BATCH, SEED
from tests.model.training.test_fit import bars

PEOPLE = load_pen_strokes()
FEW = PEOPLE.only(np.arange(len(PEOPLE)) % 200 == 0)


@pytest.fixture
def dataset(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    images = bars(300, np.random.default_rng(0))
    dataset = Dataset(images[:200], images[200:250], images[250:])
    monkeypatch.setattr(seed_networks, "load_dataset", lambda: dataset)
    monkeypatch.setattr(recipes, "BEST_MIXTURE", Mixture(handwriting=200, non_digits=100))  # few, as it takes long
    monkeypatch.setattr(calibration, "_PICTURES", 40)
    monkeypatch.setattr(job, "load_pen_strokes", lambda: FEW)
    monkeypatch.setattr(lines, "learn", lambda epochs: (0.5, 1.0))
    return dataset


def test_every_claim_has_both_recipes() -> None:
    assert seed_networks.CLAIMS.keys() == SEED.keys() == BEST.keys()


def test_quick_takes_a_tenth() -> None:
    whole, quick = (seed_networks.job_of("dense-100", "best", quick) for quick in (False, True))
    assert quick.recipe.epochs * 10 == whole.recipe.epochs
    assert quick.mixture.handwriting * 10 == whole.mixture.handwriting


def test_the_full_batch_of_its_project_is_one_step_an_epoch() -> None:
    recipe = seed_networks.job_of("dense-100", "seed", False).recipe
    assert (recipe.batch_size, recipe.epochs, recipe.warp) == (FULL_BATCH, 1_000, None)


def test_rows_as_json(dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(0)
    write_drawings(tmp_path / "mine.ndjson", [write_digit(digit, rng) for digit in (1, 7)])
    words = ["--quick", "--json", "--networks", "relu-2", "--threads", "1", "--drawn", str(tmp_path / "mine.ndjson")]
    assert seed_networks.main(words) == 0
    seed, best, lines = map(json.loads, capsys.readouterr().out.splitlines())
    assert (seed["recipe"], best["recipe"], lines["after"]) == ("seed", "best", 1.0)
    assert seed["parameters"] == best["parameters"] == 784 * 64 + 64 * 64 + 64 * 10 + 64 + 64 + 10
    for row in (seed, best):
        assert row["accuracy"] * len(dataset.test) == pytest.approx(round(row["accuracy"] * len(dataset.test)))
        assert row["drawn"] in (0, 0.5, 1)
        assert 0 < row["first_picture"] < 1


def test_the_table(dataset: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
    assert seed_networks.main(["--quick", "--networks", "tanh-1"]) == 0
    head, columns, row, lines = capsys.readouterr().out.splitlines()
    assert len(head) == len(columns) == len(row)
    assert row.startswith("tanh-1") and "85.81%" in row
    assert lines.startswith("lines: 50.00% before, 100.00% after")


def test_drawings_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.ndjson").write_text("")
    for path in (tmp_path / "none.ndjson", tmp_path / "nowhere.ndjson"):
        assert seed_networks.main(["--drawn", str(path)]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
