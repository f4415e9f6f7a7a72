"""Canvas: the paper on the screen. Draws only what changed since the last frame and keeps the rest."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
import pygame

from app.canvas.ink import SIDE, InkStroke, Page
from app.canvas.raster import Box, Raster, meet, union
from app.ui.grey import grey_surface
from app.ui.theme import Theme, blend

BAND = 32  # rows of pixels
HURRY = 2.5  # times the budget while nothing of what is drawn can be seen yet


class Canvas:
    """A square picture of a page at the window's own resolution; `surface` is what to blit.

    behind: whether strokes wait to be drawn, because they came faster than a frame has time for.
    """

    budget = 0.004  # seconds of a frame for new strokes; a hand on a fast tablet takes less than one of the four

    def __init__(self, side: int, theme: Theme) -> None:
        self.side = side
        self.theme = theme
        self.raster = Raster(side, SIDE)
        self.surface = pygame.Surface((side, side), 0, 32)
        self._shades = _shades(theme)
        self._done: dict[InkStroke, int] = {}  # strokes in the raster, and how many of their points
        self._picture: np.ndarray | None = None
        self._base: np.ndarray | None = None  # the opened picture as a mask of this size
        self.behind = False
        self._pieces = 0  # drawn in this turn: at least one, so that it comes to an end
        self._wet: tuple[Box, np.ndarray] | None = None  # what lay under the last, still changing piece
        self._redraws = False  # whether strokes are drawn again beside one that was taken out
        self._hides = False  # whether that is not shown yet
        self._unshown: Box | None = None  # what of that is in the raster, and shown when all of it is
        self.surface.fill(theme.card)

    def to_units(self, x: float, y: float) -> tuple[float, float]:
        """A place in pixels from the paper's corner, in canvas units."""
        return x / self.raster.scale, y / self.raster.scale

    def show(self, page: Page, *, growing: bool) -> pygame.Rect | None:
        """Bring the picture up to date; `growing` while the last stroke is being drawn. Returns what changed.

        After `budget` seconds what is not drawn yet is left for the next time. When strokes were taken out, the others
        there are drawn again; that is shown when it is done, so that none is seen to go and come back, unless an eraser
        goes on taking out.
        """
        if page.picture is not self._picture:
            self._start_over(page)
        changed = self._lift_wet_piece()
        here = set(page.strokes)
        gone = [stroke for stroke in self._done if stroke not in here]
        if gone:
            changed = union(changed, self._remove(gone))
            self._hides, self._redraws = not self._redraws, True
        until = time.perf_counter() + self.budget * (HURRY if self._redraws else 1)
        self.behind, self._pieces = False, 0
        for stroke in page.strokes:
            changed = union(changed, self._draw_on(stroke, until, growing=growing and stroke is page.strokes[-1]))
        changed, self._unshown = union(changed, self._unshown), None
        if self._hides and self.behind:
            self._unshown = changed
            return None
        self._redraws = self._redraws and self.behind
        self._hides = False
        if changed is None:
            return None
        self._paint(changed)
        left, top, right, bottom = changed
        return pygame.Rect(left, top, right - left, bottom - top)

    def _paint(self, box: Box) -> None:
        """Bring the surface up to date in a box. In bands, as large arrays for a moment leave holes in memory."""
        left, top, right, bottom = box
        pixels = pygame.surfarray.pixels2d(self.surface)
        for upper in range(top, bottom, BAND):
            lower = min(upper + BAND, bottom)
            pixels[left:right, upper:lower] = self._shades[self.raster.mask[upper:lower, left:right]].T

    def _start_over(self, page: Page) -> None:
        self._picture = page.picture
        self._base = None if page.picture is None else fitted(page.picture, self.side)
        self._done.clear()
        self._wet = self._unshown = None
        self._redraws = self._hides = False
        self.raster.mask[:] = 0 if self._base is None else self._base
        self._paint((0, 0, self.side, self.side))

    def _draw_on(self, stroke: InkStroke, until: float, *, growing: bool) -> Box | None:
        """Draw the points of a stroke that are new. Its last piece bends when the next point comes, so it stays wet."""
        done = self._done.get(stroke, 0)
        count = len(stroke.points)
        if done == count or self.behind:
            return None
        raster, points, width = self.raster, stroke.points, stroke.width
        changed = raster.dot(points[0], width) if done == 0 else None
        firm = count - 2 if growing else count - 1
        for i in range(max(done - 1, 0), firm):
            if self._pieces and time.perf_counter() > until:
                self.behind = True
                self._done[stroke] = i + 1
                return changed
            changed = union(changed, raster.segment(points, i, width))
            self._pieces += 1
        self._done[stroke] = max(firm + 1, 1)
        if growing and count > 1:
            ahead = raster.bounds(points[-2:], width)
            left, top, right, bottom = ahead
            self._wet = (ahead, raster.mask[top:bottom, left:right].copy())
            changed = union(union(changed, raster.segment(points, count - 2, width)), ahead)
        return changed

    def _lift_wet_piece(self) -> Box | None:
        if self._wet is None:
            return None
        box, under = self._wet
        left, top, right, bottom = box
        self.raster.mask[top:bottom, left:right] = under
        self._wet = None
        return box

    def _remove(self, gone: list[InkStroke]) -> Box | None:
        """Take strokes out: wipe the pixels that they may cover; strokes that lie there too are to be drawn again."""
        wiped: Box | None = None
        for stroke in gone:
            wiped = union(wiped, self.raster.bounds(stroke.points, stroke.width))
            del self._done[stroke]
        assert wiped is not None
        left, top, right, bottom = wiped
        self.raster.mask[top:bottom, left:right] = 0 if self._base is None else self._base[top:bottom, left:right]
        for stroke in self._done:
            if meet(self.raster.bounds(stroke.points, stroke.width), wiped):
                self._done[stroke] = 0
        return wiped


@lru_cache(maxsize=4)
def _shades(theme: Theme) -> np.ndarray:
    """(256,) uint32: from paper to ink."""
    surface = pygame.Surface((1, 1), 0, 32)
    return np.array([surface.map_rgb(blend(theme.card, theme.ink, step / 255)) for step in range(256)], np.uint32)


def fitted(picture: np.ndarray, side: int) -> np.ndarray:
    """A picture (H, W) float32 in 0..1 as a mask (side, side) uint8: its aspect kept, centred, smoothly scaled."""
    height, width = picture.shape
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    scaled = pygame.surfarray.pixels3d(pygame.transform.smoothscale(grey_surface(picture), size))[:, :, 0].T
    mask = np.zeros((side, side), np.uint8)
    top, left = (side - size[1]) // 2, (side - size[0]) // 2
    mask[top : top + size[1], left : left + size[0]] = scaled
    return mask
