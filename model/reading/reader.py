"""Reader: a drawing or a picture of a digit in, a Reading out: what the network takes it for, and how sure it is."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.constants import CLASSES, SIDE
from model.network.activations import softmax
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.pictures.normalize import normalize
from model.pictures.pen import picture_of
from model.pictures.stroke_width import SMALL, thickened, thinned
from model.reading.augmentation import augmented_logits

BATCH = 256  # images a forward pass: enough for the matrix products to be fast, little enough to stay in cache
SURE_AT = 0.8  # where a network's file does not say better
DIGIT_AT = 0.4

Picture = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network made of one drawing or picture.

    probabilities (10,) float32 sum to 1; confidence is from 0 to 1. digit is the most probable class, None where
    nothing was drawn. sure says whether to believe it, is_digit whether it looks like any digit at all.
    image (28, 28) float32 is what the network saw, ink 1, None where nothing was drawn.
    """

    probabilities: Picture
    digit: int | None
    sure: bool
    is_digit: bool
    confidence: float
    image: Picture | None

    @property
    def runner_up(self) -> int | None:
        """The second most probable class; None where nothing was drawn."""
        return None if self.digit is None else int(np.argsort(self.probabilities, kind="stable")[-2])


NOTHING = Reading(
    np.full(CLASSES, 1 / CLASSES, np.float32), None, sure=False, is_digit=False, confidence=0.0, image=None
)


class Reader:
    """Reads digits with one network; the network's file says how to turn its logits into confidence.

    network.info may hold "temperature" (logits are divided by it, default 1; Guo et al., "On Calibration of Modern
    Neural Networks", 2017, section 4.2), "sure_at" (the least confidence of a sure reading, default 0.8) and "digit_at"
    (the least of anything that is a digit, default 0.4). Anything else under these names counts as absent.
    """

    def __init__(self, network: Network, *, augments: bool = True) -> None:
        """augments: in doubt, average several views of a picture, see augmentation.py.

        Raises ValueError when the network is one for something else than digits of 28x28 pixels.
        """
        if network.input_shape != (SIDE, SIDE, 1) or network.output_shape != (CLASSES,):
            raise ValueError(
                f"This network makes {network.output_shape} of {network.input_shape}; reading digits takes one that "
                f"makes {CLASSES} probabilities of {SIDE} x {SIDE} pixels."
            )
        self.network = network
        self._logits = augmented_logits if augments else Network.predict_logits
        self.temperature = self._told("temperature", 1.0)
        self.sure_at = self._told("sure_at", SURE_AT)
        self.digit_at = self._told("digit_at", DIGIT_AT)

    def __repr__(self) -> str:
        return f"Reader({self.network!r}, sure_at={self.sure_at:g}, digit_at={self.digit_at:g})"

    @cached_property
    def glance(self) -> "Reader":
        """The same network with one view only: for drawings that still grow, which leave doubt most of the time."""
        return Reader(self.network, augments=False)

    def read_drawing(self, drawing: Drawing, picture_of: Callable[[Drawing], Picture | None] = picture_of) -> Reading:
        """Read what was drawn, wherever and however large it is on the canvas.

        picture_of: how its picture is made; for a drawing that grows, `GrowingPicture().of` is faster.
        """
        return self._read([_seen(picture_of(drawing))])[0]

    def read_drawings(self, drawings: Iterable[Drawing]) -> list[Reading]:
        """Read many drawings, in order, in batches."""
        return self._read(_seen(picture_of(drawing)) for drawing in drawings)

    def read_picture(self, picture: Picture) -> Reading:
        """Read a picture (H, W) float32 of one digit, ink 1 on 0, any size."""
        return self.read_pictures([picture])[0]

    def read_pictures(self, pictures: Iterable[Picture]) -> list[Reading]:
        """Read many pictures, in order. Thin lines are thickened first, and bold ones thinned: see stroke_width.py."""
        return self._read(_seen_of_paper(picture) for picture in pictures)

    def read_images(self, images: Picture) -> list[Reading]:
        """Read images (N, 28, 28) float32, ink 1, that are normalised already, as MNIST's are."""
        return self._read(iter(images))

    def _read(self, images: Iterable[Picture | None]) -> list[Reading]:
        readings: list[Reading] = []
        batch: list[Picture | None] = []
        for image in images:
            batch.append(image)
            if len(batch) == BATCH:
                readings += self._read_batch(batch)
                batch = []
        return readings + self._read_batch(batch)

    def _read_batch(self, images: list[Picture | None]) -> list[Reading]:
        seen = [image for image in images if image is not None]
        if not seen:
            return [NOTHING for _ in images]
        rows = iter(softmax(self._logits(self.network, np.stack(seen)) / np.float32(self.temperature)))
        return [NOTHING if image is None else self._reading(image, next(rows)) for image in images]

    def _reading(self, image: Picture, probabilities: Picture) -> Reading:
        digit = int(probabilities.argmax())
        confidence = float(probabilities[digit])
        return Reading(probabilities, digit, confidence >= self.sure_at, confidence >= self.digit_at, confidence, image)

    def _told(self, key: str, otherwise: float) -> float:
        """A positive number from the network's file, which is not trusted to hold one."""
        value = self.network.info.get(key)
        if isinstance(value, int | float) and math.isfinite(value) and value > 0:
            return float(value)
        return otherwise


def _seen(picture: Picture | None) -> Picture | None:
    """The (28, 28) image of a picture; None where there is no ink."""
    return None if picture is None else normalize(picture)


def _seen_of_paper(picture: Picture) -> Picture | None:
    """The same of a picture that may be drawn with any pen, but for one that was drawn for a network."""
    image = _seen(thickened(picture))
    if image is None or max(picture.shape) <= SMALL:
        return image
    thin = thinned(image)
    return image if thin is image else _seen(thin)
