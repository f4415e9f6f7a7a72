"""Main view: which command does what, and what it does to the dialogs that are open."""

import pygame
import pytest

from app.canvas.ink import BRUSHES
from app.commands import Command
from app.dialogs.help import Help
from app.dialogs.menu import Menu
from tests.app.hands import Hands


def test_every_command_has_an_action(hands: Hands) -> None:
    assert set(hands.view._actions) == set(Command)


@pytest.mark.parametrize(("text", "steps"), [("[", -1), ("-", -1), ("]", 1), ("+", 1)])
def test_brush_keys(text: str, steps: int, hands: Hands) -> None:
    place = BRUSHES.index(hands.session.settings.brush)
    hands.key(pygame.key.key_code(text), text)
    assert BRUSHES.index(hands.session.settings.brush) == place + steps


def test_a_command_closes_its_own_dialog_and_replaces_another(hands: Hands) -> None:
    hands.view.perform(Command.HELP)
    assert isinstance(hands.view.screen, Help)
    hands.view.perform(Command.MENU)
    assert [type(dialog) for dialog in hands.view.dialogs] == [Menu]
    hands.view.perform(Command.MENU)
    assert not hands.view.dialogs


@pytest.mark.parametrize("command", [Command.LIVE, Command.THEME, Command.FULL_SCREEN, Command.QUIT])
def test_some_commands_leave_a_dialog_open(command: Command, hands: Hands) -> None:
    hands.view.perform(Command.MENU)
    hands.view.perform(command)
    assert isinstance(hands.view.screen, Menu)


def test_pressing_a_notice_dismisses_it_and_draws_nothing(hands: Hands) -> None:
    hands.session.context.say("notice.nothing_to_read")
    hands.settle()
    place = hands.view._places()[0].rect.center
    hands.down(place)
    assert not hands.session.context.notices.items
    assert hands.session.ink.empty


def test_without_a_training_its_keys_say_so(hands: Hands) -> None:
    hands.key(pygame.K_p, "p")
    (notice,) = hands.session.context.notices.items
    assert notice.text == hands.session.context.messages("notice.nothing_trains")


def test_after_a_fault_it_reads_along_again(hands: Hands) -> None:
    hands.session.reader.suspended = True
    hands.view.recover(again=False)
    assert not hands.session.reader.suspended


def test_the_end_of_the_program_ends_open_screens(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[Help] = []
    monkeypatch.setattr(Help, "leave", lambda dialog: left.append(dialog))
    hands.view.perform(Command.HELP)
    hands.view.close()
    assert left == hands.view.dialogs
