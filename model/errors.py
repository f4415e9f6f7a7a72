"""Errors for people: one sentence on what is wrong with their input, short enough to be read."""

from typing import Final

LONGEST: Final = 280  # characters of a sentence, so that with the program's name before it there are fewer than 300
LONGEST_QUOTE: Final = 80  # characters of what a sentence quotes: an exception's text, a piece of a file


class InputError(ValueError):
    """Something that a person gave cannot be used; the text is one line of at most 280 characters."""

    def __init__(self, sentence: str) -> None:
        super().__init__(shortened(sentence, LONGEST))


class UsageError(InputError):
    """What was asked for on a command line cannot be done."""


def sentence_of(error: Exception) -> str:
    """What an exception says, as one sentence of at most 280 characters with a full stop at its end."""
    text = reason_of(error)
    if isinstance(error, OSError) and error.strerror and error.filename:
        text = f"{error.filename}: {text}"
    return f"{shortened(text, LONGEST - 1).rstrip('.')}."


def reason_of(error: Exception) -> str:
    """What an exception says, on one line of at most 280 characters without a full stop, to stand within a sentence.

    Of an error of the system only why, such as "Permission denied", without its number and its file.
    """
    if isinstance(error, OSError) and error.strerror:
        return quoted(error.strerror)
    return shortened(str(error), LONGEST).rstrip(".") or type(error).__name__


def quoted(value: object) -> str:
    """A value's text to stand within a sentence: one line of at most 80 characters, without a full stop at its end."""
    return shortened(str(value), LONGEST_QUOTE).rstrip(".")


def shortened(text: str, most: int) -> str:
    """The text as one line of at most so many characters, its middle left out where it has more.

    Blanks and line breaks in a row become one blank, and characters that cannot be printed become escapes.
    """
    if len(text) > 4 * most:  # so that a text of any size takes no time
        text = f"{text[: 2 * most]} … {text[-2 * most :]}"
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    if len(line) <= most:
        return line
    tail = (most - 3) // 3
    return f"{line[: most - 3 - tail].rstrip()} … {line[-tail:].lstrip()}"
