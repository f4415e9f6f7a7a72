"""Event screen: what a visitor at a fair needs, and nothing else: paper, answer, bars, "was I right?"."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.thumbnails import Thumbnails
from app.event.attract import Attract
from app.event.guestbook import Guestbook
from app.event.layout import Button, EventLayout, event_layout
from app.event.prompt import Prompt, draw_prompt, prompt_of, reply_controls
from app.event.visit import Visit
from app.event.wall import MOST
from app.event.wall_view import draw_wall
from app.event.widgets import (
    CARD,
    bar_length,
    draw_countdown,
    draw_digit_and_words,
    draw_globe,
    draw_large_bars,
    seconds_left,
)
from app.input import Key, Pointer
from app.session.answer import Answer, answer
from app.session.session import Session
from app.ui.bars import Bars
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard, sentences
from app.ui.painter import Painter
from app.ui.screen import Action, Screen
from app.ui.touch import Place, draw_lines, draw_touch_button

RING_STEPS = 8  # times a second that a countdown is drawn again


class EventScreen(Screen):
    """openers: give the screens that buttons open; a button without one is not there.

    guestbook: takes what became of each drawing; concern: a line for the organiser, small, at the foot.
    """

    def __init__(
        self,
        session: Session,
        guestbook: Guestbook,
        openers: dict[Button, Callable[[], Screen]],
        rng: np.random.Generator,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session.context)
        self.session = session
        self.visit = Visit(session, guestbook.record, clock)
        self.attract = Attract(session, rng, clock)
        self.drawing_area = DrawingArea(
            session.ink, lambda: Tool(session.settings.brush / 2), self.visit.touch, self.visit.lift
        )
        self.bars = Bars()
        self.concern = ""
        self._guestbook = guestbook
        self._thumbnails = Thumbnails(MOST)
        self.layout: EventLayout
        self._openers = openers
        self._acts: dict[Button, Callable[[], None]] = {
            Button.YES: self.visit.confirm,
            Button.NO: self.visit.deny,
            Button.CANCEL: self.visit.undeny,
            Button.KEEP: self.visit.stay,
            Button.CLEAR: self.visit.clear,
        }

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out again; a stroke in the making goes on."""
        self.size = size
        self.layout = event_layout(size)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self._place_controls()
        self.damage.add(pygame.Rect((0, 0), size))

    def leave(self) -> None:
        """Lift the pen."""
        self.drawing_area.leave()

    # -- input ---------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """Somebody is there: end what goes on while nobody is."""
        self.attract.stop()

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        return self.press(self.drawing_area.take(signal, self.controls))

    def press(self, control: Control | None) -> Action:
        """Do what a button says; a digit is what the drawing was."""
        value = control.value if control is not None else None
        if isinstance(value, int):
            self.visit.label(value)
        elif isinstance(value, Button):
            if value in self._openers:
                return self._openers[value]()
            self._acts[value]()
        return None

    # -- display -------------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """The words for what was read, or for what there is to do."""
        session, messages = self.session, self.context.messages
        if session.ink.empty or session.reader.shown_reading is None:
            return Answer("", messages("event.welcome"), messages("event.welcome.detail"), "", strong=False, sure=False)
        return replace(
            answer(session.reader.shown_reading, messages, answered=session.reader.answered, empty=False), hint=""
        )

    @property
    def prompt(self) -> Prompt | None:
        """What is asked or shown; while nobody is there, an invitation."""
        messages = self.context.messages
        if self.attract.active:
            return Prompt(messages("event.your_turn"), loud=True)
        return prompt_of(self.visit, self.session.reader.reading, messages)

    @property
    def _shows_wall(self) -> bool:
        """Whether the day's misread digits hang where the bars are: these are empty, or it is the wall's turn."""
        if not self._guestbook.shown:
            return False
        return self.attract.turn % 2 == 0 if self.attract.active else self.session.ink.empty

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, a reading is due or a countdown runs."""
        counts = self.visit.clearing_in.running
        pictures = self._shows_wall and self._thumbnails.missing
        return self.drawing_area.moving or self.bars.moving or self.session.reader.behind or counts or pictures

    @property
    def due(self) -> bool:
        """Whether there is something to do though nobody does anything."""
        return self.visit.due or self.attract.due

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on; returns what changed in the window."""
        session = self.session
        self.attract.update()
        self.visit.update()
        if session.reader.suspended:
            return []  # the paper is elsewhere, and this one is drawn when all of it comes back
        reading = session.reader.shown_reading
        if self.bars.filled or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities, calm=self.context.calm)
        self.bars.update(seconds)
        self._place_controls()
        self.damage.add(*self.drawing_area.update(seconds))
        if self._shows_wall and self._thumbnails.missing:
            self.damage.add(self.layout.card)
        self.damage.compare(self._parts())
        return self.damage.take()

    def _parts(self) -> dict[str, Part]:
        """Every part of the screen but the ink."""
        layout, visit = self.layout, self.visit
        best = self._best
        parts = {
            "empty": Part(layout.paper, self.session.ink.empty),
            "answer": Part(layout.panel, self.answer),
            "prompt": Part(layout.ask, self.prompt),
            "which": Part(layout.panel.union(layout.which), visit.asks_which),
            "concern": Part(layout.foot_line, self.concern),
            "wall": Part(layout.card, self._guestbook.wall.revision if self._shows_wall else None),
            **self.controls.parts(round(6 * layout.unit), focus_only=(PAPER,)),
        }
        for digit, row in enumerate(() if self._shows_wall else layout.bars):
            probability = float(self.bars.shown[digit])
            # The percentage is written to a tenth, so it may change while the bar's pixels do not.
            state = (
                bar_length(row, layout.unit, probability),
                round(probability * 1000),
                digit == best,
                self.bars.filled,
            )
            parts[f"bar {digit}"] = Part(row, state)
        if visit.clearing_in.running:
            left = visit.clearing_in.left
            shown = (int(left * RING_STEPS), seconds_left(visit.clearing_in))
            parts["countdown"] = Part(layout.buttons["clear"], shown)
        return parts

    @property
    def _best(self) -> int | None:
        reading = self.session.reader.shown_reading
        return reading.digit if reading is not None and reading.is_digit else None

    def _place_controls(self) -> None:
        layout, visit, prompt = self.layout, self.visit, self.prompt
        items = [self.drawing_area.control]
        if visit.asks_which:
            items += [Control(str(digit), rect, value=digit) for digit, rect in enumerate(layout.digits)]
            items.append(self._control(Button.CANCEL))
        elif prompt is not None:
            items += reply_controls(prompt, layout.ask, layout.unit)
        drawn = not self.session.ink.empty and not self.attract.active
        if visit.clearing_in.running:
            items += [self._control(Button.KEEP), self._control(Button.CLEAR, enabled=drawn)]
        else:
            items.append(Control(Button.CLEAR.value, layout.buttons["clear_wide"], enabled=drawn, value=Button.CLEAR))
        items += [
            self._control(button, enabled=button is not Button.INSIDE or drawn)
            for button in self._openers
            if button.value in self.layout.buttons
        ]
        self.controls.place(items)

    def _control(self, button: Button, *, enabled: bool = True) -> Control:
        return Control(button.value, self.layout.buttons[button.value], enabled=enabled, value=button)

    # -- what is heard of it -------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """What is answered and asked, once it is; nothing while nobody is there."""
        messages, said, prompt = self.context.messages, self.answer, self.prompt
        if self.attract.active:
            return Heard({"answer": "", "prompt": ""})
        texts = dict(self.drawing_area.texts(messages))
        if said.strong or self.session.ink.empty:
            texts["answer"] = sentences((said.headline, said.detail))
        texts["prompt"] = prompt.text if prompt is not None else ""
        if self.visit.asks_which:
            texts["prompt"] = messages("event.which_digit")
        return Heard(texts, said.sure if said.strong else None, self.drawing_area.pen_place)

    def label_of(self, control: Control) -> str:
        """What stands on a button."""
        messages = self.context.messages
        if control.name == PAPER:
            return messages("event.here")
        if control.value in (Button.LANGUAGE, Button.CANCEL):
            return messages("language.name" if control.value is Button.LANGUAGE else "event.back")
        replies = self.prompt.replies if self.prompt is not None else ()
        reply = next((reply.label for reply in replies if reply.value == control.value), None)
        return reply or (messages(f"event.{control.name}") if isinstance(control.value, Button) else control.name)

    # -- drawing -------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, session, theme = self.layout, self.session, painter.theme
        painter.surface.fill(theme.ground)
        if painter.shows(layout.paper.inflate(16, 16)):
            self.drawing_area.draw(painter, self.controls)
            if session.ink.empty:
                room = layout.paper.inflate(-layout.paper.width // 5, 0)
                draw_lines(painter, room, self.context.messages("event.here"), (34, 18), theme.quiet, "display", 2)
            self.drawing_area.draw_ring(painter)
        asks_which = self.visit.asks_which
        hidden = asks_which and layout.tall  # the digits to choose from stand in its place
        if painter.shows(layout.panel) and not hidden:
            painter.card(layout.answer if asks_which else layout.panel, CARD)
            alone = not self.answer.glyph and self.prompt is None
            draw_digit_and_words(painter, layout.panel if alone else layout.answer, self.answer, tall=layout.tall)
        if asks_which:
            self._draw_which(painter)
        else:
            prompt = self.prompt
            if prompt is not None and painter.shows(layout.ask.inflate(16, 16)):
                draw_prompt(painter, prompt, layout.ask, self.controls)
            if painter.shows(layout.card):
                self._draw_card(painter)
        self._draw_foot(painter)

    def _draw_card(self, painter: Painter) -> None:
        layout, messages = self.layout, self.context.messages
        if self._shows_wall:
            draw_wall(painter, layout.card, self._guestbook.shown, self._thumbnails, messages)
        else:
            draw_large_bars(painter, layout.card, layout.bars, self.bars, self._best, messages)

    def _draw_which(self, painter: Painter) -> None:
        layout, messages = self.layout, self.context.messages
        if not painter.shows(layout.which):
            return
        painter.card(layout.which, CARD)
        cancel = layout.buttons["cancel"]
        left = layout.which.left + painter.px(24)
        room = pygame.Rect(left, cancel.top, cancel.left - painter.px(16) - left, cancel.height)
        draw_lines(painter, room, messages("event.which_digit"), (28, 15), painter.theme.text, "strong", 2, "left")
        draw_touch_button(painter, cancel, messages("event.back"), self.controls.state_of("cancel"))
        for digit, rect in enumerate(layout.digits):
            draw_touch_button(painter, rect, str(digit), self.controls.state_of(str(digit)), size=44)

    def _draw_foot(self, painter: Painter) -> None:
        messages, counting = self.context.messages, self.visit.clearing_in
        signs: dict[object, Callable[[Painter, Place], None]] = {Button.LANGUAGE: draw_globe}
        if counting.running:
            signs[Button.CLEAR] = partial(draw_countdown, countdown=counting)
        at_foot = (Button.KEEP, Button.CLEAR, *self._openers)
        for item in self.controls.items:
            if item.value not in at_foot or not painter.shows(item.rect.inflate(16, 16)):
                continue
            label = messages("language.name" if item.value is Button.LANGUAGE else f"event.{item.name}")
            draw_touch_button(painter, item.rect, label, self.controls.state_of(item.name), sign=signs.get(item.value))
        if self.concern:
            line = self.layout.foot_line
            place, quiet = (line.left, line.centery), painter.theme.quiet
            painter.text(self.concern, place, 12, quiet, room=line.width, keep_end=True)
