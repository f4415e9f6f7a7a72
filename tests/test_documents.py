"""What the documents name is there: files, pictures, headings, modules, options, and the folders of the map."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports import ROOT
from tests.test_architecture import MAP

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("assets/*.md")])


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def headings(document: Path) -> set[str]:
    """The names by which a page's headings are linked to."""
    lines = re.findall(r"^#+ (.*)$", text_of(document), re.M)
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
    for path in re.findall(r"`((?:app|model|assets|weights|tests|bench|examples|docs|\.ci)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"python -m ((?:bench|examples|assets)\.\w+)", text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists(), module


@pytest.mark.parametrize(
    ("program", "command"),
    [("main.py", r"(?:digitpad|python main\.py)( .*)"), ("train.py", r"python train\.py( .*)")],
)
def test_options_are_known(program: str, command: str) -> None:
    used = set()
    for document in DOCUMENTS:
        for line in re.findall(rf"^{command}$|`{command}`", text_of(document).replace("`, `", "`\n`"), re.M):
            used |= set(re.findall(r" (--[\w-]+)", re.sub(r"\s#.*", "", " ".join(line).split("`")[0])))
    asked = [[program, "--help"], *([[program, "read", "--help"], [program, "sample", "--help"]] * (program == "main.py"))]
    helps = [subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True) for words in asked]
    known = set(re.findall(r"--[\w-]+", " ".join(ended.stdout for ended in helps)))
    assert used, "no command was found"
    assert used - known == set()


def test_the_picture_of_the_house_is_the_map() -> None:
    """Every place on the map stands on the page, in the same order."""
    text = text_of(ROOT / "docs" / "architecture.md")
    picture = [line.split()[0] for line in text.split("```")[1].splitlines() if re.match(r" {0,2}\w", line)]
    places = [name.removesuffix(".py").rstrip("/") for name in picture]
    folder, drawn = "", []
    for line, name in zip([x for x in text.split("```")[1].splitlines() if re.match(r" {0,2}\w", x)], places, strict=True):
        if not line.startswith(" "):
            folder = name
        elif folder in ("app", "model"):
            drawn.append(f"{folder}.{name}")
    assert drawn == [place for place in MAP if "." in place]


def test_the_changelog_knows_the_version() -> None:
    version = re.search(r'^version = "(.*)"$', text_of(ROOT / "pyproject.toml"), re.M)
    assert version is not None
    assert re.search(rf"^## .*{re.escape(version[1])}", text_of(ROOT / "CHANGELOG.md"), re.M)
