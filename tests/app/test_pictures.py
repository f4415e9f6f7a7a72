"""A few frames against stored pictures. DIGITPAD_NEW_PICTURES=1 draws the stored ones again: look at them then.

Compared at a third of the size and with tolerance: fonts are rastered a little differently from one system to another.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.session.session import Session
from app.ui.theme import THEMES
from tests.app.hands import Hands

FOLDER = Path(__file__).parent / "pictures"
SHRINK = 3
MEAN, LARGEST = 1.5, 70  # of 255: over the picture, and of one pixel after shrinking and blurring over 3 x 3

SCENES: dict[str, tuple[tuple[int, int], str, str]] = {
    "empty-light": ((1180, 720), "light", "empty"),
    "answer-light": ((1180, 720), "light", "answer"),
    "answer-dark": ((800, 600), "dark", "answer"),
    "answer-upright": ((720, 1180), "light", "answer"),
    "menu-dark": ((1180, 720), "dark", "menu"),
    "help-light": ((1180, 720), "light", "help"),
}


def small(surface: pygame.Surface) -> pygame.Surface:
    width, height = surface.get_size()
    return pygame.transform.smoothscale(surface, (width // SHRINK, height // SHRINK))


def blurred(surface: pygame.Surface) -> np.ndarray:
    """Mean over 3 x 3 pixels, (w - 2, h - 2, 3)."""
    pixels = pygame.surfarray.array3d(surface).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (3, 3), axis=(0, 1))
    return windows.mean(axis=(3, 4))


def compare(name: str, seen: pygame.Surface) -> None:
    """Fail when a small picture is not the stored one, and keep it beside those of other runs to be looked at."""
    path = FOLDER / f"{name}.png"
    if os.environ.get("DIGITPAD_NEW_PICTURES"):
        pygame.image.save(seen, str(path))
    stored = pygame.image.load(str(path))
    assert stored.get_size() == seen.get_size()
    difference = np.abs(blurred(seen) - blurred(stored))
    mean, largest = float(difference.mean()), float(difference.max())
    if mean >= MEAN or largest >= LARGEST:
        kept = Path(tempfile.mkdtemp(prefix="digitpad-")) / path.name
        pygame.image.save(seen, str(kept))
        pytest.fail(
            f"{path} is another picture than {kept}: they differ by {mean:.2f} on average, {largest:.0f} at most"
        )


@pytest.mark.parametrize("name", SCENES)
def test_frame(name: str, session: Session, make_hands: Callable[..., Hands]) -> None:
    size, theme, scene = SCENES[name]
    session.context.theme = THEMES[theme]
    hands = make_hands(size)
    if scene != "empty":
        hands.draw((70, 70), (130, 64), (190, 66), (150, 140), (110, 215))
        hands.draw((90, 140), (180, 135))
        hands.key(pygame.K_s, "s")
    if scene == "menu":
        hands.key(pygame.K_m, "m")
    elif scene == "help":
        hands.key(pygame.K_F1)
    hands.post(pygame.WINDOWLEAVE)
    hands.settle()
    compare(name, small(hands.surface))
