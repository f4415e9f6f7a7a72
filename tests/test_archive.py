"""The program without Python: what is left out of it, its icon, its place in a desktop's menu, and who builds it."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assets import build_icon
from tests.imports import ROOT, imports

SPEC = (ROOT / "packaging" / "digitpad.spec").read_text(encoding="utf-8")
MENU = ROOT / "packaging" / "linux" / "add_to_menu.sh"
WORKFLOW = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
OPTIONAL = "onnx"  # its absence is told of in a sentence


def test_nothing_is_left_out_that_the_program_imports() -> None:
    [unused] = [
        ast.literal_eval(statement.value)
        for statement in ast.parse(SPEC).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "UNUSED"
    ]
    assert "unittest" in unused
    needed = {one.target for one in imports()}
    missed = {module for module in needed for name in unused if f"{module}.".startswith(f"{name}.")}
    assert {module.partition(".")[0] for module in missed} <= {OPTIONAL}


def test_the_icon_is_what_draws_it_at_every_size() -> None:
    with Image.open(ROOT / "assets" / "icons" / "digitpad.png") as file:
        kept = file.convert("RGBa")  # so that the colour of what is transparent counts nothing
    assert kept.size == (build_icon.SIZE, build_icon.SIZE)
    for size in (128, build_icon.SIZE, 512):
        shared = min(size, build_icon.SIZE)
        drawn, same = (
            np.asarray(image.resize((shared, shared), Image.Resampling.BOX), dtype=float)
            for image in (build_icon.draw(size).convert("RGBa"), kept)
        )
        assert np.abs(drawn - same).mean() < 3, size


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a desktop looks for what its menu shows."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share"


@pytest.mark.skipif(sys.platform == "win32", reason="freedesktop menus are those of Linux")
@pytest.mark.parametrize("name", ["digitpad", 'my "apps" & 100% $HOME `x` \\o'])
def test_the_menu_starts_the_program_wherever_it_was_unpacked(tmp_path: Path, share: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(MENU.parent, folder)
    (folder / "_internal" / "assets").mkdir(parents=True)
    shutil.copytree(ROOT / "assets" / "icons", folder / "_internal" / "assets" / "icons")
    (folder / "digitpad").write_text("#!/bin/sh\n")
    (folder / "digitpad").chmod(0o755)

    add_to_menu(folder / MENU.name)
    entry = share / "applications" / "digitpad.desktop"
    lines = values_of(entry)
    assert command_of(lines["Exec"]) == str(folder / "digitpad")
    assert Path(lines["Icon"]).is_file()
    add_to_menu(folder / MENU.name, "--remove")
    assert not entry.exists()
    assert not Path(lines["Icon"]).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="freedesktop menus are those of Linux")
def test_the_menu_starts_a_command_from_a_checkout(share: Path) -> None:
    add_to_menu(MENU, "/opt/bin/digitpad")
    lines = values_of(share / "applications" / "digitpad.desktop")
    assert command_of(lines["Exec"]) == "/opt/bin/digitpad"
    assert Path(lines["Icon"]).is_file()


def test_the_workflow_names_what_is_there() -> None:
    for path in re.findall(r"(?:packaging|\.ci)/[\w.]+", WORKFLOW):
        assert (ROOT / path).is_file(), path
    actions = re.findall(r"uses: (\S+)", WORKFLOW)
    assert actions
    assert [action for action in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)] == []


def add_to_menu(script: Path, *arguments: str) -> None:
    subprocess.run([script, *arguments], check=True, stdout=subprocess.DEVNULL)


def values_of(entry: Path) -> dict[str, str]:
    """The values of a desktop file by their keys."""
    return dict(line.split("=", 1) for line in entry.read_text(encoding="utf-8").splitlines()[1:])


def command_of(value: str) -> str:
    """What a desktop has env start by the value of Exec: it undoes the escapes of files, then of quotes; %% is a %."""
    quoted = re.fullmatch('env "(.*)"', value.replace("\\\\", "\\"))
    assert quoted is not None
    return re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%")
