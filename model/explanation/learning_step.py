"""Learning step: what one step of training on one picture does to a network. The network itself stays as it is."""

from dataclasses import dataclass

import numpy as np

from model.explanation.introspection import Introspection
from model.network.activations import log_softmax, softmax

FIRST_RATE, LEAST_RATE = 0.1, 1e-7
SHRINK = 0.5  # of the rate from try to try
ENOUGH = 0.3  # of what the slope promises: so much has the loss to fall at least


@dataclass(frozen=True, eq=False)
class LearningStep:
    """Before and after a step of gradient descent. target: the digit that the picture is to be read as.

    losses: cross-entropy, natural logarithm. probabilities: (10,) float32 each. rate: the learning rate. weights: how
    many were changed. largest: the largest change of one of them.
    """

    target: int
    losses: tuple[float, float]
    probabilities: tuple[np.ndarray, np.ndarray]
    rate: float
    weights: int
    largest: float


def learning_step(
    inside: Introspection, image: np.ndarray, target: int | None, *, temperature: float = 1.0
) -> LearningStep:
    """One step on a picture (28, 28) towards `target`, or towards the second likeliest digit.

    The rate is the largest of a row that halves at which the loss falls as it should (Armijo 1966, "Minimization of
    functions having Lipschitz continuous first partial derivatives"). temperature: the logits are divided by it.
    """
    logits = inside.network.predict_logits(image[None], threads=1) / temperature
    wanted = int(np.argsort(logits[0], kind="stable")[-2]) if target is None else target

    def head(values: np.ndarray) -> np.ndarray:
        back = softmax(values / temperature)
        back[:, wanted] -= 1
        return back / temperature

    _, gradient = inside.weight_gradient(image[None], head)
    before = -float(log_softmax(logits)[0, wanted])
    slope = float((gradient.astype(np.float64) ** 2).sum())
    learner = inside.network.copy()
    start, rate = learner.vector.copy(), FIRST_RATE
    while True:
        learner.vector[...] = start - np.float32(rate) * gradient
        changed = learner.infer(learner.as_input(image[None]), threads=1) / temperature
        after = -float(log_softmax(changed)[0, wanted])
        if after <= before - ENOUGH * rate * slope or rate < LEAST_RATE:
            break
        rate *= SHRINK
    return LearningStep(
        wanted,
        (before, after),
        (softmax(logits)[0], softmax(changed)[0]),
        rate,
        int(np.count_nonzero(gradient)),
        float(rate * np.abs(gradient).max()),
    )
