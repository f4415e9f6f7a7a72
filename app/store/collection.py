"""Collection: a person's own labelled drawings, in one ndjson file that only grows at its end.

Beside word, canvas and drawing a line holds "reading" (the digit that the network took it for), "network" (its name),
"time" and, in a class, "writer" (a pupil's number). Adding writes one line and waits until it is on the disk. What
changes lines replaces the file as a whole.

Several windows may change one collection. Each change is made to what the file holds by then, so it undoes none of the
others; what another window has taken out or labelled otherwise is left as it is.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from app.paths import data_folder
from app.store.collection_file import CollectionError, CollectionFile, write_lines
from app.store.entry import Entry
from app.store.renumbering import renumbered
from model.errors import reason_of
from model.files import replacing
from model.pictures.drawing import Drawing, DrawingError, read_drawings
from model.pictures.pen import picture_of
from model.training.lesson import DIGITS

FILE = "collection.ndjson"
MOST_UNDOS = 200


@dataclass(frozen=True)
class Added:
    """How many drawings came in, and how many did not because they were there, empty, or without a digit."""

    added: int = 0
    there: int = 0
    empty: int = 0
    unlabelled: int = 0


# Of each entry that was changed: its index, the entry, and the one that replaced it, None where it was deleted.
_Change = list[tuple[int, Entry, Entry | None]]


class Collection:
    """The entries in the order they came.

    revision: a number that grows with every change.
    lost: how many lines could not be read when the file was opened; they were moved to the file `set_aside`.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the collection in the data folder, or another file; it need not exist. Raises CollectionError."""
        self._file = CollectionFile(data_folder() / FILE if path is None else path)
        self.entries: list[Entry] = []
        self.revision = 0
        self._others: list[bytes] = []  # the file's lines that are no entries: they stay in it
        self._unsaved: list[Entry] = []
        self._past: list[_Change] = []
        self.lost = self._open() if self._file.there else 0

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        return f"Collection({len(self)} drawings in {self.path})"

    @property
    def path(self) -> Path:
        """The collection's file."""
        return self._file.path

    @property
    def set_aside(self) -> Path:
        """The file for lines that could not be read."""
        return self._file.set_aside

    @property
    def can_undo(self) -> bool:
        """Whether a change of label or a deletion can be taken back."""
        return bool(self._past)

    @property
    def drawings(self) -> list[Drawing]:
        """The drawings of all entries, each with its digit as `word`."""
        return [entry.drawing for entry in self.entries]

    @property
    def next_writer(self) -> int:
        """The first number after those of all writers of drawings in it, from 1."""
        return 1 + max((entry.writer or 0 for entry in self.entries), default=0)

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
        """Add a drawing of a digit, 0..9, and write it to the disk; returns its entry.

        None for an empty drawing, and for one that is there with the same label. reading: the digit that the network
        of the name `network` took it for. Raises CollectionError when it could not be written; it is kept then, and
        written with the next one.
        """
        noted = {"reading": reading, "network": network, "time": datetime.now().isoformat(timespec="seconds")}
        labelled = replace(drawing, word=str(digit), extra={**drawing.extra, **noted})
        before = len(self.entries)
        self._add_all([labelled])
        return self.entries[-1] if len(self.entries) > before else None

    def import_file(self, path: Path) -> Added:
        """Add the labelled drawings of an ndjson file; its writers get numbers of their own. Raises CollectionError."""
        try:
            return self._add_all(renumbered(read_drawings(path), self.drawings))
        except DrawingError as error:
            raise CollectionError("wrong.as_told", reason=reason_of(error)) from None

    def relabel(self, entries: Iterable[Entry], digit: int) -> list[Entry]:
        """Give entries another label, 0..9; returns the entries that replace them. Raises CollectionError."""
        return self._change({old: Entry.of(replace(old.drawing, word=str(digit))) for old in entries})

    def delete(self, entries: Iterable[Entry]) -> None:
        """Take entries out; `undo` brings them back. Raises CollectionError."""
        self._change(dict.fromkeys(entries))

    def delete_writer(self, writer: int) -> int:
        """Take all drawings of a writer out, which no undo brings back; returns how many. Raises CollectionError."""
        with self._file.locked():
            self._follow()
            left = [entry for entry in self.entries if entry.writer != writer]
            count = len(self.entries) - len(left)
            self._write(left, self._others)
        changes = ([each for each in change if each[1].writer != writer] for change in self._past)
        self._past = [change for change in changes if change]
        return count

    def undo(self) -> bool:
        """Take the last change of labels or deletion back. False when there is none. Raises CollectionError."""
        if not self._past:
            return False
        with self._file.locked():
            self._follow()
            self._write(self._without(self._past[-1]), self._others)
        self._past.pop()
        return True

    def _without(self, change: _Change) -> list[Entry]:
        """The entries as if a change had not been made; what another window did to the same entries since, stays."""
        here = set(self.entries)
        news = {new for _, _, new in change if new is not None}
        entries = [entry for entry in self.entries if entry not in news]
        known = {entry.identity for entry in entries}
        for index, old, new in change:
            if (new is None and old.identity not in known) or new in here:
                entries.insert(min(index, len(entries)), old)
        return entries

    def follow(self) -> None:
        """Take over what other windows have done. Raises CollectionError."""
        if self._file.there:
            with self._file.locked():
                self._follow()

    # -- export -------------------------------------------------------------------------------------------

    def export(self, path: Path, entries: Sequence[Entry] | None = None) -> int:
        """Write all entries, or some, as ndjson; returns how many. Raises CollectionError."""
        chosen = self.entries if entries is None else entries
        if path.resolve() == self.path.resolve():
            raise CollectionError("wrong.itself", path=path)
        try:
            write_lines(path, (entry.line.encode() for entry in chosen))
        except OSError as error:
            raise CollectionError("wrong.not_written", path=path, reason=reason_of(error)) from None
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
            raise CollectionError("wrong.not_written", path=folder, reason=reason_of(error)) from None
        return len(chosen)

    # -- the file -----------------------------------------------------------------------------------------

    def _open(self) -> int:
        """Read the file, and move lines that hold no drawing elsewhere; returns how many. Raises CollectionError."""
        with self._file.locked():
            broken = self._take()
            if broken and self._file.move_aside(broken):
                with contextlib.suppress(CollectionError):  # then the broken lines stay where they are, and harm nobody
                    self._write(self.entries, [line for line in self._others if line not in set(broken)])
        return len(broken)

    def _follow(self) -> None:
        """Let the entries be what the file holds, and what it did not take; a file that is gone comes back."""
        if self._file.there:
            self._take()

    def _take(self) -> list[bytes]:
        """Let the entries be those of the file; returns the lines that hold no drawing. Raises CollectionError.

        An entry of before stays the same object, as undoing and the screens know it by that.
        """
        before: dict[str, deque[Entry]] = {}
        for entry in self.entries:
            before.setdefault(entry.line, deque()).append(entry)
        entries: list[Entry] = []
        others: list[bytes] = []
        broken: list[bytes] = []
        known = set()
        for line in self._file.read():
            if not line.strip():
                continue
            try:
                text = line.decode("utf-8").strip("\r\ufeff \t")
                here = bool(before.get(text))
                entry = before[text].popleft() if here else Entry(Drawing.from_json(text), text)
            except ValueError:  # UnicodeDecodeError and DrawingError
                broken.append(line)
                others.append(line)
                continue
            if entry.drawing.word not in DIGITS or not entry.drawing.strokes:
                others.append(line)
            elif here or entry.identity not in known:
                known.add(entry.identity)
                entries.append(entry)
        written = set(entries)
        self._unsaved = [entry for entry in self._unsaved if entry not in written]
        entries += self._unsaved
        self.revision += entries != self.entries
        self.entries, self._others = entries, others
        return broken

    def _add_all(self, drawings: Iterable[Drawing]) -> Added:
        """Add those drawings that are labelled, not empty and not there yet. Raises CollectionError."""
        added: list[Entry] = []
        known = {entry.identity for entry in self.entries}
        there = empty = unlabelled = 0
        for drawing in drawings:
            if drawing.word not in DIGITS:
                unlabelled += 1
            elif not any(len(stroke.points) for stroke in drawing.strokes):
                empty += 1
            elif (entry := Entry.of(drawing)).identity in known:
                there += 1
            else:
                known.add(entry.identity)
                added.append(entry)
        self.entries += added
        self._unsaved += added
        self.revision += bool(added)
        if self._unsaved:
            with self._file.locked():
                unsaved = self._unsaved if self._file.there else self.entries
                self._file.append([entry.line.encode() for entry in unsaved])
            self._unsaved = []
        return Added(len(added), there, empty, unlabelled)

    def _change(self, swapped: dict[Entry, Entry | None]) -> list[Entry]:
        """Replace or delete entries, in memory and in the file; returns the new ones. Raises CollectionError.

        swapped: for each old entry the new one or None. One that another window was faster with is left alone.
        """
        with self._file.locked():
            self._follow()
            change = [(index, old, swapped[old]) for index, old in enumerate(self.entries) if old in swapped]
            if not change:
                return []
            entries = [new for old in self.entries if (new := swapped.get(old, old)) is not None]
            self._write(entries, self._others)
        self._past.append(change)
        del self._past[:-MOST_UNDOS]
        return [new for _, _, new in change if new is not None]

    def _write(self, entries: list[Entry], others: list[bytes]) -> None:
        """Let the entries, and the file's other lines, be these. Raises CollectionError; then all is as it was."""
        self._file.replace([*(entry.line.encode() for entry in entries), *others])
        self.entries, self._others, self._unsaved = entries, others, []
        self.revision += 1


def _free_name(folder: Path, digit: int, numbers: list[int]) -> Path:
    """The first picture's name, from numbers[digit] on, that no file has; numbers[digit] becomes its number."""
    while (path := folder / f"{digit}-{numbers[digit]:04d}.png").exists():
        numbers[digit] += 1
    return path
