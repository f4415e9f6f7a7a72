"""How the result of a training looks, and where everything on it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pygame import Rect

from app.canvas.thumbnails import Thumbnails
from app.messages import Messages, duration_text
from app.ui import shapes
from app.ui.buttons import draw_tick
from app.ui.layout import SMALL_UNIT, DialogLayout
from app.ui.painter import Painter
from model.pictures.drawing import Drawing

if TYPE_CHECKING:
    from model.evaluation.comparison import Comparison

LEVEL = 0.0001  # accuracies that differ by less are the same


@dataclass(frozen=True)
class ResultLayout:
    """headline, beside it the button for charts; rows of the table; caption and cells of the drawings that are read
    otherwise; the name's line.

    In a small window there are no cells, and the caption has no height.
    """

    headline: Rect
    charts: Rect
    rows: tuple[Rect, ...]
    caption: Rect
    cells: tuple[Rect, ...]
    name: Rect
    save: Rect
    below: Rect


def result_layout(dialog: DialogLayout, changed: int) -> ResultLayout:
    """From above downwards; as many drawings as there is room for in one line."""
    unit, body = dialog.unit, dialog.body

    def px(units: float) -> int:
        return round(units * unit)

    small = body.width < px(580)
    low = px(36 if small else 22)
    below = Rect(body.left, body.bottom - low, body.width, low)
    save_width = px(236 if small or unit < SMALL_UNIT else 180)
    save = Rect(body.right - save_width, below.top - px(46), save_width, px(42))
    name = Rect(body.left, save.top, body.width - save_width - px(10), save.height)
    headline = Rect(body.left, body.top, body.width, px(58))
    high = px(34)
    rows = tuple(Rect(body.left, headline.bottom + px(6) + i * high, body.width, high) for i in range(4))
    if body.width < px(400):  # in the corner of the table that says nothing
        charts = Rect(body.left, rows[0].top, px(120), rows[0].height - px(2))
    else:
        charts = Rect(body.right - px(132), body.top + px(7), px(132), px(44))
        headline.width = charts.left - px(12) - body.left
    caption = Rect(body.left, rows[-1].bottom + px(8), body.width, px(30))
    room = name.top - px(12) - caption.bottom
    side = min(px(84), room - px(24))
    count = min(changed, body.width // (side + px(8))) if side >= px(30) else 0
    if room < 0:
        caption.height = 0
    cells = tuple(Rect(body.left + i * (side + px(8)), caption.bottom, side, side + px(24)) for i in range(count))
    return ResultLayout(headline, charts, rows, caption, cells, name, save, below)


def draw_verdict(painter: Painter, area: Rect, comparison: Comparison, messages: Messages) -> None:
    """Which of the two networks is better, and what to do."""
    key = verdict_key(comparison)
    for text, sizes, top, colour, weight in (
        (f"result.{key}", (20, 18, 16), 14, painter.theme.text, "display"),
        (f"result.{key}.advice", (14, 13, 12), 42, painter.theme.quiet, "regular"),
    ):
        size, lines = painter.type.fit(messages(text), [painter.size(size) for size in sizes], weight, area.width)
        painter.line(lines[0], (area.left, area.top + painter.px(top)), size, colour, weight)


def verdict_key(comparison: Comparison) -> str:
    """Which headline is true."""
    if comparison.advises_discarding:
        return "worse"
    gained = comparison.after.own_right - comparison.before.own_right
    better = comparison.after.test_accuracy - comparison.before.test_accuracy
    return "better" if gained > 0 or better > LEVEL else "same"


def table_rows(comparison: Comparison, messages: Messages) -> tuple[tuple[str, str, str], ...]:
    """Heading, MNIST, the person's own drawings, the time it took: what it is, before, now."""
    before, after = comparison.before, comparison.after
    own = [messages("result.of", right=j.own_right, all=comparison.own) for j in (before, after)]
    shares = [messages.percent(j.test_accuracy, 2) for j in (before, after)]
    none = messages("result.nothing")
    return (
        ("", messages("result.before"), messages("result.now")),
        (messages("result.mnist"), shares[0], shares[1]),
        (messages("result.own"), *((own[0], own[1]) if comparison.own else (none, none))),
        (messages("result.time"), "", duration_text(comparison.seconds, messages)),
    )


def draw_table(painter: Painter, places: Sequence[Rect], comparison: Comparison, messages: Messages) -> None:
    """Before and now side by side: a line for MNIST, one for the person's own drawings, one for the time it took."""
    theme, px = painter.theme, painter.px
    for number, (row, rect) in enumerate(zip(table_rows(comparison, messages), places, strict=True)):
        if number:
            painter.surface.fill(theme.border, (rect.left, rect.top, rect.width, px(1)))
        apart = px(150 if rect.width >= px(480) else 110)
        label = Rect(rect.left, rect.top, rect.width - apart - px(8) - px(70), rect.height)
        painter.fitted(row[0], label, (14, 13, 12), theme.quiet, most=2)
        for text, right in ((row[1], rect.right - apart), (row[2], rect.right - px(8))):
            strong = number > 0 and right == rect.right - px(8)
            weight, colour = "strong" if strong else "regular", theme.text if number else theme.quiet
            painter.text(text, (right, rect.centery), 15 if number else 13, colour, weight, "right")


def draw_changed(
    painter: Painter,
    places: ResultLayout,
    changed: Sequence[tuple[int, int, int]],
    drawings: Sequence[Drawing],
    thumbnails: Thumbnails,
    messages: Messages,
) -> None:
    """Drawings that the new network takes for another digit: with a tick where it is right now, else with a cross."""
    theme, px = painter.theme, painter.px
    count = len(changed)
    text = messages("result.changed", count=count) if count else messages("result.unchanged")
    if places.caption.height:
        painter.fitted(text, places.caption, (14, 13, 12), theme.quiet, most=2)
    if not places.cells:
        return
    side = places.cells[0].width
    thumbnails.begin(side, theme)
    for (index, old, new), cell in zip(changed, places.cells, strict=False):
        drawing = drawings[index]
        frame = Rect(cell.left, cell.top, side, side)
        picture = thumbnails.of(drawing)
        if picture is None:
            shapes.box(painter.surface, frame, theme.track, px(10))
        else:
            painter.surface.blit(picture, frame)
            shapes.round_off(painter.surface, frame, theme.card, px(10))
        shapes.outline(painter.surface, frame, theme.border, px(10), px(1))
        centre = (frame.right - px(12), frame.top + px(12))
        shapes.disc(painter.surface, centre, px(9), theme.accent if drawing.word == str(new) else theme.text)
        if drawing.word == str(new):
            draw_tick(painter, centre, theme.on_accent, 0.8)
        else:
            painter.text("×", centre, 13, theme.card, "strong", "center")
        text = messages("result.reading", old=old, new=new)
        painter.text(text, (cell.centerx, frame.bottom + px(13)), 13, theme.text, "strong", "center")
