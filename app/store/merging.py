"""Merging: the collections of several computers become one file, in which each person keeps a number of their own.

The same drawing twice is kept once: of copies that differ in what is noted beside them, the one whose line has the
lowest hash, so that the order of the files decides nothing. Who wrote the same drawing in two files is one person; all
others stay apart. Files are read line by line, twice: of each drawing only hashes and its place are held meanwhile.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Final

from app.store.collection_file import write_lines
from model.errors import InputError, reason_of
from model.pictures.drawing import MAX_FILE_BYTES, MAX_LINE_BYTES, Drawing, DrawingError
from model.pictures.writers import by_writer, writer_of
from model.training.lesson import DIGITS, identity

MOST: Final = 1_000_000  # drawings, of which some 300 bytes each are held
NOBODY: Final = -1
PLACE_BITS: Final = 40  # of a place: below them the offset in its file, above them the file's number
NOTED: Final = 5  # broken lines of a file that are told one by one


@dataclass(frozen=True)
class BrokenLine:
    """A line that holds no drawing: its number from 1, and why."""

    path: Path
    number: int
    reason: str


@dataclass
class Merged:
    """What came of it. twice: copies that were not needed; left_out: drawings without ink or a digit as their word.

    broken: the first lines of each file that could not be read; broken_count: how many there were in each file.
    """

    drawings: int = 0
    writers: int = 0
    twice: int = 0
    left_out: int = 0
    broken: list[BrokenLine] = field(default_factory=list)
    broken_count: dict[Path, int] = field(default_factory=dict)


def merge(paths: Sequence[Path], out: Path) -> Merged:
    """Write the labelled drawings of all files to `out`, which is replaced as a whole; it may be one of them.

    Raises DrawingError for a file that cannot be read and for too many drawings, and OSError where `out` cannot be
    written; then nothing is.
    """
    merger = _Merger(paths)
    merger.survey()
    if merger.merged.drawings:
        write_lines(out, merger.lines())
    return merger.merged


class _Merger:
    """Looks through the files, then goes through them once more for the lines that are kept."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.merged = Merged()
        self._paths = paths
        self._known: dict[bytes, int] = {}  # hash of what makes a drawing the same -> its number in the arrays
        self._ranks = array("Q")
        self._places = array("Q")
        self._people = array("l")  # who wrote it: a number in `_parents`, or NOBODY
        self._numbers: dict[tuple[int, int], int] = {}  # (file, writer) -> a number in `_parents`
        self._parents: list[int] = []  # of a disjoint-set forest (Cormen et al., "Introduction to Algorithms", 21.3)

    def survey(self) -> None:
        """Note every drawing."""
        for file, path in enumerate(self._paths):
            for number, offset, raw in _lines(path):
                try:
                    self._note(_parsed(raw, first=number == 1), file, offset)
                except (_BrokenError, RecursionError) as error:
                    count = self.merged.broken_count[path] = self.merged.broken_count.get(path, 0) + 1
                    if count <= NOTED:
                        self.merged.broken.append(BrokenLine(path, number, reason_of(error)))
        self.merged.drawings = len(self._places)
        self.merged.writers = len({self._person(person) for person in self._people if person != NOBODY})

    def _note(self, drawing: Drawing | None, file: int, offset: int) -> None:
        if drawing is None:
            return
        if drawing.word not in DIGITS or not any(len(stroke.points) for stroke in drawing.strokes):
            self.merged.left_out += 1
            return
        key = _key(drawing)
        rank = int.from_bytes(blake2b(by_writer(drawing, None).to_json().encode(), digest_size=8).digest(), "big")
        person, place = self._person_of(file, writer_of(drawing)), file << PLACE_BITS | offset
        at = self._known.get(key)
        if at is None:
            if len(self._known) == MOST:
                raise DrawingError(f"there are more than {MOST:,} drawings; merge fewer files")
            self._known[key] = len(self._places)
            self._ranks.append(rank)
            self._places.append(place)
            self._people.append(person)
            return
        self.merged.twice += 1
        self._people[at] = self._joined(self._people[at], person)
        if rank < self._ranks[at]:
            self._ranks[at], self._places[at] = rank, place

    def lines(self) -> Iterator[bytes]:
        """The lines to keep, in the order of the files; writers are numbered as they come. Raises DrawingError."""
        numbers: dict[int, int] = {}
        order = sorted(range(len(self._places)), key=self._places.__getitem__)
        size, file, stream = 0, -1, None
        try:
            for at in order:
                if self._places[at] >> PLACE_BITS != file:
                    file = self._places[at] >> PLACE_BITS
                    if stream is not None:
                        stream.close()
                    stream = _opened(self._paths[file])
                assert stream is not None
                drawing = self._again(stream, self._paths[file], at)
                person = self._person(self._people[at])
                writer = None if person == NOBODY else numbers.setdefault(person, len(numbers) + 1)
                line = by_writer(drawing, writer).to_json().encode()
                size += len(line) + 1
                if size > MAX_FILE_BYTES:
                    raise DrawingError(f"together they are larger than {MAX_FILE_BYTES // 2**20} MB; merge fewer files")
                yield line
        finally:
            if stream is not None:
                stream.close()

    def _again(self, stream: BinaryIO, path: Path, at: int) -> Drawing:
        offset = self._places[at] & ((1 << PLACE_BITS) - 1)
        stream.seek(offset)
        try:
            drawing = _parsed(stream.readline(MAX_LINE_BYTES + 1), first=offset == 0)
        except (_BrokenError, RecursionError, OSError):
            drawing = None
        if drawing is None or self._known.get(_key(drawing)) != at:
            raise DrawingError(f"{path} was changed meanwhile; merge once more")
        return drawing

    # -- who is who ---------------------------------------------------------------------------------------

    def _person_of(self, file: int, writer: int | None) -> int:
        if writer is None:
            return NOBODY
        number = self._numbers.setdefault((file, writer), len(self._parents))
        if number == len(self._parents):
            self._parents.append(number)
        return number

    def _person(self, number: int) -> int:
        """The number that stands for all that are the same person; NOBODY stays nobody."""
        if number == NOBODY:
            return NOBODY
        while self._parents[number] != number:
            self._parents[number] = number = self._parents[self._parents[number]]
        return number

    def _joined(self, one: int, other: int) -> int:
        """Let two be the same person; somebody and nobody are somebody."""
        if NOBODY in (one, other):
            return max(one, other)
        one, other = self._person(one), self._person(other)
        self._parents[max(one, other)] = min(one, other)
        return min(one, other)


class _BrokenError(InputError):
    """A line that holds no drawing."""


def _key(drawing: Drawing) -> bytes:
    word, strokes = identity(drawing)
    return blake2b(f"{word}|".encode() + strokes, digest_size=16).digest()


def _opened(path: Path) -> BinaryIO:
    """Raises DrawingError."""
    try:
        if path.exists() and not path.is_file():  # a pipe could keep the program waiting for ever
            raise DrawingError(f"{path} is no ordinary file; give a file of drawings")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DrawingError(f"{path} is larger than {MAX_FILE_BYTES // 2**20} MB; cut it into smaller files")
        return path.open("rb")
    except OSError as error:
        raise DrawingError(f"{path} cannot be read: {reason_of(error)}") from None


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """(number from 1, where it begins, the line); of a line that is too long no more than shows that. DrawingError."""
    with _opened(path) as file:
        number = offset = 0
        try:
            while raw := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                start, offset = offset, offset + len(raw)
                rest = raw
                while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
                    rest = file.readline(MAX_LINE_BYTES + 1)
                    offset += len(rest)
                yield number, start, raw
        except OSError as error:
            raise DrawingError(f"{path} cannot be read: {reason_of(error)}") from None


def _parsed(raw: bytes, *, first: bool) -> Drawing | None:
    """The drawing of a line; None for an empty one. Raises _BrokenError."""
    try:
        line = raw.decode("utf-8-sig" if first else "utf-8").strip()
        return Drawing.from_json(line) if line else None
    except UnicodeDecodeError:
        raise _BrokenError("this is not text in UTF-8") from None
    except DrawingError as error:
        raise _BrokenError(str(error)) from None
