"""Form: a dialog of questions: chips to choose from, lines of text to fill in, and what is wrong where it stands."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field

import pygame

from app.input import Key, Pointer
from app.ui import shapes
from app.ui.buttons import draw_button
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.form_fields import FieldLayout, draw_field, place_fields
from app.ui.layout import dialog_layout
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.scroller import Scroller
from app.ui.text_field import TextField
from app.ui.typeface import Typeface

AROUND = 160  # units of title and foot
DRAG = 8  # units that a press may wander before it scrolls


@dataclass(frozen=True)
class Option:
    """One chip: its value, its text, and a second, smaller text below it."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Question:
    """One row. options: to choose from; without any it is a text field, where `empty` stands while there is no text.

    steps: whether buttons make its number smaller and larger, for those who have no keyboard.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    empty: str = ""
    hint: str = ""
    wrong: str = ""
    steps: bool = False


@dataclass
class _State:
    fields: dict[str, TextField] = field(default_factory=dict)
    pressed_at: tuple[float, float] | None = None


class Form(Dialog):
    """Shows `questions`, tells `answer` what was chosen, and `step` what number was made smaller or larger.

    start, promise: the messages on the button at the foot, and beside it.
    """

    width = 760.0
    start: str
    promise: str

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.type = Typeface()
        self.rows: list[Question] = []
        self.places: list[FieldLayout] = []
        self.scroller = Scroller()
        self._state = _State()

    @abstractmethod
    def questions(self) -> list[Question]:
        """The questions as they are now."""

    @abstractmethod
    def answer(self, name: str, value: str) -> None:
        """A chip was pressed or a text changed."""

    @abstractmethod
    def step(self, name: str, up: bool) -> None:
        """A number is to become one step larger or smaller."""

    @abstractmethod
    def submit(self) -> Action:
        """Enter, or the button at the foot."""

    def refresh(self) -> None:
        """Ask for the questions anew."""
        self.rows = self.questions()
        for row in self.rows:
            if not row.options:
                text = self._state.fields.setdefault(row.name, TextField())
                text.text = row.value
        self.places = place_fields(self.rows, self.layout, self.type)
        bottom = self.places[-1].bottom if self.places else 0
        before = self.layout.dialog
        self.layout = dialog_layout(self.size, self.width, bottom / self.layout.unit + AROUND, self.foot)
        if self.layout.dialog != before:
            self.context.note_change()  # where it was larger, what lies behind is to be seen again
        self.scroller.limit(bottom - self.layout.body.height)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """Chips and fields where they are scrolled to, then the button."""
        body, shift = self.layout.body, round(self.scroller.place)
        items = []
        for row, place in zip(self.rows, self.places, strict=True):
            for option, rect in zip(row.options, place.chips, strict=True):
                items.append(self._control(f"{row.name}={option.value}", rect, body, shift))
            if not row.options:
                items.append(self._control(row.name, place.text, body, shift))
                if row.steps:
                    items.append(self._control(f"{row.name}<", place.less, body, shift))
                    items.append(self._control(f"{row.name}>", place.more, body, shift))
        return [*items, self._button()]

    def _button(self) -> Control:
        foot = self.layout.foot
        width = min(foot.width, round(240 * self.layout.unit))
        return Control("start", pygame.Rect(foot.right - width, foot.top, width, foot.height))

    def _control(self, name: str, rect: pygame.Rect, body: pygame.Rect, shift: int) -> Control:
        """A control of the scrolled part: out of sight it keeps its turn for the keyboard, but not its place."""
        seen = rect.move(body.left, body.top - shift).clip(body.inflate(8, 8))
        return Control(name, seen if seen.height > rect.height // 2 else pygame.Rect(0, 0, 0, 0))

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Type, choose, scroll."""
        return self._handle_key(signal) if isinstance(signal, Key) else self._handle_pointer(signal)

    def _handle_pointer(self, pointer: Pointer) -> Action:
        state, body = self._state, self.layout.body
        if pointer.kind == "wheel":
            self.scroller.by(-pointer.steps * 70 * self.layout.unit)
            return None
        if pointer.kind == "down" and body.collidepoint(pointer.place):
            state.pressed_at = pointer.place
            self.scroller.hold(pointer.place[1])
        elif pointer.kind == "move" and state.pressed_at is not None and self.scroller.farthest:
            if abs(pointer.place[1] - state.pressed_at[1]) > DRAG * self.layout.unit:
                state.pressed_at = (-1e6, -1e6)
                self.controls.pointer(Pointer("cancel"))
            if state.pressed_at[0] < 0:
                self.scroller.drag(pointer.place[1])
                self.refresh()
                return None
        elif pointer.kind in ("up", "cancel") and state.pressed_at is not None:
            dragged, state.pressed_at = state.pressed_at[0] < 0, None
            self.scroller.let_go()
            if dragged:
                return None
        return super().handle(pointer)

    def _handle_key(self, key: Key) -> Action:
        text = self._state.fields.get(self.controls.focused or "") if self.controls.shows_focus else None
        if text is not None and text.key(key):
            self.answer(str(self.controls.focused), text.text)
            self.refresh()
            return None
        if key.down and key.code in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN):
            self._arrow(key.code)
            return None
        if key.down and key.code in (pygame.K_PAGEDOWN, pygame.K_PAGEUP):
            page = self.layout.body.height * 0.8
            self.scroller.by(page if key.code == pygame.K_PAGEDOWN else -page)
            return None
        enter = key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        if key.down and enter and (text is not None or not self.controls.shows_focus or self._on_chosen_chip()):
            return self.submit()
        wish = super().handle(key)
        self._follow_focus()
        return wish

    def _on_chosen_chip(self) -> bool:
        return any(self.controls.focused == f"{row.name}={row.value}" for row in self.rows if row.options)

    def _arrow(self, code: int) -> None:
        """Up and down go from question to question; left and right choose another option, or change the number."""
        at = next((i for i, row in enumerate(self.rows) if self._has_focus(row)), None)
        if code in (pygame.K_UP, pygame.K_DOWN):
            by = 1 if code == pygame.K_DOWN else -1
            new = (0 if by > 0 else len(self.rows) - 1) if at is None else min(max(at + by, 0), len(self.rows) - 1)
            row = self.rows[new]
            self.controls.focused = f"{row.name}={row.value or row.options[0].value}" if row.options else row.name
            self.controls.shows_focus = True
        elif at is not None and self.rows[at].options:
            row = self.rows[at]
            values = [option.value for option in row.options]
            now = str(self.controls.focused).partition("=")[2]
            new = (values.index(now) + (1 if code == pygame.K_RIGHT else -1)) % len(values)
            self.controls.focused = f"{row.name}={values[new]}"
            self.answer(row.name, values[new])
            self.refresh()
        elif at is not None and self.rows[at].steps:
            self.step(self.rows[at].name, code == pygame.K_RIGHT)
            self.refresh()
        self._follow_focus()

    def _has_focus(self, row: Question) -> bool:
        focused = self.controls.focused or ""
        return self.controls.shows_focus and focused.rstrip("<>").partition("=")[0] == row.name

    def _follow_focus(self) -> None:
        for row, place in zip(self.rows, self.places, strict=True):
            if self._has_focus(row):
                self.scroller.show(place.top, place.bottom, self.layout.body.height)

    def press(self, control: Control | None) -> Action:
        """A chip, a field, a step."""
        if control is None or control.command is not None:
            return super().press(control)
        name, chip, value = control.name.partition("=")
        if chip:
            self.answer(name, value)
            self.refresh()
        elif name.endswith(("<", ">")):
            self.step(name[:-1], name.endswith(">"))
            self.refresh()
        elif name in self._state.fields:
            self.controls.shows_focus = True
            self.changed = True
        else:
            return self.submit()
        return None

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """While it scrolls."""
        return self.scroller.moving

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Scroll on."""
        if self.scroller.update(seconds):
            self.refresh()
        return super().update(seconds)

    def draw_content(self, painter: Painter) -> None:
        """The questions, then what stands at the foot."""
        body = self.layout.body
        clip = painter.surface.get_clip()
        painter.surface.set_clip(clip.clip(body.inflate(painter.px(12), painter.px(6))))
        shift = (body.left, body.top - round(self.scroller.place))
        for row, place in zip(self.rows, self.places, strict=True):
            if place.bottom + shift[1] > body.top and place.top + shift[1] < body.bottom:
                draw_field(painter, row, place, shift, self.controls, self._state.fields.get(row.name))
        painter.surface.set_clip(clip)
        if self.scroller.farthest:
            self._draw_scroll_bar(painter)
        self._draw_foot(painter)

    def _draw_scroll_bar(self, painter: Painter) -> None:
        body, px = self.layout.body, painter.px
        whole = body.height + self.scroller.farthest
        length = max(px(24), round(body.height * body.height / whole))
        top = body.top + round((body.height - length) * self.scroller.place / self.scroller.farthest)
        bar = pygame.Rect(body.right + px(8), top, px(5), length)
        shapes.box(painter.surface, bar, painter.theme.bar, px(3))

    def _draw_foot(self, painter: Painter) -> None:
        messages, foot, button = self.context.messages, self.layout.foot, self._button().rect
        state = self.controls.state_of("start")
        draw_button(painter, button, messages(self.start), messages("key.enter"), state, primary=True)
        room = button.left - painter.px(20) - foot.left
        sizes = [painter.size(size) for size in (13, 12, 11)]
        size, lines = painter.type.fit(messages(self.promise), sizes, "regular", room, 3)
        for i, line in enumerate(lines):
            y = foot.centery + (i - (len(lines) - 1) / 2) * size * 1.4
            painter.line(line, (foot.left, y), size, painter.theme.quiet, "regular")
