"""Theme: legible in light and dark."""

import pytest

from app.ui.theme import CONTRAST_THEMES, THEMES, Theme, blend, contrast, theme_of

ALL = (*THEMES.values(), *CONTRAST_THEMES.values())


@pytest.mark.parametrize("theme", ALL, ids=lambda theme: theme.name)
def test_text_has_contrast(theme: Theme) -> None:
    for ground in (theme.ground, theme.card, theme.hover, theme.track):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.quiet, ground) >= 4.5
    assert contrast(theme.accent_text, theme.card) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.card, theme.text) >= 4.5  # notices
    assert contrast(theme.ink, theme.card) >= 7
    assert contrast(theme.accent, theme.card) >= 3  # focus rings and bars
    assert len(set(theme.classes)) == 10
    assert all(contrast(colour, theme.card) >= 4.5 for colour in theme.classes)  # their digits are text as well


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_blending_goes_from_one_colour_to_the_other() -> None:
    assert blend((0, 0, 0), (200, 100, 50), 0) == (0, 0, 0)
    assert blend((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
    assert blend((0, 0, 0), (200, 100, 50), 1) == (200, 100, 50)


@pytest.mark.parametrize("name", THEMES)
def test_high_contrast_is_higher_everywhere(name: str) -> None:
    usual, high = theme_of(name, high_contrast=False), theme_of(name, high_contrast=True)
    assert usual is THEMES[name] and usual.is_dark == high.is_dark == (name == "dark")
    for colour in ("text", "quiet", "accent", "accent_text", "against", "bar", "border", "ink"):
        assert contrast(getattr(high, colour), high.card) > contrast(getattr(usual, colour), usual.card), colour
    for colour in ("quiet", "accent_text", "accent"):
        assert contrast(getattr(high, colour), high.card) >= 7  # WCAG 2.1, success criterion 1.4.6
    assert min(contrast(colour, high.card) for colour in high.classes) >= 7
    assert contrast(high.border, high.card) >= 3  # and 1.4.11
