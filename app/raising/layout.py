"""Where everything is on the cards of a network that is raised, beside the paper."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.tabs.layout import TabLayout
from app.ui.layout import SMALL_UNIT, row_of
from model.constants import CLASSES

LEAST_GRID = 150  # units: a smaller grid of a hundred digits shows none of them
LEAST_CURVE = 92
CHANGE_FOOT = 22  # units: what stands below a picture that changed its answer
LEAST_BESIDE = 440  # units: in a card that is less wide there are no bars beside the pictures of a story
LABEL_ABOVE = 70  # units: in a row that is less high the label stands beside its chips


@dataclass(frozen=True)
class Work:
    """A card from its top: words; what is shown; a row of buttons."""

    words: Rect
    middle: Rect
    row: Rect


def work_places(layout: TabLayout) -> Work:
    """Words and buttons as high as they need; the middle gets the rest."""
    small = layout.unit < SMALL_UNIT

    def px(units: float) -> int:
        return round(units * layout.unit)

    inner = layout.main.inflate(-px(20), -px(16)) if small else layout.main.inflate(-px(44), -px(36))
    gap = px(8 if small else 16)
    high = px(48 if small else 68)
    row = Rect(inner.left, inner.bottom - high, inner.width, high)
    words = Rect(inner.left, inner.top, inner.width, min(px(96), inner.height * (2 if small else 1) // 5))
    middle = Rect(inner.left, words.bottom + gap, inner.width, row.top - words.bottom - 2 * gap)
    return Work(words, middle, row)


@dataclass(frozen=True)
class Shown:
    """Ten rows of bars; a square grid of a hundred digits and the curves below, without area where there is no room."""

    bars: tuple[Rect, ...]
    grid: Rect
    curve: Rect


def shown_places(middle: Rect, unit: float, *, curves: bool = True) -> Shown:
    """Bars at the left, the grid at the right, the curves below both."""

    def px(units: float) -> int:
        return round(units * unit)

    gap = px(20)
    side = min(middle.width // 2 - gap // 2, middle.height)
    left = middle.height - side - gap
    if curves and left < px(LEAST_CURVE):
        side, left = side - (px(LEAST_CURVE) - left), px(LEAST_CURVE)
    if side < px(LEAST_GRID):
        side, left = 0, 0
    side -= side % CLASSES
    grid = Rect(middle.right - side, middle.top, side, side)
    high = middle.height if not side or not curves else side
    area = Rect(middle.left, middle.top, middle.width - (side + gap if side else 0), high)
    bars = tuple(
        Rect(area.left, area.top + i * area.height // CLASSES, area.width, area.height // CLASSES)
        for i in range(CLASSES)
    )
    curve = Rect(middle.left, middle.bottom - left, middle.width, left if curves else 0)
    return Shown(bars, grid, curve)


@dataclass(frozen=True)
class Choice:
    """A label, without area where there is no room for it, and chips by the value that they stand for."""

    label: Rect
    chips: dict[object, Rect]


def choice_places(middle: Rect, unit: float, choices: dict[str, tuple[object, ...]]) -> dict[str, Choice]:
    """Rows of chips one below the other, by the names of what is chosen."""

    def px(units: float) -> int:
        return round(units * unit)

    small = unit < SMALL_UNIT
    step = min(middle.height // len(choices), px(110))
    top = middle.top + (middle.height - step * len(choices)) // 2
    found = {}
    for number, (name, values) in enumerate(choices.items()):
        area = Rect(middle.left, top + number * step, middle.width, step - px(6))
        many = len(values) > 2
        if area.height >= px(LABEL_ABOVE):
            label = Rect(area.left, area.top, area.width, px(30))
            chips = Rect(area.left, label.bottom, area.width, min(px(60), area.bottom - label.bottom))
        else:
            wide = 0 if small and many else area.width * (2 if small else 1) // (5 if small else 4)
            label = Rect(area.left, area.top, wide, area.height)
            chips = Rect(label.right, area.top, area.right - label.right, min(area.height, px(48)))
            chips.centery = area.centery
        found[name] = Choice(label, row_of(chips, dict.fromkeys(values, 1.0), px(3 if small else 8)))
    return found


@dataclass(frozen=True)
class Travel:
    """Filters and the pictures that changed, each with a label above, without area where there is no room.

    slider: between the buttons for earlier and later.
    """

    filters_label: Rect
    filters: Rect
    changes_label: Rect
    changes: tuple[Rect, ...]
    earlier: Rect
    slider: Rect
    later: Rect


def travel_places(row: Rect, grid: Rect, unit: float) -> Travel:
    """What stands in the place of the grid, and the row with the slider."""

    def px(units: float) -> int:
        return round(units * unit)

    high, gap, foot = px(22), px(8), px(CHANGE_FOOT)
    filters_label = Rect(grid.left, grid.top, grid.width, high)
    filters = Rect(grid.left, filters_label.bottom + px(4), grid.width, max(0, grid.height * 2 // 5 - high))
    changes_label = Rect(grid.left, filters.bottom + px(6), grid.width, high)
    columns, top = 5, changes_label.bottom + px(4)
    wide, tall = (grid.width - (columns - 1) * gap) // columns, (grid.bottom - top - gap // 2) // 2
    changes = tuple(
        Rect(grid.left + column * (wide + gap), top + line * (tall + gap // 2), wide, min(tall, wide + foot))
        for line in range(2)
        for column in range(columns)
    )
    places = row_of(row, {"earlier": 1.0, "slider": 1.3 if unit < SMALL_UNIT else 2.4, "later": 1.0}, px(10))
    return Travel(
        filters_label=filters_label,
        filters=filters,
        changes_label=changes_label,
        changes=changes if grid.width else (),
        earlier=places["earlier"],
        slider=places["slider"],
        later=places["later"],
    )


@dataclass(frozen=True)
class StoryPlaces:
    """Three stories to choose from; ten rows of bars, none where there is no room; pictures; two gauges below them."""

    choices: tuple[Rect, ...]
    bars: tuple[Rect, ...]
    pictures: Rect
    gauges: tuple[Rect, Rect]


def story_places(work: Work, unit: float, count: int) -> StoryPlaces:
    """count: stories to choose from, one below the other, where later pictures and the row of buttons are."""

    def px(units: float) -> int:
        return round(units * unit)

    middle, room = work.middle, work.middle.union(work.row)
    gap = px(8 if unit < SMALL_UNIT else 14)
    step = min((room.height + gap) // count, px(120))
    top = room.top + (room.height - step * count + gap) // 2
    choices = tuple(Rect(room.left, top + i * step, room.width, step - gap) for i in range(count))
    high = px(26)
    gauges = tuple(Rect(middle.left, middle.bottom - (2 - i) * high, middle.width, high) for i in range(2))
    room = Rect(middle.left, middle.top, middle.width, gauges[0].top - px(8) - middle.top)
    wide = min(px(250), room.width * 2 // 5) if room.width >= px(LEAST_BESIDE) else 0
    rows = CLASSES if wide else 0
    bars = tuple(
        Rect(room.left, room.top + i * room.height // CLASSES, wide, room.height // CLASSES) for i in range(rows)
    )
    left = room.left + (wide + px(20) if wide else 0)
    return StoryPlaces(choices, bars, Rect(left, room.top, room.right - left, room.height), (gauges[0], gauges[1]))
