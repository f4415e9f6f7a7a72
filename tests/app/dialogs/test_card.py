"""The card of a network: opened from the list of networks by mouse, finger and keys."""

from collections.abc import Callable

import pygame
import pytest

from app import paths
from app.dialogs.card import CardDialog, facts_of
from app.dialogs.networks import NetworksDialog
from app.messages import Messages
from model.training.card import Card
from tests.app.classroom import confusion, write_network
from tests.app.hands import Hands


@pytest.fixture
def listed(make_hands: Callable[..., Hands]) -> Hands:
    write_network(paths.networks_folder() / "own.npz")
    hands = make_hands((1024, 600))
    hands.key(pygame.K_n, "n")
    return hands


def row_of(hands: Hands, name: str) -> str:
    dialog = hands.view.screen
    assert isinstance(dialog, NetworksDialog)
    return next(row.name for row in dialog.rows if row.label == name)


def card(hands: Hands) -> CardDialog:
    screen = hands.view.screen
    assert isinstance(screen, CardDialog)
    return screen


@pytest.mark.parametrize("way", ["click", "tap"])
def test_a_press_on_the_sign_opens_it_and_chooses_no_network(listed: Hands, way: str) -> None:
    before = listed.session.reader.network
    getattr(listed, way)(f"more {row_of(listed, 'cnn')}")
    assert card(listed).name == "cnn"
    assert listed.session.reader.network is before
    listed.key(pygame.K_ESCAPE)
    assert isinstance(listed.view.screen, NetworksDialog)


def test_the_right_arrow_opens_that_of_the_row_with_the_focus(listed: Hands) -> None:
    listed.key(pygame.K_RIGHT)
    assert isinstance(listed.view.screen, NetworksDialog)
    listed.key(pygame.K_DOWN)
    listed.key(pygame.K_DOWN)
    listed.key(pygame.K_RIGHT)
    assert card(listed).name == "mlp"


def test_tab_comes_to_the_sign_and_enter_presses_it(listed: Hands) -> None:
    screen = listed.view.screen
    for _ in range(60):
        listed.key(pygame.K_TAB)
        if screen.controls.focused == f"more {row_of(listed, 'mlp')}":
            break
    control = screen.controls.with_focus
    assert control is not None and screen.label_of(control) == "About mlp"
    listed.key(pygame.K_RETURN)
    assert card(listed).name == "mlp"


def test_a_file_that_is_no_network_is_a_notice(listed: Hands) -> None:
    (paths.networks_folder() / "own.npz").write_bytes(b"no")
    listed.key(pygame.K_END)
    while listed.view.screen.controls.focused != row_of(listed, "own"):
        listed.key(pygame.K_UP)
    listed.settle()
    listed.key(pygame.K_RIGHT)
    assert isinstance(listed.view.screen, NetworksDialog)
    assert "own" in listed.session.context.notices.items[-1].text


def test_the_shipped_networks_say_which_digits_they_read_badly(listed: Hands) -> None:
    listed.click(f"more {row_of(listed, 'cnn')}")
    facts = {fact.label: fact.text for fact in card(listed).facts}
    assert facts["How"].startswith("python train.py --network cnn")
    assert "9:" in facts["Digit by digit, on validation pictures"]
    assert "as" in facts["Confuses most"]
    assert "Confuses most" in card(listed).heard.texts["card"]


def test_what_is_not_known_is_said_to_be_so() -> None:
    facts = facts_of("n", Card(parameters=7850), Messages("en"))
    assert [fact.text for fact in facts] == ["7850 parameters", *["not known"] * 4, *["none known"] * 2]


def test_a_low_window_scrolls_by_keys(make_hands: Callable[..., Hands]) -> None:
    hands = make_hands((480, 320))
    dialog = CardDialog(hands.session.context, "cnn", Card(parameters=1, counts=confusion().counts))
    hands.view.show(dialog)
    hands.key(pygame.K_PAGEDOWN)
    hands.settle()
    assert dialog.scroller.place > 0
