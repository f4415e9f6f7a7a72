"""Day: what happened on one day at an event, in numbers: drawings that were read, and challenges."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.constants import CLASSES

UNTOLD = CLASSES  # the row of drawings of which nobody said the digit
LONGEST_ROUND = 3600.0  # seconds


@dataclass(frozen=True)
class Read:
    """A drawing that was read. said: the digit, None for no digit; truth: what its visitor said, None for nothing."""

    said: int | None
    sure: bool
    truth: int | None = None

    @property
    def outcome(self) -> str:
        """ "not_sure" when the network was not, whatever the visitor said; else "right", "corrected", "not_told"."""
        if not self.sure:
            return "not_sure"
        if self.truth is None:
            return "not_told"
        return "right" if self.truth == self.said else "corrected"


@dataclass(frozen=True)
class Fooled:
    """A try to fool the network with the digit `asked`, and whether it worked."""

    asked: int
    fooled: bool


@dataclass(frozen=True)
class Guessed:
    """A round of digits against the clock, in seconds."""

    seconds: float


Record = Read | Fooled | Guessed


@dataclass
class Day:
    """Counts by true digit; of drawings that were read the last row, UNTOLD, is of those without a known one.

    best: the seconds of the fastest of the `rounds`, None before the first.
    """

    right: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    corrected: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    not_sure: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    not_told: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    fool_tries: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    fooled: list[int] = field(default_factory=lambda: [0] * (CLASSES + 1))
    rounds: int = 0
    best: float | None = None

    @property
    def drawings(self) -> int:
        """How many drawings were read."""
        return sum(map(sum, (self.right, self.corrected, self.not_sure, self.not_told)))

    def add(self, record: Record) -> None:
        """Count one thing that happened."""
        if isinstance(record, Read):
            counts: list[int] = getattr(self, record.outcome)
            counts[UNTOLD if record.truth is None else record.truth] += 1
        elif isinstance(record, Fooled):
            self.fool_tries[record.asked] += 1
            self.fooled[record.asked] += record.fooled
        else:
            self.rounds += 1
            self.best = record.seconds if self.best is None else min(self.best, record.seconds)


def to_fields(record: Record) -> dict[str, object]:
    """A record as a JSON object holds it."""
    return {"kind": _NAMES[type(record)], **vars(record)}


def from_fields(fields: object) -> Record | None:
    """The record of a JSON object; None for anything that is none."""
    if not isinstance(fields, dict):
        return None
    kind = fields.get("kind")
    if kind == "read":
        said, sure, truth = fields.get("said"), fields.get("sure"), fields.get("truth")
        if _is_digit_or_none(said) and _is_digit_or_none(truth) and isinstance(sure, bool):
            return Read(said, sure, truth)
    elif kind == "fooled":
        asked, fooled = fields.get("asked"), fields.get("fooled")
        if asked is not None and _is_digit_or_none(asked) and isinstance(fooled, bool):
            return Fooled(asked, fooled)
    elif kind == "guessed":
        seconds = fields.get("seconds")
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 < seconds <= LONGEST_ROUND:
            return Guessed(float(seconds))
    return None


_NAMES: dict[type[Record], str] = {Read: "read", Fooled: "fooled", Guessed: "guessed"}


def _is_digit_or_none(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value < CLASSES)
