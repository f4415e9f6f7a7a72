"""Comparison: an old network and a new one side by side, on test pictures and on somebody's drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from model.data.images import Images
from model.evaluation.confusion import Confusion, confusion_of
from model.evaluation.evaluation import logits_of, pictures_of
from model.network.network import Network
from model.pictures.drawing import Drawing

MOST_LOST = 0.001  # fraction of the test pictures that a lesson may cost


@dataclass(frozen=True)
class Judgement:
    """How one network reads: the fraction of the test pictures, and how many of the drawings, that it reads right."""

    test_accuracy: float
    own_right: int


@dataclass(frozen=True)
class Comparison:
    """Two networks side by side on test pictures and on somebody's drawings.

    own: how many drawings there are. changed: (index of the drawing, read as before, read as now) where it differs.
    better, worse: test pictures that only the new one, only the old one reads right. seconds: what the training took.
    confusion: of the new one on the test pictures.
    """

    before: Judgement
    after: Judgement
    own: int
    changed: list[tuple[int, int, int]]
    better: int
    worse: int
    seconds: float
    confusion: Confusion = field(default_factory=Confusion)

    @property
    def advises_discarding(self) -> bool:
        """Whether the new network is the worse one: it reads fewer drawings, or loses too many test pictures."""
        lost = self.before.test_accuracy - self.after.test_accuracy
        gained = self.after.own_right - self.before.own_right
        return gained < 0 or lost > MOST_LOST or (gained == 0 and lost > 0)


def compare(
    before: Network, after: Network, test: Images, drawings: Sequence[Drawing], *, seconds: float
) -> Comparison:
    """Read test pictures and drawings (as `lessons_of` gives them) with both."""
    own = pictures_of(drawings)
    new_test, new_own = _predictions(after, test), _predictions(after, own)
    now = Judgement(float((new_test == test.labels).mean()), int((new_own == own.labels).sum()))
    old_test, old_own = _predictions(before, test), _predictions(before, own)
    then = Judgement(float((old_test == test.labels).mean()), int((old_own == own.labels).sum()))
    changed = [(int(i), int(old_own[i]), int(new_own[i])) for i in np.flatnonzero(old_own != new_own)]
    old_hits, new_hits = old_test == test.labels, new_test == test.labels
    better, worse = int((new_hits & ~old_hits).sum()), int((old_hits & ~new_hits).sum())
    return Comparison(then, now, len(own), changed, better, worse, seconds, confusion_of(test, new_test))


def _predictions(network: Network, images: Images) -> np.ndarray:
    return logits_of(network, images).argmax(axis=1) if len(images) else np.zeros(0, int)
