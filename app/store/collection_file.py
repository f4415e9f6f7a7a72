"""Collection file: the ndjson file of a collection on the disk: grown at its end, or replaced as a whole."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.messages import UserError
from model.errors import reason_of
from model.file_lock import FolderBusyError, locked
from model.files import append_lines, replacing
from model.pictures.drawing import MAX_FILE_BYTES

SET_ASIDE = "collection.broken.ndjson"


class CollectionError(UserError):
    """The collection cannot be read or written."""


class CollectionFile:
    """The file of a collection. Other windows of the program may change it at any time, but not while it is `locked`.

    set_aside: the file for lines that hold no drawing.
    """

    def __init__(self, path: Path) -> None:
        """path: the file; it need not exist."""
        self.path = path
        self.set_aside = path.with_name(SET_ASIDE)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other windows from changing the file meanwhile. Raises CollectionError."""
        try:
            with locked(self.path.parent):
                yield
        except FolderBusyError:
            raise CollectionError("wrong.busy", path=self.path.parent) from None

    @property
    def there(self) -> bool:
        """Whether there is a file. Raises CollectionError where the system does not say."""
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise CollectionError("wrong.not_read", path=self.path, reason=reason_of(error)) from None
        return True

    def read(self) -> list[bytes]:
        """All lines; none where there is no file. Raises CollectionError."""
        try:
            if self.path.stat().st_size > MAX_FILE_BYTES:
                raise CollectionError("wrong.long_file", path=self.path, most=MAX_FILE_BYTES // 2**20)
            return self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CollectionError("wrong.not_read", path=self.path, reason=reason_of(error)) from None

    def append(self, lines: Sequence[bytes]) -> None:
        """Write lines behind the last one, and wait until they are on the disk. Raises CollectionError."""
        raw = b"".join(line + b"\n" for line in lines)
        with _write_errors(self.path):
            self._check_size((self.path.stat().st_size if self.there else 0) + len(raw))
            append_lines(self.path, raw)

    def replace(self, lines: Sequence[bytes]) -> None:
        """Put lines in the place of all that are there. Raises CollectionError."""
        self._check_size(sum(len(line) + 1 for line in lines))
        with _write_errors(self.path):
            write_lines(self.path, lines)

    def move_aside(self, broken: Sequence[bytes]) -> bool:
        """Copy broken lines to the file `set_aside`; False where it cannot be written."""
        with contextlib.suppress(OSError):
            append_lines(self.set_aside, b"".join(line + b"\n" for line in broken))
            return True
        return False

    def _check_size(self, size: int) -> None:
        if size > MAX_FILE_BYTES:
            raise CollectionError("wrong.full", path=self.path, most=MAX_FILE_BYTES // 2**20)


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines to a file, which is replaced as a whole. Raises OSError."""
    with replacing(path) as part, part.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)


@contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into a CollectionError."""
    try:
        yield
    except OSError as error:
        raise CollectionError("wrong.not_written", path=path, reason=reason_of(error)) from None
