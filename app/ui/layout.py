"""Where everything is: sizes of the window, rows of rectangles, and the frames of dialogs, in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pygame import Rect

SMALLEST = 320  # pixels: the shorter side of the smallest window that the program opens; the longer one has 480
USUAL = (1180, 720)  # and the usual one
HEAD, PAD = 68, 24  # units: what stands above a dialog's content, and to its left
ROOMY = (560, 420)  # pixels: in a window that is less wide or high screens leave out what a menu has too
TINY = 0.7  # pixels to a unit in the smallest window
ZOOMS = {"normal": 1.0, "large": 1.2, "largest": 1.45}  # text sizes: all that is on the screen grows with its texts
LEAST_ACROSS, LEAST_UPRIGHT = (760, 565), (941, 565)  # units, the longer side first: nothing is made larger than fits
SMALL_UNIT = 0.8  # with fewer pixels to a unit letters, which shrink no more, need more units

Name = TypeVar("Name")


class _Zoom:
    """How many times larger than usual all is shown. There is one window, so there is one for the program."""

    factor = 1.0


def zoom_to(text_size: str) -> None:
    """Show all in one of the text sizes of ZOOMS from now on."""
    _Zoom.factor = ZOOMS[text_size]


def unit_of(size: tuple[int, int]) -> float:
    """Pixels to a unit of length: 1 in a window of the usual size, upright or across; grows a little slower than it.

    Larger text sizes make it larger, as far as the window has room.
    """
    long, short = max(size), min(size)
    least = LEAST_UPRIGHT if size[1] > size[0] else LEAST_ACROSS
    usual = _usual_unit(long, short)
    return max(usual, min(usual * _Zoom.factor, long / least[0], short / least[1]))


def _usual_unit(long: int, short: int) -> float:
    times = min(long / USUAL[0], short / USUAL[1])
    if times >= 1:
        return min(times**0.9, 5.0)
    return max(times, min(0.85, max(TINY, 0.85 * min(long / ROOMY[0], short / ROOMY[1]))))


def at_least(size: tuple[int, int]) -> tuple[int, int]:
    """The size, or where it is too small for any layout the smallest that is laid out; the rest is cut off then."""
    width, height = size
    short, long = SMALLEST, SMALLEST * 3 // 2
    return (max(width, short), max(height, long)) if height > width else (max(width, long), max(height, short))


def row_of(area: Rect, proportions: Mapping[Name, float], gap: int) -> dict[Name, Rect]:
    """Rectangles side by side that fill `area`, their widths in these proportions."""
    room = area.width - gap * (len(proportions) - 1)
    total = sum(proportions.values())
    rects: dict[Name, Rect] = {}
    x = float(area.left)
    for name, proportion in proportions.items():
        width = room * proportion / total
        rects[name] = Rect(round(x), area.top, round(x + width) - round(x), area.height)
        x += width + gap
    return rects


@dataclass(frozen=True)
class DialogLayout:
    """A dialog: a title, a button to close it, the content, and a foot for buttons or a line of text."""

    unit: float
    dialog: Rect
    title: Rect
    close: Rect
    body: Rect
    foot: Rect


def dialog_layout(size: tuple[int, int], width: float, height: float, foot: float = 72) -> DialogLayout:
    """A dialog of that size in units, or as large as the window allows. foot: the height of its row of buttons."""
    unit = unit_of(size)

    def px(units: float) -> int:
        return round(units * unit)

    dialog, title, close = _frame(size, px(width), px(height))
    left, wide = title.left, dialog.width - 2 * px(PAD)
    foot_rect = Rect(left, dialog.bottom - px(foot), wide, px(foot) - px(20))
    top, bottom = dialog.top + px(HEAD), foot_rect.top - px(12) if foot else dialog.bottom - px(20)
    body = Rect(left, top, wide, bottom - top)
    return DialogLayout(unit=unit, dialog=dialog, title=title, close=close, body=body, foot=foot_rect)


def list_dialog_layout(
    size: tuple[int, int], rows: int, *, width: float = 440, row: float = 44, note: bool = False
) -> DialogLayout:
    """A dialog as high as its `rows` of `row` units need and the window allows. note: whether a line is at the foot."""
    unit = unit_of(size)

    def px(units: float) -> int:
        return round(units * unit)

    head, tail = px(HEAD), px(48 if note else 16)
    dialog, title, close = _frame(size, px(width), head + rows * px(row) + tail)
    inset = px(12)  # the rows' ground reaches farther than their text
    body = Rect(dialog.left + inset, dialog.top + head, dialog.width - 2 * inset, dialog.height - head - tail)
    foot = Rect(title.left, body.bottom, dialog.width - 2 * px(PAD), tail)
    return DialogLayout(unit=unit, dialog=dialog, title=title, close=close, body=body, foot=foot)


def _frame(size: tuple[int, int], width: int, height: int) -> tuple[Rect, Rect, Rect]:
    """A dialog in the middle of the window, its title and its cross. width, height: in pixels, where there is room."""
    unit = unit_of(size)

    def px(units: float) -> int:
        return round(units * unit)

    wide, high = min(size[0] - px(32), width), min(size[1] - px(32), height)
    dialog = Rect((size[0] - wide) // 2, (size[1] - high) // 2, wide, high)
    close = Rect(dialog.right - px(16) - px(40), dialog.top + px(14), px(40), px(40))
    title = Rect(dialog.left + px(PAD), close.top, close.left - dialog.left - px(PAD) - px(8), close.height)
    return dialog, title, close
