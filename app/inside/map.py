"""Map: digits that people wrote, near each other where the network finds them alike, and the drawing among them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pygame

from app.input import Pointer
from app.inside.layout import map_places
from app.inside.topic import Topic
from app.inside.view import InsideView
from app.inside.worker import ALIKE, Finding, Query
from app.session.answer import percent
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.controls import Control, Controls
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs
from app.ui.picture import as_bytes, draw_picture, tinted
from app.ui.theme import Theme

if TYPE_CHECKING:
    from model.explanation.feature_map import FeatureMap

Place = tuple[float, float]

IN_A_FRAME = 40  # digits that are put on the map in one frame: about two milliseconds
CROWD = 0.62  # side of a digit on the map, of what it would have if all stood side by side
SMALLEST, LARGEST = 10, 30  # units: side of a digit on the map
MARKER = 46  # units: side of the drawing on the map
CALLOUT = 104  # units: side of the digit that is pointed at
EASE = 0.09  # seconds in which the drawing goes 63 % of its way on the map
REACH = 1.6  # sides of a digit: how far beside it one may point


class MapView(InsideView):
    """Mouse, finger or arrows point at a digit, which is then shown large. The eight most alike stand beside it."""

    def __init__(self, session: Session, controls: Controls) -> None:
        super().__init__(session, controls)
        self.chosen: int | None = None  # the digit that is pointed at
        self.shown_place: Place | None = None  # where the drawing is drawn, 0..1 across and down
        self._landscape: FeatureMap | None = None
        self._chart: pygame.Surface | None = None
        self._painted = 0
        self._placed: tuple[TabLayout, Theme] | None = None

    @property
    def query(self) -> Query:
        """Where the drawing is on the map."""
        return Query(Topic.MAP)

    @property
    def landscape(self) -> FeatureMap | None:
        """The map that is shown, once it is made."""
        return self._landscape

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out; the digits are painted again where size or colours are others."""
        super().place(layout)
        self.places = map_places(layout, ALIKE)
        if self._placed != (layout, self.theme):
            self._placed = layout, self.theme
            self._chart = None

    def show(self, finding: Finding | None) -> None:
        """Take a new finding; another network has another map."""
        self.finding = finding
        landscape = finding.landscape if finding is not None else None
        if landscape is not self._landscape:
            self._landscape, self._chart, self.chosen = landscape, None, None
            self.redraw()
        elif landscape is None:
            self.damage.add(self.places.words)  # how far it is
        else:
            self.damage.add(self.places.chart, self.layout.detail)
        if self._wanted is None:
            self.shown_place = None
        elif self.shown_place is None:
            self.shown_place = self._wanted

    @property
    def _wanted(self) -> Place | None:
        """Where the drawing lies."""
        return self.finding.place if self.finding is not None and not self.session.ink.empty else None

    @property
    def _side(self) -> int:
        """Of a digit on the map, in pixels."""
        assert self._landscape is not None
        chart, unit = self.places.chart, self.layout.unit
        side = CROWD * math.sqrt(chart.width * chart.height / max(1, len(self._landscape.images)))
        return round(min(max(side, SMALLEST * unit), LARGEST * unit))

    @property
    def _inner(self) -> pygame.Rect:
        """Where the middles of the digits are."""
        return self.places.chart.inflate(-2 * self._side, -2 * self._side)

    def _in_window(self, place: Place | np.ndarray) -> Place:
        inner = self._inner
        return inner.left + float(place[0]) * inner.width, inner.top + float(place[1]) * inner.height

    @property
    def moving(self) -> bool:
        """While digits are put on the map, and the drawing goes to its place."""
        if self._landscape is None:
            return False
        return self._painted < len(self._landscape.images) or self._chart is None or self.shown_place != self._wanted

    def advance(self, seconds: float) -> None:
        """Put some more digits on the map, and move the drawing on."""
        if self._landscape is None:
            return
        if self._chart is None or self._painted < len(self._landscape.images):
            self._paint(self._landscape)
            self.damage.add(self.places.chart)
        wanted = self._wanted
        if self.shown_place is not None and wanted is not None and self.shown_place != wanted:
            self.shown_place = wanted if self.context.calm else _nearer(self.shown_place, wanted, seconds)
            self.damage.add(self.places.chart)

    def _paint(self, landscape: FeatureMap) -> None:
        """Put the next digits on the picture of the map."""
        chart, side = self.places.chart, self._side
        if self._chart is None:
            self._chart, self._painted = pygame.Surface(chart.size, 0, 32), 0
            self._chart.fill(self.theme.card)
        part = landscape.images[self._painted : self._painted + IN_A_FRAME]
        for number, (picture, label) in enumerate(zip(part.images, part.labels, strict=True), self._painted):
            x, y = self._in_window(landscape.places[number])
            sprite = tinted(picture, side, self.theme.classes[int(label) % 10])
            self._chart.blit(sprite, (round(x - chart.left - side / 2), round(y - chart.top - side / 2)))
        self._painted += len(part)

    # -- what hands do ------------------------------------------------------------------------------------

    def controls_now(self) -> list[Control]:
        """The neighbours."""
        found = self.finding.neighbours if self.finding is not None else ()
        return [
            Control(f"neighbour {number}", rect, value=neighbour.number)
            for number, (rect, neighbour) in enumerate(zip(self.places.neighbours, found, strict=False))
        ]

    def press(self, control: Control) -> None:
        """Show where a neighbour is on the map."""
        if isinstance(control.value, int):
            self._choose(control.value)

    def pointer(self, pointer: Pointer) -> None:
        """A mouse points by being there, a finger by touching."""
        if self._landscape is None or pointer.kind not in ("down", "move"):
            return
        if self.places.chart.collidepoint(pointer.place):
            middles = self._middles()
            distances = np.hypot(*(middles - pointer.place).T)
            nearest = int(distances.argmin())
            self._choose(nearest if distances[nearest] <= REACH * self._side else None)

    def step(self, across: int, down: int) -> None:
        """To the next digit in this direction; at first from the drawing."""
        if self._landscape is None:
            return
        middles = self._middles()
        if self.chosen is not None:
            start = middles[self.chosen]
        else:
            start = np.array(self._in_window(self.shown_place or (0.5, 0.5)))
        along = (middles - start) @ (across, down)
        aside = np.abs((middles - start) @ (down, across))
        costs = np.where(along >= 1, along + 2 * aside, np.inf)
        if np.isfinite(costs).any():
            self._choose(int(costs.argmin()))

    def choose(self, digit: int) -> None:
        """A digit's key points at the one that is most in the middle of its kind."""
        if self._landscape is None:
            return
        number = self._landscape.central(digit)
        if number is not None:
            self._choose(number)

    def _middles(self) -> np.ndarray:
        """(n, 2): where the digits are in the window."""
        assert self._landscape is not None
        inner = self._inner
        return self._landscape.places * inner.size + inner.topleft

    def _choose(self, index: int | None) -> None:
        if index != self.chosen:
            self.chosen = index
            self.damage.add(self.places.chart, self.layout.detail)

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """What the map is; or the digit that is pointed at."""
        if self.chosen is not None:
            return self._digit_text(self.chosen)
        making = self.finding is not None and 0 < self.finding.made < 1
        return self.context.messages("inside.waiting") if making else self._words

    def label_of(self, control: Control) -> str:
        """Which digit a neighbour is, and what it is read as."""
        return self._digit_text(control.value) if isinstance(control.value, int) else super().label_of(control)

    def _digit_text(self, number: int) -> str:
        """A digit on the map, in words."""
        messages, landscape = self.context.messages, self._landscape
        assert landscape is not None
        label, answer = int(landscape.images.labels[number]), int(landscape.answers[number])
        return f"{messages('inside.map.digit', digit=label)}, {messages('inside.map.read', digit=answer)}"

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The map, and the neighbours."""
        if painter.shows(self.layout.main):
            painter.card(self.layout.main)
            self._draw_words(painter)
            with painter.clipped(self.places.chart):
                self._draw_map(painter)
        if painter.shows(self.layout.detail):
            painter.card(self.layout.detail)
            self._draw_neighbours(painter)

    @property
    def _words(self) -> str:
        """What the map is, or how far it is."""
        messages, finding = self.context.messages, self.finding
        if self._landscape is not None:
            return messages("inside.map.how", count=len(self._landscape.images))
        if not self.session.reader.ready:
            return messages("notice.no_network")
        if finding is not None and finding.made >= 1:
            return messages("inside.map.no_pictures")
        return messages("inside.map.making", share=messages.percent(finding.made if finding is not None else 0.0))

    def _draw_words(self, painter: Painter) -> None:
        painter.fitted(self._words, self.places.words, range(17, 10, -1), painter.theme.quiet, most=2, spacing=1.25)

    def _draw_map(self, painter: Painter) -> None:
        if self._landscape is None or self._chart is None or self.finding is None:
            return
        painter.surface.blit(self._chart, self.places.chart)
        marker, callout = self._marker(painter), self._callout(painter)
        self._draw_labels(painter, self._landscape, [rect for rect in (marker, callout) if rect is not None])
        if marker is not None:
            self._draw_marker(painter, self._landscape, marker)
        if callout is not None and self.chosen is not None:
            self._draw_callout(painter, self._landscape, self.chosen, callout)

    def _draw_labels(self, painter: Painter, landscape: FeatureMap, taken: list[pygame.Rect]) -> None:
        """Every digit where most of its kind lie, or below what has that place already; none half behind a card."""
        side, taken = painter.px(32), [rect.inflate(4, 4) for rect in taken]
        cards = len(taken)
        for digit in range(10):
            number = landscape.central(digit)
            if number is None:
                continue
            label = pygame.Rect(0, 0, side, side)
            label.center = _whole(self._in_window(landscape.places[number]))
            if label.collidelist(taken[:cards]) >= 0:
                continue
            while (hit := label.collidelist(taken)) >= 0:
                label.top = taken[hit].bottom
            taken.append(label)
            colour = painter.theme.classes[digit]
            shapes.disc(painter.surface, label.center, painter.px(15), painter.theme.card)
            shapes.ring(painter.surface, label.center, painter.px(15), colour, painter.px(2))
            painter.text(str(digit), label.center, 18, colour, "display", "center")

    def _marker(self, painter: Painter) -> pygame.Rect | None:
        """Where the drawing is on the map."""
        if self.shown_place is None:
            return None
        rect = pygame.Rect(0, 0, painter.px(MARKER + 6), painter.px(MARKER + 6))
        rect.center = _whole(self._in_window(self.shown_place))
        return rect.clamp(self.places.chart)

    def _callout(self, painter: Painter) -> pygame.Rect | None:
        """Where the digit that is pointed at stands large, beside its place."""
        if self.chosen is None or self._landscape is None:
            return None
        x, y = _whole(self._in_window(self._landscape.places[self.chosen]))
        width, height = painter.px(CALLOUT + 24), painter.px(CALLOUT + 68)
        across, down = (side // 2 + painter.px(16) + self._side for side in (width, height))
        taken = self._marker(painter) or pygame.Rect(0, 0, 0, 0)
        boxes: list[tuple[bool, int, int, pygame.Rect]] = []
        for dx, dy in ((across, 0), (-across, 0), (0, -down), (0, down)):
            box = pygame.Rect(x + dx - width // 2, y + dy - height // 2, width, height)
            within = box.clamp(self.places.chart)
            boxes.append((within.colliderect(taken), abs(within.x - box.x) + abs(within.y - box.y), len(boxes), within))
        return min(boxes, key=lambda box: box[:3])[3]

    def _draw_marker(self, painter: Painter, landscape: FeatureMap, rect: pygame.Rect) -> None:
        """The drawing, with lines to those that it is most like."""
        theme, px, finding = painter.theme, painter.px, self.finding
        assert finding is not None
        for neighbour in finding.neighbours:
            end = self._in_window(landscape.places[neighbour.number])
            pygame.draw.aaline(painter.surface, theme.accent, rect.center, end)
            shapes.ring(painter.surface, end, 0.75 * self._side, theme.accent, px(2))
        painter.card(rect, 10)
        if finding.network_input is not None:
            draw_picture(painter, rect.inflate(-px(6), -px(6)), as_bytes(finding.network_input.image))
        shapes.outline(painter.surface, rect, theme.accent, px(10), px(3))

    def _draw_callout(self, painter: Painter, landscape: FeatureMap, number: int, box: pygame.Rect) -> None:
        """The digit that is pointed at, and in words what it is and what it is read as."""
        theme, px, messages = painter.theme, painter.px, self.context.messages
        label, answer = int(landscape.images.labels[number]), int(landscape.answers[number])
        place = self._in_window(landscape.places[number])
        shapes.ring(painter.surface, place, 0.85 * self._side, theme.text, px(3))
        painter.card(box, 14)
        shapes.outline(painter.surface, box, theme.text, px(14), px(2))
        picture = pygame.Rect(box.left + px(12), box.top + px(12), px(CALLOUT), px(CALLOUT))
        draw_picture(painter, picture, landscape.images.images[number])
        lines = pygame.Rect(picture.left, picture.bottom + px(2), picture.width, px(24))
        painter.fitted(
            messages("inside.map.digit", digit=label), lines, (16, 15, 14, 13), theme.classes[label], "strong", "center"
        )
        lines = lines.move(0, px(24))
        colour = theme.quiet if answer == label else theme.against
        painter.fitted(messages("inside.map.read", digit=answer), lines, range(14, 10, -1), colour, align="center")

    def _draw_neighbours(self, painter: Painter) -> None:
        """Eight pictures, below each which digit it is and how much alike."""
        messages, theme, px = self.context.messages, painter.theme, painter.px
        finding, landscape = self.finding, self._landscape
        if landscape is None or finding is None or not finding.neighbours:
            area = self.layout.detail.inflate(-px(32), -px(28))
            draw_paragraphs(painter, area, [
                (messages("inside.map.alike"), 18, "strong", False),
                (messages("inside.map.empty"), 16, "regular", True),
            ])  # fmt: skip
            return
        if self.places.heading.height:
            painter.fitted(
                messages("inside.map.alike"), self.places.heading, range(18, 10, -1), weight="strong", most=2
            )
        for number, (rect, neighbour) in enumerate(zip(self.places.neighbours, finding.neighbours, strict=False)):
            state = self.controls.state_of(f"neighbour {number}")
            picture = pygame.Rect(rect.topleft, (rect.width, rect.width))
            label = int(landscape.images.labels[neighbour.number])
            draw_picture(painter, picture, landscape.images.images[neighbour.number], theme.track)
            chosen = neighbour.number == self.chosen or state.hovered
            colour, width = (theme.accent, px(3)) if chosen else (theme.classes[label], px(2))
            shapes.outline(painter.surface, picture, colour, px(6), width)
            words = pygame.Rect(rect.left - px(4), picture.bottom, rect.width + px(8), rect.height - rect.width)
            text = f"{label}  ·  {percent(max(neighbour.similarity, 0.0), messages)}"
            narrow = painter.type.width(text, painter.size(11), "strong") > words.width
            shown = str(label) if narrow else text
            painter.fitted(shown, words, (15, 14, 13, 12, 11), theme.text, "strong", "center")
            if state.focused:
                painter.focus_ring(picture, 6)


def _whole(place: Place) -> tuple[int, int]:
    return round(place[0]), round(place[1])


def _nearer(place: Place, wanted: Place, seconds: float) -> Place:
    """A step on the way; the last bit at once."""
    part = 1 - math.exp(-seconds / EASE)
    x, y = (a + (b - a) * part for a, b in zip(place, wanted, strict=True))
    return wanted if math.dist((x, y), wanted) < 0.001 else (x, y)
