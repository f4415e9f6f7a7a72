"""Corrections: the true digit of the page as a person labels it, and the collection that it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.canvas.ink import Ink
from app.session.at_once import AtOnce, Correction
from app.session.live_reader import LiveReader
from app.ui.context import Context

if TYPE_CHECKING:
    from app.store.collection import Collection
    from app.store.entry import Entry


@dataclass(frozen=True, eq=False)
class Verdict:
    """The true digit of the page at a revision of the ink, what the reading said, and the entry that it became.

    figure: which digit of a number it is, from 0.
    entry is None where the collection held the same drawing already. said: the digit that was read, None for none.
    learning: what the network learns of it at once, if anything.
    """

    revision: int
    figure: int
    digit: int
    said: int | None
    entry: Entry | None
    learning: Correction | None = None


class Corrections:
    """Labels the page with its true digit. `verdict` is the label of the page as it is now."""

    def __init__(self, ink: Ink, reader: LiveReader, context: Context, at_once: AtOnce) -> None:
        self._ink = ink
        self._reader = reader
        self._context = context
        self._at_once = at_once
        self._collection: Collection | None = None
        self._verdict: Verdict | None = None

    @property
    def collection(self) -> Collection | None:
        """The person's drawings, read when they are first wanted; None, with a notice, when they cannot be read."""
        if self._collection is None:
            from app.store.collection import Collection
            from app.store.collection_file import CollectionError

            try:
                self._collection = Collection()
            except CollectionError as error:
                self._context.report("notice.no_collection", error)
                return None
            if self._collection.lost:
                self._context.warn(
                    "notice.collection_mended", count=self._collection.lost, path=self._collection.set_aside
                )
        return self._collection

    @property
    def verdict(self) -> Verdict | None:
        """The label of the page as it is now; None where it has none."""
        verdict = self._verdict
        here = (self._ink.revision, self._reader.chosen)
        return verdict if verdict is not None and (verdict.revision, verdict.figure) == here else None

    @property
    def open(self) -> bool:
        """Whether the page waits for a verdict: it was read, and it is a drawing, of which strokes can be kept."""
        return self._reader.answered and bool(self._ink.page.strokes)

    @property
    def can_confirm(self) -> bool:
        """Whether there is one digit to say yes to."""
        reading = self._reader.reading
        return self.open and reading is not None and reading.is_digit and reading.sure

    def confirm(self) -> None:
        """Label the page with the digit that was read; a notice asks for the digit where the reading is not sure."""
        if self.can_confirm:
            assert self._reader.reading is not None and self._reader.reading.digit is not None
            self.label(self._reader.reading.digit)
        elif not self._ink.empty:
            self._context.say("notice.which_digit")

    def label(self, digit: int) -> None:
        """Label the page with its true digit, 0..9, and add it to the collection; another label replaces the first.

        A page that was not read yet is read first, as the collection also notes what the network took it for. A
        notice says why where nothing can be labelled: an empty page, or a picture, which has no strokes.
        """
        if self._ink.empty:
            self._context.say("notice.nothing_to_tell")
            return
        if not self._ink.page.strokes:
            self._context.say("notice.only_drawings")
            return
        if not self._reader.answered:
            self._reader.read()
        before = self.verdict
        if before is not None and before.digit == digit:
            return
        self._keep(digit, before)

    def _keep(self, digit: int, before: Verdict | None) -> None:
        from app.store.collection_file import CollectionError

        collection = self.collection
        if collection is None:
            return
        if before is not None and before.learning is not None:
            self._at_once.take_back(before.learning)  # so that `reading` is again what it said of the page
        reading = self._reader.reading if self._reader.answered else None
        said = reading.digit if reading is not None and reading.is_digit else None
        name = self._reader.network.name if self._reader.network is not None else ""
        try:
            if before is not None and before.entry in collection.entries:
                collection.delete([before.entry])
            drawing = self._reader.chosen_drawing
            entry = collection.add(drawing, digit, reading=said, network=name)
        except CollectionError as error:
            self._context.report("notice.not_kept", error)
            return
        learning = self._at_once.learn(drawing, digit, reading)
        self._verdict = Verdict(self._ink.revision, self._reader.chosen, digit, said, entry, learning)
        self._context.note_change()

    def take_back(self) -> bool:
        """Forget the verdict on this page, and the entry that it became. False where there is none."""
        from app.store.collection_file import CollectionError

        verdict, collection = self.verdict, self._collection
        if verdict is None:
            return False
        try:
            if collection is not None and verdict.entry in collection.entries:
                collection.delete([verdict.entry])
        except CollectionError as error:
            self._context.report("notice.not_kept", error)
            return True
        self._verdict = None
        if verdict.learning is not None:
            self._at_once.take_back(verdict.learning)
        self._context.note_change()
        return True
