"""What is printed, on consoles that know few letters."""

import os
import sys
from io import TextIOWrapper


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
