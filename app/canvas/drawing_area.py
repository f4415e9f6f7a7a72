"""Drawing area: a paper on the screen that a finger, a mouse or the keyboard draws on; only a pen, and no tools."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pygame

from app.canvas.ink import SIDE, Ink, Point
from app.canvas.keyboard_pen import ARROWS, KeyboardPen
from app.canvas.paper import Cursor, draw_cursor, draw_paper
from app.canvas.view import Canvas
from app.commands import Key
from app.input import Pointer
from app.ui.controls import Control, Controls
from app.ui.painter import Painter
from app.ui.theme import Theme

NAME = "canvas"  # of its control


class DrawingArea:
    """Puts into `ink` what a hand draws.

    brush: the pen's width in canvas units. touch is called before the pen comes down, and says whether the paper takes
    the stroke; lift is called after it went up.
    """

    def __init__(self, ink: Ink, brush: float, touch: Callable[[], bool], lift: Callable[[], None]) -> None:
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.pen = KeyboardPen()
        self._ink = ink
        self._brush = brush
        self._touch = touch
        self._lift = lift
        self._canvas: Canvas
        self._look: tuple[int, Theme] | None = None  # the side and the theme that the canvas was made for
        self._cursor: pygame.Rect | None = None  # what the keyboard's pen covered in the last frame

    def place(self, rect: pygame.Rect, theme: Theme) -> None:
        """Stand at this square of the window; a stroke in the making goes on. The same paper elsewhere is kept."""
        self.rect = rect
        if self._look != (rect.width, theme):
            self._look = (rect.width, theme)
            self._canvas = Canvas(rect.width, theme)

    def fold(self) -> None:
        """Give the paper's memory back until it stands somewhere again."""
        if self._look is not None:
            self.place(pygame.Rect(self.rect.topleft, (1, 1)), self._look[1])

    @property
    def control(self) -> Control:
        """What the keyboard's focus goes to."""
        return Control(NAME, self.rect)

    @property
    def ink_mask(self) -> np.ndarray:
        """(side, side) uint8: 255 where ink is on the paper. Not to be changed."""
        return self._canvas.raster.mask

    @property
    def moving(self) -> bool:
        """Whether the next frame should come soon."""
        return self._ink.busy or self.pen.moving or self.behind

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self._canvas.behind

    def leave(self) -> None:
        """Lift the pen."""
        self.pen.release()
        if self._ink.busy:
            self._ink.end()
            self._lift()

    # -- what hands do ------------------------------------------------------------------------------------

    def take(self, signal: Pointer | Key, controls: Controls) -> Control | None:
        """Draw, or else let the controls have it; returns the one that was pressed."""
        if isinstance(signal, Pointer):
            return None if self.take_pointer(signal) else controls.pointer(signal)
        if self.take_key(signal, controls):
            return None
        pressed = controls.key(signal)
        self.follow_focus(controls)
        return pressed

    def take_pointer(self, pointer: Pointer) -> bool:
        """Draw; whether the pointer was busy with that, and does nothing else."""
        if pointer.kind in ("up", "cancel") and self._ink.busy:
            self.leave()
        elif pointer.kind == "down" and self.rect.collidepoint(pointer.place):
            self.pen.shown = False
            self._put_down(self._units(pointer.place))
        elif pointer.kind == "move" and self._ink.busy:
            self._draw_to(self._units(pointer.place))
            return True
        return False

    def take_key(self, key: Key, controls: Controls) -> bool:
        """Arrows move the pen and Space puts it down or lifts it, while the paper has the focus; whether it was one."""
        if controls.shows_focus and controls.focused not in (None, NAME):
            return False
        if key.code == pygame.K_SPACE:
            if key.down:
                self._focus(controls)
                self._toggle()
            return True
        if self.pen.key(key):
            self._focus(controls)
            self._follow_pen()
        return key.code in ARROWS

    def follow_focus(self, controls: Controls) -> None:
        """Show the keyboard's pen while the paper has the focus; lift it when the focus has gone elsewhere."""
        focused = controls.shows_focus and controls.focused == NAME
        if self.pen.shown and not focused:
            self.leave()
        self.pen.shown = focused

    def _focus(self, controls: Controls) -> None:
        controls.focused, controls.shows_focus = NAME, True
        self.pen.shown = True

    def _toggle(self) -> None:
        if self._ink.busy:
            self.leave()
        else:
            self._put_down(self.pen.place)

    def _follow_pen(self) -> None:
        if self._ink.busy:
            self._draw_to(self.pen.place)

    def _put_down(self, place: Point) -> None:
        if self._touch():
            self._ink.begin(place, time.perf_counter() * 1000, self._brush)

    def _draw_to(self, place: Point) -> None:
        self._ink.move(place, time.perf_counter() * 1000)

    def _units(self, place: tuple[float, float]) -> Point:
        return self._canvas.to_units(place[0] - self.rect.left, place[1] - self.rect.top)

    # -- what it shows ------------------------------------------------------------------------------------

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns what changed in the window."""
        if self.pen.update(seconds):
            self._follow_pen()
        damage = []
        changed = self._canvas.show(self._ink.page, self._ink.pen_down)
        if changed is not None:
            damage.append(changed.move(self.rect.topleft))
        ring = self._ring()
        cursor = ring.box(self.rect.width / SIDE) if ring is not None else None
        if cursor != self._cursor:
            damage += [rect for rect in (cursor, self._cursor) if rect is not None]
            self._cursor = cursor
        return damage

    def draw(self, painter: Painter, controls: Controls) -> None:
        """The paper, the drawing and the keyboard's pen."""
        draw_paper(painter, self.rect, self._canvas.surface, controls.look(NAME).focused)
        ring = self._ring()
        if ring is not None:
            clip = painter.surface.get_clip()
            painter.surface.set_clip(clip.clip(self.rect))
            draw_cursor(painter, ring)
            painter.surface.set_clip(clip)

    def _ring(self) -> Cursor | None:
        if not self.pen.shown:
            return None
        scale = self.rect.width / SIDE
        x, y = self.pen.place
        return Cursor((self.rect.left + x * scale, self.rect.top + y * scale), self._brush / 2 * scale, True, True)
