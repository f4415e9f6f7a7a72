"""Card: what is known of a network: what it was trained on and how, how well it reads, and what it confuses.

All of it stands in the network's own file, but for the confusion matrix of networks that were trained before files had
it: that is measured once (`train.py --evaluate FILE --card`) and lies beside the file, in NAME.card.json.
"""

import contextlib
import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from model.constants import CLASSES
from model.errors import shortened
from model.evaluation.confusion import Counts
from model.files import replacing
from model.network.storage import checksum, describe
from model.training.mixture import Mixture

LARGEST_FILE = 65_536  # bytes of a card beside a network
LONGEST_TEXT = 240
LARGEST_COUNT = 10**12
MOST_CONFUSED = 5


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is known of a network; None, "" or an empty tuple where it is not.

    sources: what it learned from, by kind ("mnist", "data" for another data set, "drawings", and the mixture's:
    "handwriting", "non_digits", "pen_digits", "pen_non_digits"), with how many pictures, None where that is not known.
    continued: whether it went on from another network. seconds: of training. accuracies: 0..1. counts: (10, 10), on
    validation pictures: rows true digits, columns what they were read as.
    """

    parameters: int
    trained: str = ""
    command: str = ""
    sources: tuple[tuple[str, int | None], ...] = ()
    continued: bool = False
    epochs: int | None = None
    seconds: float | None = None
    validation_accuracy: float | None = None
    test_accuracy: float | None = None
    counts: Counts | None = None

    @property
    def per_digit(self) -> list[float | None]:
        """The accuracy of each digit on validation pictures; None where there was none of it, or nothing is known."""
        if self.counts is None:
            return [None] * CLASSES
        return [float(row[digit] / row.sum()) if row.sum() else None for digit, row in enumerate(self.counts)]

    @property
    def worst(self) -> list[tuple[int, float]]:
        """The digits that are read worse than all together, the worst first, with their accuracies; at most three."""
        if self.counts is None or not self.counts.sum():
            return []
        overall = float(np.trace(self.counts) / self.counts.sum())
        below = [(digit, share) for digit, share in enumerate(self.per_digit) if share is not None and share < overall]
        return sorted(below, key=lambda pair: pair[1])[:3]

    @property
    def confusions(self) -> list[tuple[int, int, int]]:
        """(true digit, read as, how often) of the commonest mistakes, the commonest first."""
        if self.counts is None:
            return []
        wrong = self.counts * (1 - np.eye(CLASSES, dtype=np.int64))
        order = np.argsort(-wrong, axis=None, kind="stable")[:MOST_CONFUSED]
        found = [(int(i) // CLASSES, int(i) % CLASSES, int(wrong.flat[i])) for i in order]
        return [one for one in found if one[2]]


def card_of(path: Path) -> Card:
    """The card of a network's file. Raises NetworkFileError where that is none, or not sound."""
    parameters, info = describe(path)
    counts = _counts_beside(path)
    return Card(
        parameters=parameters,
        trained=_text(info.get("trained")),
        command=_text(info.get("command")),
        sources=_sources(info),
        continued="lesson" in info and not _part(info, "lesson").get("from_nothing", False),
        epochs=_count(info.get("epochs")),
        seconds=_number(info.get("seconds"), LARGEST_COUNT),
        validation_accuracy=_number(info.get("validation_accuracy"), 1.0),
        test_accuracy=_number(info.get("test_accuracy"), 1.0),
        counts=counts if counts is not None else counts_in(info.get("confusion")),
    )


def lesson_facts(mixture: Mixture, mnist: int, *, from_nothing: bool) -> dict[str, Any]:
    """What a network's info keeps of a lesson under "lesson". mnist: pictures of the data set."""
    return {"from_nothing": from_nothing, "mnist": mnist, "mixture": asdict(mixture)}


def write_beside(path: Path, counts: Counts) -> Path:
    """Keep a confusion matrix of validation pictures beside a network's file; returns where. Raises OSError."""
    beside = card_file(path)
    text = json.dumps({"weights": checksum(path), "confusion": counts.tolist()})
    with replacing(beside) as part:
        part.write_text(text + "\n", encoding="utf-8")
    return beside


def card_file(path: Path) -> Path:
    """Where what a network's own file lacks lies."""
    return path.with_suffix(".card.json")


def counts_in(value: object) -> Counts | None:
    """A confusion matrix in JSON: ten lists of ten whole numbers from 0; None for anything else."""
    rows = value if isinstance(value, list) and len(value) == CLASSES else []
    for row in rows:
        if not (isinstance(row, list) and len(row) == CLASSES):
            return None
        if not all(type(count) is int and 0 <= count < LARGEST_COUNT for count in row):
            return None
    return np.array(rows, np.int64) if rows else None


def _counts_beside(path: Path) -> Counts | None:
    """What lies beside a network's file, if it is of these weights."""
    beside = card_file(path)
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if beside.stat().st_size <= LARGEST_FILE:
            values = json.loads(beside.read_text(encoding="utf-8"))
            if isinstance(values, dict) and values.get("weights") == checksum(path):
                return counts_in(values.get("confusion"))
    return None


def _sources(info: dict[str, Any]) -> tuple[tuple[str, int | None], ...]:
    """What a network learned from, of a training or of a lesson."""
    facts = _part(info, "lesson") or _part(info, "job")
    if not facts:
        return ()
    try:
        mixture = Mixture.from_json(_part(facts, "mixture"))
    except (TypeError, ValueError):
        mixture = Mixture()
    sources: list[tuple[str, int | None]] = []
    mnist = _count(facts.get("mnist"))
    if mnist != 0:
        sources.append(("data" if facts.get("data") else "mnist", mnist))
    drawings = _count(info.get("drawings"))
    if drawings:
        sources.append(("drawings", drawings))
    kinds = ("pen_digits", "pen_non_digits", "handwriting", "non_digits")
    return (*sources, *((kind, getattr(mixture, kind)) for kind in kinds if getattr(mixture, kind)))


def _part(values: dict[str, Any], name: str) -> dict[str, Any]:
    part = values.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: object) -> str:
    return shortened(value, LONGEST_TEXT) if isinstance(value, str) else ""


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < LARGEST_COUNT else None


def _number(value: object, most: float) -> float | None:
    fits = type(value) in (int, float) and math.isfinite(value) and 0 <= value <= most  # type: ignore[arg-type,operator]
    return float(value) if fits else None  # type: ignore[arg-type]
