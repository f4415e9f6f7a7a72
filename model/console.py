"""What is printed, on consoles that know few letters."""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import NoReturn


def write_any_text() -> None:
    """Let stdout and stderr write letters that their encoding lacks as escapes, such as \\u2603 in a file's name.

    A Windows console, a pipe in an old locale and names that are no UTF-8 would stop the program otherwise.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def drop_output() -> None:
    """What is still to be printed goes nowhere: Python flushes once more at its end, and that must not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_with(main: Callable[[], int | None]) -> NoReturn:
    """Run a command and end with its exit status; with 0 once nobody reads what it prints, as behind `| head`."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        status = 0
    sys.exit(status)
