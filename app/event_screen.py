"""Event screen: what a visitor at a fair needs, and nothing else: paper, answer, bars, "was I right?"."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pygame

from app.answer import Answer, answer
from app.canvas import Canvas
from app.controls import Control
from app.event_layout import EventLayout, event_layout
from app.event_view import (
    bar_length,
    draw_large_answer,
    draw_large_bars,
    draw_lines,
    draw_touch_button,
    seconds_left,
)
from app.intents import Key
from app.painter import Painter
from app.panel import Bars
from app.paper import draw_paper
from app.pointer import Pointer
from app.screen import Screen, Wish
from app.session import Session
from app.theme import THEMES
from app.visit import Outcome, Visit

RING_STEPS = 8  # times a second that a countdown is drawn anew


class EventScreen(Screen):
    """`openers` make the screens that buttons open, by the button's name: a button without one is not there."""

    def __init__(
        self,
        session: Session,
        record: Callable[[Outcome], None],
        openers: dict[str, Callable[[], Screen]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session)
        self.visit = Visit(session, record, clock)
        self.bars = Bars()
        self.layout: EventLayout
        self.canvas: Canvas
        self._openers = openers
        self._shown: dict[str, tuple[pygame.Rect, object]] = {}
        self._damage: list[pygame.Rect] = []

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew; a stroke in the making goes on."""
        self.size = size
        self.layout = event_layout(size)
        self.canvas = Canvas(self.layout.paper.width, THEMES[self.session.settings.theme])
        self._place_controls()
        self._damage = [pygame.Rect((0, 0), size)]

    def leave(self) -> None:
        """Lift the pen."""
        if self.session.ink.busy:
            self.session.ink.end()
            self.visit.lift()

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Wish:
        """Draw, or press a control."""
        if isinstance(signal, Key):
            return self.press(self.controls.key(signal))
        ink = self.session.ink
        if signal.kind in ("up", "cancel") and ink.busy:
            self.leave()
        elif signal.kind == "down" and self._is_paper(signal.place):
            self.visit.touch()
            ink.begin(self._units(signal.place), time.perf_counter() * 1000, self.session.settings.brush)
        elif signal.kind == "move" and ink.busy:
            ink.move(self._units(signal.place), time.perf_counter() * 1000)
            return None
        return self.press(self.controls.pointer(signal))

    def _is_paper(self, place: tuple[float, float]) -> bool:
        return self.layout.paper.collidepoint(place)

    def _units(self, place: tuple[float, float]) -> tuple[float, float]:
        paper = self.layout.paper
        return self.canvas.to_units(place[0] - paper.left, place[1] - paper.top)

    def press(self, control: Control | None) -> Wish:
        """Do what a button says."""
        if control is None:
            return None
        visit, name = self.visit, control.name
        if name in self._openers:
            return self._openers[name]()
        if name.isdigit():
            visit.tell(int(name))
        else:
            acts = {"yes": visit.confirm, "no": visit.deny, "cancel": self._go_back, "keep": visit.stay}
            acts.get(name, visit.clear)()
        return None

    def _go_back(self) -> None:
        self.visit.asks_which = False
        self.visit.wait()

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """The words for what was read, or for what there is to do."""
        session, messages = self.session, self.session.messages
        if session.ink.empty or session.shown_reading is None:
            return Answer("", messages("event.welcome"), messages("event.welcome.detail"), "", False, False)
        return replace(answer(session.shown_reading, session.answered, False, messages), hint="")

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, a reading is due or a countdown runs."""
        counts = self.visit.clearing_in.running
        return self.session.ink.busy or self.bars.moving or self.session.is_behind or counts

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on; returns what changed in the window."""
        session, layout = self.session, self.layout
        self.visit.update()
        reading = session.shown_reading
        if (reading is None) != (not self.bars.filled) or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities)
        self.bars.update(seconds)
        self._place_controls()
        ink_changed = self.canvas.show(session.ink.page, session.ink.pen_down)
        if ink_changed is not None:
            self._damage.append(ink_changed.move(layout.paper.topleft))
        before, self._shown = self._shown, self._parts()
        for name in before.keys() | self._shown.keys():
            if before.get(name) != self._shown.get(name):
                self._damage += [parts[name][0] for parts in (before, self._shown) if name in parts]
        damage, self._damage = self._damage, []
        return damage

    def _parts(self) -> dict[str, tuple[pygame.Rect, object]]:
        """Every part of the screen but the ink: where it is, and all that it looks like now depends on."""
        session, layout, visit = self.session, self.layout, self.visit
        words = self.answer
        best = self._best
        parts: dict[str, tuple[pygame.Rect, object]] = {
            "language": (pygame.Rect((0, 0), self.size), (session.messages.language, session.settings.theme)),
            "empty": (layout.paper, session.ink.empty),
            "answer": (layout.answer, words),
            "question": (layout.question, self._question),
            "which": (layout.which, visit.asks_which),
        }
        for digit, row in enumerate(layout.bars):
            share = float(self.bars.shown[digit])
            # The percentage is written to a tenth, so it may change while the bar's pixels do not.
            state = (bar_length(row, layout.unit, share), round(share * 1000), digit == best, self.bars.filled)
            parts[f"bar {digit}"] = (row, state)
        rim = 2 * round(6 * layout.unit)
        for item in self.controls.items:
            parts[item.name] = (item.rect.inflate(rim, rim), (self.controls.look(item.name), item.enabled))
        if visit.clearing_in.running:
            left = visit.clearing_in.left
            parts["countdown"] = (layout.buttons["clear"], (int(left * RING_STEPS), seconds_left(visit.clearing_in)))
        return parts

    @property
    def _best(self) -> int | None:
        reading = self.session.shown_reading
        return reading.digit if reading is not None and reading.is_digit else None

    @property
    def _question(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What is asked of the answer, or said, and the buttons that reply: name and label of each."""
        session, messages, visit = self.session, self.session.messages, self.visit
        reading = session.reading
        if not visit.answered or reading is None or reading.digit is None:
            return "", ()
        if visit.truth is not None:
            said = reading.digit if reading.is_digit else None
            key = "event.thanks" if said in (None, visit.truth) else "event.thanks.wrong"
            return messages(key, digit=visit.truth, said=said), ()
        if not reading.is_digit:
            return messages("event.was_digit"), (("no", messages("event.it_was")),)
        if not reading.sure:
            options = (reading.digit, reading.runner_up)
            other = ("no", messages("event.other"))
            return messages("event.which"), (*((str(digit), str(digit)) for digit in options), other)
        return messages("event.right"), (("yes", messages("event.yes")), ("no", messages("event.no")))

    def _place_controls(self) -> None:
        layout, visit, buttons = self.layout, self.visit, self.layout.buttons
        items = []
        if visit.asks_which:
            items += [Control(str(digit), rect) for digit, rect in enumerate(layout.digits)]
            items.append(Control("cancel", buttons["cancel"]))
        else:
            items += [Control(name, rect) for (name, _), rect in zip(self._question[1], self._replies(), strict=True)]
        counts = visit.clearing_in.running
        if counts:
            items.append(Control("keep", buttons["keep"]))
        empty = self.session.ink.empty
        items.append(Control("clear", buttons["clear" if counts else "clear_wide"], enabled=not empty))
        for name in self._openers:
            items.append(Control(name, buttons[name], enabled=name != "inside" or not empty))
        self.controls.place(items)

    def _replies(self) -> list[pygame.Rect]:
        """Where the buttons of the question stand, at the right of it."""
        question, count = self.layout.question, len(self._question[1])
        gap = round(12 * self.layout.unit)
        room = question.width * (3 if count > 1 else 2) // 5
        width = (room - gap * (count - 1)) // max(count, 1)
        left = question.right - room
        return [pygame.Rect(left + i * (width + gap), question.top, width, question.height) for i in range(count)]

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, session, theme = self.layout, self.session, painter.theme
        painter.surface.fill(theme.ground)
        if painter.shows(layout.paper.inflate(16, 16)):
            draw_paper(painter, layout.paper, self.canvas.surface, False)
            if session.ink.empty:
                room = layout.paper.inflate(-layout.paper.width // 5, 0)
                draw_lines(painter, room, session.messages("event.here"), (34, 18), theme.quiet, "display", 2)
        if painter.shows(layout.answer):
            draw_large_answer(painter, layout.answer, layout.tall, self.answer)
        if self.visit.asks_which:
            self._draw_which(painter)
        else:
            self._draw_question(painter)
            if painter.shows(layout.card):
                draw_large_bars(painter, layout.card, layout.bars, self.bars, self._best, session.messages)
        self._draw_foot(painter)

    def _draw_question(self, painter: Painter) -> None:
        text, replies = self._question
        question = self.layout.question
        if not text or not painter.shows(question):
            return
        rects = self._replies()
        room = question.copy()
        if rects:
            room.width = rects[0].left - painter.px(16) - room.left
        draw_lines(painter, room, text, (30, 16), painter.theme.text, "strong", 2, "left" if rects else "center")
        for (name, label), rect in zip(replies, rects, strict=True):
            draw_touch_button(painter, rect, label, self.controls.look(name), primary=name == "yes")

    def _draw_which(self, painter: Painter) -> None:
        layout, messages = self.layout, self.session.messages
        if not painter.shows(layout.which):
            return
        painter.card(layout.which, 22)
        cancel = layout.buttons["cancel"]
        left = layout.which.left + painter.px(24)
        room = pygame.Rect(left, cancel.top, cancel.left - painter.px(16) - left, cancel.height)
        draw_lines(painter, room, messages("event.which_digit"), (28, 15), painter.theme.text, "strong", 2, "left")
        draw_touch_button(painter, cancel, messages("event.back"), self.controls.look("cancel"))
        for digit, rect in enumerate(layout.digits):
            draw_touch_button(painter, rect, str(digit), self.controls.look(str(digit)))

    def _draw_foot(self, painter: Painter) -> None:
        counting = self.visit.clearing_in
        labels = {name: f"event.{name}" for name in ("keep", "clear", *self._openers)}
        for item in self.controls.items:
            if item.name in labels and painter.shows(item.rect.inflate(16, 16)):
                ring = counting if item.name == "clear" and counting.running else None
                label = self.session.messages(labels[item.name])
                draw_touch_button(painter, item.rect, label, self.controls.look(item.name), ring=ring)
