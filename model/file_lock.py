"""File lock: one program at a time changes the files of a folder, so that two windows do not undo each other's work."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

LOCK: Final = ".lock"  # the empty file in the folder that is locked in its place; it stays there
WAIT: Final = 2.0  # seconds: changes take milliseconds, so who holds a lock for longer hangs
NAP: Final = 0.005  # seconds from one try to the next
HELD: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # what the systems say of a lock that another one holds


class FolderBusyError(OSError):
    """Another program holds the lock of a folder, and does not let go of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(errno.EBUSY, "another window of the program is writing there", str(folder))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other programs from changing the folder's files as long as the block goes on, if they lock it likewise.

    The folder is made where it is not there. Waits up to 2 s for another program. A folder that knows no locks, such as
    one that is read only or on some networks, is used without. The same folder is not locked twice in one another.
    Raises FolderBusyError.
    """
    file = _open(folder)
    if file is None:
        yield
        return
    try:
        _wait_for(file, folder)
        yield
    finally:
        os.close(file)  # which opens the lock, as the end of a program does, whatever ended it


def _open(folder: Path) -> int | None:
    """The folder's lock file, open; None where it cannot be had."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    return None


def _wait_for(file: int, folder: Path) -> None:
    """Lock an open file, or find that it cannot be locked. Raises FolderBusyError."""
    until = time.monotonic() + WAIT
    while True:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in HELD:
                return
        else:
            return
        if time.monotonic() >= until:
            raise FolderBusyError(folder)
        time.sleep(NAP)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        """Lock the file's first byte, or raise OSError at once."""
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        """Lock the file, or raise OSError at once."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
