"""The chart on the training card: axes, and lines that differ in more than colour."""

import numpy as np
import pygame
import pytest

from app.messages import Messages
from app.retraining.card import dashes, draw_curves
from app.ui.painter import Painter
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface

AREA = pygame.Rect(10, 10, 360, 130)


class Written(Painter):
    """Remembers what it writes, and where."""

    def __init__(self) -> None:
        super().__init__(pygame.Surface((380, 150)), LIGHT, Typeface(), 1.0)
        self.surface.fill(LIGHT.card)
        self.texts: list[str] = []

    def text(self, text: str, *rest: object, **named: object) -> int:
        self.texts.append(text)
        return super().text(text, *rest, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_chart_names_its_lines_and_numbers_its_axes(language: str) -> None:
    painter, messages = Written(), Messages(language)
    draw_curves(painter, AREA, [(1.0, 2.4), (60.0, 0.3)], [(1.0, 0.1), (60.0, 0.9)], 120.0, messages)
    shares = [messages.percent(share, 0) for share in (0.0, 0.5, 1.0)]
    losses = [messages.number(loss, 1) for loss in (0.0, 1.2, 2.4)]
    names = [messages("curve.loss"), messages("curve.accuracy"), messages("axis.steps", count=120)]
    assert set(shares + losses + names) <= set(painter.texts)


def test_a_training_without_a_measurement_yet_has_its_axes() -> None:
    painter = Written()
    draw_curves(painter, AREA, [(1.0, 2.4)], [], 120.0, Messages())
    assert Messages().percent(0.5, 0) in painter.texts


def test_dashes_cover_half_of_a_line_whatever_its_points() -> None:
    line = [(0.0, 0.0), (3.0, 4.0), (3.0, 54.0), (43.0, 54.0)]
    lengths = [np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in dashes(line, 2.5)]
    assert sum(lengths) == pytest.approx(95 / 2, rel=0.06)
    assert max(lengths) <= 2.5 + 1e-9


def test_a_single_point_has_no_dashes() -> None:
    assert dashes([(5.0, 5.0)], 2.5) == []
