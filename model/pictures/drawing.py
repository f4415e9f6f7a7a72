"""Drawings as strokes of points, and their files: ndjson in the Quick, Draw! form, one JSON object a line."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from model.errors import InputError, reason_of
from model.files import replacing

DEFAULT_CANVAS = (256, 256)
MAX_FILE_BYTES = 256 * 2**20
MAX_LINE_BYTES = 8 * 2**20
MAX_STROKES = 2_000
MAX_POINTS = 100_000
MAX_SIDE = 100_000
MAX_COORDINATE = 1e6
KEYS = ("word", "canvas", "drawing")


class DrawingError(InputError):
    """A drawing that cannot be read; the message is one sentence for the person who gave it."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One touch of the pen. points (P, 2) float32: x, y in canvas units, y down; times (P,) float32 in ms, or None."""

    points: np.ndarray
    times: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Drawing:
    """Strokes in the order they were drawn, on a canvas of (width, height) units; points may lie outside it.

    word is the label, None where nobody said; extra holds the JSON keys that the program has no use for.
    """

    strokes: tuple[Stroke, ...]
    canvas: tuple[int, int] = DEFAULT_CANVAS
    word: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, line: str) -> "Drawing":
        """Read one line of a drawings file. Raises DrawingError."""
        if len(line) > MAX_LINE_BYTES:
            raise DrawingError(f"the line is longer than {MAX_LINE_BYTES // 2**20} MB, which no drawing needs")
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            raise DrawingError("this is not a JSON object as a drawings file has on each line") from None
        if not isinstance(record, dict):
            raise DrawingError("this is not a JSON object as a drawings file has on each line")
        if "drawing" not in record:
            raise DrawingError('the key "drawing" with the list of strokes is missing')
        return cls(
            strokes=_strokes(record["drawing"]),
            canvas=_canvas(record.get("canvas", list(DEFAULT_CANVAS))),
            word=_word(record.get("word")),
            extra={key: value for key, value in record.items() if key not in KEYS},
        )

    def to_json(self) -> str:
        """One line of a drawings file, without the line's end."""
        record: dict[str, Any] = {} if self.word is None else {"word": self.word}
        record |= self.extra
        record["canvas"] = list(self.canvas)
        record["drawing"] = [_stroke_lists(stroke) for stroke in self.strokes]
        return json.dumps(record, separators=(",", ":"))


def read_drawings(path: Path) -> list[Drawing]:
    """All drawings of a file, in order; empty lines are passed over. Raises DrawingError that names the line."""
    drawings = []
    try:
        if path.exists() and not path.is_file():  # a pipe could keep the program waiting for ever
            raise DrawingError(f"{path} is no ordinary file; give a file of drawings")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DrawingError(f"{path} is larger than {MAX_FILE_BYTES // 2**20} MB; cut it into smaller files")
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                    if line:
                        drawings.append(Drawing.from_json(line))
                except UnicodeDecodeError:
                    raise DrawingError(f"{path}, line {number}: this is not text in UTF-8") from None
                except DrawingError as error:
                    raise DrawingError(f"{path}, line {number}: {error}") from None
    except OSError as error:
        raise DrawingError(f"{path} cannot be read: {reason_of(error)}") from None
    return drawings


def write_drawings(path: Path, drawings: Iterable[Drawing]) -> None:
    """Write a drawings file whole or not at all: beside the old one first, then in its place. Raises OSError."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(drawing.to_json() + "\n" for drawing in drawings)


def _strokes(value: Any) -> tuple[Stroke, ...]:
    if not isinstance(value, list):
        raise DrawingError('"drawing" must be a list of strokes, each [[x, ...], [y, ...]]')
    if len(value) > MAX_STROKES:
        raise DrawingError(f"the drawing has {len(value)} strokes; at most {MAX_STROKES} are read")
    strokes, points = [], 0
    for number, lists in enumerate(value, 1):
        if not isinstance(lists, list) or len(lists) < 2 or not all(isinstance(axis, list) for axis in lists[:3]):
            raise DrawingError(f"stroke {number} must be [[x, ...], [y, ...]] or [[x, ...], [y, ...], [t, ...]]")
        if len({len(axis) for axis in lists[:3]}) > 1:
            raise DrawingError(
                f"stroke {number} has lists of unequal length ({', '.join(str(len(a)) for a in lists[:3])})"
            )
        points += len(lists[0])
        if points > MAX_POINTS:
            raise DrawingError(f"the drawing has more than {MAX_POINTS} points")
        axes = [_numbers(axis, number) for axis in lists[:3]]
        if len(axes[0]):
            if max(np.abs(axes[0]).max(), np.abs(axes[1]).max()) > MAX_COORDINATE:
                raise DrawingError(f"stroke {number} has a coordinate beyond {MAX_COORDINATE:,.0f}")
            strokes.append(Stroke(np.stack(axes[:2], axis=1), axes[2] if len(axes) > 2 else None))
    return tuple(strokes)


def _numbers(values: list[Any], stroke: int) -> np.ndarray:
    if not all(type(value) in (int, float) for value in values):
        raise DrawingError(f"stroke {stroke} holds something that is not a number")
    # Not-a-number fails the comparison too; beyond float32's range is as good as infinite.
    if not all(abs(value) < 3e38 for value in values):
        raise DrawingError(f"stroke {stroke} holds a number that is not finite")
    return np.array(values, dtype=np.float32)


def _canvas(value: Any) -> tuple[int, int]:
    fits = isinstance(value, list) and len(value) == 2 and all(type(side) in (int, float) for side in value)
    if not fits or not all(1 <= side <= MAX_SIDE for side in value):
        raise DrawingError(f'"canvas" must be [width, height], each from 1 to {MAX_SIDE}')
    return round(value[0]), round(value[1])


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if type(value) is int and 0 <= value <= 9:
        return str(value)
    raise DrawingError('"word" must be text, the label of the drawing')


def _stroke_lists(stroke: Stroke) -> list[list[float]]:
    # Hundredths of a unit are finer than any pointer, and float32's own digits would only swell the file.
    lists = [stroke.points[:, 0], stroke.points[:, 1], *([] if stroke.times is None else [stroke.times])]
    return [[_short(value) for value in axis.tolist()] for axis in lists]


def _short(value: float) -> float:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
