"""Pad: the drawing screen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from app import shapes
from app.answer import Answer, answer
from app.buttons import draw_brush, draw_button, draw_switch
from app.canvas import Canvas
from app.controls import Control, Look
from app.header import BUTTONS as HEADER_BUTTONS
from app.header import draw_header
from app.ink import BRUSHES, SIDE
from app.intents import KEY_CAPS, Intent, Key
from app.layout import PadLayout, pad_layout
from app.painter import Painter
from app.panel import Bars, draw_answer, draw_bars
from app.pen_cursor import ARROWS, PenCursor
from app.pointer import Pointer
from app.preview import Preview
from app.screen import Screen
from app.session import Session
from app.theme import THEMES

if TYPE_CHECKING:
    from model.reader import Reading

ERASER = 9.0  # the eraser's radius in canvas units
BUTTONS = {
    "read": Intent.READ,
    "undo": Intent.UNDO,
    "redo": Intent.REDO,
    "clear": Intent.CLEAR,
    "eraser": Intent.ERASER,
    "open": Intent.OPEN,
    "save": Intent.SAVE,
}


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What the last frame showed."""

    changes: int
    looks: dict[str, tuple[pygame.Rect, Look]]
    reading: Reading | None
    answered: bool
    empty: bool
    cursor: pygame.Rect | None


class Pad(Screen):
    """Paper, tools, answer, bars, preview."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.bars = Bars()
        self.preview = Preview()
        self.pen = PenCursor()
        self.layout: PadLayout
        self.canvas: Canvas
        self._over: tuple[float, float] | None = None  # the mouse over the paper, in window pixels
        self._drawn: _Drawn | None = None
        self._damage: list[pygame.Rect] = []

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew; a stroke in the making goes on."""
        self.size = size
        self.layout = pad_layout(size)
        self._over = None
        theme = THEMES[self.session.settings.theme]
        self.canvas = Canvas(self.layout.canvas.width, theme)
        self._place_controls()
        self._damage = [pygame.Rect((0, 0), size)]

    def leave(self) -> None:
        """Lift the pen."""
        self.session.ink.end()
        self.pen.release()

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Intent | None:
        """Draw, or press a control."""
        return self._handle_key(signal) if isinstance(signal, Key) else self._handle_pointer(signal)

    def _handle_pointer(self, pointer: Pointer) -> Intent | None:
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

    def _handle_key(self, key: Key) -> Intent | None:
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
        return answer(session.shown_reading, session.answered, session.ink.empty, session.messages)

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move or a reading is due."""
        return self.session.ink.busy or self.bars.moving or self.pen.moving or self.session.is_behind

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Move pen and bars on, bring the paper up to date; returns what changed in the window."""
        if self.pen.update(seconds):
            self._follow_pen()
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
        self.bars.settle()

    def _compare(self) -> None:
        """Ask for what differs from the last frame, by what it shows."""
        session, layout = self.session, self.layout
        cursor = self._cursor_box()
        looks = {item.name: (item.rect, self.controls.look(item.name)) for item in self.controls.items}
        # Of the paper only the focus shows; it is not drawn anew for each touch of the pen.
        looks["canvas"] = (layout.canvas, Look(focused=self.controls.look("canvas").focused))
        drawn = _Drawn(session.changes, looks, session.shown_reading, session.answered, session.ink.empty, cursor)
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
        if drawn.empty != before.empty:
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
        for name, intent in BUTTONS.items():
            items.append(Control(name, layout.tools[name], intent, enabled.get(name, True)))
            if name == "eraser":
                thinner, thicker = self._brush_halves()
                items.append(Control("thinner", thinner, Intent.THINNER, session.settings.brush > BRUSHES[0]))
                items.append(Control("thicker", thicker, Intent.THICKER, session.settings.brush < BRUSHES[-1]))
        items.append(Control("live", layout.live, Intent.LIVE))
        items += [Control(name, layout.tools[name], intent) for name, intent in HEADER_BUTTONS.items()]
        self.controls.place(items)

    def _brush_halves(self) -> tuple[pygame.Rect, pygame.Rect]:
        brush = self.layout.tools["brush"]
        half = brush.width // 2
        thinner = pygame.Rect(brush.left, brush.top, half, brush.height)
        return thinner, pygame.Rect(thinner.right, brush.top, brush.width - half, brush.height)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, reading, messages = self.layout, self.session.shown_reading, self.session.messages
        rim = painter.px(16)
        painter.surface.fill(painter.theme.ground)
        if painter.surface.get_clip().top < layout.brand.bottom + rim:
            draw_header(painter, layout, self.session, self.controls)
        if painter.shows(layout.canvas.inflate(rim, rim)):
            self._draw_paper(painter)
        if painter.shows(*(rect.inflate(rim, rim) for rect in layout.tools.values())):
            self._draw_tools(painter)
        if painter.shows(layout.answer):
            painter.card(layout.answer)
            draw_answer(painter, layout, self.answer)
            self.preview.draw(painter, layout, None if reading is None else reading.image, messages)
        if painter.shows(layout.card):
            painter.card(layout.card)
            self._draw_heading(painter)
            best = reading.digit if reading is not None and reading.is_digit else None
            draw_bars(painter, layout, self.bars, best, messages)

    def _draw_paper(self, painter: Painter) -> None:
        rect, theme = self.layout.canvas, painter.theme
        painter.surface.blit(self.canvas.surface, rect)
        if self.session.ink.empty:
            self._draw_invitation(painter, rect)
        shapes.round_off(painter.surface, rect, theme.ground, painter.px(16))
        shapes.outline(painter.surface, rect, theme.border, painter.px(16), painter.px(1))
        if self.controls.look("canvas").focused:
            painter.focus_ring(rect, 16)
        self._draw_cursor(painter)

    def _draw_invitation(self, painter: Painter, rect: pygame.Rect) -> None:
        messages, px, theme = self.session.messages, painter.px, painter.theme
        sizes = [painter.size(size) for size in (26, 22, 18)]
        size, lines = painter.type.fit(messages("canvas.invitation"), sizes, "display", rect.width - px(48))
        painter.line(lines[0], (rect.centerx, rect.centery - px(16)), size, theme.quiet, "display", "center")
        sizes = [painter.size(size) for size in (15, 14, 13, 12)]
        size, lines = painter.type.fit(messages("canvas.how"), sizes, "regular", rect.width - px(48), 2)
        for i, line in enumerate(lines):
            y = rect.centery + px(16) + i * round(size * 1.5)
            painter.line(line, (rect.centerx, y), size, theme.quiet, "regular", "center")

    def _cursor(self) -> tuple[tuple[float, float], float, bool] | None:
        """Centre and radius in window pixels of the ring that shows pen or eraser, and whether the keyboard has it."""
        canvas, scale = self.layout.canvas, self.layout.canvas.width / SIDE
        radius = ERASER if self.session.erasing else self.session.settings.brush / 2
        if self.pen.shown:
            x, y = self.pen.place
            return (canvas.left + x * scale, canvas.top + y * scale), radius * scale, True
        if self._over is not None and (self.session.erasing or not self.session.ink.busy):
            return self._over, radius * scale, False
        return None

    def _cursor_box(self) -> pygame.Rect | None:
        cursor = self._cursor()
        if cursor is None:
            return None
        (x, y), radius, _ = cursor
        reach = int(radius) + round(14 * self.layout.unit)
        return pygame.Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)

    def _draw_cursor(self, painter: Painter) -> None:
        cursor = self._cursor()
        if cursor is None:
            return
        (x, y), radius, keyboard = cursor
        colour = painter.theme.accent if keyboard or self.session.erasing else painter.theme.bar
        width = max(1.0, 1.5 * painter.unit)
        shapes.ring(painter.surface, (x, y), radius + width, colour, width)
        if keyboard:
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                inner, outer = radius + 3 * width, radius + 3 * width + painter.px(6)
                start, end = (x + dx * inner, y + dy * inner), (x + dx * outer, y + dy * outer)
                shapes.line(painter.surface, start, end, colour, width)

    def _draw_tools(self, painter: Painter) -> None:
        messages, tools = self.session.messages, self.layout.tools
        for name, intent in BUTTONS.items():
            look = self.controls.look(name)
            if not painter.shows(tools[name].inflate(painter.px(16), painter.px(16))):
                continue
            on = name == "eraser" and self.session.erasing
            label, cap = messages("button.eraser.on" if on else f"button.{name}"), KEY_CAPS[intent][0]
            draw_button(painter, tools[name], label, cap, look, primary=name == "read", on=on)
        place = BRUSHES.index(self.session.settings.brush) / (len(BRUSHES) - 1)
        looks = self.controls.look("thinner"), self.controls.look("thicker")
        draw_brush(painter, *self._brush_halves(), looks, place)

    def _draw_heading(self, painter: Painter) -> None:
        heading, messages = self.layout.heading, self.session.messages
        title = messages("bars.heading")
        painter.text(title, (heading.left, heading.centery), 15, weight="strong", room=heading.width)
        look = self.controls.look("live")
        cap = KEY_CAPS[Intent.LIVE][0]
        draw_switch(painter, self.layout.live, messages("bars.live"), cap, look, self.session.settings.live)
