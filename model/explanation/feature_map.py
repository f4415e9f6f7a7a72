"""Feature map: digits that people wrote, laid out by what a network makes of them in its last hidden layer."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from model.constants import CLASSES
from model.data.images import Images
from model.explanation.introspection import Introspection
from model.network.workspace import Workspace

MOST_BYTES = 6_000_000  # of the features that are kept: wide layers get fewer pictures
LEAST = 100  # pictures, however wide the layer is
PIECE = 32  # pictures that are looked at in one go: some ten milliseconds
ROUNDS = 12  # of the subspace iteration; the gaps between the first eigenvalues are small
EVEN = 0.5  # how far places are spread evenly: 0 as the axes have it, 1 by rank alone


class Neighbour(NamedTuple):
    """A picture of the map by its number, and how much it is like another one: the cosine, -1..1."""

    number: int
    similarity: float


@dataclass(frozen=True, eq=False)
class FeatureMap:
    """Pictures, what the network answers for each, and where each lies.

    images: n pictures with their labels. answers (n,) uint8. features (n, d) float32 of length 1, or 0 where the layer
    is all 0. places (n, 2) float32 from 0 to 1, across and down.
    """

    images: Images
    answers: np.ndarray
    features: np.ndarray
    places: np.ndarray
    _projection: "_Projection"

    def central(self, digit: int) -> int | None:
        """The picture of a digit that lies in the middle of most of its kind; None where there is none."""
        return self._central[digit]

    @cached_property
    def _central(self) -> list[int | None]:
        found: list[int | None] = []
        for digit in range(CLASSES):
            own = np.flatnonzero(self.images.labels == digit)
            places = self.places[own]
            middle = np.sort(places, axis=0)[len(own) // 2] if len(own) else None  # the median of each axis
            found.append(int(own[((places - middle) ** 2).sum(axis=1).argmin()]) if len(own) else None)
        return found

    def place_of(self, features: np.ndarray) -> tuple[float, float]:
        """Where (d,) features of another picture lie; it moves steadily with them."""
        across, down = self._projection.places(_unit(features[None]))[0].tolist()
        return across, down

    def nearest(self, features: np.ndarray, count: int) -> list[Neighbour]:
        """The pictures whose features point most nearly where (d,) others do; among equals the nearest ones first."""
        similarities = self.features @ _unit(features[None])[0]
        distances = ((self.places - np.array(self.place_of(features))) ** 2).sum(axis=1)
        order = np.lexsort((distances, -similarities.round(5)))[:count]
        return [Neighbour(int(number), float(similarities[number])) for number in order]


class FeatureMapMaker:
    """Makes a map piece by piece, so that other work comes between; `map` is there when `fraction` is 1."""

    def __init__(self, inside: Introspection, images: Images) -> None:
        self._inside = inside
        width = int(np.prod(inside.steps[inside.last_hidden].shape))
        self._images = images[: max(LEAST, MOST_BYTES // (4 * width))]
        self._pieces: list[tuple[np.ndarray, np.ndarray]] = []
        self._work = Workspace()
        self.map: FeatureMap | None = None

    @property
    def fraction(self) -> float:
        """How much is done, 0..1."""
        return 1.0 if self.map is not None else len(self._pieces) * PIECE / (len(self._images) + PIECE)

    def go_on(self) -> None:
        """Look at the next pictures, or lay all of them out."""
        if self.map is not None:
            return
        start = len(self._pieces) * PIECE
        if start < len(self._images):
            self._pieces.append(self._inside.features(self._images[start : start + PIECE].scaled(), self._work))
            return
        features = _unit(np.concatenate([piece for piece, _ in self._pieces]))
        answers = np.concatenate([logits.argmax(axis=1).astype(np.uint8) for _, logits in self._pieces])
        projection = _Projection(features)
        self.map = FeatureMap(self._images, answers, features, projection.places(features), projection)
        self._pieces, self._work = [], Workspace()


class _Projection:
    """The two principal axes of features, and along each of them a scale that spreads the places more evenly."""

    def __init__(self, features: np.ndarray) -> None:
        self._mean = features.mean(axis=0)
        centred = features - self._mean
        self._axes = _principal_axes(centred, 2)
        self._sorted = np.sort(centred @ self._axes, axis=0)

    def places(self, features: np.ndarray) -> np.ndarray:
        """(n, d) -> (n, 2) float32 from 0 to 1."""
        along = (features - self._mean) @ self._axes
        places = np.empty((len(features), 2), np.float32)
        for axis in range(2):
            scale = self._sorted[:, axis]
            span = max(float(scale[-1] - scale[0]), 1e-6)
            straight = np.clip((along[:, axis] - scale[0]) / span, 0, 1)
            ranks = np.interp(along[:, axis], scale, np.linspace(0, 1, len(scale)))
            places[:, axis] = (1 - EVEN) * straight + EVEN * ranks
        return places


def _principal_axes(centred: np.ndarray, count: int) -> np.ndarray:
    """(n, d) -> (d, count) float32: the directions along which it varies most, the first one first.

    By subspace iteration (Golub and Van Loan, "Matrix computations", 4th ed., section 8.2.4), which takes a hundredth
    of the time that all of them would. Each is turned so that its largest part is positive. A d of 1 leaves the second
    axis 0.
    """
    width = centred.shape[1]
    start = np.random.default_rng(0).standard_normal((width, min(width, count + 6))).astype(np.float32)
    basis = np.linalg.qr(start)[0]
    for _ in range(ROUNDS):
        basis = np.linalg.qr(centred.T @ (centred @ basis))[0]
    _, _, turned = np.linalg.svd(centred @ basis, full_matrices=False)
    axes = np.zeros((width, count), np.float32)
    found = (basis @ turned.T)[:, :count]
    signs = np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
    axes[:, : found.shape[1]] = found * np.where(signs, signs, 1)
    return axes


def _unit(features: np.ndarray) -> np.ndarray:
    """(n, d) -> the same, each of length 1; zeros stay zeros."""
    lengths = np.sqrt((features**2).sum(axis=1, keepdims=True))
    unit: np.ndarray = features / np.maximum(lengths, 1e-9)
    return unit
