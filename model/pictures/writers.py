"""Writers: who wrote a drawing: a person is a number in its line, "writer", and nothing else is known of them."""

from dataclasses import replace
from typing import Final

from model.pictures.drawing import Drawing

WRITER: Final = "writer"
LARGEST: Final = 10**9


def writer_of(drawing: Drawing) -> int | None:
    """The number of who wrote it, from 1; None where nothing says it, or what is no such number."""
    value = drawing.extra.get(WRITER)
    return value if type(value) is int and 0 < value <= LARGEST else None


def by_writer(drawing: Drawing, writer: int | None) -> Drawing:
    """The same drawing as that of another writer; None: of nobody that is known."""
    others = {key: value for key, value in drawing.extra.items() if key != WRITER}
    return replace(drawing, extra=others if writer is None else {**others, WRITER: writer})
