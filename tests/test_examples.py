"""The examples, with small settings."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from examples import lines, own_csv, own_network, predict_image
from model.handwriting.digits import write_strokes
from model.network.network import Network
from model.pictures.pen import paint
from tests.model.training.test_fit import bars


def test_lines_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    lines.main(["--pictures", "600", "--epochs", "12"])
    before, after = (float(part.split(" %")[0]) for part in capsys.readouterr().out.split(", ")[:2])
    assert before < 75
    assert after > 95


def test_pictures_of_lines_show_what_their_labels_say() -> None:
    images = lines.line_pictures(40, np.random.default_rng(0))
    ink = images.images > 100
    rows, columns = ink.sum(axis=2).max(axis=1), ink.sum(axis=1).max(axis=1)
    np.testing.assert_array_equal(images.labels, np.where(columns > rows, lines.VERTICAL, lines.HORIZONTAL))


def test_a_network_of_your_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_network.main(["--pictures", "600", "--epochs", "2", "--out", str(tmp_path / "mine.npz")])
    text = capsys.readouterr().out
    assert "epoch 2: " in text
    assert float(text.split(" % of the test")[0].split()[-1]) > 50
    assert Network.load(tmp_path / "mine.npz").output_shape == (10,)


def test_an_image_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ink = paint(write_strokes(3, np.random.default_rng(0)))
    paper = np.pad(255 - np.rint(255 * ink).astype(np.uint8), 40, constant_values=255)
    Image.fromarray(paper).save(tmp_path / "three.png")
    predict_image.main([str(tmp_path / "three.png")])
    assert capsys.readouterr().out.splitlines()[-1] == "3, sure"


def test_a_csv_file_is_learnt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    images = bars(300, np.random.default_rng(0))
    rows = np.column_stack([images.labels, images.images.reshape(len(images), -1)])
    np.savetxt(tmp_path / "own.csv", rows, "%d", delimiter=",")
    own_csv.main([str(tmp_path / "own.csv"), "--hidden_size", "16", "--epochs", "30", "--out", str(tmp_path / "n.npz")])
    assert float(capsys.readouterr().out.splitlines()[-1].split()[0]) > 90
    assert Network.load(tmp_path / "n.npz").layers[1].settings()["units"] == 16
