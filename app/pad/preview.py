"""Preview: the 28 x 28 picture that the network sees, enlarged."""

from __future__ import annotations

import numpy as np
import pygame

from app.messages import Messages
from app.pad.layout import PadLayout
from app.ui import shapes
from app.ui.painter import Painter


class Preview:
    """Keeps the enlarged picture until another image comes."""

    def __init__(self) -> None:
        self._image: np.ndarray | None = None
        self._side = 0
        self._surface: pygame.Surface | None = None

    def draw(self, painter: Painter, layout: PadLayout, image: np.ndarray | None, messages: Messages) -> None:
        """The image (28, 28) float32, white on black as the network has it; an empty frame for None."""
        rect, theme, radius = layout.preview, painter.theme, painter.px(8)
        if image is None:
            shapes.box(painter.surface, rect, theme.track, radius)
        else:
            painter.surface.blit(self._enlarged(image, rect.width), rect)
            shapes.round_off(painter.surface, rect, theme.card, radius)
            if theme.name == "dark":
                shapes.outline(painter.surface, rect, theme.border, radius, painter.px(1))
        caption = messages("preview.caption")
        sizes = [painter.size(size) for size in (12, 11)]
        size, lines = painter.type.fit(caption, sizes, "regular", layout.caption.width)
        painter.line(lines[0], layout.caption.midright, size, theme.quiet, "regular", "right")

    def _enlarged(self, image: np.ndarray, side: int) -> pygame.Surface:
        if self._surface is None or image is not self._image or side != self._side:
            grey = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
            small = pygame.surfarray.make_surface(np.repeat(grey.T[:, :, None], 3, axis=2))
            self._surface = pygame.transform.scale(small, (side, side))
            self._image, self._side = image, side
        return self._surface
