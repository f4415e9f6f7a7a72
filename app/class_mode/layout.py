"""Where everything of the class mode is: paper and request while a pupil writes; else one card."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.ui.layout import SMALL_UNIT, at_least, row_of, unit_of
from model.constants import CLASSES

WIDEST, HIGHEST = 1500, 760  # units: on a large screen all stands in its middle, and pages at its top
CLOSE = 40
COLUMNS = 5
CAPTION = 30  # units below a picture


@dataclass(frozen=True)
class PageLayout:
    """A card that fills the window: headline, text, one quiet line, and a row of buttons.

    At the end of a turn `lead` and the pictures of what was written stand in the place of the text.
    """

    card: Rect
    headline: Rect
    text: Rect
    line: Rect
    lead: Rect
    pictures: tuple[Rect, ...]
    row: Rect
    unit: float

    def buttons(self, names: tuple[str, ...]) -> dict[str, Rect]:
        """The places of buttons in the row, the first one a little wider; few do not fill all of it."""
        width = min(self.row.width, round(300 * self.unit) * len(names))
        row = Rect(self.row.left, self.row.top, width, self.row.height)
        return row_of(row, {name: 1.2 if name == names[0] else 1.0 for name in names}, round(10 * self.unit))


@dataclass(frozen=True)
class ClassLayout:
    """head: who it is; close: the cross; page: what there is when nobody writes.

    While a pupil writes: paper; request and count on the `card` beside or below it; `tools` by name.
    """

    unit: float
    head: Rect
    close: Rect
    page: PageLayout
    paper: Rect
    card: Rect
    request: Rect
    count: Rect
    tools: dict[str, Rect]


def class_layout(size: tuple[int, int], *, left_handed: bool = False) -> ClassLayout:
    """Paper beside the request, at its right for a left hand, or above it in an upright window."""
    width, height = at_least(size)
    unit = unit_of((width, height))
    small = unit < SMALL_UNIT

    def px(units: float) -> int:
        return round(units * unit)

    margin, gap = (px(14), px(10)) if small else (px(28), px(20))
    wide = min(width - 2 * margin, px(WIDEST))
    left = (width - wide) // 2
    close = Rect(left + wide - px(CLOSE), margin // 2, px(CLOSE), px(CLOSE))
    head = Rect(left, close.top, wide - close.width - gap, close.height)
    page = Rect(left, close.bottom + margin // 2, wide, height - close.bottom - margin // 2 - margin)
    button = px(52 if small else 64)
    if width >= height:
        side = min(page.height, wide * 58 // 100)
        paper = Rect(left, page.top, side, side)
        card = Rect(paper.right + gap, page.top, page.right - paper.right - gap, side)
        if left_handed:
            card.left, paper.right = page.left, page.right
    else:
        side = min(wide, page.height - gap - (px(150) if small else px(300)))
        paper = Rect(left + (wide - side) // 2, page.top, side, side)
        card = Rect(left, paper.bottom + gap, wide, min(page.bottom - paper.bottom - gap, px(420)))
    inner = card.inflate(-px(20), -px(16)) if small else card.inflate(-px(40), -px(36))
    tools = _tools(inner, button, px(10), upright=height > width)
    high = min(tool.top for tool in tools.values()) - inner.top - px(8)
    count = Rect(inner.left, inner.top, inner.width, min(px(34), high // 3))
    request = Rect(inner.left, count.bottom, inner.width, high - count.height)
    return ClassLayout(
        unit=unit,
        head=head,
        close=close,
        page=_page_layout(page, unit, button, small=small),
        paper=paper,
        card=card,
        request=request,
        count=count,
        tools=tools,
    )


def _tools(inner: Rect, button: int, gap: int, *, upright: bool) -> dict[str, Rect]:
    """The buttons at the foot of the card: two rows in an upright window, else three."""
    last = Rect(inner.left, inner.bottom - button, inner.width, button)
    above = last.move(0, -button - gap)
    if upright:
        return row_of(above, {"next": 2.0, "skip": 1.0}, gap) | row_of(last, {"undo": 1.0, "clear": 1.0}, gap)
    first = above.move(0, -button - gap)
    return {"next": first, **row_of(above, {"undo": 1.0, "clear": 1.0}, gap), "skip": last}


def _page_layout(page: Rect, unit: float, button: int, *, small: bool) -> PageLayout:

    def px(units: float) -> int:
        return round(units * unit)

    page = Rect(page.left, page.top, page.width, min(page.height, px(HIGHEST)))
    inner = page.inflate(-px(28), -px(20)) if small else page.inflate(-px(72), -px(56))
    row = Rect(inner.left, inner.bottom - button, inner.width, button)
    headline = Rect(inner.left, inner.top, inner.width, px(44 if small else 70))
    text = Rect(inner.left, headline.bottom + px(4), inner.width, px(120 if small else 110))
    line = Rect(inner.left, text.bottom + px(8), inner.width, px(26))
    lead = Rect(inner.left, headline.bottom, inner.width, px(30 if small else 44))
    area = Rect(inner.left, lead.bottom + px(8), inner.width, row.top - lead.bottom - px(20))
    lines = CLASSES // COLUMNS
    gap = px(8 if small else 14)
    wide = (area.width - (COLUMNS - 1) * gap) // COLUMNS
    tall = min((area.height - (lines - 1) * gap) // lines, wide + px(CAPTION))
    pictures = tuple(
        Rect(area.left + at % COLUMNS * (wide + gap), area.top + at // COLUMNS * (tall + gap), wide, tall)
        for at in range(CLASSES)
    )
    return PageLayout(page, headline, text, line, lead, pictures, row, unit)
