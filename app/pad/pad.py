"""Pad: the drawing screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.ink import BRUSHES
from app.canvas.paper import draw_invitation
from app.commands import DIGITS, KEY_CAPS, Command
from app.input import Key, Pointer
from app.pad.layout import FILE_TOOLS, RESULT_TOOLS, TRAINING_TOOLS, PadLayout, pad_layout
from app.pad.number import draw_marks, draw_number, draw_unread, mark_rects, number_controls
from app.pad.panel import Preview, draw_answer, draw_bars
from app.pad.spoken import answer_text, correction_text, ink_text, training_text
from app.pad.toolbar import HEADER_BUTTONS, TOOL_BUTTONS, brush_halves, draw_header, draw_tools, network_line
from app.pad.verdict import draw_verdict_row, verdict_controls
from app.retraining.card import draw_training_card
from app.retraining.controller import TrainingController
from app.retraining.process import State
from app.session.answer import Answer, answer, number_answer
from app.session.session import Session
from app.ui.bars import Bars
from app.ui.buttons import draw_switch
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.painter import Painter
from app.ui.screen import Action, Screen

if TYPE_CHECKING:
    from model.pictures.patches import Box

ERASER = 9.0  # the eraser's radius in canvas units


class Pad(Screen):
    """Paper, tools, answer, bars, preview."""

    def __init__(self, session: Session, training: Callable[[], TrainingController | None]) -> None:
        """training: gives the training that goes on or waits for a decision."""
        super().__init__(session.context)
        self.session = session
        self._reader = session.reader
        self._training = training
        self.bars = Bars()
        self.preview = Preview()
        self.drawing_area = DrawingArea(session.ink, self._tool, follows_mouse=True)
        self.layout: PadLayout

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out again; a stroke in the making goes on."""
        self.size = size
        self._lower = self._lower_tools()
        self._left_handed = self.session.settings.left_handed
        self.layout = pad_layout(size, self._lower, left_handed=self._left_handed)
        self.drawing_area.place(self.layout.canvas, self.context.theme)
        self._place_controls()
        self.damage.add(pygame.Rect((0, 0), size))

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
        """Return the command of a control, or choose a digit of the number."""
        if control is not None and isinstance(control.value, int):
            self._reader.choose_figure(control.value)
            return None
        return super().press(control)

    def _tool(self) -> Tool:
        session = self.session
        return Tool(ERASER, erases=True) if session.erasing else Tool(session.settings.brush / 2)

    # -- display -------------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """The words for what was read."""
        reader, messages = self._reader, self.context.messages
        if reader.shown_reading is not None and reader.number is not None and reader.number.figures:
            return number_answer(reader.number, messages, answered=reader.answered)
        return answer(reader.shown_reading, messages, answered=reader.answered, empty=self.session.ink.empty)

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, or ink or a reading is due."""
        moves = self.drawing_area.moving or self.bars.moving or self._reader.behind
        return moves and not self._reader.suspended

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Move pen and bars on, bring the paper up to date; returns what changed in the window."""
        if self._reader.suspended:
            return []  # the paper is elsewhere, and this one is drawn when all of it comes back
        if self._lower is not self._lower_tools() or self._left_handed != self.session.settings.left_handed:
            self.resize(self.size)
        reading = self._reader.shown_reading
        if self.bars.filled or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities, calm=self.context.calm)
        self._place_controls()
        self.damage.add(*self.drawing_area.update(seconds))
        if self.bars.update(seconds):
            self.damage.add(self.layout.card)
        self.damage.compare(self._parts())
        return self.damage.take()

    def settle(self) -> None:
        """End all motion at once."""
        self.update(0)
        while self.behind:
            self.update(0)
        self.bars.settle()

    def _parts(self) -> dict[str, Part]:
        session, layout = self.session, self.layout
        reading, empty, marks = self._reader.shown_reading, session.ink.empty, self.marks()
        training = self._training()
        read = (reading, self._reader.answered)
        return {
            "window": Part(pygame.Rect((0, 0), self.size), self.context.changes),
            "invitation": Part(layout.canvas, empty),
            "marks": Part(layout.canvas, (marks, self.unread_marks(), reading if marks else None)),
            "answer": Part(layout.answer, (*read, empty)),
            "bars": Part(layout.card, read),
            "training": Part(layout.training, training.revision if training is not None else -1),
            **self.controls.parts(round(8 * layout.unit), focus_only=(PAPER,)),
        }

    def _place_controls(self) -> None:
        layout, corrections = self.layout, self.session.corrections
        items = [self.drawing_area.control, *self._tool_controls()]
        if layout.live.height:
            items.append(Control("live", layout.live, Command.LIVE))
        items += number_controls(layout, self._reader.figures)
        verdict, can_confirm = corrections.verdict, corrections.can_confirm
        items += verdict_controls(layout.verdict, layout.unit, verdict, can_confirm=can_confirm)
        if corrections.open and layout.card.height:
            commands = zip(layout.bars, DIGITS, strict=True)
            items += [Control(command.value, rect, command) for rect, command in commands]
        items += [Control(name, layout.tools[name], command) for name, command in HEADER_BUTTONS.items()]
        self.controls.place(items)

    def _tool_controls(self) -> list[Control]:
        session, layout = self.session, self.layout
        ink, brush, training = session.ink, session.settings.brush, self._training()
        enabled = {"undo": ink.can_undo, "redo": ink.can_redo, "clear": not ink.empty, "save": not ink.empty}
        if training is not None and training.state in (State.PREPARING, State.FINISHING):
            enabled |= {"pause": False, "step": False, "stop": training.state is State.PREPARING}
        items = []
        for name, command in TOOL_BUTTONS.items():
            if name not in layout.tools:
                continue
            items.append(Control(name, layout.tools[name], command, enabled.get(name, True)))
            if name == "eraser":
                thinner, thicker = brush_halves(layout)
                items.append(Control("thinner", thinner, Command.THINNER, brush > BRUSHES[0]))
                items.append(Control("thicker", thicker, Command.THICKER, brush < BRUSHES[-1]))
        return items

    # -- what is heard of it -------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """Where the pen is, what is on the paper, the answer, and the keys that correct it."""
        session, messages, figures = self.session, self.context.messages, self._reader.figures
        texts = {"title": messages("spoken.paper"), **self.drawing_area.texts(messages)}
        if not session.ink.busy:
            texts["ink"] = ink_text(session, messages)
        texts["answer"] = answer_text(self.answer, messages, several=bool(figures))
        texts["figure"] = self.bars_title if figures and self.answer.strong else ""
        texts["correction"] = correction_text(session, messages)
        texts["training"] = training_text(self._training(), messages)
        sure = self.answer.sure if self.answer.strong else None
        return Heard(texts, sure, self.drawing_area.pen_place)

    def label_of(self, control: Control) -> str:
        """What it does and its key; of a switch how it is set; of a digit of the number what it is."""
        messages, settings = self.context.messages, self.session.settings
        if control.name == PAPER:
            return messages("canvas.invitation")
        if isinstance(control.value, int):
            return self._reader.figures[control.value].text
        label = super().label_of(control)
        if control.command in (Command.LIVE, Command.ERASER):
            on = settings.live if control.command is Command.LIVE else self.session.erasing
            return f"{label}. {messages('state.on' if on else 'state.off')}"
        return label

    # -- drawing -------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        session, layout, messages, training = self.session, self.layout, self.context.messages, self._training()
        rim = painter.px(16)
        painter.surface.fill(painter.theme.ground)
        if painter.surface.get_clip().top < layout.brand.bottom + rim:
            draw_header(painter, layout, self.network_status, self.controls, messages)
        if painter.shows(layout.canvas.inflate(rim, rim)):
            self._draw_paper(painter)
        if painter.shows(*(rect.inflate(rim, rim) for rect in layout.tools.values())):
            paused = training is not None and training.paused
            brush, erasing = session.settings.brush, session.erasing
            draw_tools(painter, layout, self.controls, messages, brush=brush, erasing=erasing, paused=paused)
        if painter.shows(layout.answer):
            self._draw_answer(painter)
        if layout.card.height and painter.shows(layout.card):
            self._draw_bars(painter)
        if training is not None and painter.shows(layout.training):
            draw_training_card(painter, layout.training, training, messages)

    @property
    def network_status(self) -> str:
        """What the header says of the network: the one in use, the one that is trained, or that there is none."""
        reader, training, messages = self._reader, self._training(), self.context.messages
        if training is not None and training.busy:
            return messages("network.learning", name=training.name)
        if reader.network is None:
            return "" if reader.waiting_for_network else messages("network.absent")
        return network_line(reader.network, messages)

    def _draw_paper(self, painter: Painter) -> None:
        self.drawing_area.draw(painter, self.controls)
        if self.session.ink.empty:
            draw_invitation(painter, self.layout.canvas, self.context.messages)
        draw_marks(painter, self.marks(), self._reader.chosen)
        draw_unread(painter, self.unread_marks())
        self.drawing_area.draw_ring(painter)

    def marks(self) -> list[pygame.Rect]:
        """The frames around the digits of a number; none while a hand draws."""
        return self._frames(figure.box for figure in self._reader.figures)

    def unread_marks(self) -> list[pygame.Rect]:
        """The frames around ink that the reading says nothing of; none while a hand draws."""
        return self._frames(self._reader.unread_boxes)

    def _frames(self, boxes: Iterable[Box]) -> list[pygame.Rect]:
        ink = self.session.ink
        return [] if ink.busy else mark_rects(ink.page, boxes, self.layout.canvas)

    def _draw_answer(self, painter: Painter) -> None:
        layout, reader, messages = self.layout, self._reader, self.context.messages
        corrections, reading = self.session.corrections, reader.shown_reading
        painter.card(layout.answer)
        asks = corrections.open
        if self._reader.figures:
            draw_number(
                painter, layout, self._reader.figures, self._reader.chosen, self.controls, self.answer, asks=asks
            )
        else:
            draw_answer(painter, layout, self.answer, asks=asks)
        if asks:
            verdict, can_confirm = corrections.verdict, corrections.can_confirm
            draw_verdict_row(painter, layout.verdict, verdict, self.controls, messages, can_confirm=can_confirm)
        if layout.preview.width:
            self.preview.draw(painter, layout, None if reading is None else reading.image, messages)

    def _draw_bars(self, painter: Painter) -> None:
        layout, reading, verdict = self.layout, self._reader.shown_reading, self.session.corrections.verdict
        painter.card(layout.card)
        if layout.heading.height:
            self._draw_heading(painter)
        best = reading.digit if reading is not None and reading.is_digit else None
        states = [self.controls.state_of(command.value) for command in DIGITS]
        truth = verdict.digit if verdict is not None else None
        draw_bars(painter, layout, self.bars, best, states, truth, self.context.messages)

    @property
    def bars_title(self) -> str:
        """The heading of the bars; of a number, which of its digits they are of. Signs are not counted."""
        figures, chosen = self._reader.figures, self._reader.chosen
        if not figures:
            return self.context.messages("bars.heading")
        place, count = (sum(not figure.sign for figure in some) for some in (figures[: chosen + 1], figures))
        return self.context.messages("bars.figure", place=place, count=count)

    def _draw_heading(self, painter: Painter) -> None:
        heading, messages = self.layout.heading, self.context.messages
        painter.fitted(self.bars_title, heading, (15, 14, 13, 12), weight="strong")
        state = self.controls.state_of("live")
        cap = KEY_CAPS[Command.LIVE][0]
        draw_switch(painter, self.layout.live, messages("bars.live"), cap, state, on=self.session.settings.live)
