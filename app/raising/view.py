"""Raising view: what the chapters have in common: words, bars of the drawing, a grid of digits, and buttons."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.raising.chapter import Chapter
from app.raising.grid import DigitGrid
from app.raising.layout import Shown, Work, shown_places, work_places
from app.raising.process import RaisingProcess
from app.raising.reports import Grown
from app.raising.school import School
from app.session.answer import percent
from app.session.live_reader import LiveReader
from app.tabs.layout import TabLayout
from app.tabs.view import TabView
from app.ui.bars import Bars, draw_bar
from app.ui.chart_pen import ChartPen, chart_words
from app.ui.context import Context
from app.ui.controls import Control, Controls
from app.ui.damage import Part
from app.ui.heard import sentences
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs
from app.ui.touch import draw_touch_button
from model.charts.curves import LearningCurves, progress_chart
from model.charts.pen import Box

LEADS = {"travel": Chapter.TIME, "to_raise": Chapter.RAISE}  # buttons that turn to another chapter


class RaisingView(TabView):
    """Shows a network of the school on the card beside the paper."""

    paper_share = 0.4

    def __init__(self, context: Context, controls: Controls, school: School, reader: LiveReader, bars: Bars) -> None:
        super().__init__(context, controls)
        self.school = school
        self.places: Work
        self.shown: Shown
        self._reader = reader
        self._bars = bars
        self._grid = DigitGrid()

    @property
    @abstractmethod
    def process(self) -> RaisingProcess | None:
        """That in which the network learns."""

    @property
    def grown(self) -> Grown | None:
        """The network that reads the drawing, as it is by now; None where there is none."""
        return self.process.grown if self.process is not None else None

    @property
    @abstractmethod
    def words(self) -> tuple[str, str]:
        """A headline, and what is to be said below it."""

    @property
    @abstractmethod
    def buttons(self) -> dict[str, pygame.Rect]:
        """The buttons of the row at the foot, by the ends of their message keys."""

    @property
    def said(self) -> str:
        """What it shows, in words, for those who hear it."""
        return sentences(self.words)

    def label_of(self, control: Control) -> str:
        """What a control on the card is called."""
        return self.context.messages(f"raising.{control.name}")

    def place(self, layout: TabLayout) -> None:
        """Lay out within the screen's layout."""
        self.layout = layout
        self.places = work_places(layout)
        self.shown = self.lay_out_shown()
        self.damage.add(layout.main)

    def lay_out_shown(self) -> Shown:
        """Where bars, grid and curves are."""
        return shown_places(self.places.middle, self.layout.unit)

    def controls_now(self) -> list[Control]:
        """What can be pressed on the card."""
        return [Control(name, rect, value=LEADS.get(name)) for name, rect in self.buttons.items()]

    def parts(self) -> dict[str, Part]:
        """What looks different when it is."""
        grown = self.grown
        reading = self._reader.shown_reading
        best = reading.digit if reading is not None else None
        parts = {
            "words": Part(self.places.words, self.words),
            "buttons": Part(self.places.row.inflate(16, 16), (tuple(self.buttons), self.primary)),
            "grid": Part(self.shown.grid, grown),
            "curve": Part(self.shown.curve.inflate(0, 12), grown),
        }
        for digit, row in enumerate(self.shown.bars):
            share = float(self._bars.shown[digit])
            state = (round(row.width * share), round(share * 1000), digit == best, self._bars.filled)
            parts[f"bar {digit}"] = Part(row, state)
        return parts

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The card."""
        if not painter.shows(self.layout.main):
            return
        painter.card(self.layout.main)
        if painter.shows(self.places.words):
            headline, text = self.words
            draw_paragraphs(painter, self.places.words, [(headline, 27, "display", False), (text, 18, "regular", True)])
        self.draw_middle(painter)
        for name, rect in self.buttons.items():
            label, state = self.context.messages(f"raising.{name}"), self.controls.state_of(name)
            size = 16 if painter.unit < SMALL_UNIT else 24  # there a button has room for one line
            draw_touch_button(painter, rect, label, state, primary=name == self.primary, size=size)

    def draw_middle(self, painter: Painter) -> None:
        """Bars, grid and curves."""
        self.draw_reading(painter)
        process, grown = self.process, self.grown
        if process is None or process.judges is None or grown is None:
            return
        if self.shown.grid.width and painter.shows(self.shown.grid):
            self._grid.draw(painter, self.shown.grid, process.judges, grown.judged.answers)
        if self.shown.curve.height and painter.shows(self.shown.curve):
            self.draw_curve(painter, process)

    def draw_reading(self, painter: Painter) -> None:
        """Ten bars of what the drawing is read as."""
        reading = self._reader.shown_reading
        best = reading.digit if reading is not None else None
        for digit, row in enumerate(self.shown.bars):
            if painter.shows(row):
                share = float(self._bars.shown[digit])
                text = percent(share, self.context.messages) if self._bars.filled else ""
                draw_bar(painter, row, digit, share, text, best=digit == best)

    def draw_curve(self, painter: Painter, process: RaisingProcess, at: float | None = None) -> None:
        """Loss and accuracy on the digits of the grid, over the moments that are remembered."""
        curves = LearningCurves(
            loss=[(float(number), grown.judged.loss) for number, grown in enumerate(process.kept)],
            validation_accuracy=[
                (float(number), process.right(grown) / 100) for number, grown in enumerate(process.kept)
            ],
        )
        messages, end = self.context.messages, process.moments - 1
        span = messages("raising.moments", count=end)
        chart = progress_chart(curves, float(end), span, chart_words(messages), at=at)
        chart.draw(ChartPen(painter), Box(*self.shown.curve))
