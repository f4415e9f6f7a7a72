"""Charts dialog: the curves of a training, and the confusion matrix of its network with the pictures of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pygame

from app.canvas.keyboard_pen import ARROWS
from app.dialogs.cell import CellDialog, cell_text
from app.input import Key, Pointer
from app.ui.buttons import draw_chip
from app.ui.chart_pen import ChartPen, chart_words
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard
from app.ui.layout import SMALL_UNIT, DialogLayout, row_of
from app.ui.painter import SMALL, Painter
from app.ui.screen import Action
from model.charts.confusion_matrix import Cell, ConfusionMatrix, MatrixLayout, matrix_layout
from model.charts.curves import LearningCurves, accuracy_chart, loss_chart
from model.charts.pen import Box
from model.constants import CLASSES
from model.evaluation.confusion import Confusion

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)


class ChartTab(Enum):
    """What is shown; the value is the end of its message's key, and with it of its control's name."""

    CURVES = "curves"
    MATRIX = "matrix"


@dataclass(frozen=True)
class ChartsLayout:
    """tabs above; area: of what is shown, the whole of it or, of the matrix, above a line of text."""

    tabs: dict[ChartTab, pygame.Rect]
    area: pygame.Rect
    line: pygame.Rect


def charts_layout(dialog: DialogLayout, tabs: tuple[ChartTab, ...]) -> ChartsLayout:
    """From above downwards."""
    unit, body = dialog.unit, dialog.body
    small = unit < SMALL_UNIT

    def px(units: float) -> int:
        return round(units * unit)

    high = px(40) if len(tabs) > 1 else 0
    row = pygame.Rect(body.left, body.top, min(body.width, px(420)), high)
    top = row.bottom + px(6 if small else 16) * (high > 0)
    line = pygame.Rect(body.left, body.bottom - px(34), body.width, px(34))
    area = pygame.Rect(body.left, top, body.width, body.bottom - top)
    return ChartsLayout(row_of(row, dict.fromkeys(tabs, 1.0), px(8)) if high else {}, area, line)


class ChartsDialog(Dialog):
    """Curves of one training or of two; a cell of the matrix, pressed, shows the pictures behind it."""

    width, height, foot = 1040.0, 700.0, 0.0
    title = "charts.title"

    def __init__(self, context: Context, trainings: list[LearningCurves], confusion: Confusion | None = None) -> None:
        """confusion: of the new network on the test pictures; without it there are only curves."""
        super().__init__(context)
        self.trainings = trainings
        self.confusion = confusion
        self.tab = ChartTab.CURVES
        self.cell: Cell | None = None  # of the matrix: where the keyboard is
        self.places: ChartsLayout
        self._matrix: MatrixLayout | None = None  # as it was drawn last
        self._pressed: Cell | None = None

    def refresh(self) -> None:
        """Lay out tabs and charts."""
        self.places = charts_layout(self.layout, tuple(ChartTab) if self.confusion is not None else (ChartTab.CURVES,))
        super().refresh()

    def controls_now(self) -> list[Control]:
        """The tabs; the cells have the arrow keys and the pointer."""
        return [Control(tab.value, rect, value=tab) for tab, rect in self.places.tabs.items()]

    # -- what hands do ------------------------------------------------------------------------------------

    def handle_key(self, key: Key) -> Action:
        """Arrows go from cell to cell, Enter shows its pictures, C and the page keys turn to the other tab."""
        if not key.down:
            return None
        if key.code in (pygame.K_c, pygame.K_PAGEDOWN, pygame.K_PAGEUP) and not key.ctrl and self.places.tabs:
            self._turn_to(ChartTab.MATRIX if self.tab is ChartTab.CURVES else ChartTab.CURVES)
        elif key.code in ARROWS and self.places.tabs:
            self._move(*ARROWS[key.code])
        elif key.code in ENTER and self.cell is not None and not self.controls.shows_focus:
            return self._open(self.cell)
        else:
            return super().handle_key(key)
        return None

    def _move(self, right: int, down: int) -> None:
        """To the next cell; first of all to the matrix."""
        if self.tab is ChartTab.CURVES:
            self._turn_to(ChartTab.MATRIX)
        truth, answer = self.cell if self.cell is not None else (-down, -right)
        self.cell = min(max(truth + down, 0), CLASSES - 1), min(max(answer + right, 0), CLASSES - 1)
        self.controls.shows_focus = False
        self.redraw()

    def handle_pointer(self, pointer: Pointer) -> Action:
        """Press a cell, or a tab."""
        over = self._cell_at(pointer.place) if pointer.kind != "cancel" else None
        pressed = self._pressed
        if pointer.kind != "move":
            self._pressed = over if pointer.kind == "down" else None
        if over is not None and over != self.cell and (pointer.kind == "down" or not pointer.touch):
            self.cell = over
            self.redraw()
        if pointer.kind == "up" and over is not None and over == pressed:
            super().handle_pointer(pointer)
            return self._open(over)
        return super().handle_pointer(pointer)

    def _cell_at(self, place: tuple[float, float]) -> Cell | None:
        return self._matrix.at(*place) if self._matrix is not None and self.tab is ChartTab.MATRIX else None

    def press(self, control: Control | None) -> Action:
        """Turn to a tab."""
        if control is not None and isinstance(control.value, ChartTab):
            self._turn_to(control.value)
            return None
        return super().press(control)

    def _turn_to(self, tab: ChartTab) -> None:
        self.tab = tab
        self.redraw()

    def _open(self, cell: Cell) -> Action:
        """The pictures of a cell that has some."""
        confusion = self.confusion
        return CellDialog(self.context, confusion, cell) if confusion is not None and confusion.counts[cell] else None

    # -- what it says and shows ---------------------------------------------------------------------------

    @property
    def _line(self) -> str:
        """What is said below the matrix."""
        if self.cell is None or self.confusion is None:
            return self.context.messages("charts.hint")
        return cell_text(self.confusion, self.cell, self.context.messages)

    @property
    def heard(self) -> Heard:
        """The tab, and of the matrix the cell."""
        messages = self.context.messages
        texts = {"tab": messages(f"charts.{self.tab.value}")} if self.places.tabs else {}
        return Heard({**super().heard.texts, **texts, "cell": self._line if self.tab is ChartTab.MATRIX else ""})

    def label_of(self, control: Control) -> str:
        """What stands on a tab."""
        if isinstance(control.value, ChartTab):
            return self.context.messages(f"charts.{control.value.value}")
        return super().label_of(control)

    def draw_content(self, painter: Painter) -> None:
        """Tabs, and what is chosen."""
        for tab, rect in self.places.tabs.items():
            label = self.context.messages(f"charts.{tab.value}")
            draw_chip(painter, rect, label, self.controls.state_of(tab.value), on=tab is self.tab)
        if self.tab is ChartTab.CURVES:
            self._draw_curves(painter)
        else:
            self._draw_matrix(painter)

    def _draw_curves(self, painter: Painter) -> None:
        """Accuracy and loss beside each other, or where that is too narrow one below the other."""
        area, gap, words = self.places.area, painter.px(28), chart_words(self.context.messages)
        beside = area.width > 1.2 * area.height
        size = ((area.width - gap) / 2, area.height) if beside else (area.width, (area.height - gap) / 2)
        for number, chart in enumerate((accuracy_chart(self.trainings, words), loss_chart(self.trainings, words))):
            left = area.left + number * (size[0] + gap) * beside
            top = area.top + number * (size[1] + gap) * (not beside)
            chart.draw(ChartPen(painter), Box(left, top, *size))

    def _draw_matrix(self, painter: Painter) -> None:
        assert self.confusion is not None
        pen, area, line = ChartPen(painter), self.places.area, self.places.line
        box = Box(area.left, area.top, area.width, line.top - painter.px(4) - area.top)
        self._matrix = matrix_layout(pen, box)
        ConfusionMatrix(self.confusion.counts).draw(pen, self._matrix, chart_words(self.context.messages))
        if self.cell is not None:
            pen.frame(self._matrix.box(self.cell), "text", 2.0)
        painter.fitted(self._line, line, SMALL, painter.theme.quiet, align="center", most=2, spacing=1.2)
