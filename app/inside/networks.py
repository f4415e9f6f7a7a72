"""One drawing, many networks: what each of them answers, how large it is, how good, and how long it took here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from app.input import Pointer
from app.inside.topic import Topic
from app.inside.view import InsideView
from app.inside.worker import Finding, NetworkRow, Query
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui.bars import draw_upright_bar
from app.ui.buttons import draw_chip
from app.ui.controls import Control, Controls
from app.ui.heard import sentences
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs
from app.ui.scroller import Scroller
from model.reading.reader import Reading

ROW = 100  # units


class NetworksView(InsideView):
    """A row for each network; where they are there to choose, pressing one reads with it from now on."""

    def __init__(self, session: Session, controls: Controls, choose: Callable[[Path], None] | None) -> None:
        """choose: what to do with the network that is pressed; None where none can be chosen."""
        super().__init__(session, controls)
        self._choose = choose
        self.scroller = Scroller()

    @property
    def query(self) -> Query:
        """What every network reads."""
        return Query(Topic.NETWORKS)

    @property
    def rows(self) -> tuple[NetworkRow, ...]:
        """The networks, as they answered last."""
        return self.finding.rows if self.finding is not None else ()

    @property
    def _body(self) -> pygame.Rect:
        inset = round(16 * self.layout.unit)
        return self.layout.main.inflate(-2 * inset, -2 * inset)

    @property
    def _pitch(self) -> int:
        return round(ROW * self.layout.unit)

    def place(self, layout: TabLayout) -> None:
        """Lay out for another size of the window, or another view."""
        super().place(layout)
        self._fit()

    def show(self, finding: Finding | None) -> None:
        """Take the rows of a new finding; there may be fewer than before."""
        super().show(finding)
        self._fit()

    def _fit(self) -> None:
        self.scroller.fit(self._body, len(self.rows) * self._pitch, self.layout.unit, self._pitch)

    def controls_now(self) -> list[Control]:
        """All rows; those that are scrolled away are out of the pointer's reach."""
        return [Control(_name(row), self.scroller.seen(rect), value=row) for row, rect in self._placed()]

    def _placed(self) -> list[tuple[NetworkRow, pygame.Rect]]:
        """The rows, from the top left of what scrolls."""
        wide, high = self._body.width, self._pitch - round(10 * self.layout.unit)
        return [(row, pygame.Rect(0, i * self._pitch, wide, high)) for i, row in enumerate(self.rows)]

    # -- what hands do ------------------------------------------------------------------------------------

    def press(self, control: Control) -> None:
        """Read with this network. Where its file is gone by now, a notice says so."""
        if not isinstance(control.value, NetworkRow) or self._choose is None:
            return
        path = control.value.loaded.path
        if path.is_file():
            self._choose(path)
        else:
            self.session.context.warn("notice.gone", name=path.name)

    def pointer(self, pointer: Pointer) -> None:
        """Scroll by wheel or by dragging."""
        if self.scroller.pointer(pointer) and pointer.kind != "wheel":
            self.controls.pressed = None  # it scrolls, and presses nothing

    def step(self, across: int, down: int) -> None:
        """To the row above or below."""
        names = [_name(row) for row in self.rows]
        if not names:
            return
        at = names.index(self.controls.focused) + down if self.controls.focused in names else 0
        at = min(max(at, 0), len(names) - 1)
        self.controls.focused, self.controls.shows_focus = names[at], True
        self.scroller.show(at * self._pitch, (at + 1) * self._pitch)

    def advance(self, seconds: float) -> None:
        """Roll on."""
        if self.scroller.update(seconds):
            self.damage.add(self.layout.main)

    @property
    def moving(self) -> bool:
        """While the list rolls."""
        return self.scroller.moving

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """How to use it."""
        messages = self.context.messages
        use = messages("inside.networks.use" if self._choose is not None else "inside.networks.along")
        return sentences((messages("inside.networks.how"), use)) if self.rows else messages("inside.waiting")

    def label_of(self, control: Control) -> str:
        """A network, what it answers, and what is known of it."""
        row = control.value
        if not isinstance(row, NetworkRow):
            return super().label_of(control)
        return sentences((row.loaded.name, _answer(row.reading) if row.reading is not None else "", *self._facts(row)))

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The rows, and how to use them below the paper."""
        layout, messages, px = self.layout, self.context.messages, painter.px
        if painter.shows(layout.main):
            painter.card(layout.main)
            with self.scroller.clipped(painter):
                for row, place in self._placed():
                    rect = self.scroller.placed(place)
                    if painter.shows(rect):
                        self._draw_row(painter, row, rect)
            self.scroller.draw_bar(painter)
            if not self.rows:
                waiting = [(messages("inside.waiting"), 15, "regular", True)]
                draw_paragraphs(painter, layout.main.inflate(-px(60), -px(60)), waiting)
        if painter.shows(layout.detail):
            painter.card(layout.detail)
            use = messages("inside.networks.use" if self._choose is not None else "inside.networks.along")
            how = [(messages("inside.networks.how"), 20, "strong", False), (use, 17, "regular", True)]
            draw_paragraphs(painter, layout.detail.inflate(-px(36), -px(28)), how)

    def _draw_row(self, painter: Painter, row: NetworkRow, rect: pygame.Rect) -> None:
        px, theme, session = painter.px, painter.theme, self.session
        used = session.reader.network is not None and row.loaded.path == session.reader.network.path
        draw_chip(painter, rect, "", self.controls.state_of(_name(row)), on=used)
        answer = pygame.Rect(rect.left + px(8), rect.top, px(74), rect.height)
        reading = row.reading
        if reading is not None:
            glyph = _answer(reading)
            colour = theme.text if reading.sure else theme.quiet
            painter.fitted(glyph, answer, (54, 46, 38, 30), colour, "display", "center")
        bars = pygame.Rect(0, rect.top + px(14), min(px(260), rect.width * 2 // 5), rect.height - px(24))
        bars.right = rect.right - px(18)
        if rect.width >= px(560):
            self._draw_bars(painter, row, bars)
        else:
            bars.left = rect.right
        words = pygame.Rect(answer.right + px(8), rect.top, bars.left - answer.right - px(24), rect.height)
        name = row.loaded.name if not used else session.context.messages("inside.networks.used", name=row.loaded.name)
        painter.text(name, (words.left, words.centery - px(22)), 17, weight="strong", room=words.width)
        for number, line in enumerate(self._facts(row)):
            painter.fitted(line, words.move(0, px(3 + 20 * number)), range(15, 10, -1), theme.quiet)

    def _facts(self, row: NetworkRow) -> tuple[str, str]:
        """Size; accuracy and time, as far as they are known."""
        messages, accuracy = self.context.messages, row.loaded.accuracy
        count = row.loaded.network.parameter_count
        size = messages("inside.networks.size", parameters=count, kilobytes=row.kilobytes)
        known = []
        if accuracy is not None:
            known.append(messages("inside.networks.accuracy", share=messages.percent(accuracy, 2)))
        if row.milliseconds is not None:
            known.append(messages("inside.networks.time", time=messages.number(row.milliseconds, 1)))
        return size, "  ·  ".join(known)

    def _draw_bars(self, painter: Painter, row: NetworkRow, area: pygame.Rect) -> None:
        """Ten upright bars over their digits."""
        reading, pitch = row.reading, area.width / 10
        for digit in range(10):
            tile = pygame.Rect(round(area.left + digit * pitch), area.top, int(pitch), area.height)
            best = reading is not None and reading.is_digit and digit == reading.digit
            probability = float(reading.probabilities[digit]) if reading is not None else 0.0
            draw_upright_bar(painter, tile, digit, probability, "", best=best)


def _answer(reading: Reading) -> str:
    """The digit, with a question mark where it is not sure."""
    return "?" if not reading.is_digit else f"{reading.digit}" if reading.sure else f"{reading.digit}?"


def _name(row: NetworkRow) -> str:
    """The name of a row's control."""
    return f"network {row.loaded.path}"
