"""Turn: a pupil's turn in the class mode: consent, ten digits in a random order, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from app.canvas.ink import Ink, Page
from app.session.session import Session
from model.constants import CLASSES
from model.pictures.writers import by_writer

if TYPE_CHECKING:
    from app.store.collection import Collection
    from app.store.entry import Entry


class Stage(Enum):
    """How far a turn is; the value is the stem of its message keys."""

    CONSENT = "consent"
    DECLINED = "declined"
    WRITING = "writing"
    DONE = "done"
    DELETING = "deleting"
    DELETED = "deleted"


@dataclass(frozen=True, eq=False)
class Written:
    """A digit that was asked for and what was drawn. entry: None where it was skipped, or there before."""

    digit: int
    page: Page
    entry: Entry | None


class Turn:
    """Each digit is asked for once, in the order that the generator gives; each drawing is on the disk before the next.

    writer: the pupil's number, the first that nobody in the collection has; written: what was asked for so far.
    The network reads each drawing when it is done, and the collection notes what it read.
    """

    def __init__(self, session: Session, ink: Ink, rng: np.random.Generator) -> None:
        """ink: what the pupil draws, which this turn empties."""
        self.stage = Stage.CONSENT
        self.written: list[Written] = []
        self._session = session
        self._ink = ink
        self._rng = rng
        self._digits: list[int] = []
        self._started = False  # whether a drawing lies in the collection, which fixes the number
        ink.reset()
        self.writer = self._free_number()

    @property
    def collection(self) -> Collection | None:
        """Where the drawings go; None, with a notice, where it cannot be read."""
        return self._session.corrections.collection

    @property
    def asked(self) -> int:
        """The digit to write now; at the end the last one."""
        return self._digits[min(len(self.written), len(self._digits) - 1)]

    @property
    def count(self) -> int:
        """How many digits this turn asks for."""
        return len(self._digits)

    @property
    def kept(self) -> list[Written]:
        """What lies in the collection."""
        return [written for written in self.written if written.entry is not None]

    @property
    def right(self) -> int:
        """How many of those the network read as what was asked for."""
        return sum(written.entry is not None and written.entry.reading == written.digit for written in self.kept)

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke or a drawing to take back."""
        return self.stage is Stage.WRITING and (self._ink.can_undo or bool(self.written))

    # -- what a pupil does --------------------------------------------------------------------------------

    def agree(self) -> None:
        """Ask for the first digit, unless the collection cannot be read."""
        if self.collection is not None:
            self.more()

    def decline(self) -> None:
        """Keep nothing."""
        self.stage = Stage.DECLINED

    def more(self) -> None:
        """Ask for all ten digits, once more after the first time."""
        self._digits += self._rng.permutation(CLASSES).tolist()
        self.stage = Stage.WRITING

    def next(self) -> None:
        """Keep the drawing, and ask for the next digit; a notice where nothing is drawn."""
        self._ink.end()
        if self._ink.empty:
            self._session.context.say("notice.class_empty", digit=self.asked)
            return
        self._go_on(Written(self.asked, self._ink.page, self._keep(self.asked)))

    def skip(self) -> None:
        """Ask for the next digit; what is drawn is not kept, but undo brings it back."""
        self._ink.end()
        self._go_on(Written(self.asked, self._ink.page, None))

    def undo(self) -> None:
        """Take the last stroke back; on a paper where nothing was done yet, the last drawing."""
        if not self._ink.undo() and self.written:
            last = self.written[-1]
            if last.entry is None or self._delete([last.entry]):
                self.written.pop()
                self._ink.replace(last.page)

    def redo(self) -> None:
        """Draw again the stroke that was taken back."""
        self._ink.redo()

    def clear(self) -> None:
        """Empty the paper; undo brings the drawing back."""
        self._ink.clear()

    def ask_to_delete(self) -> None:
        """Ask whether the drawings are to go."""
        self.stage = Stage.DELETING

    def keep_all(self) -> None:
        """Leave them where they are."""
        self.stage = Stage.DONE

    def delete(self) -> None:
        """Take all drawings of this pupil out of the collection, for good."""
        from app.store.collection_file import CollectionError

        try:
            if self._started and self.collection is not None:
                self.collection.delete_writer(self.writer)
        except CollectionError as error:
            self._session.context.report("notice.not_kept", error)
            return
        self.written = []
        self.stage = Stage.DELETED

    # -- the collection -----------------------------------------------------------------------------------

    def _go_on(self, written: Written) -> None:
        self.written.append(written)
        self._ink.reset()
        if len(self.written) == len(self._digits):
            self.stage = Stage.DONE

    def _free_number(self) -> int:
        """The first number after those in the collection, another window's pupils among them."""
        from app.store.collection_file import CollectionError

        collection = self.collection
        if collection is None:
            return 1
        try:
            collection.follow()
        except CollectionError as error:
            self._session.context.report("notice.no_collection", error)
        return collection.next_writer

    def _keep(self, digit: int) -> Entry | None:
        """Add the drawing to the collection; what the disk does not take is kept, and written with the next one."""
        from app.store.collection_file import CollectionError

        collection, reader = self.collection, self._session.reader
        if collection is None:
            return None
        if not self._started:
            self.writer = self._free_number()
        drawing = by_writer(self._ink.to_drawing(), self.writer)
        reading = reader.current.read_drawing(drawing) if reader.current is not None else None
        said = reading.digit if reading is not None and reading.is_digit else None
        name = reader.network.name if reader.network is not None else ""
        before = len(collection)
        try:
            collection.add(drawing, digit, reading=said, network=name)
        except CollectionError as error:
            self._session.context.report("notice.not_kept", error)
        if len(collection) == before:
            return None
        self._started = True
        return collection.entries[-1]

    def _delete(self, entries: list[Entry]) -> bool:
        """Take entries out again; False, with a notice, where that fails."""
        from app.store.collection_file import CollectionError

        try:
            if self.collection is not None:
                self.collection.delete(entries)
        except CollectionError as error:
            self._session.context.report("notice.not_kept", error)
            return False
        return True
