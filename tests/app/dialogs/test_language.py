"""Choosing the language: from the system, in the window, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from app import messages as messages_file
from app import paths
from app.commands import Command
from app.dialogs import language as language_dialog
from app.dialogs.language import LanguageDialog
from app.messages import FOLDER, Messages, language_names, languages, system_language
from app.session.session import Session
from app.store import settings as settings_file
from app.ui.typeface import FILES, Typeface
from main import build_parser
from tests.app.hands import Hands


@pytest.mark.skipif("sys.platform == 'win32'")
@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "es_MX@euro", "LC_MESSAGES": ""}, "es"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR", "LC_ALL": "es_ES"}, "es"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LANGUAGE": "cs:de:fr"}, "de"),
        ({"LANG": "../de"}, "en"),
    ],
)
def test_the_system_says_which_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language(languages()) == language


def test_a_language_for_one_country_comes_before_the_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "pt_BR.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert system_language(["pt", "pt_BR"]) == "pt_BR"
    assert system_language(["pt"]) == "pt"


def test_a_language_is_chosen_from_the_dialog_and_kept(hands: Hands, session: Session) -> None:
    before = hands.surface.copy()
    hands.key(pygame.K_F2)
    dialog = hands.view.screen
    assert isinstance(dialog, LanguageDialog)
    assert [row.label for row in dialog.rows] == list(language_names().values())
    assert [row.name for row in dialog.rows if row.mark] == ["en"]
    hands.click("de")
    hands.settle()
    assert not hands.view.dialogs
    assert session.context.messages("button.read") == "Lesen"
    assert settings_file.load(paths.config_folder())[0].language == "de"
    changed = pygame.PixelArray(hands.surface).compare(pygame.PixelArray(before)).make_surface()
    # Not only the answer is written again: so are the header at the top and the tools at the foot.
    heading = hands.view.pad.layout.tools["menu"].union(hands.view.pad.layout.tools["full_screen"])
    for rect in (heading, hands.view.pad.layout.tools["read"], hands.view.pad.layout.heading):
        assert pygame.transform.average_color(changed.subsurface(rect))[:3] != (255, 255, 255)


EIGHT = {code: f"Language {code}" for code in ("de", "en", "es", "fr", "it", "nl", "pl", "tr")}


@pytest.mark.parametrize("size", [(480, 320), (320, 480)])
def test_eight_languages_are_all_in_reach_in_the_smallest_window(
    size: tuple[int, int], make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_dialog, "language_names", lambda: EIGHT)
    hands = make_hands(size=size)
    hands.key(pygame.K_F2)
    places = [item.rect for item in hands.view.screen.controls.items if item.name in EIGHT]
    assert len(places) == len(EIGHT)
    assert all(place.height > 36 for place in places)  # what is scrolled away in part is lower


def test_the_menu_shows_the_language_and_leads_to_the_choice(hands: Hands) -> None:
    hands.key(pygame.K_m, "m")
    row = next(row for row in hands.view.screen.rows if row.name == "language")  # type: ignore[attr-defined]
    assert row.detail == "English"
    hands.view.perform(Command.LANGUAGE)
    assert isinstance(hands.view.screen, LanguageDialog)
    hands.key(pygame.K_F2)
    assert not hands.view.dialogs


def test_an_open_dialog_speaks_the_new_language_at_once(hands: Hands, session: Session) -> None:
    hands.key(pygame.K_m, "m")
    session.choose_language("fr")
    hands.frame()
    assert hands.view.screen.rows[0].label == "Lire le dessin"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("content", "sentence"), [("{", "cannot be read"), ('{"button.read": "Lire"}', "lacks")])
def test_what_is_wrong_with_a_language_is_told_in_one_sentence(
    content: str, sentence: str, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "en.json").write_bytes((FOLDER / "en.json").read_bytes())
    (tmp_path / "fr.json").write_text(content)
    monkeypatch.setattr(messages_file.Messages.__init__, "__defaults__", ("en", tmp_path))
    session.choose_language("fr")
    (notice,) = session.context.notices.items
    assert sentence in notice.text
    assert str(tmp_path / "fr.json") in notice.text
    assert notice.kind == "warning"


def test_nobody_has_chosen_a_language_on_a_first_start(tmp_path: Path) -> None:
    assert settings_file.load(tmp_path)[0].language == ""
    (tmp_path / "settings.json").write_text(json.dumps({"language": "fr"}))
    assert settings_file.load(tmp_path)[0].language == "fr"
    (tmp_path / "settings.json").write_text(json.dumps({"language": ["de"]}))
    assert settings_file.load(tmp_path)[0].language == ""


def test_the_command_line_takes_a_language_and_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_parser().parse_args(["--language", "es"]).language == "es"
    with pytest.raises(SystemExit, match="2"):
        build_parser().parse_args(["--language", "../en"])
    assert f"choose one of: {', '.join(languages())}" in capsys.readouterr().err


def test_all_signs_of_all_languages_are_in_the_fonts() -> None:
    face = Typeface()
    signs = {sign for language in languages() for text in Messages(language).texts.values() for sign in text}
    for weight in FILES:
        font = face.font(weight, 40)

        def drawn(sign: str, font: pygame.font.Font = font) -> bytes:
            return pygame.image.tobytes(font.render(sign, True, "white"), "RGBA")

        empty_box = drawn("漢")  # what stands for any sign that the font lacks
        assert empty_box == drawn("字")
        assert {sign for sign in signs if drawn(sign) == empty_box} == set()
