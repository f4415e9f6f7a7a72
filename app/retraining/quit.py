"""Quit sheet: before the window closes on a training, or on a network that nobody has decided about."""

from __future__ import annotations

from collections.abc import Callable

from app.commands import Intent
from app.session.session import Session
from app.ui.list_dialog import Row, Sheet


class QuitSheet(Sheet):
    """Asks what to do; quitting a second time while it is up quits."""

    width = 520

    def __init__(self, session: Session, end: Callable[[], None]) -> None:
        super().__init__(session)
        self._end = end

    def list_rows(self) -> list[Row]:
        """Going on comes first: it loses nothing."""
        learning, messages = self.session.learning, self.session.messages
        result = learning is not None and learning.result is not None
        self.title = "quit.result" if result else "quit.training"
        names = ("compare", "keep", "discard") if result else ("stay", "end")
        return [Row(name, messages(f"quit.{name}")) for name in names]

    def choose(self, row: Row) -> Intent | None:
        """Stay, or decide and end."""
        learning = self.session.learning
        if row.name == "stay":
            return Intent.BACK
        if row.name == "compare":
            return Intent.RETRAIN
        if row.name == "keep" and learning is not None and not learning.keep():
            return Intent.BACK
        self._end()
        return Intent.BACK
