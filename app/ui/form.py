"""Form: a dialog of fields: chips to choose from, lines of text to fill in, and what is wrong where it stands."""

from __future__ import annotations

from abc import abstractmethod

import pygame

from app.input import Key
from app.ui.buttons import draw_button
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.form_fields import (
    Choice,
    FieldLayout,
    FormField,
    Step,
    draw_field,
    field_controls,
    field_of,
    place_fields,
)
from app.ui.heard import sentences
from app.ui.layout import dialog_layout
from app.ui.painter import SMALL, Painter
from app.ui.screen import Action
from app.ui.text_field import TextField
from app.ui.typeface import Typeface

AROUND = 160  # units of title and foot
WHEEL = 70  # units that a notch of the wheel moves
PAGE = 0.8  # of the height that is seen: what a page key moves
BUTTON = 240  # units: the button at the foot
LEAST_PROMISE = 190  # units beside it that the words there need


class Form(Dialog):
    """Shows `fields_now`, calls `answer` with what was chosen or typed, and `step` where a number changes by a step.

    start, promise: the messages on the button at the foot, and beside it.
    """

    width = 760.0
    start: str
    promise: str

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.type = Typeface()
        self.rows: list[FormField] = []
        self.places: list[FieldLayout] = []
        self._text_fields: dict[str, TextField] = {}

    @abstractmethod
    def fields_now(self) -> list[FormField]:
        """The fields as they are now."""

    @abstractmethod
    def answer(self, name: str, value: str) -> None:
        """A chip was pressed or a text changed."""

    @abstractmethod
    def step(self, name: str, *, up: bool) -> None:
        """Make a number one step larger or smaller."""

    @abstractmethod
    def submit(self) -> Action:
        """Enter, or the button at the foot, was pressed."""

    def refresh(self) -> None:
        """Ask for the fields, and lay them out in a dialog as high as they need."""
        self.rows = self.fields_now()
        for row in self.rows:
            if not row.options:
                self._text_fields.setdefault(row.name, TextField()).text = row.value
        self.places = place_fields(self.rows, self.layout, self.type)
        bottom = self.places[-1].bottom if self.places else 0
        unit = self.layout.unit
        self.layout = dialog_layout(self.size, self.width, bottom / unit + AROUND, self.foot)
        self.scroller.fit(self.layout.body, bottom, unit, WHEEL * unit)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """Chips and texts where they are scrolled to, then the button.

        What is scrolled away keeps its turn for the keyboard, but is out of the pointer's reach.
        """
        items = [
            Control(item.name, self.scroller.seen(item.rect), value=item.value)
            for row, place in zip(self.rows, self.places, strict=True)
            for item in field_controls(row, place)
        ]
        return [*items, self._button()]

    def _button(self) -> Control:
        foot = self.layout.foot
        width = min(foot.width, round(BUTTON * self.layout.unit))
        return Control("start", pygame.Rect(foot.right - width, foot.top, width, foot.height))

    # -- what hands do ------------------------------------------------------------------------------------

    def handle_key(self, key: Key) -> Action:
        """Type, go from field to field, choose, scroll, submit."""
        focused = self.controls.with_focus
        field = focused.value if focused is not None and isinstance(focused.value, FormField) else None
        if field is not None and self._text_fields[field.name].key(key):
            self.answer(field.name, self._text_fields[field.name].text)
            self.refresh()
            return None
        if key.down and key.code in (pygame.K_UP, pygame.K_DOWN):
            self._go(1 if key.code == pygame.K_DOWN else -1)
            return None
        if key.down and key.code in (pygame.K_LEFT, pygame.K_RIGHT):
            self._turn(focused, 1 if key.code == pygame.K_RIGHT else -1)
            return None
        if key.down and key.code in (pygame.K_PAGEDOWN, pygame.K_PAGEUP):
            page = self.layout.body.height * PAGE
            self.scroller.by(page if key.code == pygame.K_PAGEDOWN else -page)
            return None
        enter = key.down and key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        if enter and (focused is None or field is not None or _is_chosen(focused)):
            return self.submit()
        action = super().handle_key(key)
        self._follow_focus()
        return action

    def _go(self, by: int) -> None:
        """Move the focus to the next field, or the one before."""
        if not self.rows:
            return
        here = field_of(self.controls.with_focus)
        at = next((i for i, row in enumerate(self.rows) if here is not None and row.name == here.name), None)
        last = len(self.rows) - 1
        row = self.rows[(0 if by > 0 else last) if at is None else min(max(at + by, 0), last)]
        self.controls.focused = Choice(row, row.chosen).name if row.options else row.name
        self.controls.shows_focus = True
        self._follow_focus()

    def _turn(self, focused: Control | None, by: int) -> None:
        """Choose the option beside, or change a number by a step."""
        match focused.value if focused is not None else None:
            case Choice(field=field, option=option):
                options = field.options
                chosen = options[(options.index(option) + by) % len(options)]
                self.controls.focused = Choice(field, chosen).name
                self._answer(field, chosen.value)
            case FormField(steps=True) as field:
                self._step(field, up=by > 0)
            case Step(field=field):
                self._step(field, up=by > 0)
        self._follow_focus()

    def _follow_focus(self) -> None:
        focused = field_of(self.controls.with_focus)
        for row, place in zip(self.rows, self.places, strict=True):
            if focused is not None and row.name == focused.name:
                self.scroller.show(place.top, place.bottom)

    def press(self, control: Control | None) -> Action:
        """A chip, a text, a step, or the button."""
        if control is None or control.command is not None:
            return super().press(control)
        match control.value:
            case Choice(field=field, option=option):
                self._answer(field, option.value)
            case Step(field=field, up=up):
                self._step(field, up=up)
            case FormField():
                self.controls.shows_focus = True
            case _:
                return self.submit()
        return None

    def _answer(self, field: FormField, value: str) -> None:
        focused = self.controls.focused
        self.answer(field.name, value)
        self.refresh()
        if focused is not None and self.controls.focused is None:  # its chip is another one now: "show" became "hide"
            self.controls.focused = next(
                (Choice(row, row.chosen).name for row in self.rows if row.name == field.name), None
            )

    def _step(self, field: FormField, *, up: bool) -> None:
        self.step(field.name, up=up)
        self.refresh()

    # -- what it says and shows ---------------------------------------------------------------------------

    def label_of(self, control: Control) -> str:
        """A field and what is chosen or typed in it, or the button."""
        match control.value:
            case Choice(field=field, option=option):
                texts = [option.label, option.detail, field.hint, field.wrong]
            case Step(field=field, up=up):
                texts = [self.context.messages("spoken.more" if up else "spoken.less"), field.value]
            case FormField() as field:
                texts = [field.value or field.empty, field.hint, field.wrong]
            case _:
                return self.context.messages(self.start) if control.name == "start" else super().label_of(control)
        return f"{field.label}: {sentences(texts)}"

    def draw_content(self, painter: Painter) -> None:
        """The fields, then what stands at the foot."""
        body, (left, top) = self.layout.body, self.scroller.placed(pygame.Rect(0, 0, 0, 0)).topleft
        with self.scroller.clipped(painter):
            for row, place in zip(self.rows, self.places, strict=True):
                if place.bottom + top > body.top and place.top + top < body.bottom:
                    draw_field(painter, row, place, (left, top), self.controls, self._text_fields.get(row.name))
        self.scroller.draw_bar(painter)
        self._draw_foot(painter)

    def _draw_foot(self, painter: Painter) -> None:
        messages, foot, button = self.context.messages, self.layout.foot, self._button().rect
        state = self.controls.state_of("start")
        draw_button(painter, button, messages(self.start), messages("key.enter"), state, primary=True)
        room = button.left - painter.px(20) - foot.left
        beside = pygame.Rect(foot.left, foot.top, room, foot.height)
        if room >= painter.px(LEAST_PROMISE):
            painter.fitted(messages(self.promise), beside, SMALL, painter.theme.quiet, most=3, spacing=1.4)


def _is_chosen(control: Control) -> bool:
    """Whether a control is the chip that is chosen already."""
    return isinstance(control.value, Choice) and control.value.option.value == control.value.field.value
