"""What a network is trained on: a data set's own pictures, handwriting of the pen model, and pictures of no digit."""

from dataclasses import dataclass

import numpy as np

from model.data.images import NO_DIGIT, Images
from model.handwriting import digits as handwriting
from model.handwriting import non_digits as strange


@dataclass(frozen=True)
class Mixture:
    """How many pictures are made beside those of the data set."""

    handwriting: int = 0
    strange: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for counts below 0 or beyond what memory is good for."""
        for name, count in (("handwriting", self.handwriting), ("strange", self.strange)):
            if not 0 <= count <= 1_000_000:
                raise ValueError(f"The number of {name} pictures must be from 0 to 1000000, not {count}.")

    def added_to(self, images: Images, seed: int) -> Images:
        """The pictures and, behind them, those that are made; the same ones for the same seed."""
        pictures, labels = [images.images], [images.labels]
        if self.handwriting:
            written, digits = handwriting.images(self.handwriting, np.random.default_rng([seed, 1]))
            pictures.append(written)
            labels.append(digits)
        if self.strange:
            pictures.append(strange.images(self.strange, np.random.default_rng([seed, 2])))
            labels.append(np.full(self.strange, NO_DIGIT, np.uint8))
        return Images(np.concatenate(pictures), np.concatenate(labels))
