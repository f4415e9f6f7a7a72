"""How the gallery looks, and where everything on it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pygame import Rect

from app.ui import shapes
from app.ui.buttons import draw_button, draw_chip, draw_tick
from app.ui.layout import DialogLayout
from app.ui.painter import Painter

if TYPE_CHECKING:
    from app.dialogs.gallery import Gallery
    from app.store.collection import Entry

FILTERS = ("all", "misread", *(str(digit) for digit in range(10)))


@dataclass(frozen=True)
class GalleryLayout:
    """area: where the pictures scroll, in cells of `cell` pixels; height: of all of them; the rest are buttons."""

    filters: dict[str, Rect]
    area: Rect
    cell: tuple[int, int]
    columns: int
    height: int
    label: Rect
    digits: tuple[Rect, ...]
    delete: Rect
    undo: Rect
    tools: dict[str, Rect]

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
    filters, x, top = {}, float(body.left), body.top
    wide = each >= px(36)
    if not wide:  # digits in a row of their own
        each = (body.width - 9 * gap) / 10
    for name, share in zip(FILTERS, shares, strict=True):
        width = each * (share if wide else 2 * share if len(name) > 1 else 1)
        if not wide and name == "0":
            x, top = float(body.left), top + high + gap
        filters[name] = Rect(round(x), top, round(width), high)
        x += width + gap
    area = Rect(body.left, top + high + px(14), body.width, body.bottom - top - high - px(14))
    columns = max(3, area.width // px(104))
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
    digits = tuple(Rect(label.right + digit * (width + digit_gap), foot.top, width, foot.height) for digit in range(10))
    tool = min(px(190), (undo.left - foot.left - 3 * px(8)) // 3)
    tools = {
        name: Rect(foot.left + i * (tool + px(8)), foot.top, tool, foot.height)
        for i, name in enumerate(("import", "export", "pictures"))
    }
    return GalleryLayout(filters, area, cell, columns, rows * cell[1], label, digits, delete, undo, tools)


def draw_gallery(painter: Painter, gallery: Gallery) -> None:
    """Filters, pictures or an invitation, buttons."""
    messages, layout = gallery.context.messages, gallery.grid
    collection = gallery.collection
    counts = collection.counts() if collection is not None else [0] * 10
    for name, rect in layout.filters.items():
        total = len(collection) if collection is not None else 0
        label = name if name.isdigit() else messages(f"gallery.{name}", count=total)
        state = gallery.controls.state_of(f"filter {name}")
        draw_chip(painter, rect, label, state, name == gallery.filter, name.isdigit() and not counts[int(name)])
    clip = painter.surface.get_clip()
    painter.surface.set_clip(clip.clip(layout.area.inflate(painter.px(12), painter.px(4))))
    if gallery.shown:
        _draw_pictures(painter, gallery)
    else:
        _draw_invitation(painter, layout.area, gallery, any(counts))
    painter.surface.set_clip(clip)
    _draw_foot(painter, gallery)


def _draw_pictures(painter: Painter, gallery: Gallery) -> None:
    layout, place = gallery.grid, gallery.scroller.place
    side = min(layout.cell[0] - painter.px(10), layout.cell[1] - painter.px(30))
    gallery.thumbnails.begin(side, painter.theme)
    first = int(place // layout.cell[1]) * layout.columns
    last = int((place + layout.area.height) // layout.cell[1] + 1) * layout.columns
    for index in range(first, min(last, len(gallery.shown))):
        _draw_picture(painter, gallery, gallery.shown[index], layout.rect(index, place), side)
    if layout.height > layout.area.height:
        area, px = layout.area, painter.px
        length = max(px(24), area.height * area.height // layout.height)
        top = area.top + round((area.height - length) * place / max(gallery.scroller.farthest, 1))
        bar = Rect(area.right + px(1), top, px(5), length)
        shapes.box(painter.surface, bar, painter.theme.bar, px(3))


def _draw_picture(painter: Painter, gallery: Gallery, entry: Entry, cell: Rect, side: int) -> None:
    theme, px = painter.theme, painter.px
    chosen = entry is gallery.chosen
    frame = Rect(cell.centerx - side // 2, cell.top + px(4), side, side)
    picture = gallery.thumbnails.of(entry.drawing)
    if picture is None:
        shapes.box(painter.surface, frame, theme.track, px(10))
    else:
        painter.surface.blit(picture, frame)
        shapes.round_off(painter.surface, frame, theme.card, px(10))
    shapes.outline(painter.surface, frame, theme.accent if chosen else theme.border, px(10), px(3) if chosen else px(1))
    if chosen:
        centre = (frame.right - px(13), frame.top + px(13))
        shapes.disc(painter.surface, centre, px(9), theme.accent)
        draw_tick(painter, centre, theme.on_accent, 0.8)
    text = str(entry.digit)
    if entry.misread:
        text = gallery.context.messages("gallery.read_as", digit=entry.digit, reading=entry.reading)
    y = (frame.bottom + cell.bottom) / 2
    sizes = [painter.size(size) for size in (13, 12, 11)]
    size, lines = painter.type.fit(text, sizes, "strong", cell.width - px(4))
    painter.line(lines[0], (cell.centerx, y), size, theme.text, "strong", "center")


def _draw_invitation(painter: Painter, area: Rect, gallery: Gallery, filled: bool) -> None:
    messages, px = gallery.context.messages, painter.px
    stem = "gallery.none" if filled else "gallery.empty"
    room = min(area.width, px(520))
    size, lines = painter.type.fit(messages(stem), [painter.size(s) for s in (22, 20, 18)], "display", room, 2)
    y = area.centery - px(30)
    for line in lines:
        painter.line(line, (area.centerx, y), size, painter.theme.text, "display", "center")
        y += round(size * 1.4)
    size = painter.size(15)
    for line in painter.type.wrap(
        messages("gallery.none.how" if filled else "gallery.empty.how"), size, "regular", room
    ):
        painter.line(line, (area.centerx, y + px(6)), size, painter.theme.quiet, "regular", "center")
        y += round(size * 1.5)


def _draw_foot(painter: Painter, gallery: Gallery) -> None:
    messages, layout, state_of = gallery.context.messages, gallery.grid, gallery.controls.state_of
    if gallery.chosen is not None:
        if layout.label.width:
            place = (layout.label.left, layout.label.centery)
            painter.text(messages("gallery.it_is"), place, 14, painter.theme.quiet, room=layout.label.width)
        for digit, rect in enumerate(layout.digits):
            draw_chip(painter, rect, str(digit), state_of(f"digit {digit}"), digit == gallery.chosen.digit, False)
        draw_button(painter, layout.delete, messages("gallery.delete"), messages("key.delete"), state_of("delete"))
    else:
        for name, cap in (("import", "I"), ("export", "X"), ("pictures", "P")):
            draw_button(painter, layout.tools[name], messages(f"gallery.{name}"), cap, state_of(name))
    draw_button(painter, layout.undo, messages("button.undo"), "U", state_of("undo"))
