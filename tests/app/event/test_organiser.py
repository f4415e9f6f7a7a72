"""The organiser's dialog: from the menu to the event, with timings on the way."""

import pygame
import pytest

from app.event.organiser import OrganiserForm
from app.event.tally import ReadRecord, Tally
from app.messages import Messages
from app.paths import config_folder, drawings_folder
from app.retraining.options import RetrainOptions
from app.store import settings as settings_file
from tests.app.hands import Hands


@pytest.fixture
def dialog(hands: Hands) -> OrganiserForm:
    hands.key(pygame.K_e, mod=pygame.KMOD_LCTRL)
    assert isinstance(hands.view.screen, OrganiserForm)
    return hands.view.screen


def hint(dialog: OrganiserForm) -> str:
    """What is said of keeping drawings."""
    return next(row.hint for row in dialog.rows if row.name == "event_keep")


def kept() -> settings_file.Settings:
    return settings_file.load(config_folder())[0]


def test_the_menu_leads_to_it_and_it_starts_the_event(hands: Hands) -> None:
    hands.key(pygame.K_m, "m")
    hands.click("event")
    assert isinstance(hands.view.screen, OrganiserForm)
    assert not hands.view.event_wanted
    hands.tap("start")
    assert hands.view.event_wanted
    assert hands.view.dialogs == []


def test_drawings_are_not_kept_until_the_organiser_says_so(hands: Hands, dialog: OrganiserForm) -> None:
    assert not hands.session.settings.event_keep
    off = hint(dialog)
    hands.tap("event_keep=on")
    assert kept().event_keep
    assert hint(dialog) != off
    hands.tap("event_keep=off")
    assert not kept().event_keep


def test_steps_go_up_and_down_and_stop_at_the_ends(hands: Hands, dialog: OrganiserForm) -> None:
    hands.tap("event_read_after>")
    assert kept().event_read_after == pytest.approx(1.1)
    for _ in range(9):
        hands.tap("event_read_after<")
    assert kept().event_read_after == pytest.approx(0.3)
    hands.tap("event_clear_after>")
    assert kept().event_clear_after == 13


def test_a_number_may_be_typed_and_a_wrong_one_starts_nothing(hands: Hands, dialog: OrganiserForm) -> None:
    hands.tap("event_clear_after")
    for _ in range(4):
        hands.key(pygame.K_BACKSPACE)
    assert next(row for row in dialog.rows if row.name == "event_clear_after").wrong
    hands.tap("start")
    assert not hands.view.event_wanted
    hands.tap("event_clear_after")
    for text in "500":
        hands.key(pygame.K_0, text)
    assert next(row for row in dialog.rows if row.name == "event_clear_after").wrong
    assert kept().event_clear_after == 50, "the last that could be"
    hands.key(pygame.K_BACKSPACE)
    hands.key(pygame.K_RETURN)
    assert hands.view.event_wanted


def test_numbers_are_those_of_the_language(hands: Hands) -> None:
    hands.session.settings.event_read_after = 1.5
    hands.session.settings.event_attract_after = 45  # as a person may write it into the file
    hands.session.context.messages = Messages("de")
    hands.key(pygame.K_e, mod=pygame.KMOD_LCTRL)
    hands.frame()
    screen = hands.view.screen
    assert isinstance(screen, OrganiserForm)
    assert [row.value for row in screen.rows[:3]] == ["1,5", "12", "45"]
    assert not any(row.wrong for row in screen.rows)


@pytest.mark.usefixtures("processes")
def test_no_event_begins_while_a_network_is_trained(hands: Hands, dialog: OrganiserForm) -> None:
    assert hands.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
    dialog.submit()
    assert not hands.view.event_wanted
    assert hands.session.context.notices.items


@pytest.mark.parametrize("way", ["tap", "click"])
def test_the_tally_is_exported(way: str, hands: Hands) -> None:
    Tally().add(ReadRecord(7, True, 7))
    hands.key(pygame.K_e, mod=pygame.KMOD_LCTRL)
    dialog = hands.view.screen
    assert isinstance(dialog, OrganiserForm)
    assert dialog.fields_now()[-1].hint == "Today: 1 read, 1 right, 0 corrected, 0 not sure."
    getattr(hands, way)("tally=export")
    (written,) = drawings_folder().glob("*.csv")
    assert len(written.read_text().splitlines()) == 13
    assert str(written) in hands.session.context.notices.items[-1].text


def test_why_the_tally_is_not_exported_is_said(hands: Hands) -> None:
    hands.key(pygame.K_e, mod=pygame.KMOD_LCTRL)
    hands.tap("tally=export")
    assert "no tally yet" in hands.session.context.notices.items[-1].text
    Tally().add(ReadRecord(7, True, 7))
    drawings_folder().touch()
    hands.view.close_dialogs()
    hands.key(pygame.K_e, mod=pygame.KMOD_LCTRL)
    hands.tap("tally=export")
    notice = hands.session.context.notices.items[-1]
    assert notice.kind == "warning"
    assert "File exists" in notice.text or "not a directory" in notice.text.lower()
