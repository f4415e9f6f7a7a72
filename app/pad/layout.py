"""Where everything on the drawing screen is: from the window's size to rectangles in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.ui.layout import ROOMY, at_least, row_of, unit_of
from model.constants import CLASSES


@dataclass(frozen=True)
class PadLayout:
    """The drawing screen. `bars` are the ten rows, `tools` the buttons by name.

    training: the card that shows a training; it has no area, and the bars have a heading, while none goes on.
    In a small window what matters less has no area: preview and caption, the bars' heading, during a training the bars;
    and in a very small one there are no buttons for files.
    """

    unit: float
    brand: Rect
    canvas: Rect
    tools: dict[str, Rect]
    answer: Rect
    glyph: Rect
    words: Rect
    verdict: Rect
    preview: Rect
    caption: Rect
    card: Rect
    heading: Rect
    live: Rect
    bars: tuple[Rect, ...]
    training: Rect


TRAINING_HEIGHT = 570  # units of the panel in an upright window, while a training goes on
LEAST_PAPER = 0.45  # of an upright window's width: with a smaller paper above it that panel is the narrow one
LOWEST_ROW = 20  # units of a bar's row
FILE_TOOLS = {"inside": 1.5, "open": 1.0, "save": 1.0}  # the buttons below the panel, with their shares of the width
TOOLS = {"read": 1.7, "undo": 1.0, "redo": 1.0, "clear": 1.0, "eraser": 1.0, "brush": 1.5}  # those of the paper
TRAINING_TOOLS = {"pause": 1.2, "step": 1.0, "stop": 1.0}
RESULT_TOOLS = {"result": 1.0}


def pad_layout(size: tuple[int, int], lower: dict[str, float] = FILE_TOOLS, *, left_handed: bool = False) -> PadLayout:
    """The drawing screen: paper beside the panel, or above it in an upright window. lower: the buttons below it.

    left_handed: whether the panel is at the paper's left, so that a left hand does not cover it.
    """
    width, height = at_least(size)
    pad = _Pad(width, height, unit_of((width, height)), lower, left_handed=left_handed)
    if width >= 0.85 * height:
        return pad.across() if width >= ROOMY[0] and height >= ROOMY[1] else pad.small_across()
    return pad.upright() if width >= ROOMY[0] and pad.has_room_below else pad.small_upright()


class _Pad:
    """Works the drawing screen out; all lengths in pixels."""

    def __init__(self, width: int, height: int, unit: float, lower: dict[str, float], *, left_handed: bool) -> None:
        self.left_handed = left_handed
        self.width, self.height, self.unit, self.lower = width, height, unit, lower
        self.trains = lower is not FILE_TOOLS
        self.is_small = False
        self.margin, self.gap = self.px(24), self.px(16)
        self.bar, self.row = self.px(56), self.px(52)

    def px(self, units: float) -> int:
        return round(units * self.unit)

    def across(self) -> PadLayout:
        room = self.width - 2 * self.margin
        below = self.bar + self.row + self.gap + self.margin
        side = min(self.height - below, round((room - self.gap) * 0.52))
        rows = 1 if side >= self.px(500) else 2
        side = min(side, self.height - below - (rows - 1) * (self.row + self.gap // 2))
        tools_height = rows * self.row + (rows - 1) * (self.gap // 2)
        block = side + self.gap + tools_height
        top = self.bar + max(0, (self.height - self.bar - self.margin - block) // 2)
        panel_width = min(room - side - self.gap - self.px(8), round(side * 1.25))
        left = (self.width - side - self.gap - self.px(8) - panel_width) // 2
        canvas = Rect(left, top, side, side)
        panel = Rect(canvas.right + self.gap + self.px(8), top, panel_width, block)
        self.swap(canvas, panel)
        tools = Rect(canvas.left, canvas.bottom + self.gap, side, tools_height)
        files = Rect(panel.left, panel.bottom - self.row, panel.width, self.row)
        upper = Rect(panel.left, panel.top, panel.width, files.top - self.gap - panel.top)
        return self.finish(canvas, self.tools(tools, rows), files, upper)

    @property
    def has_room_below(self) -> bool:
        """Whether in an upright window there is room for the panel below a paper that one can draw on."""
        panel = self.px(TRAINING_HEIGHT) if self.trains else self.px(160) + self.gap + self.px(190)
        return self.height - self.around - panel >= LEAST_PAPER * self.width

    @property
    def around(self) -> int:
        """What an upright window takes beside paper and panel."""
        return self.bar + 2 * self.row + 3 * self.gap + self.margin

    def upright(self) -> PadLayout:
        room = self.width - 2 * self.margin
        around = self.around
        if self.trains:
            panel_height = self.px(TRAINING_HEIGHT)
        else:  # in a short window the paper comes first
            bars = self.height - around - round(0.75 * room) - self.px(160) - self.gap
            panel_height = self.px(160) + self.gap + min(max(bars, self.px(190)), self.px(250))
        below = around + panel_height
        side = min(room, self.height - below)
        column = min(room, max(side, self.px(600)))
        left = (self.width - column) // 2
        spare = max(0, self.height - below - side)
        panel_height += min(spare, self.px(210))
        top = self.bar + max(0, spare - self.px(210)) // 2
        canvas = Rect((self.width - side) // 2, top, side, side)
        tools = Rect(left, canvas.bottom + self.gap, column, self.row)
        upper = Rect(left, tools.bottom + self.gap, column, panel_height)
        files = Rect(left, upper.bottom + self.gap, column, self.row)
        return self.finish(canvas, self.tools(tools, 1), files, upper)

    def small_across(self) -> PadLayout:
        """One row of tools below paper and panel."""
        self.tighten()
        room = self.width - 2 * self.margin
        tools = Rect(self.margin, self.height - self.margin - self.row, room, self.row)
        high = tools.top - self.gap - self.bar
        side = min(high, round((room - self.gap) * 0.54))
        canvas = Rect(self.margin, self.bar, side, side)
        panel = Rect(canvas.right + self.gap, self.bar, room - side - self.gap, high)
        self.swap(canvas, panel)
        return self.small(canvas, self.tools(tools, 1), panel)

    def small_upright(self) -> PadLayout:
        """The tools in a column beside the paper, the panel below both."""
        self.tighten()
        room, column = self.width - 2 * self.margin, self.px(136)
        side = min(room - column - self.gap, self.height - self.bar - self.gap - self.margin - self.px(310))
        canvas = Rect(self.margin, self.bar, side, side)
        beside = Rect(canvas.right + self.gap, self.bar, room - side - self.gap, side)
        self.swap(canvas, beside)
        gap = self.px(6)
        high = (side + gap) // len(TOOLS)
        tools = {
            name: Rect(beside.left, beside.top + i * high, beside.width, high - gap) for i, name in enumerate(TOOLS)
        }
        top = canvas.bottom + self.gap
        return self.small(canvas, tools, Rect(self.margin, top, room, self.height - self.margin - top))

    def swap(self, paper: Rect, beside: Rect) -> None:
        """For a left hand, let the two change their places."""
        if self.left_handed:
            paper.right, beside.left = beside.right, paper.left

    def tighten(self) -> None:
        """Make do with less around everything."""
        self.is_small = True
        self.margin, self.gap, self.bar = self.px(12), self.px(12), self.px(48)

    def small(self, canvas: Rect, tools: dict[str, Rect], panel: Rect) -> PadLayout:
        """The buttons below the panel stay where there is room, and during a training; else the menu has them."""
        files = Rect(panel.left, panel.bottom - self.row, panel.width, self.row)
        if not self.trains and panel.height < self.px(400):
            self.lower, files.height, files.top = {}, 0, panel.bottom + self.gap
        upper = Rect(panel.left, panel.top, panel.width, files.top - self.gap - panel.top)
        return self.finish(canvas, tools, files, upper)

    def tools(self, area: Rect, rows: int) -> dict[str, Rect]:
        """Read, undo, redo, clear, eraser and the pen's width, in one row or two."""
        gap = self.px(8)
        if rows == 1:
            return row_of(area, TOOLS, gap)
        upper = Rect(area.left, area.top, area.width, self.row)
        lower = Rect(area.left, area.bottom - self.row, area.width, self.row)
        first = row_of(upper, {"read": 1.7, "undo": 1.0, "redo": 1.0}, gap)
        return first | row_of(lower, {"clear": 1.0, "eraser": 1.0, "brush": 1.7}, gap)

    def finish(self, canvas: Rect, tools: dict[str, Rect], files: Rect, upper: Rect) -> PadLayout:
        px = self.px
        left, right = min(canvas.left, upper.left), max(canvas.right, upper.right)
        middle = self.bar // 2 - px(17)
        names = {"menu": px(92), "help": px(94), "full_screen": px(134)}
        if self.is_small:  # where letters are as large as elsewhere
            names = {"menu": px(100), "help": px(104), "full_screen": px(158)}
        x = right + px(10)
        for name in ("full_screen", "help", "menu"):
            x -= names[name]
            tools[name] = Rect(x, middle, names[name], px(34))
            x -= px(4)
        brand = Rect(left, middle, max(0, x - left - px(8)), px(34))
        if self.lower:
            tools |= row_of(files, self.lower, px(8))

        wide, narrow = upper.width >= px(460), self.is_small or upper.width < px(340)
        low = upper.height < px(500 if self.trains else 400)
        height = min(max(px(160), round(upper.height * 0.3)), px(210)) if wide and not self.trains else px(160)
        if self.is_small and low:
            height = px(118 if self.trains else 150)
        answer = Rect(upper.left, upper.top, upper.width, height)
        card = Rect(upper.left, answer.bottom + self.gap, upper.width, upper.bottom - answer.bottom - self.gap)
        pad = px(24) if wide else px(18)
        picture = 0 if narrow else answer.height - px(52)
        preview = Rect(answer.right - pad - picture, answer.top + px(16), picture, picture)
        caption = Rect(preview.left - px(40), preview.bottom + px(5), picture + px(40), px(22))
        if narrow:
            caption.update(preview)
        row = px(32)
        verdict = Rect(answer.left + pad, answer.bottom - px(12) - row, caption.left - px(8) - answer.left - pad, row)
        glyph = Rect(answer.left + pad, answer.top + px(10), px(78), verdict.top - answer.top - px(12))
        words_left = glyph.right + px(12)
        words = Rect(words_left, glyph.top, preview.left - (0 if narrow else px(14)) - words_left, glyph.height)

        live = Rect(card.right - pad - px(132) + px(8), card.top + px(12), px(132), px(32))
        heading = Rect(card.left + pad, live.top, live.left - px(4) - card.left - pad, live.height)
        training = Rect(card.left, card.bottom, card.width, 0)
        first, last = heading.bottom + px(6), card.bottom - px(16)
        if self.trains and low:
            training, card = card, Rect(card.left, card.top, card.width, 0)
        elif self.trains:
            card.height = max(CLASSES * 14 + px(16), round(card.height * 0.46))
            training = Rect(card.left, card.bottom + self.gap, card.width, training.bottom - card.bottom - self.gap)
        if self.trains or low:
            heading.height = live.height = 0
            first, last = card.top + px(9), max(card.top + px(9), card.bottom - px(7))
        bars = self.bars(Rect(card.left + pad, first, card.width - 2 * pad, last - first))
        return PadLayout(
            unit=self.unit,
            brand=brand,
            canvas=canvas,
            tools=tools,
            answer=answer,
            glyph=glyph,
            words=words,
            verdict=verdict,
            preview=preview,
            caption=caption,
            card=card,
            heading=heading,
            live=live,
            bars=bars,
            training=training,
        )

    def bars(self, area: Rect) -> tuple[Rect, ...]:
        """Ten rows one below the other; where they would be too low to read, five beside five."""
        columns = 1 if not self.is_small or area.height >= CLASSES * self.px(LOWEST_ROW) else 2
        lines, gap = CLASSES // columns, self.px(20)
        width, step = (area.width - (columns - 1) * gap) // columns, area.height / lines
        return tuple(
            Rect(area.left + i // lines * (width + gap), round(area.top + i % lines * step), width, int(step))
            for i in range(CLASSES)
        )
