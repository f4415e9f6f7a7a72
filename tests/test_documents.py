"""What the documents name is there: files, pictures, headings, modules, options, and the folders of the map."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports import ROOT
from tests.test_architecture import MAP

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("assets/*.md")])


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def headings(document: Path) -> set[str]:
    """The names by which a page's headings are linked to."""
    lines = re.findall(r"^#+ (.*)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        if link.startswith("https://"):
            continue
        path, _, heading = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not heading or heading in headings(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_paths_and_modules_are_there(document: Path) -> None:
    text = text_of(document)
    for path in re.findall(r"`((?:app|model|assets|weights|tests|bench|examples|docs|packaging|\.ci)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"python -m ((?:bench|examples|assets)\.[a-z_]+)", text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists(), module


@pytest.mark.parametrize(
    ("program", "called", "subcommands"),
    [
        (
            "main.py",
            r"digitpad|python main\.py",
            (
                "",
                "read",
                "sample",
                "collection export",
                "collection merge",
                "collection chart",
                "tally export",
                "trainings",
                "network card",
                "network export",
                "network import",
            ),
        ),
        ("train.py", r"python train\.py", ("",)),
    ],
)
def test_options_are_known(program: str, called: str, subcommands: tuple[str, ...]) -> None:
    used: set[str] = set()
    for document in DOCUMENTS:
        for line in re.findall(rf"^(?:{called}) .*|`(?:{called}) [^`]*`", text_of(document), re.MULTILINE):
            used |= set(re.findall(r" (--[\w-]+)", line.partition("#")[0]))
    known = set(re.findall(r"--[\w-]+", "".join(help_of(program, *subcommand.split()) for subcommand in subcommands)))
    assert used, "no command was found"
    assert used - known == set()


def help_of(program: str, *subcommand: str) -> str:
    command = [sys.executable, program, *subcommand, "--help"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_picture_of_the_house_is_the_map() -> None:
    """Every place on the map stands on the page, in the same order."""
    picture = text_of(ROOT / "docs" / "architecture.md").split("```")[1]
    folder, places = "", []
    for indent, name in re.findall(r"^( {0,2})(\w+)(?:/|\.py) ", picture, re.MULTILINE):
        if indent:
            places.append(f"{folder}.{name}")
        else:
            folder = name
    assert places == [place for place in MAP if "." in place]


def test_the_changelog_knows_the_version() -> None:
    version = re.search(r'^version = "(.*)"$', text_of(ROOT / "pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert re.search(rf"^## .*{re.escape(version[1])}", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_paths_in_the_code_are_there() -> None:
    """A docstring or comment that names another file names one that exists."""
    gone = set()
    for folder in ("app", "model", "bench", "tests", "examples", "assets"):
        for file in ROOT.glob(f"{folder}/**/*.py"):
            for path in re.findall(r"\b((?:app|model|bench|tests)/[\w/]+\.py)\b", text_of(file)):
                if not (ROOT / path).exists():
                    gone.add(f"{file.relative_to(ROOT)}: {path}")
    assert gone == set()
