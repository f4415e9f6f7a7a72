"""The pen for the screen: the theme's colours, the typeface's measures, the person's language."""

import pygame
import pytest

from app.messages import Messages, languages
from app.ui.chart_pen import ChartPen, chart_words
from app.ui.painter import Painter
from app.ui.theme import CONTRAST_THEMES, DARK, LIGHT, THEMES, Theme, blend, contrast
from app.ui.typeface import Typeface
from model.charts.confusion_matrix import STRONGEST
from model.charts.curves import LearningCurves, progress_chart
from model.charts.pen import Box


class Written(Painter):
    """Remembers what it writes."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__(pygame.Surface((380, 150)), theme, Typeface(), 1.0)
        self.surface.fill(theme.card)
        self.texts: list[str] = []

    def text(self, text: str, *rest: object, **named: object) -> int:
        self.texts.append(text)
        return super().text(text, *rest, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", languages())
def test_the_chart_speaks_the_language(language: str) -> None:
    painter, messages = Written(), Messages(language)
    training = LearningCurves(loss=[(1.0, 2.4)], accuracy=[(1.0, 0.2)], validation_accuracy=[(1.0, 0.1)])
    chart = progress_chart(training, 120.0, messages("axis.steps", count=120), chart_words(messages))
    chart.draw(ChartPen(painter), Box(10, 10, 360, 130))
    names = [messages(f"curve.{name}") for name in ("loss", "training", "validation")]
    numbers = [messages.percent(0.5, 0), messages.number(2.5, 1), messages("axis.steps", count=120)]
    assert set(names + numbers) <= set(painter.texts)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_draws_in_the_colours_of_the_theme(theme: Theme) -> None:
    painter = Written(theme)
    pen = ChartPen(painter)
    pen.box(Box(10, 10, 20, 10), "first")
    pen.line([(10, 50), (90, 50)], "grid", 1.0)
    pen.disc((60, 80), 6, "second")
    pen.disc((90, 80), 6, "second", hollow=True)
    assert painter.surface.get_at((15, 15))[:3] == theme.accent_text
    assert painter.surface.get_at((40, 50))[:3] == theme.border
    assert painter.surface.get_at((60, 80))[:3] == theme.against
    assert painter.surface.get_at((90, 80))[:3] == theme.card


@pytest.mark.parametrize("theme", [*THEMES.values(), *CONTRAST_THEMES.values()], ids=lambda theme: theme.name)
def test_numbers_can_be_read_on_the_darkest_cells(theme: Theme) -> None:
    for colour in (theme.accent_text, theme.against):
        assert contrast(theme.text, blend(theme.card, colour, STRONGEST)) >= 4.5
