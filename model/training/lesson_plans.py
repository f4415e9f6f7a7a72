"""Plans of lessons: how long a network is taught somebody's drawings, or anything from nothing, and with what."""

from dataclasses import dataclass, field, replace

from model.pictures.warp import Warp
from model.training.mixture import Mixture
from model.training.recipe import Recipe
from model.training.recipes import FULL, QUICK

LENGTHS = ("quick", "good", "thorough")


@dataclass(frozen=True, kw_only=True)
class LessonPlan:
    """recipe as for any training; mnist: so many of the data set's training pictures, None for all of them.

    own: copies of the drawings that are shown in every epoch, all drawings together; mixture: what is made beside.
    """

    recipe: Recipe
    mnist: int | None = None
    own: int = 0
    mixture: Mixture = field(default_factory=Mixture)

    def __post_init__(self) -> None:
        """Raise ValueError for counts below 0 or beyond what memory is good for."""
        for what, count in (("MNIST pictures", self.mnist or 0), ("copies of drawings", self.own)):
            if not 0 <= count <= 1_000_000:
                raise ValueError(f"The number of {what} must be from 0 to 1000000, not {count}.")

    def pictures(self, available: int) -> int:
        """How many pictures all epochs together show, where the data set has so many to train on."""
        mnist = available if self.mnist is None else min(self.mnist, available)
        return self.recipe.epochs * ((mnist + self.own) * self.mixture.repeats + self.mixture.made)


def _teach(epochs: int, mnist: int, own: int, mixture: Mixture, rate: float) -> LessonPlan:
    recipe = Recipe(
        epochs=epochs,
        batch_size=64,
        learning_rate=rate,
        schedule="one_cycle",
        label_smoothing=0.02,
        warp=Warp() * 0.8,
        averaging=0.98,
    )
    return LessonPlan(recipe=recipe, mnist=mnist, own=own, mixture=mixture)


def _rehearsed(count: int) -> Mixture:
    """What is rehearsed beside MNIST: so many digits of people, and other pictures in proportion."""
    return Mixture(handwriting=count * 2 // 3, non_digits=count * 2 // 3, pen_digits=count, pen_non_digits=count // 3)


# from the present network on; quick is for somebody who waits for it
TEACH = {
    "quick": _teach(3, 4_500, 2_000, _rehearsed(600), 0.0006),
    "good": _teach(4, 20_000, 5_000, _rehearsed(3_000), 0.0006),
    "thorough": _teach(6, 55_000, 10_000, _rehearsed(9_000), 0.0008),
}


# from nothing; quick is for people who watch it learn: few pictures, none of them warped
BEGIN = {
    "quick": LessonPlan(
        recipe=replace(QUICK, epoch_size=None), mnist=14_000, own=1_000, mixture=Mixture(pen_digits=2_000)
    ),
    "good": LessonPlan(
        recipe=replace(FULL, epochs=5, ends_after=None, averaging=0.995),
        own=5_000,
        mixture=Mixture(handwriting=5_000, non_digits=3_000, pen_digits=8_000, pen_non_digits=2_000),
    ),
    "thorough": LessonPlan(
        recipe=replace(FULL, epochs=30, ends_after=None),
        own=10_000,
        mixture=Mixture(handwriting=14_000, non_digits=4_000, pen_digits=28_000, pen_non_digits=5_000),
    ),
}

# People's digits that take the place of MNIST's where only they are learnt from: as many in all as else of both, but
# from nothing fewer, as each has to be drawn first.
_PEN_ALONE = {"quick": 5_000, "good": 23_000, "thorough": 56_000}
_PEN_ALONE_FROM_NOTHING = {"quick": 10_000, "good": 30_000, "thorough": 56_000}


def plan(length: str, *, from_nothing: bool, mnist: bool = True, pen: bool = True, own: bool = True) -> LessonPlan:
    """The plan of that length, less what is not to be learnt from. Raises ValueError for a length there is not.

    pen: people's pen strokes; own: the person's own drawings. What is made by the program stays.
    """
    plans = BEGIN if from_nothing else TEACH
    if length not in plans:
        raise ValueError(f"There is no length {length!r}; choose one of {', '.join(plans)}.")
    chosen = plans[length]
    mixture = chosen.mixture
    if not pen:
        mixture = replace(mixture, pen_digits=0, pen_non_digits=0)
    elif not mnist:
        mixture = replace(mixture, pen_digits=(_PEN_ALONE_FROM_NOTHING if from_nothing else _PEN_ALONE)[length])
    return replace(chosen, mnist=chosen.mnist if mnist else 0, own=chosen.own if own else 0, mixture=mixture)
