"""Holds the map of the program: which folder may use which. docs/architecture.md shows it to people.

The rules:

- A module imports only modules of its own folder and of folders that stand below it on the map. Every import counts:
  also one in a function, and one for the type checker alone.
- No modules import each other in a circle, inside a folder either.
- Every module has a place on the map, and `model` knows neither the screen nor pygame.
- Imports stand at the top of the file. They may stand in a function in two places only:
  1. At the doors, so that help and --version are there at once, without numpy and pygame.
  2. In `app`, where it buys something: the module is not loaded yet when the window opens, so the first frame
     does not wait for it.
"""

import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.imports import ROOT, Import, among_us, circles, imports, loaded_with, modules

MAP = [  # from the top
    "main",
    "train",
    "app.command_line",
    "app.soak",
    "app.screenshot",
    "app.program",
    "app.main_view",
    "app.event",
    "app.raising",
    "app.class_mode",
    "app.pad",
    "app.inside",
    "app.tabs",
    "app.retraining",
    "app.dialogs",
    "app.sound",
    "app.session",
    "app.learning",
    "app.store",
    "app.canvas",
    "app.ui",
    "app.commands",
    "app.keyboard",
    "app.input",
    "app.messages",
    "app.fault_log",
    "app.stop_signals",
    "app.service_manager",
    "app.paths",
    "app.memory",
    "app.options",
    "app",
    "model.training",
    "model.evaluation",
    "model.exchange",
    "model.explanation",
    "model.handwriting",
    "model.reading",
    "model.pictures",
    "model.network",
    "model.data",
    "model.charts",
    "model.errors",
    "model.files",
    "model.file_lock",
    "model.constants",
    "model.version",
    "model.console",
    "model.processes",
    "model",
    "model.cores",
]

DOORS = (
    "main",
    "train",
    "app.command_line.arguments",
    "app.command_line.collection",
    "app.command_line.networks",
    "app.command_line.trainings",
    "model.training.options",
)  # what builds the two command lines
EXTRAS = {("model.exchange.onnx_file", "onnx")}  # who needs what is not installed everywhere
PACKAGES = ("numpy", "pygame", "PIL")  # what the program needs beside the standard library


def test_no_arrow_runs_up() -> None:
    upward = {str(one) for one in among_us() if MAP.index(room(one.target)) < MAP.index(room(one.importer))}
    assert not upward, in_lines(upward)


def test_no_modules_import_each_other() -> None:
    assert not circles(), in_lines(" ".join(circle) for circle in circles())


def test_everything_is_on_the_map() -> None:
    rooms = {room(module) for module in modules()}
    assert rooms - set(MAP) == set(), "give it a place on the map above and in docs/architecture.md"
    assert set(MAP) - rooms == set(), "it is gone: take it off the map above and docs/architecture.md"


def test_imports_in_functions_buy_something() -> None:
    start = loaded_with("app.program")
    idle = {str(one) for one in imports() if one.in_function and one.importer not in DOORS and is_idle(one, start)}
    assert not idle, in_lines(idle)


def is_idle(one: Import, start: set[str]) -> bool:
    """Whether an import in a function could as well stand at the top: nothing opens earlier for it."""
    return not one.importer.startswith("app.") or one.target not in modules() or one.target in start


def test_only_three_packages_are_needed() -> None:
    foreign = {(one.importer, one.target.partition(".")[0]) for one in imports()}
    allowed = {*PACKAGES, "app", "model", *sys.stdlib_module_names}
    assert {(importer, package) for importer, package in foreign if package not in allowed} == EXTRAS


def test_the_model_knows_no_screen() -> None:
    seen = {str(one) for one in imports() if one.importer.partition(".")[0] == "model"}
    assert {arrow for arrow in seen if arrow.partition(" -> ")[2].partition(".")[0] in ("app", "pygame")} == set()


@pytest.mark.parametrize(
    ("command", "start"),
    [
        ("main.py --help", "usage: "),
        ("main.py read --help", "usage: "),
        ("train.py --help", "usage: "),
        ("main.py --version", "digitpad "),
        ("train.py --version", "digitpad "),
    ],
)
def test_help_comes_without_numpy_and_pygame(command: str, start: str) -> None:
    program, *arguments = command.split()
    code = (
        "import runpy, sys\n"
        f"sys.argv = {[program, *arguments]!r}\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print('LOADED', sorted(set(sys.modules) & {{*{PACKAGES!r}}}))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.startswith(start)
    assert ended.stdout.splitlines()[-1] == "LOADED []"


def test_tests_stand_where_the_code_stands() -> None:
    """tests/app/event holds the tests of app/event, and so on."""
    folders = {path.parent.relative_to(ROOT / "tests") for path in ROOT.glob("tests/*/*/test_*.py")}
    assert {folder for folder in folders if not (ROOT / folder).is_dir()} == set()


def room(module: str) -> str:
    """Where on the map a module stands: by its folder below app/ or model/, or by itself."""
    return ".".join(module.split(".")[:2])


def in_lines(found: Iterable[str]) -> str:
    """What is not allowed, for the person who reads the failure."""
    return "\n".join(["not allowed, see the rules at the top of this file:", *sorted(found)])
