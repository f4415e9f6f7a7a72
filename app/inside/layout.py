"""Where everything is on the cards of "look inside", beside the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from pygame import Rect

from app.inside.mosaic import Tiles, tiles_in
from app.tabs.layout import TabLayout
from app.ui.layout import row_of
from model.constants import SIDE

OUTPUTS = 118  # units: width of the column of answers
PICTURE = 92  # and of the picture at the other end
OUTPUTS_HIGH = 100  # height of the band of answers
HEAD = 66  # height of what stands above each column
LEAST_HEADING = 180  # width of the neighbours' heading, below which it has two lines; none where they need the room
LEAST_NEIGHBOUR = 36  # side of a tile in which one still sees a digit
NEIGHBOUR_FOOT = 20  # height of what stands below it
LEAST_NEED = 6.0  # of any step, where a map of one pixel needs 1
BAND_HEAD = 96  # width of what stands before each band


@dataclass(frozen=True)
class WhyPlaces:
    """On the main card: words, what the two signs mean, ten digits to choose from."""

    words: Rect
    legend: tuple[Rect, Rect]
    digits: tuple[Rect, ...]


def why_places(layout: TabLayout) -> WhyPlaces:
    """Digits in one column, or in two where the card is low or wide."""
    unit = layout.unit
    gap = round(8 * unit)
    area = layout.main.inflate(-round(40 * unit), -round(36 * unit))
    words = Rect(area.left, area.top, area.width, min(round(96 * unit), area.height * 3 // 10))
    line = round(38 * unit)
    one, other = row_of(Rect(area.left, words.bottom, area.width, line), {"for": 1, "against": 1}, gap).values()
    top = one.bottom + round(12 * unit)
    columns = 1 if area.bottom - top >= 10 * round(40 * unit) else 2
    rows = 10 // columns
    pitch = min((area.bottom - top + gap) // rows, round(64 * unit))
    wide = (area.width + gap) // columns
    digits = tuple(
        Rect(area.left + digit // rows * wide, top + digit % rows * pitch, wide - gap, pitch - gap)
        for digit in range(10)
    )
    return WhyPlaces(words, (one, other), digits)


@dataclass(frozen=True)
class Column:
    """One step of the way, a column or a band: its heading, its tiles, and where the first of them begins."""

    head: Rect
    tiles: Tiles
    place: tuple[int, int]

    @property
    def rect(self) -> Rect:
        """All tiles."""
        return Rect(self.place, self.tiles.size)

    def tile(self, index: int) -> Rect:
        """One tile."""
        return self.tiles.rect(index).move(self.place)


def flow_layout(area: Rect, shapes: Sequence[tuple[int, ...]], unit: float) -> list[Column]:
    """The steps, of these shapes, from left to right, or in an upright area from top to bottom.

    The picture and the answers at the ends have their room, what is between shares the rest as its values need it. The
    last step's tiles are those of the answers, one below the other or side by side.
    """
    flow = _Flow(area, shapes, unit)
    return flow.down() if area.height > 1.1 * area.width else flow.across()


class _Flow:
    """Works out where the steps stand; all lengths in pixels."""

    def __init__(self, area: Rect, shapes: Sequence[tuple[int, ...]], unit: float) -> None:
        self.area, self.shapes, self.unit = area, shapes, unit
        self.gap = max(4, min(round(16 * unit), min(area.size) // (3 * len(shapes))))

    def across(self) -> list[Column]:
        """Columns with their headings above."""
        area, head = self.area, round(HEAD * self.unit)
        picture = max(round(PICTURE * self.unit), area.width // (len(self.shapes) + 2))
        columns, x = [], area.left
        for number, width in enumerate(self._shared(area.width, picture, round(OUTPUTS * self.unit))):
            body = Rect(x, area.top + head, width, area.height - head)
            title = Rect(x - self.gap // 2, area.top, width + self.gap, head)
            columns.append(Column(title, *self._placed(number, body, down=False)))
            x += width + self.gap
        return columns

    def down(self) -> list[Column]:
        """Bands with their headings at the left."""
        area, head = self.area, round(BAND_HEAD * self.unit)
        picture = max(round(PICTURE * self.unit), area.height // (len(self.shapes) + 3))
        columns, y = [], area.top
        for number, height in enumerate(self._shared(area.height, picture, round(OUTPUTS_HIGH * self.unit))):
            body = Rect(area.left + head, y, area.width - head, height)
            columns.append(Column(Rect(area.left, y, head, height), *self._placed(number, body, down=True)))
            y += height + self.gap
        return columns

    def _shared(self, room: int, first: int, last: int) -> list[int]:
        """The lengths of all steps along the way."""
        needs = [LEAST_NEED + (shape[-1] * max(shape[:-1], default=1) ** 1.3) ** 0.5 for shape in self.shapes[1:-1]]
        rest = room - first - last - self.gap * (len(self.shapes) - 1)
        return [first, *(max(1, int(rest * need / sum(needs))) for need in needs), last]

    def _placed(self, number: int, body: Rect, *, down: bool) -> tuple[Tiles, tuple[int, int]]:
        """The tiles of a step, and where the first begins so that all are in the middle of the body."""
        shape = self.shapes[number]
        if number == len(self.shapes) - 1:
            tiles = self._answers(body, shape[-1], down=down)
        else:
            # Single values are no larger than a fingertip needs, maps no larger than is good to look at.
            single = prod(shape[:-1]) == 1
            largest = 20 * self.unit if single else min(160, 12 * max(shape[:-1])) * self.unit
            tiles = tiles_in(body.size, shape[-1], round(largest))
        width, height = tiles.size
        return tiles, (body.left + (body.width - width) // 2, body.top + (body.height - height) // 2)

    def _answers(self, body: Rect, count: int, *, down: bool) -> Tiles:
        if down:
            pitch = max(1, body.width // count)
            return Tiles(count, count, pitch, max(1, pitch - max(1, pitch // 8)), height=body.height)
        pitch = max(1, min(round(46 * self.unit), body.height // count))
        return Tiles(count, 1, pitch, max(1, pitch - max(1, pitch // 8)), width=body.width)


@dataclass(frozen=True)
class MapPlaces:
    """On the main card a line of words and the map, on the detail a heading and a tile for each neighbour."""

    words: Rect
    chart: Rect
    heading: Rect
    neighbours: tuple[Rect, ...]


def map_places(layout: TabLayout, count: int) -> MapPlaces:
    """The map as large as it goes; the neighbours as large tiles as have room below each other or side by side.

    count: how many neighbours there are; fewer have a place where the tiles of all would be too small to see.
    """
    unit = layout.unit

    def px(units: float) -> int:
        return round(units * unit)

    area = layout.main.inflate(-px(36), -px(32))
    words = Rect(area.left, area.top, area.width, px(44))
    chart = Rect(area.left, words.bottom + px(8), area.width, area.bottom - words.bottom - px(8))
    side = layout.detail.inflate(-px(32), -px(28))
    heading = Rect(side.left, side.top, side.width, px(26 if side.width >= px(LEAST_HEADING) else 46))
    below = Rect(side.left, heading.bottom + px(6), side.width, side.bottom - heading.bottom - px(6))
    if below.height < px(LEAST_NEIGHBOUR + NEIGHBOUR_FOOT):
        heading.height, below = 0, side
    return MapPlaces(words, chart, heading, _neighbour_tiles(below, count, unit))


def _neighbour_tiles(room: Rect, count: int, unit: float) -> tuple[Rect, ...]:
    """As large as they can be side by side and below each other, each with its foot; fewer where all are too small."""
    foot, gap, least, most = (round(units * unit) for units in (NEIGHBOUR_FOOT, 8, LEAST_NEIGHBOUR, 132))

    def side_of(columns: int, count: int) -> int:
        across = (room.width + gap) // columns - gap
        down = (room.height + gap) // -(-count // columns) - gap - foot
        return max(1, min(across, down, most))

    sizes = {(side_of(columns, n), n, columns) for n in range(1, count + 1) for columns in range(1, n + 1)}
    large = [size for size in sizes if size[0] >= least]
    tile, count, columns = max(large, key=lambda size: (size[1], size[0], -size[2])) if large else max(sizes)
    pitch = (room.width - tile * columns) // max(1, columns - 1) if columns > 1 else 0
    pitch = tile + min(pitch, round(28 * unit))
    return tuple(
        Rect(room.left + i % columns * pitch, room.top + i // columns * (tile + foot + gap), tile, tile + foot)
        for i in range(count)
    )


@dataclass(frozen=True)
class PixelPlaces:
    """The picture's grid on the paper's place, in whole pixels to a cell; the flow; words and digits below it."""

    grid: Rect
    flow: Rect
    card: Rect
    words: Rect
    digits: tuple[Rect, ...]


def pixel_places(layout: TabLayout) -> PixelPlaces:
    """The flow above, and below it what changes the picture by itself."""

    def px(units: float) -> int:
        return round(units * layout.unit)

    cell = (layout.paper.width - px(16)) // SIDE
    grid = Rect(0, 0, cell * SIDE, cell * SIDE)
    grid.center = layout.paper.center
    main = layout.main
    high = min(px(148), main.height // 2)
    card = Rect(main.left, main.bottom - high, main.width, high)
    flow = Rect(main.left, main.top, main.width, card.top - px(14) - main.top)
    inner = card.inflate(-px(36), -px(28))
    chips = Rect(inner.left, inner.bottom - px(44), inner.width, px(44))
    words = Rect(inner.left, inner.top, inner.width, chips.top - px(8) - inner.top)
    return PixelPlaces(grid, flow, card, words, tuple(row_of(chips, dict.fromkeys(range(10), 1.0), px(6)).values()))


@dataclass(frozen=True)
class TourPlaces:
    """On the main card: a title with the way out, words, a picture, and a row to go back and on."""

    title: Rect
    leave: Rect
    words: Rect
    picture: Rect
    back: Rect
    dots: Rect
    on: Rect


def tour_places(layout: TabLayout) -> TourPlaces:
    """The picture gets what the words leave."""

    def px(units: float) -> int:
        return round(units * layout.unit)

    inner = layout.main.inflate(-px(40), -px(32))
    leave = Rect(inner.right - px(120), inner.top, px(120), px(40))
    title = Rect(inner.left, inner.top, leave.left - inner.left - px(12), px(40))
    row = Rect(inner.left, inner.bottom - px(48), inner.width, px(48))
    places = row_of(row, {"back": 1.0, "dots": 1.1, "on": 1.2}, px(14))
    words = Rect(inner.left, title.bottom + px(8), inner.width, min(px(88), inner.height // 4))
    top = words.bottom + px(10)
    picture = Rect(inner.left, top, inner.width, row.top - px(16) - top)
    if picture.height < px(150):  # the words need the room; below them digits alone have a row
        picture.top, picture.height = row.top - px(52), px(42)
        words.height = picture.top - px(8) - words.top
    return TourPlaces(title, leave, words, picture, places["back"], places["dots"], places["on"])
