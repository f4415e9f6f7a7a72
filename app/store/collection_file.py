"""Collection file: the ndjson file of a collection on the disk: grown at its end, or replaced as a whole."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.messages import UserError
from model.files import append_lines, replacing
from model.pictures.drawing import MAX_FILE_BYTES

SET_ASIDE = "collection.broken.ndjson"


class CollectionError(UserError):
    """The collection cannot be read or written."""


class CollectionFile:
    """The file of a collection. Other windows of the program may add lines to it at the same time.

    set_aside: the file for lines that hold no drawing.
    """

    def __init__(self, path: Path) -> None:
        """path: the file; it need not exist."""
        self.path = path
        self.set_aside = path.with_name(SET_ASIDE)
        self._size = 0  # in bytes, as it was last seen: what is more was written by another window

    def read(self) -> list[bytes]:
        """All lines; none where there is no file. Raises CollectionError."""
        self._size = 0
        raw = self._read_from(0)
        self._size = len(raw)
        return raw.split(b"\n")

    def news(self) -> list[bytes]:
        """The lines that other windows have added since this one read or wrote the file. Raises CollectionError."""
        return self._read_from(self._size).split(b"\n")

    def append(self, lines: Sequence[str]) -> None:
        """Write lines behind the last one, and wait until they are on the disk. Raises CollectionError."""
        raw = "".join(line + "\n" for line in lines).encode()
        with _write_errors(self.path):
            size = self.path.stat().st_size if self.path.exists() else 0
            self._check_size(size + len(raw))
            before, after = append_lines(self.path, raw)
        if before == self._size:
            self._size = after

    def replace(self, lines: Sequence[str]) -> None:
        """Put lines in the place of all that are there; `news` should be among them. Raises CollectionError."""
        self._check_size(sum(len(line) + 1 for line in lines))
        with _write_errors(self.path):
            write_lines(self.path, lines)
            self._size = self.path.stat().st_size

    def move_aside(self, broken: Sequence[bytes]) -> bool:
        """Copy broken lines to the file `set_aside`; False where it cannot be written."""
        with contextlib.suppress(OSError):
            append_lines(self.set_aside, b"".join(line + b"\n" for line in broken))
            return True
        return False

    def _read_from(self, start: int) -> bytes:
        """The bytes from `start` on; none where there is no file."""
        try:
            size = self.path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise CollectionError("wrong.long_file", path=self.path, most=MAX_FILE_BYTES // 2**20)
            with self.path.open("rb") as file:
                file.seek(start)
                return file.read()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise CollectionError("wrong.not_read", path=self.path, reason=error.strerror or error) from None

    def _check_size(self, size: int) -> None:
        if size > MAX_FILE_BYTES:
            raise CollectionError("wrong.full", path=self.path, most=MAX_FILE_BYTES // 2**20)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a file, which is replaced as a whole. Raises OSError."""
    with replacing(path) as part, part.open("wb") as file:
        file.writelines((line + "\n").encode() for line in lines)


@contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into a CollectionError."""
    try:
        yield
    except OSError as error:
        raise CollectionError("wrong.not_written", path=path, reason=error.strerror or error) from None
