"""Lessons: the notebook runs as it stands, and the pages name keys and texts that the program has."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.commands import KEY_CAPS
from app.dialogs.help import KEYBOARD
from app.messages import Messages
from tests.imports import ROOT

LESSONS = ROOT / "docs" / "lessons"
NOTEBOOK = LESSONS / "network.ipynb"
PAGES = sorted(LESSONS.glob("[0-9]-*.md"))
FIELD = re.compile(r"\{\w+\}")  # of a text of the program: a value stands there
PARTS = ["Aim", "Materials", "Steps", "Questions and answers", "Exit ticket"]


def pattern_of(text: str) -> re.Pattern[str]:
    """What a text of the program looks like with values in it; blanks of any kind are alike."""
    parts = (re.escape(" ".join(part.split())) for part in FIELD.split(text))
    return re.compile(".+".join(parts))


def run(source: str, names: dict[str, Any]) -> object:
    """Run a cell as a notebook does; the value of its last line, where that is an expression, else None."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def test_the_notebook_builds_trains_and_looks_into_a_network_in_ten_cells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(LESSONS)  # where Jupyter runs it
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert len(sources) == 10
    names: dict[str, Any] = {}
    values = [run(source, names) for source in sources]
    assert [number for number, value in enumerate(values, 1) if isinstance(value, Image.Image)] == [2, 6, 8, 9]
    assert names["first_loss"] == pytest.approx(np.log(10), abs=0.5)
    assert names["by_hand"].mean() == pytest.approx(names["first_loss"], rel=1e-4)
    assert names["evaluation"].accuracy > 0.85
    assert names["step"].losses[1] < names["step"].losses[0]
    assert "mixed up most" in capsys.readouterr().out


def test_the_notebook_is_stored_without_results() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_lesson_has_its_parts_and_takes_45_minutes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == PARTS
    assert sum(map(int, re.findall(r"^### .*\((\d+) min\)$", text, re.MULTILINE))) == 45
    questions = text.split("## Questions and answers")[1].split("## Exit ticket")[0]
    assert len(re.findall(r"^\d+\. ", questions, re.MULTILINE)) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_lesson_names_keys_and_texts_that_there_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    messages = Messages()
    caps = {cap.replace(" ", "+") for each in KEY_CAPS.values() for cap in each}
    caps |= {cap for each, _ in KEYBOARD for cap in each} | {str(digit) for digit in range(10)} | {"Enter", "Home"}
    keys = set(re.findall(r"<kbd>(.*?)</kbd>", text))
    assert keys and keys - caps == set()
    telling = (text for text in messages.texts.values() if len(FIELD.sub("", text)) > 4 or not FIELD.search(text))
    patterns = [pattern_of(text) for text in telling]
    texts = {" ".join(found.split()) for found in re.findall(r"\*\*(.*?)\*\*", text, re.DOTALL)}
    missing = {found for found in texts if not any(pattern.fullmatch(found) for pattern in patterns)}
    assert texts and missing == set()


def test_there_are_three_lessons_for_a_class_and_one_for_a_course() -> None:
    assert [page.stem for page in PAGES] == [
        "1-how-it-reads",
        "2-how-it-learns",
        "3-what-it-gets-wrong",
        "4-first-course",
    ]
