"""Grey pictures as pygame's surfaces."""

from __future__ import annotations

import numpy as np
import pygame


def grey_surface(picture: np.ndarray) -> pygame.Surface:
    """A picture (height, width) float in 0..1 as a surface of its size, 0 black and 1 white."""
    grey = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    return pygame.surfarray.make_surface(np.repeat(grey.T[:, :, None], 3, axis=2))
