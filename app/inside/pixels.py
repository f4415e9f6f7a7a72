"""Pixels by hand: the network's picture, painted and wiped pixel by pixel, while its way and answer follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.keyboard_pen import ARROWS
from app.input import Key, Pointer
from app.inside.flow import WayView
from app.inside.layout import pixel_places
from app.inside.topic import Topic
from app.inside.view import InsideView
from app.inside.worker import Finding, Query
from app.session.answer import percent
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.buttons import draw_chip
from app.ui.controls import Control, Controls
from app.ui.heard import sentences
from app.ui.layout import SMALL_UNIT
from app.ui.painter import Painter
from app.ui.picture import as_bytes, draw_picture
from model.constants import SIDE

Cell = tuple[int, int]  # row and column

INK, MIDDLE = 255, 128
CHANGED = 12  # of 255: a pixel that differs less counts as the same
STEP, LONGEST = 0.09, 2.5  # seconds from pixel to pixel when a change is played, and for all of them at most
KEPT = 50  # pictures that can be brought back


class PixelsView(InsideView):
    """A cell is painted where there was paper and wiped where there was ink, by mouse, finger, or arrows and Space.

    A digit below the way plays the smallest change found that makes the picture one. The drawing stays as it is.
    """

    paper_share = 0.44
    covers_paper = True
    tools = ("undo", "clear", "own")

    def __init__(self, session: Session, controls: Controls) -> None:
        super().__init__(session, controls)
        self.flow = WayView(session, controls)
        self.cursor: Cell = (SIDE // 2, SIDE // 2)
        self.asked: int | None = None  # the digit that the picture is to become
        self.played: tuple[int, int] | None = None  # of a change: pixels that are changed by now, and all of them
        self._own = np.zeros((SIDE, SIDE), np.uint8)  # the picture of the drawing
        self._painted: np.ndarray | None = None
        self._revision = session.ink.revision  # of the drawing that was painted over
        self._before: list[np.ndarray | None] = []  # what undo brings back
        self._paints: int | None = None  # what the stroke in the making puts into cells: 0 or INK
        self._last: Cell | None = None  # of that stroke
        self._hovered: Cell | None = None
        self._queue: list[tuple[Cell, int]] = []  # pixels of a change that are still to be played
        self._wait = 0.0
        self._query = Query(Topic.PIXELS)

    @property
    def query(self) -> Query:
        """The values of every step for this picture; and how it becomes another digit, where that is asked."""
        return self._query

    @property
    def picture(self) -> np.ndarray:
        """(28, 28) uint8, ink 255: what the network sees. Not to be changed."""
        return self._own if self._painted is None else self._painted

    def _ask(self) -> None:
        pixels = b"" if self._painted is None else self._painted.tobytes()
        digit = self.asked if self.played is None else None
        self._query = Query(Topic.PIXELS, digit, pixels)
        self.redraw()

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out; of another drawing the picture is taken anew."""
        super().place(layout)
        self.places = pixel_places(layout)
        self.flow.place(replace(layout, main=self.places.flow, detail=pygame.Rect(layout.main.topleft, (0, 0))))
        if self._revision != self.session.ink.revision:
            self._forget()

    def show(self, finding: Finding | None) -> None:
        """Take a new finding, and play the change that it has found."""
        super().show(finding)
        self.flow.show(finding)
        if finding is None or finding.query != self._query:
            return
        if not finding.query.pixels and finding.revision == self.session.ink.revision:
            seen = finding.network_input
            self._own = as_bytes(seen.image) if seen is not None else np.zeros((SIDE, SIDE), np.uint8)
        if finding.query.digit is not None and finding.change is not None:
            self._play(as_bytes(finding.change.image))

    def _play(self, wanted: np.ndarray) -> None:
        """Begin to change the picture to another one, the pixels first that change most."""
        change = wanted.astype(int) - self.picture
        order = np.argsort(-np.abs(change), axis=None, kind="stable")[: int((np.abs(change) > CHANGED).sum())]
        cells = [(int(place) // SIDE, int(place) % SIDE) for place in order]
        self._queue = [(cell, int(wanted[cell])) for cell in cells]
        self.played = 0, len(self._queue)
        self._wait = 0.0
        self._keep()
        self._ask()

    @property
    def moving(self) -> bool:
        """While a change is played."""
        return bool(self._queue)

    def advance(self, seconds: float) -> None:
        """Change the next pixels."""
        self.flow.damage.take()
        if not self._queue or self.played is None:
            return
        step = min(STEP, LONGEST / self.played[1])
        self._wait += seconds
        while self._queue and (self._wait >= step or self.context.calm):
            self._wait -= step
            cell, value = self._queue.pop(0)
            self._set(cell, value)
            self.played = self.played[0] + 1, self.played[1]
        self._ask()

    # -- what hands do ------------------------------------------------------------------------------------

    def controls_now(self) -> list[Control]:
        """The ten digits that the picture can become."""
        return [Control(f"become {digit}", rect, value=digit) for digit, rect in enumerate(self.places.digits)]

    def press(self, control: Control) -> None:
        """Ask how the picture becomes a digit."""
        if isinstance(control.value, int):
            self.choose(control.value)

    def choose(self, digit: int) -> None:
        """Ask how the picture becomes a digit."""
        self._stop()
        self.asked = digit
        self._ask()

    def use_tool(self, tool: str) -> bool:
        """Take the last change back, wipe all, or take the drawing's own picture again."""
        self._stop()
        if tool == "undo" and self._before:
            self._painted = self._before.pop()
        elif tool == "clear":
            self._keep()
            self._painted = np.zeros((SIDE, SIDE), np.uint8)
        elif tool == "own":
            self._forget()
        self._ask()
        return True

    def tool_enabled(self, tool: str) -> bool:
        """Whether there is something to undo, to wipe, or to leave."""
        return {"undo": bool(self._before), "own": self._painted is not None}.get(tool, bool(self.picture.any()))

    def pointer(self, pointer: Pointer) -> None:
        """Paint or wipe from cell to cell."""
        cell = self._at(pointer.place)
        if pointer.kind == "down" and cell is not None:
            self._begin(cell)
        elif pointer.kind == "move" and self._paints is not None and cell is not None:
            self._go_to(cell)
        elif pointer.kind in ("up", "cancel"):
            self._paints = None
        hovered = cell if pointer.kind == "move" and not pointer.touch else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.damage.add(self.layout.paper)

    def take_key(self, key: Key) -> bool:
        """Arrows move the cell cursor, Space paints or wipes there, held also where they lead. O: own drawing."""
        if key.code == pygame.K_SPACE:
            if not key.down:
                self._paints = None
            elif self._paints is None:
                self._focus()
                self._begin(self.cursor)
            return True
        if key.code in ARROWS:
            if key.down:
                across, down = ARROWS[key.code]
                self.cursor = (self.cursor[0] + down) % SIDE, (self.cursor[1] + across) % SIDE
                self._focus()
                if self._paints is not None:
                    self._last = self.cursor
                    self._change(self.cursor, self._paints)
                self.damage.add(self.layout.paper)
            return True
        if key.code == pygame.K_o and key.down and not key.ctrl:
            self.use_tool("own")
            return True
        return False

    def _focus(self) -> None:
        self.controls.focused, self.controls.shows_focus = PAPER, True

    def _begin(self, cell: Cell) -> None:
        self._stop()
        self._keep()
        self._paints = 0 if self.picture[cell] >= MIDDLE else INK
        self._last = self.cursor = cell
        self._change(cell, self._paints)

    def _go_to(self, cell: Cell) -> None:
        """Paint all cells on a straight way, so that a fast hand leaves no gaps."""
        assert self._last is not None and self._paints is not None
        steps = max(abs(cell[0] - self._last[0]), abs(cell[1] - self._last[1]))
        for step in range(1, steps + 1):
            row, column = (a + round((b - a) * step / steps) for a, b in zip(self._last, cell, strict=True))
            self._set((row, column), self._paints)
        self._last = self.cursor = cell
        self._ask()

    def _change(self, cell: Cell, value: int) -> None:
        self._set(cell, value)
        self._ask()

    def _set(self, cell: Cell, value: int) -> None:
        if self._painted is None:
            self._revision = self.session.ink.revision
        painted = self.picture.copy()
        painted[cell] = value
        self._painted = painted

    def _keep(self) -> None:
        self._before = [*self._before, self._painted][-KEPT:]

    def _stop(self) -> None:
        """End what is played and asked; the picture stays as it is just then."""
        self._queue, self.played, self.asked = [], None, None

    def _forget(self) -> None:
        """Back to the drawing's own picture."""
        self._stop()
        self._painted, self._before, self._paints = None, [], None
        self._revision = self.session.ink.revision
        self._ask()

    def _at(self, place: tuple[float, float]) -> Cell | None:
        grid = self.places.grid
        if not grid.collidepoint(place):
            return None
        cell = grid.width // SIDE
        return int(place[1] - grid.top) // cell, int(place[0] - grid.left) // cell

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """How it goes, and the cell that the keyboard is at."""
        messages, (row, column) = self.context.messages, self.cursor
        text = messages("inside.what_if.searching") if self._queue else self._text()
        if not self.controls.state_of(PAPER).focused:
            return text
        on = "ink" if self.picture[self.cursor] >= MIDDLE else "paper"
        cell = messages(f"spoken.pixel.{on}", row=row + 1, column=column + 1)
        return cell if self.asked is None else sentences((cell, text))

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The grid, the way, and what changes the picture by itself."""
        if painter.shows(self.layout.paper.inflate(painter.px(16), painter.px(16))):
            self._draw_grid(painter)
        if painter.shows(self.places.flow):
            self.flow.draw(painter)
        if painter.shows(self.places.card):
            painter.card(self.places.card)
            text = self._text()
            sizes, most = range(18, 10, -1), 3 if painter.unit < SMALL_UNIT else 2
            painter.fitted(text, self.places.words, sizes, painter.theme.text, "strong", most=most, spacing=1.25)
            for digit, rect in enumerate(self.places.digits):
                state = self.controls.state_of(f"become {digit}")
                draw_chip(painter, rect, str(digit), state, on=digit == self.asked)

    def _text(self) -> str:
        messages, finding = self.context.messages, self.finding
        reading = finding.reading if finding is not None else None
        answered = finding is not None and finding.query == self._query
        if not self.session.reader.ready:
            return messages("notice.no_network")
        if self.asked is None:
            return messages("inside.pixels.how")
        if self.played is not None and self._queue:
            return messages("inside.pixels.playing", digit=self.asked, done=self.played[0], count=self.played[1])
        if self.played is not None and reading is not None:
            share = percent(float(reading.probabilities[self.asked]), messages)
            return messages("inside.pixels.done", digit=self.asked, count=self.played[1], share=share)
        if answered and reading is not None and reading.digit == self.asked:
            return messages("inside.pixels.already", digit=self.asked)
        if answered:
            return messages("inside.what_if.none", digit=self.asked)
        return messages("inside.what_if.searching")

    def _draw_grid(self, painter: Painter) -> None:
        grid, theme, px = self.places.grid, painter.theme, painter.px
        paper, cell = self.layout.paper, self.places.grid.width // SIDE
        painter.card(paper)
        picture = self.picture
        draw_picture(painter, grid, picture)
        for line in range(SIDE + 1):
            painter.surface.fill(theme.border, (grid.left + line * cell, grid.top, 1, grid.height))
            painter.surface.fill(theme.border, (grid.left, grid.top + line * cell, grid.width, 1))
        added = picture.astype(int) - self._own
        for row, column in np.argwhere(np.abs(added) > CHANGED).tolist():
            mark = self._cell(row, column).inflate(-cell // 2, -cell // 2)
            if added[row, column] > 0:
                painter.surface.fill(theme.accent, mark)
            else:  # taken away: hollow
                pygame.draw.rect(painter.surface, theme.against, mark, max(1, cell // 8))
        if self._hovered is not None:
            pygame.draw.rect(painter.surface, theme.quiet, self._cell(*self._hovered), 2)
        if self.controls.state_of(PAPER).focused:
            shapes.outline(painter.surface, self._cell(*self.cursor).inflate(6, 6), theme.accent, px(3), px(3))
            painter.focus_ring(paper, 16)

    def _cell(self, row: int, column: int) -> pygame.Rect:
        grid, cell = self.places.grid, self.places.grid.width // SIDE
        return pygame.Rect(grid.left + column * cell, grid.top + row * cell, cell + 1, cell + 1)
