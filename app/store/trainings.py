"""Trainings: the record of what was trained on this computer: one JSON object a line, in a file of limited size.

Several windows may append to it at once. A line that cannot be read is passed over; where the file becomes too large,
the older half goes.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from app import paths
from model.charts.curves import LearningCurves
from model.errors import shortened
from model.file_lock import locked
from model.files import append_lines, replacing

FILE = "trainings.ndjson"
LARGEST_FILE = 2 * 2**20  # bytes: some hundred trainings with their curves
LONGEST_TEXT = 80
LARGEST_COUNT = 1e9
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

Outcome = Literal["kept", "discarded", "failed", "broken_off"]


@dataclass(frozen=True, kw_only=True)
class TrainingRecord:
    """One training. time: when it began, such as 2026-11-26T17:05:00, of the local clock. network: what was trained.

    mnist, pen_strokes: whether it learned from them; drawings: how many of the person's were taken along. epochs: as
    many as were planned. seconds: what it took. accuracies: of the test pictures, 0..1; right_before, right_after: of
    the drawings. What was not known or measured is None. kept_as: the name of a network that was kept.
    """

    time: str
    network: str
    outcome: Outcome
    kept_as: str = ""
    from_nothing: bool = False
    mnist: bool = False
    pen_strokes: bool = False
    drawings: int = 0
    epochs: int | None = None
    batch_size: int | None = None
    learning_rate: float | None = None
    optimizer: str = ""
    seed: int | None = None
    seconds: float | None = None
    accuracy_before: float | None = None
    accuracy_after: float | None = None
    right_before: int | None = None
    right_after: int | None = None
    curves: LearningCurves | None = None

    def as_line(self) -> bytes:
        """One JSON object with a line break."""
        curves = None if self.curves is None else self.curves.as_json()
        values = {**self.figures, "curves": curves}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    @property
    def figures(self) -> dict[str, Any]:
        """Everything but the curves, by name."""
        return {name: getattr(self, name) for name in KINDS}

    @classmethod
    def from_line(cls, line: bytes) -> TrainingRecord | None:
        """The record of a line; None for anything that is none. Unknown names are passed over."""
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(values, dict):
            return None
        found = {name: values[name] for name in KINDS if name in values}
        if not all(_fits(value, KINDS[name]) for name, value in found.items()):
            return None
        if not {"time", "network", "outcome"} <= found.keys() or found["outcome"] not in get_args(Outcome):
            return None
        if not TIME.fullmatch(found["time"]):
            return None
        texts = {name: shortened(value, LONGEST_TEXT) for name, value in found.items() if isinstance(value, str)}
        return cls(**{**found, **texts}, curves=LearningCurves.from_json(values.get("curves")))


KINDS: Mapping[str, str] = {f.name: str(f.type) for f in fields(TrainingRecord) if f.name != "curves"}


def _fits(value: object, kind: str) -> bool:
    """Whether a value of a line may stand in a field that is annotated so."""
    if value is None:
        return kind.endswith("None")
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    if kind in ("str", "Outcome"):
        return isinstance(value, str)
    if not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= LARGEST_COUNT:
        return False
    return isinstance(value, int) or kind.startswith("float")


def file() -> Path:
    """Where the record is. It need not exist."""
    return paths.data_folder() / FILE


def note(record: TrainingRecord) -> None:
    """Append a training. Raises OSError, after which the file is as it was."""
    path, line = file(), record.as_line()
    with locked(path.parent):
        size = path.stat().st_size if path.exists() else 0
        if size + len(line) > LARGEST_FILE:
            _drop_old(path)
        append_lines(path, line)


def recorded() -> tuple[list[TrainingRecord], int]:
    """All trainings that can be read, the oldest first, and how many lines cannot. Raises OSError."""
    lines = _lines(file(), LARGEST_FILE)
    records = [record for line in lines if (record := TrainingRecord.from_line(line)) is not None]
    return records, len(lines) - len(records)


def _drop_old(path: Path) -> None:
    """Keep the newest lines, half of a full file."""
    kept = _lines(path, LARGEST_FILE // 2)
    with replacing(path) as part:
        part.write_bytes(b"".join(line + b"\n" for line in kept))


def _lines(path: Path, most: int) -> list[bytes]:
    """The last whole lines of a file, at most so many bytes of them; none where there is no file. Raises OSError."""
    try:
        with path.open("rb") as opened:
            begin = max(0, opened.seek(0, os.SEEK_END) - most)
            opened.seek(begin)
            text = opened.read(most)
    except FileNotFoundError:
        return []
    lines = text.split(b"\n")
    return [line for line in (lines[1:] if begin else lines) if line.strip()]
