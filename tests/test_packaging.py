"""What is installed: the program in one folder, found before anybody else's modules, and a pygame for every system."""

import configparser
import itertools
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from main import build_parser
from tests.imports import ROOT, imports

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL: dict[str, Any] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder like site-packages, with the launcher and beside it a program that only says its file and arguments."""
    shutil.copytree(ROOT / "packaging" / "digitpad", tmp_path / "site" / "digitpad")
    for name in ("main", "train"):
        text = "import sys, app\ndef main():\n    print(__file__, app.__file__, sys.argv[1:])\n    return 3\n"
        (tmp_path / "site" / "digitpad" / f"{name}.py").write_text(text)
    (tmp_path / "site" / "digitpad" / "app.py").write_text("")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("command", "program"),
    [
        (["-m", "digitpad"], "main.py"),
        (["-c", "import sys, digitpad; sys.exit(digitpad.run())"], "main.py"),
        (["-c", "import sys, digitpad; sys.exit(digitpad.run_training())"], "train.py"),
    ],
)
def test_the_program_is_found_before_somebody_elses_modules(
    installed: Path, tmp_path: Path, command: list[str], program: str
) -> None:
    others = tmp_path / "others"
    others.mkdir()
    for name in ("main", "train", "app"):
        (others / f"{name}.py").write_text("raise SystemExit('the wrong one')\n")
    ended = subprocess.run(
        [sys.executable, *command, "read", "a b.png"],
        cwd=others,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(others), str(installed)])},
        capture_output=True,
        text=True,
        check=False,
    )
    own = installed / "digitpad"
    assert ended.stdout.startswith(f"{own / program} {own / 'app.py'} ["), ended.stderr
    assert ended.stdout.endswith("'read', 'a b.png']\n")
    assert ended.returncode == 3


def test_importing_the_installed_package_leaves_the_path_alone(installed: Path) -> None:
    code = "import sys; before = [*sys.path]; import digitpad; assert sys.path == before"
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(installed)}, check=True)


def test_the_wheel_holds_whatever_the_program_is_made_of() -> None:
    assert WHEEL["sources"] == {"": "digitpad"}, "nothing may lie among everybody's modules"
    included = set(WHEEL["only-include"])
    assert {f"{one.importer.partition('.')[0]}" for one in imports()} == {
        name.removesuffix(".py") for name in included - {"assets", "weights"}
    }
    assert all((ROOT / name).exists() for name in included)


@pytest.mark.parametrize(
    ("system", "machine"),
    [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("win32", "AMD64"), ("win32", "ARM64")],
)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_every_system_gets_one_pygame(system: str, machine: str, python: str) -> None:
    where = {"sys_platform": system, "platform_machine": machine, "python_version": python}
    needed = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    games = [one.name for one in needed if "pygame" in one.name and (one.marker is None or one.marker.evaluate(where))]
    no_wheel = python in ("3.14", "3.15") or (system, machine) == ("win32", "ARM64")
    assert games == ["pygame-ce" if no_wheel else "pygame"]


@pytest.mark.parametrize("names", [["digitpad.service"], ["digitpad.service", "openbox.conf"]])
def test_the_command_of_a_stand_is_one_of_the_program(names: list[str]) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    unit.read([ROOT / "packaging" / "kiosk" / name for name in names], encoding="utf-8")
    command = shlex.split(unit["Service"]["ExecStart"])
    place = command.index("/opt/digitpad/.venv/bin/digitpad")
    arguments = list(itertools.takewhile(lambda part: part != "--", command[place + 1 :]))
    assert build_parser().parse_args(arguments).event
    own = [part.replace("/opt/digitpad", str(ROOT)) for part in command if part.startswith("/opt/digitpad/packaging")]
    assert all(os.access(part, os.X_OK) for part in own)
