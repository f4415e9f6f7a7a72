"""The version that --version shows: of the checkout, of the installed package, or none."""

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import main
import train
from model.version import version

ROOT = Path(__file__).parents[2]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: {"digitpad": "7.8.9"}[name])


@pytest.mark.usefixtures("installed")
def test_a_checkout_comes_before_an_installed_package() -> None:
    assert version() == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("text", [None, "", "[project", '[project]\nname = "another"\nversion = "1"\n', "project = 3"])
def test_a_folder_that_is_no_checkout_leaves_the_installed_package(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "pyproject.toml").write_text(text)
    assert version(tmp_path) == "7.8.9"


def test_without_both_it_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert version(tmp_path) == "unknown"


@pytest.mark.parametrize("program", [main, train])
def test_both_programs_show_it(program: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["--version"])  # type: ignore[attr-defined]
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"digitpad {version()}\n"
