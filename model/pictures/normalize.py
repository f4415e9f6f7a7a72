"""Any picture of a digit -> the 28x28 picture that a network is trained on, by MNIST's own rule."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from model.constants import SIDE

BOX = 20  # MNIST's digits fill a box of 20x20
CENTRE = 14  # array index of the centre of mass; with 13.5 only a quarter of MNIST's pictures would stay the same
FAINT = 0.1  # of the darkest ink: in a picture larger than 40 pixels less is noise of a scan, and no ink
MIN_INK = 0.02  # a picture whose darkest pixel is paler than this is empty


def normalize(picture: np.ndarray) -> np.ndarray | None:
    """Scale the ink's box to 20 pixels on its longer side, and shift its centre of mass to array index (14, 14).

    picture (H, W) float, ink 1 on 0, any size. Returns (28, 28) float32 in 0..1, or None where there is no ink.
    The shift is by whole pixels, so MNIST's own pictures come out unchanged. The rule is that of
    LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition" (1998), section III.A.
    """
    framed = normalize_framed(picture)
    return framed[0] if framed is not None else None


class Frame(NamedTuple):
    """Where the 28x28 picture lies on what it was made of, and how large it is there: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    def moved(self, scale: float, shift: tuple[float, float]) -> "Frame":
        """The same frame where every place p is called p scale + shift."""
        left, top = self.left * scale + shift[0], self.top * scale + shift[1]
        return Frame(left, top, self.width * scale, self.height * scale)


def normalize_framed(picture: np.ndarray) -> tuple[np.ndarray, Frame] | None:
    """As `normalize`, and the frame of the result in pixels of the picture."""
    box = _ink_box(picture)
    if box is None:
        return None
    scaled = _scaled(np.clip(picture[box], 0, 1).astype(np.float32))
    top, left = _place(scaled)
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    image[top : top + scaled.shape[0], left : left + scaled.shape[1]] = scaled
    # pixels of the picture to one of the result
    down, across = ((side.stop - side.start) / length for side, length in zip(box, scaled.shape, strict=True))
    return image, Frame(box[1].start - left * across, box[0].start - top * down, SIDE * across, SIDE * down)


def _ink_box(picture: np.ndarray) -> tuple[slice, slice] | None:
    darkest = float(picture.max(initial=0.0))
    if not MIN_INK <= darkest < np.inf:  # false for not-a-number as well
        return None
    # In a small picture faint pixels are the soft edge of the ink: MNIST's box is found with them.
    faint = FAINT if max(picture.shape) > 2 * BOX else 0.0
    ink = picture > faint * darkest
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _scaled(ink: np.ndarray) -> np.ndarray:
    """The ink's box with 20 pixels on its longer side, its aspect kept; shrunk by averaging over areas."""
    height, width = ink.shape
    longer = max(height, width)
    if longer == BOX:
        return ink
    size = max(1, round(width * BOX / longer)), max(1, round(height * BOX / longer))
    smooth = Image.Resampling.BOX if longer > 2 * BOX else Image.Resampling.BILINEAR
    scaled = Image.fromarray(ink).resize(size, smooth)
    return np.clip(np.asarray(scaled, dtype=np.float32), 0, 1)


def _place(ink: np.ndarray) -> tuple[int, int]:
    """The row and the column of the frame where the ink's box begins."""
    total = float(ink.sum())
    places = []
    for axis, length in enumerate(ink.shape):
        mass = float(ink.sum(axis=1 - axis) @ np.arange(length, dtype=np.float32)) / total
        # Ink with its mass far to one side stays whole in the frame rather than lose an end.
        places.append(min(max(int(np.floor(CENTRE - mass + 0.5)), 0), SIDE - length))
    return places[0], places[1]
