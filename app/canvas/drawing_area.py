"""Drawing area: a paper on the screen that a mouse, a finger or the keyboard draws and erases on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pygame

from app.canvas.ink import SIDE, Ink, Point
from app.canvas.keyboard_pen import ARROWS, KeyboardPen
from app.canvas.paper import Cursor, draw_cursor, draw_paper
from app.canvas.view import Canvas
from app.input import Key, Pointer
from app.messages import Messages
from app.ui.controls import Control, Controls
from app.ui.heard import PenPlace
from app.ui.painter import Painter
from app.ui.theme import Theme

NAME = "canvas"  # of its control


@dataclass(frozen=True)
class Tool:
    """What a hand draws or erases with. radius: in canvas units."""

    radius: float
    erases: bool = False


class DrawingArea:
    """Puts into `ink` what a hand draws with the `tool` that it has just then.

    touch: called before the tool comes down; returns whether the paper takes the stroke. lift: called after it went up.
    follows_mouse: whether a ring shows the tool where a mouse is over the paper.
    """

    def __init__(
        self,
        ink: Ink,
        tool: Callable[[], Tool],
        touch: Callable[[], bool] = lambda: True,
        lift: Callable[[], None] = lambda: None,
        *,
        follows_mouse: bool = False,
    ) -> None:
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.pen = KeyboardPen()
        self._ink = ink
        self._tool = tool
        self._touch = touch
        self._lift = lift
        self._follows_mouse = follows_mouse
        self._held = Tool(0.0)  # the tool of the stroke that is being drawn
        self._mouse: Point | None = None  # where a mouse is over the paper, in window pixels
        self._canvas: Canvas
        self._look: tuple[int, Theme] | None = None  # the side and the theme that the canvas was made for
        self._cursor: pygame.Rect | None = None  # what the ring covered in the last frame

    def place(self, rect: pygame.Rect, theme: Theme) -> None:
        """Stand at this square of the window; a stroke in the making goes on. The same paper elsewhere is kept."""
        self.rect = rect
        self._mouse = None
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
        """Lift the tool, and hold no arrow key any more."""
        self.pen.release()
        if self._ink.busy:
            self._ink.end()
            self._lift()

    # -- input ---------------------------------------------------------------------------------------------

    def take(self, signal: Pointer | Key, controls: Controls) -> Control | None:
        """Draw, or else let the controls have it; returns the one that was pressed. Arrows also move the focus."""
        if isinstance(signal, Pointer):
            return None if self.take_pointer(signal) else controls.pointer(signal)
        if self.take_key(signal, controls):
            return None
        if signal.code in ARROWS:
            if signal.down:
                controls.step(sum(ARROWS[signal.code]))
            return None
        pressed = controls.key(signal)
        self.follow_focus(controls)
        return pressed

    def take_pointer(self, pointer: Pointer) -> bool:
        """Draw; returns whether the pointer was busy with that, and does nothing else."""
        on_paper = self.rect.collidepoint(pointer.place)
        self._mouse = pointer.place if pointer.kind == "move" and on_paper and not pointer.touch else None
        if pointer.kind == "cancel" or (pointer.kind == "up" and self._ink.busy):
            self.leave()
        elif pointer.kind == "down" and on_paper:
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
        """Show the keyboard's pen while the paper has the focus; lift the tool when the focus has gone elsewhere."""
        if controls.focused != NAME:
            self.leave()
        self.pen.shown = controls.shows_focus and controls.focused == NAME

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
        if not self._touch():
            return
        self._held = tool = self._tool()
        if tool.erases:
            self._ink.begin_erasing(place, tool.radius)
        else:
            self._ink.begin(place, time.perf_counter() * 1000, 2 * tool.radius)

    def _draw_to(self, place: Point) -> None:
        if self._ink.pen_down:
            self._ink.move(place, time.perf_counter() * 1000)
        else:
            self._ink.erase(place, self._held.radius)

    def _units(self, place: Point) -> Point:
        return self._canvas.to_units(place[0] - self.rect.left, place[1] - self.rect.top)

    # -- what is heard of it -------------------------------------------------------------------------------

    def texts(self, messages: Messages) -> dict[str, str]:
        """What the keyboard's pen does and where it is; nothing while it is not in use.

        The ninth of the paper is named when another one is entered, and the place to a hundredth once the pen rests.
        """
        if not self.pen.shown:
            return {}
        tool = "eraser" if self._tool().erases else "pen"
        x, y = (round(100 * side / SIDE) for side in self.pen.place)
        place = "" if self.pen.moving else messages("spoken.at", across=x, down=y)
        return {
            "pen": messages(f"spoken.{tool}.{'down' if self._ink.busy else 'up'}"),
            "ninth": messages(f"spoken.ninth.{self.pen.ninth}"),
            "place": place,
        }

    @property
    def pen_place(self) -> PenPlace | None:
        """Where the keyboard's pen is; None while it is not in use."""
        x, y = self.pen.place
        return PenPlace(x / SIDE, y / SIDE, self._ink.busy) if self.pen.shown else None

    # -- display -------------------------------------------------------------------------------------------

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns what changed in the window."""
        if self.pen.update(seconds):
            self._follow_pen()
        damage = []
        changed = self._canvas.show(self._ink.page, growing=self._ink.pen_down)
        if changed is not None:
            damage.append(changed.move(self.rect.topleft))
        ring = self._ring()
        cursor = ring.box(self.rect.width / SIDE) if ring is not None else None
        if cursor != self._cursor:
            damage += [rect for rect in (cursor, self._cursor) if rect is not None]
            self._cursor = cursor
        return damage

    def draw(self, painter: Painter, controls: Controls) -> None:
        """The paper with the drawing."""
        draw_paper(painter, self.rect, self._canvas.surface, focused=controls.state_of(NAME).focused)

    def draw_ring(self, painter: Painter) -> None:
        """The ring of the tool, where one is to be seen. It ends where the paper does, as ink would."""
        ring = self._ring()
        if ring is not None:
            clip = painter.surface.get_clip()
            painter.surface.set_clip(clip.clip(self.rect))
            draw_cursor(painter, ring)
            painter.surface.set_clip(clip)

    def _ring(self) -> Cursor | None:
        mouse = self._mouse if self._follows_mouse else None
        if mouse is None and not self.pen.shown:
            return None
        scale, tool = self.rect.width / SIDE, self._tool()
        if self.pen.shown:
            x, y = self.pen.place
            place = (self.rect.left + x * scale, self.rect.top + y * scale)
            return Cursor(place, tool.radius * scale, arms=True, strong=True)
        if mouse is not None and (tool.erases or not self._ink.busy):
            return Cursor(mouse, tool.radius * scale, arms=False, strong=tool.erases)
        return None
