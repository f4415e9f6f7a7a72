"""NetworkInput: the picture that a network sees of a drawing, and where it lies on the drawing."""

from typing import NamedTuple

import numpy as np

from model.pictures.drawing import Drawing
from model.pictures.normalize import Frame, normalize, normalize_framed
from model.pictures.pen import paint, placing, strokes_of
from model.pictures.stroke_width import thickened


class NetworkInput(NamedTuple):
    """image (28, 28) float32, ink 1, as a Reader gives it to its network; frame: where it lies, None for a mere dot."""

    image: np.ndarray
    frame: Frame | None


def input_of_drawing(drawing: Drawing) -> NetworkInput | None:
    """The input made of strokes, its frame in units of the drawing's canvas; None where there is no ink."""
    strokes = strokes_of(drawing)
    framed = normalize_framed(paint(strokes)) if strokes else None
    if framed is None:
        return None
    place = placing(strokes)
    if not place.scale:
        return NetworkInput(framed[0], None)
    across, down = (-place.offset / place.scale).tolist()
    return NetworkInput(framed[0], framed[1].moved(1 / place.scale, (across, down)))


def input_of_picture(picture: np.ndarray) -> NetworkInput | None:
    """The input made of a picture (H, W) float32, ink 1, its frame in pixels; None where there is no ink.

    The frame is that of the lines as they are: where thin ones are thickened it is too small by what they grow.
    """
    framed = normalize_framed(picture)
    image = normalize(thickened(picture))
    return None if framed is None or image is None else NetworkInput(image, framed[1])
