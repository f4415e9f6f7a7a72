"""Tiles: dark squares side by side, each with a light digit in it, as pages with MNIST's pictures show them."""

import numpy as np
from numpy.typing import NDArray

from model.pictures.patches import INKED, connected

LEAST = 24  # pixels: the side of a tile
RIM = 0.95  # of the outermost pixels of a tile that are dark, at least
DARK = (0.35, 0.98)  # of a tile
COVERED = 0.5  # of the picture that is tiles, at least
ALIKE = 0.1  # of their size: tiles differ by no more

Picture = NDArray[np.float32]


def without_tiles(ink: Picture) -> Picture:
    """The ink (H, W) float32, in pictures of tiles what is light in them; other ink comes back as it is."""
    labels, boxes = connected(ink > INKED)
    if len(boxes) < 2:
        return ink
    areas = np.bincount(labels.ravel())[1:] / (boxes[:, 2] * boxes[:, 3])
    sizes = boxes[:, 2:]
    large = (sizes >= LEAST).all(axis=1) & (areas >= DARK[0]) & (areas <= 1)
    tiles = [box for box in boxes[large].tolist() if _rim(ink, box) >= RIM]
    if len(tiles) < 2 or sum(box[2] * box[3] for box in tiles) < COVERED * ink.size:
        return ink
    wide, high = np.array(tiles).T[2:]
    if np.ptp(wide) > ALIKE * wide.max() or np.ptp(high) > ALIKE * high.max() or areas[large].min() > DARK[1]:
        return ink
    light = np.zeros_like(ink)
    for left, top, width, height in tiles:
        part = slice(top, top + height), slice(left, left + width)
        light[part] = 1 - ink[part]
    return light


def _rim(ink: Picture, box: list[int]) -> float:
    """How much of the outermost pixels of a box is inked."""
    left, top, width, height = box
    part = ink[top : top + height, left : left + width] > INKED
    return float(np.concatenate([part[0], part[-1], part[:, 0], part[:, -1]]).mean())
