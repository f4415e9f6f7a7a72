"""Images: labelled pictures of digits, as files hold them and as networks learn from them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.constants import SIDE
from model.errors import InputError

MAX_IMAGES = 1_000_000
MAX_DEFLATE_RATIO = 1_032  # zlib's own limit (https://zlib.net/zlib_tech.html, "Maximum Compression Factor")
NO_DIGIT = 255  # the label of a picture that shows no digit: for training only, no file may hold it

Array = NDArray[np.uint8]


class DataError(InputError):
    """A data set cannot be read; the message is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Images:
    """Pictures (N, height, width) uint8, ink 255, and labels (N,) uint8: classes from 0, or NO_DIGIT.

    What comes from files is always 28 x 28 pixels with the ten digits. Bytes take a quarter of the memory that float32
    would.
    """

    images: Array
    labels: Array

    def __post_init__(self) -> None:
        """Raise DataError unless both arrays fit together."""
        if self.images.ndim != 3:
            raise DataError(f"The pictures have the shape {self.images.shape}; (count, height, width) is needed.")
        if self.labels.shape != self.images.shape[:1]:
            raise DataError(f"There are {len(self.images)} pictures but {self.labels.size} labels; each needs one.")
        if self.images.dtype != np.uint8 or self.labels.dtype != np.uint8:
            raise DataError("Pictures and labels have to be unsigned bytes (uint8).")

    def __repr__(self) -> str:
        """How many there are and how large, rather than their pixels."""
        return f"Images({len(self):,} of {self.images.shape[1]} x {self.images.shape[2]} pixels)"

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, part: slice | NDArray[np.intp] | NDArray[np.bool_]) -> "Images":
        """The pictures of a slice, or of an array of indices or of truth values."""
        return Images(self.images[part], self.labels[part])

    def scaled(self) -> NDArray[np.float32]:
        """The pictures as (N, height, width) float32 from 0 to 1, ink 1."""
        return np.multiply(self.images, np.float32(1 / 255), dtype=np.float32)

    def transposed(self) -> "Images":
        """The same with rows and columns exchanged, for sets that are stored column by column, as EMNIST's are."""
        return Images(np.ascontiguousarray(self.images.transpose(0, 2, 1)), self.labels)

    def inverted(self) -> "Images":
        """The same with ink and paper exchanged, for sets of dark ink on bright paper."""
        return Images(255 - self.images, self.labels)


def check_shape(name: str, shape: tuple[int, ...]) -> None:
    """Raise DataError for what is no array of pictures (N, 28, 28) and no array of labels (N,)."""
    if shape[1:] not in ((SIDE, SIDE), ()) or not shape:
        raise DataError(f"{name} has the shape {shape}; Digitpad needs (count, {SIDE}, {SIDE}).")
    if not 0 < shape[0] <= MAX_IMAGES:
        raise DataError(f"{name} declares {shape[0]:,} entries; Digitpad takes from 1 to {MAX_IMAGES:,}.")


def as_bytes(pixels: Array | NDArray[np.floating]) -> Array:
    """Pixels of any shape as 0 to 255: numbers from 0 to 1 are stretched, fractions above are rounded.

    Raises DataError for numbers below 0 or above 255 and for what is no number.
    """
    top = pixels.max(initial=0)
    if not (pixels.min(initial=0) >= 0 and top <= 255):  # false for not-a-number as well
        raise DataError("a pixel is not from 0 to 255.")
    if pixels.dtype == np.uint8 and top != 1:
        return pixels.astype(np.uint8, copy=False)
    return np.rint(pixels * np.float32(255 if top <= 1 else 1)).astype(np.uint8)
