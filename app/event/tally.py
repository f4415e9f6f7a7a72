"""Tally: the days of an event on the disk: what the network read right, what not, and how the challenges went.

Each local day has a file of its own, one JSON object a line, that only grows at its end. No file holds a drawing.
Several windows may write to it; each shows what it counted itself, beside what was there when it started.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.paths import event_folder
from model.constants import CLASSES
from model.errors import reason_of
from model.file_lock import locked
from model.files import append_lines, replacing

UNTOLD = CLASSES  # the row of drawings of which nobody said the digit
LONGEST_ROUND = 3600.0  # seconds
ENDING = ".tally.ndjson"
LARGEST_FILE = 64 * 2**20
LARGEST_LINE = 4096
MOST_WAITING = 10_000  # lines that wait for a disk that takes them
COUNTS = ("right", "corrected", "not_sure", "not_told", "fool_tries", "fooled")
COLUMNS = ("date", "digit", *COUNTS, "guess_rounds", "guess_best_seconds")


@dataclass(frozen=True)
class ReadRecord:
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
class FoolRecord:
    """A try to fool the network with the digit `asked`, and whether it worked."""

    asked: int
    fooled: bool


@dataclass(frozen=True)
class GuessRecord:
    """A round of digits against the clock, in seconds."""

    seconds: float


Record = ReadRecord | FoolRecord | GuessRecord


@dataclass
class DayCounts:
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
        if isinstance(record, ReadRecord):
            counts: list[int] = getattr(self, record.outcome)
            counts[UNTOLD if record.truth is None else record.truth] += 1
        elif isinstance(record, FoolRecord):
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
            return ReadRecord(said, sure, truth)
    elif kind == "fooled":
        asked, fooled = fields.get("asked"), fields.get("fooled")
        if asked is not None and _is_digit_or_none(asked) and isinstance(fooled, bool):
            return FoolRecord(asked, fooled)
    elif kind == "guessed":
        seconds = fields.get("seconds")
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 < seconds <= LONGEST_ROUND:
            return GuessRecord(float(seconds))
    return None


_NAMES: dict[type[Record], str] = {ReadRecord: "read", FoolRecord: "fooled", GuessRecord: "guessed"}


def _is_digit_or_none(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value < CLASSES)


class TallyError(ValueError):
    """A tally that cannot be exported; the message is one sentence for the person."""


class Tally:
    """Counts what happens, by the day. What the disk does not take counts all the same, and is written later.

    problem: why the last line could not be written; "" when it could. added: how many things this one was told of.
    """

    def __init__(self, folder: Path | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        """Count on from what the folder holds of today; it need not exist."""
        self.folder = event_folder() if folder is None else folder
        self.problem = ""
        self.changes = self.added = 0
        self._now = now
        self._date = now().date()
        self._day = read_day(self._path(self._date))
        self._waiting: list[tuple[Path, bytes]] = []

    def __repr__(self) -> str:
        return f"Tally({self.today.drawings} drawings on {self._date} in {self.folder})"

    @property
    def today(self) -> DayCounts:
        """The day that it is now."""
        date = self._now().date()
        if date != self._date:
            self._date, self._day = date, read_day(self._path(date))
            self.changes += 1
        return self._day

    def add(self, record: Record) -> None:
        """Count one thing that happened, and put it on the disk. Never raises for a disk that cannot be written."""
        self.today.add(record)
        self.changes += 1
        self.added += 1
        line = {"time": self._now().isoformat(timespec="seconds"), **to_fields(record)}
        self._waiting.append((self._path(self._date), json.dumps(line, separators=(",", ":")).encode() + b"\n"))
        del self._waiting[:-MOST_WAITING]
        self._write()

    def dates(self) -> list[date]:
        """The days of which there is a file, in order."""
        try:
            names = [path.name.removesuffix(ENDING) for path in self.folder.glob(f"*{ENDING}")]
        except OSError:
            return []
        return sorted(day for name in names if (day := _date_of(name)) is not None)

    def export(self, path: Path) -> int:
        """Write all days as CSV, return how many. A day has a row for each digit, one for unknown digits, one for all.

        What other windows counted is among it, as is what the disk did not take yet. Raises TallyError when there is
        nothing yet, and OSError when the file cannot be written.
        """
        days = {day: read_day(self._path(day)) for day in self.dates()}
        for waiting, line in self._waiting:
            day, record = _date_of(waiting.name.removesuffix(ENDING)), read_record(line)
            if day is not None and record is not None:
                days.setdefault(day, DayCounts()).add(record)
        if not days:
            raise TallyError(f"there is no tally yet in {self.folder}")
        with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for day in sorted(days):
                writer.writerows(rows(day, days[day]))
        return len(days)

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{ENDING}"

    def _write(self) -> None:
        """Write what waits, file by file."""
        while self._waiting:
            path = self._waiting[0][0]
            lines = [line for other, line in self._waiting if other == path]
            try:
                with locked(path.parent):
                    append_lines(path, b"".join(lines))
            except OSError as error:
                self.problem = f"{path}: {reason_of(error)}"
                return
            self._waiting = [item for item in self._waiting if item[0] != path]
        self.problem = ""


def read_day(path: Path) -> DayCounts:
    """The counts of a day's file; lines that hold nothing known are passed over. Without a readable file all are 0."""
    day = DayCounts()
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return day
        with path.open("rb") as file:
            while line := file.readline(LARGEST_LINE):
                record = read_record(line)
                if record is not None:
                    day.add(record)
    except OSError:
        return day
    return day


def rows(when: date, day: DayCounts) -> Iterator[list[object]]:
    """The rows of one day in the CSV file. Challenges against the clock have no digit: they stand in the last row."""
    for digit in range(CLASSES + 1):
        name = "unknown" if digit == UNTOLD else str(digit)
        yield [when.isoformat(), name, *(getattr(day, count)[digit] for count in COUNTS), "", ""]
    best = "" if day.best is None else f"{day.best:.2f}"
    yield [when.isoformat(), "all", *(sum(getattr(day, count)) for count in COUNTS), day.rounds, best]


def read_record(line: bytes) -> Record | None:
    """What a line of a day's file says; None for anything that is no record."""
    try:
        return from_fields(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _date_of(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
