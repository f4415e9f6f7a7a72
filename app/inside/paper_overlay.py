"""What lies over the drawing: where the network's picture is on the paper, and where signs go."""

from __future__ import annotations

import numpy as np
import pygame

from app.canvas.ink import SIDE, Page
from model.constants import SIDE as PIXELS
from model.explanation.introspection import Field
from model.explanation.network_input import NetworkInput


def frame_on_paper(sight: NetworkInput | None, page: Page, paper: pygame.Rect) -> pygame.Rect | None:
    """Where the network's picture of a page lies in the window; None without ink and for a mere dot."""
    if sight is None or sight.frame is None:
        return None
    if page.picture is None:
        frame = sight.frame.moved(paper.width / SIDE, paper.topleft)
    else:  # as the canvas fits it in
        height, width = page.picture.shape
        scale = paper.width / max(height, width)
        shift = (paper.left + (paper.width - width * scale) / 2, paper.top + (paper.height - height * scale) / 2)
        frame = sight.frame.moved(scale, shift)
    return pygame.Rect(round(frame.left), round(frame.top), round(frame.width), round(frame.height))


def part_of(picture: pygame.Rect, field: Field) -> pygame.Rect:
    """A field of the network's picture where that picture is in the window."""
    left, right = (picture.left + x * picture.width / PIXELS for x in (field.left, field.right))
    top, bottom = (picture.top + y * picture.height / PIXELS for y in (field.top, field.bottom))
    return pygame.Rect(round(left), round(top), round(right) - round(left), round(bottom) - round(top))


def peaks(values: np.ndarray, most: int, apart: int, least: float) -> list[tuple[int, int]]:
    """Places (row, column) of the greatest values (h, w): at least `least` of the greatest, and so many cells apart."""
    greatest = float(values.max())
    if greatest <= 0:
        return []
    found: list[tuple[int, int]] = []
    for place in np.argsort(-values, axis=None, kind="stable"):
        row, column = divmod(int(place), values.shape[1])
        if len(found) == most or values[row, column] < least * greatest:
            break
        if all(max(abs(row - r), abs(column - c)) >= apart for r, c in found):
            found.append((row, column))
    return found
