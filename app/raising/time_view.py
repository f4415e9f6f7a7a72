"""Time view: a slider goes to and fro through the life of a network; drawing, filters and digits follow."""

from __future__ import annotations

import pygame

from app.input import Pointer
from app.inside.mosaic import Mosaic, tiles_in
from app.raising.layout import CHANGE_FOOT, Travel, travel_places
from app.raising.life import Change, first_weights, last_changes
from app.raising.process import RaisingProcess
from app.raising.reports import Grown
from app.raising.view import RaisingView
from app.session.answer import percent
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.painter import Painter
from app.ui.picture import draw_picture
from app.ui.theme import Theme

MOST_FILTERS = 12
LARGEST_FILTER = 64  # units


class TimeView(RaisingView):
    """Is at the newest moment until somebody goes to another one, and then stays there."""

    travel: Travel

    def __init__(self, *shared: object) -> None:
        super().__init__(*shared)  # type: ignore[arg-type]
        self._at: int | None = None  # the moment; None for the newest
        self._of: RaisingProcess | None = None  # whose moment it is
        self._dragging = False
        self._mosaic: Mosaic | None = None
        self._mosaic_of: tuple[object, ...] = ()  # what it was made for

    @property
    def process(self) -> RaisingProcess | None:
        """Of the network that was raised last, once there is something to remember."""
        raised = self.school.raised
        return raised if raised is not None and raised.kept else None

    @property
    def at(self) -> int:
        """The number of the moment."""
        process = self.process
        if process is None:
            return 0
        if process is not self._of or self._at is None:
            return len(process.kept) - 1
        return min(self._at, len(process.kept) - 1)

    @property
    def grown(self) -> Grown | None:
        """The network as it was then."""
        return self.process.kept[self.at] if self.process is not None else None

    # -- what hands do ------------------------------------------------------------------------------------

    @property
    def buttons(self) -> dict[str, pygame.Rect]:
        """Earlier and later; or the way to raise a network first."""
        if self.process is None:
            return {"to_raise": self.places.row}
        return {"earlier": self.travel.earlier, "later": self.travel.later}

    @property
    def primary(self) -> str:
        """What comes first."""
        return "to_raise" if self.process is None else ""

    def controls_now(self) -> list[Control]:
        """The buttons, and between them the slider."""
        slider = [Control("slider", self.travel.slider)] if self.process is not None else []
        return [*super().controls_now(), *slider]

    def press(self, control: Control) -> None:
        """One moment earlier or later."""
        if control.name in ("earlier", "later"):
            self._go(self.at + (1 if control.name == "later" else -1))

    @property
    def said(self) -> str:
        """The moment; while a network learns on, not each of its newest."""
        newest = self.process is not None and self.at == len(self.process.kept) - 1
        return self.context.messages("raising.time") if newest and self.school.moving else super().said

    def label_of(self, control: Control) -> str:
        """Of the slider the moment that it is at."""
        messages, process = self.context.messages, self.process
        if control.name != "slider" or process is None:
            return super().label_of(control)
        return f"{messages('raising.time')}, {messages('spoken.place', place=self.at + 1, count=len(process.kept))}"

    def step(self, across: int, down: int) -> None:
        """To another moment."""
        self._go(self.at + across + down)

    def pointer(self, pointer: Pointer) -> None:
        """Take hold of the slider, draw it and let go."""
        if pointer.kind == "down":
            self._dragging = self.process is not None and self.travel.slider.collidepoint(pointer.place)
        elif pointer.kind in ("up", "cancel"):
            self._dragging = False
        if self._dragging and self.process is not None:
            track = self._track
            share = (pointer.place[0] - track.left) / max(1, track.width)
            self._go(round(share * (self.process.moments - 1)))

    def _go(self, at: int) -> None:
        if self.process is not None:
            self._of = self.process
            self._at = min(max(at, 0), len(self.process.kept) - 1)

    @property
    def _track(self) -> pygame.Rect:
        """Where the middle of the slider's knob can be."""
        slider = self.travel.slider
        return slider.inflate(-slider.height, 0)

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out, with filters and pictures in the place of the grid."""
        super().place(layout)
        self.travel = travel_places(self.places.row, self.shown.grid, layout.unit)

    @property
    def words(self) -> tuple[str, str]:
        """What it had seen and read by then."""
        messages, process, grown = self.context.messages, self.process, self.grown
        if process is None or grown is None:
            return messages("raising.no_life"), messages("raising.no_life.how")
        headline = messages("raising.then", seen=messages.number(grown.seen), right=process.right(grown))
        reading = self._reader.shown_reading
        if reading is not None and reading.digit is not None:
            share = percent(reading.confidence, messages)
            return headline, messages("raising.took", digit=reading.digit, share=share)
        return headline, messages("raising.slide", count=len(process.kept))

    def parts(self) -> dict[str, Part]:
        """Also the slider."""
        rim = round(10 * self.layout.unit)
        slider = self.travel.slider.inflate(2 * rim, 0)
        return {**super().parts(), "slider": Part(slider, (self.at, self.process and len(self.process.kept)))}

    def draw_middle(self, painter: Painter) -> None:
        """Bars, filters, the pictures that changed their answer, curves with the moment, and the slider."""
        self.draw_reading(painter)
        process, grown = self.process, self.grown
        if process is None or grown is None:
            return
        if self.shown.grid.width and painter.shows(self.shown.grid):
            self._draw_filters(painter, process, grown)
            self._draw_changes(painter, process)
        if self.shown.curve.height and painter.shows(self.shown.curve):
            self.draw_curve(painter, process, float(self.at))
        if painter.shows(self.travel.slider):
            self._draw_slider(painter, process)

    def _label(self, painter: Painter, area: pygame.Rect, key: str) -> None:
        painter.fitted(self.context.messages(key), area, range(16, 10, -1), painter.theme.quiet, "strong")

    def _draw_filters(self, painter: Painter, process: RaisingProcess, grown: Grown) -> None:
        filters = process.choices.filters
        self._label(painter, self.travel.filters_label, "raising.first_filters" if filters else "raising.first_units")
        weights = first_weights(process.network_of(grown), MOST_FILTERS)
        mosaic = self._mosaic_for(weights.shape, painter.theme, painter.px(LARGEST_FILTER))
        mosaic.show(weights)
        painter.surface.blit(mosaic.surface, self.travel.filters)

    def _mosaic_for(self, shape: tuple[int, ...], theme: Theme, largest: int) -> Mosaic:
        size = self.travel.filters.size
        if self._mosaic is None or self._mosaic_of != (shape, theme, size):
            self._mosaic_of = shape, theme, size
            self._mosaic = Mosaic(tiles_in(size, shape[-1], largest), shape, theme)
        return self._mosaic

    def _draw_changes(self, painter: Painter, process: RaisingProcess) -> None:
        self._label(painter, self.travel.changes_label, "raising.changed")
        tiles = self.travel.changes
        for change, tile in zip(last_changes(process.kept, self.at, len(tiles)), tiles, strict=False):
            self._draw_change(painter, process, change, tile)

    def _draw_change(self, painter: Painter, process: RaisingProcess, change: Change, tile: pygame.Rect) -> None:
        """The picture, and below it what it was read as before and after; what is wrong now is in the other colour."""
        assert process.judges is not None
        theme = painter.theme
        side = tile.height - painter.px(CHANGE_FOOT)
        picture = pygame.Rect(tile.centerx - side // 2, tile.top, side, side)
        draw_picture(painter, picture, process.judges.images[change.number])
        wrong = change.after != process.judges.labels[change.number]
        foot = pygame.Rect(tile.left, picture.bottom, tile.width, tile.bottom - picture.bottom)
        colour = theme.against if wrong else theme.accent_text
        text = self.context.messages("raising.change", before=change.before, after=change.after)
        painter.fitted(text, foot, range(15, 10, -1), colour, "strong", "center")
        if wrong:
            ends = (picture.left, picture.bottom - 1), (picture.right - 1, picture.top)
            pygame.draw.aaline(painter.surface, theme.against, *ends)

    def _draw_slider(self, painter: Painter, process: RaisingProcess) -> None:
        """A line as long as the life of the network; as far as it has come strong, with a knob at the moment."""
        px, theme, track, end = painter.px, painter.theme, self._track, max(1, process.moments - 1)

        def x(moment: int) -> int:
            return track.left + round(track.width * moment / end)

        line = pygame.Rect(track.left, track.centery - px(4), track.width, px(8))
        shapes.box(painter.surface, line, theme.track, px(4))
        line.width = max(px(8), x(len(process.kept) - 1) - track.left)
        shapes.box(painter.surface, line, theme.bar, px(4))
        state = self.controls.state_of("slider")
        knob = x(self.at), track.centery
        shapes.disc(painter.surface, knob, px(15), theme.accent)
        shapes.disc(painter.surface, knob, px(6), theme.on_accent)
        if state.focused:
            painter.focus_ring(self.travel.slider, 12)
