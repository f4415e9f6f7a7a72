"""How the gallery looks, and where everything on it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from pygame import Rect, Surface

from app.canvas.thumbnails import Thumbnails
from app.messages import Messages
from app.ui import shapes
from app.ui.buttons import draw_button, draw_chip, draw_tick
from app.ui.controls import Controls
from app.ui.layout import SMALL_UNIT, DialogLayout, row_of
from app.ui.painter import Painter
from app.ui.scroller import Scroller

if TYPE_CHECKING:
    from app.store.entry import Entry

ALL: Final = "all"
MISREAD: Final = "misread"
Filter = Literal["all", "misread"] | int  # a number stands for the drawings of that digit
FILTERS: tuple[Filter, ...] = (ALL, MISREAD, *range(10))


class GalleryTool(Enum):
    """A button at the foot."""

    DELETE = "delete"
    UNDO = "undo"
    IMPORT = "import"
    EXPORT = "export"
    PICTURES = "pictures"


@dataclass(frozen=True)
class GalleryLayout:
    """area: where the pictures scroll, in cells of `cell` pixels; height: of all of them; the rest are buttons."""

    filters: dict[Filter, Rect]
    area: Rect
    cell: tuple[int, int]
    columns: int
    height: int
    label: Rect
    digits: tuple[Rect, ...]
    tools: dict[GalleryTool, Rect]

    def at(self, place: tuple[float, float], scrolled: float) -> int | None:
        """The number of the cell at a place in the window; None beside the cells. There may be no picture in it."""
        column = int((place[0] - self.area.left) // self.cell[0])
        row = int((place[1] - self.area.top + scrolled) // self.cell[1])
        return row * self.columns + column if 0 <= column < self.columns and row >= 0 else None

    def rect(self, index: int, scrolled: float) -> Rect:
        """Where a cell is now."""
        row, column = divmod(index, self.columns)
        left, top = self.area.left + column * self.cell[0], self.area.top + row * self.cell[1] - round(scrolled)
        return Rect(left, top, *self.cell)


def gallery_layout(dialog: DialogLayout, count: int) -> GalleryLayout:
    """Filters above, pictures between, buttons below, for so many pictures."""
    unit, body, foot = dialog.unit, dialog.body, dialog.foot

    def px(units: float) -> int:
        return round(units * unit)

    gap, high = px(6), px(38)
    shares = (1.9, 2.4, *[1.0] * 10)
    each = (body.width - 11 * gap) / sum(shares)
    filters: dict[Filter, Rect] = {}
    x, top = float(body.left), body.top
    wide = each >= px(52 if unit < SMALL_UNIT else 36)
    if not wide:  # digits in a row of their own
        gap = min(gap, body.width // 80)
        each = (body.width - 9 * gap) / 10
    for which, share in zip(FILTERS, shares, strict=True):
        width = each * (share if wide or isinstance(which, int) else 2.2 * share)
        if not wide and which == 0:
            x, top = float(body.left), top + high + gap
        filters[which] = Rect(round(x), top, round(width), high)
        x += width + gap
    area = Rect(body.left, top + high + px(14), body.width, body.bottom - top - high - px(14))
    columns = max(3, area.width // px(130 if unit < SMALL_UNIT else 104))
    cell = area.width // columns, area.width // columns + px(22)
    rows = -(-count // columns)

    undo = Rect(foot.right - px(110), foot.top, px(110), foot.height)
    delete = Rect(undo.left - px(8) - px(118), foot.top, px(118), foot.height)
    label = Rect(foot.left, foot.top, px(74), foot.height)
    room = delete.left - px(12) - label.right
    digit_gap = px(4)
    width = min((room - 9 * digit_gap) // 10, px(48))
    if width < px(30):  # no room for the words
        label.width = 0
        width = (delete.left - px(12) - foot.left - 9 * digit_gap) // 10
    tool, top = min(px(190), (undo.left - foot.left - 3 * px(8)) // 3), foot.top
    if width < px(20):  # nor for all in one row
        top = foot.top - foot.height - px(8)
        area.height -= foot.height + px(8)
        width, tool = (foot.width - 9 * digit_gap) // 10, (foot.width - 2 * px(8)) // 3
        delete, undo = row_of(foot, {"delete": 1.0, "undo": 1.0}, px(8)).values()
    digits = tuple(Rect(label.right + digit * (width + digit_gap), top, width, foot.height) for digit in range(10))
    tools = {
        name: Rect(foot.left + i * (tool + px(8)), top, tool, foot.height)
        for i, name in enumerate((GalleryTool.IMPORT, GalleryTool.EXPORT, GalleryTool.PICTURES))
    }
    return GalleryLayout(
        filters=filters,
        area=area,
        cell=cell,
        columns=columns,
        height=rows * cell[1],
        label=label,
        digits=digits,
        tools={GalleryTool.DELETE: delete, GalleryTool.UNDO: undo, **tools},
    )


def entry_text(entry: Entry, messages: Messages) -> str:
    """Which digit it is, and what it was misread as."""
    if entry.misread:
        return messages("gallery.read_as", digit=entry.digit, reading=entry.reading)
    return str(entry.digit)


@dataclass(frozen=True, eq=False)
class GalleryContent:
    """What the gallery shows: entries, the chosen one of them, the filter, and how many entries each digit has."""

    entries: Sequence[Entry]
    chosen: Entry | None
    filter: Filter
    counts: Sequence[int]


class GalleryView:
    """Draws a gallery's content with a painter."""

    def __init__(self, painter: Painter, layout: GalleryLayout, controls: Controls, messages: Messages) -> None:
        self._painter = painter
        self._layout = layout
        self._controls = controls
        self._messages = messages

    def draw(self, content: GalleryContent, scroller: Scroller, thumbnails: Thumbnails) -> None:
        """Filters, pictures or an invitation, buttons."""
        self._draw_filters(content)
        with scroller.clipped(self._painter):
            if content.entries:
                self._draw_pictures(content, scroller.place, thumbnails)
            else:
                self._draw_invitation(filled=any(content.counts))
        scroller.draw_bar(self._painter)
        self._draw_foot(content.chosen)

    def _draw_filters(self, content: GalleryContent) -> None:
        counts = content.counts
        for which, rect in self._layout.filters.items():
            digit = which if isinstance(which, int) else None
            label = self._messages(f"gallery.{which}", count=sum(counts)) if digit is None else str(digit)
            faint = digit is not None and not counts[digit]
            state = self._controls.state_of(f"filter {which}")
            draw_chip(self._painter, rect, label, state, on=which == content.filter, faint=faint)

    def _draw_pictures(self, content: GalleryContent, place: float, thumbnails: Thumbnails) -> None:
        layout, painter = self._layout, self._painter
        side = min(layout.cell[0] - painter.px(10), layout.cell[1] - painter.px(30))
        thumbnails.begin(side, painter.theme)
        first = int(place // layout.cell[1]) * layout.columns
        last = int((place + layout.area.height) // layout.cell[1] + 1) * layout.columns
        for index in range(first, min(last, len(content.entries))):
            entry = content.entries[index]
            picture = thumbnails.of(entry.drawing)
            self._draw_picture(entry, picture, layout.rect(index, place), side, chosen=entry is content.chosen)

    def _draw_picture(self, entry: Entry, picture: Surface | None, cell: Rect, side: int, *, chosen: bool) -> None:
        painter, theme, px = self._painter, self._painter.theme, self._painter.px
        frame = Rect(cell.centerx - side // 2, cell.top + px(4), side, side)
        if picture is None:
            shapes.box(painter.surface, frame, theme.track, px(10))
        else:
            painter.surface.blit(picture, frame)
            shapes.round_off(painter.surface, frame, theme.card, px(10))
        line = (theme.accent, px(3)) if chosen else (theme.border, px(1))
        shapes.outline(painter.surface, frame, line[0], px(10), line[1])
        if chosen:
            centre = (frame.right - px(13), frame.top + px(13))
            shapes.disc(painter.surface, centre, px(9), theme.accent)
            draw_tick(painter, centre, theme.on_accent, 0.8)
        text = entry_text(entry, self._messages)
        below = Rect(cell.left, frame.bottom, cell.width, cell.bottom - frame.bottom).inflate(-px(4), 0)
        painter.fitted(text, below, (13, 12, 11), theme.text, "strong", "center")

    def _draw_invitation(self, *, filled: bool) -> None:
        painter, area, px = self._painter, self._layout.area, self._painter.px
        stem = "gallery.none" if filled else "gallery.empty"
        room = min(area.width, px(520))
        sizes = [painter.size(s) for s in (22, 20, 18)]
        size, lines = painter.type.fit(self._messages(stem), sizes, "display", room, 2)
        y = area.centery - px(30)
        for line in lines:
            painter.line(line, (area.centerx, y), size, painter.theme.text, "display", "center")
            y += round(size * 1.4)
        how = self._messages("gallery.none.how" if filled else "gallery.empty.how")
        size = painter.size(15)
        for line in painter.type.wrap(how, size, "regular", room):
            painter.line(line, (area.centerx, y + px(6)), size, painter.theme.quiet, "regular", "center")
            y += round(size * 1.5)

    def _draw_foot(self, chosen: Entry | None) -> None:
        painter, layout, messages, state_of = self._painter, self._layout, self._messages, self._controls.state_of
        tools = {GalleryTool.IMPORT: "I", GalleryTool.EXPORT: "X", GalleryTool.PICTURES: "P"}
        if chosen is not None:
            tools = {GalleryTool.DELETE: messages("key.delete")}
            if layout.label.width:
                place = (layout.label.left, layout.label.centery)
                painter.text(messages("gallery.it_is"), place, 14, painter.theme.quiet, room=layout.label.width)
            for digit, rect in enumerate(layout.digits):
                draw_chip(painter, rect, str(digit), state_of(f"digit {digit}"), on=digit == chosen.digit)
        for tool, cap in tools.items():
            label = messages(f"gallery.{tool.value}")
            draw_button(painter, layout.tools[tool], label, cap, state_of(tool.value))
        undo = GalleryTool.UNDO
        draw_button(painter, layout.tools[undo], messages("button.undo"), "U", state_of(undo.value))
