"""Collection: a person's own labelled drawings, in one ndjson file that only grows at its end.

Beside word, canvas and drawing a line holds "reading" (the digit that the network took it for), "network" (its name)
and "time". Adding writes one line and waits until it is on the disk. What changes lines replaces the file as a whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from app.messages import UserError
from app.paths import data_folder
from model.files import append_lines, replacing
from model.pictures.drawing import MAX_FILE_BYTES, Drawing, DrawingError, read_drawings
from model.pictures.pen import picture_of
from model.training.lesson import DIGITS, identity

FILE = "collection.ndjson"
SET_ASIDE = "collection.broken.ndjson"
MOST_UNDOS = 200


class CollectionError(UserError):
    """The collection cannot be read or written."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A labelled drawing and its line in the file."""

    drawing: Drawing
    line: str

    @classmethod
    def of(cls, drawing: Drawing) -> Entry:
        """The entry of a drawing, with the line that is to be written for it."""
        return cls(drawing, drawing.to_json())

    @property
    def digit(self) -> int:
        """The true digit."""
        return int(self.drawing.word or 0)

    @property
    def reading(self) -> int | None:
        """What the network took it for; None where nobody asked it."""
        value = self.drawing.extra.get("reading")
        return value if type(value) is int and 0 <= value <= 9 else None

    @property
    def misread(self) -> bool:
        """Whether the network took it for another digit."""
        return self.reading is not None and self.reading != self.digit

    @property
    def time(self) -> str:
        """When it was drawn, such as 2026-11-21T10:05:00; "" where that is not known."""
        return str(self.drawing.extra.get("time", ""))

    @property
    def network(self) -> str:
        """The name of the network that read it; "" for none."""
        return str(self.drawing.extra.get("network", ""))


@dataclass(frozen=True)
class Added:
    """What became of drawings: how many came in, and how many did not as they were there, empty or without a digit."""

    added: int = 0
    there: int = 0
    empty: int = 0
    unlabelled: int = 0


@dataclass(frozen=True)
class _Change:
    """before: what stood where; after: what replaces it."""

    before: list[tuple[int, Entry]]
    after: list[Entry]


class Collection:
    """The entries in the order they came. Every change makes `revision` grow.

    `lost` lines could not be read when the file was opened; they were moved to the file `set_aside`.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the collection in the data folder, or another file; it need not exist. Raises CollectionError."""
        self.path = data_folder() / FILE if path is None else path
        self.set_aside = self.path.with_name(SET_ASIDE)
        self.entries: list[Entry] = []
        self.lost = 0
        self.revision = 0
        self._known: set[tuple[str | None, bytes]] = set()
        self._unsaved: list[Entry] = []
        self._past: list[_Change] = []
        self._size = 0  # of the file as it was last seen: more than this was written by another window
        self._open()

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"Collection({len(self)} drawings in {self.path})"

    @property
    def can_undo(self) -> bool:
        """Whether a change of label or a deletion can be taken back."""
        return bool(self._past)

    @property
    def drawings(self) -> list[Drawing]:
        """All drawings, the oldest first."""
        return [entry.drawing for entry in self.entries]

    def chosen(self, digit: int | None = None, *, misread: bool = False) -> list[Entry]:
        """The entries of a digit (None: of all), or only those of them that were misread; the newest first."""
        return [e for e in reversed(self.entries) if digit in (None, e.digit) and (e.misread or not misread)]

    def counts(self) -> list[int]:
        """How many entries there are of each digit."""
        counts = [0] * 10
        for entry in self.entries:
            counts[entry.digit] += 1
        return counts

    # -- changes ------------------------------------------------------------------------------------------

    def add(self, drawing: Drawing, digit: int, *, reading: int | None = None, network: str = "") -> Entry | None:
        """Put a drawing in and on the disk; None for an empty one and one that is there with the same label.

        Raises CollectionError when it could not be written; it is kept then, and written with the next one.
        """
        known = {"reading": reading, "network": network, "time": datetime.now().isoformat(timespec="seconds")}
        labelled = replace(drawing, word=str(digit), extra={**drawing.extra, **known})
        before = len(self.entries)
        self._add_all([labelled])
        return self.entries[-1] if len(self.entries) > before else None

    def import_file(self, path: Path) -> Added:
        """Take the labelled drawings of an ndjson file in. Raises CollectionError."""
        try:
            return self._add_all(read_drawings(path))
        except DrawingError as error:
            raise CollectionError("wrong.as_told", reason=str(error).rstrip(".")) from None

    def relabel(self, entries: Iterable[Entry], digit: int) -> list[Entry]:
        """Give entries another label; returns those that replace them. Raises CollectionError."""
        changes: list[tuple[int, Entry, Entry | None]] = []
        for old in entries:
            new = Entry.of(replace(old.drawing, word=str(digit)))
            changes.append((self.entries.index(old), old, new))
        return self._change(changes)

    def delete(self, entries: Iterable[Entry]) -> None:
        """Take entries out; `undo` brings them back. Raises CollectionError."""
        self._change([(self.entries.index(entry), entry, None) for entry in entries])

    def undo(self) -> bool:
        """Take the last change of labels or deletion back. False when there is none. Raises CollectionError."""
        if not self._past:
            return False
        change = self._past.pop()
        kept = list(self.entries)
        self.entries = [entry for entry in self.entries if not any(entry is new for new in change.after)]
        for index, entry in change.before:
            self.entries.insert(min(index, len(self.entries)), entry)
        try:
            self._rewrite()
        except CollectionError:
            self.entries = kept
            self._past.append(change)
            raise
        return True

    # -- files --------------------------------------------------------------------------------------------

    def export(self, path: Path, entries: Sequence[Entry] | None = None) -> int:
        """Write all entries, or some, as ndjson; returns how many. Raises CollectionError."""
        chosen = self.entries if entries is None else entries
        if path.resolve() == self.path.resolve():
            raise CollectionError("wrong.itself", path=path)
        try:
            _write_lines(path, chosen)
        except OSError as error:
            raise CollectionError("wrong.not_written", path=path, reason=error.strerror or error) from None
        return len(chosen)

    def export_pictures(self, folder: Path, entries: Sequence[Entry] | None = None) -> int:
        """Write all entries, or some, as PNGs such as 7-0001.png; returns how many. Raises CollectionError."""
        chosen = self.entries if entries is None else entries
        numbers = [0] * 10
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for entry in chosen:
                picture = picture_of(entry.drawing)
                assert picture is not None  # empty drawings never come in
                numbers[entry.digit] += 1
                with replacing(_free_name(folder, entry.digit, numbers)) as part:
                    Image.fromarray(((1 - picture) * 255).round().astype("uint8")).save(part, "PNG")
        except OSError as error:
            raise CollectionError("wrong.not_written", path=folder, reason=error.strerror or error) from None
        return len(chosen)

    def _open(self) -> None:
        try:
            raw = _read(self.path, 0)
        except FileNotFoundError:
            return
        except OSError as error:
            raise CollectionError("wrong.not_read", path=self.path, reason=error.strerror or error) from None
        broken = self._take(raw)
        self._size = len(raw)
        if broken:
            self.lost = len(broken)
            self._move_aside(broken)

    def _take(self, raw: bytes) -> list[bytes]:
        """Add the entries that these lines hold; returns the lines that hold none."""
        broken = []
        for line in raw.split(b"\n"):
            if not line.strip():
                continue
            try:
                text = line.decode("utf-8").strip("\r\ufeff \t")
                drawing = Drawing.from_json(text)
            except ValueError:  # UnicodeDecodeError and DrawingError
                broken.append(line)
                continue
            if drawing.word in DIGITS and drawing.strokes and identity(drawing) not in self._known:
                self._known.add(identity(drawing))
                self.entries.append(Entry(drawing, text))
        return broken

    def _move_aside(self, broken: list[bytes]) -> None:
        """Keep broken lines in a file of their own; where that fails they stay where they are, and harm nobody."""
        try:
            with self.set_aside.open("ab") as file:
                file.write(b"".join(line + b"\n" for line in broken))
                file.flush()
                os.fsync(file.fileno())
            self._rewrite()
        except (OSError, CollectionError):
            return

    def _add_all(self, drawings: Iterable[Drawing]) -> Added:
        added: list[Entry] = []
        there = empty = unlabelled = 0
        for drawing in drawings:
            if drawing.word not in DIGITS:
                unlabelled += 1
            elif not any(len(stroke.points) for stroke in drawing.strokes):
                empty += 1
            elif identity(drawing) in self._known:
                there += 1
            else:
                self._known.add(identity(drawing))
                added.append(Entry.of(drawing))
        self.entries += added
        self._unsaved += added
        self.revision += bool(added)
        if self._unsaved:
            self._append()
        return Added(len(added), there, empty, unlabelled)

    def _append(self) -> None:
        """Write what is not on the disk yet behind the file's last line. Raises CollectionError."""
        lines = "".join(entry.line + "\n" for entry in self._unsaved).encode()
        try:
            size = self.path.stat().st_size if self.path.exists() else 0
            self._check_size(size + len(lines))
            before, after = append_lines(self.path, lines)
        except OSError as error:
            raise CollectionError("wrong.not_written", path=self.path, reason=error.strerror or error) from None
        if before == self._size:
            self._size = after
        self._unsaved = []

    def _change(self, changes: list[tuple[int, Entry, Entry | None]]) -> list[Entry]:
        """Put other entries, or none, in the place of some, in memory and in the file."""
        kept, changes = list(self.entries), sorted(changes, key=lambda change: change[0])
        swapped = {id(old): new for _, old, new in changes}
        new_entries = [swapped.get(id(entry), entry) for entry in self.entries]
        self.entries = [entry for entry in new_entries if entry is not None]
        try:
            self._rewrite()
        except CollectionError:
            self.entries = kept
            raise
        after = [new for _, _, new in changes if new is not None]
        self._past.append(_Change([(index, old) for index, old, _ in changes], after))
        del self._past[:-MOST_UNDOS]
        return after

    def _rewrite(self) -> None:
        """Replace the file by the entries, with what another window has added to it. Raises CollectionError."""
        try:
            if self.path.exists() and self.path.stat().st_size > self._size:
                self._known = {identity(entry.drawing) for entry in self.entries}
                self._take(_read(self.path, self._size))
            self._check_size(sum(len(entry.line) + 1 for entry in self.entries))
            _write_lines(self.path, self.entries)
            self._size = self.path.stat().st_size
        except OSError as error:
            raise CollectionError("wrong.not_written", path=self.path, reason=error.strerror or error) from None
        self._known = {identity(entry.drawing) for entry in self.entries}
        self._unsaved = []
        self.revision += 1

    def _check_size(self, size: int) -> None:
        if size > MAX_FILE_BYTES:
            raise CollectionError("wrong.full", path=self.path, most=MAX_FILE_BYTES // 2**20)


def _read(path: Path, start: int) -> bytes:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise CollectionError("wrong.long_file", path=path, most=MAX_FILE_BYTES // 2**20)
    with path.open("rb") as file:
        file.seek(start)
        return file.read()


def _write_lines(path: Path, entries: Iterable[Entry]) -> None:
    with replacing(path) as part, part.open("wb") as file:
        file.writelines((entry.line + "\n").encode() for entry in entries)


def _free_name(folder: Path, digit: int, numbers: list[int]) -> Path:
    while (path := folder / f"{digit}-{numbers[digit]:04d}.png").exists():
        numbers[digit] += 1
    return path
