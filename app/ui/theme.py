"""The colours, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """One set of colours. Every text colour has a contrast of at least 4.5 on what it stands on."""

    name: str
    ground: Colour  # behind everything
    card: Colour  # cards, buttons, paper
    border: Colour  # the thin line round a card
    text: Colour
    quiet: Colour  # second-rank text
    accent: Colour  # the one strong colour: fills
    accent_text: Colour  # the accent as text on a card
    on_accent: Colour  # text on an accent fill
    hover: Colour  # a button under the pointer
    track: Colour  # the empty part of a bar
    against: Colour  # what speaks against, negative values; never without a sign
    bar: Colour  # the full part of a bar that is not the answer
    ink: Colour
    classes: tuple[Colour, ...]  # one for each digit, with a contrast of 4.5 on a card; never without a sign
    shade: tuple[int, int, int, int]  # laid over the screen behind a dialog

    @property
    def is_dark(self) -> bool:
        """Whether light stands on dark."""
        return sum(self.text) > sum(self.card)


def _rgb(code: str) -> Colour:
    red, green, blue, _ = pygame.Color(f"#{code}")
    return red, green, blue


def _colours(codes: str) -> tuple[Colour, ...]:
    return tuple(map(_rgb, codes.split()))


LIGHT = Theme(
    name="light",
    ground=_rgb("F3F4F8"),
    card=_rgb("FFFFFF"),
    border=_rgb("E1E4EC"),
    text=_rgb("151922"),
    quiet=_rgb("5A6273"),
    accent=_rgb("2B62F0"),
    accent_text=_rgb("2459E6"),
    on_accent=_rgb("FFFFFF"),
    hover=_rgb("F5F7FC"),
    track=_rgb("EDEFF5"),
    against=_rgb("D2600A"),
    bar=_rgb("A9B3C7"),
    ink=_rgb("1A1E29"),
    classes=_colours("0B63CE B25E00 1F7A35 C62828 7B3FC4 8A5A44 C2338F 4D5666 7A7000 00788A"),
    shade=(24, 28, 40, 110),
)

DARK = Theme(
    name="dark",
    ground=_rgb("0F1117"),
    card=_rgb("181B24"),
    border=_rgb("2A2F3C"),
    text=_rgb("EEF1F7"),
    quiet=_rgb("9DA6B8"),
    accent=_rgb("6F9BFF"),
    accent_text=_rgb("8AAEFF"),
    on_accent=_rgb("0A1024"),
    hover=_rgb("20242F"),
    track=_rgb("262B37"),
    against=_rgb("FF9C5B"),
    bar=_rgb("66708A"),
    ink=_rgb("F1F4FA"),
    classes=_colours("6CB2FF FFAE57 6FD68A FF8585 C79BFF D9A68C FF8FD0 B6BFCE D8CE5A 4FD3E3"),
    shade=(4, 5, 9, 150),
)

LIGHT_CONTRAST = Theme(
    name="light contrast",
    ground=_rgb("FFFFFF"),
    card=_rgb("FFFFFF"),
    border=_rgb("3A3F4B"),
    text=_rgb("000000"),
    quiet=_rgb("20242C"),
    accent=_rgb("0036B8"),
    accent_text=_rgb("0036B8"),
    on_accent=_rgb("FFFFFF"),
    hover=_rgb("E3EAFB"),
    track=_rgb("D5D9E2"),
    against=_rgb("9A3C00"),
    bar=_rgb("565E6E"),
    ink=_rgb("000000"),
    classes=_colours("063F96 7A3F00 0F5221 8C1616 5A2699 653B2A 8A1C63 333A46 565000 00545F"),
    shade=(0, 0, 0, 170),
)

DARK_CONTRAST = Theme(
    name="dark contrast",
    ground=_rgb("000000"),
    card=_rgb("000000"),
    border=_rgb("B8BECB"),
    text=_rgb("FFFFFF"),
    quiet=_rgb("E4E8F0"),
    accent=_rgb("8DB8FF"),
    accent_text=_rgb("A6C8FF"),
    on_accent=_rgb("000000"),
    hover=_rgb("1C2740"),
    track=_rgb("333A48"),
    against=_rgb("FFB27D"),
    bar=_rgb("B4BCCC"),
    ink=_rgb("FFFFFF"),
    classes=_colours("8CC4FF FFC078 8CE6A4 FFA3A3 D6B5FF EBC0AA FFABDD D0D5DF EBE27F 7CE4F0"),
    shade=(0, 0, 0, 190),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
CONTRAST_THEMES = {"light": LIGHT_CONTRAST, "dark": DARK_CONTRAST}


def theme_of(name: str, *, high_contrast: bool) -> Theme:
    """The colours of a name, "light" or "dark", as usual or with high contrast."""
    return (CONTRAST_THEMES if high_contrast else THEMES)[name]


def blend(a: Colour, b: Colour, fraction: float) -> Colour:
    """The colour that lies `fraction` (0..1) of the way from a to b."""
    red, green, blue = (round(x + (y - x) * fraction) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def contrast(a: Colour, b: Colour) -> float:
    """The contrast of two colours, 1..21 (WCAG 2.1, definitions of contrast ratio and relative luminance)."""
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
