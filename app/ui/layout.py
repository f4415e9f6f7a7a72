"""Where everything is: sizes of the window, rows of rectangles, and the frames of dialogs, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

SMALLEST = (800, 600)  # pixels: the smallest window that the program opens
USUAL = (1180, 720)  # and the usual one
LEAST = (560, 420)  # the smallest window that everything fits; one smaller still is laid out as this and cut off


def unit_of(size: tuple[int, int]) -> float:
    """Pixels to a unit of length: 1 in a window of the usual size, upright or across; grows a little slower than it."""
    long, short = max(size), min(size)
    times = min(long / USUAL[0], short / USUAL[1])
    return max(times, 0.85) if times < 1 else min(times**0.9, 5.0)


def row_of(area: Rect, shares: dict[str, float], gap: int) -> dict[str, Rect]:
    """Rectangles side by side that fill `area`, their widths in proportion to `shares`."""
    room = area.width - gap * (len(shares) - 1)
    total = sum(shares.values())
    rects: dict[str, Rect] = {}
    x = float(area.left)
    for name, share in shares.items():
        width = room * share / total
        rects[name] = Rect(round(x), area.top, round(x + width) - round(x), area.height)
        x += width + gap
    return rects


@dataclass(frozen=True)
class ListDialogLayout:
    """A dialog over the drawing screen: a title, a list that may scroll, a button to close it, a foot line."""

    unit: float
    dialog: Rect
    title: Rect
    close: Rect
    body: Rect
    foot: Rect
    row: int  # height of one row


def list_dialog_layout(
    size: tuple[int, int], rows: int, width: int = 440, foot: bool = False, row: int = 44
) -> ListDialogLayout:
    """A dialog in the middle of the window, as high as its `rows` need and the window allows; lengths in units."""
    unit = unit_of(size)

    def px(units: float) -> int:
        return round(units * unit)

    wide = min(size[0] - px(32), px(width))
    high = px(row)
    head, tail = px(68), px(48) if foot else px(16)
    height = min(size[1] - px(32), head + rows * high + tail)
    dialog = Rect((size[0] - wide) // 2, (size[1] - height) // 2, wide, height)
    pad = px(24)
    close = Rect(dialog.right - px(16) - px(40), dialog.top + px(14), px(40), px(40))
    title = Rect(dialog.left + pad, close.top, close.left - dialog.left - pad - px(8), close.height)
    body = Rect(dialog.left + px(12), dialog.top + head, wide - px(24), dialog.bottom - tail - dialog.top - head)
    foot_rect = Rect(dialog.left + pad, body.bottom, wide - 2 * pad, dialog.bottom - body.bottom)
    return ListDialogLayout(unit, dialog, title, close, body, foot_rect, high)


@dataclass(frozen=True)
class DialogLayout:
    """A dialog with content of its own: a title, a button to close it, the content, a row of buttons at the foot."""

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

    wide, high = min(size[0] - px(32), px(width)), min(size[1] - px(32), px(height))
    dialog = Rect((size[0] - wide) // 2, (size[1] - high) // 2, wide, high)
    pad = px(24)
    close = Rect(dialog.right - px(16) - px(40), dialog.top + px(14), px(40), px(40))
    title = Rect(dialog.left + pad, close.top, close.left - dialog.left - pad - px(8), close.height)
    top = dialog.top + px(68)
    foot_rect = Rect(dialog.left + pad, dialog.bottom - px(foot), wide - 2 * pad, px(foot) - px(20))
    bottom = foot_rect.top - px(12) if foot else dialog.bottom - px(20)
    body = Rect(dialog.left + pad, top, wide - 2 * pad, bottom - top)
    return DialogLayout(unit, dialog, title, close, body, foot_rect)
