"""Class view: how the class mode looks."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from app.canvas.drawing_area import DrawingArea
from app.canvas.thumbnails import Thumbnails
from app.class_mode.layout import CAPTION, ClassLayout
from app.class_mode.turn import Written
from app.messages import Messages
from app.ui import shapes
from app.ui.buttons import draw_button, draw_close, draw_tick
from app.ui.controls import Controls
from app.ui.painter import Painter
from app.ui.touch import draw_lines

SHARED = ("undo", "clear")  # buttons whose texts are those of the drawing screen


@dataclass(frozen=True)
class Shown:
    """What is drawn: title; headline and text; a quiet line; caps and places of buttons by name; what was written."""

    title: str
    words: tuple[str, str]
    line: str
    caps: dict[str, str]
    places: dict[str, pygame.Rect]
    written: tuple[Written, ...]


def button_text(name: str, messages: Messages) -> str:
    """What stands on a button."""
    return messages(f"button.{name}" if name in SHARED else f"class.{name}")


class ClassView:
    """Draws the class mode with a painter."""

    def __init__(self, painter: Painter, layout: ClassLayout, controls: Controls, messages: Messages) -> None:
        self.painter = painter
        self.layout = layout
        self.controls = controls
        self.messages = messages

    def draw_writing(self, shown: Shown, area: DrawingArea, *, empty: bool) -> None:
        """The paper, and what is asked for."""
        painter, layout, theme = self.painter, self.layout, self.painter.theme
        self._draw_head(shown)
        rim = painter.px(16)
        if painter.shows(layout.paper.inflate(rim, rim)):
            area.draw(painter, self.controls)
            if empty:
                room = layout.paper.inflate(-layout.paper.width // 5, 0)
                draw_lines(painter, room, self.messages("class.here"), (26, 14), theme.quiet, "display", 2)
            area.draw_ring(painter)
        if painter.shows(layout.card):
            painter.card(layout.card)
            request, count = shown.words
            draw_lines(painter, layout.request, request, (72, 16), theme.accent_text, "display", 3, "left")
            draw_lines(painter, layout.count, count, (20, 13), theme.quiet, "strong", 1, "left")
            self._draw_buttons(shown)

    def draw_page(self, shown: Shown, thumbnails: Thumbnails) -> None:
        """Words and buttons, and at the end of a turn what was written and how it was read."""
        painter, layout, theme = self.painter, self.layout.page, self.painter.theme
        self._draw_head(shown)
        painter.card(layout.card)
        headline, text = shown.words
        draw_lines(painter, layout.headline, headline, (44, 15), theme.text, "display", 2, "left")
        if shown.written:
            draw_lines(painter, layout.lead, text, (22, 13), theme.quiet, "regular", 2, "left")
            self._draw_written(shown.written, thumbnails)
        else:
            draw_lines(painter, layout.text, text, (24, 13), theme.text, "regular", 4, "left")
        if shown.line:
            place = (layout.line.left, layout.line.centery)
            painter.text(shown.line, place, 15, theme.quiet, room=layout.line.width, keep_end=True)
        self._draw_buttons(shown)

    def _draw_head(self, shown: Shown) -> None:
        painter, layout = self.painter, self.layout
        painter.surface.fill(painter.theme.ground)
        painter.fitted(shown.title, layout.head, range(24, 12, -1), weight="display")
        draw_close(painter, layout.close, self.controls.state_of("close"))

    def _draw_buttons(self, shown: Shown) -> None:
        for number, (name, rect) in enumerate(shown.places.items()):
            label, state = button_text(name, self.messages), self.controls.state_of(name)
            draw_button(self.painter, rect, label, self.messages.cap(shown.caps[name]), state, primary=number == 0)

    def _draw_written(self, written: tuple[Written, ...], thumbnails: Thumbnails) -> None:
        painter, theme = self.painter, self.painter.theme
        foot = painter.px(CAPTION)
        cells = self.layout.page.pictures
        side = max(1, min(cells[0].width, cells[0].height - foot))
        thumbnails.begin(side, theme)
        for cell, one in zip(cells, written, strict=False):
            assert one.entry is not None
            frame = pygame.Rect(cell.left, cell.top, side, side)
            picture = thumbnails.of(one.entry.drawing)
            if picture is not None:
                painter.surface.blit(picture, frame)
            right = one.entry.reading == one.digit
            shapes.outline(
                painter.surface,
                frame,
                theme.border if right else theme.against,
                painter.px(8),
                painter.px(1 if right else 2),
            )
            middle = (frame.centerx, frame.bottom + foot / 2)
            if right:
                painter.text(str(one.digit), (middle[0] - painter.px(8), middle[1]), 17, theme.text, "strong", "center")
                draw_tick(painter, (middle[0] + painter.px(10), middle[1]), theme.accent_text, 1.1)
            else:
                said = "?" if one.entry.reading is None else str(one.entry.reading)
                painter.text(f"{one.digit} → {said}", middle, 17, theme.against, "strong", "center")
