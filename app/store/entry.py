"""Entry: a labelled drawing of the collection."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from model.pictures.drawing import Drawing
from model.pictures.writers import writer_of
from model.training.lesson import identity


@dataclass(frozen=True, eq=False)
class Entry:
    """A labelled drawing and its line in the file. Entries are compared by identity."""

    drawing: Drawing
    line: str

    @classmethod
    def of(cls, drawing: Drawing) -> Entry:
        """The entry of a drawing whose `word` is a digit."""
        return cls(drawing, drawing.to_json())

    @cached_property
    def identity(self) -> tuple[str | None, bytes]:
        """Equal for entries with the same digit and strokes."""
        return identity(self.drawing)

    @property
    def digit(self) -> int:
        """The true digit, 0..9."""
        return int(self.drawing.word or 0)

    @property
    def reading(self) -> int | None:
        """The digit that the network took it for, 0..9; None where it was not read, or as no digit."""
        value = self.drawing.extra.get("reading")
        return value if type(value) is int and 0 <= value <= 9 else None

    @property
    def misread(self) -> bool:
        """Whether it was read as another digit."""
        return self.reading is not None and self.reading != self.digit

    @property
    def writer(self) -> int | None:
        """The number of the pupil who wrote it, from 1; None where nothing says it."""
        return writer_of(self.drawing)

    @property
    def time(self) -> str:
        """When it was drawn, such as 2026-11-21T10:05:00; "" where that is not known."""
        return str(self.drawing.extra.get("time", ""))

    @property
    def network(self) -> str:
        """The name of the network that read it; "" for none."""
        return str(self.drawing.extra.get("network", ""))
