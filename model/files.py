"""Files that are replaced, never overwritten: a half-written one cannot exist under its own name."""

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
