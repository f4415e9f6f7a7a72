"""Files on the disk, whole or not at all: replaced instead of overwritten, and grown by whole lines."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a path beside `path` to write to; at the end what was written there takes its place. Raises OSError.

    If the block fails, `path` stays as it was and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())  # on the disk before the name points to it
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def append_lines(path: Path, lines: bytes) -> tuple[int, int]:
    """Write lines that end in a line break behind the file's end; returns its size before and after, in bytes.

    The file and its folder are made where they are not there. A last line that a crash cut off is closed first, so that
    it takes none of these along. When writing fails the file is as it was. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:  # what a buffer holds back could not be taken back on a full disk
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":
                lines = b"\n" + lines
        try:
            rest = memoryview(lines)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise
    return end, end + len(lines)
