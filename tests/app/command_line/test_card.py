"""`digitpad network card NETWORK` says what is known of a network."""

from pathlib import Path

import pytest

from main import main
from tests.app.classroom import write_network


def test_the_card_of_a_network_that_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "card", "dense-16"]) == 0
    out = capsys.readouterr().out
    for text in ("12,730", "python train.py --network dense-16", "MNIST", "epochs", "digit by digit", "most confused"):
        assert text in out


def test_a_file_that_says_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_network(tmp_path / "n.npz")
    assert main(["network", "card", str(path)]) == 0
    out = capsys.readouterr().out
    assert f"train.py --evaluate {path} --card" in out
    assert "50.00 % of the test pictures" in out


@pytest.mark.parametrize("name", ["nowhere", "broken.npz"])
def test_bad_input_is_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.npz").write_bytes(b"no")
    assert main(["network", "card", name]) == 2
    err = capsys.readouterr().err
    assert err.startswith("digitpad: ") and err.count("\n") == 1
