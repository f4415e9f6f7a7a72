"""List dialog: a titled list over the drawing screen that scrolls; menu, networks and files are dialogs."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.ui import shapes
from app.ui.buttons import draw_close
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.layout import ListDialogLayout, list_dialog_layout
from app.ui.painter import Painter
from app.ui.screen import Screen
from app.ui.theme import Colour

DRAG = 8  # units that a press may wander before it scrolls instead


@dataclass(frozen=True)
class Row:
    """One line of the list.

    detail: small text at the right; under, under_detail: a second line of both, for dialogs whose rows are high enough;
    caps: key caps at the right; mark: whether it is the chosen one, None where there is no
    choice; enabled: whether it can be pressed; quiet: written in the second colour; group: with a thin line above.
    """

    name: str
    label: str
    detail: str = ""
    under: str = ""
    under_detail: str = ""
    caps: tuple[str, ...] = ()
    mark: bool | None = None
    enabled: bool = True
    quiet: bool = False
    group: bool = False


class ListDialog(Screen):
    """Shows `rows` and calls `choose` with the one that was pressed."""

    covers = False
    width = 440  # units
    row_height = 44
    title = ""  # message key

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows: list[Row] = []
        self.foot = ""
        self.layout: ListDialogLayout
        self._scroll = 0.0
        self._pressed_at: tuple[float, float] | None = None
        self._dragged = False
        self._changed = True
        self._drawn: tuple[object, ...] = ()

    @abstractmethod
    def list_rows(self) -> list[Row]:
        """The rows as they are now."""

    @abstractmethod
    def choose(self, row: Row) -> Command | None:
        """Do what a row says."""

    def refresh(self) -> None:
        """Ask for the rows anew."""
        self.rows = self.list_rows()
        self.layout = list_dialog_layout(self.size, self._lines, self.width, bool(self.foot), self.row_height)
        self._scroll = min(self._scroll, self._farthest)
        self._place_controls()
        self._changed = True

    @property
    def columns(self) -> int:
        """How many rows stand side by side; the list goes down the first column, then the next."""
        return 1

    @property
    def _lines(self) -> int:
        return -(-len(self.rows) // self.columns)

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew."""
        self.size = size
        self.refresh()

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Command | None:
        """Scroll, or choose a row. A press beside the dialog closes it."""
        return self._handle_key(signal) if isinstance(signal, Key) else self._handle_pointer(signal)

    def _handle_pointer(self, pointer: Pointer) -> Command | None:
        if pointer.kind == "wheel":
            self._scroll_to(self._scroll - pointer.steps * self.layout.row)
            return None
        if pointer.kind == "down":
            self._pressed_at, self._dragged, self._scrolled_from = pointer.place, False, self._scroll
        elif pointer.kind == "move" and self._pressed_at is not None:
            if abs(pointer.place[1] - self._pressed_at[1]) > DRAG * self.layout.unit and self._farthest > 0:
                self._dragged = True
            if self._dragged:
                self._scroll_to(self._scrolled_from + self._pressed_at[1] - pointer.place[1])
        elif pointer.kind in ("up", "cancel"):
            began, self._pressed_at = self._pressed_at, None
            if self._dragged:
                self.controls.pointer(Pointer("cancel"))
                return None
            outside = began is not None and not self.layout.dialog.collidepoint(began)
            if pointer.kind == "up" and outside and not self.layout.dialog.collidepoint(pointer.place):
                return Command.BACK
        return self.press(self.controls.pointer(pointer))

    def _handle_key(self, key: Key) -> Command | None:
        moves = {pygame.K_DOWN: 1, pygame.K_UP: -1, pygame.K_PAGEDOWN: self._page, pygame.K_PAGEUP: -self._page}
        if key.down and key.code in moves:
            self._step(moves[key.code])
            return None
        if key.down and key.code in (pygame.K_HOME, pygame.K_END):
            self._step(-len(self.rows) if key.code == pygame.K_HOME else len(self.rows))
            return None
        pressed = self.controls.key(key)
        self._follow_focus()
        return self.press(pressed)

    def press(self, control: Control | None) -> Command | None:
        """Close, or choose a row."""
        if control is None or control.command is not None:
            return control.command if control is not None else None
        row = next((row for row in self.rows if row.name == control.name), None)
        return self.choose(row) if row is not None else None

    def _step(self, by: int) -> None:
        """Move the focus by so many rows, or where none can be pressed the list; both stop at the ends."""
        names = [row.name for row in self.rows if row.enabled]
        if not names:
            self._scroll_to(self._scroll + by * self.layout.row)
            return
        if self.controls.focused in names:
            at = names.index(self.controls.focused) + by
        else:
            at = 0 if by > 0 else len(names) - 1
        self.controls.focused = names[min(max(at, 0), len(names) - 1)]
        self.controls.shows_focus = True
        self._follow_focus()

    def _follow_focus(self) -> None:
        """Scroll so that the row with the focus is seen."""
        index = next((i for i, row in enumerate(self.rows) if row.name == self.controls.focused), None)
        if index is not None and self.controls.shows_focus:
            top = index * self.layout.row
            self._scroll_to(min(max(self._scroll, top + self.layout.row - self.layout.body.height), top))

    @property
    def _page(self) -> int:
        return max(1, self.layout.body.height // self.layout.row - 1)

    @property
    def _farthest(self) -> float:
        return max(0.0, self._lines * self.layout.row - self.layout.body.height)

    def _scroll_to(self, place: float) -> None:
        self._scroll = min(max(place, 0.0), self._farthest)
        self._place_controls()
        self._changed = True

    def _place_controls(self) -> None:
        layout = self.layout
        items = [Control("close", layout.close, Command.BACK)]
        for row, rect in self._visible():
            items.append(Control(row.name, rect.clip(layout.body), None, row.enabled))
        # The focus may be on a row that is scrolled away: it keeps its place, out of the pointer's reach.
        seen = {item.name for item in items}
        items += [Control(r.name, pygame.Rect(0, 0, 0, 0), None, r.enabled) for r in self.rows if r.name not in seen]
        self.controls.place(items)

    def _visible(self) -> list[tuple[Row, pygame.Rect]]:
        body, height = self.layout.body, self.layout.row
        width = body.width // self.columns
        placed = []
        for i, row in enumerate(self.rows):
            column, line = divmod(i, self._lines)
            rect = pygame.Rect(
                body.left + column * width, round(body.top + line * height - self._scroll), width, height
            )
            if rect.colliderect(body):
                placed.append((row, rect))
        return placed

    # -- what it shows ------------------------------------------------------------------------------------

    def update(self, seconds: float) -> list[pygame.Rect]:
        """The dialog, when something on it is different."""
        drawn = (self.controls.state, self.context.changes)
        if drawn == self._drawn and not self._changed:
            return []
        self._drawn, self._changed = drawn, False
        return [self.layout.dialog.inflate(8, 8)]

    @property
    def solid(self) -> pygame.Rect:
        """The card without its border and the height of its corners."""
        return self.layout.dialog.inflate(-4, -2 * round(20 * self.layout.unit))

    def draw(self, painter: Painter) -> None:
        """The dialog with its title and rows."""
        layout, px = self.layout, painter.px
        painter.card(layout.dialog, 20)
        title = self.context.messages(self.title)
        painter.text(title, (layout.title.left, layout.title.centery), 20, weight="display", room=layout.title.width)
        draw_close(painter, layout.close, self.controls.state_of("close"))
        clip = painter.surface.get_clip()
        painter.surface.set_clip(clip.clip(layout.body.inflate(px(8), px(4))))
        for row, rect in self._visible():
            self._draw_row(painter, row, rect)
        painter.surface.set_clip(clip)
        self._draw_scroll_bar(painter)
        if self.foot:
            place = (layout.foot.left, layout.foot.centery)
            painter.text(self.foot, place, 13, painter.theme.quiet, room=layout.foot.width, keep_end=True)

    def _draw_row(self, painter: Painter, row: Row, rect: pygame.Rect) -> None:
        state, theme, px = self.controls.state_of(row.name), painter.theme, painter.px
        inner = rect.inflate(0, -px(4))
        if row.group:
            painter.surface.fill(theme.border, (rect.left + px(12), rect.top, rect.width - px(24), px(1)))
        if state.pressed or state.hovered:
            shapes.box(painter.surface, inner, theme.border if state.pressed else theme.track, px(10))
        if state.focused:
            shapes.outline(painter.surface, inner, theme.accent, px(10), px(2))
        left, right = rect.left + px(12), rect.right - px(12)
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
            self._draw_line(painter, upper, row.label, row.detail, colour, theme.text)
            self._draw_line(painter, lower, row.under, row.under_detail, theme.quiet, theme.quiet, (13, 12, 11))
        else:
            self._draw_line(painter, words, row.label, row.detail, colour, theme.quiet)

    def _draw_line(
        self,
        painter: Painter,
        area: pygame.Rect,
        label: str,
        detail: str,
        colour: Colour,
        detail_colour: Colour,
        sizes: tuple[float, ...] = (15, 14, 13),
    ) -> None:
        """A text at the left end of the area, and where it leaves room a smaller one at the right end."""
        px = painter.px
        room = area.width - painter.fitted(label, area, sizes, colour) - px(16)
        if detail and room > px(40):
            place = (area.right, area.centery)
            painter.text(detail, place, min(sizes[0], 14), detail_colour, align="right", room=room)

    def _draw_scroll_bar(self, painter: Painter) -> None:
        body, px = self.layout.body, painter.px
        if self._farthest <= 0:
            return
        length = max(px(24), round(body.height * body.height / (self._lines * self.layout.row)))
        top = body.top + round((body.height - length) * self._scroll / self._farthest)
        shapes.box(painter.surface, pygame.Rect(body.right + px(2), top, px(6), length), painter.theme.bar, px(3))
