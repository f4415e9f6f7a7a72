"""The way of the drawing through the network: a column for each step, and what the one is that is pointed at."""

from __future__ import annotations

import numpy as np
import pygame

from app.input import Pointer
from app.inside.captions import ChosenUnit, paragraphs
from app.inside.layout import Column, flow_layout
from app.inside.mosaic import Mosaic, tiles_in
from app.inside.overlay import frame_on_paper, part_of
from app.inside.topic import Topic
from app.inside.view import InsideView
from app.inside.worker import Finding, Query
from app.session.answer import SUREST
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.bars import draw_bar, draw_upright_bar
from app.ui.controls import Controls
from app.ui.heard import sentences
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs, in_words, paragraphs_fit
from app.ui.theme import Theme
from model.explanation.introspection import OUTPUT, PICTURE, Field, Introspection


class WayView(InsideView):
    """Mouse, finger or arrows choose a map or value; its sentence and its weights stand below the paper."""

    def __init__(self, session: Session, controls: Controls) -> None:
        super().__init__(session, controls)
        self.columns: list[Column] = []
        self.chosen: ChosenUnit | None = None
        self._inside: Introspection | None = None
        self._mosaics: list[Mosaic] = []
        self._placed: tuple[TabLayout, Theme] | None = None  # what columns and mosaics are for
        self._weights: tuple[tuple[object, ...], pygame.Surface] | None = None

    @property
    def query(self) -> Query:
        """The values of every step."""
        return Query(Topic.WAY)

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out the steps, where size, view or colours are others than before."""
        super().place(layout)
        if self._placed != (layout, self.theme):
            self._placed = layout, self.theme
            self._inside = None
            self._weights = None
            self.show(self.finding)

    def show(self, finding: Finding | None) -> None:
        """Paint the values of a new finding."""
        super().show(finding)
        inside = finding.inside if finding is not None else None
        if inside is None or finding is None:
            self.columns, self._mosaics, self._inside = [], [], None
            return
        if inside is not self._inside:
            self._lay_out(inside)
        values = finding.values or [np.zeros(step.shape, np.float32) for step in inside.steps]
        for mosaic, array in zip(self._mosaics, values, strict=False):
            mosaic.show(array)

    def _lay_out(self, inside: Introspection) -> None:
        """Columns for another network, or another size."""
        self._inside = inside
        unit, main = self.layout.unit, self.layout.main
        steps = inside.steps
        area = main.inflate(-round(36 * unit), -round(28 * unit))
        self.columns = flow_layout(area, [step.shape for step in steps], unit)
        self._mosaics = [
            Mosaic(column.tiles, step.shape, self.theme, signed=step.kind != PICTURE)
            for column, step in zip(self.columns[:-1], steps, strict=False)
        ]
        if self.chosen is not None and not _is_in(self.chosen, inside):
            self.chosen = None

    # -- what hands do ------------------------------------------------------------------------------------

    def pointer(self, pointer: Pointer) -> None:
        """A mouse points by being there, a finger by touching."""
        if pointer.kind not in ("down", "move") or not self.layout.main.collidepoint(pointer.place):
            return
        chosen = self._at(pointer.place)
        if chosen is not None:
            self._choose(chosen)

    def choose(self, digit: int) -> None:
        """A digit's key points at its answer."""
        if self._inside is not None:
            self._choose(ChosenUnit(len(self._inside.steps) - 1, digit))

    def step(self, across: int, down: int) -> None:
        """To the tile beside; over the edge of a column to the next one, at about the same height."""
        if not self.columns or self._inside is None:
            return
        if self.chosen is None:
            self.choose(self.finding.reading.digit or 0 if self.finding and self.finding.reading else 0)
            return
        at, tiles = self.chosen, self.columns[self.chosen.step].tiles
        row, column = divmod(at.unit, tiles.columns)
        row, column = row + down, column + across
        unit = row * tiles.columns + column
        if row >= 0 and 0 <= column < tiles.columns and unit < tiles.count:
            self._choose(self._strongest(at.step, unit))
            return
        along = down if self._goes_down else across
        step = at.step + (along > 0) - (along < 0)
        if step != at.step and 0 <= step < len(self.columns):
            self._choose(self._strongest(step, self._beside(at, step)))

    @property
    def _goes_down(self) -> bool:
        """Whether the way goes from top to bottom."""
        return self.columns[0].head.right <= self.columns[0].place[0]

    def _beside(self, at: ChosenUnit, step: int) -> int:
        """The tile of another step that is nearest to one."""
        place = self.columns[at.step].tile(at.unit).center
        column = self.columns[step]
        middles = np.array([column.tile(unit).center for unit in range(column.tiles.count)])
        return int(((middles - place) ** 2).sum(axis=1).argmin())

    def _strongest(self, step: int, unit: int) -> ChosenUnit:
        """A map or value, with the place where the map is strongest."""
        if self.finding is None or not self.finding.values or self.finding.values[step].ndim != 3:
            return ChosenUnit(step, unit)
        cells = np.abs(self.finding.values[step][:, :, unit])
        row, column = np.unravel_index(int(cells.argmax()), cells.shape)
        return ChosenUnit(step, unit, int(row), int(column))

    def _at(self, place: tuple[float, float]) -> ChosenUnit | None:
        assert self._inside is not None or not self.columns
        for number, column in enumerate(self.columns):
            x, y = place[0] - column.place[0], place[1] - column.place[1]
            unit = column.tiles.at(x, y)
            if unit is None or self._inside is None:
                continue
            height, width, *_ = (*self._inside.steps[number].shape[:-1], 1, 1)
            tile = column.tile(unit)
            row = int((place[1] - tile.top) * height / tile.height)
            cell = int((place[0] - tile.left) * width / tile.width)
            return ChosenUnit(number, unit, min(max(row, 0), height - 1), min(max(cell, 0), width - 1))
        return None

    def _choose(self, chosen: ChosenUnit) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.redraw()

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """What is pointed at; while nothing is, how one points."""
        messages = self.context.messages
        if self._inside is None or self.chosen is None:
            return sentences((messages("inside.hint"), messages("inside.hint.how")))
        return in_words(paragraphs(self._inside, self.chosen, self.finding, messages))

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The columns, and the card for what is pointed at."""
        if painter.shows(self.layout.main):
            painter.card(self.layout.main)
            self._draw_flow(painter)
        if painter.shows(self.layout.detail):
            painter.card(self.layout.detail)
            self._draw_detail(painter)

    def _draw_flow(self, painter: Painter) -> None:
        messages, px = self.context.messages, painter.px
        if self._inside is None:
            key = "notice.no_network" if not self.session.reader.ready else "inside.waiting"
            area = self.layout.main.inflate(-px(60), -px(60))
            draw_paragraphs(painter, area, [(messages(key), 15, "regular", True)])
            return
        for number, (column, step) in enumerate(zip(self.columns, self._inside.steps, strict=True)):
            self._draw_head(painter, column, step.kind, step.shape)
            if step.kind == OUTPUT or number == len(self.columns) - 1:
                self._draw_answers(painter, column)
            else:
                painter.surface.blit(self._mosaics[number].surface, column.place)
        if self.chosen is not None:
            tile = self.columns[self.chosen.step].tile(self.chosen.unit)
            around = tile.inflate(px(6), px(6))
            shapes.outline(painter.surface, around, painter.theme.accent, px(4), px(2))
            field = self._field()
            if field is not None and self.chosen.step:
                picture = self.columns[0].tile(0)
                part = part_of(picture, field)
                shapes.outline(painter.surface, part.inflate(2, 2), painter.theme.accent, px(3), px(2))

    def _draw_head(self, painter: Painter, column: Column, kind: str, shape: tuple[int, ...]) -> None:
        """What kind of step it is, how many maps or values it has, and how large its maps are."""
        head, theme = column.head, painter.theme
        size = f"{shape[0]} × {shape[1]}" if len(shape) == 3 else ""
        count = str(shape[-1]) if len(shape) == 1 or shape[-1] > 1 else ""
        lines = [(self.context.messages(f"inside.step.{kind}"), "strong", theme.text)]
        lines += [(text, "regular", theme.quiet) for text in (count, size) if text]
        top = head.top + painter.px(8)
        if self._goes_down:
            lines = lines[: max(1, head.height // painter.px(18))]
            top = head.centery - painter.px(9 * (len(lines) - 1))
        for number, (text, weight, colour) in enumerate(lines):
            sizes = [painter.size(size) for size in (13, 12, 11)]
            fitting = [size for size in sizes if painter.type.width(text, size, weight) <= head.width - 2]
            if fitting:  # in a narrow column it is left out rather than cut
                place = (head.centerx, top + painter.px(18) * number)
                painter.line(text, place, fitting[0], colour, weight, "center")

    def _draw_answers(self, painter: Painter, column: Column) -> None:
        """Ten digits, each with a bar and how likely it is."""
        reading = self.finding.reading if self.finding else None
        for digit in range(column.tiles.count):
            best = reading is not None and reading.is_digit and digit == reading.digit
            probability = float(reading.probabilities[digit]) if reading is not None else None
            text = ""
            if probability is not None:
                text = self.context.messages.percent(min(probability, SUREST), decimals=1 if best else 0)
            draw = draw_upright_bar if self._goes_down else draw_bar
            draw(painter, column.tile(digit), digit, probability or 0.0, text, best=best)

    def _draw_detail(self, painter: Painter) -> None:
        px, messages = painter.px, self.context.messages
        area = self.layout.detail.inflate(-px(36), -px(28))
        if self._inside is None or self.chosen is None:
            draw_paragraphs(painter, area, [
                (messages("inside.hint"), 20, "strong", False), (messages("inside.hint.how"), 17, "regular", True)
            ])  # fmt: skip
            return
        shown = paragraphs(self._inside, self.chosen, self.finding, messages)
        weights = self._weights_picture(area, px(150))
        words = pygame.Rect(area)
        place = area.topleft
        if weights is not None and area.width > area.height * 1.25:
            words.width -= weights.get_width() + px(14)
            place = (words.right + px(14), area.top)
        elif weights is not None:
            words.height -= weights.get_height() + px(30)
            place = (area.left, words.bottom + px(8))
        if weights is None or not paragraphs_fit(painter, words, shown):
            draw_paragraphs(painter, area, shown)  # without weights, where there is no room for both
            return
        draw_paragraphs(painter, words, shown)
        painter.surface.blit(weights, place)
        top = place[1] + weights.get_height() + px(4)
        below = pygame.Rect(place[0], top, area.right - place[0], area.bottom - top)
        caption = [(messages("inside.weights"), 15, "regular", True)]
        if paragraphs_fit(painter, below, caption):
            draw_paragraphs(painter, below, caption)

    def _weights_picture(self, area: pygame.Rect, most: int) -> pygame.Surface | None:
        """What the chosen one multiplies by; kept until another one is chosen."""
        assert self._inside is not None and self.chosen is not None
        side = min(most, area.height - round(24 * self.layout.unit), area.width // 2)
        key = (self._inside, self.chosen.step, self.chosen.unit, side, self.theme.name)
        if self._weights is None or self._weights[0] != key:
            weights = self._inside.weights(self.chosen.step, self.chosen.unit)
            if weights is None or side < 20:
                return None
            mosaic = Mosaic(tiles_in((side, side), weights.shape[-1], side), weights.shape, self.theme)
            mosaic.show(weights)
            self._weights = key, mosaic.surface
        return self._weights[1]

    def _field(self) -> Field | None:
        if self._inside is None or self.chosen is None:
            return None
        return self._inside.field(self.chosen.step, self.chosen.row, self.chosen.column)

    def draw_on_paper(self, painter: Painter, paper: pygame.Rect, ink: np.ndarray) -> None:
        """The part of the drawing that is looked at."""
        field, finding = self._field(), self.finding
        frame = frame_on_paper(finding.network_input, self.session.ink.page, paper) if finding is not None else None
        if field is not None and frame is not None:
            part = part_of(frame, field).clip(paper.inflate(-4, -4))
            shapes.outline(painter.surface, part, painter.theme.accent, painter.px(6), painter.px(3))


def _is_in(chosen: ChosenUnit, inside: Introspection) -> bool:
    """Whether a network has such a value at all."""
    if chosen.step >= len(inside.steps):
        return False
    shape = (1, 1, *inside.steps[chosen.step].shape)[-3:]
    return chosen.row < shape[0] and chosen.column < shape[1] and chosen.unit < shape[2]
