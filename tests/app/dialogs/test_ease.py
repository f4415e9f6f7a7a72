"""Ease of use: text size, contrast and motion, by keys, mouse and finger, kept for the next time."""

from collections.abc import Callable

import pygame
import pytest

from app import paths
from app.dialogs.ease import EaseDialog
from app.event.kiosk import Kiosk
from app.store import settings as settings_file
from app.ui.layout import LEAST_ACROSS, ZOOMS, unit_of
from app.ui.theme import DARK_CONTRAST, LIGHT, LIGHT_CONTRAST
from tests.app.hands import Hands


@pytest.fixture
def hands(make_hands: Callable[..., Hands]) -> Hands:
    hands = make_hands((1920, 1080))
    hands.key(pygame.K_F3)
    assert isinstance(hands.view.screen, EaseDialog)
    return hands


def details(hands: Hands) -> list[str]:
    screen = hands.view.screen
    assert isinstance(screen, EaseDialog)
    return [row.detail for row in screen.rows]


@pytest.mark.parametrize("press", ["click", "tap"])
def test_text_sizes_go_round_and_all_grows_at_once(press: str, hands: Hands) -> None:
    usual, pad = unit_of(hands.view.size), hands.view.pad.layout.unit
    for text_size in ("large", "largest", "normal"):
        getattr(hands, press)("text_size")
        assert hands.session.settings.text_size == text_size
        grown = unit_of(hands.view.size) / usual
        assert grown == pytest.approx(min(ZOOMS[text_size], 1080 / LEAST_ACROSS[1] / usual))
        assert hands.view.pad.layout.unit == pytest.approx(pad * grown)
        assert isinstance(hands.view.screen, EaseDialog)
        kept, _ = settings_file.load(paths.config_folder())
        assert kept.text_size == text_size
    assert details(hands) == ["normal", *["off"] * 5]


def test_high_contrast_is_kept_when_the_theme_changes(hands: Hands) -> None:
    hands.click("contrast")
    assert hands.session.context.theme is LIGHT_CONTRAST and details(hands)[1] == "on"
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_t, "t")
    assert hands.session.context.theme is DARK_CONTRAST and hands.session.settings.theme == "dark"
    hands.key(pygame.K_t, "t")
    hands.key(pygame.K_F3)
    hands.tap("contrast")
    assert hands.session.context.theme is LIGHT


def test_with_less_motion_bars_are_where_they_go_at_once(hands: Hands) -> None:
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_RETURN, "\r")
    assert hands.session.context.calm and details(hands)[2] == "on"
    hands.key(pygame.K_ESCAPE)
    hands.draw((60, 60), (190, 60), (110, 215))
    hands.key(pygame.K_s, "s")
    hands.frame()
    assert hands.view.pad.bars.filled and not hands.view.pad.bars.moving
    hands.key(pygame.K_F3)
    hands.click("motion")
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_c, "c")
    hands.frame()
    assert hands.view.pad.bars.moving


def test_visitors_of_an_event_have_them_too(hands: Hands, rng: object) -> None:
    hands.click("contrast")
    hands.click("motion")
    kiosk = Kiosk(hands.session, (1920, 1080), rng)  # type: ignore[arg-type]
    assert kiosk.context.calm and kiosk.context.theme is LIGHT_CONTRAST
    kiosk.close()


def test_the_panel_changes_its_side_at_once(hands: Hands) -> None:
    before = hands.view.pad.layout.canvas.left
    hands.click("left_handed")
    assert hands.session.settings.left_handed
    assert hands.view.pad.layout.canvas.left > before
    hands.click("left_handed")
    assert hands.view.pad.layout.canvas.left == before
