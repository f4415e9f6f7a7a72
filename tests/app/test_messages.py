"""Messages: every text that the program asks for exists, in every language, and none is left over."""

import re
import string
from pathlib import Path

import pytest

from app.header import BUTTONS as HEADER_BUTTONS
from app.help import KEYS
from app.menu import GROUPS
from app.messages import Messages, languages
from app.networks import USUAL
from app.pad import BUTTONS as PAD_BUTTONS
from app.theme import THEMES

APP = Path(__file__).resolve().parents[2] / "app"


def asked_for() -> set[str]:
    """The keys that stand in the source, and those that are put together."""
    keys = {"program", "percent"}
    for path in APP.glob("*.py"):
        keys |= set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", path.read_text(encoding="utf-8")))
    keys |= {f"menu.{intent.value}" for group in GROUPS for intent in group}
    keys |= {f"help.{intent.value}" for intent in KEYS}
    keys |= {f"theme.{name}" for name in THEMES} | {f"networks.about.{name}" for name in USUAL}
    keys |= {f"button.{name}" for name in (*PAD_BUTTONS, *HEADER_BUTTONS)}
    keys |= {f"{stem}.{rest}" for stem in ("answer", "guess") for rest in ("none", "none.detail", "doubt", "digit")}
    return {key for key in keys if not key.endswith(("json", ".otf", ".npz", ".png"))}


def put_together() -> tuple[str, ...]:
    """What keys begin with whose end only the running program knows, such as f"retrain.length.{length}"."""
    starts: set[str] = set()
    for path in APP.glob("*.py"):
        starts |= set(re.findall(r"""f["']([a-z_]+\.(?:[a-z_]+\.)*)\{""", path.read_text(encoding="utf-8")))
    return tuple(starts)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_every_text_exists(language: str) -> None:
    assert asked_for() - set(Messages(language).texts) == set()


def test_no_text_is_left_over() -> None:
    left = set(Messages("en").texts) - asked_for()
    whole = {key for key in left if not key.startswith(put_together())}
    assert whole == set()


@pytest.mark.parametrize("language", languages())
def test_all_languages_have_the_same_keys_and_fields(language: str) -> None:
    english, other = Messages("en").texts, Messages(language).texts
    assert set(english) == set(other)
    assert {key: fields(text) for key, text in english.items()} == {key: fields(text) for key, text in other.items()}


def test_values_are_put_in_and_an_unknown_key_is_an_error() -> None:
    messages = Messages("en")
    assert messages("answer.digit", digit=7) == "It is a 7."
    with pytest.raises(KeyError):
        messages("no.such.key")
