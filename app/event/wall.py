"""Wall: the digits that the network misread on a day at an event, for all to see, and their file.

The file is one of drawings, as everywhere: "word" is what the visitor said, "reading" what the network said.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from app.paths import event_folder
from model.constants import CLASSES
from model.errors import reason_of
from model.file_lock import locked
from model.files import append_lines
from model.pictures.drawing import MAX_FILE_BYTES, Drawing, DrawingError

ENDING = ".misread.ndjson"
MOST = 24  # that hang on the wall
LARGEST_LINE = 2**20  # a finger that draws for an hour makes less


class Wall:
    """The newest misread drawings of today. problem: why the last one is not on the disk; "" when it is."""

    def __init__(self, folder: Path | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        """Hang up what the folder holds of today; it need not exist."""
        self.folder = event_folder() if folder is None else folder
        self.problem = ""
        self.revision = 0
        self._now = now
        self._date = now().date()
        self._hung = _read(self._path(self._date))

    def __repr__(self) -> str:
        return f"Wall({len(self.drawings)} drawings in {self.folder})"

    @property
    def drawings(self) -> list[Drawing]:
        """The drawings of today, the newest first; the word of each is its true digit."""
        self._turn_day()
        return list(self._hung)

    def add(self, drawing: Drawing, truth: int, said: int | None) -> None:
        """Hang a drawing up and put it on the disk. Never raises for a disk that cannot be written."""
        self._turn_day()
        details = {"reading": said, "time": self._now().isoformat(timespec="seconds")}
        misread = replace(drawing, word=str(truth), extra={**drawing.extra, **details})
        self._hung.appendleft(misread)
        self.revision += 1
        try:
            with locked(self.folder):
                append_lines(self._path(self._date), misread.to_json().encode() + b"\n")
            self.problem = ""
        except OSError as error:
            self.problem = f"{self._path(self._date)}: {reason_of(error)}"

    def _turn_day(self) -> None:
        today = self._now().date()
        if today != self._date:
            self._date, self._hung = today, _read(self._path(today))
            self.revision += 1

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{ENDING}"


def said_of(drawing: Drawing) -> int | None:
    """What the network took a drawing of the wall for; None for no digit."""
    said = drawing.extra.get("reading")
    return said if type(said) is int and 0 <= said < CLASSES else None


def _read(path: Path) -> deque[Drawing]:
    """The newest drawings of a file, newest first; lines that hold none are passed over."""
    hung: deque[Drawing] = deque(maxlen=MOST)
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            return hung
        with path.open("rb") as file:
            newest: deque[bytes] = deque(maxlen=MOST)
            while line := file.readline(LARGEST_LINE):
                newest.append(line)
    except OSError:
        return hung
    for line in newest:
        try:
            drawing = Drawing.from_json(line.decode("utf-8"))
        except (UnicodeDecodeError, DrawingError):
            continue
        if drawing.strokes and drawing.word in {str(digit) for digit in range(CLASSES)}:
            hung.appendleft(drawing)
    return hung
