"""Where everything of a screen with tabs is: the paper with its tools, a card for details, the main card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pygame import Rect

from app.ui.layout import SMALL_UNIT, at_least, row_of, unit_of

LEAST_TAB_PIXELS = 118  # in pixels, below which a row has no room for the words of all its tabs
NARROW = 600  # an upright window less wide has tabs in two rows
LEAST_TAB = 128  # width of a tab; narrower ones get a row of their own


@dataclass(frozen=True)
class TabLayout:
    """detail has no area where the paper is large; tools are buttons by the name of their command, tabs by their value.

    title has no width where the tabs stand in its place.
    """

    unit: float
    title: Rect
    tabs: dict[Enum, Rect]
    close: Rect
    paper: Rect
    tools: dict[str, Rect]
    detail: Rect
    main: Rect


def tab_layout(
    size: tuple[int, int], tabs: Sequence[Enum], close_width: int, paper_share: float, tool_names: Sequence[str]
) -> TabLayout:
    """Paper at the left with its tools and the detail below; in an upright window both above the main card.

    paper_share: of the width that a large paper takes at most; 0: it is small, and a detail is beside it.
    """
    width, height = at_least(size)
    unit = unit_of((width, height))

    def px(units: float) -> int:
        return round(units * unit)

    small, upright = unit < SMALL_UNIT, width < 0.85 * height
    margin, gap, row = px(12 if small else 24), px(14), px(46)
    close = Rect(width - margin - px(close_width), px(9), px(close_width), px(40))
    wide = min(px(150), (close.left - 2 * margin - px(160)) // len(tabs))
    narrow = small or (upright and width < px(NARROW))
    own_row = wide < px(LEAST_TAB) or narrow
    title = Rect(margin, px(9), (close.left if own_row else close.left - wide * len(tabs)) - margin - px(24), px(40))
    along = Rect(close.left - px(12) - wide * len(tabs), px(9), wide * len(tabs), px(40))
    if own_row:
        along = Rect(margin, px(58), width - 2 * margin, px(40))
    places = row_of(along, dict.fromkeys(tabs, 1.0), px(8))
    top = along.bottom + px(11)
    if narrow and not upright:  # in a low window they are in the title's place
        title.width = 0
        along = Rect(margin, px(9), close.left - px(12) - margin, px(40))
        places = row_of(along, dict.fromkeys(tabs, 1.0), px(6))
        top = along.bottom + px(11)
    if narrow and along.width // len(tabs) < max(px(LEAST_TAB), LEAST_TAB_PIXELS):  # and in two rows
        half = len(tabs) // 2
        places = row_of(along, dict.fromkeys(tabs[:half], 1.0), px(6))
        places |= row_of(along.move(0, px(46)), dict.fromkeys(tabs[half:], 1.0), px(6))
        top = along.bottom + px(46) + px(11)
    area = Rect(margin, top, width - 2 * margin, height - top - margin)
    large_paper = paper_share > 0
    if upright:
        large, usual = area.height // (3 if small else 2), min(round(area.width * 0.44), area.height // 3)
        side = min(area.width, large) if large_paper else usual
        left = area.left + (area.width - side) // 2 if large_paper else area.left
        paper = Rect(left, area.top, side, side)
        tools = Rect(area.left, paper.bottom + gap, area.width if large_paper else side, row)
        rest = Rect(paper.right + gap, area.top, area.right - paper.right - gap, tools.bottom - area.top)
        detail = Rect(rest.topleft, (0, 0)) if large_paper else rest
        main = Rect(area.left, tools.bottom + gap, area.width, area.bottom - tools.bottom - gap)
    else:
        most = area.height - row - gap
        side = (
            min(most, round(area.width * max(paper_share, 0.47 if small else 0)))
            if large_paper
            else min(round(most * 0.56), round(area.width * 0.28))
        )
        paper = Rect(area.left, area.top, side, side)
        tools = Rect(area.left, paper.bottom + gap, side, row)
        top = tools.bottom + gap
        detail = Rect(area.left, top, side, 0 if large_paper else area.bottom - top)
        main = Rect(paper.right + gap, area.top, area.right - paper.right - gap, area.height)
    return TabLayout(
        unit=unit,
        title=title,
        tabs=places,
        close=close,
        paper=paper,
        tools=row_of(
            tools,
            dict.fromkeys(tool_names, 1.0) | ({tool_names[-1]: 1.4} if small and len(tool_names) > 2 else {}),
            px(8),
        ),
        detail=detail,
        main=main,
    )
