"""Pad: the drawing screen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app.canvas.ink import BRUSHES, SIDE
from app.canvas.keyboard_pen import ARROWS, KeyboardPen
from app.canvas.paper import Cursor, draw_cursor, draw_invitation, draw_paper
from app.canvas.view import Canvas
from app.commands import DIGITS, KEY_CAPS, Command, Key
from app.input import Pointer
from app.pad.header import BUTTONS as HEADER_BUTTONS
from app.pad.header import draw_header
from app.pad.number import draw_marks, draw_number, figure_of, mark_rects, number_controls
from app.pad.panel import Bars, draw_answer, draw_bars
from app.pad.preview import Preview
from app.pad.toolbar import BUTTONS, brush_halves, draw_tools
from app.pad.verdict import draw_verdict_row, verdict_controls
from app.retraining.card import draw_training_card
from app.retraining.process import FINISHING, PREPARING
from app.session.answer import Answer, answer, number_answer
from app.session.session import Session
from app.ui.buttons import draw_switch
from app.ui.controls import Control, ControlState
from app.ui.layout import FILE_TOOLS, RESULT_TOOLS, TRAINING_TOOLS, PadLayout, pad_layout
from app.ui.painter import Painter
from app.ui.screen import Action, Screen
from app.ui.theme import THEMES

if TYPE_CHECKING:
    from model.reading.reader import Reading

ERASER = 9.0  # the eraser's radius in canvas units


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What the last frame showed."""

    changes: int
    looks: dict[str, tuple[pygame.Rect, ControlState]]
    reading: Reading | None
    answered: bool
    empty: bool
    cursor: pygame.Rect | None
    training: int
    marks: list[pygame.Rect]


class Pad(Screen):
    """Paper, tools, answer, bars, preview."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.bars = Bars()
        self.preview = Preview()
        self.pen = KeyboardPen()
        self.layout: PadLayout
        self.canvas: Canvas
        self._over: tuple[float, float] | None = None  # the mouse over the paper, in window pixels
        self._drawn: _Drawn | None = None
        self._damage: list[pygame.Rect] = []

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew; a stroke in the making goes on."""
        self.size = size
        self._lower = self._lower_tools()
        self.layout = pad_layout(size, self._lower)
        self._over = None
        theme = THEMES[self.session.settings.theme]
        self.canvas = Canvas(self.layout.canvas.width, theme)
        self._place_controls()
        self._damage = [pygame.Rect((0, 0), size)]

    def _lower_tools(self) -> dict[str, float]:
        """The buttons below the panel: for files, for a training, or for its result."""
        training = self.session.training
        if training is None:
            return FILE_TOOLS
        return TRAINING_TOOLS if training.busy else RESULT_TOOLS

    def leave(self) -> None:
        """Lift the pen."""
        self.session.ink.end()
        self.pen.release()

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        return self._handle_key(signal) if isinstance(signal, Key) else self._handle_pointer(signal)

    def _handle_pointer(self, pointer: Pointer) -> Action:
        ink = self.session.ink
        on_paper = self.layout.canvas.collidepoint(pointer.place)
        self._over = pointer.place if on_paper and not pointer.touch and pointer.kind == "move" else None
        if pointer.kind in ("up", "cancel") and ink.busy:
            ink.end()
        elif pointer.kind == "down" and on_paper:
            self.pen.shown = False
            self._touch_down(self._units(pointer.place))
        elif pointer.kind == "move" and ink.busy:
            self._draw_to(self._units(pointer.place))
            return None
        return self.press(self.controls.pointer(pointer))

    def _handle_key(self, key: Key) -> Action:
        at_paper = self.controls.focused in (None, "canvas") or not self.controls.shows_focus
        if at_paper and key.code == pygame.K_SPACE:
            if key.down:
                self._toggle_pen()
            return None
        if key.code in ARROWS and not at_paper:
            if key.down:
                self.controls.step(sum(ARROWS[key.code]))
            return None
        if self.pen.key(key):
            self.controls.focused = "canvas"
            self.controls.shows_focus = True
            self._follow_pen()
            return None
        was = self.controls.focused
        pressed = self.controls.key(key)
        if self.controls.focused != was:
            self.session.ink.end()
        self.pen.shown = self.controls.shows_focus and self.controls.focused == "canvas"
        return self.press(pressed)

    def press(self, control: Control | None) -> Action:
        """What a control wishes; the digits of a number are chosen here."""
        place = figure_of(control)
        if place is not None:
            self.session.choose_figure(place)
            return None
        return super().press(control)

    def _toggle_pen(self) -> None:
        self.pen.shown = True
        self.controls.focused = "canvas"
        self.controls.shows_focus = True
        if self.session.ink.busy:
            self.session.ink.end()
        else:
            self._touch_down(self.pen.place)

    def _follow_pen(self) -> None:
        if self.session.ink.busy:
            self._draw_to(self.pen.place)

    def _touch_down(self, place: tuple[float, float]) -> None:
        if self.session.erasing:
            self.session.ink.begin_erasing(place, ERASER)
        else:
            self.session.ink.begin(place, time.perf_counter() * 1000, self.session.settings.brush)

    def _draw_to(self, place: tuple[float, float]) -> None:
        if self.session.ink.pen_down:
            self.session.ink.move(place, time.perf_counter() * 1000)
        else:
            self.session.ink.erase(place, ERASER)

    def _units(self, place: tuple[float, float]) -> tuple[float, float]:
        canvas = self.layout.canvas
        return self.canvas.to_units(place[0] - canvas.left, place[1] - canvas.top)

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """The words for what was read."""
        session = self.session
        if session.figures and session.number is not None:
            return number_answer(session.number, session.answered, session.messages)
        return answer(session.shown_reading, session.answered, session.ink.empty, session.messages)

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.canvas.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, or ink or a reading is due."""
        late = self.behind or self.session.is_behind
        moves = self.session.ink.busy or self.bars.moving or self.pen.moving or late
        return moves and not self.session.rests

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Move pen and bars on, bring the paper up to date; returns what changed in the window."""
        if self.session.rests:
            return []  # the paper is elsewhere, and this one is drawn when all of it comes back
        if self.pen.update(seconds):
            self._follow_pen()
        if self._lower is not self._lower_tools():
            self.resize(self.size)
        session, layout = self.session, self.layout
        reading = session.shown_reading
        if (reading is None) != (not self.bars.filled) or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities)
        self._place_controls()
        ink_changed = self.canvas.show(session.ink.page, session.ink.pen_down)
        if ink_changed is not None:
            self._damage.append(ink_changed.move(layout.canvas.topleft))
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
        ring = self._cursor()
        cursor = ring.box(layout.unit) if ring is not None else None
        looks = {item.name: (item.rect, self.controls.look(item.name)) for item in self.controls.items}
        # Of the paper only the focus shows; it is not drawn anew for each touch of the pen.
        looks["canvas"] = (layout.canvas, ControlState(focused=self.controls.look("canvas").focused))
        training = session.training.revision if session.training is not None else -1
        reading = session.shown_reading
        empty, marks = session.ink.empty, self._marks()
        drawn = _Drawn(session.changes, looks, reading, session.answered, empty, cursor, training, marks)
        before, self._drawn = self._drawn, drawn
        if before is None or drawn.changes != before.changes:
            self._damage.append(pygame.Rect((0, 0), self.size))
            return
        rim = 2 * round(8 * layout.unit)
        self._damage += [
            rect.inflate(rim, rim) for name, (rect, look) in looks.items() if before.looks.get(name) != (rect, look)
        ]
        if drawn.reading is not before.reading or drawn.answered != before.answered:
            self._damage += [layout.answer, layout.card]
        if drawn.training != before.training:
            self._damage.append(layout.training)
        if marks != before.marks or (marks and drawn.reading is not before.reading):
            self._damage.append(layout.canvas)
        if empty != before.empty:
            self._damage += [layout.canvas, layout.answer]
        if cursor != before.cursor:
            self._damage += [box for box in (before.cursor, cursor) if box is not None]

    def _place_controls(self) -> None:
        session, layout = self.session, self.layout
        enabled = {
            "undo": session.ink.can_undo,
            "redo": session.ink.can_redo,
            "clear": not session.ink.empty,
            "save": not session.ink.empty,
        }
        items = [Control("canvas", layout.canvas)]
        if session.training is not None and session.training.state in (PREPARING, FINISHING):
            enabled |= {"pause": False, "step": False, "stop": session.training.state == PREPARING}
        for name, command in BUTTONS.items():
            if name not in layout.tools:
                continue
            items.append(Control(name, layout.tools[name], command, enabled.get(name, True)))
            if name == "eraser":
                thinner, thicker = brush_halves(self.layout)
                items.append(Control("thinner", thinner, Command.THINNER, session.settings.brush > BRUSHES[0]))
                items.append(Control("thicker", thicker, Command.THICKER, session.settings.brush < BRUSHES[-1]))
        if layout.live.height:
            items.append(Control("live", layout.live, Command.LIVE))
        items += number_controls(layout, session.figures)
        items += verdict_controls(layout.verdict, layout.unit, session.corrections)
        if session.corrections.open and layout.card.height:
            wishes = zip(layout.bars, DIGITS, strict=True)
            items += [Control(wish.value, rect, wish) for rect, wish in wishes]
        items += [Control(name, layout.tools[name], command) for name, command in HEADER_BUTTONS.items()]
        self.controls.place(items)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        session, layout, messages = self.session, self.layout, self.session.messages
        reading = session.shown_reading
        rim = painter.px(16)
        painter.surface.fill(painter.theme.ground)
        if painter.surface.get_clip().top < layout.brand.bottom + rim:
            draw_header(painter, layout, self.session, self.controls)
        if painter.shows(layout.canvas.inflate(rim, rim)):
            self._draw_paper(painter)
        if painter.shows(*(rect.inflate(rim, rim) for rect in layout.tools.values())):
            draw_tools(painter, layout, self.session, self.controls)
        if painter.shows(layout.answer):
            painter.card(layout.answer)
            asks = self.session.corrections.open
            if session.figures:
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
            looks = [self.controls.look(wish.value) for wish in DIGITS]
            draw_bars(painter, layout, self.bars, best, looks, verdict.digit if verdict else None, messages)

        if self.session.training is not None and painter.shows(layout.training):
            draw_training_card(painter, layout.training, self.session.training, messages)

    def _draw_paper(self, painter: Painter) -> None:
        rect = self.layout.canvas
        draw_paper(painter, rect, self.canvas.surface, self.controls.look("canvas").focused)
        if self.session.ink.empty:
            draw_invitation(painter, rect, self.session.messages)
        draw_marks(painter, self._marks(), self.session.chosen)
        cursor = self._cursor()
        if cursor is not None:
            clip = painter.surface.get_clip()
            painter.surface.set_clip(clip.clip(rect))  # the ring ends where the paper does, as ink would
            draw_cursor(painter, cursor)
            painter.surface.set_clip(clip)

    def _marks(self) -> list[pygame.Rect]:
        """The frames around the digits of a number; none while a hand draws."""
        session = self.session
        return [] if session.ink.busy else mark_rects(session.ink.page, session.figures, self.layout.canvas)

    def _cursor(self) -> Cursor | None:
        """The ring of pen or eraser, where one is to be seen."""
        canvas, scale = self.layout.canvas, self.layout.canvas.width / SIDE
        erasing = self.session.erasing
        radius = (ERASER if erasing else self.session.settings.brush / 2) * scale
        if self.pen.shown:
            x, y = self.pen.place
            return Cursor((canvas.left + x * scale, canvas.top + y * scale), radius, True, True)
        if self._over is not None and (erasing or not self.session.ink.busy):
            return Cursor(self._over, radius, False, erasing)
        return None

    def _draw_heading(self, painter: Painter) -> None:
        heading, messages = self.layout.heading, self.session.messages
        title, count = messages("bars.heading"), len(self.session.figures)
        if count:
            title = messages("bars.figure", place=self.session.chosen + 1, count=count)
        painter.fitted(title, heading, (15, 14, 13, 12), weight="strong")
        look = self.controls.look("live")
        cap = KEY_CAPS[Command.LIVE][0]
        draw_switch(painter, self.layout.live, messages("bars.live"), cap, look, self.session.settings.live)
