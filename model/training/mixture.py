"""Mixture: what a network is trained on beside a data set: digits of the pen model and of people, and no digits."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from model.data.images import NO_DIGIT, Images
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.handwriting import digits as handwriting
from model.handwriting import non_digits, people
from model.handwriting.stroke_warp import StrokeWarp

_OLD_NAMES = {"strange": "non_digits"}  # as records of older networks call them


@dataclass(frozen=True)
class Mixture:
    """How many pictures are made beside those of the data set, each of which is taken `repeats` times.

    handwriting: digits of the pen model. non_digits: pictures of no digit, made. pen_digits: people's digits, warped;
    pen_non_digits: people's letters and signs that nobody takes for a digit.
    """

    handwriting: int = 0
    non_digits: int = 0
    pen_digits: int = 0
    pen_non_digits: int = 0
    repeats: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for counts below 0 or beyond what memory is good for."""
        for name, count in asdict(self).items():
            if name != "repeats" and not 0 <= count <= 1_000_000:
                raise ValueError(f"The number of {name} pictures must be from 0 to 1000000, not {count}.")
        if not 1 <= self.repeats <= 20:
            raise ValueError(f"The repeats must be from 1 to 20, not {self.repeats}.")

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Mixture":
        """The mixture of a network's record, older ones too. Raises ValueError or TypeError for anything else."""
        return cls(**{_OLD_NAMES.get(name, name): value for name, value in values.items()})

    @property
    def made(self) -> int:
        """How many pictures are made."""
        return self.handwriting + self.non_digits + self.pen_digits + self.pen_non_digits

    @property
    def teaches_doubt(self) -> bool:
        """Whether any picture shows no digit."""
        return self.non_digits + self.pen_non_digits > 0

    def added_to(self, images: Images, seed: int, writers: PenStrokes | None = None) -> Images:
        """The pictures and, behind them, those that are made; the same ones for the same seed.

        writers: whose strokes are taken; if left out, those of all who are for training. Raises DataError where these
        are asked for and their file is missing.
        """
        count = len(images) * self.repeats + self.made
        if count == len(images):
            return images
        mixed = Images(np.empty((count, *images.images.shape[1:]), np.uint8), np.full(count, NO_DIGIT, np.uint8))
        at = 0
        for pictures, labels in self._parts(images, seed, writers):
            mixed.images[at : at + len(pictures)] = pictures
            if labels is not None:
                mixed.labels[at : at + len(pictures)] = labels
            at += len(pictures)
            del pictures, labels  # before the next part is made
        return mixed

    def _parts(
        self, images: Images, seed: int, writers: PenStrokes | None
    ) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        """Pictures and labels (None for what is no digit), made one part after another, so that one is held at most."""
        for _ in range(self.repeats):
            yield images.images, images.labels
        if self.handwriting:
            yield handwriting.images(self.handwriting, np.random.default_rng([seed, 1]))
        if self.non_digits:
            yield non_digits.images(self.non_digits, np.random.default_rng([seed, 2])), None
        if self.pen_digits or self.pen_non_digits:
            writers = writers if writers is not None else load_pen_strokes().for_training()
            yield people.digit_pictures(writers, self.pen_digits, np.random.default_rng([seed, 4]), StrokeWarp())
            signs = people.non_digit_pictures(
                writers, self.pen_non_digits, np.random.default_rng([seed, 5]), StrokeWarp()
            )
            yield signs, None
