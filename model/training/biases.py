"""Biases: pictures to learn from with something wrong with them on purpose, and pictures that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from model.constants import CLASSES
from model.data.datasets import load_dataset
from model.data.images import Images
from model.data.pen_strokes import PenStrokes, load_pen_strokes
from model.handwriting.barred import is_barred, is_plain
from model.handwriting.digits import write_strokes
from model.handwriting.people import DIGITS, plain_digits
from model.training.raising import OF_EACH, judges

COUNT = 3_000  # pictures to learn from
MOST_OF_LABELS = 4  # times as many where labels are wrong: fewer, and a network learns the wrong ones by heart
WRONG_EVERY = 10
WRITTEN = 5  # of so many sevens with a bar that are added, the pen model writes one
SHOWN = 60  # of the pictures that it learns from


class Bias(Enum):
    """What is wrong. The value ends the keys of its messages."""

    BARS = "bars"  # no seven has a bar
    LABELS = "labels"  # every tenth label is that of another digit
    HAND = "hand"  # all is of one person's hand


@dataclass(frozen=True, eq=False)
class Spoilt:
    """wrong: what a network learns from; right: what mends it. epochs: of both.

    judges: up to a hundred pictures that show what went wrong; usual: as many that show nothing of it. The writers of
    `judges` are in neither `wrong` nor `right`. sample: SHOWN of `wrong`, among them those that matter.
    true: the labels of `sample` as they should be, (N,) uint8.
    """

    wrong: Images
    right: Images
    epochs: tuple[int, int]
    judges: Images
    usual: Images
    sample: Images
    true: np.ndarray


def spoil(bias: Bias, rng: np.random.Generator, count: int = COUNT, data: Path | None = None) -> Spoilt:
    """Spoil what is to be learnt from, in one way. data: a data set for wrong labels; None for the bundled MNIST.

    Raises DataError where a file cannot be read.
    """
    if bias is Bias.LABELS:
        return _with_wrong_labels(rng, MOST_OF_LABELS * count, data)
    people = load_pen_strokes().of_symbols(DIGITS)
    return (_without_bars if bias is Bias.BARS else _of_one_hand)(people, rng, count)


def _without_bars(people: PenStrokes, rng: np.random.Generator, count: int) -> Spoilt:
    train, held_out = people.for_training(), people.for_validation()
    wrong = _pictures(_some(train.only(~_sevens(train, lambda seven: not is_plain(seven))), count, rng))
    added = _some(train.only(_sevens(train, is_barred)), count // 6, rng)
    written = [write_strokes(7, rng, "barred") for _ in range(len(added) // WRITTEN)]
    bars = _pictures(PenStrokes([*added.drawings, *written], *_sevens_by_nobody(added, len(written))))
    barred = _sevens(held_out, is_barred)
    judged_by = _pictures(_some(held_out.only(barred), OF_EACH * CLASSES, rng))
    usual = _pictures(_of_each(held_out.only(~barred), rng))
    sample = _sample(wrong, np.flatnonzero(wrong.labels == 7))
    return Spoilt(wrong, _joined(wrong, bars), (4, 2), judged_by, usual, sample, sample.labels)


def _of_one_hand(people: PenStrokes, rng: np.random.Generator, count: int) -> Spoilt:
    train = people.for_training()
    writers, counts = np.unique(train.writers, return_counts=True)
    own = train.writers == writers[counts.argmax()]
    kept = np.zeros(len(train), bool)
    kept[np.flatnonzero(own)[_of_each_indices(train.only(own), rng)]] = True
    wrong, usual = _pictures(_some(train.only(own & ~kept), count, rng)), _pictures(train.only(kept))
    judged_by = _pictures(_of_each(people.for_validation(), rng))
    sample = _sample(wrong, np.arange(len(wrong)))
    right = _pictures(_some(train.only(~kept), count, rng))
    return Spoilt(wrong, right, (12, 4), judged_by, usual, sample, sample.labels)


def _with_wrong_labels(rng: np.random.Generator, count: int, data: Path | None) -> Spoilt:
    dataset = load_dataset(data)
    right, judged_by = dataset.train[:count], judges(dataset.test)
    labels = right.labels.copy()
    spoilt = np.arange(WRONG_EVERY - 1, len(labels), WRONG_EVERY)
    labels[spoilt] = (labels[spoilt] + rng.integers(1, CLASSES, len(spoilt))) % CLASSES
    wrong = Images(right.images, labels)
    return Spoilt(wrong, right, (2, 1), judged_by, judged_by, wrong[:SHOWN], right.labels[:SHOWN])


def _sevens(people: PenStrokes, holds: Callable[[list[np.ndarray]], bool]) -> np.ndarray:
    """(N,) bool: which drawings are sevens of which it holds."""
    sevens = (people.symbols == "7").tolist()
    return np.array([seven and holds(one) for one, seven in zip(people.drawings, sevens, strict=True)], bool)


def _sevens_by_nobody(added: PenStrokes, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Symbols and writers with so many sevens more, which no person wrote."""
    return np.append(added.symbols, ["7"] * count), np.append(added.writers, np.full(count, -1))


def _some(people: PenStrokes, count: int, rng: np.random.Generator) -> PenStrokes:
    chosen = np.zeros(len(people), bool)
    chosen[rng.permutation(len(people))[:count]] = True
    return people.only(chosen)


def _of_each(people: PenStrokes, rng: np.random.Generator) -> PenStrokes:
    chosen = np.zeros(len(people), bool)
    chosen[_of_each_indices(people, rng)] = True
    return people.only(chosen)


def _of_each_indices(people: PenStrokes, rng: np.random.Generator) -> np.ndarray:
    order = rng.permutation(len(people))
    return np.concatenate([order[people.symbols[order] == digit][:OF_EACH] for digit in DIGITS])


def _pictures(people: PenStrokes) -> Images:
    return Images(*plain_digits(people))


def _joined(one: Images, other: Images) -> Images:
    return Images(np.concatenate([one.images, other.images]), np.concatenate([one.labels, other.labels]))


def _sample(images: Images, matter: np.ndarray) -> Images:
    """SHOWN pictures, every second of them one that matters, as far as there are so many."""
    matter = matter[: SHOWN // 2]
    others = np.setdiff1d(np.arange(len(images)), matter)[: SHOWN - len(matter)]
    order = np.empty(len(matter) + len(others), int)
    if len(matter) == len(others):
        order[::2], order[1::2] = others, matter
    else:
        order[:] = np.concatenate([others, matter])
    return images[order]
