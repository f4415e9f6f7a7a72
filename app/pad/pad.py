"""Pad: the drawing screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.ink import BRUSHES
from app.canvas.paper import draw_invitation
from app.commands import DIGITS, KEY_CAPS, Command
from app.input import Key, Pointer
from app.pad.layout import FILE_TOOLS, RESULT_TOOLS, TRAINING_TOOLS, PadLayout, pad_layout
from app.pad.number import draw_marks, draw_number, figure_of, mark_rects, number_controls
from app.pad.panel import Preview, draw_answer, draw_bars
from app.pad.toolbar import HEADER_BUTTONS, TOOL_BUTTONS, brush_halves, draw_header, draw_tools
from app.pad.verdict import draw_verdict_row, verdict_controls
from app.retraining.card import draw_training_card
from app.retraining.controller import TrainingController
from app.retraining.process import FINISHING, PREPARING
from app.session.answer import Answer, answer, number_answer
from app.session.session import Session
from app.ui.bars import Bars
from app.ui.buttons import draw_switch
from app.ui.controls import Control, ControlState
from app.ui.painter import Painter
from app.ui.screen import Action, Screen

if TYPE_CHECKING:
    from model.reading.reader import Reading

ERASER = 9.0  # the eraser's radius in canvas units


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What the last frame showed."""

    changes: int
    states: dict[str, tuple[pygame.Rect, ControlState]]
    reading: Reading | None
    answered: bool
    empty: bool
    training: int
    marks: list[pygame.Rect]


class Pad(Screen):
    """Paper, tools, answer, bars, preview."""

    def __init__(self, session: Session, training: Callable[[], TrainingController | None]) -> None:
        """training: gives the training of the window, if there is one."""
        super().__init__(session.context)
        self.session = session
        self._training = training
        self.bars = Bars()
        self.preview = Preview()
        self.drawing_area = DrawingArea(session.ink, self._tool, follows_mouse=True)
        self.layout: PadLayout
        self._drawn: _Drawn | None = None
        self._damage: list[pygame.Rect] = []

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew; a stroke in the making goes on."""
        self.size = size
        self._lower = self._lower_tools()
        self.layout = pad_layout(size, self._lower)
        self.drawing_area.place(self.layout.canvas, self.context.theme)
        self._place_controls()
        self._damage = [pygame.Rect((0, 0), size)]

    def _lower_tools(self) -> dict[str, float]:
        """The buttons below the panel: for files, for a training, or for its result."""
        training = self._training()
        if training is None:
            return FILE_TOOLS
        return TRAINING_TOOLS if training.busy else RESULT_TOOLS

    def leave(self) -> None:
        """Lift the tool."""
        self.drawing_area.leave()

    # -- input ---------------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        return self.press(self.drawing_area.take(signal, self.controls))

    def press(self, control: Control | None) -> Action:
        """What a control wishes; the digits of a number are chosen here."""
        place = figure_of(control)
        if place is not None:
            self.session.reader.choose_figure(place)
            return None
        return super().press(control)

    def _tool(self) -> Tool:
        session = self.session
        return Tool(ERASER, erases=True) if session.erasing else Tool(session.settings.brush / 2)

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """The words for what was read."""
        reader, messages = self.session.reader, self.context.messages
        if reader.figures and reader.number is not None:
            return number_answer(reader.number, reader.answered, messages)
        return answer(reader.shown_reading, reader.answered, self.session.ink.empty, messages)

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, or ink or a reading is due."""
        moves = self.drawing_area.moving or self.bars.moving or self.session.reader.behind
        return moves and not self.session.reader.suspended

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Move pen and bars on, bring the paper up to date; returns what changed in the window."""
        if self.session.reader.suspended:
            return []  # the paper is elsewhere, and this one is drawn when all of it comes back
        if self._lower is not self._lower_tools():
            self.resize(self.size)
        session, layout = self.session, self.layout
        reading = session.reader.shown_reading
        if (reading is None) != (not self.bars.filled) or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities)
        self._place_controls()
        self._damage += self.drawing_area.update(seconds)
        if self.bars.update(seconds):
            self._damage.append(layout.card)
        self._compare()
        damage, self._damage = self._damage, []
        return damage

    def settle(self) -> None:
        """End all motion at once."""
        self.update(0)
        while self.behind:
            self.update(0)
        self.bars.settle()

    def _compare(self) -> None:
        """Ask for what differs from the last frame, by what it shows."""
        session, layout = self.session, self.layout
        states = {item.name: (item.rect, self.controls.state_of(item.name)) for item in self.controls.items}
        # Of the paper only the focus shows; it is not drawn anew for each touch of the pen.
        states[PAPER] = (layout.canvas, ControlState(focused=self.controls.state_of(PAPER).focused))
        training = self._training()
        revision = training.revision if training is not None else -1
        reading = session.reader.shown_reading
        empty, marks = session.ink.empty, self._marks()
        drawn = _Drawn(self.context.changes, states, reading, session.reader.answered, empty, revision, marks)
        before, self._drawn = self._drawn, drawn
        if before is None or drawn.changes != before.changes:
            self._damage.append(pygame.Rect((0, 0), self.size))
            return
        rim = 2 * round(8 * layout.unit)
        self._damage += [
            rect.inflate(rim, rim) for name, (rect, state) in states.items() if before.states.get(name) != (rect, state)
        ]
        if drawn.reading is not before.reading or drawn.answered != before.answered:
            self._damage += [layout.answer, layout.card]
        if drawn.training != before.training:
            self._damage.append(layout.training)
        if marks != before.marks or (marks and drawn.reading is not before.reading):
            self._damage.append(layout.canvas)
        if empty != before.empty:
            self._damage += [layout.canvas, layout.answer]

    def _place_controls(self) -> None:
        session, layout = self.session, self.layout
        enabled = {
            "undo": session.ink.can_undo,
            "redo": session.ink.can_redo,
            "clear": not session.ink.empty,
            "save": not session.ink.empty,
        }
        items = [self.drawing_area.control]
        training = self._training()
        if training is not None and training.state in (PREPARING, FINISHING):
            enabled |= {"pause": False, "step": False, "stop": training.state == PREPARING}
        for name, command in TOOL_BUTTONS.items():
            if name not in layout.tools:
                continue
            items.append(Control(name, layout.tools[name], command, enabled.get(name, True)))
            if name == "eraser":
                thinner, thicker = brush_halves(self.layout)
                items.append(Control("thinner", thinner, Command.THINNER, session.settings.brush > BRUSHES[0]))
                items.append(Control("thicker", thicker, Command.THICKER, session.settings.brush < BRUSHES[-1]))
        if layout.live.height:
            items.append(Control("live", layout.live, Command.LIVE))
        items += number_controls(layout, session.reader.figures)
        items += verdict_controls(layout.verdict, layout.unit, session.corrections)
        if session.corrections.open and layout.card.height:
            wishes = zip(layout.bars, DIGITS, strict=True)
            items += [Control(wish.value, rect, wish) for rect, wish in wishes]
        items += [Control(name, layout.tools[name], command) for name, command in HEADER_BUTTONS.items()]
        self.controls.place(items)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        session, layout, messages, training = self.session, self.layout, self.context.messages, self._training()
        reading = session.reader.shown_reading
        rim = painter.px(16)
        painter.surface.fill(painter.theme.ground)
        if painter.surface.get_clip().top < layout.brand.bottom + rim:
            draw_header(painter, layout, self.session, training, self.controls)
        if painter.shows(layout.canvas.inflate(rim, rim)):
            self._draw_paper(painter)
        if painter.shows(*(rect.inflate(rim, rim) for rect in layout.tools.values())):
            draw_tools(painter, layout, self.session, training, self.controls)
        if painter.shows(layout.answer):
            painter.card(layout.answer)
            asks = self.session.corrections.open
            if session.reader.figures:
                draw_number(painter, layout, session, self.controls, self.answer, asks)
            else:
                draw_answer(painter, layout, self.answer, asks)
            if asks:
                draw_verdict_row(painter, layout.verdict, self.session.corrections, self.controls, messages)
            if layout.preview.width:
                self.preview.draw(painter, layout, None if reading is None else reading.image, messages)
        if layout.card.height and painter.shows(layout.card):
            painter.card(layout.card)
            if layout.heading.height:
                self._draw_heading(painter)
            best = reading.digit if reading is not None and reading.is_digit else None
            verdict = self.session.corrections.verdict
            states = [self.controls.state_of(wish.value) for wish in DIGITS]
            draw_bars(painter, layout, self.bars, best, states, verdict.digit if verdict else None, messages)

        if training is not None and painter.shows(layout.training):
            draw_training_card(painter, layout.training, training, messages)

    def _draw_paper(self, painter: Painter) -> None:
        self.drawing_area.draw(painter, self.controls)
        if self.session.ink.empty:
            draw_invitation(painter, self.layout.canvas, self.context.messages)
        draw_marks(painter, self._marks(), self.session.reader.chosen)
        self.drawing_area.draw_ring(painter)

    def _marks(self) -> list[pygame.Rect]:
        """The frames around the digits of a number; none while a hand draws."""
        session = self.session
        return [] if session.ink.busy else mark_rects(session.ink.page, session.reader.figures, self.layout.canvas)

    def _draw_heading(self, painter: Painter) -> None:
        heading, messages = self.layout.heading, self.context.messages
        title, count = messages("bars.heading"), len(self.session.reader.figures)
        if count:
            title = messages("bars.figure", place=self.session.reader.chosen + 1, count=count)
        painter.fitted(title, heading, (15, 14, 13, 12), weight="strong")
        state = self.controls.state_of("live")
        cap = KEY_CAPS[Command.LIVE][0]
        draw_switch(painter, self.layout.live, messages("bars.live"), cap, state, self.session.settings.live)
