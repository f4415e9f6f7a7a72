"""Cell dialog: the pictures behind a cell of a confusion matrix, in a grid that scrolls."""

from __future__ import annotations

import pygame

from app.input import Key
from app.messages import Messages
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard
from app.ui.painter import SMALL, Painter
from app.ui.picture import draw_picture
from app.ui.screen import Action
from model.charts.confusion_matrix import Cell
from model.evaluation.confusion import Confusion

SIDE, GAP, LINE = 72.0, 8.0, 34.0  # units: of a picture, between two, the height of the words above


def cell_text(confusion: Confusion, cell: Cell, messages: Messages) -> str:
    """What was read as what, and how many pictures there are."""
    count = int(confusion.counts[cell])
    return messages("charts.cell", truth=cell[0], answer=cell[1], count=count)


class CellDialog(Dialog):
    """All pictures of a cell that were kept."""

    width, height, foot = 760.0, 560.0, 0.0
    title = "charts.pictures"

    def __init__(self, context: Context, confusion: Confusion, cell: Cell) -> None:
        super().__init__(context)
        self.pictures = confusion.pictures[cell]
        shown = context.messages("charts.first", shown=len(self.pictures))
        more = len(self.pictures) < confusion.counts[cell]
        self.text = f"{cell_text(confusion, cell, context.messages)}. {shown if more else ''}".strip()
        self._columns = self._pitch = 1

    def refresh(self) -> None:
        """Lay out as many pictures in a row as there is room for."""
        unit, body = self.layout.unit, self.layout.body
        self._columns = max(1, int((body.width + GAP * unit) // ((SIDE + GAP) * unit)))
        self._pitch = round((SIDE + GAP) * unit)
        line = round(LINE * unit)
        area = pygame.Rect(body.left, body.top + line, body.width, body.height - line)
        rows = -(-len(self.pictures) // self._columns)
        self.scroller.fit(area, rows * self._pitch, unit, self._pitch)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """None but the cross."""
        return []

    def handle_key(self, key: Key) -> Action:
        """Arrows and page keys scroll."""
        rows = max(1, self.scroller.area.height // self._pitch - 1)
        steps = {pygame.K_DOWN: 1, pygame.K_UP: -1, pygame.K_PAGEDOWN: rows, pygame.K_PAGEUP: -rows}
        steps |= {pygame.K_HOME: -len(self.pictures), pygame.K_END: len(self.pictures)}
        if key.down and key.code in steps:
            self.scroller.by(steps[key.code] * self._pitch)
            return None
        return super().handle_key(key)

    @property
    def heard(self) -> Heard:
        """What was read as what."""
        return Heard({**super().heard.texts, "cell": self.text})

    def draw_content(self, painter: Painter) -> None:
        """The words, and the pictures that are in sight."""
        body, side = self.layout.body, self._pitch - painter.px(GAP)
        line = pygame.Rect(body.left, body.top, body.width, painter.px(LINE) - painter.px(4))
        painter.fitted(self.text, line, SMALL, painter.theme.quiet, most=2, spacing=1.2)
        with self.scroller.clipped(painter):
            for number, picture in enumerate(self.pictures):
                row, column = divmod(number, self._columns)
                rect = self.scroller.placed(pygame.Rect(column * self._pitch, row * self._pitch, side, side))
                if rect.colliderect(self.scroller.area):
                    draw_picture(painter, rect, picture, painter.theme.track)
        self.scroller.draw_bar(painter)
