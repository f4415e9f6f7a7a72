"""Renumbering: the writers of a file get numbers of their own in a collection that others wrote in."""

from collections.abc import Sequence

from model.pictures.drawing import Drawing
from model.pictures.writers import by_writer, writer_of
from model.training.lesson import identity


def renumbered(drawings: Sequence[Drawing], present: Sequence[Drawing]) -> list[Drawing]:
    """Drawings of a file as those of writers whom `present` has not; drawings without a writer stay without.

    Who wrote a drawing that is present is the person who wrote it there: so a file may come in twice, or grown.
    """
    known = {identity(drawing): writer_of(drawing) for drawing in present}
    numbers: dict[int, int] = {}
    for drawing in drawings:
        writer, here = writer_of(drawing), known.get(identity(drawing))
        if writer is not None and here is not None:
            numbers.setdefault(writer, here)
    free = 1 + max((writer for writer in known.values() if writer is not None), default=0)
    result = []
    for drawing in drawings:
        writer = writer_of(drawing)
        if writer is not None and writer not in numbers:
            numbers[writer] = free
            free += 1
        result.append(by_writer(drawing, numbers[writer]) if writer is not None else drawing)
    return result
