"""List dialog: a titled list of rows to choose from, which scrolls where it is long."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pygame

from app.commands import Command
from app.input import Key
from app.ui import shapes
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import sentences, spoken_cap
from app.ui.layout import DialogLayout, list_dialog_layout
from app.ui.painter import BODY, SMALL, Painter
from app.ui.screen import Action
from app.ui.theme import Colour

T = TypeVar("T")

MORE = "more "  # begins the name of a row's small button
MORE_SIDE = 44.0  # units


@dataclass(frozen=True)
class Row(Generic[T]):
    """One line of the list.

    name: unique in the list; value: what the row stands for;
    detail: small text at the right; under, under_detail: a second line of both, for lists whose rows are high enough;
    caps: key caps at the right; mark: whether it is the chosen one, None where there is no
    choice; enabled: whether it can be pressed; quiet: written in the second colour; group: with a thin line above;
    more: what a small button at its right end is called, "" where there is none.
    """

    name: str
    label: str
    value: T
    detail: str = ""
    under: str = ""
    under_detail: str = ""
    caps: tuple[str, ...] = ()
    mark: bool | None = None
    enabled: bool = True
    quiet: bool = False
    group: bool = False
    more: str = ""


@dataclass(frozen=True)
class More:
    """The value of the small button of a row."""

    row: Row[Any]


class ListDialog(Dialog, Generic[T]):
    """Shows `rows` and calls `choose` with the value of the one that was pressed.

    A row shows what was there at the last refresh: `choose` copes with a value that is gone by now.
    """

    width = 440.0
    row_height = 44  # units

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows: list[Row[T]] = []
        self.note = ""  # a line of small text at the foot

    @abstractmethod
    def list_rows(self) -> list[Row[T]]:
        """The rows as they are now."""

    @abstractmethod
    def choose(self, value: T) -> Action:
        """Do what the row with this value is for."""

    def show_more(self, value: T) -> Action:
        """Do what the small button of the row with this value is for, as Right does where the row has the focus."""
        return None

    @property
    def columns(self) -> int:
        """How many rows stand side by side; the list goes down the first column, then the next."""
        return 1

    def lay_out(self) -> DialogLayout:
        """As high as its rows need."""
        return list_dialog_layout(self.size, self._lines, width=self.width, row=self.row_height, note=bool(self.note))

    def refresh(self) -> None:
        """Ask for the rows, and lay them out."""
        self.rows = self.list_rows()
        self.layout = self.lay_out()
        pitch = self._pitch
        self.scroller.fit(self.layout.body, self._lines * pitch, self.layout.unit, pitch)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """All rows; one that is scrolled away can have the focus, but is out of the pointer's reach."""
        seen = [self.scroller.seen(self._place(i)) for i in range(len(self.rows))]
        small = [
            Control(f"{MORE}{row.name}", self.scroller.seen(self._more_place(i)), value=More(row))
            for i, row in enumerate(self.rows)
            if row.more
        ]
        rows = [Control(r.name, rect, enabled=r.enabled, value=r) for r, rect in zip(self.rows, seen, strict=True)]
        return [*small, *rows]  # the small ones lie on the rows

    @property
    def _lines(self) -> int:
        return -(-len(self.rows) // self.columns)

    @property
    def _pitch(self) -> int:
        return round(self.row_height * self.layout.unit)

    def _place(self, index: int) -> pygame.Rect:
        """Where a row is, from the top left of what scrolls."""
        column, line = divmod(index, max(self._lines, 1))
        width = self.layout.body.width // self.columns
        return pygame.Rect(column * width, line * self._pitch, width, self._pitch)

    def _more_place(self, index: int) -> pygame.Rect:
        """Where the small button of a row is, from the top left of what scrolls."""
        place, side = self._place(index), round(MORE_SIDE * self.layout.unit)
        return pygame.Rect(place.right - side, place.top, side, place.height)

    # -- what hands do ------------------------------------------------------------------------------------

    def handle_key(self, key: Key) -> Action:
        """Arrows and page keys move the focus, Enter chooses."""
        page = max(1, self.layout.body.height // self._pitch - 1)
        steps = {
            pygame.K_DOWN: 1,
            pygame.K_UP: -1,
            pygame.K_PAGEDOWN: page,
            pygame.K_PAGEUP: -page,
            pygame.K_HOME: -len(self.rows),
            pygame.K_END: len(self.rows),
        }
        if self.columns > 1:
            steps |= {pygame.K_RIGHT: self._lines, pygame.K_LEFT: -self._lines}
        if key.down and key.code in steps:
            self._step(steps[key.code])
            return None
        row = next((row for row in self.rows if row.name == self.controls.focused), None)
        if key.down and key.code == pygame.K_RIGHT and row is not None and row.more:
            return self.show_more(row.value)
        action = super().handle_key(key)
        self.follow_focus()
        return action

    def accepts(self, command: Command) -> bool:
        """Nothing is typed into a list, so every key keeps its command."""
        return True

    def press(self, control: Control | None) -> Action:
        """Close, or choose a row."""
        if control is not None and isinstance(control.value, More):
            return self.show_more(control.value.row.value)
        if control is not None and isinstance(control.value, Row):
            return self.choose(control.value.value)
        return super().press(control)

    def _step(self, by: int) -> None:
        """Move the focus by so many rows, or where none can be pressed the list; both stop at the ends."""
        names = [row.name for row in self.rows if row.enabled]
        if not names:
            self.scroller.by(by * self._pitch)
            return
        before = -1 if by > 0 else len(names)  # without a focus it comes in from the end
        at = names.index(self.controls.focused) if self.controls.focused in names else before
        self.controls.focused = names[min(max(at + by, 0), len(names) - 1)]
        self.controls.shows_focus = True
        self.follow_focus()

    def follow_focus(self) -> None:
        """Scroll so that the row with the focus is seen."""
        focused = (self.controls.focused or "").removeprefix(MORE)
        index = next((i for i, row in enumerate(self.rows) if row.name == focused), None)
        if index is not None and self.controls.shows_focus:
            place = self._place(index)
            self.scroller.show(place.top, place.bottom)

    # -- what it says and shows ---------------------------------------------------------------------------

    def label_of(self, control: Control) -> str:
        """A row's texts and keys, whether it is the chosen one, and which of how many it is."""
        row, messages = control.value, self.context.messages
        if isinstance(row, More):
            return row.row.more
        if not isinstance(row, Row):
            return super().label_of(control)
        parts = [row.label, row.detail, row.under, row.under_detail, messages("spoken.chosen") if row.mark else ""]
        parts += [spoken_cap(cap, messages) for cap in row.caps]
        names = [each.name for each in self.rows]
        place = messages("spoken.place", place=names.index(row.name) + 1, count=len(names))
        return sentences((", ".join(part for part in parts if part), place))

    def draw_content(self, painter: Painter) -> None:
        """Rows, scroll bar and note."""
        with self.scroller.clipped(painter):
            for index, row in enumerate(self.rows):
                rect = self.scroller.placed(self._place(index))
                if rect.colliderect(self.layout.body):
                    self._draw_row(painter, row, rect)
        self.scroller.draw_bar(painter)
        if self.note:
            foot = self.layout.foot
            place = (foot.left, foot.centery)
            painter.text(self.note, place, 13, painter.theme.quiet, room=foot.width, keep_end=True)

    def _draw_row(self, painter: Painter, row: Row[T], rect: pygame.Rect) -> None:
        state, theme, px = self.controls.state_of(row.name), painter.theme, painter.px
        inner = rect.inflate(0, -px(4))
        if row.group and rect.top > self.scroller.placed(self._place(0)).top:
            painter.surface.fill(theme.border, (rect.left + px(12), rect.top, rect.width - px(24), px(1)))
        if state.pressed or state.hovered:
            shapes.box(painter.surface, inner, theme.border if state.pressed else theme.track, px(10))
        if state.focused:
            shapes.outline(painter.surface, inner, theme.accent, px(10), px(2))
        left, right = rect.left + px(12), rect.right - px(12)
        if row.more:
            right = rect.right - px(MORE_SIDE) - px(4)
            self._draw_more(painter, row, (rect.right - px(MORE_SIDE) // 2, rect.centery))
        if row.mark is not None:
            centre = (left + px(9), rect.centery)
            shapes.ring(painter.surface, centre, px(9), theme.accent if row.mark else theme.bar, px(2))
            if row.mark:
                shapes.disc(painter.surface, centre, px(5), theme.accent)
            left += px(30)
        for cap in reversed(row.caps):
            right -= painter.key_cap(self.context.messages.cap(cap), (right, rect.centery), "right") + px(6)
        right -= px(6) if row.caps else 0
        words = pygame.Rect(left, rect.top, right - left, rect.height)
        colour = theme.quiet if row.quiet else theme.text
        if row.under or row.under_detail:
            upper, lower = words.move(0, -px(10)), words.move(0, px(11))
            _draw_line(painter, upper, row.label, row.detail, (colour, theme.text), BODY, most=1)
            _draw_line(painter, lower, row.under, row.under_detail, (theme.quiet, theme.quiet), SMALL, most=1)
        else:
            _draw_line(painter, words, row.label, row.detail, (colour, theme.quiet), BODY, most=2)

    def _draw_more(self, painter: Painter, row: Row[T], centre: tuple[int, int]) -> None:
        """A letter i in a ring."""
        state, theme, px = self.controls.state_of(f"{MORE}{row.name}"), painter.theme, painter.px
        if state.pressed or state.hovered:
            shapes.disc(painter.surface, centre, px(16), theme.border)
        colour = theme.accent if state.focused else theme.quiet
        shapes.ring(painter.surface, centre, px(11), colour, px(3) if state.focused else px(2))
        painter.text("i", centre, 14, colour, "strong", "center")


def _draw_line(
    painter: Painter,
    area: pygame.Rect,
    label: str,
    detail: str,
    colours: tuple[Colour, Colour],
    sizes: tuple[float, ...],
    *,
    most: int,
) -> None:
    """A text at the left end of the area, and where it leaves room a smaller one at the right end.

    most: lines of the first, which wraps only where its smallest size finds no room.
    """
    px = painter.px
    if painter.type.width(label, painter.size(sizes[-1])) > area.width:
        sizes = sizes[-1:]
    else:
        most = 1
    room = area.width - painter.fitted(label, area, sizes, colours[0], most=most) - px(16)
    if detail and room > px(40):
        place = (area.right, area.centery)
        painter.text(detail, place, min(sizes[0], 14), colours[1], align="right", room=room)
