"""Collection: a person's own labelled drawings, in one ndjson file that only grows at its end.

Beside word, canvas and drawing a line holds "reading" (the digit that the network took it for), "network" (its name)
and "time". Adding writes one line and waits until it is on the disk. What changes lines replaces the file as a whole.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from app.paths import data_folder
from app.store.collection_file import CollectionError, CollectionFile, write_lines
from app.store.entry import Entry
from model.files import replacing
from model.pictures.drawing import Drawing, DrawingError, read_drawings
from model.pictures.pen import picture_of
from model.training.lesson import DIGITS, identity

FILE = "collection.ndjson"
MOST_UNDOS = 200


@dataclass(frozen=True)
class Added:
    """How many drawings came in, and how many did not because they were there, empty, or without a digit."""

    added: int = 0
    there: int = 0
    empty: int = 0
    unlabelled: int = 0


@dataclass(frozen=True)
class _Change:
    """before: entries that were replaced or deleted, with their indices; after: the entries that replaced them."""

    before: list[tuple[int, Entry]]
    after: list[Entry]


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
        self._known: set[tuple[str | None, bytes]] = set()  # the identities of all entries
        self._unsaved: list[Entry] = []
        self._past: list[_Change] = []
        broken = self._take(self._file.read())
        self.lost = len(broken)
        if broken and self._file.move_aside(broken):
            with contextlib.suppress(CollectionError):  # then the broken lines stay where they are, and harm nobody
                self._rewrite(self.entries)

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
        """Add the labelled drawings of an ndjson file. Raises CollectionError."""
        try:
            return self._add_all(read_drawings(path))
        except DrawingError as error:
            raise CollectionError("wrong.as_told", reason=str(error).rstrip(".")) from None

    def relabel(self, entries: Iterable[Entry], digit: int) -> list[Entry]:
        """Give entries another label, 0..9; returns the entries that replace them. Raises CollectionError."""
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
        change = self._past[-1]
        entries = [entry for entry in self.entries if not any(entry is new for new in change.after)]
        for index, entry in change.before:
            entries.insert(min(index, len(entries)), entry)
        self._rewrite(entries)
        self._past.pop()
        return True

    # -- export -------------------------------------------------------------------------------------------

    def export(self, path: Path, entries: Sequence[Entry] | None = None) -> int:
        """Write all entries, or some, as ndjson; returns how many. Raises CollectionError."""
        chosen = self.entries if entries is None else entries
        if path.resolve() == self.path.resolve():
            raise CollectionError("wrong.itself", path=path)
        try:
            write_lines(path, (entry.line for entry in chosen))
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

    # -- the file -----------------------------------------------------------------------------------------

    def _take(self, lines: Iterable[bytes]) -> list[bytes]:
        """Add the entries that these lines of the file hold; returns the lines that hold no drawing."""
        broken = []
        for line in lines:
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

    def _add_all(self, drawings: Iterable[Drawing]) -> Added:
        """Add those drawings that are labelled, not empty and not there yet. Raises CollectionError."""
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
            self._file.append([entry.line for entry in self._unsaved])
            self._unsaved = []
        return Added(len(added), there, empty, unlabelled)

    def _change(self, changes: list[tuple[int, Entry, Entry | None]]) -> list[Entry]:
        """Replace or delete entries, in memory and in the file; returns the new ones. Raises CollectionError.

        changes: for each the index, the old entry, and the new one or None.
        """
        changes = sorted(changes, key=lambda change: change[0])
        swapped = {id(old): new for _, old, new in changes}
        entries = [swapped.get(id(entry), entry) for entry in self.entries]
        self._rewrite([entry for entry in entries if entry is not None])
        after = [new for _, _, new in changes if new is not None]
        self._past.append(_Change([(index, old) for index, old, _ in changes], after))
        del self._past[:-MOST_UNDOS]
        return after

    def _rewrite(self, entries: list[Entry]) -> None:
        """Let the entries be these, and those that another window has added to the file.

        Raises CollectionError; then all is as it was.
        """
        kept, known = self.entries, self._known
        self.entries, self._known = list(entries), {identity(entry.drawing) for entry in entries}
        try:
            self._take(self._file.news())
            self._file.replace([entry.line for entry in self.entries])
        except CollectionError:
            self.entries, self._known = kept, known
            raise
        self._unsaved = []
        self.revision += 1


def _free_name(folder: Path, digit: int, numbers: list[int]) -> Path:
    """The first picture's name, from numbers[digit] on, that no file has; numbers[digit] becomes its number."""
    while (path := folder / f"{digit}-{numbers[digit]:04d}.png").exists():
        numbers[digit] += 1
    return path
