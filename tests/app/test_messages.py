"""Messages: every text that the program asks for exists, in every language, and none is left over."""

import ast
import json
import re
import string
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from app.dialogs.help import KEYS
from app.dialogs.menu import GROUPS
from app.inside.screen import InsideScreen
from app.inside.topic import Topic
from app.messages import ENGLISH, FEW, FOLDER, ONE, Messages, UserError, error_text, language_names, languages
from app.pad.toolbar import HEADER_BUTTONS, TOOL_BUTTONS
from app.paths import ASSETS
from app.raising.chapter import Chapter
from app.raising.screen import RaisingScreen
from app.store.networks import SHIPPED
from app.ui.theme import THEMES
from app.ui.typeface import FILES
from model.file_lock import FolderBusyError

APP = Path(__file__).resolve().parents[2] / "app"
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_-]+)+")
NO_KEYS = (".json", ".otf", ".npz", ".png", ".ndjson", ".csv")


def texts_in_source() -> tuple[set[str], set[str]]:
    """Every whole text of the program's source, and what its texts with values in them begin with."""
    whole, starts = set(), set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                starts.add(str(node.values[0].value))
    return whole, {start for start in starts if KEY.match(f"{start}x") and "." in start}


def asked_for() -> set[str]:
    """The keys that stand in the source, and those that are put together."""
    keys = {text for text in texts_in_source()[0] if KEY.fullmatch(text) and not text.endswith(NO_KEYS)}
    keys |= {f"menu.{command.value}" for group in GROUPS for command in group}
    keys |= {f"help.{command.value}" for command in KEYS}
    keys |= {f"theme.{name}" for name in THEMES} | {f"networks.about.{name}" for name in SHIPPED}
    keys |= {f"button.{name}" for name in (*TOOL_BUTTONS, *HEADER_BUTTONS)}
    keys |= {f"inside.{topic.value}" for topic in Topic} | {f"raising.{chapter.value}" for chapter in Chapter}
    keys |= {f"{screen.topic}.title" for screen in (InsideScreen, RaisingScreen)}
    keys |= {f"inside.{question}.{sign}" for question in ("why", "what_if") for sign in ("for", "against")}
    return keys | {
        f"{stem}.{rest}" for stem in ("answer", "guess") for rest in ("none", "none.detail", "doubt", "digit")
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def table(language: str) -> dict[str, str]:
    """A language's file as it is, without English in its gaps."""
    return dict(json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8")))


ENGLISH_KEYS = set(table(ENGLISH))


def several(key: str) -> str:
    """The key of the text for several things, of a key for one or for few; any other key as it is."""
    stem = key.removesuffix(ONE).removesuffix(FEW)
    return stem if stem in ENGLISH_KEYS else key


def test_every_text_exists() -> None:
    known = set(table(ENGLISH))
    # A dotted text that begins as no message does is a name of something else; one that goes on in messages, a part.
    firsts = {key.partition(".")[0] for key in known}
    parts = {key.rpartition(".")[0] for key in known}
    assert {key for key in asked_for() if key.partition(".")[0] in firsts} - known - parts == set()


def test_no_text_is_left_over() -> None:
    starts = tuple(texts_in_source()[1])
    left = {key.removesuffix(ONE) for key in table(ENGLISH)} - asked_for() - {"program"}
    assert {key for key in left if not key.startswith(starts)} == set()


@pytest.mark.parametrize("language", languages())
def test_all_languages_have_the_same_texts_in_the_same_order_with_the_same_fields(language: str) -> None:
    english, other = table(ENGLISH), table(language)
    assert list(dict.fromkeys(map(several, english))) == list(dict.fromkeys(map(several, other)))
    assert {key: fields(text) for key, text in other.items()} == {key: fields(english[several(key)]) for key in other}
    assert Messages(language).problem is None


@pytest.mark.parametrize("language", languages())
def test_a_language_that_has_a_form_for_one_has_it_of_every_text(language: str) -> None:
    forms = {key for key in table(language) if key.endswith(ONE)}
    assert not forms or forms >= {key for key in table(ENGLISH) if key.endswith(ONE)}


@pytest.mark.parametrize("language", languages())
def test_a_text_of_one_or_of_few_follows_the_text_of_several(language: str) -> None:
    before = ""
    for key in table(language):
        assert several(key) in (key, before)
        before = several(key)


@pytest.mark.parametrize("language", [language for language in languages() if language != ENGLISH])
def test_hardly_a_text_is_still_english(language: str) -> None:
    alike = table(ENGLISH).items() & table(language).items()
    assert {key for key, text in alike if len(text.split()) > 3 and "{" not in text} == set()


def test_values_are_put_in_and_an_unknown_key_is_an_error() -> None:
    messages = Messages("en")
    assert messages("answer.digit", digit=7) == "It is a 7."
    with pytest.raises(KeyError):
        messages("no.such.key")


@pytest.mark.parametrize(
    ("language", "percentage", "thousands"),
    [
        ("en", "98.6%", "60,000"),
        ("de", "98,6\u00a0%", "60.000"),
        ("fr", "98,6\u202f%", "60\u202f000"),
        ("es", "98,6\u00a0%", "60\u202f000"),
        ("it", "98,6%", "60.000"),
        ("nl", "98,6%", "60.000"),
        ("pl", "98,6%", "60\u202f000"),
        ("tr", "%98,6", "60.000"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, percentage: str, thousands: str) -> None:
    messages = Messages(language)
    assert messages.percent(0.986) == percentage
    assert messages.number(60_000) == thousands
    assert thousands in messages("training.step", step=7, steps=60_000)
    assert messages.number(9_999) == "9999"
    assert messages.number(-0.5, 2) == f"-0{messages.texts['number.decimal']}50"


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 0, "0 drawings"),
        ("en", 1, "1 drawing "),
        ("en", 2, "2 drawings"),
        ("de", 1, "1 Zeichnung "),
        ("fr", 0, "0 dessin "),
        ("fr", 1, "1 dessin "),
        ("fr", 2, "2 dessins"),
        ("es", 0, "0 dibujos"),
        ("it", 1, "1 disegno "),
        ("it", 2, "2 disegni"),
        ("nl", 1, "1 tekening "),
        ("nl", 2, "2 tekeningen"),
        ("tr", 1, "1 çizim "),
        ("tr", 12, "12 çizim "),
    ],
)
def test_one_thing_is_spoken_of_otherwise_than_several(language: str, count: int, words: str) -> None:
    assert words in Messages(language)("notice.exported", count=count, path="there")


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((1,), "rysunek"),
        ((2, 3, 4, 22, 24, 104, 1_033), "rysunki"),
        ((0, 5, 11, 12, 13, 14, 20, 21, 25, 101, 112, 1_013), "rysunków"),
    ],
)
def test_polish_speaks_of_one_of_few_and_of_many(counts: tuple[int, ...], word: str) -> None:
    messages = Messages("pl")
    for count in counts:
        assert f"{count} {word} " in messages("notice.exported", count=count, path="tam")


def test_what_polish_says_of_one_and_of_few_is_kept_where_english_has_no_form_of_its_own() -> None:
    moments = [Messages("pl")("raising.moments", count=count) for count in (1, 12, 32, 100)]
    assert moments == ["1 chwila", "12 chwil", "32 chwile", "100 chwil"]


def test_each_language_names_itself() -> None:
    names = {
        "de": "Deutsch",
        "en": "English",
        "es": "Español",
        "fr": "Français",
        "it": "Italiano",
        "nl": "Nederlands",
        "pl": "Polski",
        "tr": "Türkçe",
    }
    assert language_names() == names


@pytest.mark.parametrize(
    ("language", "sentence", "capitalised"),
    [
        ("tr", "ilk", "İlk"),
        ("tr", "ışık", "Işık"),
        ("tr", "ad", "Ad"),
        ("pl", "żaba", "Żaba"),
        ("en", "if", "If"),
        ("en", "", ""),
    ],
)
def test_a_sentence_begins_with_the_capital_of_its_language(language: str, sentence: str, capitalised: str) -> None:
    messages = Messages("en")
    messages.language = language
    assert messages.capitalised(sentence) == capitalised


@pytest.mark.parametrize(
    ("digit", "said"),
    [(8, "an 8"), (7, "a 7"), ("8,000", "an 8,000"), (18, "an 18"), ("11.5", "an 11.5"), (118, "a 118"), (1, "a 1")],
)
def test_english_has_an_before_a_vowel_that_is_spoken(digit: object, said: str) -> None:
    messages = Messages("en")
    assert said in messages("answer.digit", digit=digit)
    messages.language = "pl"  # where "a" is a word of its own
    assert f"a {digit}" in messages("answer.digit", digit=digit)


@pytest.mark.parametrize("language", languages())
def test_every_letter_of_every_text_can_be_drawn(language: str) -> None:
    letters = sorted(set("".join(table(language).values())))
    for file in FILES.values():
        metrics = pygame.font.Font(str(ASSETS / "fonts" / file), 20).metrics("".join(letters))
        assert [letter for letter, known in zip(letters, metrics, strict=True) if known is None] == []


# -- files that are not as they should be ---------------------------------------------------------------------

Write = Callable[[object], Messages]


@pytest.fixture
def speak(tmp_path: Path) -> Write:
    """The messages of a language whose file holds what a test says, bytes as they are and all else as JSON."""

    def write(content: object) -> Messages:
        (tmp_path / "en.json").write_bytes((FOLDER / "en.json").read_bytes())
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        (tmp_path / "xx.json").write_bytes(raw)
        return Messages("xx", tmp_path)

    return write


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, [1], None, b" " * 2_000_000])
def test_a_file_that_cannot_be_read_gives_english_and_says_why(content: object, speak: Write) -> None:
    messages = speak(content)
    assert messages("button.read") == "Read"
    assert messages.problem is not None
    assert messages.problem.reason
    assert messages.problem.path.name == "xx.json"


def test_a_missing_file_gives_english(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_bytes((FOLDER / "en.json").read_bytes())
    messages = Messages("xx", tmp_path)
    assert messages("button.read") == "Read"
    assert messages.problem is not None


def test_texts_that_a_file_lacks_are_english_and_counted(speak: Write) -> None:
    messages = speak(table("de") | {"button.undo": 3} | {"button.save": ""})
    assert messages("button.read") == "Lesen"
    assert messages("button.undo") == "Undo"
    assert messages.problem is not None
    assert messages.problem.missing == 1


@pytest.mark.parametrize(
    "text",
    [
        *("It is {digi}.", "{digit", "}", "{digit.real}", "{digit!r}", "{digit:9999999999}", "{}", "no digit"),
        *("{digit}\n", "{digit}\x00", "{digit}\ud800"),
    ],
)
def test_a_text_that_could_not_be_shown_is_english(text: str, speak: Write) -> None:
    messages = speak(table("de") | {"answer.digit": text})
    assert messages("answer.digit", digit=7) == "It is a 7."
    assert messages("answer.none.detail") == table("de")["answer.none.detail"]


def test_a_language_without_a_form_for_one_speaks_of_one_as_of_several(speak: Write) -> None:
    messages = speak({key: text for key, text in table("de").items() if not key.endswith(ONE)})
    assert messages("notice.exported", count=1, path="da") == "1 Zeichnungen exportiert nach da"
    assert messages.problem is None


@pytest.mark.parametrize("marks", [{"number.decimal": ""}, {"number.thousands": "__"}, {"number.singular": ""}])
def test_strange_marks_in_numbers_do_no_harm(marks: dict[str, str], speak: Write) -> None:
    messages = speak(table("de") | marks)
    assert messages.percent(0.986).endswith("%")
    assert messages("notice.exported", count=12_345, path="da")


def test_a_language_without_a_name_is_listed_by_its_short_one(speak: Write, tmp_path: Path) -> None:
    speak(b"{")
    assert language_names(tmp_path) == {"en": "English", "xx": "xx"}


def test_without_english_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No such file"):
        Messages("en", tmp_path)


def test_long_numbers_are_grouped_and_years_are_not() -> None:
    messages = Messages("en")
    assert [messages.number(n) for n in (999, 2026, 9_999, 10_000, 60_000, -12_345)] == [
        "999", "2026", "9999", "10,000", "60,000", "-12,345",
    ]  # fmt: skip
    assert messages.number(9.46, 1) == "9.5" and messages.number(1_234_567.8, 1) == "1,234,567.8"
    assert Messages("de").number(60_000.5, 1) == "60.000,5"
    assert messages.percent(0.986) == "98.6%" and messages.percent(0.97, 0) == "97%"


@pytest.mark.parametrize("language", languages())
def test_errors_speak_the_language_of_the_window_and_those_of_the_system_for_themselves(language: str) -> None:
    messages = Messages(language)
    busy = error_text(FolderBusyError(Path("here")), messages)
    assert busy == messages("wrong.busy", path="here")
    assert error_text(UserError("wrong.too_large", path="here"), messages) == messages("wrong.too_large", path="here")
    assert error_text(PermissionError(13, "Permission denied.", "here"), messages) == "Permission denied"
    assert error_text(OSError("encoder error -2 when writing image file"), messages).startswith("encoder error")
    assert error_text(OSError(), messages) == "OSError"
