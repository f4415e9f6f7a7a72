"""Why it reads what it reads, and what would make it another digit."""

import numpy as np
import pygame
import pytest

from app.ui.theme import LIGHT
from tests.app.hands import Hands
from tests.app.inside.parts import found, pixels, screen, why


def test_why_tints_the_ink_and_only_the_ink(hands: Hands) -> None:
    hands.key(pygame.K_PAGEDOWN)
    paper = screen(hands).layout.paper
    hands.frame()
    found(hands)
    finding = screen(hands).worker.finding
    assert finding is not None and finding.attribution is not None and finding.reading is not None
    assert why(hands).asked == finding.reading.digit
    tinted = pixels(hands, paper)
    hands.session.ink.end()
    ink = screen(hands).drawing_area.ink_mask.T
    assert np.all(tinted[ink == 0] == LIGHT.card, axis=-1).mean() > 0.97  # the signs' rings alone reach over the edge
    coloured = np.ptp(tinted[ink == 255], axis=-1) > 60
    assert coloured.mean() > 0.05


@pytest.mark.parametrize("choose", ["key", "click", "tap", "arrow"])
def test_another_digit_asks_what_would_make_it_one(choose: str, hands: Hands) -> None:
    hands.key(pygame.K_PAGEDOWN)
    found(hands)
    read = why(hands).asked
    assert read is not None
    other = (read + 1) % 10
    if choose == "key":
        hands.key(pygame.K_0 + other, str(other))
    elif choose == "arrow":
        hands.key(pygame.K_DOWN)
    else:
        getattr(hands, choose)(f"ask {other}")
    assert why(hands).query.digit == other
    found(hands)
    finding = screen(hands).worker.finding
    assert finding is not None and finding.query.digit == other and finding.attribution is None
    if finding.change is not None:
        reader = hands.session.reader.current
        assert reader is not None
        assert reader.network.predict(finding.change.image[None]) == other
    hands.key(pygame.K_0 + other, str(other))  # once more: back to what is read
    assert why(hands).asked == read


def test_an_empty_paper_asks_for_a_digit(hands: Hands) -> None:
    hands.key(pygame.K_c, "c")
    hands.key(pygame.K_PAGEDOWN)
    found(hands)
    assert why(hands).asked is None
    hands.key(pygame.K_5, "5")
    found(hands)
    assert why(hands).asked == 5
