"""Samples: random pictures of a data set as text, with what a network makes of each."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from model.data.images import Images
from model.reading.reader import Reader

SHADES = " .:-=+*#%@"  # from paper to ink
BAR = 30  # characters for a probability of 1


def samples(reader: Reader, images: Images, count: int, rng: np.random.Generator) -> Iterator[str]:
    """So many pictures, drawn with replacement: each as art, with the ten probabilities below and its label marked."""
    chosen = images[rng.integers(len(images), size=count)]
    pictures = chosen.scaled()
    for picture, label, reading in zip(pictures, chosen.labels, reader.read_images(pictures), strict=True):
        rows = [as_art(picture)]
        for digit, probability in enumerate(reading.probabilities.tolist()):
            mark = " <- label" if digit == label else ""
            rows.append(f"  {digit} {100 * probability:5.1f} % {'#' * round(BAR * probability)}{mark}")
        yield "\n".join(rows) + "\n"


def as_art(image: NDArray[np.float32]) -> str:
    """An image (28, 28), ink 1 on 0, as lines of characters, two to a pixel so that it keeps its shape."""
    return "\n".join("".join(2 * SHADES[int(value * (len(SHADES) - 1) + 0.5)] for value in row) for row in image)
